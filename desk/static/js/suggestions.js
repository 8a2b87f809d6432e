// One tap on "skip" and no suggestion comes back while this message is being written.
document.addEventListener("click", (event) => {
  const skip = event.target.closest("[data-skip]");
  if (!skip) {
    return;
  }
  const form = skip.closest("form");
  skip.closest("section").hidden = true;
  form.addEventListener("htmx:confirm", (asked) => asked.preventDefault());
  form.querySelector("#name").focus();
});
