"""Processors are shared: questions never wait for a batch, and never are more than processors."""

from concurrent.futures import ThreadPoolExecutor
from threading import Event, Lock
from time import sleep

import pytest
import torch

from retrieval.engines import threads


def test_no_more_questions_at_once_than_processors():
    inside, most, lock = 0, 0, Lock()

    def ask(_: int) -> None:
        nonlocal inside, most
        with threads.for_question():
            with lock:
                inside += 1
                most = max(most, inside)
            sleep(0.01)
            with lock:
                inside -= 1

    with ThreadPoolExecutor(16) as pool:
        list(pool.map(ask, range(32)))
    assert inside == 0
    assert 1 <= most <= threads._PROCESSORS  # noqa: SLF001  # what is promised


def test_a_question_does_not_wait_for_a_batch():
    begun, answered = Event(), Event()

    def batch() -> bool:
        with threads.for_batch():
            begun.set()
            return answered.wait(20)

    with ThreadPoolExecutor(1) as pool:
        done = pool.submit(batch)
        assert begun.wait(20)
        with threads.for_question():
            answered.set()
        assert done.result()


def test_a_question_is_computed_by_one_thread_and_a_batch_by_all():
    with threads.for_question():
        assert torch.get_num_threads() == 1
    with threads.for_batch():
        assert torch.get_num_threads() == threads._all()  # noqa: SLF001  # what torch began with


def test_a_failure_gives_the_place_back():
    for share in (threads.for_question, threads.for_batch):
        for _ in range(threads._PROCESSORS + 1):  # noqa: SLF001  # one more than there are places
            with pytest.raises(ZeroDivisionError), share():
                raise ZeroDivisionError
