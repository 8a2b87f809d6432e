// While a model words a draft, what is typed stays readable and is not lost: the text rests until
// the answer is there, or until somebody no longer wants to wait.
document.addEventListener("htmx:beforeRequest", (event) => rest(event.target, true));
document.addEventListener("htmx:afterRequest", (event) => rest(event.target, false));
document.addEventListener("click", (event) => {
  const leave = event.target.closest("[data-leave]");
  const button = leave?.closest(".worder")?.querySelector("[data-words-draft]");
  if (button) window.htmx.trigger(button, "htmx:abort");
});

function rest(element, isResting) {
  if (!(element instanceof Element) || !element.matches("[data-words-draft]")) return;
  const typed = document.getElementById("reply-body");
  const waiting = element.closest(".worder")?.querySelector("[data-waiting]");
  if (typed) typed.readOnly = isResting;
  if (waiting) waiting.hidden = !isResting;
}
