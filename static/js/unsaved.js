// Warns before a changed form of the admin is left without saving it.

const forms = document.querySelectorAll("#content-main form[method=post], #changelist-form");
let isChanged = false;

for (const form of forms) {
  for (const event of ["input", "change"]) form.addEventListener(event, ({ isTrusted, target }) => {
    // Neither what scripts set, nor ticks that choose rows for an action, is work that gets lost.
    if (isTrusted && !target.matches(".action-select, #action-toggle, [name=action]")) isChanged = true;
  });
  form.addEventListener("submit", () => { isChanged = false; });
}
window.django?.jQuery?.(document).on("select2:select select2:unselect", () => { isChanged = true; });
document.addEventListener("formset:added", () => { isChanged = true; });

window.addEventListener("beforeunload", (event) => {
  if (isChanged) event.preventDefault();
});
