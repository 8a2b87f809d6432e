"""What may be answered at which precision is what one counts by hand."""

import pytest

from evals import risk
from evals.risk import Judged


def told(*pairs: tuple[float, bool]) -> list[Judged]:
    return [Judged(confidence, right) for confidence, right in pairs]


def test_answering_less_is_right_more_often():
    line = risk.curve(told((0.9, True), (0.8, True), (0.5, False), (0.3, True)))
    assert [point.precision for point in line] == pytest.approx([1, 1, 2 / 3, 3 / 4])
    assert [point.answered for point in line] == pytest.approx([1 / 4, 2 / 4, 3 / 4, 1])


def test_equal_confidences_are_answered_together_or_not_at_all():
    line = risk.curve(told((0.9, True), (0.5, False), (0.5, True)))
    assert [point.confidence for point in line] == [0.9, 0.5]


def test_coverage_counts_answerable_questions_only():
    asked = [*told((0.9, True), (0.8, True), (0.2, False)), Judged(0.1, False, answerable=False)]
    best = risk.at_precision(risk.curve(asked))
    assert best is not None
    assert best.covered == pytest.approx(2 / 3)
    assert best.answered == pytest.approx(2 / 4)


def test_the_point_that_answers_most_is_taken():
    best = risk.at_precision(risk.curve(told((0.9, False), (0.8, True), (0.7, True))), wanted=0.6)
    assert best is not None
    assert best.answered == 1


def test_where_no_threshold_reaches_the_precision_there_is_none():
    assert risk.at_precision(risk.curve(told((0.9, False), (0.1, True)))) is None
    assert risk.figures(told((0.9, False)))["confidence for 90 %"] is None


def test_the_area_is_smaller_where_right_ones_come_first():
    good = told((0.9, True), (0.8, True), (0.2, False), (0.1, False))
    bad = told((0.9, False), (0.8, False), (0.2, True), (0.1, True))
    assert risk.area(good) < risk.area(bad)
    assert risk.area(told((0.9, True), (0.1, True))) == 0


def test_a_probability_that_holds_has_no_error():
    honest = told(*[(0.75, True)] * 3, (0.75, False))
    assert risk.error(risk.bins(honest)) == 0
    assert risk.error(risk.bins(told((0.95, False), (0.95, False)))) == pytest.approx(0.95)


def test_nothing_asked_is_nothing_told():
    assert risk.curve([]) == []
    assert risk.area([]) == 0


def test_a_few_questions_are_off_by_chance_and_many_are_not():
    few = risk.bins(told(*[(0.75, True)] * 6, *[(0.75, False)] * 2))
    many = risk.bins(told(*[(0.75, True)] * 600, *[(0.75, False)] * 200))
    assert risk.error_by_chance(few) > 0.2
    assert risk.error_by_chance(many) < 0.05
    assert risk.error_by_chance([]) == 0


def test_what_is_certain_is_never_off_by_chance():
    assert risk.error_by_chance(risk.bins(told(*[(1.0, True)] * 5))) == 0
