// What is pasted or dropped into the text: HTML becomes Markdown, images are kept with the article.
(() => {
  const text = document.getElementById("text--body");
  const trouble = document.getElementById("text--trouble");
  const files = document.getElementById("text--files");
  const RICH = /<(p|h[1-6]|ul|ol|li|table|strong|b|em|i|a|blockquote|pre|div|img)[\s>]/i;

  // What is a block of its own begins on a line of its own.
  function gap() {
    const before = text.value.slice(0, text.selectionStart);
    return !before || before.endsWith("\n") ? "" : "\n\n";
  }

  async function put(html, plain) {
    const sent = await fetch(text.dataset.pasted, {
      method: "POST",
      body: new URLSearchParams({ html }),
    }).catch(() => null);
    const words = sent?.ok ? await sent.text() : plain;
    const isBlock = /^(#|- |\d+\. |> |\||!\[)/.test(words || plain);
    window.lotseInsert(text, (isBlock ? gap() : "") + (words || plain));
  }

  async function upload(images) {
    trouble.textContent = text.dataset.uploading;
    const body = new FormData();
    images.forEach((image) => body.append("files", image, image.name || "image.png"));
    const sent = await fetch(text.dataset.images, {
      method: "POST",
      body,
      headers: { accept: "application/json" },
    }).catch(() => null);
    const told = await sent?.json().catch(() => null);
    trouble.textContent = sent?.ok ? "" : (told?.message ?? text.dataset.failed);
    if (sent?.ok) {
      const lead = gap();
      const before = text.selectionStart + lead.length;
      window.lotseInsert(text, `${lead}${told.markdown}\n`);
      text.setSelectionRange(before + 2, before + 2); // between the brackets: what it shows
    }
  }

  const imagesOf = (given) => [...(given?.files ?? [])].filter((one) => one.type.startsWith("image/"));

  text.addEventListener("paste", (event) => {
    const images = imagesOf(event.clipboardData);
    const html = event.clipboardData.getData("text/html");
    if (html && RICH.test(html)) {
      event.preventDefault();
      put(html, event.clipboardData.getData("text/plain"));
    } else if (images.length) {
      event.preventDefault();
      upload(images);
    }
  });
  text.addEventListener("dragover", (event) => {
    if (event.dataTransfer.types.includes("Files")) {
      event.preventDefault();
      text.classList.add("writing__body--drop");
    }
  });
  text.addEventListener("dragleave", () => text.classList.remove("writing__body--drop"));
  text.addEventListener("drop", (event) => {
    const images = imagesOf(event.dataTransfer);
    text.classList.remove("writing__body--drop");
    if (images.length) {
      event.preventDefault();
      upload(images);
    }
  });
  files.addEventListener("change", () => {
    if (files.files.length) {
      upload([...files.files]).then(() => {
        files.value = "";
      });
    }
  });
  document.querySelectorAll("[data-without-script]").forEach((button) => {
    button.hidden = true;
  });
})();
