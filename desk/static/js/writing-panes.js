// <writing-panes>: text, preview and hints; beside each other where there is room, else one at a time.
class WritingPanes extends HTMLElement {
  connectedCallback() {
    this.switch = this.querySelector(".writing__switch");
    this.switch.hidden = false;
    this.classList.add("writing__panes--live");
    this.switch.addEventListener("click", (event) => {
      const way = event.target.closest("[data-pane]");
      if (way) {
        this.chosen = way.dataset.pane;
        this.show(this.chosen);
      }
    });
    const wide = matchMedia("(width >= 1100px)");
    // what somebody chose stays when a tablet is turned; the text is always there on a wide screen
    const settle = () => {
      const usual = wide.matches ? "preview" : "write";
      const stays = this.chosen && !(wide.matches && this.chosen === "write");
      this.show(stays ? this.chosen : usual);
    };
    wide.addEventListener("change", settle);
    settle();
    this.text = document.getElementById("text--body");
    this.preview = this.querySelector(".writing__pane--preview");
    this.text.addEventListener("scroll", () => this.follow(), { passive: true });
    this.text.addEventListener("focus", () => {
      if (wide.matches) {
        this.closest("form").scrollIntoView({ block: "start" });
      }
    });
    document.body.addEventListener("htmx:afterSwap", () => this.count());
    document.body.addEventListener("htmx:oobAfterSwap", () => this.count());
  }

  show(name) {
    this.dataset.shown = name;
    this.switch.querySelectorAll("[data-pane]").forEach((way) => {
      way.ariaPressed = String(way.dataset.pane === name);
    });
  }

  follow() {
    const room = this.text.scrollHeight - this.text.clientHeight;
    const there = this.preview.scrollHeight - this.preview.clientHeight;
    if (room > 0 && there > 0) {
      this.preview.scrollTop = (this.text.scrollTop / room) * there;
    }
  }

  count() {
    this.querySelectorAll("[data-count-of]").forEach((place) => {
      place.textContent = document.getElementById(place.dataset.countOf).dataset.count;
    });
  }
}
customElements.define("writing-panes", WritingPanes);
