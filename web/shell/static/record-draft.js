// What is typed into a form is kept in this tab until it is stored, so that leaving the page loses nothing. Without this the
// forms work the same, only nothing is kept. Fields named in data-draft-private are never kept.

const prefix = "record-draft:";

function clock(moment) {
  const two = (n) => String(n).padStart(2, "0");
  return two(moment.getHours()) + ":" + two(moment.getMinutes());
}

// fields are those that a person fills in.
function fields(form) {
  const own = (form.dataset.draftPrivate || "").split(" ");
  return [...form.elements].filter((field) => field.name && !["hidden", "file", "submit", "button", "password"].includes(field.type) && !own.includes(field.name));
}

function typed(form) {
  const values = {};
  for (const field of fields(form)) {
    if (field.type === "checkbox") values[field.name] = field.checked;
    else if (field.type === "radio") { if (field.checked) values[field.name] = field.value; }
    else values[field.name] = field.value;
  }
  return values;
}

function read(key) {
  try { return JSON.parse(sessionStorage.getItem(prefix + key)); } catch (error) { return null; }
}

function forget(key) {
  try { sessionStorage.removeItem(prefix + key); } catch (error) { /* nothing was kept */ }
}

function note(form, text) {
  const line = form.querySelector("[data-draft-note]");
  if (line) line.textContent = text;
}

function save(form) {
  const at = clock(new Date());
  try {
    sessionStorage.setItem(prefix + form.dataset.draft, JSON.stringify({ at, values: typed(form) }));
    note(form, form.dataset.draftSaved.replace("{time}", at));
  } catch (error) { /* without room nothing is kept, and nothing is said */ }
}

// restore fills in what was kept, and offers to drop it.
function restore(form, kept) {
  let changed = false;
  for (const field of fields(form)) {
    if (!(field.name in kept.values)) continue;
    const value = kept.values[field.name];
    if (field.type === "checkbox") { if (field.checked !== value) { field.checked = value; changed = true; } }
    else if (field.type === "radio") { if (field.value === value && !field.checked) { field.checked = true; changed = true; } }
    else if (field.value !== value) { field.value = value; changed = true; }
  }
  if (!changed) return;
  for (let around = form.closest("details"); around; around = around.parentElement.closest("details")) around.open = true;
  for (const inner of form.querySelectorAll("details")) inner.open = true;
  note(form, form.dataset.draftBack.replace("{time}", kept.at));
  const drop = document.createElement("button");
  drop.type = "button";
  drop.className = "button button-quiet";
  drop.textContent = form.dataset.draftDrop;
  drop.addEventListener("click", () => { forget(form.dataset.draft); form.reset(); note(form, ""); });
  form.querySelector("[data-draft-note]").append(" ", drop);
}

for (const mark of document.querySelectorAll("[data-draft-forget]")) forget(mark.dataset.draftForget);

// An address that tells what was just stored does so once.
if (new URLSearchParams(location.search).has("done")) {
  const all = new URLSearchParams(location.search);
  all.delete("done");
  history.replaceState(history.state, "", location.pathname + (all.size === 0 || all.toString() === "" ? "" : "?" + all) + location.hash);
}

for (const form of document.querySelectorAll("form[data-draft]")) {
  const key = form.dataset.draft;
  if (form.hasAttribute("data-draft-done")) forget(key);
  const kept = read(key);
  if (kept && kept.values && !form.hasAttribute("data-draft-typed")) restore(form, kept);
  if (form.hasAttribute("data-draft-typed")) save(form);
  let waiting;
  const later = () => { clearTimeout(waiting); waiting = setTimeout(() => save(form), 300); };
  form.addEventListener("input", later);
  form.addEventListener("change", later);
  window.addEventListener("pagehide", () => { if (waiting) { clearTimeout(waiting); save(form); } });
  form.addEventListener("submit", () => { if (waiting) { clearTimeout(waiting); waiting = null; save(form); } });
}
