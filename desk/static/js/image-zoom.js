// Lets every picture of the article be opened in full size; without scripts they stay as they are.
customElements.define(
  "image-zoom",
  class extends HTMLElement {
    connectedCallback() {
      this.dialog = this.querySelector("dialog");
      this.large = new Image();
      this.large.className = "zoomed__image";
      this.dialog.append(this.large);
      this.dialog.addEventListener("click", (event) => {
        if (event.target !== this.large) this.dialog.close();
      });
      for (const image of document.querySelectorAll(".article .prose img")) this.wrap(image);
    }

    wrap(image) {
      if (image.closest("a, button")) return;
      const button = document.createElement("button");
      button.type = "button";
      button.className = "zoom";
      button.setAttribute("aria-label", this.dataset.open.replace("{name}", image.alt));
      image.replaceWith(button);
      button.append(image);
      button.addEventListener("click", () => {
        this.large.src = image.src;
        this.large.alt = image.alt;
        this.dialog.showModal();
      });
    }
  },
);
