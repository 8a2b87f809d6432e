"""Held-out cases are asked as they came in, and what counts as right is told before."""

import json
from dataclasses import replace

import pytest
from sqlmodel import Session, select

from evals import assist, coach_elsewhere
from evals.assist import figures, learn
from evals.datasets import solved
from evals.datasets.golden import Part, UnusableDataset
from evals.datasets.solved import Said, Solved
from evals.held_out import held_out, opening
from evals.suggest import Asked, Offered
from kb.cases.models import Case, Message, Solution
from retrieval import likelihood
from retrieval.likelihood import Likelihood

LONG = "Seit heute früh um sechs leuchtet die zweite Lampe an meiner Box rot und nichts geht mehr."
RIGHT, WRONG = ("article", 1), ("article", 2)
LIKELY = {"solution": 0.0, "score": 0.9, "share": 1.0, "sure": 0.8}
UNLIKELY = {"solution": 0.0, "score": 0.2, "share": 0.3, "sure": 0.1}


def asked(*shown: tuple, right=frozenset({RIGHT}), dense=(WRONG,), stranger=False) -> Asked:
    return Asked(
        key=str(id(shown)),
        locale="de",
        split=Part.TUNING,
        is_stranger=stranger,
        right=frozenset() if stranger else right,
        shown=tuple(Offered(*one) for one in shown),
        dense=dense,
        evidence=((RIGHT, LIKELY), (WRONG, UNLIKELY)),
        ms=1.0,
    )


def test_the_opening_ends_where_an_agent_answers_who_knows_enough():
    said = [Said("Hallo?", True), Said("Ja?", False), Said(LONG, True), Said("Gut.", False)]
    assert opening([*said, Said("Danke!", True)]) == ["Hallo?", LONG]


def test_a_held_out_case_has_no_solution_while_it_is_asked_and_nothing_is_kept(engine, world):
    with Session(engine) as session:
        own = session.get_one(Case, world.olafs_case.id)
        key, before = own.source_key, len(session.exec(select(Message)).all())
    told = Solved(key, "SIM lost", "en", "sim-lost", has_article=True, messages=(Said("A", True),))
    with held_out(engine, told) as (session, case):
        assert session.exec(select(Solution)).all() == []
        bodies = session.exec(select(Message.body).where(Message.case_id == case.id)).all()
        assert bodies == ["A"]
    with Session(engine) as session:
        assert session.exec(select(Solution)).one().id == world.solution.id
        assert len(session.exec(select(Message)).all()) == before


def test_figures_count_ours_against_plain_search_and_what_was_said_to_fit():
    told = figures(
        [
            asked((RIGHT, 0.9, True), (WRONG, 0.1, False)),
            asked((WRONG, 0.8, True), (RIGHT, 0.4, False)),
            asked((WRONG, 0.7, True), stranger=True),
            asked(stranger=True),
        ]
    )
    assert (told["cases"], told["right in first 1"], told["right in first 3"]) == (2, 1, 2)
    assert told["plain dense, right in first 3"] == 0
    assert told["difference, first 3"] == [1.0, 1.0, 1.0]
    assert (told["said to fit"], told["of these right"]) == (2, 1)
    assert (told["strangers"], told["strangers told that something fits"]) == (2, 1)
    assert told["strangers shown nothing at all"] == 1


def test_what_is_learnt_makes_likely_what_was_right_and_never_holds_a_sign_against_it():
    own = [replace(asked(), key=str(number)) for number in range(30)]
    weights = learn(own)
    learnt = Likelihood(weights, 0.5, 0.05)
    assert learnt.of(LIKELY) > 0.9
    assert learnt.of(UNLIKELY) < 0.1
    assert all(weights[name] >= 0 for name in ("score", "share", "sure"))
    assert assist._from(own, weights) <= learnt.of(LIKELY)  # noqa: SLF001  # the rule itself


def test_what_ships_names_its_data_and_says_from_where_something_fits():
    stored = json.loads(likelihood.LIKELIHOOD.read_text())
    assert list(stored["data"]) == ["demo"]
    shipped = likelihood.load()
    assert 0 < shipped.least < shipped.fits < 1
    assert shipped.of(LIKELY | {"sure": 1.0, "score": 1.0}) > shipped.fits


def test_cases_about_the_same_are_in_the_same_half():
    cases = [one for one in solved.load("demo").cases if one.group]
    about = {one.group for one in cases}
    halves = {group: {one.split for one in cases if one.group == group} for group in about}
    assert all(len(found) == 1 for found in halves.values())
    assert len(cases) >= 70
    assert {one.split for one in cases} == {Part.TUNING, Part.REPORTING}


def test_a_folder_that_tells_nothing_of_what_helped_is_refused(tmp_path):
    with pytest.raises(UnusableDataset):
        solved.load(str(tmp_path))
    line = {"_id": "1", "subject": "s", "lang": "de", "messages": []}
    (tmp_path / "cases.jsonl").write_text(json.dumps(line))
    with pytest.raises(UnusableDataset):
        solved.load(str(tmp_path))


def test_beginnings_marked_by_hand_are_found_each_once_and_others_are_no_plan():
    text = "A\n\n1. Öffnen Sie A.\n2. Warten Sie.\n\nB\n\n1. Öffnen Sie A.\n2. Neu starten."
    held = coach_elsewhere.hold(text, (2, 3, 7), "de")
    assert (held.wanted, held.found, held.foreign, held.is_in_order) == (3, 3, 1, True)


def test_of_the_texts_of_others_nothing_is_kept_and_their_absence_is_said(tmp_path):
    marked = coach_elsewhere.load()
    assert len(marked) == 20
    kept = coach_elsewhere.BEGINNINGS.read_text()
    assert set(json.loads(kept.splitlines()[0])) == {"id", "lines", "digest"}
    told = coach_elsewhere.measure(tmp_path)
    assert told == {"articles that are missing or changed": 20}
