// Makes lists of steps into checklists. What is ticked is kept on this device only, for this
// revision of the article; without scripts they are plain numbered lists with the same addresses.
{
  const filled = (words, values) => {
    return words.replace(/\{(\w+)\}/g, (_, name) => values[name]);
  };

  const made = (tag, name, text = "") => {
    const element = document.createElement(tag);
    element.className = name;
    element.textContent = text;
    return element;
  };

  customElements.define(
    "step-lists",
    class extends HTMLElement {
      connectedCallback() {
        this.ticked = this.restored();
        for (const list of this.querySelectorAll("ol.steps")) this.enliven(list);
        // others on this page look at the boxes, too
        this.dispatchEvent(new Event("change", { bubbles: true }));
      }

      enliven(list) {
        const first = list.start;
        const isFirst = !this.querySelector(".steps__bar");
        const steps = [...list.children];
        const bar = made("p", "steps__bar");
        const told = made("span", "steps__told");
        told.setAttribute("role", "status");
        const progress = made("progress", "steps__progress");
        progress.max = steps.length;
        progress.setAttribute("aria-hidden", "true");
        const again = made("button", "steps__again quiet-link", this.dataset.again);
        again.type = "button";
        bar.append(told, again, progress);
        list.before(bar);
        const boxes = steps.map((step, at) => this.box(step, first + at));
        const tell = () => {
          const done = boxes.filter((box) => box.checked).length;
          const values = { done, all: boxes.length };
          const words = done === boxes.length ? this.dataset.finished : this.dataset.progress;
          told.textContent = done || !isFirst ? filled(words, values) : this.dataset.hint;
          progress.value = done;
          again.hidden = !done;
        };
        list.addEventListener("change", () => {
          for (const box of boxes) {
            const id = box.closest("li").id;
            if (box.checked) this.ticked.add(id);
            else this.ticked.delete(id);
          }
          tell();
          this.keep();
        });
        again.addEventListener("click", () => {
          for (const box of boxes) box.checked = false;
          boxes[0].dispatchEvent(new Event("change", { bubbles: true }));
          boxes[0].focus();
        });
        tell();
      }

      box(step, number) {
        const label = made("label", "step__tick");
        const box = made("input", "step__box");
        box.type = "checkbox";
        box.checked = this.ticked.has(step.id);
        label.append(box, made("span", "visually-hidden", filled(this.dataset.tick, { number })));
        step.prepend(label);
        this.copies(step);
        return box;
      }

      // Without a clipboard the link does what links do: the address bar shows it, then.
      copies(step) {
        const link = step.querySelector(`.step__link[href="#${step.id}"]`);
        link?.append(this.querySelector("template").content.cloneNode(true));
        link?.addEventListener("click", async (event) => {
          event.preventDefault();
          const device = step.closest("[data-for]")?.dataset.for.split(" ")[0];
          const address = new URL(location.pathname, location.href);
          if (device) address.searchParams.set("device", device);
          address.hash = step.id;
          try {
            await navigator.clipboard.writeText(address.href);
            document.getElementById("announcer").textContent = this.dataset.copied;
            link.dataset.copied = this.dataset.copied;
            setTimeout(() => delete link.dataset.copied, 2500);
          } catch {
            location.hash = step.id;
          }
        });
      }

      get store() {
        return `lotse-steps.${this.dataset.key}`;
      }

      restored() {
        try {
          return new Set(JSON.parse(localStorage.getItem(this.store) ?? "[]"));
        } catch {
          return new Set();
        }
      }

      // Of earlier revisions nothing is kept: their steps may have been others.
      keep() {
        const mine = this.store.slice(0, this.store.lastIndexOf(".") + 1);
        try {
          for (const name of Object.keys(localStorage)) {
            if (name.startsWith(mine)) localStorage.removeItem(name);
          }
          if (this.ticked.size) localStorage.setItem(this.store, JSON.stringify([...this.ticked]));
        } catch {
          // not kept, then
        }
      }
    },
  );
}
