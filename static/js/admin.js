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
  const heading = row.querySelector(".line-tools, h3");
  if (isLine(row) || !heading || !orderOf(row) || row.classList.contains("empty-form")) return;
  const label = row.querySelector(".inline_label, .line-text")?.textContent.trim() ?? "row";
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

document.addEventListener("formset:added", ({ target }) => {
  if (!orderOf(target)) return;
  const numbers = rowsBeside(target).map((row) => Number(orderOf(row)?.value) || 0);
  if (!orderOf(target).value) orderOf(target).value = Math.max(0, ...numbers) + 1;
  addMoves(target);
});

// --- statements: one line each, grouped by section ---------------------------------------------

const isLine = (row) => row.classList.contains("statement");
const linesOf = (table) => [...table.querySelectorAll(".statement")];
const fieldOf = (line, name) => line.querySelector(`[name$="-${name}"]`);

// The order is that of the lines on the page; the numbers are only what says so to the server.
const numberLines = (table) => linesOf(table).forEach((line, index) => {
  if (fieldOf(line, "order")) fieldOf(line, "order").value = index + 1;
});

const showSection = (section) => {
  section.classList.remove("empty");
  section.querySelector("h3").hidden = false;
  for (const word of section.querySelectorAll(".add-sentence span")) word.className = "visually-hidden";
};

// A section that had no sentence leaves the list of the others and joins the rest.
const useSection = (section) => {
  const others = section.closest(".other-sections");
  if (!others) return;
  others.before(section);
  showSection(section);
  if (!others.querySelector(".section")) others.remove();
};

const addLine = (button) => {
  const table = button.closest(".statements");
  const { prefix } = table.dataset;
  const total = document.getElementById(`id_${prefix}-TOTAL_FORMS`);
  const empty = document.getElementById(`${prefix}-empty`).content.firstElementChild;
  const holder = document.createElement("div");
  holder.innerHTML = empty.outerHTML.replaceAll("__prefix__", total.value);
  const line = holder.firstElementChild;
  total.value = Number(total.value) + 1;
  const section = button.closest(".section");
  useSection(section);
  section.querySelector(".lines").append(line);
  if (fieldOf(line, "section")) fieldOf(line, "section").value = section.dataset.section;
  if (fieldOf(line, "effect")) fieldOf(line, "effect").value = section.dataset.effect;
  tellLine(line);
  addLineTools(line);
  fieldOf(line, "text").focus();
  noteChanges();
};

const moveLine = (line, step) => {
  const other = step < 0 ? line.previousElementSibling : line.nextElementSibling;
  if (!other) return say(step < 0 ? "It is the first of its section." : "It is the last of its section.");
  if (step < 0) line.after(other);
  else line.before(other);
  numberLines(line.closest(".statements"));
  const lines = [...line.parentElement.children];
  say(`Moved: number ${lines.indexOf(line) + 1} of ${lines.length}.`);
  noteChanges();
};

const toolButton = (text, title, act) => {
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = text;
  button.title = title;
  button.addEventListener("click", act);
  return button;
};

// A new line that is not wanted stays in the form as one to be deleted: the others keep their names.
const dropLine = (line) => {
  const mark = document.createElement("input");
  Object.assign(mark, { type: "hidden", name: `${line.id}-DELETE`, value: "on" });
  line.append(mark);
  const section = line.closest(".section");
  line.hidden = true;
  section.querySelector(".add-sentence").focus();
  noteChanges();
};

const addLineTools = (line) => {
  const tools = line.querySelector(".line-tools");
  tools.prepend(
    toolButton("↑ Up", "Alt and arrow up, on the line", () => moveLine(line, -1)),
    toolButton("↓ Down", "Alt and arrow down, on the line", () => moveLine(line, 1)),
  );
  if (!line.classList.contains("has_original")) {
    tools.append(toolButton("Remove", "Take this new sentence out again", () => dropLine(line)));
  }
};

const tellLine = (line) => {
  const text = fieldOf(line, "text");
  if (text) line.querySelector(".line-text").textContent = text.value || "A new sentence";
  const effect = fieldOf(line, "effect");
  const chosen = effect?.selectedOptions?.[0];
  if (chosen) line.querySelector(".line-effect").textContent = effect.value ? chosen.textContent : "";
  line.classList.toggle("is-gone", Boolean(line.querySelector("[name$='-DELETE']:checked")));
};

const changeSection = (line, value) => {
  const section = line.closest(".statements").querySelector(`.section[data-section="${CSS.escape(value)}"]`);
  if (!section || section === line.closest(".section")) return;
  useSection(section);
  section.querySelector(".lines").append(line);
  numberLines(line.closest(".statements"));
  say(`Moved to “${section.querySelector("h3").textContent}”.`);
};

document.querySelectorAll(".inline-related").forEach(addMoves);
for (const table of document.querySelectorAll(".statements")) {
  table.classList.add("with-script");
  linesOf(table).forEach(addLineTools);
  for (const button of table.querySelectorAll(".add-sentence")) button.hidden = false;
  table.addEventListener("click", (event) => {
    const button = event.target.closest(".add-sentence");
    if (!button) return;
    event.preventDefault();
    addLine(button);
  });
  table.addEventListener("input", ({ target }) => {
    const line = target.closest(".statement");
    if (!line) return;
    tellLine(line);
    if (target.name?.endsWith("-section")) changeSection(line, target.value);
  });
  table.addEventListener("keydown", (event) => {
    const line = event.target.closest("summary")?.closest(".statement");
    const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (!line || !step || !event.altKey) return;
    event.preventDefault();
    moveLine(line, step);
  });
}

