// Takes what is marked in the text over into the comment that is being written.
class QuotePassage extends HTMLElement {
  static longest = 1000;

  connectedCallback() {
    this.text = document.getElementById(this.dataset.from);
    this.field = this.querySelector("[name=quote]");
    if (!this.text || !this.field) return;
    document.addEventListener("selectionchange", () => this.take());
  }

  take() {
    const selection = document.getSelection();
    const isHere = [selection.anchorNode, selection.focusNode].every((node) => node && this.text.contains(node));
    if (selection.isCollapsed || !isHere) return;
    const words = this.wordsOf(selection.getRangeAt(0).cloneContents());
    if (words) this.field.value = words.slice(0, QuotePassage.longest);
  }

  // What was taken out, and what is there for screen readers only, is no part of the text.
  wordsOf(fragment) {
    for (const aside of fragment.querySelectorAll("del, .visually-hidden, summary, svg")) aside.remove();
    for (const block of fragment.querySelectorAll("p, li, tr, h2, h3, h4, pre")) block.append("\n");
    return fragment.textContent.replace(/[ \t]+/g, " ").replace(/\s*\n\s*/g, "\n").trim();
  }
}

customElements.define("quote-passage", QuotePassage);
