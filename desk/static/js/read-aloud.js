// Reads the article with the browser's own voice, part by part; the part being read is marked.
{
  const PARTS = "h1, h2, h3, h4, p, li, tr, pre";
  const QUIET = ".step__tick, .step__link, .steps__bar";

  const parts = (article) => {
    const found = article.querySelectorAll(
      `:is(.article__header h1, .lead, .prose :is(${PARTS})):not(${QUIET})`,
    );
    return [...found].filter(
      (part) => !part.closest("[hidden]") && !part.closest(QUIET) && !part.parentElement.closest("tr"),
    );
  };

  // What stands in parts of a part is read with them.
  const spoken = (part) => {
    const copy = part.cloneNode(true);
    for (const inner of copy.querySelectorAll(`[hidden], ${QUIET}, ${PARTS}`)) inner.remove();
    return copy.textContent.replace(/\s+/g, " ").trim();
  };

  customElements.define(
    "read-aloud",
    class extends HTMLElement {
      connectedCallback() {
        if (!("speechSynthesis" in window)) return;
        this.hidden = false;
        this.button = this.querySelector("button");
        this.button.addEventListener("click", () => (this.reading ? this.stop() : this.start()));
        window.addEventListener("pagehide", () => this.stop());
      }

      start() {
        this.reading = parts(this.closest("article"));
        this.show();
        this.next();
      }

      next() {
        this.unmark();
        const part = this.reading?.shift();
        if (!part) return this.stop();
        const number = part.matches("ol.steps > li") ? this.number(part) : "";
        const utterance = new SpeechSynthesisUtterance(`${number} ${spoken(part)}`.trim());
        if (!utterance.text) return this.next();
        utterance.lang = document.documentElement.lang;
        utterance.onend = () => this.reading && this.next();
        utterance.onerror = (event) => event.error !== "interrupted" && this.stop();
        this.current = part;
        part.classList.add("is-read");
        part.scrollIntoView({ block: "nearest" });
        speechSynthesis.speak(utterance);
      }

      number(step) {
        const at = [...step.parentElement.children].indexOf(step);
        return this.dataset.step.replace("{number}", step.parentElement.start + at);
      }

      stop() {
        this.reading = null;
        speechSynthesis.cancel();
        this.unmark();
        this.show();
      }

      unmark() {
        this.current?.classList.remove("is-read");
        this.current = null;
      }

      show() {
        this.querySelector("[data-start]").hidden = Boolean(this.reading);
        this.querySelector("[data-stop]").hidden = !this.reading;
      }
    },
  );
}
