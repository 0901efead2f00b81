// What a page can't do without a script: copy a link, keep the focus, say when an update failed.
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
