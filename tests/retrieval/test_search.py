"""Search mixes meaning and words, prefers the asker's language, and goes on when half is down."""

import pytest

from kb.access import ANYONE, Audience
from kb.errors import EmbedderUnavailable, IndexUnavailable
from retrieval.engines.offline import HashingEmbedder
from retrieval.results import Kind, Notice
from retrieval.search import Wish
from tests.databases import SqliteStore
from tests.retrieval.shelf import AGENT, Shelf, Watched, down, offline, watched

WIFI = """Meist liegt es daran, dass viele Nachbarn auf derselben Frequenz funken und sich alle
gegenseitig stören, ganz besonders am späten Abend, wenn jeder in der
Straße zugleich Filme sieht und spielt.

## Funkkanal wechseln

1. Öffnen Sie die Übersicht des Routers im Browser und melden Sie sich mit dem Kennwort an.
2. Wählen Sie dort einen anderen Funkkanal und warten Sie, bis alle Geräte wieder da sind.
3. Prüfen Sie danach an dem Ort, an dem es langsam war, ob es nun schneller geht.

## Standort

Stellen Sie den Router frei auf, nicht in den Schrank.
"""


@pytest.fixture(scope="module")
def library(sqlite_store: SqliteStore, tmp_path_factory: pytest.TempPathFactory):
    """A synced shelf that tests only read."""
    folder = tmp_path_factory.mktemp("library")
    with sqlite_store.empty_database(folder) as engine:
        shelf = Shelf(engine, offline(folder / "lexical"))
        shelf.publish("WLAN ist langsam", WIFI, key="wifi", category="internet")
        shelf.publish(
            "Wi-Fi is slow", "Change the channel of the router.", locale="en", key="wifi"
        )
        shelf.publish(
            "Störung melden", "Melden Sie eine Störung im Kundenkonto.", category="internet"
        )
        shelf.publish(
            "Rechnungsadresse ändern",
            "Im Kundenkonto unter Rechnungen.",
            key="address",
            category="bills",
        )
        shelf.publish("Roaming abroad", "Switch on data roaming before you travel.", locale="en")
        shelf.publish("Kulanz bei Störung", "Bis 20 Euro.", audience=Audience.STAFF)
        shelf.solved("Router blinkt", "Der Router blinkt rot.", "Netzteil getauscht.")
        shelf.sync()
        yield shelf


class Unnamed(HashingEmbedder):
    """A model of some hub that is not here: not even its size is known."""

    @property
    def max_tokens(self) -> int:  # type: ignore[override]
        raise EmbedderUnavailable


def down_with(shelf: Shelf, **errors: type[Exception]) -> Shelf:
    broken = {
        name: Watched(getattr(shelf.engines, name), before=down(error))
        for name, error in errors.items()
    }
    return shelf.with_engines(**broken)


def test_the_article_that_says_it_comes_first(library: Shelf):
    assert library.titles("Funkkanal wechseln")[0] == "WLAN ist langsam"
    assert library.titles("Störung melden?")[0] == "Störung melden"


def test_a_hit_names_the_section_and_leads_to_it(library: Shelf):
    hit, *_ = library.search("anderen Funkkanal wählen in der Übersicht").hits
    assert (hit.passage.section, hit.passage.anchor) == (
        "Funkkanal wechseln",
        "funkkanal-wechseln",
    )
    assert hit.passage.url.endswith("wlan-ist-langsam#funkkanal-wechseln")


def test_scores_fall_and_lie_between_zero_and_one(library: Shelf):
    found = library.search("Störung Router Rechnung Kundenkonto")
    scores = [hit.score for hit in found.hits]
    assert len(scores) > 2
    assert scores == sorted(scores, reverse=True)
    assert all(0 <= score <= 1 for score in scores)
    assert 0 <= found.confidence <= 1


def test_an_article_comes_once_however_many_passages_and_languages_fit(library: Shelf):
    found = library.search("Router Funkkanal channel WLAN")
    families = [hit.passage.family_id for hit in found.hits]
    assert len(families) == len(set(families))


@pytest.mark.parametrize(
    ("question", "locale", "title"),
    [("WLAN Router", "de", "WLAN ist langsam"), ("router channel", "en", "Wi-Fi is slow")],
)
def test_the_askers_language_is_shown_first(
    library: Shelf, question: str, locale: str, title: str
):
    assert library.titles(question, locale=locale)[0] == title


def test_what_was_found_in_the_other_language_is_shown_in_the_askers_if_it_is_there(
    library: Shelf,
):
    first, *_ = library.search("change the channel of the router", locale="de").hits
    assert (first.passage.locale, first.passage.title) == ("de", "WLAN ist langsam")
    assert first.passage.text in WIFI


def test_what_is_only_there_in_the_other_language_is_shown_as_such(library: Shelf):
    found = library.search("data roaming before you travel abroad", locale="de")
    assert (found.hits[0].passage.title, found.hits[0].passage.locale) == ("Roaming abroad", "en")


def test_only_the_wanted_languages_are_searched(library: Shelf):
    english = library.search("Störung data roaming abroad", locales=("en",), locale="en").hits
    german = library.search("Störung data roaming abroad", locales=("de",)).hits
    assert {hit.passage.locale for hit in german} == {"de"}
    assert {hit.passage.locale for hit in english} == {"en"}


def test_a_part_of_a_compound_finds_it(library: Shelf):
    found = library.titles("Adresse ändern", use_dense=False)
    assert found[:1] == ["Rechnungsadresse ändern"]


