"""Whatever is typed into a field of curation is shown as text, and nothing of it ever runs."""

import re
from html.parser import HTMLParser

from sqlmodel import Session, select

from kb.articles.models import Translation
from kb.articles.reviewing import newest
from kb.cases import actions as cases
from kb.cases import flags
from kb.cases.marks import Fault
from kb.curation import actions as curation
from kb.curation import models as said
from kb.db import transaction
from kb.gaps.models import Evidence, Gap, GapItem, Why
from kb.people.models import Person
from kb.questions import actions as questions
from kb.questions.models import NoAnswerReason, Question

LINES = (
    '"><script>window.__x=1</script><img src=x onerror=window.__x=1>',
    "' onmouseover='window.__x=1' <svg/onload=window.__x=1>",
    '<iframe srcdoc="<script>window.__x=1</script>"></iframe></textarea></title><b onclick=x>',
    '<a href="jav&#x09;ascript:window.__x=1">c</a> [d](javascript:window.__x=1)',
    "<div hx-get=//evil.example hx-trigger=load>{{7*7}}</div> <math xlink:href=//evil.example>",
    "![e](data:text/html,evil) [f](data:text/html;base64,ZXZpbA==) <base href=//evil.example>",
    "<style>*{background:url(//evil.example)}</style> <p style=position:fixed onfocus=x>",
)
BODY = (
    "\n\n".join(LINES)
    + "\n\n[r]: javascript:window.__x=1\n\n[x][r] ![y](//evil.example/z.png) **<u onclick=1>**"
)
ARTICLE = "/desk/curation/articles/{article}"
FORMS = (
    (ARTICLE + "/de/revisions", ("title", "summary", "note")),
    (ARTICLE + "/de/review/comments", ("quote", "note")),
    (ARTICLE + "/de/review/decision", ("words",)),
    (ARTICLE + "/en/working-copy", ("title", "summary", "note")),
    ("/desk/curation/articles/similar", ("title",)),
    ("/desk/curation/categories", ("name-de", "name-en")),
    ("/desk/curation/words/synonyms", ("words",)),
    ("/desk/curation/words/terms", ("term", "meaning", "spellings")),
    ("/desk/curation/words/phrases", ("phrase",)),
    ("/desk/curation/today/dismissals", ("note",)),
    ("/desk/curation/gaps/{gap}/refusal", ("note",)),
    ("/desk/curation/corrections/1/decision", ("answer", "summary")),
    ("/desk/curation/corrections/flags/1/answer", ("answer",)),
    ("/desk/curation/tips/1/publication", ("shown",)),
)
CHOSEN = {
    "significance": "minor",
    "decision": "submit",
    "icon": "router",
    "of": "de",
    "why": "not ours",
    "reason": "one off",
    "outcome": "accepted",
    "was": "received",
    "seen": "2999-01-01T00:00:00+00:00",
}
PAGES = (
    *(ARTICLE + page for page in ("/de", "/en", "/de/review", "/de/history", "/settings")),
    *(ARTICLE + page for page in ("/beside", "/health?locale=de", "/de/history?old=1&new=2")),
    *("/desk/curation/" + page for page in ("today?which=resting", "articles", "categories")),
    *("/desk/curation/" + page for page in ("gaps?which=not ours", "gaps/{gap}", "waiting")),
    *("/desk/curation/" + page for page in ("gaps/{gap}/article", "words", "words/phrases")),
    *("/desk/curation/" + page for page in ("words/terms", "corrections?which=accepted")),
    *("/desk/curation/" + page for page in ("corrections/1", "corrections/flags", "tips/1")),
    "/desk/cases/1",
    "/de/articles/wlan-langsam",
    "/de/search?question=wlan",
)


