// Prints the page. Without scripts the browser's own menu does.
customElements.define(
  "print-page",
  class extends HTMLElement {
    connectedCallback() {
      this.hidden = false;
      this.querySelector("button").addEventListener("click", () => window.print());
    }
  },
);
