"""A data set is loaded as it stands or refused with what is wrong; a sample never changes."""

import json
from pathlib import Path

import pytest

from evals.datasets import golden
from evals.datasets.golden import Part, UnusableDataset
from tests.evals import tiny


def load(folder: Path, **options):
    return golden.load(str(folder), **options)


def test_a_folder_is_loaded_whole(tmp_path: Path):
    found = load(tiny.write(tmp_path / "faq"))
    assert found.name == "faq"
    assert [query.id for query in found.queries] == ["q1", "q2", "q3", "q4"]
    assert found.qrels["q1"] == {"wifi::de": 2, "wifi::en": 1}
    assert found.locales["bill::en"] == "en"
    assert found.groups == {}
    first, *_, last = found.queries
    assert (first.locale, first.split, first.answerable) == ("de", "tuning", None)
    assert last.answerable is False


def test_answers_of_one_thread_share_a_group_but_translations_do_not(tmp_path: Path):
    corpus = [
        {"_id": "a1", "text": "x", "lang": "en", "group": "thread"},
        {"_id": "a2", "text": "y", "lang": "en", "group": "thread"},
        {"_id": "b::de", "text": "z", "lang": "de", "group": "b"},
    ]
    found = load(tiny.write(tmp_path, corpus=corpus))
    assert found.groups == {"a1": "thread", "a2": "thread"}


@pytest.mark.parametrize("name", ["corpus.jsonl", "queries.jsonl", "qrels.tsv"])
def test_a_missing_file_is_named(tmp_path: Path, name: str):
    (tiny.write(tmp_path) / name).unlink()
    with pytest.raises(UnusableDataset, match=name):
        load(tmp_path)


@pytest.mark.parametrize("name", ["corpus.jsonl", "queries.jsonl"])
def test_a_broken_line_is_named_with_its_number(tmp_path: Path, name: str):
    tiny.write(tmp_path)
    with (tmp_path / name).open("a") as out:
        out.write('{"_id": ')
    lines = {"corpus.jsonl": 6, "queries.jsonl": 5}
    with pytest.raises(UnusableDataset, match=f"{name}, line {lines[name]}"):
        load(tmp_path)


def test_a_folder_that_is_not_there_is_no_data_set(tmp_path: Path):
    with pytest.raises(UnusableDataset):
        load(tmp_path / "nowhere")


def test_the_demo_goes_by_its_name():
    found = golden.load("demo")
    assert found.name == "demo"
    assert found.corpus.is_dir()
    assert len(found.queries) >= 150
    without = [query for query in found.queries if query.answerable is False]
    assert len(without) >= 30
    assert not {query.id for query in without} & set(found.qrels)
    assert all(found.qrels.get(query.id) for query in found.queries if query not in without)
    assert {query.locale for query in found.queries} == {"de", "en"}


def test_the_digest_changes_with_every_file(tmp_path: Path):
    seen = {load(tiny.write(tmp_path)).digest}
    for name in ("corpus.jsonl", "queries.jsonl", "qrels.tsv"):
        with (tmp_path / name).open("a") as out:
            out.write(
                "\n" if name == "qrels.tsv" else json.dumps({"_id": "x", "text": "x"}) + "\n"
            )
        seen.add(load(tmp_path).digest)
    assert len(seen) == 4


def sample(folder: Path, scratch: Path, size: int):
    scratch.mkdir(parents=True, exist_ok=True)
    return load(folder, sample=size, scratch=scratch)


def test_a_sample_is_the_same_every_time(tmp_path: Path):
    folder = tiny.write(tmp_path / "faq")
    one, other = (sample(folder, tmp_path / name, 2) for name in "ab")
    assert one.corpus.read_text() == other.corpus.read_text()
    assert one.queries == other.queries
    assert one.digest == other.digest != load(folder).digest
    assert one.name == "faq-2"


def test_a_sample_keeps_families_whole_and_only_their_questions(tmp_path: Path):
    found = sample(tiny.write(tmp_path / "faq"), tmp_path / "s", 2)
    kept = {json.loads(line)["_id"] for line in found.corpus.read_text().splitlines()}
    families = {one.split("::")[0] for one in kept}
    assert len(families) == 2
    assert kept == {one["_id"] for one in tiny.CORPUS if one["_id"].split("::")[0] in families}
    assert {query.id for query in found.queries} == {
        query for query, document, _ in tiny.QRELS if document.split("::")[0] in families
    }


def test_a_larger_sample_holds_the_smaller_one(tmp_path: Path):
    folder = tiny.write(tmp_path / "faq")
    small, large = (sample(folder, tmp_path / str(size), size) for size in (1, 2))
    assert {query.id for query in small.queries} <= {query.id for query in large.queries}


def test_the_demo_is_asked_whole(tmp_path: Path):
    with pytest.raises(UnusableDataset, match="demo"):
        golden.load("demo", sample=5, scratch=tmp_path)


def test_a_sample_needs_somewhere_to_be_written(tmp_path: Path):
    with pytest.raises(UnusableDataset):
        load(tiny.write(tmp_path), sample=1)


def test_both_languages_of_an_article_are_in_the_same_half(tmp_path: Path):
    names = [f"a{at}" for at in range(40)]
    corpus = [
        {"_id": f"{name}::{lang}", "title": "", "text": "Text", "lang": lang}
        for name in names
        for lang in ("de", "en")
    ]
    queries = [
        {"_id": f"q-{name}-{lang}", "text": name, "lang": lang}
        for name in names
        for lang in ("de", "en")
    ]
    qrels = [
        (f"q-{name}-{lang}", f"{name}::{other}", 2 if lang == other else 1)
        for name in names
        for lang in ("de", "en")
        for other in ("de", "en")
    ]
    loaded = golden.load(str(tiny.write(tmp_path / "faq", corpus, queries, qrels)))
    halves = {query.id: query.split for query in loaded.queries}
    assert all(halves[f"q-{name}-de"] == halves[f"q-{name}-en"] for name in names)
    assert set(halves.values()) == {"tuning", "reporting"}


def test_a_half_has_its_own_questions_all_documents_and_a_digest_of_its_own(tmp_path: Path):
    whole = golden.load(str(tiny.write(tmp_path / "faq")))
    halves = [golden.only(whole, part) for part in (Part.TUNING, Part.REPORTING)]
    asked = [query.id for half in halves for query in half.queries]
    assert sorted(asked) == sorted(query.id for query in whole.queries)
    assert all(half.corpus == whole.corpus for half in halves)
    assert len({whole.digest, *(half.digest for half in halves)}) == 3
    assert golden.only(whole, Part.ALL) == whole


@pytest.mark.parametrize("name", golden.OF_THE_DEMO)
def test_questions_of_ours_ask_for_articles_of_the_demo(name: str):
    found = golden.load(name)
    articles = {f"{path.stem}::{path.parent.name}" for path in found.corpus.rglob("*.md")}
    asked = {document for judged in found.qrels.values() for document in judged}
    assert asked == articles
    assert all((query.id in found.qrels) == query.answerable for query in found.queries)
    assert len({(query.locale, query.text) for query in found.queries}) == len(found.queries)
    halves = [query.split for query in found.queries if query.answerable]
    assert 0.3 < halves.count("tuning") / len(halves) < 0.7
