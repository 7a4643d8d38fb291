// What-ifs move while somebody types. Without this the page works by its buttons.

const form = document.getElementById("whatif");

// The answer follows what is typed, after a short pause.
function typed() { form.dispatchEvent(new CustomEvent("typed", { bubbles: false })); }

if (form) {
  form.addEventListener("input", (event) => { if (event.target.name === "v") typed(); });
  form.addEventListener("change", (event) => { if (event.target.name === "pack") form.querySelector(".whatif-default").click(); });

  // Enter in the form of a new change adds it.
  form.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !event.target.matches(".whatif-new input")) return;
    event.preventDefault();
    form.querySelector("button[name=do]").click();
  });

  // One more and one less are counted here; the server counts them when scripts are off.
  form.addEventListener("click", (event) => {
    const button = event.target.closest("button[data-step]");
    if (!button) return;
    const field = document.getElementById(button.dataset.field);
    const now = Number(field.value.replace(/[,，\s]/g, ""));
    if (!Number.isFinite(now)) return;
    event.preventDefault();
    const step = Number(button.dataset.step);
    const places = Math.max(0, -Math.floor(Math.log10(Math.abs(step))));
    field.value = String(Number((now + step).toFixed(Math.max(places, 6))));
    typed();
  });
}

// The way back: every state of the list is an address; they are kept in the order in which they came.
const back = document.getElementById("whatif-undo");
const forth = document.getElementById("whatif-redo");
const memory = "whatif-states";

function read() {
  try {
    const kept = JSON.parse(sessionStorage.getItem(memory));
    if (kept && Array.isArray(kept.list) && Number.isInteger(kept.at)) return kept;
  } catch (error) { /* what cannot be read is forgotten */ }
  return { list: [], at: -1 };
}

function write(states) {
  try { sessionStorage.setItem(memory, JSON.stringify(states)); } catch (error) { /* without room there is no way back */ }
}

// Only the changes, region, period and pack make a state; which form is open does not.
function state() {
  const all = new URLSearchParams(location.search);
  for (const name of [...all.keys()]) if (!["unit", "period", "pack", "c", "v", "saved"].includes(name)) all.delete(name);
  return all.toString();
}

function note() {
  const states = read();
  const now = state();
  if (states.list[states.at] !== now) {
    states.list = states.list.slice(Math.max(0, states.at - 98), states.at + 1);
    states.list.push(now);
    states.at = states.list.length - 1;
    write(states);
  }
  if (!back || !forth) return;
  back.disabled = states.at < 1;
  forth.disabled = states.at >= states.list.length - 1;
}

function go(by) {
  const states = read();
  if (!states.list[states.at + by] && states.list[states.at + by] !== "") return;
  states.at += by;
  write(states);
  location.assign("/whatif?" + states.list[states.at]);
}

if (back && forth) {
  back.hidden = forth.hidden = false;
  back.addEventListener("click", () => go(-1));
  forth.addEventListener("click", () => go(1));
  note();
  document.addEventListener("htmx:replacedInHistory", note);
}
