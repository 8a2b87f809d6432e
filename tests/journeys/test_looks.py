"""Every page in hard light: dark, with text twice as large, narrow, without motion, by keyboard.

What a visitor looks at is searched for barriers by axe, and measured at 320 pixels, by `look`.
"""

import pytest
from sqlmodel import Session, select

from kb.articles.models import Article
from tests.journeys.test_asking import sign_in_as_editor
from tests.journeys.visitor import DESKTOP, PHONE, Person, Visitor

pytestmark = [pytest.mark.browser, pytest.mark.model]

PUBLIC = (
    "",
    "search?question=Wie+ändere+ich+mein+WLAN-Passwort",
    "search?question=Verkaufen+Sie+auch+Waschmaschinen",
    "categories/internet",
    "articles/router-neustart-zuruecksetzen",
    "contact",
    "my-cases",
    "privacy",
)
ROOMS = (
    "cases",
    "helped",
    "curation/today",
    "curation/gaps",
    "curation/articles",
    "curation/words",
    "curation/corrections",
    "curation/findings",
    "curation/evaluations",
    "curation/evaluations/live",
    "curation/evaluations/runs",
    "curation/evaluations/questions/new",
    "curation/answers",
    "curation/tips",
    "curation/waiting",
    "curation/categories",
    "curation/articles/new",
    "curation/words/terms",
)
ROOMS_OF_ARTICLES = ("en", "en/history", "settings", "beside", "health")
TEXT_LARGE = "document.documentElement.style.fontSize = '200%'"
TOO_WIDE = "document.documentElement.scrollWidth - window.innerWidth"
CUT = """() => [...document.querySelectorAll("main :is(h1, h2, h3, p, a, button, label, li)")]
  .filter(one => {
    const style = getComputedStyle(one);
    const clips = style.overflowX === "hidden" || style.overflowX === "clip";
    const says = style.textOverflow === "ellipsis" || one.closest(".visually-hidden");
    return clips && !says && one.scrollWidth > one.clientWidth + 1 && one.clientWidth > 1;
  }).map(one => one.outerHTML.slice(0, 120))"""
"""What is cut off, where no dots say that there is more."""
MOVING = """() => document.getAnimations()
  .filter(one => one.effect.getComputedTiming().duration > 10).length"""
UNMARKED = """() => {
  const one = document.activeElement;
  if (!one || one === document.body) return "";
  const box = one.getBoundingClientRect();
  const around = one.closest("label, .field, .search, form") || one;
  const is_marked = [one, around].some(each => {
    const style = getComputedStyle(each);
    return style.outlineStyle !== "none" || style.boxShadow !== "none";
  });
  const is_inside = box.bottom > 0 && box.top < innerHeight;
  return is_marked && is_inside ? "" : one.outerHTML.slice(0, 120);
}"""
"""What has the keyboard, and does not show it or is out of sight."""
STEPS = 12


def looked_at(visitor: Visitor, path: str) -> list[str]:
    """Return what is wrong with a page, for whoever needs it large, still and marked."""
    page = visitor.page
    page.goto(path)
    page.wait_for_load_state("load")
    faults = [f"{path} moves"] if page.evaluate(MOVING) else []
    for _ in range(STEPS):
        page.keyboard.press("Tab")
        if unmarked := page.evaluate(UNMARKED):
            faults.append(f"{path}: the keyboard is lost at {unmarked}")
    page.evaluate(TEXT_LARGE)
    if (wide := page.evaluate(TOO_WIDE)) > 0:
        faults.append(f"{path} is {wide} px too wide with large text")
    return faults + [f"{path}: cut off: {one}" for one in page.evaluate(CUT)]


def test_every_public_page_stands_dark_large_and_by_keyboard(visit):
    kim = visit(Person("de", PHONE))
    kim.page.emulate_media(color_scheme="dark", reduced_motion="reduce")
    faults = []
    for path in PUBLIC:
        kim.go(f"/de/{path}")
        faults += looked_at(kim, f"/de/{path}")
    assert faults == []


def test_every_room_of_the_desk_stands_large_and_by_keyboard(visit, lotse):
    edda = visit(Person("en", DESKTOP))
    sign_in_as_editor(edda, lotse)
    article = f"curation/articles/{any_article(lotse)}"
    rooms = [*ROOMS, *(f"{article}/{room}" for room in ROOMS_OF_ARTICLES)]
    assert [fault for room in rooms for fault in looked_at(edda, f"/desk/{room}")] == []


def any_article(lotse) -> str:
    engine = lotse.engine()
    with Session(engine) as session:
        found = session.exec(select(Article.public_id).order_by(Article.id)).first()
    engine.dispose()
    return found
