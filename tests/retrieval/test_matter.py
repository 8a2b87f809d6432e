"""A whole mail is reduced to the sentences that carry its matter; a question stays as it is."""

from hypothesis import given
from hypothesis import strategies as st

from retrieval.matter import is_long, matter, pointed
from retrieval.results import Notice
from tests.retrieval.shelf import Shelf, Watched

STORY = (
    "Wir waren letzte Woche an der Ostsee und hatten sehr schönes Wetter. Das Hotel war gut, das "
    "Frühstück reichlich und die Kinder haben jeden Tag gebadet. Am Sonntag kamen wir nach Hause. "
)
MATTER = "Seitdem leuchtet an der Box das Licht rot."
MAIL = (
    f"Sehr geehrte Damen und Herren, {STORY}{MATTER} Meine Schwester meint, ich solle schreiben. "
    f"{STORY} Mit freundlichen Grüßen Herbert Petersen Deichstraße 14 Kogghaven"
)


def told(sentence: str) -> float:
    return sum(word in sentence.lower() for word in ("box", "licht", "rot"))


@given(st.text(max_size=200))
def test_a_short_question_stays_as_it_is(text: str):
    assert is_long(text) or (matter(text) == text and pointed(text, told) == text)


def test_of_a_long_one_the_telling_sentence_stays_and_little_else():
    kept = pointed(matter(MAIL), told)
    assert MATTER in kept
    assert len(kept.split()) <= 60
    assert "Petersen" not in kept
    assert "geehrte" not in kept


def test_sentences_stay_in_their_order():
    text = " ".join(f"Licht Nummer {n} ist rot und das stört mich sehr." for n in range(30))
    kept = [int(word) for word in pointed(text, told).split() if word.isdigit()]
    assert kept == sorted(kept)
    assert kept


def test_a_mail_without_any_full_stop_is_reduced_too():
    text = " ".join(["blabla"] * 300 + ["licht", "rot", "box"] + ["blabla"] * 300)
    kept = pointed(text, told)
    assert "licht" in kept
    assert len(kept.split()) <= 60


@given(st.lists(st.text(max_size=12), min_size=50, max_size=80))
def test_something_always_stays(words: list[str]):
    text = " ".join(words)
    assert pointed(text, told).strip() or not text.strip()


def test_a_mail_finds_what_its_matter_finds(shelf: Shelf):
    shelf.publish("Lichter der Box", "Das Licht an der Box leuchtet rot: neu starten.")
    shelf.publish("Urlaub an der Ostsee", "Wetter, Hotel und Frühstück an der Ostsee.")
    shelf.publish("Adresse ändern", "Die Deichstraße in Kogghaven und andere Adressen.")
    shelf.sync()
    spied = Watched(shelf.engines.embedder)
    asking = shelf.with_engines(embedder=spied)
    found = asking.search(MAIL)
    read = next(first[0] for name, first in spied.asked if name == "embed")
    assert MATTER in read
    assert len(read.split()) <= 60
    assert "Lichter der Box" in [hit.passage.title for hit in found.hits][:2]
    assert found.notices == frozenset[Notice]()
