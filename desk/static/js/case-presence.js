// <case-presence>: tells while the page is looked at that somebody is here, and when they go.
class CasePresence extends HTMLElement {
  static every = 20_000;

  connectedCallback() {
    CasePresence.here = this;
    CasePresence.timer ??= this.begin();
  }

  begin() {
    const tell = () => {
      const here = CasePresence.here;
      if (!document.hidden && here.isConnected) {
        window.htmx.ajax("POST", here.dataset.url, { source: here, target: here, swap: "outerHTML" });
      }
    };
    const leave = () => {
      navigator.sendBeacon(CasePresence.here.dataset.url, new URLSearchParams({ is: "gone" }));
    };
    document.addEventListener("visibilitychange", () => (document.hidden ? leave() : tell()));
    addEventListener("pagehide", leave);
    addEventListener("load", tell);
    return setInterval(tell, CasePresence.every);
  }
}
customElements.define("case-presence", CasePresence);
