// <undo-bar>: counts down while a reply can be taken back, and goes when it is sent.
class UndoBar extends HTMLElement {
  connectedCallback() {
    this.until = performance.now() + Number(this.dataset.seconds) * 1000;
    this.left = this.querySelector("[data-left]");
    this.style.setProperty("--undo-time", `${this.dataset.seconds}s`);
    this.classList.add("undo--counts");
    this.timer = setInterval(() => this.count(), 250);
    this.count();
  }

  disconnectedCallback() {
    clearInterval(this.timer);
  }

  count() {
    const left = Math.ceil((this.until - performance.now()) / 1000);
    this.left.textContent = String(Math.max(left, 0));
    if (left <= 0) {
      const announcer = document.getElementById("announcer");
      if (announcer) announcer.textContent = this.dataset.sent;
      this.remove();
    }
  }
}
customElements.define("undo-bar", UndoBar);

// A message that was on its way when it was shown is sent some seconds later.
{
  const longest = 30_000;
  const settle = () => {
    const held = document.querySelectorAll(".message--held:not([data-settles])");
    const wait = Number(document.querySelector("undo-bar")?.dataset.seconds ?? longest / 1000) * 1000;
    for (const message of held) {
      message.dataset.settles = "";
      setTimeout(() => {
        message.classList.remove("message--held");
        message.querySelector(".message__held")?.remove();
      }, wait);
    }
  };
  addEventListener("load", settle);
  document.addEventListener("htmx:oobAfterSwap", settle);
}
