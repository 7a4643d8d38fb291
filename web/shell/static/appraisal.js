// The desk of a scorer by keyboard: Enter goes to the next points, Ctrl+S saves, Alt with an arrow goes to the next unit.
const form = document.querySelector("form[data-scores]");

if (form) {
  const fields = () => Array.from(form.querySelectorAll('input[type="number"]'));
  form.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.target.type !== "number") return;
    event.preventDefault();
    const all = fields();
    const next = all[all.indexOf(event.target) + 1];
    if (next) {
      next.focus();
      next.select();
    }
  });
  document.addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && event.key === "s") {
      event.preventDefault();
      form.requestSubmit();
    }
    if (event.altKey && (event.key === "ArrowRight" || event.key === "ArrowLeft")) {
      const link = document.querySelector(event.key === "ArrowRight" ? 'a[rel="next"]' : 'a[rel="prev"]');
      if (link) {
        event.preventDefault();
        link.click();
      }
    }
  });
}
