"""A vocabulary grows by what is new, survives a kill, and is read on where it was left."""

import json
from pathlib import Path

import pytest

from retrieval.engines import vocabulary
from retrieval.engines.vocabulary import Vocabulary


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "words" / "vocabulary.json"


def test_counts_of_all_lessons_are_added_up(path: Path):
    words = Vocabulary(path)
    for lesson in ({"router": 2}, {"router": 1, "größe": 4}, {"kabel": 1}):
        words.learn(lesson)
    assert dict(words.words()) == {"router": 3, "größe": 4, "kabel": 1}
    assert dict(Vocabulary(path).words()) == dict(words.words())


def test_a_lesson_costs_its_own_words_only(path: Path):
    words = Vocabulary(path)
    words.learn({f"wort{number}": 1 for number in range(5_000)})
    before = path.read_bytes()
    words.learn({"router": 1})
    after = path.read_bytes()
    assert after.startswith(before)
    assert len(after) - len(before) < 30


def test_a_reader_reads_on_and_keeps_what_it_had_while_nothing_is_new(path: Path):
    writer, reader = Vocabulary(path), Vocabulary(path)
    assert dict(reader.words()) == {}
    writer.learn({"router": 1})
    first = reader.words()
    assert reader.words() is first
    writer.learn({"kabel": 1})
    assert dict(reader.words()) == {"router": 1, "kabel": 1}
    assert dict(first) == {"router": 1}, "who searches with it must not see it change"


def test_too_many_lessons_are_written_anew_as_one(path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(vocabulary, "_LESSONS", 60)
    writer, reader = Vocabulary(path), Vocabulary(path)
    lines = set()
    for number in range(40):
        writer.learn({"router": 1, f"wort{number}": 1})
        assert dict(reader.words()) == dict(writer.words())
        lines.add(len(path.read_text().splitlines()))
    assert writer.words()["router"] == 40
    assert len(writer.words()) == 41
    assert max(lines) < 20
    assert len(lines) > 2


def test_a_lesson_cut_short_is_forgotten_and_the_next_one_kept(path: Path):
    Vocabulary(path).learn({"router": 1})
    Vocabulary(path).learn({"kabel": 1})
    whole = path.read_bytes()
    for cut in range(len(whole) - len('{"kabel": 1}'), len(whole)):
        path.write_bytes(whole[:cut])
        reader = Vocabulary(path)
        assert dict(reader.words()) == {"router": 1}
        reader.learn({"stecker": 2})
        assert dict(reader.words()) == {"router": 1, "stecker": 2}
        assert dict(Vocabulary(path).words()) == {"router": 1, "stecker": 2}


def test_a_file_from_before_there_were_lessons_is_read_and_taught(path: Path):
    path.parent.mkdir()
    path.write_text(json.dumps({"router": 1}))
    words = Vocabulary(path)
    words.learn({"router": 1, "kabel": 1})
    assert dict(words.words()) == {"router": 2, "kabel": 1}


def test_another_file_in_its_place_is_read_from_its_beginning(path: Path):
    reader = Vocabulary(path)
    Vocabulary(path).learn({"router": 1, "kabel": 1})
    assert dict(reader.words()) == {"router": 1, "kabel": 1}
    path.write_text('{"stecker": 1, "dose": 1, "verteiler": 1}')
    assert dict(reader.words()) == {"stecker": 1, "dose": 1, "verteiler": 1}
    path.unlink()
    assert dict(reader.words()) == {}


def test_what_is_no_vocabulary_at_all_is_replaced(path: Path):
    path.parent.mkdir()
    path.write_bytes(b"\xff\xfe nothing of ours")
    words = Vocabulary(path)
    assert dict(words.words()) == {}
    words.learn({"router": 1})
    assert dict(Vocabulary(path).words()) == {"router": 1}
