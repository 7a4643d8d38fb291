// Rows are chosen and counted; "/" leads to the filter. Without this script the boxes and the buttons work alone.

const bulk = document.querySelector("[data-bulk]");
const boxes = Array.from(document.querySelectorAll("[data-list] input[name=row]"));

if (bulk && boxes.length > 0) {
  const whole = bulk.querySelector("[data-bulk-page]");
  const count = bulk.querySelector("[data-bulk-count]");
  const show = () => {
    const chosen = boxes.filter((box) => box.checked).length;
    bulk.querySelector("[data-bulk-number]").textContent = String(chosen);
    bulk.querySelector("[data-bulk-hint]").hidden = chosen > 0;
    bulk.querySelector("[data-bulk-act]").hidden = count.hidden = chosen === 0;
    bulk.classList.toggle("record-bulk-idle", chosen === 0);
  };
  whole.hidden = false;
  whole.addEventListener("click", () => {
    const all = boxes.every((box) => box.checked);
    for (const box of boxes) box.checked = !all;
    show();
  });
  let last = null;
  for (const box of boxes) {
    box.addEventListener("click", (event) => {
      if (event.shiftKey && last !== null) {
        const [from, to] = [boxes.indexOf(last), boxes.indexOf(box)].sort((a, b) => a - b);
        for (const other of boxes.slice(from, to + 1)) other.checked = box.checked;
      }
      last = box;
      show();
    });
  }
  show();
}