def test_a_typo_is_mended_and_reported(library: Shelf):
    found = library.search("Störnug", use_dense=False)
    assert found.hits[0].passage.title == "Störung melden"
    assert found.corrected == {"störnug": "störung"}
    assert found.hits[0].why.corrected == {"störnug": "störung"}


def test_nothing_is_reported_where_nothing_was_mended(library: Shelf):
    assert library.search("Störung melden").corrected == {}


def test_a_hit_is_explained_by_the_words_it_shares_with_the_question(library: Shelf):
    hit, *_ = library.search("Funkkanal des Routers wechseln und Kaffee kochen").hits
    assert {"funkkanal", "wechseln"} <= set(hit.why.words)
    assert not {"kaffee", "des", "und"} & set(hit.why.words)
    assert hit.why.lexical > 0
    assert hit.why.dense > 0


def test_a_category_narrows_the_result(library: Shelf):
    everything = library.search("Störung Rechnung Kundenkonto")
    categories = {hit.passage.category_id for hit in everything.hits}
    assert len(categories - {None}) == 2
    bills = next(
        hit.passage.category_id
        for hit in everything.hits
        if hit.passage.title == "Rechnungsadresse ändern"
    )
    assert library.titles("Störung Rechnung Kundenkonto", category_id=bills) == [
        "Rechnungsadresse ändern"
    ]
    assert library.titles("Störung Rechnung Kundenkonto", category_id=987_654) == []


def test_no_more_hits_come_than_were_asked_for(library: Shelf):
    assert len(library.search("Störung Rechnung Router", limit=1).hits) == 1


@pytest.mark.parametrize(
    ("wish", "asked", "left_alone"),
    [
        ({"use_lexical": False}, "vectors", "lexical"),
        ({"use_dense": False}, "lexical", "vectors"),
    ],
    ids=["dense", "lexical"],
)
def test_one_signal_alone_finds_and_leaves_the_other_in_peace(
    library: Shelf, wish, asked: str, left_alone: str
):
    engines = watched(library.engines)
    found = Shelf(library.engine, engines).search("Funkkanal wechseln", **wish)
    assert found.hits[0].passage.title == "WLAN ist langsam"
    assert found.notices == frozenset()
    assert getattr(engines, asked).asked
    assert not getattr(engines, left_alone).asked


@pytest.mark.parametrize(
    "errors",
    [
        {"embedder": EmbedderUnavailable},
        {"vectors": IndexUnavailable},
        {"embedder": EmbedderUnavailable, "vectors": IndexUnavailable},
    ],
    ids=["model", "vectors", "model and vectors"],
)
def test_without_meaning_words_answer_and_it_is_told(library: Shelf, errors):
    found = down_with(library, **errors).search("Funkkanal wechseln")
    assert found.hits[0].passage.title == "WLAN ist langsam"
    assert found.notices == {Notice.WITHOUT_MEANING}


def test_a_model_that_cannot_even_be_named_takes_nothing_but_meaning(library: Shelf):
    found = library.with_engines(embedder=Unnamed()).search("Funkkanal wechseln")
    assert found.hits[0].passage.title == "WLAN ist langsam"
    assert found.notices == {Notice.WITHOUT_MEANING}


def test_without_words_meaning_answers_and_it_is_told(library: Shelf):
    found = down_with(library, lexical=IndexUnavailable).search("Funkkanal wechseln")
    assert found.hits[0].passage.title == "WLAN ist langsam"
    assert found.notices == {Notice.WITHOUT_WORDS}


def test_without_both_there_is_no_hit_and_no_error(library: Shelf):
    broken = down_with(library, lexical=IndexUnavailable, vectors=IndexUnavailable)
    found = broken.search("Funkkanal wechseln")
    assert found.hits == []
    assert found.confidence == 0
    assert found.notices == {Notice.WITHOUT_MEANING, Notice.WITHOUT_WORDS}


def test_before_the_first_sync_there_is_nothing_and_no_error(shelf: Shelf):
    shelf.publish("Router", "Text.")
    found = shelf.search("Router")
    assert (found.hits, found.notices) == ([], frozenset())


@pytest.mark.parametrize(
    "kinds", [(), (Kind.STAFF,), tuple(Kind)], ids=["default", "staff", "all"]
)
def test_a_public_search_opens_no_collection_but_the_public_ones(library: Shelf, kinds):
    engines = watched(library.engines)
    spied = Shelf(library.engine, engines)
    spied.search("Störung Kulanz Router", ANYONE, kinds=kinds)
    opened = engines.vectors.collections | engines.lexical.collections
    assert opened
    assert {name.split("-")[0] for name in opened} == {"public"}


def test_a_staff_search_reads_public_and_staff_articles(library: Shelf):
    engines = watched(library.engines)
    titles = Shelf(library.engine, engines).titles("Störung", AGENT)
    assert {"Störung melden", "Kulanz bei Störung"} <= set(titles)
    opened = {name.split("-")[0] for name in engines.vectors.collections}
    assert opened == {"public", "staff"}


def test_solutions_are_searched_only_where_they_are_asked_for(library: Shelf):
    assert library.titles("Router blinkt rot", AGENT, kinds=(Kind.SOLUTIONS,)) == ["Router blinkt"]
    assert "Router blinkt" not in library.titles("Router blinkt rot", AGENT)
    assert "Router blinkt" not in library.titles("Router blinkt rot", kinds=(Kind.SOLUTIONS,))


def test_a_wish_cannot_be_changed_on_its_way():
    with pytest.raises(AttributeError):
        Wish("x", "de", ANYONE).limit = 5  # type: ignore[misc]
