"""Processors are shared: a question computes on one of them, a batch on all, one batch at a time.

Threads that compute one question together wait for each other at every step; where other work
keeps a processor busy, that takes ten times as long as to compute alone. PyTorch keeps the number
for each thread that asks, whatever its name says, so both can go on at once.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from threading import BoundedSemaphore, Lock

_PROCESSORS = os.cpu_count() or 1
_QUESTIONS = BoundedSemaphore(_PROCESSORS)
_BATCH = Lock()


@contextmanager
def for_question() -> Iterator[None]:
    """Compute on this thread alone; at most as many at once as there are processors."""
    import torch  # noqa: PLC0415  # seconds to import

    with _QUESTIONS:
        _all()  # asked for before it is changed
        torch.set_num_threads(1)
        yield


@contextmanager
def for_batch() -> Iterator[None]:
    """Compute on all processors; other batches wait, questions do not."""
    import torch  # noqa: PLC0415  # as above

    with _BATCH:
        torch.set_num_threads(_all())
        yield


@lru_cache(maxsize=1)
def _all() -> int:
    """Return how many threads PyTorch was given: all processors, or OMP_NUM_THREADS."""
    import torch  # noqa: PLC0415  # as above

    return torch.get_num_threads()
