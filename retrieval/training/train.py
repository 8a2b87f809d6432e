"""From parallel text to a model folder, in steps that a kill only interrupts.

Each step leaves its result in the work folder; a second run goes on with the first step whose
result is not there yet, and inside a stage from its last checkpoint.
"""

import hashlib
import json
import shutil
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import torch

from kb.terminal import Progress
from retrieval.training import parallel, student
from retrieval.training.parallel import Pair
from retrieval.training.stages import Lesson, Pace, Room, teach

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

_SHARD = 2_000
"""Sentences whose teacher's vectors are kept together on the way."""
_TOKENS = 160
"""Read of an article while learning; its beginning says what it is about."""
_PACE = Pace(rate=5e-5, sentences=32, articles=12, steps=600, warmup=30)


@dataclass(frozen=True)
class Recipe:
    """All that decides what comes out, beside the data."""

    teacher: Path
    pieces: int = 19_000
    aligned: int = 250_000
    """Pairs that the vocabulary and its translations are learnt from."""
    taught: int = 40_000
    """Pairs that are learnt from sentence by sentence."""
    longest: int = 180
    without: tuple[str, ...] = ()
    pace: Pace = _PACE
    start: float = 0.5
    """Share of the untrained student in the weights that ship."""

    @property
    def smoke(self) -> "Recipe":
        """A recipe for trying the whole way in under a minute; what it makes is no good."""
        return replace(
            self,
            pieces=200,
            aligned=200,
            taught=200,
            pace=replace(self.pace, sentences=16, articles=4, steps=12, warmup=2, save=5),
        )


def train(recipe: Recipe, data: Path, work: Path, progress: Progress) -> Path:
    """Return the folder of the trained model, in 16 bits.

    Args:
        recipe: what to do.
        data: folder with parallel text, see `retrieval.training.parallel`.
        work: where intermediate results go; a run of another recipe or data starts anew there.
        progress: told the step, what is done and what there is to do.

    Raises:
        NoParallelText: the data cannot be read.
    """
    work = work / _mark(recipe, data)
    work.mkdir(parents=True, exist_ok=True)
    everything = parallel.pairs(data, without=recipe.without)
    if not (work / "student" / "modules.json").is_file():
        progress("vocabulary", 0, 1)
        student.build(
            recipe.teacher,
            everything[: recipe.aligned],
            pieces=recipe.pieces,
            out=work / "student.new",
        )
        (work / "student.new").rename(work / "student")
    progress("vocabulary", 1, 1)
    some = [pair for pair in everything if _length(pair) <= recipe.longest][: recipe.taught]
    lesson = Lesson(some, _taught(recipe, some, work, progress))
    if not (work / "trained" / "modules.json").is_file():
        model = _load(work / "student")
        longest, model.max_seq_length = model.max_seq_length, _TOKENS
        articles = parallel.articles(data, without=recipe.without)
        teach(model, lesson, articles, recipe.pace, Room(work / "teach", progress))
        model.max_seq_length = longest
        _keep(model, work / "trained")
    if not (work / "averaged" / "modules.json").is_file():
        model = _load(work / "trained")
        average(model, _load(work / "student"), share=recipe.start)
        _keep(model, work / "averaged")
    return work / "averaged"


def average(model: "SentenceTransformer", other: "SentenceTransformer", *, share: float) -> None:
    """Move a model's weights towards another's: what was learnt stays, less of the rest is lost.

    After Wortsman et al. 2022, "Robust fine-tuning of zero-shot models": between a model and what
    became of it lie weights that are nearly as good at what was taught, and better at all else.
    """
    weights = other.state_dict()
    with torch.no_grad():
        for name, value in model.state_dict().items():
            if value.is_floating_point():
                value.lerp_(weights[name].to(value), share)


def _taught(recipe: Recipe, pairs: Sequence[Pair], work: Path, progress: Progress) -> torch.Tensor:
    """Return what the teacher says of the English sides: (pairs, dimensions), half precision."""
    folder = work / "taught"
    folder.mkdir(exist_ok=True)
    teacher: SentenceTransformer | None = None
    shards = []
    for at in range(0, len(pairs), _SHARD):
        path = folder / f"{at:07}.npy"
        if not path.is_file():
            teacher = teacher or _load(recipe.teacher, torch.bfloat16)
            said = teacher.encode(
                [pair.english for pair in pairs[at : at + _SHARD]],
                batch_size=64,
                normalize_embeddings=True,
                convert_to_tensor=True,
                show_progress_bar=False,
            )
            beside = path.with_suffix(".new.npy")
            np.save(beside, said.float().cpu().numpy().astype(np.float16))
            beside.rename(path)
        shards.append(np.load(path))
        progress("teacher", min(at + _SHARD, len(pairs)), len(pairs))
    return torch.from_numpy(np.concatenate(shards))


def _load(folder: Path, dtype: torch.dtype = torch.float32) -> "SentenceTransformer":
    from sentence_transformers import SentenceTransformer  # noqa: PLC0415  # seconds to import

    device = "cuda" if torch.cuda.is_available() else "cpu"
    return SentenceTransformer(
        str(folder), device=device, local_files_only=True, model_kwargs={"dtype": dtype}
    )


def _keep(model: "SentenceTransformer", folder: Path) -> None:
    """Write in 16 bits, whole or not at all."""
    beside = folder.with_name(f"{folder.name}.new")
    model.half().save(str(beside), create_model_card=False)
    model.float()
    beside.rename(folder)


def _mark(recipe: Recipe, data: Path) -> str:
    told = json.dumps(asdict(recipe), default=str, sort_keys=True)
    return hashlib.sha256(f"{told}{parallel.digest(data)}".encode()).hexdigest()[:12]


def _length(pair: Pair) -> int:
    return max(len(pair.english), len(pair.german))


def ship(trained: Path, out: Path, *, card: str) -> None:
    """Copy a trained model to where it is used, with its card; an earlier one there goes."""
    beside = out.with_name(f"{out.name}.new")
    shutil.rmtree(beside, ignore_errors=True)
    shutil.copytree(trained, beside)
    for weights in beside.glob("*.safetensors"):
        weights.chmod(0o644)  # saved for the owner alone; whoever serves may be another
    (beside / "README.md").write_text(card)
    shutil.rmtree(out, ignore_errors=True)
    beside.rename(out)
