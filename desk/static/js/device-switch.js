// Shows what is for one device and hides what is for others. What was chosen is remembered on this
// device only; without scripts the links ask the server for the same.
{
  const STORE = "lotse-device";
  const ALL = "all";

  const remembered = () => {
    try {
      return localStorage.getItem(STORE);
    } catch {
      return null;
    }
  };

  const remember = (key) => {
    try {
      localStorage.setItem(STORE, key);
    } catch {
      // not kept, then
    }
  };

  customElements.define(
    "device-switch",
    class extends HTMLElement {
      connectedCallback() {
        this.choices = [...this.querySelectorAll("[data-device]")];
        const asked = new URLSearchParams(location.search).get("device");
        const wanted = remembered();
        if (!asked && this.choices.some((choice) => choice.dataset.device === wanted)) {
          this.show(wanted);
        }
        this.follow();
        window.addEventListener("hashchange", () => this.follow());
        this.addEventListener("click", (event) => this.choose(event));
      }

      choose(event) {
        const choice = event.target.closest("[data-device]");
        if (!choice || event.metaKey || event.ctrlKey || event.shiftKey) return;
        event.preventDefault();
        this.show(choice.dataset.device);
        remember(choice.dataset.device);
        history.replaceState(history.state, "", choice.href + location.hash);
      }

      show(key) {
        for (const choice of this.choices) {
          if (choice.dataset.device === key) choice.setAttribute("aria-current", "true");
          else choice.removeAttribute("aria-current");
        }
        for (const part of document.querySelectorAll("[data-for]")) {
          part.hidden = key !== ALL && !part.dataset.for.split(" ").includes(key);
        }
      }

      // A link may lead into what is hidden: then that is what is wanted.
      follow() {
        const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
        const part = target?.closest("[data-for][hidden]");
        if (part) {
          this.show(part.dataset.for.split(" ")[0]);
          target.scrollIntoView();
        }
      }
    },
  );
}
