// Hints: a tap selects their place in the text, other words are put there, words are marked.
(() => {
  const text = document.getElementById("text--body");
  const panes = document.querySelector("writing-panes");

  // Places are those of the text as it was kept; what was typed since has moved them.
  function placeOf(button) {
    const { quote, from } = button.dataset;
    const near = Number(from);
    const places = [text.value.indexOf(quote, Math.max(0, near - 200)), text.value.indexOf(quote)];
    const at = text.value.startsWith(quote, near) ? near : places.find((place) => place >= 0);
    return at === undefined ? null : [at, at + quote.length];
  }

  function select(button) {
    const place = placeOf(button);
    if (!place) {
      return false;
    }
    if (matchMedia("(width < 1100px)").matches) {
      panes.show("write");
    }
    text.focus();
    text.setSelectionRange(...place);
    const share = place[0] / Math.max(1, text.value.length);
    text.scrollTop = share * text.scrollHeight - text.clientHeight / 3;
    return true;
  }

  document.addEventListener("click", (event) => {
    const accept = event.target.closest("[data-replacement]");
    const place = event.target.closest(".hint__place");
    if (accept) {
      const button = accept.closest(".hint").querySelector(".hint__place");
      if (select(button)) {
        event.preventDefault();
        window.lotseInsert(text, accept.dataset.replacement);
        accept.closest(".hint").remove();
      }
    } else if (place) {
      select(place);
    }
  });

  // The words themselves are marked in the preview, without touching its markup.
  const MARKED = new Set(["jargon", "internal", "unexplained", "address_du", "passive"]);
  function mark() {
    if (!CSS.highlights) {
      return;
    }
    const words = [...document.querySelectorAll(".hint__place")]
      .filter((button) => MARKED.has(button.dataset.kind))
      .map((button) => button.dataset.quote.replace(/[*`]/g, ""));
    const preview = document.querySelector("#preview--pane .prose");
    const walker = document.createTreeWalker(preview, NodeFilter.SHOW_TEXT);
    const ranges = [];
    while (words.length && walker.nextNode()) {
      const node = walker.currentNode;
      words.forEach((word) => {
        const at = node.data.indexOf(word);
        if (at >= 0) {
          const range = new Range();
          range.setStart(node, at);
          range.setEnd(node, at + word.length);
          ranges.push(range);
        }
      });
    }
    CSS.highlights.set("hint", new Highlight(...ranges));
  }
  document.body.addEventListener("htmx:afterSettle", mark);
  mark();
})();
