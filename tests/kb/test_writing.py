"""Texts being written: never written over unseen, never lost; two edits become one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlmodel import Session, select

from kb.articles.models import Article
from kb.db import stored_id, transaction
from kb.errors import TooLarge
from kb.writing import actions, queries
from kb.writing.actions import Desk
from kb.writing.merging import Choice, decided, merge
from kb.writing.models import WorkingCopy
from kb.writing.policy import LONGEST_BODY, Seen, Text

ONE, TWO = Text("T", "S", "eins"), Text("T", "S", "zwei")


@pytest.fixture
def desk(engine, world) -> Desk:
    with Session(engine) as session:
        article = session.exec(select(Article)).first()
    return Desk(stored_id(article.id), "de", stored_id(world.edda.id), 1)


def keep(engine, desk, text, seen) -> WorkingCopy:
    with transaction(engine) as session:
        return actions.keep(session, desk, text, seen)


def kept(engine, desk) -> list[str]:
    with Session(engine) as session:
        found = queries.own(
            session, article_id=desk.article_id, locale=desk.locale, person_id=desk.person_id
        )
        return sorted(copy.body for copy in found)


def test_a_tab_writes_on_in_its_own_text(engine, desk):
    first = keep(engine, desk, ONE, Seen(0, 0, "tab-a"))
    again = keep(engine, desk, TWO, Seen(first.id, first.saves, "tab-a"))
    assert again.id == first.id
    assert kept(engine, desk) == ["zwei"]


def test_a_tab_whose_answer_got_lost_makes_no_second_text(engine, desk):
    keep(engine, desk, ONE, Seen(0, 0, "tab-a"))
    keep(engine, desk, TWO, Seen(0, 0, "tab-a"))
    assert kept(engine, desk) == ["zwei"]


def test_a_tab_that_has_seen_the_text_takes_it_over(engine, desk):
    first = keep(engine, desk, ONE, Seen(0, 0, "tab-a"))
    keep(engine, desk, TWO, Seen(first.id, first.saves, "tab-b"))
    assert kept(engine, desk) == ["zwei"]


def test_a_text_another_tab_wrote_meanwhile_is_not_written_over(engine, desk):
    first = keep(engine, desk, ONE, Seen(0, 0, "tab-a"))
    keep(engine, desk, TWO, Seen(first.id, first.saves, "tab-b"))
    keep(engine, desk, Text("T", "S", "drei"), Seen(first.id, first.saves, "tab-a"))
    assert kept(engine, desk) == ["drei", "zwei"]


def test_nobody_reads_or_ends_what_somebody_else_writes(engine, desk, world):
    mine = keep(engine, desk, ONE, Seen(0, 0, "tab-a"))
    other = Desk(desk.article_id, "de", stored_id(world.root.id), 1)
    with transaction(engine) as session:
        actions.finish(session, other, mine.id)
    keep(engine, other, TWO, Seen(mine.id, mine.saves, "tab-a"))
    assert kept(engine, desk) == ["eins"]
    assert kept(engine, other) == ["zwei"]


def test_a_text_longer_than_any_article_is_refused(engine, desk):
    with pytest.raises(TooLarge):
        keep(engine, desk, Text("T", "", "x" * (LONGEST_BODY + 1)), Seen(0, 0, "tab-a"))


BASE = "Eins\n\nZwei\n\nDrei\n"


def test_what_only_one_changed_is_taken():
    found = merge(BASE, BASE.replace("Eins", "1"), BASE.replace("Drei", "3"))
    assert not any(each.is_conflict for each in found)
    assert decided(found, {}) == "1\n\nZwei\n\n3\n"


def test_neighbouring_steps_changed_by_two_are_no_conflict():
    base = "1. A\n2. B\n3. C\n"
    found = merge(base, base.replace("A", "a"), base.replace("B", "b"))
    assert decided(found, {}) == "1. a\n2. b\n3. C\n"


def test_where_both_changed_the_same_a_person_decides():
    found = merge(BASE, BASE.replace("Zwei", "2"), BASE.replace("Zwei", "II"))
    assert sum(each.is_conflict for each in found) == 1
    assert "II" in decided(found, {})
    assert "2" in decided(found, {0: Choice.THEIRS})
    both = decided(found, {0: Choice.BOTH})
    assert "2" in both
    assert "II" in both


def test_what_one_deleted_and_the_other_changed_is_a_conflict():
    found = merge(BASE, BASE.replace("Zwei\n\n", ""), BASE.replace("Zwei", "II"))
    assert any(each.is_conflict for each in found)


lines = st.lists(st.sampled_from(["a", "b", "c", "", "d"]), max_size=8).map(
    lambda found: "".join(f"{line}\n" for line in found)
)


@given(base=lines, mine=lines)
def test_an_edit_nobody_crossed_comes_out_as_it_was(base, mine):
    assert decided(merge(base, base, mine), {}) == mine
    assert decided(merge(base, mine, base), {}) == mine
    assert decided(merge(base, mine, mine), {}) == mine


@given(base=lines, theirs=lines, mine=lines)
def test_every_text_can_be_told_from_its_stretches(base, theirs, mine):
    found = merge(base, theirs, mine)
    assert "".join(each.base for each in found) == base
    assert "".join(each.theirs for each in found) == theirs
    assert "".join(each.mine for each in found) == mine
