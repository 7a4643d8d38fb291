// The reading desk: words and items side by side, acts without a new page, autosave, keys. Every act is a form that
// also works alone; this script sends it, shows what changed, and sends again what the network lost.

const desk = document.getElementById("desk");
const base = "/plan/draft/" + desk.dataset.draft;
const list = document.getElementById("items");
const text = document.getElementById("text");
const saved = document.getElementById("saved");
const editorPlace = document.getElementById("editor");
const phone = window.matchMedia("(max-width: 900px)");
let head = Number(desk.dataset.head);
let current = null; // the card that the keys act on
let waiting = Promise.resolve(); // acts go one after the other

const words = {};
for (const one of document.getElementById("words").content.querySelectorAll("[data-word]")) words[one.dataset.word] = one.textContent;
const say = (key, name, value) => words[key].replace("{" + name + "}", value);
const cardOf = (id) => document.getElementById("item-" + id);
const cards = () => [...list.querySelectorAll(".item")];
const shown = () => cards().filter((card) => !card.hidden);

function tell(message, wrong) {
  saved.textContent = message;
  saved.classList.toggle("saved-wrong", Boolean(wrong));
}

// send posts an act. What the network loses is sent again until it arrives; the server does it once.
function send(body) {
  const act = waiting.then(async () => {
    tell(words.saving);
    body.set("head", head);
    body.set("once", [...crypto.getRandomValues(new Uint32Array(4))].map((part) => part.toString(36)).join(""));
    for (let pause = 1000; ; pause = Math.min(pause * 2, 15000)) {
      try {
        const answer = await fetch(base + "/operation", { method: "POST", body, headers: { Accept: "application/json" } });
        const json = (answer.headers.get("Content-Type") || "").includes("json");
        if (answer.ok && !json) throw Object.assign(new Error(words.signin), { final: true });
        if (!json) throw Object.assign(new Error(answer.status), { final: true });
        return show(await answer.json(), body);
      } catch (lost) {
        if (lost.final) {
          tell(words.failed + lost.message, true);
          return { faults: [lost.message], fields: [] };
        }
        tell(words.offline, true);
        await new Promise((resume) => setTimeout(resume, pause));
      }
    }
  });
  waiting = act.catch(() => {});
  return act;
}

// show puts what the server answered on the desk.
function show(answer) {
  const editing = list.querySelector("form[data-editor]");
  const editingID = editing && editing.dataset.item;
  for (const id of answer.gone) remove(id);
  for (const one of answer.cards) {
    const holder = document.createElement("template");
    holder.innerHTML = one.html.trim();
    const fresh = holder.content.firstElementChild;
    const old = cardOf(one.id);
    if (old) {
      const focused = old.contains(document.activeElement) && !old.querySelector("form[data-editor]");
      if (editingID === one.id) {
        const form = editing;
        fresh.append(form);
        form.dataset.touched = fresh.dataset.touched;
        const seen = form.querySelector("input[name=seen]");
        if (seen) seen.value = fresh.dataset.touched;
      }
      if (current === old) current = fresh;
      fresh.classList.toggle("item-now", old.classList.contains("item-now"));
      fresh.hidden = old.hidden;
      old.replaceWith(fresh);
      if (focused) fresh.focus({ preventScroll: true });
    } else {
      const before = one.after && cardOf(one.after);
      if (before) before.after(fresh);
      else list.prepend(fresh);
    }
  }
  head = Math.max(head, answer.head);
  document.getElementById("progress").innerHTML = answer.progress;
  if (answer.faults && answer.faults.length > 0) tell(desk.querySelector("form[data-editor]") ? words.refused : words.failed + answer.faults.join(" "), true);
  else if (answer.others && answer.others.length > 0 && answer.quiet) tell(words.others + answer.others[answer.others.length - 1]);
  else if (!answer.quiet) tell(say("saved", "time", answer.saved));
  if (answer.text) refreshText();
  recount();
  return answer;
}

function remove(id) {
  const card = cardOf(id);
  if (!card) return;
  if (current === card) current = next(card) || next(card, true);
  card.remove();
}

async function refreshText() {
  const answer = await fetch(base + "/text");
  if (!answer.ok) return;
  text.innerHTML = await answer.text();
  mark(current);
}

// --- acts

desk.addEventListener("submit", async (event) => {
  const form = event.target;
  if (form.matches("[data-filter-form]")) {
    event.preventDefault();
    filter();
    return;
  }
  if (!form.matches("[data-act-form], [data-editor]")) return;
  event.preventDefault();
  const body = new URLSearchParams(new FormData(form));
  if (event.submitter && event.submitter.name) body.set(event.submitter.name, event.submitter.value);
  const card = form.closest(".item");
  const answer = await send(body);
  if (form.matches("[data-editor]")) return afterEditor(form, body, answer);
  if (card && !(answer.faults && answer.faults.length)) step(cardOf(card.dataset.id) || current);
});

