// When the case has changed, what stands beside it is fetched anew; never under the hand of
// somebody who is using it: then a line says so.
document.addEventListener("htmx:sseMessage", () => {
  for (const part of document.querySelectorAll("[data-follows]")) {
    const isUsed = part.matches(":hover, :focus-within") || part.querySelector("details[open]");
    const hint = part.querySelector("[data-stale]");
    if (isUsed && hint) {
      hint.hidden = false;
    } else if (!isUsed) {
      window.htmx.trigger(part, "renew");
    }
  }
});
