"""The way out and back: an export, imported into an empty home, is the same export again."""

from pathlib import Path

import pytest
from sqlmodel import Session, select

import kb
from ingestion.export.contents import Choice
from ingestion.export.folder import export
from ingestion.export.paths import Named, places
from ingestion.records import ImportOptions, Unreadable
from ingestion.run import import_path
from kb.access import ANYONE, Audience, Role, Viewer
from kb.articles import actions as articles
from kb.articles.actions import Draft
from kb.articles.models import Article, State, Translation
from kb.db import transaction
from kb.glossary import actions as glossary
from tests.databases import SqliteStore
from tests.ingestion.conftest import PUBLISH, counted

DEMO = Path(kb.__file__).parent / "demo"
PICTURE = b"\x89PNG\r\n\x1a\n" + b"picture" * 9
ODD = """Text mit <b>HTML</b>, {% raw %} und {{ site.x }}, `[a](article:0123456789abcdef)`.

# Eine Überschrift erster Ordnung

> [!NOTE]
> Ein fremder Dialekt.

[Verweis][1] und [![Bild](/media/MEDIA)](article:OTHER#an-dieser-stelle "Titel"),
und [weg](article:ffffffffffffffff).


Drei Leerzeilen darüber, [Datei](weg.md), https://example.org/a.md

[1]: article:OTHER
"""


@pytest.fixture
def empty(tmp_path):
    """Another database, empty."""
    (tmp_path / "other").mkdir()
    with SqliteStore(tmp_path / "other").empty_database(tmp_path / "other") as engine:
        yield engine


