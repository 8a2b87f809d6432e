// Lets a reader mark words in the article and report them: the form takes the words over.
class PickPassage extends HTMLElement {
  static longest = 2000;
  chosen = { words: "", section: "" };

  connectedCallback() {
    this.button = this.querySelector("button");
    this.article = document.querySelector(".article .prose");
    if (!this.article) return;
    document.addEventListener("selectionchange", () => this.look());
    this.button.addEventListener("click", () => this.take());
  }

  look() {
    const words = this.selectedWords();
    if (words) {
      this.chosen = { words, section: this.sectionOf(document.getSelection().anchorNode) };
    }
    this.button.hidden = !words && document.activeElement !== this.button;
  }

  selectedWords() {
    const selection = document.getSelection();
    const isHere = [selection.anchorNode, selection.focusNode].every((node) => this.article.contains(node));
    if (selection.isCollapsed || !isHere) return "";
    return this.wordsOf(selection.getRangeAt(0).cloneContents()).slice(0, PickPassage.longest);
  }

  // What is there for screen readers and for tapping is no part of the text.
  wordsOf(fragment) {
    for (const aside of fragment.querySelectorAll(".visually-hidden, button, input, svg")) {
      aside.remove();
    }
    for (const block of fragment.querySelectorAll("p, li, tr, h2, h3, h4, pre")) {
      block.append("\n");
    }
    return fragment.textContent.replace(/[ \t]+/g, " ").replace(/\s*\n\s*/g, "\n").trim();
  }

  sectionOf(node) {
    const headings = [...this.article.querySelectorAll("h2, h3, h4")];
    const before = headings.filter(
      (heading) => heading.compareDocumentPosition(node) & Node.DOCUMENT_POSITION_FOLLOWING,
    );
    return before.at(-1)?.textContent.trim() ?? "";
  }

  take() {
    const report = document.getElementById("report");
    const fields = report?.querySelector("form")?.elements;
    if (fields) {
      this.fill(fields, this.chosen);
      const shown = report.querySelector(".report__passage");
      shown.hidden = false;
      shown.querySelector("blockquote").textContent = this.chosen.words;
      report.querySelector("details").open = true;
      report.scrollIntoView({ block: "start" });
      fields.note.focus({ preventScroll: true });
    }
    document.getSelection().removeAllRanges();
    this.button.hidden = true;
  }

  fill({ passage, wording, section }, chosen) {
    const isOwn = wording.value && wording.value !== passage.value;
    passage.value = chosen.words;
    wording.value = isOwn ? wording.value : chosen.words;
    if ([...section.options].some((option) => option.value === chosen.section)) {
      section.value = chosen.section;
    }
  }
}

customElements.define("pick-passage", PickPassage);
