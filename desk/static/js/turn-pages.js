// Turns to the next or the earlier item with J and K, as the links with rel=next and rel=prev do.
document.addEventListener("keydown", (event) => {
  const writes = event.target.closest("input, textarea, select, [contenteditable]");
  if (writes || event.ctrlKey || event.metaKey || event.altKey) {
    return;
  }
  const rel = { j: "next", k: "prev" }[event.key];
  const link = rel && document.querySelector(`main a[rel=${rel}]`);
  if (link) {
    event.preventDefault();
    link.click();
  }
});
