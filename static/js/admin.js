// What the editors' forms offer beyond fields: moving rows up and down, and traits as one types.
// Without this script the order number and the condition can be typed as they are.

const say = (text) => {
  let region = document.getElementById("said");
  if (!region) {
    region = document.createElement("p");
    region.id = "said";
    region.className = "visually-hidden";
    region.setAttribute("role", "status");
    document.body.append(region);
  }
  region.textContent = text;
};

// --- rows ---------------------------------------------------------------------------------

const orderOf = (row) => row.querySelector("input[name$='-order']");
const rowsBeside = (row) =>
  [...row.parentElement.querySelectorAll(":scope > .inline-related:not(.empty-form)")];

const exchangeNumbers = (one, other) => {
  const [a, b] = [orderOf(one), orderOf(other)];
  if (a.value && b.value && a.value !== b.value) [a.value, b.value] = [b.value, a.value];
  else rowsBeside(one).forEach((row, index) => { orderOf(row).value = index + 1; });
};

const move = (row, step) => {
  const rows = rowsBeside(row);
  const place = rows.indexOf(row) + step;
  const other = rows[place];
  if (!other) return say(step < 0 ? "It is the first already." : "It is the last already.");
  // The other one moves, so that the button keeps the focus.
  if (step < 0) row.after(other);
  else row.before(other);
  exchangeNumbers(row, other);
  say(`Moved: number ${place + 1} of ${rows.length}.`);
};

const addMoves = (row) => {
  const heading = row.querySelector("h3");
  if (!heading || !orderOf(row) || row.classList.contains("empty-form")) return;
  const label = heading.querySelector(".inline_label")?.textContent.trim() ?? "row";
  for (const [name, step] of [["Move up", -1], ["Move down", 1]]) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "move";
    button.textContent = step < 0 ? "↑" : "↓";
    button.setAttribute("aria-label", `${name}: ${label.slice(0, 80)}`);
    button.title = name;
    button.addEventListener("click", () => move(row, step));
    heading.append(button);
  }
};

document.querySelectorAll(".inline-related").forEach(addMoves);
document.addEventListener("formset:added", ({ target }) => {
  if (!orderOf(target)) return;
  const numbers = rowsBeside(target).map((row) => Number(orderOf(row)?.value) || 0);
  if (!orderOf(target).value) orderOf(target).value = Math.max(0, ...numbers) + 1;
  addMoves(target);
});

// --- names for the fields that complete rows: their library leaves them without -----------------

const nameField = (select) => {
  const label = document.querySelector(`label[for="${select.id}"]`);
  const name = label?.textContent.replace(":", "").trim() || select.name;
  const box = select.nextElementSibling;
  for (const part of box?.querySelectorAll("[role=combobox], [role=textbox], [role=searchbox]") ?? []) {
    part.setAttribute("aria-label", name);
    part.removeAttribute("aria-labelledby");
  }
  // What is chosen stands in a box that has a role of its own: it is no list to a screen reader.
  for (const list of box?.querySelectorAll("ul") ?? []) {
    list.setAttribute("role", "none");
    for (const item of list.children) item.setAttribute("role", "none");
  }
};

const nameFields = (part) => part.querySelectorAll("select.admin-autocomplete").forEach(nameField);
// The library makes its boxes when the page is ready, just before this, and when a row was added.
window.django?.jQuery(() => nameFields(document));
document.addEventListener("formset:added", ({ target }) => setTimeout(() => nameFields(target)));
document.addEventListener("focusin", ({ target }) => {
  const select = target.closest?.(".select2-container")?.previousElementSibling;
  if (select?.matches("select.admin-autocomplete")) nameField(select);
});

// --- conditions ----------------------------------------------------------------------------

const MOST = 8;
const words = new Map(); // promises of the traits, by the address that lists them

const fetchWords = async (field, condition) => {
  const address = field.closest("[data-words]").dataset.words;
  const answer = await fetch(`${address}?${new URLSearchParams({ condition })}`);
  if (!answer.ok) throw new Error(`${answer.status}`);
  return answer.json();
};

// Asked for once, however fast somebody types: a late answer would take away what is marked by then.
const traitsFor = (field) => {
  const address = field.closest("[data-words]").dataset.words;
  if (!words.has(address)) {
    const asked = fetchWords(field, "").then(({ traits }) => traits);
    asked.catch(() => words.delete(address));
    words.set(address, asked);
  }
  return words.get(address);
};

