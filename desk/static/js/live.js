// A page that follows a stream says so, and what is being read or typed stays where it is on the
// screen while something new is put in above it.
{
  const page = document.documentElement;
  document.addEventListener("htmx:sseOpen", () => page.classList.add("is-live"));
  document.addEventListener("htmx:sseError", () => page.classList.remove("is-live"));
  document.addEventListener("htmx:sseClose", () => page.classList.remove("is-live"));

  let held = null;

  function inView(element) {
    const { top, bottom } = element.getBoundingClientRect();
    return bottom > 0 && top < window.innerHeight;
  }

  document.addEventListener("htmx:oobBeforeSwap", () => {
    const focused = document.activeElement;
    const middle = document.elementFromPoint(window.innerWidth / 2, window.innerHeight / 2);
    const kept = focused && focused !== document.body && inView(focused) ? focused : middle;
    held ??= kept && { element: kept, top: kept.getBoundingClientRect().top };
  });

  document.addEventListener("htmx:oobAfterSwap", () => {
    if (held?.element.isConnected) {
      window.scrollBy({ top: held.element.getBoundingClientRect().top - held.top, behavior: "instant" });
    }
    held = null;
  });

  // The way to what is new is shown until somebody has gone there.
  document.addEventListener("click", (event) => {
    event.target.closest(".case-news a")?.remove();
  });
}
