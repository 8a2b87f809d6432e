"""Translations of pieces are learnt from sentences that merely stand side by side."""

import numpy as np

from retrieval.training.alignment import translations

ROUTER, BLINKT, LAMPE, ROUTER_EN, BLINKS, LAMP = range(6)


def ids(*sentences: list[int]) -> list[np.ndarray]:
    return [np.array(sentence, dtype=np.int32) for sentence in sentences]


def test_a_piece_is_translated_by_what_it_always_stands_beside():
    german = ids([ROUTER, BLINKT], [LAMPE, BLINKT], [ROUTER])
    english = ids([ROUTER_EN, BLINKS], [LAMP, BLINKS], [ROUTER_EN])
    table = translations(german, english, size=6, rounds=20).toarray()
    assert table[[ROUTER, BLINKT, LAMPE]].argmax(axis=1).tolist() == [ROUTER_EN, BLINKS, LAMP]
    assert table[ROUTER, ROUTER_EN] > 0.9


def test_probabilities_of_a_piece_sum_to_one_and_unseen_pieces_have_none():
    table = translations(ids([ROUTER, BLINKT]), ids([ROUTER_EN, BLINKS]), size=6).toarray()
    sums = table.sum(axis=1)
    assert np.allclose(sums[[ROUTER, BLINKT]], 1)
    assert not sums[[LAMPE, ROUTER_EN, BLINKS, LAMP]].any()


def test_an_empty_sentence_teaches_nothing():
    assert translations(ids([], [ROUTER]), ids([LAMP], []), size=6).nnz == 0
