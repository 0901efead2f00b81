// What a page can't do without a script: copy a link, keep the focus and what is chosen, say when an update failed.
document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copy]");
  if (!button) return;
  await navigator.clipboard.writeText(button.dataset.copy);
  button.textContent = "Copied";
});

const showCopyButtons = () => {
  for (const button of document.querySelectorAll("[data-copy]")) button.hidden = !navigator.clipboard;
};
showCopyButtons();
document.addEventListener("htmx:afterSwap", showCopyButtons); // before the swap is seen, not 20 ms after

// What is chosen to be compared outlives its card: once that has gone, a hidden field stands for it.
const BOXES = ".card [name=cert]";
const chosen = new Set();
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
  showChosen();
});
document.addEventListener("htmx:afterSwap", showChosen);
window.addEventListener("pageshow", () => { // a step back may bring the page with its boxes ticked
  for (const box of document.querySelectorAll(`${BOXES}:checked`)) chosen.add(box.value);
  showChosen();
});

// A chip that is removed takes the focus with it: the place of the chips gets it.
document.addEventListener("htmx:afterSettle", ({ detail }) => {
  if (!detail.requestConfig?.elt.closest("#applied")) return;
  document.getElementById("applied").focus({ preventScroll: true });
});

// htmx swaps nothing when the server or the network fails: load the page instead, which says why.
for (const failure of ["htmx:responseError", "htmx:sendError"]) {
  document.addEventListener(failure, (event) => {
    location.assign(event.detail.pathInfo.finalRequestPath);
  });
}
