"""Figures find their place in the document, and a picture holds what was measured."""

import xml.etree.ElementTree as ET

import pytest

from benchmarks.curves import draw
from benchmarks.footprint import Footprint
from benchmarks.growth import as_table, picture
from benchmarks.report import DOCUMENT, circumstances, put, table
from benchmarks.search import Figures, Times


def figures(passages: int, p95: float) -> Figures:
    times = Times(median=p95 / 2, p95=p95, processor=1)
    taken = Footprint(empty=0, serving=500_000_000 + passages * 2_000, disk=passages * 4_000)
    return Figures(passages, times, times, times, times, taken)


def test_a_table_takes_the_place_of_the_one_before(tmp_path):
    document = tmp_path / "performance.md"
    document.write_text("# One\n\n<!-- a: -->\nold\n<!-- :a -->\n\nTwo\n")
    for text in ("first", "second"):
        put("a", text, document)
    assert document.read_text() == "# One\n\n<!-- a: -->\nsecond\n<!-- :a -->\n\nTwo\n"


def test_without_a_place_for_it_nothing_is_written(tmp_path):
    document = tmp_path / "performance.md"
    document.write_text("# One\n")
    with pytest.raises(ValueError, match="a"):
        put("a", "text", document)
    assert document.read_text() == "# One\n"


@pytest.mark.parametrize("name", ["index", "start", "growth"])
def test_every_benchmark_has_its_place_in_the_document(name: str):
    said = DOCUMENT.read_text()
    assert said.count(f"<!-- {name}: -->") == said.count(f"<!-- :{name} -->") == 1
    assert f"python -m benchmarks {name if name != 'growth' else 'search'}" in said


def test_figures_say_when_and_where_they_were_taken():
    assert "cores" in circumstances()
    assert "load" in circumstances()


def test_a_table_is_markdown():
    assert table(["a", "b"], [["1", "2"]]) == "| a | b |\n| --- | --- |\n| 1 | 2 |"


def test_growth_is_told_against_the_smallest_library():
    said = as_table([figures(1_000, 20), figures(100_000, 50)])
    assert "| search | 10 / 20 ms | 25 / 50 ms | 2.5 |" in said
    assert "Passages per GB of memory: 500,000" in said
    assert "cannot be told" in as_table([figures(1_000, 20)])


def test_the_picture_is_svg_with_a_line_for_every_figure():
    root = ET.fromstring(picture([figures(1_000, 20), figures(10_000, 50)], "<today>"))  # noqa: S314  # our own
    names = [one.tag.rsplit("}")[-1] for one in root.iter()]
    assert names.count("polyline") == 4
    assert names.count("circle") == 8


def test_one_size_and_one_height_can_be_drawn_too():
    assert "<circle" in draw([1_000], {"search": [10.0]}, "one")