// The log in the side panel undoes with forms of its own.
document.addEventListener("submit", async (event) => {
  const form = event.target;
  if (!form.matches("#panel [data-act-form]")) return;
  event.preventDefault();
  const body = new URLSearchParams(new FormData(form));
  body.set(event.submitter.name, event.submitter.value);
  const answer = await send(body);
  if (!(answer.faults && answer.faults.length)) document.querySelector("#panel [data-panel-close]")?.click();
});

// step goes on to the next open item after one was dealt with.
function step(card) {
  if (!card || card.dataset.state === "open") return;
  let following = card;
  do following = next(following);
  while (following && following.dataset.state !== "open");
  if (following) choose(following);
}

// --- editor

async function openEditor(address, place) {
  const last = kept();
  if (!last || last.address !== address) closeEditor();
  const answer = await fetch(address + (address.includes("?") ? "&" : "?") + "part=1");
  if (!answer.ok) {
    tell(words.failed + answer.status, true);
    return;
  }
  const holder = document.createElement("template");
  holder.innerHTML = (await answer.text()).trim();
  const form = holder.content.firstElementChild;
  form.dataset.address = address;
  refill(form);
  place.append(form);
  if (place === editorPlace) showPane("items");
  form.scrollIntoView({ block: "nearest" });
  const first = form.querySelector("input:not([type=hidden]):not([type=radio]), textarea, select");
  if (first) first.focus({ preventScroll: true });
}

// What is typed but not sent yet is kept in this browser, so that a crash or a reload loses nothing.
const keptKey = "plan-kept:" + desk.dataset.draft;

function kept() {
  try {
    return JSON.parse(localStorage.getItem(keptKey));
  } catch {
    return null;
  }
}

function keep(form) {
  const values = [...form.elements].filter((one) => one.name && one.type !== "hidden" && one.tagName !== "BUTTON")
    .map((one) => [one.name, one.type === "checkbox" || one.type === "radio" ? one.checked : one.value, one.value]);
  try {
    localStorage.setItem(keptKey, JSON.stringify({ address: form.dataset.address, item: form.dataset.item, values }));
  } catch {
    // A browser that keeps nothing still saves each field when it is left.
  }
}

function forget() {
  try {
    localStorage.removeItem(keptKey);
  } catch {
    // nothing was kept
  }
}

function refill(form) {
  const last = kept();
  if (!last || last.address !== form.dataset.address) return;
  for (const [name, value, mark] of last.values) {
    for (const one of form.querySelectorAll("[name]")) {
      if (one.name !== name || one.type === "hidden" || one.tagName === "BUTTON") continue;
      if (one.type === "checkbox" || one.type === "radio") {
        if (one.value === mark) one.checked = value;
      } else one.value = value;
    }
  }
}

let pausing = 0;
desk.addEventListener("input", (event) => {
  const form = event.target.closest("form[data-editor]");
  if (!form) return;
  keep(form);
  clearTimeout(pausing);
  if (form.dataset.editor === "correct" && event.target.type !== "checkbox") pausing = setTimeout(() => saveField(event.target), 1500);
});

function closeEditor() {
  clearTimeout(pausing);
  forget();
  for (const form of desk.querySelectorAll("form[data-editor]")) form.remove();
}

function afterEditor(form, body, answer) {
  showFaults(form, answer);
  if (answer.faults && answer.faults.length) return;
  const id = form.dataset.item;
  forget();
  form.remove();
  const card = cardOf(id) || (answer.cards[0] && cardOf(answer.cards[0].id));
  if (!card) return;
  choose(card);
  step(card);
}

function showFaults(form, answer) {
  for (const old of form.querySelectorAll(".editor-faults")) old.remove();
  for (const input of form.querySelectorAll("[aria-invalid]")) input.removeAttribute("aria-invalid");
  if (!answer.faults || answer.faults.length === 0) return;
  const box = document.createElement("div");
  box.className = "editor-faults";
  box.setAttribute("role", "alert");
  for (const fault of answer.faults) box.append(Object.assign(document.createElement("p"), { textContent: fault }));
  form.querySelector(".editor-acts").before(box);
  for (const name of answer.fields) {
    const input = name && form.elements[name];
    if (input && input.setAttribute) input.setAttribute("aria-invalid", "true");
  }
}

// Each field of a correction is saved as soon as it is left, or after a pause in typing.
desk.addEventListener("change", async (event) => {
  const form = event.target.form;
  if (event.target.matches("[data-add-kind]")) {
    const span = new URLSearchParams({ from: form.elements.span_from.value, to: form.elements.span_to.value, kind: event.target.value });
    openEditor(base + "/add?" + span, editorPlace);
    return;
  }
  if (form && form.matches("[data-filter-form]")) {
    filter();
    return;
  }
  if (form) await saveField(event.target);
});

