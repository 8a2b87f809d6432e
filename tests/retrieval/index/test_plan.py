"""The plan names what is to be done, and touches nothing: every case can be written down."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.index.collections import (
    Slot,
    fingerprint,
    fingerprint_of,
    generation_of,
    whole_of,
)
from retrieval.index.plan import Build, Difference, Target, difference, is_replaced, target
from retrieval.results import Kind

SLOT = Slot(Kind.PUBLIC, "de")
OLD, NEW = "0" * 12, "f" * 12
IDS = st.sets(st.integers(0, 50))


@pytest.mark.parametrize("rebuild", [False, True])
def test_the_first_collection_of_a_slot_is_generation_one(rebuild: bool):  # noqa: FBT001
    found = target(SLOT, fingerprint=NEW, serving=None, rebuild=rebuild)
    assert found == Target(Build.REPLACE, f"public-de-{NEW}-1")


@pytest.mark.parametrize(
    ("made_by", "rebuild", "expected"),
    [
        (NEW, False, Target(Build.FOLLOW, f"public-de-{NEW}-3")),
        (NEW, True, Target(Build.REPLACE, f"public-de-{NEW}-4")),
        (OLD, False, Target(Build.REPLACE, f"public-de-{NEW}-4")),
        (OLD, True, Target(Build.REPLACE, f"public-de-{NEW}-4")),
    ],
)
def test_what_serves_is_followed_if_it_fits_and_replaced_if_not(
    made_by: str,
    rebuild: bool,  # noqa: FBT001
    expected: Target,
):
    serving = SLOT.collection(made_by, 3)
    assert target(SLOT, fingerprint=NEW, serving=serving, rebuild=rebuild) == expected


@pytest.mark.parametrize(
    ("wanted", "stored", "expected"),
    [
        (set(), set(), Difference((), ())),
        ({1, 2}, set(), Difference((1, 2), ())),
        (set(), {1, 2}, Difference((), (1, 2))),
        ({1, 2}, {1, 2}, Difference((), ())),
        ({1, 3}, {1, 2}, Difference((3,), (2,))),
    ],
)
def test_the_difference_is_what_to_add_and_what_to_take_out(wanted, stored, expected):
    assert difference(wanted=wanted, stored=stored) == expected


@given(IDS, IDS)
def test_after_the_difference_there_is_none(wanted: set[int], stored: set[int]):
    change = difference(wanted=wanted, stored=stored)
    after = (stored | set(change.add)) - set(change.remove)
    assert after == wanted
    assert difference(wanted=wanted, stored=after) == Difference((), ())
    assert not set(change.add) & set(change.remove)


@given(
    st.sampled_from(Kind), st.sampled_from(["de", "en"]), st.integers(1, 999), st.text(max_size=9)
)
def test_a_collections_name_says_what_it_is(kind: Kind, locale: str, number: int, model: str):
    mark = fingerprint(model, 256)
    name = Slot(kind, locale).collection(mark, number)
    assert name.startswith(f"{kind}-{locale}-")
    assert (fingerprint_of(name), generation_of(name)) == (mark, number)
    assert 3 <= len(whole_of(name)) <= 63


def test_no_two_slots_share_a_name():
    slots = [Slot(kind, locale) for kind in Kind for locale in ("de", "en")]
    assert len({slot.collection(NEW) for slot in slots}) == len(slots)


def test_the_fingerprint_changes_with_the_model_and_with_what_it_reads():
    assert len({fingerprint("a", 256), fingerprint("b", 256), fingerprint("a", 128)}) == 3
    assert fingerprint("a", 256) == fingerprint("a", 256)


@pytest.mark.parametrize(
    ("collection", "serving", "replaced"),
    [
        ("public-de-aaaaaaaaaaaa-1", "public-de-bbbbbbbbbbbb-2", True),
        ("public-de-bbbbbbbbbbbb-2", "public-de-bbbbbbbbbbbb-2", False),
        ("public-de-bbbbbbbbbbbb-3", "public-de-bbbbbbbbbbbb-2", False),
        ("public-de-bbbbbbbbbbbb-1", None, False),
    ],
)
def test_only_generations_before_the_one_that_serves_are_replaced(collection, serving, replaced):
    assert is_replaced(collection, serving) is replaced
