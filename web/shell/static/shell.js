// The behaviour of the frame. Every page works without it: it only makes work faster and quieter.

const panel = document.getElementById("panel");
let openedFrom = null;

// Menus shut when one clicks elsewhere or presses Escape; the focus goes back to their summary.
document.addEventListener("click", (event) => {
  for (const menu of document.querySelectorAll("details[data-menu][open]")) {
    if (!menu.contains(event.target)) menu.open = false;
  }
  const opener = event.target.closest("[data-panel]");
  if (opener) openedFrom = opener;
  if (event.target.closest("[data-panel-close]")) closePanel();
});

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") {
    for (const menu of document.querySelectorAll("details[data-menu][open]")) {
      menu.open = false;
      menu.querySelector("summary").focus();
    }
    if (panel && !panel.hidden) closePanel();
    return;
  }
  if (event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey) {
    find(event);
    return;
  }
  moveInTable(event);
});

// Ctrl+K leads to the search box; on a phone, where the box is not shown, to the page of the search.
function find(event) {
  const box = document.querySelector("[data-find]");
  if (!box) return;
  event.preventDefault();
  if (box.offsetParent === null) {
    location.href = box.form.action;
    return;
  }
  box.focus();
  box.select();
}

function closePanel() {
  panel.hidden = true;
  panel.replaceChildren();
  document.body.classList.remove("with-panel");
  if (openedFrom && document.contains(openedFrom)) openedFrom.focus();
}

document.addEventListener("htmx:afterSwap", (event) => {
  if (event.detail.target !== panel) return;
  panel.hidden = false;
  document.body.classList.add("with-panel");
  const title = panel.querySelector("[data-panel-title]");
  if (title) title.focus();
});

// A piece of the page that could not be fetched is never a silent failure.
for (const name of ["htmx:responseError", "htmx:sendError", "htmx:timeout"]) {
  document.addEventListener(name, () => {
    const failed = document.getElementById("failed");
    if (failed) failed.hidden = false;
  });
}
document.addEventListener("htmx:beforeRequest", () => {
  const failed = document.getElementById("failed");
  if (failed) failed.hidden = true;
});

// Up and down move between the rows of a table, Enter follows the first link of the row.
function moveInTable(event) {
  if (event.altKey || event.ctrlKey || event.metaKey) return;
  const row = event.target.closest("table[data-keys] tbody tr");
  if (!row || !["ArrowUp", "ArrowDown"].includes(event.key)) return;
  if (event.target.matches("input, textarea, select")) return;
  let other = event.key === "ArrowUp" ? row.previousElementSibling : row.nextElementSibling;
  while (other && !other.querySelector("a, button")) {
    other = event.key === "ArrowUp" ? other.previousElementSibling : other.nextElementSibling;
  }
  if (other) {
    other.querySelector("a, button").focus();
    event.preventDefault();
  }
}

// "/" leads to the filter of a list.
document.addEventListener("keydown", (event) => {
  const filter = document.querySelector("details[data-filter]");
  if (!filter || event.key !== "/" || event.altKey || event.ctrlKey || event.metaKey || event.target.matches("input, textarea, select")) return;
  filter.open = true;
  filter.querySelector("select, input:not([type=hidden])").focus();
  event.preventDefault();
});

// A form that was sent shows that it works and is not sent twice. A page that comes back from the history works again.
document.addEventListener("submit", (event) => {
  if (event.defaultPrevented || event.target.hasAttribute("data-again")) return;
  const button = event.submitter || event.target.querySelector("button[type=submit]");
  if (event.target.dataset.sent) {
    event.preventDefault();
    return;
  }
  event.target.dataset.sent = "yes";
  if (button) button.classList.add("button-busy");
});
window.addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
  for (const button of document.querySelectorAll(".button-busy")) button.classList.remove("button-busy");
});

// What is wrong is read first.
const first = document.querySelector("[data-focus-first]");
if (first) first.focus();

document.documentElement.dataset.ready = "yes";
