"""Estimate how a text sounds and whether it can wait. Whatever fails: calm, and no hurry."""

from collections.abc import Mapping

import numpy as np
import structlog
from numpy.typing import NDArray

from kb.affect import UNREMARKABLE, Affect, Mood, Reason, Urgency
from retrieval.affect import cues, weights
from retrieval.affect.cues import FEATURES, LOUD, REASONS
from retrieval.affect.weights import Regression, Weights

log = structlog.get_logger()

_MOST_REASONS = 3
_URGENT_REASONS = (Reason.SAFETY, Reason.FRAUD, Reason.DEADLINE, Reason.VULNERABLE)
_OF_CUE = {str(reason): reason for reason in REASONS} | LOUD


def estimate(text: str, vector: NDArray[np.float32] | None = None, *, mark: str = "") -> Affect:
    """Return mood, urgency and what speaks for them.

    Args:
        text: what somebody wrote.
        vector: what the model makes of it; None looks at words alone.
        mark: the fingerprint of that model; of another than the weights were fitted to, the
            vector says nothing.
    """
    try:
        return judge(weights.load(), text, vector, mark)
    except Exception as error:  # noqa: BLE001  # whatever it is: nobody waits or fails for this
        log.warning("affect_unknown", kind=type(error).__name__)
        return UNREMARKABLE


def judge(
    known: Weights, text: str, vector: NDArray[np.float32] | None = None, mark: str = ""
) -> Affect:
    """Return the estimate by these weights; what is wrong is not hidden."""
    if not text.strip():
        return UNREMARKABLE
    seen = cues.read(text)
    fits = vector is not None and mark == known.fingerprint
    regressions = known.with_meaning if fits else known.alone
    meaning = np.asarray(vector if fits else (), dtype=np.float64).reshape(-1)
    mood_by, urgency_by = regressions["mood"], regressions["urgency"]
    told = np.array([seen[str(name)] for name in FEATURES])
    mood = Mood(_likeliest(mood_by, told, meaning))
    urgency = Urgency(_likeliest(urgency_by, told, meaning))
    speaking: dict[Reason, float] = {}
    if mood is not Mood.CALM:
        speaking |= _speaking(mood_by, mood, seen)
    if urgency is Urgency.URGENT:
        for reason, weight in _speaking(urgency_by, urgency, seen).items():
            if reason in _URGENT_REASONS:
                speaking[reason] = max(weight, speaking.get(reason, 0.0))
    reasons = sorted(speaking, key=lambda reason: -speaking[reason])[:_MOST_REASONS]
    is_remarkable = mood is not Mood.CALM or urgency is Urgency.URGENT
    return Affect(mood, urgency, tuple(reasons or ([Reason.TONE] if is_remarkable else [])))


def _likeliest(by: Regression, told: NDArray[np.float64], meaning: NDArray[np.float64]) -> str:
    totals = by.bias + by.cues @ told
    if by.meaning.shape[1]:
        totals = totals + by.meaning @ meaning
    return by.classes[int(np.argmax(totals))]


def _speaking(by: Regression, chosen: str, seen: Mapping[str, float]) -> dict[Reason, float]:
    """Return what was seen that speaks for the chosen class rather than for the others."""
    row = by.cues[by.classes.index(chosen)]
    found: dict[Reason, float] = {}
    for name, weight in zip(map(str, FEATURES), row, strict=True):
        reason = _OF_CUE.get(name)
        if reason is not None and seen[name] * weight > 0:
            found[reason] = max(found.get(reason, 0.0), float(seen[name] * weight))
    return found