// What an address names is shown, also inside a line that is folded.
const unfold = () => {
  const place = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (!place) return;
  for (let part = place; part; part = part.parentElement.closest("details")) {
    if (part.matches("details")) part.open = true;
    if (!part.parentElement) break;
  }
  place.querySelector?.("details")?.setAttribute("open", "");
  place.scrollIntoView({ block: "center" });
  if (place.matches("input, select, textarea")) place.focus();
};
window.addEventListener("hashchange", unfold);
window.addEventListener("load", unfold);

// --- how much is changed -----------------------------------------------------------------------

const form = document.querySelector(".content-form form");
const count = document.querySelector(".form-bar .changes");
const IGNORED = /(^csrf|^_|-TOTAL_FORMS$|^change_reason$)/;

const snapshot = () => {
  const held = new Map();
  for (const [name, value] of new FormData(form)) {
    if (!IGNORED.test(name)) held.set(name, [...(held.get(name) ?? []), value]);
  }
  return held;
};

let opened;
const noteChanges = () => {
  if (!count || !opened) return;
  const now = snapshot();
  const names = [...new Set([...opened.keys(), ...now.keys()])];
  const changed = names.filter((name) => String(opened.get(name)) !== String(now.get(name)));
  const fields = changed.filter((name) => !name.endsWith("-order"));
  const added = new Set(fields.filter((name) => !opened.has(name) && /-\d+-/.test(name))
    .map((name) => name.replace(/-\w+$/, "")));
  const edits = fields.filter((name) => opened.has(name) || !/-\d+-/.test(name)).length;
  const moved = changed.length > fields.length && !added.size ? 1 : 0;
  const total = edits + added.size + moved;
  count.textContent = total ? `${total} ${total === 1 ? "change" : "changes"}` : "";
};

if (form && count) {
  window.addEventListener("load", () => { opened = snapshot(); });
  form.addEventListener("input", noteChanges);
  form.addEventListener("change", noteChanges);
}

// --- facts: what was read in the same place as the price -------------------------------------------

const BESIDE_A_FACT = ["confidence", "checked_on"];

const takeOver = (line) => {
  const from = document.getElementById("price-0");
  const [theirs, ours] = [from, line].map((part) => fieldOf(part, "sources"));
  if (!theirs.selectedOptions.length) return say("The price has no source yet.");
  for (const { value, text } of theirs.selectedOptions) {
    const known = [...ours.options].find((option) => option.value === value);
    if (known) known.selected = true;
    else ours.add(new Option(text, value, true, true));
  }
  for (const name of BESIDE_A_FACT) fieldOf(line, name).value = fieldOf(from, name).value;
  tellDay(fieldOf(line, "checked_on"));
  window.django.jQuery(ours).trigger("change");
  noteChanges();
  say("Sources, confidence and day are those of the price now.");
};

const offerTakingOver = (line) => {
  const sources = fieldOf(line, "sources");
  const isOther = line.id !== "price-0" && document.getElementById("price-0");
  if (!sources || !isOther || sources.selectedOptions.length || line.matches(".empty-form")) return;
  const title = "Sources, confidence and day as the price has them";
  line.querySelector(".line-tools").append(toolButton("Read where the price was", title, () => takeOver(line)));
};
document.querySelectorAll(".facts .inline-related").forEach(offerTakingOver);
document.addEventListener("formset:added", ({ target }) => {
  if (target.closest(".facts")) offerTakingOver(target);
});

// --- days said back in words ---------------------------------------------------------------------

const ISO = /^(\d{4})-(\d{2})-(\d{2})$/;
const WRITTEN = /^(?:(\d{1,2})\.? ([a-z]+)|([a-z]+) (\d{1,2}),?) (\d{4})$/i;
const MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

const dayOf = (text) => {
  const iso = ISO.exec(text);
  const written = WRITTEN.exec(text);
  if (!iso && !written) return null;
  const [year, month, day] = iso
    ? [Number(iso[1]), Number(iso[2]) - 1, Number(iso[3])]
    : [Number(written[5]), MONTHS.indexOf((written[2] ?? written[3]).slice(0, 3).toLowerCase()),
      Number(written[1] ?? written[4])];
  const found = new Date(Date.UTC(year, month, day));
  const isReal = month >= 0 && found.getUTCMonth() === month && found.getUTCDate() === day;
  return isReal ? found : null;
};

const IN_WORDS = { weekday: "long", day: "numeric", month: "long", year: "numeric", timeZone: "UTC" };
const tellDay = (field) => {
  const words = field.parentElement.querySelector(".day-words");
  const text = field.value.trim();
  const day = dayOf(text);
  words.classList.toggle("wrong", Boolean(text && !day));
  words.textContent = day
    ? day.toLocaleDateString("en-GB", IN_WORDS)
    : text && "Write it as 2027-06-07 or 7 June 2027.";
};

const showToday = (part) => {
  for (const button of part.querySelectorAll(".day .today")) button.hidden = false;
};
showToday(document);
document.addEventListener("formset:added", ({ target }) => showToday(target));
document.addEventListener("input", ({ target }) => {
  if (target.matches?.(".vDayField")) tellDay(target);
});
document.addEventListener("click", ({ target }) => {
  if (!target.matches?.(".day .today")) return;
  const field = target.parentElement.querySelector("input");
  const now = new Date();
  const pad = (number) => String(number).padStart(2, "0");
  field.value = `${now.getFullYear()}-${pad(now.getMonth() + 1)}-${pad(now.getDate())}`;
  field.dispatchEvent(new Event("input", { bubbles: true }));
  field.focus();
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
