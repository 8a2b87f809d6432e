// What is typed just before a page is left, or a tab is closed, is kept with the draft, too.
{
  let kept = null;
  const form = () => document.getElementById("reply-form");
  const text = () => form()?.elements.body.value ?? null;

  addEventListener("load", () => (kept = text()));
  document.addEventListener("htmx:beforeRequest", (event) => {
    if (event.target.matches(".draft")) event.detail.xhr.lotseText = text();
  });
  document.addEventListener("htmx:afterRequest", (event) => {
    const { xhr, successful } = event.detail;
    if (successful && xhr.lotseText !== undefined) kept = xhr.lotseText;
  });
  document.addEventListener("submit", () => (kept = null));
  addEventListener("pagehide", () => {
    const url = form()?.querySelector(".draft")?.getAttribute("hx-post");
    if (!url || kept === null || text() === kept) return;
    const { key, version } = form().elements;
    const body = new URLSearchParams({ body: text(), key: key.value, version: version.value });
    fetch(url, { method: "POST", body, keepalive: true, headers: { "HX-Request": "true" } });
  });
}
