"""Which way of computing the embeddings is the fastest here, of those that mean the same.

The reference is fp32 as sentence-transformers computes it. A way is equal if every fixed text,
short and long, German and English, has nearly the reference's vector. So vectors of two ways may
stand in one collection, and the way is no part of its fingerprint. What was found is kept per
processor, version of PyTorch, and model.
"""

import json
import platform
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from enum import StrEnum
from importlib.metadata import version
from pathlib import Path
from threading import get_ident
from time import perf_counter, thread_time
from typing import Protocol

import numpy as np
import structlog

from kb.config import EmbeddingPrecision
from retrieval.engines.packed import Unfit
from retrieval.engines.protocols import Vectors

log = structlog.get_logger()

EQUAL = 0.999
"""The least cosine to the reference, of any text, that counts as the same vector."""
_ROUND = 1
"""Raised when a way is added or computed differently: what was kept before counts no more."""
_KEPT = 20
_FLAGS = frozenset({"avx2", "avx512f", "avx512_vnni", "avx512_bf16", "amx_bf16", "bf16", "sve"})
_REMEMBERED: dict[str, "Way"] = {}
_BF16 = frozenset({"avx512_bf16", "amx_bf16", "bf16"})

QUESTIONS = (
    "Wie kündige ich meinen Vertrag?",
    "router reset geht nicht",
    "My bill is higher than last month, why?",
    "eSIM auf ein neues Handy mitnehmen",
)
_GERMAN = (
    "Öffnen Sie die Einstellungen und wählen Sie Ihr Gerät aus. Halten Sie die Taste an der "
    "Rückseite zehn Sekunden lang gedrückt, bis die Lampe grün blinkt, und warten Sie dann zwei "
    "Minuten. Ist die Verbindung danach noch gestört, prüfen Sie Kabel und Passwort. "
)
_ENGLISH = (
    "Sign in to your account and open the list of invoices. Every item shows its period and its "
    "price; amounts for part of a month are calculated by the day. If you paid twice, we return "
    "the difference within fourteen days, without being asked. "
)
PASSAGES = (_GERMAN * 9, _GERMAN * 3, _ENGLISH * 3, _GERMAN + _ENGLISH, _ENGLISH)


class Way(StrEnum):
    """How to compute: without padding, or by sentence-transformers; in 16 bits or in 32."""

    PACKED_BF16 = "packed-bf16"
    PACKED_FP32 = "packed-fp32"
    LIBRARY_BF16 = "library-bf16"
    LIBRARY_FP32 = "library-fp32"

    @property
    def dtype(self) -> str:
        """What PyTorch calls the numbers."""
        return "bfloat16" if self.value.endswith("bf16") else "float32"

    @property
    def is_packed(self) -> bool:
        return self.value.startswith("packed")


REFERENCE = Way.LIBRARY_FP32


class Runner(Protocol):
    """A model that is loaded, to be computed in one way."""

    def rows(self, texts: Sequence[str]) -> Vectors:
        """Return a vector of length 1 for each text of a batch."""
        ...


@dataclass(frozen=True)
class Trial:
    """What one way showed, on one processor."""

    way: Way
    cosine: float
    """Of the text that came out least like the reference."""
    question: float
    """Milliseconds of a processor for a question, and for a passage."""
    passage: float


def fastest(trials: Iterable[Trial], wanted: EmbeddingPrecision) -> Way:
    """Return the fastest way that means the same; questions and passages count alike.

    A precision that was asked for is obeyed: then only the way to compute it is chosen.
    """
    equal = [one for one in trials if one.cosine >= EQUAL and one.way in ways(wanted)]
    if equal:
        return min(equal, key=lambda one: one.question * one.passage).way
    return Way.LIBRARY_BF16 if wanted is EmbeddingPrecision.BF16 else REFERENCE


def ways(wanted: EmbeddingPrecision) -> tuple[Way, ...]:
    """Return what may be chosen from; 16 bits only where the processor computes with them."""
    sixteen, full = (Way.PACKED_BF16, Way.LIBRARY_BF16), (Way.PACKED_FP32, Way.LIBRARY_FP32)
    if wanted is EmbeddingPrecision.AUTO:
        return (*sixteen, *full) if _BF16 & _processor()[1] else full
    return sixteen if wanted is EmbeddingPrecision.BF16 else full


