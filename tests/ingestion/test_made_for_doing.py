"""What makes articles fit for doing comes along: devices, who verified, addresses, terms."""

from pathlib import Path

import pytest
from sqlmodel import Session

from kb.access import Role, Viewer
from kb.articles import browsing
from kb.db import transaction
from kb.glossary import actions, queries
from tests.ingestion.conftest import counted

ADA = Viewer(Role.AGENT)
HEAD = "---\ntitle: APN\nslug: {slug}\n{more}---\n"
GLOSSARY = """
de:
  - {term: APN, also: [Zugangspunkt], means: Der Zugang zum Netz.}
  - {term: PUK, means: Acht Ziffern.}
"""


def written(folder: Path, body: str, *, slug: str = "apn", more: str = "") -> Path:
    path = folder / "help" / "de" / "apn.md"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(HEAD.format(slug=slug, more=more) + body, encoding="utf-8")
    return folder / "help"


def terms(desk) -> dict[str, str]:
    with Session(desk.engine) as session:
        return {one.term: one.meaning for one in queries.explained(session, "de")}


def test_marks_of_devices_arrive_as_they_are_and_strange_names_are_told(desk, tmp_path):
    body = "1. a\n\n   {for ios}\n   - b\n   {/for}\n\n{for Kogge Box 3}\n## C\nd\n{/for}"
    report = desk.load(written(tmp_path, body))
    assert desk.body("apn", "de") == body
    assert [remark.text for remark in report.warnings] == [
        "is for devices Lotse has no words for, shown as written: Kogge Box 3"
    ]


def test_a_mark_that_is_not_closed_is_told(desk, tmp_path):
    report = desk.load(written(tmp_path, "{for ios}\na"))
    assert "without {/for}" in report.warnings[0].text


def test_who_verified_comes_and_goes_with_the_file(desk, tmp_path):
    desk.load(written(tmp_path, "a", more="verified: 2026-10-12\nverified_by: Team Netz\n"))
    found = desk.translation("apn", "de")
    assert (found.verified_at.date().isoformat(), found.verified_by) == ("2026-10-12", "Team Netz")
    assert counted(desk.load(tmp_path / "help")) == {"unchanged": 1}
    desk.load(written(tmp_path, "b"))
    assert desk.translation("apn", "de").verified_at is None


def test_a_day_that_is_none_says_nothing(desk, tmp_path):
    desk.load(written(tmp_path, "a", more="verified: soon\nverified_by: Ada\n"))
    found = desk.translation("apn", "de")
    assert (found.verified_at, found.verified_by) == (None, "")


def test_another_address_in_the_file_moves_the_article_and_the_old_one_leads_there(desk, tmp_path):
    desk.load(written(tmp_path, "a", slug="apn"))
    assert counted(desk.load(written(tmp_path, "a", slug="zugang"))) == {"changed": 1}
    assert desk.translation("apn", "de").slug == "zugang"
    assert desk.revision("apn", "de").number == 1
    with Session(desk.engine) as session:
        assert browsing.moved_to(session, ADA, locale="de", slug="apn") == "zugang"
    assert counted(desk.load(tmp_path / "help")) == {"unchanged": 1}


def test_the_glossary_beside_the_articles_comes_along_and_goes(desk, tmp_path):
    folder = written(tmp_path, "a")
    (folder / "glossary.yaml").write_text(GLOSSARY, encoding="utf-8")
    desk.load(folder)
    assert terms(desk) == {"APN": "Der Zugang zum Netz.", "PUK": "Acht Ziffern."}
    (folder / "glossary.yaml").write_text("de: [{term: APN, means: Neu.}]", encoding="utf-8")
    desk.load(folder)
    assert terms(desk) == {"APN": "Neu."}


def test_what_the_desk_explained_no_import_changes(desk, tmp_path):
    with transaction(desk.engine) as session:
        actions.explain(session, locale="de", term="APN", meaning="Von Edda.")
    folder = written(tmp_path, "a")
    (folder / "glossary.yaml").write_text(GLOSSARY, encoding="utf-8")
    desk.load(folder)
    assert terms(desk)["APN"] == "Von Edda."


@pytest.mark.parametrize(
    "text", ["de: [1]", "de: {a: b}", "de: [{term: ' ', means: x}]", "a: [", "de: [{term: x}]"]
)
def test_a_damaged_glossary_is_told_and_nothing_is_written(desk, tmp_path, text):
    folder = written(tmp_path, "a")
    (folder / "glossary.yaml").write_text(text, encoding="utf-8")
    report = desk.load(folder)
    assert "glossary.yaml" in report.failures[0].reason
    assert desk.written() == (0, 0)
