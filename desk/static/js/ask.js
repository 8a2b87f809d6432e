// Makes the search box a combobox: offers come while typing, arrows choose, Escape closes. Typing is
// never held up: each keystroke ends the request before. Without this file the box is a plain form.
{
  const PAUSE = 120;
  const REMEMBERED = 5;

  class LotseSearch extends HTMLElement {
    connectedCallback() {
      this.form = this.querySelector("form");
      this.input = this.querySelector("input[type=search]");
      const parts = this.querySelector("template")?.content.cloneNode(true);
      if (!this.form || !this.input || !parts) return;
      this.line = parts.querySelector(".box-offers__group");
      this.line.remove();
      this.append(parts);
      this.panel = this.querySelector(".box-offers");
      this.list = this.panel.querySelector("[role=listbox]");
      this.clear = this.panel.querySelector("button");
      this.known = new Map();
      this.prepare();
      this.listen();
      this.remember(this.input.value);
    }

    prepare() {
      this.input.type = "text"; // a search field may not be a combobox
      for (const [name, value] of Object.entries({
        role: "combobox",
        "aria-autocomplete": "list",
        "aria-expanded": "false",
        "aria-controls": this.list.id,
      })) {
        this.input.setAttribute(name, value);
      }
    }

    listen() {
      this.input.addEventListener("input", () => this.soon());
      this.input.addEventListener("click", () => this.offer());
      this.input.addEventListener("keydown", (event) => this.key(event));
      this.form.addEventListener("submit", () => this.submitted());
      this.list.addEventListener("mousedown", (event) => event.preventDefault());
      this.list.addEventListener("click", (event) => this.take(event.target.closest("[role=option]")));
      this.clear.addEventListener("click", () => this.forget());
      this.addEventListener("focusout", (event) => {
        if (!this.contains(event.relatedTarget)) this.close();
      });
    }

    soon() {
      clearTimeout(this.timer);
      this.request?.abort();
      this.timer = setTimeout(() => this.offer(), PAUSE);
    }

    async offer() {
      const typed = this.input.value.trim();
      const html = this.known.get(typed) ?? (await this.fetched(typed));
      if (html === null || typed !== this.input.value.trim() || !this.contains(document.activeElement)) return;
      this.show(html, typed);
    }

    async fetched(typed) {
      this.request?.abort();
      this.request = new AbortController();
      try {
        const asked = `${this.dataset.suggestions}?${new URLSearchParams({ question: typed })}`;
        const response = await fetch(asked, { signal: this.request.signal });
        if (!response.ok) return null;
        const html = await response.text();
        this.known.set(typed, html);
        return html;
      } catch {
        return null;
      }
    }

    show(html, typed) {
      const found = new DOMParser().parseFromString(html, "text/html").querySelector("#options");
      if (!found) return;
      const own = typed ? [] : this.own();
      this.list.replaceChildren(...own, ...found.children);
      this.options = [...this.list.querySelectorAll("[role=option]")];
      this.options.forEach((option, at) => {
        option.id = `${this.list.id}-${at}`;
      });
      this.clear.hidden = own.length === 0;
      this.choose(-1);
      this.setOpen(this.options.length > 0);
      document.getElementById("announcer").textContent = found.dataset.announce;
    }

    own() {
      const asked = this.asked();
      if (asked.length === 0) return [];
      const group = this.line.cloneNode(true);
      const pattern = group.querySelector("[role=option]");
      pattern.remove();
      for (const question of asked) {
        const option = pattern.cloneNode(true);
        option.querySelector(".offer-line__text").textContent = question;
        option.dataset.question = question;
        group.append(option);
      }
      return [group];
    }

    key(event) {
      const isOpen = !this.panel.hidden;
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (step) {
        event.preventDefault();
        if (isOpen) this.choose(this.at + step);
        else this.offer();
      } else if (event.key === "Escape" && isOpen) {
        event.preventDefault();
        this.close();
      } else if (event.key === "Enter" && isOpen && this.at >= 0) {
        event.preventDefault();
        this.take(this.options[this.at]);
      }
    }

    choose(at) {
      const count = this.options.length;
      this.at = at < -1 ? count - 1 : at >= count ? -1 : at;
      this.options.forEach((option, number) => {
        option.setAttribute("aria-selected", String(number === this.at));
      });
      const chosen = this.options[this.at];
      if (chosen) {
        this.input.setAttribute("aria-activedescendant", chosen.id);
        chosen.scrollIntoView({ block: "nearest" });
      } else {
        this.input.removeAttribute("aria-activedescendant");
      }
    }

    take(option) {
      if (!option) return;
      if (option.dataset.question) {
        this.input.value = option.dataset.question;
        this.form.requestSubmit();
      } else {
        location.assign(option.dataset.url);
      }
    }

    submitted() {
      clearTimeout(this.timer);
      this.request?.abort();
      this.remember(this.input.value);
      if (this.form.elements.early) return;
      const early = Object.assign(document.createElement("input"), { type: "hidden", name: "early", value: "1" });
      this.form.append(early);
      setTimeout(() => early.remove());
    }

    setOpen(isOpen) {
      this.panel.hidden = !isOpen;
      this.input.setAttribute("aria-expanded", String(isOpen));
    }

    close() {
      clearTimeout(this.timer);
      this.request?.abort();
      this.input.removeAttribute("aria-activedescendant");
      this.setOpen(false);
    }

    // What somebody asked stays on their device; where they wish not to be tracked, until they leave.
    get store() {
      const isWary = navigator.doNotTrack === "1" || navigator.globalPrivacyControl;
      return isWary ? sessionStorage : localStorage;
    }

    asked() {
      try {
        const kept = JSON.parse(this.store.getItem(this.dataset.asked) ?? "[]");
        return Array.isArray(kept) ? kept.filter((one) => typeof one === "string") : [];
      } catch {
        return [];
      }
    }

    remember(question) {
      const asked = question.trim();
      if (!asked || asked.length > 200) return;
      const kept = [asked, ...this.asked().filter((one) => one !== asked)].slice(0, REMEMBERED);
      try {
        this.store.setItem(this.dataset.asked, JSON.stringify(kept));
      } catch {
        // storage is full or forbidden: nothing is remembered
      }
    }

    forget() {
      for (const store of [localStorage, sessionStorage]) store.removeItem(this.dataset.asked);
      this.input.focus();
      this.close();
    }
  }

  customElements.define("lotse-search", LotseSearch);

  // The address of a question says nothing about how its answer came.
  const here = new URL(location.href);
  if (here.searchParams.has("early")) {
    here.searchParams.delete("early");
    history.replaceState(history.state, "", here);
  }
}
