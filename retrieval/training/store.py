"""The embedding models of one home: a folder each, with weights, a card and how they came about.

A model never changes once it is there: what was measured of it stays true of it, and collections
made by it can be told by its weights.
"""

import json
import re
from dataclasses import asdict, dataclass
from pathlib import Path

from retrieval.engines.embedder import ENGLISH, bundled
from retrieval.index.models import BUNDLED

_MADE = "made.json"
_NAME = re.compile(r"[a-z0-9][a-z0-9._-]{0,63}")


@dataclass(frozen=True)
class HeldOut:
    """The mean reciprocal rank of the right article on the held-out part, before and after."""

    questions: int
    before: float
    after: float
    low: float
    """The middle 95 % of what resampling gives for the difference."""
    high: float

    @property
    def is_better(self) -> bool:
        """Chance alone would hardly have brought this difference."""
        return self.low > 0


@dataclass(frozen=True)
class Made:
    """How a model came about."""

    made_from: str
    """The name of the model that learnt."""
    data_digest: str
    pairs: int
    made_at: str
    held_out: HeldOut


@dataclass(frozen=True)
class Stored:
    """A model that can be put to service."""

    name: str
    folder: Path
    made: Made | None = None

    @property
    def size(self) -> int:
        """Bytes on disk."""
        return sum(file.stat().st_size for file in self.folder.rglob("*") if file.is_file())


def stored(models_folder: Path) -> list[Stored]:
    """Return the bundled model, the English one where it is installed, and this home's own."""
    told = [(name, bundled("" if name == BUNDLED else name)) for name in (BUNDLED, ENGLISH)]
    found = [Stored(name, folder) for name, folder in told if folder is not None]
    folders = sorted(models_folder.iterdir()) if models_folder.is_dir() else []
    own = [Stored(one.name, one, read(one)) for one in folders if is_model(one)]
    return found + own


def is_model(folder: Path) -> bool:
    return (folder / "modules.json").is_file() and _NAME.fullmatch(folder.name) is not None


def is_free(models_folder: Path, name: str) -> bool:
    """Say whether a new model may have this name."""
    is_name = _NAME.fullmatch(name) is not None and name not in (BUNDLED, ENGLISH.lower())
    return is_name and not (models_folder / name).exists()


def read(folder: Path) -> Made | None:
    """Return how a model came about, or None for one that came from elsewhere."""
    try:
        told = json.loads((folder / _MADE).read_text())
        return Made(**{**told, "held_out": HeldOut(**told["held_out"])})
    except (OSError, ValueError, KeyError, TypeError):
        return None


def write(folder: Path, made: Made) -> None:
    (folder / _MADE).write_text(json.dumps(asdict(made), indent=2) + "\n")
