// <key-shortcuts>: single keys do what an agent does most. They can be switched off, and never
// fire while something is typed.
class KeyShortcuts extends HTMLElement {
  static place = "lotse.keys";
  static fields = "input, textarea, select, [contenteditable]";

  connectedCallback() {
    this.sheet = this.querySelector("[popover]");
    const row = this.querySelector("[data-switch]");
    row.hidden = false;
    this.box = row.querySelector("input");
    this.box.checked = localStorage.getItem(KeyShortcuts.place) !== "off";
    this.box.addEventListener("change", () => {
      localStorage.setItem(KeyShortcuts.place, this.box.checked ? "on" : "off");
    });
    this.pressed = (event) => this.press(event);
    document.addEventListener("keydown", this.pressed);
  }

  disconnectedCallback() {
    document.removeEventListener("keydown", this.pressed);
  }

  press(event) {
    if (event.defaultPrevented || event.isComposing) return;
    const field = event.target.closest?.(KeyShortcuts.fields);
    if (field) {
      this.write(event, field);
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey || !this.box.checked) return;
    const act = this.acts()[event.key];
    const isOpen = this.sheet.matches(":popover-open");
    if (!act || (isOpen && event.key !== "?")) return;
    if (act() !== false) event.preventDefault();
  }

  write(event, field) {
    if (event.key === "Escape") {
      event.preventDefault(); // a search field would empty itself
      field.blur();
    }
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && field.matches(".writing textarea")) {
      event.preventDefault();
      field.form.requestSubmit(field.form.querySelector("button[type=submit]:not([formaction])"));
    }
  }

  acts() {
    return {
      "?": () => this.sheet.togglePopover(),
      j: () => this.move(1),
      k: () => this.move(-1),
      "/": () => this.focusOn("#case-words"),
      r: () => this.focusOn("#reply-body"),
      n: () => this.note(),
      a: () => this.click("#facts form:not(.menu__list) [name=person]"),
      s: () => this.click('#facts a[href$="/solution"]'),
      z: () => this.click(".undo__button"),
      u: () => this.click("[data-key=u]"),
    };
  }

  move(by) {
    const links = [...document.querySelectorAll(".case-row__link")];
    const here = links.findIndex((link) => link.closest(".case-row").contains(document.activeElement));
    const next = links[here < 0 ? (by > 0 ? 0 : links.length - 1) : here + by];
    if (!next) return false;
    next.focus();
    next.closest(".case-row").scrollIntoView({ block: "nearest" });
    return true;
  }

  note() {
    const note = document.getElementById("note");
    if (!note) return false;
    note.open = true;
    return this.focusOn("#note-body");
  }

  focusOn(selector) {
    const found = document.querySelector(selector);
    if (!found) return false;
    found.focus();
    if (found.matches("input")) found.select();
    return true;
  }

  click(selector) {
    const found = document.querySelector(selector);
    if (!found) return false;
    found.click();
    return true;
  }
}
customElements.define("key-shortcuts", KeyShortcuts);