async function saveField(input) {
  const form = input.form;
  clearTimeout(pausing);
  if (!form || form.dataset.editor !== "correct" || !input.name || form.querySelector("[value='move:target'].button-primary")) return;
  const body = new URLSearchParams({ act: "correct", items: form.dataset.item, seen: form.dataset.touched });
  if (input.type === "checkbox") body.set("name", form.elements.name.value);
  if (input.type !== "checkbox" || input.checked) body.set(input.name, input.value);
  const answer = await send(body);
  showFaults(form, answer);
  if (!(answer.faults && answer.faults.length)) forget();
}

// --- choosing: an item shows its words, words show their item

function choose(card, from) {
  if (!card) return;
  for (const old of list.querySelectorAll(".item-now")) old.classList.remove("item-now");
  current = card;
  card.hidden = false;
  card.classList.add("item-now");
  card.scrollIntoView({ block: "nearest" });
  mark(card, from !== "text");
}

function mark(card, scroll) {
  for (const old of text.querySelectorAll(".mark-now")) old.classList.remove("mark-now");
  if (!card) return;
  const parts = [...text.querySelectorAll(".mark")].filter((part) => part.dataset.items.split(" ").includes(card.dataset.id));
  for (const part of parts) part.classList.add("mark-now");
  if (scroll && parts.length > 0 && !phone.matches) parts[0].scrollIntoView({ block: "center" });
}

function next(card, back) {
  let other = card;
  do other = back ? other.previousElementSibling : other.nextElementSibling;
  while (other && other.hidden);
  return other;
}

function showPane(name) {
  const choice = document.getElementById("show-" + name);
  if (choice) choice.checked = true;
}

desk.addEventListener("click", (event) => {
  const target = event.target;
  const edit = target.closest("[data-edit]");
  if (edit) {
    event.preventDefault();
    const card = edit.closest(".item");
    choose(card);
    openEditor(edit.getAttribute("href"), card);
    return;
  }
  if (target.closest("[data-editor-close]")) {
    const card = target.closest(".item");
    closeEditor();
    if (card) card.focus();
    return;
  }
  const words = target.closest(".mark");
  if (words) {
    event.preventDefault();
    if (!window.getSelection().isCollapsed) return;
    const ids = words.dataset.items.split(" ").filter((id) => cardOf(id));
    const at = current ? ids.indexOf(current.dataset.id) : -1;
    showPane("items");
    choose(cardOf(ids[(at + 1) % ids.length]), "text");
    return;
  }
  const chip = target.closest("[data-kind-chip]");
  if (chip) {
    event.preventDefault();
    desk.querySelector("[data-filter-form] [name=kind]").value = chip.dataset.kindChip;
    for (const one of desk.querySelectorAll("[data-kind-chip]")) {
      one.classList.toggle("chip-current", one === chip);
      if (one === chip) one.setAttribute("aria-current", "true");
      else one.removeAttribute("aria-current");
    }
    filter();
    return;
  }
  const heading = target.closest("[data-heading]");
  if (heading) {
    event.preventDefault();
    showPane("text");
    const line = document.getElementById(heading.getAttribute("href").slice(1));
    if (line) line.scrollIntoView({ block: "start" });
    for (const one of desk.querySelectorAll(".outline .here")) one.classList.remove("here");
    heading.classList.add("here");
    return;
  }
  const card = target.closest(".item");
  if (card && !target.closest("button, input, select, textarea, label, form[data-editor]")) {
    event.preventDefault();
    choose(card);
    if (target.closest("[data-show]") && phone.matches) {
      showPane("text");
      const part = text.querySelector(".mark-now");
      if (part) part.scrollIntoView({ block: "center" });
    }
  }
});

// --- filter

const filterForm = desk.querySelector("[data-filter-form]");

function filter() {
  const want = Object.fromEntries(new FormData(filterForm));
  for (const card of cards()) {
    card.hidden = !((!want.kind || card.dataset.kind === want.kind) && (!want.state || card.dataset.state === want.state) &&
      (!want.sure || card.dataset.sure === want.sure) && (!want.q.trim() || card.textContent.includes(want.q.trim())));
  }
  const query = new URLSearchParams(Object.entries(want).filter(([, value]) => value));
  history.replaceState(null, "", base + (query.size === 0 || query.toString() === "" ? "" : "?" + query));
  recount();
}

filterForm.addEventListener("input", (event) => {
  if (event.target.name === "q") filter();
});

