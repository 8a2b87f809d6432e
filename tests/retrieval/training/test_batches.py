"""What is learnt together: everything once, like beside like, in the same order each time."""

import pytest

from retrieval.training.batches import ByLength, Neighbours

pytestmark = pytest.mark.model


def test_sentences_of_a_batch_are_about_as_long_and_none_comes_twice():
    lengths = [at % 40 for at in range(400)]
    batches = list(ByLength(lengths, range(400), 8, drop_last=True))
    widest = max(max(lengths[i] for i in b) - min(lengths[i] for i in b) for b in batches)
    assert widest <= 2
    assert sorted(at for batch in batches for at in batch) == list(range(400))
    assert batches == list(ByLength(lengths, range(400), 8, drop_last=True))


def test_articles_stand_beside_their_neighbours_and_every_one_comes_once():
    near = [
        [other for other in range(at - at % 4, at - at % 4 + 4) if other != at] for at in range(48)
    ]
    batches = list(Neighbours(near, range(48), 12, drop_last=True))
    assert sorted(at for batch in batches for at in batch) == list(range(48))
    for batch in batches:
        assert all(sum(one // 4 == other // 4 for other in batch) == 4 for one in batch)


def test_another_epoch_has_another_order():
    sampler = Neighbours([[]] * 24, range(24), 12, drop_last=True)
    first = list(sampler)
    sampler.set_epoch(1)
    assert list(sampler) != first