class Running(HTMLParser):
    """Notes down everything in a page that would run, or ask another site."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        given = {name: (value or "") for name, value in attrs}
        if tag in {"iframe", "object", "embed", "base", "style", "math", "foreignobject"}:
            self.found.append(tag)
        is_data = given.get("type") == "application/ld+json"
        if tag == "script" and not is_data and not given.get("src", "").startswith("/static/"):
            self.found.append(f"{tag} {given}")
        for name, value in given.items():
            address = re.sub(r"[\s\x00-\x1f]", "", value).casefold()
            if (
                name.startswith("on")
                or name == "style"
                or "evil.example" in _target(name, address)
            ):
                self.found.append(f"{tag} {name}={value}")
            if _target(name, address).startswith(("javascript:", "data:text", "vbscript:")):
                self.found.append(f"{tag} {name}={value}")


def _target(name: str, address: str) -> str:
    is_address = name in {"href", "src", "action", "formaction", "xlink:href", "srcset", "poster"}
    return address if is_address or name.startswith("hx-") else ""


def settle(session: Session, world) -> str:
    """Let somebody flag, correct, give a tip and ask, all in words like these; return the gap."""
    kim = Person(name=LINES[0][:60], role="customer")
    session.add(kim)
    session.flush()
    case = cases.open_case(session, customer=kim, subject=LINES[1], body=BODY, locale="de")
    flags.flag(
        session,
        case=case,
        revision_id=world.wifi_revision,
        fault=Fault.WRONG,
        note=BODY[:900],
        by_id=None,
    )
    report = curation.Report(said.Fault.WRONG, wording=LINES[3], note=LINES[2])
    curation.receive(session, revision_id=world.wifi_revision, locale="de", report=report, key="k")
    helped = questions.give_feedback(session, revision_id=world.wifi_revision, helpful=True)
    curation.give_tip(session, helped, LINES[4])
    gap = Gap(centroid=b"\0" * 4, fingerprint="x", words={"de": [LINES[0]]})
    session.add(gap)
    session.flush()
    for line in LINES:
        asked = questions.record(
            session,
            Question(text=line, locale="de", audience="public", reason=NoAnswerReason.NOT_SURE),
        )
        session.add(
            GapItem(
                gap_id=gap.id,
                kind=Evidence.QUESTION,
                ref_id=asked.id,
                locale="de",
                why=Why.UNANSWERED,
                vector=b"\0" * 4,
                happened_at=asked.asked_at,
            )
        )
    session.flush()
    gap.sample_id = session.exec(select(GapItem.id)).first()
    return gap.public_id


def test_nothing_typed_anywhere_in_curation_runs_anywhere(eddi, visitor, engine, world):
    with transaction(engine) as session:
        names = {"article": world.wifi_public_id, "gap": settle(session, world)}
    fixed = CHOSEN | {"article": world.wifi_public_id, "task": f"gap:{names['gap']}", "base": "1"}
    for at, (path, fields) in enumerate(FORMS):
        typed = {field: LINES[(at + number) % len(LINES)] for number, field in enumerate(fields)}
        sent = eddi.post(path.format(**names), data={**fixed, "body": BODY, **typed})
        assert sent.status_code < 500, path
        assert Running(sent.text).found == [], path
    deceiving = ("<img src=x onerror=1>\u202egnp.png", b"<svg onload=1>", "image/png")
    refused = eddi.post(
        f"{ARTICLE}/de/images".format(**names), data=fixed, files={"files": deceiving}
    )
    assert Running(refused.text).found == []
    with transaction(engine) as session:
        wifi = session.exec(
            select(Translation).where(
                Translation.article_id == world.wifi, Translation.locale == "de"
            )
        ).one()
        kept = newest(session, wifi)
        assert LINES[0] in kept.body
        wifi.published_id = kept.id
    for path in PAGES:
        client = eddi if path.startswith("/desk") else visitor
        page = client.get(path.format(**names))
        assert page.status_code == 200, path
        assert Running(page.text).found == [], path
        assert "49</div>" not in page.text
        policy = page.headers["content-security-policy"]
        assert "unsafe" not in policy
