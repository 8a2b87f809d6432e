// Lets every picture of the article be opened as large as the screen, and by a tap on it in its own
// size, at the point that was tapped; without scripts they stay as they are.
customElements.define(
  "image-zoom",
  class extends HTMLElement {
    connectedCallback() {
      this.dialog = this.querySelector("dialog");
      this.large = new Image();
      this.large.className = "zoomed__image";
      this.dialog.append(this.large);
      this.dialog.addEventListener("click", (event) => {
        if (event.target === this.large) this.enlarge(event);
        else this.dialog.close();
      });
      for (const image of document.querySelectorAll(".article .prose img")) this.wrap(image);
    }

    enlarge(event) {
      const [across, down] = [event.offsetX / this.large.width, event.offsetY / this.large.height];
      this.large.classList.toggle("zoomed__image--whole");
      this.dialog.scrollTo(
        this.large.width * across - this.dialog.clientWidth / 2,
        this.large.height * down - this.dialog.clientHeight / 2,
      );
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
        this.large.classList.remove("zoomed__image--whole");
        this.dialog.showModal();
      });
    }
  },
);
