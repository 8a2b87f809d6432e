"""Parallel text is read whole or refused with the place that is wrong."""

import gzip
from pathlib import Path

import pytest

from retrieval.training import parallel
from retrieval.training.parallel import NoParallelText, Pair
from tests.retrieval.training import sentences


def test_every_pair_is_read_once_and_in_the_same_order_each_time(tmp_path: Path):
    folder = sentences.write(tmp_path)
    found = parallel.pairs(folder)
    assert {(pair.german, pair.english) for pair in found} == set(sentences.PAIRS)
    assert found == parallel.pairs(folder)


def test_a_source_can_be_left_out(tmp_path: Path):
    folder = sentences.write(tmp_path)
    assert parallel.pairs(folder, without=["own"]) == []
    assert parallel.articles(folder, without=["own"]) == []


def test_long_and_empty_sentences_are_left_out(tmp_path: Path):
    with gzip.open(tmp_path / "pairs.tsv.gz", "wt") as out:
        out.write("en\tde\tsource\tkind\n")
        out.write(
            "A bill\tEine Rechnung\tx\tui\n" + f"{'a' * 500}\tb b b\tx\tui\n" + "\tleer\tx\tui\n"
        )
    assert parallel.pairs(tmp_path) == [Pair("A bill", "Eine Rechnung")]


def test_articles_kept_for_testing_are_not_learnt_from(tmp_path: Path):
    folder = sentences.write(tmp_path)
    path = folder / "docs.jsonl.gz"
    told = gzip.decompress(path.read_bytes()).replace(b'"split": "train"', b'"split": "test"', 5)
    path.write_bytes(gzip.compress(told))
    assert len(parallel.articles(folder)) == len(sentences.PAIRS[::10]) - 5


@pytest.mark.parametrize("read", [parallel.pairs, parallel.articles])
def test_a_missing_file_is_named(tmp_path: Path, read):
    with pytest.raises(NoParallelText, match="is missing"):
        read(tmp_path)


def test_a_line_that_is_no_article_is_named(tmp_path: Path):
    (tmp_path / "docs.jsonl.gz").write_bytes(gzip.compress(b'{"source": "x"}\n'))
    with pytest.raises(NoParallelText, match="line 1"):
        parallel.articles(tmp_path)


def test_other_columns_are_refused(tmp_path: Path):
    (tmp_path / "pairs.tsv.gz").write_bytes(gzip.compress(b"a\tb\nx\ty\n"))
    with pytest.raises(NoParallelText, match="columns"):
        parallel.pairs(tmp_path)


def test_the_digest_follows_the_data(tmp_path: Path):
    one, other = sentences.write(tmp_path / "a"), sentences.write(tmp_path / "b")
    before = parallel.digest(one)
    (other / "pairs.tsv.gz").write_bytes(b"else")
    assert parallel.digest(one) == before != parallel.digest(other)
