// Nothing typed is lost: Ctrl+S saves, and what the server has not kept yet survives a reload.
(() => {
  const form = document.getElementById("editor--form");
  const key = `lotse.writing.${form.dataset.key}`;
  const fields = ["title", "summary", "body"].map((name) => form.elements[name]);
  let isSaving = false;

  const told = () => JSON.stringify(fields.map((field) => field.value));
  const left = sessionStorage.getItem(key);
  if (left && left !== told()) {
    JSON.parse(left).forEach((value, at) => {
      fields[at].value = value;
    });
    addEventListener("load", () => form.dispatchEvent(new Event("keep")));
  }

  form.addEventListener("input", () => sessionStorage.setItem(key, told()));
  document.body.addEventListener("htmx:beforeRequest", (event) => {
    if (event.target.matches("[data-keeps], .hint__dismiss")) {
      event.detail.xhr.lotseTold = told();
    }
  });
  document.body.addEventListener("htmx:afterRequest", (event) => {
    const { xhr, successful } = event.detail;
    if (successful && xhr.lotseTold && xhr.lotseTold === told()) {
      sessionStorage.removeItem(key);
    }
  });
  form.addEventListener("submit", () => {
    isSaving = true;
    sessionStorage.removeItem(key);
  });
  addEventListener("beforeunload", (event) => {
    if (!isSaving && sessionStorage.getItem(key)) {
      event.preventDefault();
    }
  });
  addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "s") {
      event.preventDefault();
      form.requestSubmit(form.querySelector("[data-saves]"));
    }
  });
})();
