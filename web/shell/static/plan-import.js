// A file may be dropped on its field. Without this script the field works alone.

const drop = document.querySelector("[data-drop]");
const field = drop && drop.querySelector("input[type=file]");
const name = drop && drop.querySelector("[data-drop-name]");

if (field) {
  for (const kind of ["dragover", "dragleave", "drop"]) {
    drop.addEventListener(kind, (event) => {
      event.preventDefault();
      drop.classList.toggle("drop-over", kind === "dragover");
      if (kind === "drop" && event.dataTransfer.files.length > 0) {
        field.files = event.dataTransfer.files;
        show();
      }
    });
  }
  field.addEventListener("change", show);
}

function show() {
  name.textContent = field.files.length > 0 ? field.files[0].name : "";
}
