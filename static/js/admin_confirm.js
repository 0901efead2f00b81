// The keys of the page on which facts are confirmed. Without this script links and buttons do it.

const box = document.querySelector(".keys input");
const STORED = "confirm-by-keys";

if (box) {
  box.closest(".keys").hidden = false;
  box.checked = localStorage.getItem(STORED) !== "off";
  box.addEventListener("change", () => localStorage.setItem(STORED, box.checked ? "on" : "off"));
}

document.addEventListener("keydown", (event) => {
  if (!box?.checked || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.matches("input, select, textarea")) return;
  const control = document.querySelector(`[data-key="${CSS.escape(event.key.toLowerCase())}"]`);
  if (!control) return;
  event.preventDefault();
  control.click();
});

// One answer a card, however often the key is pressed before the next one comes.
document.querySelector(".card form")?.addEventListener("submit", (event) => {
  if (event.target.dataset.isSent) event.preventDefault();
  event.target.dataset.isSent = "yes";
});
