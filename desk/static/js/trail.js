// Keeps, for as long as this tab is open and on this device only, which questions were asked, which
// articles read, what was missing in them and how many of their steps are ticked, and hands that to
// the links to a person.
// Sent along it is shown item by item, and only what stays ticked is kept.
const STORE = "lotse-trail";
const MOST = 12;

function kept() {
  try {
    return JSON.parse(sessionStorage.getItem(STORE)) ?? {};
  } catch {
    return {};
  }
}

function keep(trail) {
  try {
    sessionStorage.setItem(STORE, JSON.stringify(trail));
  } catch {
    // without a store the links carry the last question and article, as without scripts
  }
}

function joined(earlier = "", later = "") {
  const ids = `${earlier}.${later}`.split(".").filter(Boolean);
  return [...new Set(ids.reverse())].reverse().slice(-MOST).join(".");
}

function steps(trail) {
  const here = document.querySelector("[data-steps-of]");
  if (!here) {
    return trail.ticked;
  }
  const boxes = [...here.querySelectorAll("input[type=checkbox]")];
  const done = boxes.filter((box) => box.checked).length;
  const id = here.dataset.stepsOf;
  const others = (trail.ticked ?? "").split(".").filter((one) => one && !one.startsWith(`${id}-`));
  return [...others, ...(done ? [`${id}-${done}-${boxes.length}`] : [])].join(".");
}

function links() {
  return [...document.querySelectorAll("a[href*='/contact']")].filter((link) =>
    /^\/(de|en)\/contact(\/|$)/.test(link.pathname),
  );
}

function hand() {
  const trail = kept();
  for (const link of links()) {
    const asked = new URLSearchParams(link.search);
    for (const name of ["question", "article", "feedback"]) {
      trail[name] = joined(trail[name], asked.get(name) ?? "");
    }
  }
  trail.ticked = steps(trail);
  keep(trail);
  for (const link of links()) {
    const address = new URL(link.href);
    for (const name of ["question", "article", "feedback", "ticked"]) {
      if (trail[name]) {
        address.searchParams.set(name, trail[name]);
      }
    }
    link.href = address.pathname + address.search + address.hash;
  }
}

hand();
document.addEventListener("htmx:afterSettle", hand);
document.addEventListener("change", (event) => {
  if (event.target.closest("[data-steps-of]")) {
    hand();
  }
});
document.addEventListener("submit", (event) => {
  if (event.target.matches("[data-trail-ends]")) {
    keep({});
  }
});
