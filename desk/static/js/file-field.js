// <file-field>: files add up, can be taken out again, and are refused before they are sent in vain.
class FileField extends HTMLElement {
  connectedCallback() {
    if (this.input) {
      return;
    }
    this.input = this.querySelector("input");
    this.list = this.appendChild(document.createElement("ul"));
    this.list.className = "file-field__chosen";
    this.list.setAttribute("role", "list");
    this.files = [...this.input.files];
    this.input.addEventListener("change", () => this.add(this.input.files));
    this.input.form?.addEventListener("paste", (event) => this.add(event.clipboardData.files));
    this.show();
  }

  add(chosen) {
    const known = new Set(this.files.map((file) => `${file.name} ${file.size}`));
    this.files.push(...[...chosen].filter((file) => !known.has(`${file.name} ${file.size}`)));
    this.show();
  }

  show() {
    const carried = new DataTransfer();
    this.files.forEach((file) => carried.items.add(file));
    this.input.files = carried.files;
    this.input.setCustomValidity(this.complaint());
    this.list.replaceChildren(...this.files.map((file) => this.entry(file)));
    if (this.complaint()) {
      this.input.reportValidity();
    }
  }

  complaint() {
    const large = this.files.find((file) => file.size > Number(this.dataset.bytes));
    if (large) {
      return this.dataset.size.replace("{name}", large.name);
    }
    return this.files.length > Number(this.dataset.most) ? this.dataset.number : "";
  }

  entry(file) {
    const item = document.createElement("li");
    item.append(file.name);
    const remove = document.createElement("button");
    remove.type = "button";
    remove.className = "file-field__remove";
    remove.ariaLabel = this.dataset.remove.replace("{name}", file.name);
    remove.textContent = "×";
    remove.addEventListener("click", () => {
      this.files = this.files.filter((other) => other !== file);
      this.show();
      this.input.focus();
    });
    item.append(remove);
    return item;
  }
}
customElements.define("file-field", FileField);