const wordAt = (field) => {
  const before = field.value.slice(0, field.selectionStart).match(/[\w-]*$/)[0];
  const after = field.value.slice(field.selectionStart).match(/^[\w-]*/)[0];
  const start = field.selectionStart - before.length;
  return { before: before.toLowerCase(), start, end: start + before.length + after.length };
};

const listOf = (field) => field.parentElement.querySelector("[role=listbox]");

const prepare = (field) => {
  if (listOf(field)) return;
  const list = document.createElement("ul");
  list.id = `${field.id}_traits`;
  list.hidden = true;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", "Traits");
  field.after(list);
  const attributes = { role: "combobox", autocomplete: "off", "aria-autocomplete": "list" };
  Object.assign(attributes, { "aria-expanded": "false", "aria-controls": list.id });
  for (const [name, value] of Object.entries(attributes)) field.setAttribute(name, value);
};

const close = (field) => {
  const list = listOf(field);
  if (!list) return;
  list.hidden = true;
  list.replaceChildren();
  field.setAttribute("aria-expanded", "false");
  field.removeAttribute("aria-activedescendant");
};

const choose = (field, trait) => {
  const { start, end } = wordAt(field);
  field.setRangeText(trait, start, end, "end");
  close(field);
  field.focus();
  read(field);
};

const option = (field, [trait, label], index) => {
  const item = document.createElement("li");
  item.id = `${field.id}_trait_${index}`;
  item.dataset.trait = trait;
  item.setAttribute("role", "option");
  item.setAttribute("aria-selected", "false");
  const name = document.createElement("b");
  name.textContent = trait;
  item.append(name, ` ${label}`);
  item.addEventListener("mousedown", (event) => { // before the field loses the focus
    event.preventDefault();
    choose(field, trait);
  });
  return item;
};

const open = async (field, { all = false } = {}) => {
  const traits = await traitsFor(field);
  if (document.activeElement !== field) return;
  const word = wordAt(field).before; // as it is by now
  if (!all && (!word || ["and", "or", "not"].includes(word))) return close(field);
  const found = traits.filter((each) => each.join(" ").toLowerCase().includes(word));
  found.sort((a, b) => b[0].startsWith(word) - a[0].startsWith(word));
  const shown = found.slice(0, all && !word ? found.length : MOST);
  if (!shown.length || (shown.length === 1 && shown[0][0] === word)) return close(field);
  listOf(field).replaceChildren(...shown.map((each, index) => option(field, each, index)));
  listOf(field).hidden = false;
  field.setAttribute("aria-expanded", "true");
  field.removeAttribute("aria-activedescendant");
};

const step = (field, by) => {
  const items = [...listOf(field).children];
  const now = items.findIndex((item) => item.id === field.getAttribute("aria-activedescendant"));
  const next = items.at((now < 0 && by < 0 ? 0 : now) + by) ?? items[0];
  for (const item of items) item.setAttribute("aria-selected", String(item === next));
  field.setAttribute("aria-activedescendant", next.id);
  next.scrollIntoView({ block: "nearest" });
};

const timers = new WeakMap();
const read = (field) => {
  clearTimeout(timers.get(field));
  const show = async () => {
    const asked = field.value;
    const { reading } = await fetchWords(field, asked);
    if (asked !== field.value) return; // typed on meanwhile
    field.closest("[data-words]").querySelector(".reading").textContent = reading;
  };
  timers.set(field, setTimeout(show, 300));
};

const conditionOf = ({ target }) => (target.matches?.("input.condition") ? target : null);

document.addEventListener("focusin", (event) => {
  if (conditionOf(event)) prepare(event.target);
});
document.addEventListener("focusout", (event) => {
  if (conditionOf(event)) close(event.target);
});
document.addEventListener("input", (event) => {
  const field = conditionOf(event);
  if (!field) return;
  open(field);
  read(field);
});
document.addEventListener("keydown", (event) => {
  const field = conditionOf(event);
  if (!field) return;
  const isOpen = !listOf(field).hidden;
  const active = document.getElementById(field.getAttribute("aria-activedescendant"));
  if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    event.preventDefault();
    if (isOpen) step(field, event.key === "ArrowDown" ? 1 : -1);
    else open(field, { all: true });
  } else if (event.key === "Enter" && isOpen && active) {
    event.preventDefault();
    choose(field, active.dataset.trait);
  } else if (event.key === "Escape" && isOpen) {
    event.preventDefault();
    close(field);
  }
});
