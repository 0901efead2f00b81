// What a page can't do without a script: copy a link, keep the focus and what is chosen, say when an update failed.
const say = (words) => { document.getElementById("said").textContent = words; };

// Only where a script can copy is there a button for it: at the end of the paragraph of the link.
const addCopyButtons = () => {
  if (!navigator.clipboard) return;
  for (const link of document.querySelectorAll('a[data-copy=""]')) {
    const button = Object.assign(document.createElement("button"), { type: "button", className: "copy", textContent: "Copy the link" });
    button.addEventListener("click", async () => {
      say("");
      await navigator.clipboard.writeText(link.href);
      button.textContent = "Copied";
      say("Copied");
    });
    link.dataset.copy = "offered";
    link.closest("p").append(" ", button);
  }
};
addCopyButtons();
document.addEventListener("htmx:afterSwap", addCopyButtons); // before the swap is seen, not 20 ms after

// What is chosen to be compared outlives its card: once that has gone, a hidden field stands for it.
const BOXES = ".card [name=cert]";
// A step back or a reload finds the choice again, in this tab only; whoever comes anew begins anew.
const kept = {
  read: () => { try { return JSON.parse(sessionStorage.getItem("chosen")) ?? []; } catch { return []; } },
  write: (values) => { try { sessionStorage.setItem("chosen", JSON.stringify(values)); } catch { /* storage is forbidden here */ } },
};
const isNew = performance.getEntriesByType("navigation")[0]?.type === "navigate";
if (isNew && document.getElementById("compare")) kept.write([]);
const chosen = new Set(isNew ? [] : kept.read());
const showChosen = () => {
  const compare = document.getElementById("compare");
  if (!compare) return;
  const away = new Set(chosen);
  for (const box of document.querySelectorAll(BOXES)) box.checked = away.delete(box.value);
  for (const field of compare.querySelectorAll("[type=hidden]")) field.remove();
  for (const value of away) compare.append(Object.assign(document.createElement("input"), { type: "hidden", name: "cert", value }));
  const aside = away.size ? `, ${away.size} of them not in this list` : "";
  compare.querySelector("output").value = chosen.size ? `${chosen.size} chosen${aside}.` : "";
};
document.addEventListener("change", ({ target }) => {
  if (!target.matches(BOXES)) return;
  chosen[target.checked ? "add" : "delete"](target.value);
  kept.write([...chosen]);
  showChosen();
});
document.addEventListener("htmx:afterSwap", showChosen);
window.addEventListener("pageshow", ({ persisted }) => { // a step back may bring the page with its boxes ticked
  // Out of memory comes what was ticked or typed and not sent: the page shows what its address holds.
  if (persisted) for (const form of document.querySelectorAll("form:not(#compare)")) form.reset();
  for (const box of document.querySelectorAll(`${BOXES}:checked`)) chosen.add(box.value);
  if (chosen.size) kept.write([...chosen]);
  showChosen();
});

// A chip that is removed takes the focus with it: the place of the chips gets it.
document.addEventListener("htmx:afterSettle", ({ detail }) => {
  if (!detail.requestConfig?.elt.closest("#applied")) return;
  document.getElementById("applied").focus({ preventScroll: true });
});

// htmx swaps nothing when the server or the network fails: load the page instead, which says why.
for (const failure of ["htmx:responseError", "htmx:sendError"]) {
  document.addEventListener(failure, ({ detail }) => {
    if (detail.elt.matches(FIELD)) return; // without suggestions what is typed can still be sent
    location.assign(detail.pathInfo.finalRequestPath);
  });
}

// Suggestions, by the combobox pattern of the ARIA practices: the focus stays in the field.
const FIELD = ".combobox input";
const optionsOf = (field) => field.parentElement.querySelector("[role=listbox]");
const activeIn = (list) => list.querySelector("[aria-selected=true]");
const activate = (field, option) => {
  activeIn(optionsOf(field))?.setAttribute("aria-selected", "false");
  option?.setAttribute("aria-selected", "true");
  option?.scrollIntoView({ block: "nearest" });
  if (option) field.setAttribute("aria-activedescendant", option.id);
  else field.removeAttribute("aria-activedescendant");
};
const open = (field, isOpen) => {
  optionsOf(field).hidden = !isOpen;
  field.setAttribute("aria-expanded", isOpen);
  if (!isOpen) activate(field, null);
};
const choose = (field, { dataset }) => {
  const { name } = field.parentElement.dataset;
  if (!name) return location.assign(dataset.href);
  const value = Object.assign(document.createElement("input"), { type: "hidden", name, value: dataset.value });
  field.form.append(value);
  field.form.requestSubmit();
};
document.addEventListener("focusin", ({ target }) => {
  if (!target.matches(FIELD)) return;
  const states = { role: "combobox", "aria-autocomplete": "list", "aria-controls": optionsOf(target).id, "aria-expanded": !optionsOf(target).hidden };
  for (const [name, value] of Object.entries(states)) target.setAttribute(name, value);
});
document.addEventListener("focusout", ({ target }) => target.matches(FIELD) && open(target, false));
document.addEventListener("htmx:afterSwap", ({ target }) => {
  const field = target.matches(".suggestions") && target.parentElement.querySelector(FIELD);
  if (!field || field !== document.activeElement) return;
  const count = target.children.length;
  open(field, count > 0);
  target.parentElement.querySelector("[role=status]").textContent = field.value.length < 2 ? "" : count === 1 ? "1 suggestion" : `${count || "No"} suggestions`;
});
document.addEventListener("keydown", (event) => {
  const field = event.target;
  if (!field.matches?.(FIELD) || event.isComposing) return;
  const list = optionsOf(field);
  const options = [...list.children];
  const place = options.indexOf(activeIn(list));
  if (["ArrowDown", "ArrowUp"].includes(event.key) && options.length) {
    open(field, true);
    const step = event.key === "ArrowDown" ? 1 : -1;
    // One place more than there are options: the field itself, with nothing chosen.
    activate(field, options[(place + 1 + step + options.length + 1) % (options.length + 1) - 1]);
  } else if (event.key === "Enter" && place >= 0 && !list.hidden) choose(field, options[place]);
  else if (event.key === "Escape" && !list.hidden) open(field, false);
  else return;
  event.preventDefault();
});
document.addEventListener("pointerdown", (event) => event.target.closest(".suggestions") && event.preventDefault()); // keeps the focus
document.addEventListener("click", ({ target }) => {
  const option = target.closest(".suggestions > *");
  if (option) choose(option.closest(".combobox").querySelector("input"), option);
});