function recount() {
  const count = shown().length;
  desk.querySelector("[data-shown]").textContent = say("shown", "count", count);
  desk.querySelector("[data-none]").hidden = count > 0;
  const counts = { "": 0 };
  for (const card of cards()) {
    counts[""] += 1;
    counts[card.dataset.kind] = (counts[card.dataset.kind] || 0) + 1;
  }
  const bulk = desk.querySelector("[data-confident]");
  if (bulk) {
    const kind = filterForm.elements.kind.value;
    const sure = cards().filter((card) => "ready" in card.dataset && (!kind || card.dataset.kind === kind)).length;
    bulk.form.elements.kind.value = kind;
    bulk.querySelector("span").textContent = say("confident", "count", sure);
    bulk.disabled = sure === 0;
  }
  for (const one of desk.querySelectorAll("[data-count]")) one.textContent = counts[one.dataset.count] || 0;
}

// --- adding from selected words

const adder = desk.querySelector("[data-add]");
const encoder = new TextEncoder();

// byteAt returns the place of a point of the selection in bytes of the clean text, -1 outside of it.
function byteAt(node, offset) {
  if (node.nodeType === Node.ELEMENT_NODE) {
    const child = node.childNodes[offset] || node.lastChild;
    if (!child) return -1;
    if (node.childNodes[offset]) return byteAt(child, 0);
    return byteAt(child, child.nodeType === Node.TEXT_NODE ? child.length : child.childNodes.length);
  }
  const part = node.parentElement.closest("[data-at]");
  if (!part || !text.contains(part)) return -1;
  return Number(part.dataset.at) + encoder.encode(node.data.slice(0, offset)).length;
}

function selected() {
  const selection = window.getSelection();
  if (selection.isCollapsed || selection.rangeCount === 0) return null;
  const range = selection.getRangeAt(0);
  if (!text.contains(range.startContainer) || !text.contains(range.endContainer)) return null;
  const from = byteAt(range.startContainer, range.startOffset);
  const to = byteAt(range.endContainer, range.endOffset);
  return from >= 0 && to > from ? { from, to, box: range.getBoundingClientRect() } : null;
}

if (adder) {
  // Places of the button are set through the style object, which the policy allows and no markup carries.
  document.addEventListener("selectionchange", () => {
    const span = selected();
    adder.hidden = !span;
    if (!span) return;
    adder.style.top = Math.min(Math.max(span.box.bottom + 6, 64), window.innerHeight - 60) + "px";
    adder.style.left = Math.max(8, Math.min(span.box.left, window.innerWidth - 150)) + "px";
  });
  adder.addEventListener("mousedown", (event) => event.preventDefault());
  adder.addEventListener("click", () => {
    const span = selected();
    if (!span) return;
    adder.hidden = true;
    openEditor(base + "/add?" + new URLSearchParams({ from: span.from, to: span.to }), editorPlace);
    window.getSelection().removeAllRanges();
    editorPlace.scrollIntoView({ block: "nearest" });
  });
}

// --- keys

document.addEventListener("keydown", (event) => {
  if (event.altKey || event.ctrlKey || event.metaKey) return;
  if (event.target.matches("input, textarea, select")) {
    if (event.key === "Escape") {
      const card = event.target.closest(".item");
      event.target.blur();
      if (event.target.form?.matches("[data-editor]")) closeEditor();
      if (card) card.focus();
    }
    return;
  }
  const press = (selector) => current && current.querySelector(selector)?.click();
  const does = {
    j: () => choose(current && !current.hidden ? next(current) || current : shown()[0]),
    k: () => choose(current && !current.hidden ? next(current, true) || current : shown()[0]),
    a: () => press("[data-accept]"),
    e: () => press("[data-edit]"),
    x: () => press("[data-ignore]"),
    u: () => desk.querySelector("[data-undo]")?.click(),
    "/": () => {
      filterForm.elements.q.focus();
      filterForm.elements.q.select();
    },
  }[event.key];
  if (!does) return;
  event.preventDefault();
  does();
});

// --- what others do

async function others() {
  if (document.visibilityState !== "visible") return;
  await waiting;
  const answer = await fetch(base + "/changes?since=" + head, { headers: { Accept: "application/json" } }).catch(() => null);
  if (!answer || !answer.ok) return;
  const changes = await answer.json();
  if (changes.head > head) show(Object.assign(changes, { quiet: true }));
}
if (desk.dataset.may === "true") setInterval(others, 5000);

// Leaving while something is on its way asks first.
window.addEventListener("beforeunload", (event) => {
  if (saved.textContent === words.saving || saved.textContent === words.offline) event.preventDefault();
});

const unsent = kept();
if (unsent && desk.dataset.may === "true") {
  const card = unsent.item && cardOf(unsent.item);
  if (card) choose(card);
  openEditor(unsent.address, card || editorPlace);
}
if (desk.dataset.selected) choose(cardOf(desk.dataset.selected));
desk.dataset.ready = "yes";