def files(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def there_and_back(engine, empty, folder: Path) -> dict[str, bytes]:
    """Export, import, export again; both must be the same."""
    export(engine, folder / "out")
    report = import_path(empty, folder / "out", ImportOptions(publish=True))
    assert not report.failures
    assert not report.warnings
    export(empty, folder / "again")
    first = files(folder / "out")
    assert files(folder / "again") == first
    return first


@pytest.fixture
def demo(desk):
    """The demo, in the first database."""
    for part, audience in (("articles", Audience.PUBLIC), ("staff", Audience.STAFF)):
        desk.load(DEMO / part, ImportOptions(publish=True, audience=audience))
    return desk


def test_the_demo_comes_back_byte_for_byte(demo, empty, tmp_path):
    written = there_and_back(demo.engine, empty, tmp_path)
    assert {"categories.yaml", "glossary.yaml", "de/wifi-slow.md"} <= written.keys()
    assert b"verified_by: Team Internet" in written["de/wifi-slow.md"]
    assert b"](wifi-range.md)" in written["de/wifi-slow.md"]
    again = import_path(empty, tmp_path / "out", ImportOptions(publish=True))
    assert set(counted(again)) == {"unchanged"}


def test_whoever_reads_finds_the_same_afterwards(demo, empty, tmp_path):
    there_and_back(demo.engine, empty, tmp_path)
    for viewer in (ANYONE, Viewer(Role.AGENT)):
        assert shown(demo.engine, viewer) == shown(empty, viewer)


def shown(engine, viewer) -> set[tuple[object, ...]]:
    from kb.articles import queries  # noqa: PLC0415  # beside its only use

    with Session(engine) as session:
        found = [
            queries.published(session, viewer, locale=each.locale, slug=each.slug)
            for each in queries.readable(session, viewer)
        ]
        return {
            (
                one.translation.locale,
                one.translation.slug,
                one.revision.title,
                one.revision.summary,
                tuple(one.revision.tags),
                tuple(one.revision.phrases),
                one.translation.verified_at,
                one.article.audience,
            )
            for one in found
        }


@pytest.fixture
def odd(desk):
    """Articles as only the desk makes them: every state, odd words, a body full of traps."""
    with transaction(desk.engine) as session:
        shelf = articles.category(session, key="tarif", names={"de": "Netz"}, icon="router")
        inner = articles.category(session, key="netz", names={"de": "Tarif", "en": "Plan"})
        inner.parent_id = shelf.id
        other = articles.create_article(session, source_key="k1", audience=Audience.PUBLIC)
        revision = articles.revise(
            session, other, locale="de", draft=Draft("Toc", "x", slug="toc")
        )
        articles.publish(session, other, revision)
        one = articles.create_article(session, source_key="k2", category_id=inner.id)
        media = articles.attach_media(
            session, one, file_name="Mein Bild (1).PNG", content_type="image/png", content=PICTURE
        )
        body = ODD.replace("OTHER", other.public_id).replace("MEDIA", media.id)
        draft = Draft("None", body, "no", ["null", "a, b", "~"], phrases=["#1: ja", "---"])
        published = articles.revise(session, one, locale="de", draft=draft)
        articles.publish(session, one, published)
        translation = session.get_one(Translation, published.translation_id)
        articles.rename(session, translation, "neu")
        articles.revise(session, one, locale="de", draft=Draft("Später", "noch nicht"))
        articles.verify(session, translation, by="Edda: ja", at=revision.created_at)
        one.verify_months = 6
        empty_one = articles.revise(session, one, locale="en", draft=Draft("Nothing", ""))
        session.get_one(Translation, empty_one.translation_id).state = State.IN_REVIEW
        gone = articles.create_article(session, source="corpus", source_key="Ünsafe/../x.md y")
        articles.revise(session, gone, locale="de", draft=Draft("Weg", "weg"))
        articles.archive(session, gone)
        glossary.explain(
            session, locale="de", term="APN", meaning="Ja: so", spellings=("apn",), source=""
        )
    return desk


def test_what_only_the_desk_can_write_comes_back_too(odd, empty, tmp_path):
    written = there_and_back(odd.engine, empty, tmp_path)
    page = written["de/netz/neu.md"].decode()
    assert "> [!NOTE]" in page
    assert "{% raw %}" in page
    assert "](../articles/toc-articles.md#an-dieser-stelle" in page
    assert "[1]: ../articles/toc-articles.md" in page
    assert "](article:ffffffffffffffff)" in page
    assert "noch nicht" not in page
    with Session(empty) as session:
        states = {(one.slug, one.state) for one in session.exec(select(Translation)).all()}
        assert ("nothing", State.IN_REVIEW) in states
        assert ("neu", State.PUBLISHED) in states
        archived = session.exec(select(Article).where(Article.is_archived)).all()
        assert len(archived) == 1
    with_former = [path for path, content in written.items() if b"former_slugs" in content]
    assert with_former == ["de/netz/neu.md"]


def test_only_what_was_chosen_is_written(odd, tmp_path):
    kept = {
        "public": Choice(audience=Audience.PUBLIC),
        "english": Choice(locale="en"),
        "archived": Choice(state=State.ARCHIVED),
    }
    found = {}
    for name, choice in kept.items():
        export(odd.engine, tmp_path / name, choice)
        found[name] = {path for path in files(tmp_path / name) if path.endswith(".md")}
    assert found["public"] == {"de/articles/toc-articles.md"}
    assert found["english"] == {"en/netz/nothing.md"}
    assert len(found["archived"]) == 1
    assert not (tmp_path / "public" / "media").exists()


def test_nothing_is_written_over(odd, tmp_path):
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "notes.txt").write_text("mine")
    with pytest.raises(Unreadable):
        export(odd.engine, tmp_path / "mine")
    assert files(tmp_path / "mine") == {"notes.txt": b"mine"}


def test_every_article_has_a_place_of_its_own_and_keeps_it():
    sources = ["corpus", "desk", "markdown:x"]
    keys = ["a/b", "A/B", "toc", "includes/x", "..", "", "ä ö", "x" * 300, "a/b-2", "_static/y"]
    named = [
        Named(number, sources[number % 3], key, "net", f"s{number % 3}")
        for number, key in enumerate(keys * 3)
    ]
    found = places(named)
    assert len({path.casefold() for path in found.values()}) == len(named)
    again = places(Named(number, "markdown:y", path, "", "") for number, path in found.items())
    assert again == found


def test_a_foreign_file_is_still_read_as_one(desk, tmp_path):
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "a.md").write_text("---\nlotse: 2\ntitle: A\n---\n\n> [!NOTE]\n> Da.\n")
    desk.load(tmp_path / "docs", PUBLISH)
    assert "**Hinweis:**" in desk.body("a", "de") or "**Note:**" in desk.body("a", "en")
