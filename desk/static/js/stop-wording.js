// "Do not summarise": what comes of the request is not shown. The quotes stay.
document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-stop]");
  const waiting = button?.closest("[data-stoppable]");
  if (!waiting) return;
  waiting.remove();
});
document.addEventListener("htmx:sendError", (event) => forget(event.target));
document.addEventListener("htmx:responseError", (event) => forget(event.target));

function forget(element) {
  if (element instanceof Element && element.matches("[data-stoppable]")) element.remove();
}
