"""What can be seen in a text at a glance: words that tell, shouting, courtesy; each 0 to 1.5.

A word that is negated tells nothing ("no emergency"), and a name in capitals is no shouting.
"""

import re
from collections.abc import Mapping

from kb.affect import Reason
from retrieval.affect.lexicon import ASKING, NEGATION, PATTERNS, POLITE, RELAXED, STRONG
from retrieval.language.words import fold, written_out

LONGEST = 4_000
"""Letters that are looked at: who writes more has said it by then."""
_REACH = 40
"""Letters before a word in which a negation is looked for."""
_FEW_WORDS = 5
_SHOUTED = 4
"""Letters from which a word in capitals may be shouted; shorter ones are names: SIM, PDF."""
_NAMES = frozenset("WLAN ESIM IBAN HDMI DSL MBIT HTTP HTTPS WIFI VDSL VOIP GMBH JPEG".split())
_CAPITALS = re.compile(r"\b[A-ZÄÖÜ]{4,}\b")
_WORD = re.compile(r"[^\W\d_]{2,}")
_LOUD = re.compile(r"[!?]{2,}|([a-zäöü])\1{3,}", re.IGNORECASE)


def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{pattern})(?!\w)", re.VERBOSE)


_TOLD = {reason: _compiled(pattern) for reason, pattern in PATTERNS.items()}
_MANNERS = {
    "polite": _compiled(POLITE),
    "strong": _compiled(STRONG),
    "relaxed": _compiled(RELAXED),
}
_ASKS = re.compile(rf"\W*(?:\w+[,!]\s+)?(?:{ASKING})\b", re.VERBOSE)
FEATURES = (
    *_TOLD,
    "capitals",
    "marks",
    "one_mark",
    *_MANNERS,
    "asks",
    "brief",
    "few",
    "length",
    "figures",
)


def read(text: str) -> Mapping[str, float]:
    """Return every cue by name."""
    seen = text[:LONGEST]
    plain = written_out(fold(seen))
    words = _WORD.findall(seen)
    found = {str(reason): _amount(_meant(pattern, plain)) for reason, pattern in _TOLD.items()}
    found |= {name: _amount(len(pattern.findall(plain))) for name, pattern in _MANNERS.items()}
    shouted = [word for word in _CAPITALS.findall(seen) if word not in _NAMES]
    found["capitals"] = _amount(len(shouted))
    found["marks"] = _amount(len(_LOUD.findall(seen)))
    found["one_mark"] = 1.0 if "!" in seen else 0.0
    found["asks"] = 1.0 if _ASKS.match(plain) and "?" in seen else 0.0
    found["brief"] = 1.0 if len(words) <= _FEW_WORDS else 0.0
    found["few"] = 1.0 if found["brief"] and not re.search(r"[.!?]", seen) else 0.0
    found["length"] = min(len(words) / 60, 1.5)
    found["figures"] = 1.0 if re.search(r"\d", seen) else 0.0
    return found


def _meant(pattern: re.Pattern[str], plain: str) -> int:
    """Count different words found that no negation stands before."""
    return len(
        {
            match.group()
            for match in pattern.finditer(plain)
            if not NEGATION.search(plain[max(match.start() - _REACH, 0) : match.start()])
        }
    )


def _amount(count: int) -> float:
    return (0.0, 1.0, 1.5)[min(count, 2)]


REASONS = tuple(_TOLD)
LOUD = {"capitals": Reason.LOUD, "marks": Reason.LOUD}
