"""An editor settles what is doubtful: a finding, a reader's correction, a colleague's flag."""

import pytest
from playwright.sync_api import expect
from sqlmodel import select

from kb.articles.models import Article, Revision, State, Translation
from kb.cases import flags
from kb.cases.marks import Fault
from kb.cases.models import Case
from kb.curation import actions as curation
from kb.curation.models import Fault as Wrong
from kb.db import stored_id, transaction
from kb.findings import actions as findings
from kb.findings.models import FindingKind, Matter
from tests.journeys.test_asking import sign_in_as_editor
from tests.journeys.visitor import DESKTOP, PHONE, Person
from tests.running import Lotse

pytestmark = [pytest.mark.browser, pytest.mark.model]

NOTE = "Die Lampe heißt anders."
ANSWER = "Danke, das steht jetzt richtig da."


@pytest.mark.parametrize(
    ("locale", "screen", "has_scripts"), [("de", DESKTOP, True), ("en", PHONE, False)]
)
def test_what_is_doubtful_is_settled_one_after_another(visit, lotse, locale, screen, has_scripts):
    doubt = doubts(lotse, locale)
    edda = visit(Person(locale, screen, has_scripts))
    sign_in_as_editor(edda, lotse)
    edda.go(f"/desk/curation/findings/{doubt['finding']}")
    edda.page.locator("button[value=cases]").click()
    edda.page.goto(f"/desk/curation/findings/{doubt['finding']}")
    expect(edda.page.locator("main")).to_contain_text(edda.t("findings.reason.cases"))
    edda.go(f"/desk/curation/corrections/{doubt['correction']}")
    edda.page.locator("button[value=accepted]").click()
    expect(edda.page.locator("article.curated .curated__answer")).to_be_visible()
    edda.look()
    edda.page.goto(doubt["article"])
    expect(edda.page.locator("main")).to_contain_text(doubt["wording"])
    edda.go("/desk/curation/corrections/flags")
    card = edda.page.locator("article.curated", has_text=NOTE).first
    card.locator("textarea").fill(ANSWER)
    card.get_by_role("button", name=edda.t("flags.settle")).click()
    expect(edda.page.locator("main")).to_contain_text(ANSWER)
    edda.look()
    edda.page.goto(f"/desk/cases/{doubt['case']}")
    expect(edda.page.locator("#facts")).to_contain_text(ANSWER)


def doubts(lotse: Lotse, locale: str) -> dict[str, str]:
    """Let two articles be found alike, a reader propose words, a colleague flag the article."""
    engine = lotse.engine()
    with transaction(engine) as session:
        rows = session.exec(
            select(Translation, Revision)
            .join(Article, Article.id == Translation.article_id)
            .join(Revision, Revision.id == Translation.published_id)
            .where(Translation.locale == locale, Translation.state == State.PUBLISHED)
            .where(Article.audience == "public")
            .order_by(Translation.id)
        ).all()
        (one, shown), (other, elsewhere) = rows[:2]
        passage = plainest(shown.body)
        wording = f"{passage[:-1]}, Stand heute."
        sides = [
            findings.Evidence(
                each.article_id, stored_id(said.id), locale, "", "", plainest(said.body)
            )
            for each, said in ((one, shown), (other, elsewhere))
        ]
        found = findings.Found(FindingKind.DUPLICATE, Matter.NOTHING, 0.9, (sides[0], sides[1]))
        finding = findings.keep(session, found, rules="journey")
        report = curation.Report(Wrong.WRONG, passage=passage, wording=wording)
        correction = curation.receive(
            session, revision_id=stored_id(shown.id), locale=locale, report=report, key=locale
        )
        case = session.exec(select(Case)).first()
        flags.flag(
            session,
            case=case,
            revision_id=stored_id(elsewhere.id),
            fault=Fault.WRONG,
            note=NOTE,
            by_id=None,
        )
        told = {
            "finding": str(finding.id),
            "correction": str(correction.id),
            "article": f"/{locale}/articles/{one.slug}",
            "wording": wording,
            "case": str(case.id),
        }
    engine.dispose()
    return told


def plainest(body: str) -> str:
    """Return a sentence without any marks."""
    lines = [line.strip() for line in body.split("\n")]
    plain = [line for line in lines if line[:1].isalpha() and line.endswith(".")]
    return next(line for line in plain if not set(line) & set("*[]`<>|{}"))
