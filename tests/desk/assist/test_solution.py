"""Solving: what helped is noted, and only what identifies nobody is kept."""

import pytest
from sqlmodel import Session, select

from kb.cases.models import Case, CaseArticle, CaseState, Outcome, Solution

TYPED = {
    "outcome": "solved_coached",
    "helped_by": "",
    "problem": "Ich bin Karla Kundig, mein WLAN ist lahm. Tel. 0171 3920014, karla@example.com",
    "resolution": "Frau Kundig hat den Funkkanal gewechselt. Anna hat ihr die Schritte gesagt.",
    "cause": "Kanal von Karla überlastet",
    "environment": "Kogge Box 3",
}
PERSONAL = ("Karla", "Kundig", "0171", "3920014", "karla@example.com")


def _case(engine, desk) -> Case:
    with Session(engine) as session:
        return session.get_one(Case, desk.karlas)


def _solution(engine, desk) -> Solution | None:
    with Session(engine) as session:
        return session.exec(select(Solution).where(Solution.case_id == desk.karlas)).first()


def test_the_form_starts_from_the_customers_own_words(anna, desk):
    page = anna.get(f"{desk.url}/solution").text
    written = page.split('name="problem"')[1].split("</textarea>")[0]
    assert "Mein WLAN ist lahm!" in written
    assert "<script>alert" not in page


def test_linked_and_suggested_articles_can_have_helped(anna, desk):
    page = anna.get(f"{desk.url}/solution").text
    assert "(verknüpft)" not in page
    anna.post(f"{desk.url}/articles", data={"article": desk.wifi})
    anna.get(f"{desk.url}/assist")
    anna.post(f"{desk.url}/dismissals", data={"kind": "article", "subject": desk.staff})
    page = anna.get(f"{desk.url}/solution").text
    assert f'name="helped_by" value="{desk.wifi}"' in page
    assert "(verknüpft)" in page
    assert f'name="helped_by" value="{desk.staff}"' not in page


def test_what_would_be_kept_is_shown_before_it_is_kept(anna, desk, engine):
    page = anna.post(f"{desk.url}/solution/preview", data=TYPED).text
    kept = page.split('class="kept__text"')[1].split("</dl>")[0]
    assert "[Name]" in kept
    assert "[Telefonnummer]" in kept
    assert "[E-Mail-Adresse]" in kept
    assert "Funkkanal gewechselt" in kept
    assert [word for word in PERSONAL if word in kept] == []
    assert "Telefonnummer × 1" in page
    assert _case(engine, desk).state is CaseState.NEW
    assert _solution(engine, desk) is None


def test_solving_keeps_only_what_identifies_nobody(anna, desk, engine):
    answer = anna.post(f"{desk.url}/solution", data=TYPED | {"keep": "yes"})
    assert str(answer.url).endswith(f"{desk.url}#facts")
    case = _case(engine, desk)
    assert (case.state, case.outcome) == (CaseState.SOLVED, Outcome.SOLVED_COACHED)
    assert case.solved_at is not None
    solution = _solution(engine, desk)
    texts = f"{solution.subject} {solution.problem} {solution.resolution} {solution.cause}"
    assert [word for word in (*PERSONAL, "Anna") if word in texts] == []
    assert solution.environment == "Kogge Box 3"


def test_the_article_that_helped_is_linked_as_such(anna, desk, engine):
    anna.get(f"{desk.url}/assist")
    anna.post(f"{desk.url}/solution", data=TYPED | {"helped_by": desk.wifi})
    with Session(engine) as session:
        [linked] = session.exec(select(CaseArticle)).all()
    assert (linked.article_id, linked.helped, linked.linked_by) == (desk.wifi, True, desk.anna)
    assert "hat geholfen" in anna.get(desk.url).text


def test_only_an_article_that_was_offered_can_have_helped(anna, desk, engine):
    answer = anna.post(f"{desk.url}/solution", data=TYPED | {"helped_by": desk.wifi})
    assert answer.status_code == 422
    assert _case(engine, desk).state is CaseState.NEW


@pytest.mark.parametrize(
    ("missing", "told"),
    [
        ("outcome", "wie es gelöst wurde"),
        ("problem", "beschreiben Sie das Problem"),
        ("resolution", "was geholfen hat"),
    ],
)
@pytest.mark.parametrize("path", ["solution", "solution/preview"])
def test_what_is_missing_is_named_and_what_was_typed_stays(
    anna, desk, engine, path, missing, told
):
    answer = anna.post(f"{desk.url}/{path}", data=TYPED | {missing: " "})
    assert answer.status_code == 422
    assert told in answer.text
    assert "Kogge Box 3" in answer.text
    assert _case(engine, desk).state is CaseState.NEW


def test_a_case_can_be_solved_without_keeping_anything(anna, desk, engine):
    anna.post(f"{desk.url}/solution", data={"outcome": "unknown", "keep": "no"})
    assert _case(engine, desk).state is CaseState.SOLVED
    assert _solution(engine, desk) is None


def test_a_solved_case_can_be_opened_again(anna, desk, engine):
    anna.post(f"{desk.url}/solution", data=TYPED)
    assert "Wieder öffnen" in anna.get(desk.url).text
    anna.post(f"{desk.url}/state", data={"state": "open"})
    case = _case(engine, desk)
    assert (case.state, case.solved_at) == (CaseState.OPEN, None)


def test_solving_twice_keeps_one_solution(anna, desk, engine):
    for resolution in ("Erst so.", "Dann so."):
        anna.post(f"{desk.url}/solution", data=TYPED | {"resolution": resolution})
    assert _solution(engine, desk).resolution == "Dann so."
