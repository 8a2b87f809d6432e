"""Strangers are the same questions each time, and no article is right for them."""

import json
from pathlib import Path

import pytest

from evals import scorers, strangers
from evals.ask import Asked
from evals.datasets.golden import Part, UnusableDataset


def items(folder: Path, *lines: dict) -> Path:
    folder.mkdir(parents=True)
    (folder / "items.jsonl").write_text("".join(f"{json.dumps(line)}\n" for line in lines))
    return folder


def test_gibberish_is_the_same_each_time_and_never_empty():
    first = strangers.gibberish()
    assert first == strangers.gibberish()
    assert all(query.text.strip() for query in first)
    assert {query.locale for query in first} == {"de", "en"}


def test_both_halves_have_strangers():
    assert {query.split for query in strangers.gibberish()} == {Part.TUNING, Part.REPORTING}


def test_of_a_set_that_says_what_is_out_of_scope_only_that_is_asked(tmp_path: Path):
    folder = items(
        tmp_path / "intents",
        {"_id": "1", "text": "book a flight", "lang": "en", "oos": False},
        {"_id": "2", "text": "a show on broadway", "lang": "en", "oos": True},
    )
    asked = [one for one in strangers.load([folder]) if strangers.source_of(one.id) == "intents"]
    assert [one.text for one in asked] == ["a show on broadway"]
    assert asked[0].answerable is False


def test_gibberish_comes_along_with_any_file(tmp_path: Path):
    folder = items(tmp_path / "bank", {"_id": "1", "text": "my card is lost", "lang": "en"})
    assert {strangers.source_of(one.id) for one in strangers.load([folder])} == {
        "bank",
        strangers.GIBBERISH,
    }


@pytest.mark.parametrize("line", ["no json", '{"text": "without an id"}', "[]"])
def test_a_broken_line_is_named(tmp_path: Path, line: str):
    path = tmp_path / "broken.jsonl"
    path.write_text(line + "\n")
    with pytest.raises(UnusableDataset, match="line 1"):
        strangers.load([path])


def test_a_folder_without_questions_is_named(tmp_path: Path):
    with pytest.raises(UnusableDataset, match=r"items\.jsonl"):
        strangers.load([tmp_path])


def test_refusals_are_counted_by_source_and_language():
    def asked(name: str, lang: str, *, answered: bool) -> Asked:
        return Asked(name, lang, [], [], [], 1.0, answered, 0.5, {})

    found = scorers.refused(
        [
            asked("bank/1", "en", answered=True),
            asked("bank/2", "en", answered=False),
            asked("gibberish/1", "de", answered=False),
        ]
    )
    assert found["bank"]["en"] == {"n": 2, "refused": 1, "share": 0.5}
    assert found["gibberish"]["de"]["share"] == 1
