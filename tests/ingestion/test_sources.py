"""HTML, FAQ and corpus: each kind arrives as articles, by file or by folder."""

import json

from sqlmodel import Session, select

from ingestion.records import ImportOptions, Kind
from kb.articles import actions as articles
from kb.articles.models import Category, CategoryName, State
from tests.ingestion.conftest import counted


def test_a_page_built_by_sphinx_keeps_its_content_and_nothing_around_it(desk, samples):
    report = desk.load(samples / "html")
    lamps = articles.public_id("html:samples/html", "lampen")
    assert report.kind is Kind.HTML
    assert report.skipped == 1  # the search page
    assert desk.revision("start", "de").title == "Erste Schritte"
    assert desk.body("start", "de") == (
        f"Lesen Sie zuerst [die Lampen](article:{lamps}#alle-lampen) und nichts.\n\n"
        "> **Bemerkung:** Das dauert kurz.\n\n"
        "**Stecker**\n\nGehört in die Dose.\n\n"
        "| Taste | Wirkung |\n| --- | --- |\n| `F5` | lädt neu \\| immer |\n\n"
        '```python\nprint("x")\n```'
    )


def test_nested_lists_of_a_page_stay_nested(desk, samples):
    desk.load(samples / "html")
    assert desk.body("lampen", "de") == ("## Alle Lampen\n\n1. Power\n\n   - grün: gut\n2. WLAN")
    assert desk.revision("start", "en").title == "First steps"


def test_two_faq_files_are_one_set_of_articles_in_two_languages(desk, samples):
    report = desk.load(samples / "faq")
    deletion = articles.public_id("faq-json:samples/faq", "delete_app")
    assert not report.failures
    assert counted(report) == {"new": 5}
    assert desk.revision("install_app", "de").title == "Wie richte ich die App ein?"
    assert desk.body("install_app", "en") == (
        "Open the store.\n\n- Search\n- Tap **Get**\n\n"
        f"See [how to delete it](article:{deletion})."
    )


def test_a_second_question_with_the_same_anchor_is_kept(desk, samples):
    desk.load(samples / "faq")
    assert desk.revision("delete_app-2", "de").title == "Noch einmal?"
    assert desk.translation("delete_app-2", "de").state is State.DRAFT  # it is not active


def test_one_faq_file_is_the_same_source_as_its_folder(desk, samples):
    desk.load(samples / "faq/faq_de.json")
    desk.load(samples / "faq/faq.json")
    report = desk.load(samples / "faq")
    assert counted(report) == {"unchanged": 5} or report.counts["failed"] == 0
    assert desk.load(samples / "faq/faq.json", ImportOptions(prune=True)).gone == ()


def test_sections_of_a_faq_are_categories_with_a_name_per_language(desk, samples):
    desk.load(samples / "faq")
    with Session(desk.engine) as session:
        category = session.exec(select(Category).where(Category.key == "install")).one()
        names = session.exec(
            select(CategoryName).where(CategoryName.category_id == category.id)
        ).all()
        assert {(name.locale, name.name) for name in names} == {
            ("de", "Einrichten"),
            ("en", "Installation"),
        }
    assert desk.article("delete_app").category_id == category.id


def test_a_corpus_pairs_its_languages_and_never_reads_the_original_title(desk, samples):
    report = desk.load(samples / "corpus.jsonl")
    german = desk.revision("wifi", "de")
    assert report.kind is Kind.CORPUS_JSONL
    assert counted(report) == {"new": 3}
    assert german.title == "Das WLAN ist langsam, wenn der Router im…"
    assert desk.revision("t1_a0", "en").title == "Strike through"
    assert desk.body("t1_a0", "en") == "Use ~~tildes~~ and *stars* as [here](there.md)."
    assert "Geheim" not in german.title + german.body + german.summary


def test_a_bad_line_costs_one_document_and_stops_pruning(desk, samples):
    path = samples / "corpus.jsonl"
    desk.load(path)
    lines = path.read_text(encoding="utf-8").splitlines()
    path.write_text("\n".join([lines[0], "{broken", json.dumps({"_id": "x"})]), encoding="utf-8")
    report = desk.load(path, ImportOptions(prune=True))
    assert [failure.origin for failure in report.failures] == ["corpus.jsonl:2", "corpus.jsonl:3"]
    assert report.gone == ()
    assert not desk.article("t1_a0").is_archived


def test_a_folder_with_a_corpus_is_a_corpus(desk, samples, tmp_path):
    (tmp_path / "set").mkdir()
    (samples / "corpus.jsonl").rename(tmp_path / "set/corpus.jsonl")
    assert desk.load(tmp_path / "set").source == "corpus-jsonl:set/corpus.jsonl"
    assert counted(desk.load(tmp_path / "set/corpus.jsonl")) == {"unchanged": 3}
