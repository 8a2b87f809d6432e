// <writing-toolbar>: puts Markdown into a textarea so that the browser's undo still works.
class WritingToolbar extends HTMLElement {
  connectedCallback() {
    this.text = document.getElementById(this.dataset.for);
    this.dialog = document.querySelector("[data-dialog]");
    this.hidden = false;
    this.addEventListener("click", (event) => {
      const name = event.target.closest("[data-does]")?.dataset.does;
      if (name) {
        this.does(name);
      }
    });
    this.addEventListener("keydown", (event) => this.walk(event));
    this.text.addEventListener("keydown", (event) => this.shortcut(event));
    this.dialog.addEventListener("close", () => this.linked());
    this.dialog.addEventListener("click", (event) => {
      const choice = event.target.closest("[data-title]");
      this.chosen = choice?.dataset.title ?? "";
    });
    [...this.querySelectorAll("button")].forEach((button, at) => {
      button.tabIndex = at ? -1 : 0;
    });
  }

  shortcut(event) {
    if (!(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) {
      return;
    }
    const name = { b: "bold", k: "link" }[event.key.toLowerCase()];
    if (name) {
      event.preventDefault();
      this.does(name);
    }
  }

  walk(event) {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) {
      return;
    }
    const buttons = [...this.querySelectorAll("button")];
    const at = buttons.indexOf(document.activeElement);
    const next = buttons[(at + step + buttons.length) % buttons.length];
    buttons.forEach((button) => {
      button.tabIndex = button === next ? 0 : -1;
    });
    next.focus();
    event.preventDefault();
  }

  does(name) {
    const selected = this.text.value.slice(this.text.selectionStart, this.text.selectionEnd);
    const words = this.dataset;
    switch (name) {
      case "bold":
        return this.around("**", "**", words.column);
      case "heading":
        return this.lines((line) => `## ${line || words.heading}`);
      case "list":
        return this.lines((line) => `- ${line || words.point}`);
      case "steps":
        return this.lines((line, at) => `${at + 1}. ${line || words.step}`);
      case "note":
        return this.lines((line, at) => (at ? `> ${line}` : `> **${words.note}:** ${line}`));
      case "warning":
        return this.lines((line, at) => (at ? `> ${line}` : `> **${words.warning}:** ${line}`));
      case "device":
        return this.block(`{for ${words.device}}\n${selected || words.point}\n{/for}`);
      case "table":
        return this.block(
          `| ${words.column} 1 | ${words.column} 2 |\n|---|---|\n| ${selected} |  |`,
        );
      case "image":
        return document.getElementById("text--files").click();
      default:
        return this.open();
    }
  }

  open() {
    this.from = this.text.selectionStart;
    this.to = this.text.selectionEnd;
    const search = this.dialog.querySelector("[type=search]");
    search.value = this.text.value.slice(this.from, this.to);
    this.dialog.returnValue = "";
    this.dialog.showModal();
    search.dispatchEvent(new Event("open"));
    search.focus();
  }

  linked() {
    const url = this.dialog.querySelector("[type=url]");
    const wanted = this.dialog.returnValue === "address" ? url.value : this.dialog.returnValue;
    url.value = "";
    this.text.focus();
    this.text.setSelectionRange(this.from, this.to);
    if (wanted) {
      const name = this.text.value.slice(this.from, this.to) || this.chosen || this.dataset.link;
      insert(this.text, `[${name.replace(/[[\]]/g, "")}](${wanted})`);
    }
  }

  around(before, after, otherwise) {
    const { selectionStart: from, selectionEnd: to, value } = this.text;
    const outside = value.slice(from - before.length, from) + value.slice(to, to + after.length);
    if (outside === before + after && from !== to) {
      const bare = value.slice(from, to);
      this.text.setSelectionRange(from - before.length, to + after.length);
      insert(this.text, bare);
      this.text.setSelectionRange(from - before.length, to - before.length);
      return;
    }
    const words = value.slice(from, to) || otherwise;
    insert(this.text, before + words + after);
    this.text.setSelectionRange(from + before.length, from + before.length + words.length);
  }

  lines(mark) {
    const { value } = this.text;
    const from = value.lastIndexOf("\n", this.text.selectionStart - 1) + 1;
    const end = value.indexOf("\n", this.text.selectionEnd);
    const to = end < 0 ? value.length : end;
    const bare = (line) => line.replace(/^(#{1,6} |[-*] |\d+\. |> (\*\*\w+:\*\* )?)/, "");
    const told = value.slice(from, to).split("\n").map(bare).map(mark).join("\n");
    this.text.setSelectionRange(from, to);
    const gap = from && value.slice(from - 2, from) !== "\n\n" && told.startsWith("#") ? "\n" : "";
    insert(this.text, gap + told);
  }

  block(told) {
    const { value, selectionStart: from } = this.text;
    const before = !from || value.slice(0, from).endsWith("\n\n") ? "" : "\n\n";
    insert(this.text, `${before}${told}\n`);
  }
}

// What execCommand writes can be undone by the keyboard; setRangeText is for where it is gone.
function insert(text, words) {
  text.focus();
  if (!document.execCommand("insertText", false, words)) {
    text.setRangeText(words, text.selectionStart, text.selectionEnd, "end");
    text.dispatchEvent(new InputEvent("input", { bubbles: true }));
  }
}
window.lotseInsert = insert;
customElements.define("writing-toolbar", WritingToolbar);
