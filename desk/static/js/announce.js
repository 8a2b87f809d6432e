// Says aloud what htmx has put on the page: the first `data-announce` text of the new fragment.
document.addEventListener("htmx:afterSettle", (event) => {
  const fragment = event.detail.elt;
  const spoken = fragment.closest("[data-announce]") ?? fragment.querySelector("[data-announce]");
  if (spoken) {
    document.getElementById("announcer").textContent = spoken.dataset.announce;
  }
});