def measure(
    candidates: Iterable[Way], load: Callable[[Way], Runner], *, on_processor: bool
) -> list[Trial]:
    """Try every way on the fixed texts, on this thread; what does not fit the model is left out.

    Args:
        candidates: what to try beside the reference.
        load: loads the model to be computed in a way; raises Unfit if it cannot be.
        on_processor: count the time of the processor, which other work does not spoil.
    """
    clock = thread_time if on_processor else perf_counter
    reference: Vectors | None = None
    trials = []
    for way in (REFERENCE, *(one for one in candidates if one is not REFERENCE)):
        try:
            runner = load(way)
        except Unfit:
            continue
        rows = _rows(runner)
        reference = rows if reference is None else reference
        trials.append(
            Trial(
                way,
                cosine=round(float((rows * reference).sum(axis=1).min()), 6),
                question=_took(runner, [[one] for one in QUESTIONS], clock),
                passage=_took(runner, [PASSAGES], clock),
            )
        )
    return trials


class Choices:
    """What was chosen before: kept in a file if there is one, and in this process."""

    def __init__(self, file: Path | None, remembered: dict[str, Way] | None = None) -> None:
        self._file = file
        self._remembered = _REMEMBERED if remembered is None else remembered

    def way(self, key: str, wanted: EmbeddingPrecision, try_: Callable[[], list[Trial]]) -> Way:
        """Return what was chosen under this key, or measure, choose, and keep it."""
        known = self._remembered.get(key) or self._kept(key, wanted)
        if known is None:
            trials = try_()
            known = fastest(trials, wanted)
            log.info("embedding_way_chosen", way=known.value, tried=len(trials))
            self._keep(key, known, trials)
        self._remembered[key] = known
        return known

    def _kept(self, key: str, wanted: EmbeddingPrecision) -> Way | None:
        said = self._read().get(key, {}).get("way")
        return next((one for one in ways(wanted) if one == said), None)

    def _keep(self, key: str, way: Way, trials: Sequence[Trial]) -> None:
        if self._file is None:
            return
        record = {"way": way, "trials": [asdict(one) for one in trials]}
        every = {**{k: v for k, v in self._read().items() if k != key}, key: record}
        beside = self._file.with_suffix(f".{get_ident()}.new")
        try:
            self._file.parent.mkdir(parents=True, exist_ok=True)
            beside.write_text(json.dumps(dict(list(every.items())[-_KEPT:]), indent=2))
            beside.replace(self._file)
        except OSError:  # then it is measured again at the next start
            log.warning("embedding_way_not_kept")

    def _read(self) -> Mapping[str, dict[str, object]]:
        try:
            found = json.loads(self._file.read_text()) if self._file else {}
        except (OSError, ValueError):
            return {}
        return {k: v for k, v in found.items() if isinstance(v, dict)}


def key(digest: str, wanted: EmbeddingPrecision, device: str) -> str:
    """Name what a choice holds for: another processor, PyTorch or model is measured anew."""
    name, flags = _processor()
    torch = version("torch")
    return "; ".join([name, *sorted(flags), device, torch, digest[:16], wanted, str(_ROUND)])


def _processor() -> tuple[str, frozenset[str]]:
    """Return the name of the processor, and what of it matters here."""
    try:
        lines = Path("/proc/cpuinfo").read_text().split("\n\n", 1)[0].splitlines()
    except OSError:
        return platform.processor() or platform.machine(), frozenset()
    said = {k.strip(): v.strip() for k, _, v in (line.partition(":") for line in lines)}
    named = ("vendor_id", "model name", "cpu family", "model", "CPU part")
    name = " ".join(said[one] for one in named if one in said)
    flags = said.get("flags", said.get("Features", "")).split()
    return name or platform.machine(), _FLAGS & set(flags)


def _rows(runner: Runner) -> Vectors:
    alone = [runner.rows([one]) for one in QUESTIONS]
    return np.concatenate([*alone, runner.rows(PASSAGES)])


def _took(runner: Runner, batches: Sequence[Sequence[str]], clock: Callable[[], float]) -> float:
    """Return milliseconds per text, of the better of two rounds."""
    rounds = []
    for _ in range(2):
        started = clock()
        for batch in batches:
            runner.rows(batch)
        rounds.append(clock() - started)
    return round(min(rounds) * 1000 / sum(len(batch) for batch in batches), 3)
