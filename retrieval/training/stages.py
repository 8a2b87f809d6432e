"""The two stages of learning, on sentence-transformers' trainer: it keeps checkpoints."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import torch
from datasets import Dataset
from sentence_transformers import SentenceTransformerTrainer, SentenceTransformerTrainingArguments
from sentence_transformers.base.sampler import DefaultBatchSampler
from torch import nn
from torch.utils.data import BatchSampler
from transformers import TrainerCallback, TrainerControl, TrainerState, TrainingArguments

from kb.terminal import Progress
from retrieval.training.losses import LikeTheTeacher, QuestionToArticle
from retrieval.training.parallel import Pair, ParallelArticle

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

_CHARACTERS = 700
"""Of an article's text that is read; more is cut by the model's limit of tokens anyway."""
_SEED = 20_260_101
_WINDOW = 50
"""Batches that are sorted by length together: little padding, still a mix in every batch."""


@dataclass(frozen=True)
class Pace:
    """How fast and how long a stage learns."""

    rate: float
    batch: int
    steps: int
    warmup: int
    save: int = 200
    """Steps between checkpoints."""


class ByLength(DefaultBatchSampler):
    """Batches of sentences of like length, in a fixed random order."""

    def __init__(
        self,
        lengths: Sequence[int],
        *rest: Any,  # noqa: ANN401  # the trainer's own
        **options: Any,  # noqa: ANN401  # as above
    ) -> None:
        super().__init__(*rest, **options)
        self.lengths = lengths

    def __iter__(self) -> Iterator[list[int]]:
        random = torch.Generator().manual_seed(_SEED + getattr(self, "epoch", 0))
        order = torch.randperm(len(self.lengths), generator=random).tolist()
        window = self.batch_size * _WINDOW
        batches = []
        for at in range(0, len(order), window):
            part = sorted(order[at : at + window], key=lambda one: self.lengths[one])
            batches += [
                part[i : i + self.batch_size] for i in range(0, len(part), self.batch_size)
            ]
        full = [batch for batch in batches if len(batch) == self.batch_size]
        for at in torch.randperm(len(full), generator=random).tolist():
            yield full[at]

    def __len__(self) -> int:
        return len(self.lengths) // self.batch_size


@dataclass(frozen=True)
class Lesson:
    """Parallel sentences, and what the teacher says of their English side."""

    pairs: Sequence[Pair]
    taught: torch.Tensor
    """(pairs, dimensions), unit length."""

    @property
    def rows(self) -> Dataset:
        return Dataset.from_dict(
            {
                "german": [pair.german for pair in self.pairs],
                "english": [pair.english for pair in self.pairs],
                "label": list(range(len(self.pairs))),
            }
        )


@dataclass(frozen=True)
class Room:
    """Where a stage leaves checkpoints, and whom it tells how far it is.

    A run that was cut off goes on from the last checkpoint in the folder.
    """

    folder: Path
    progress: Progress


def distil(model: "SentenceTransformer", lesson: Lesson, pace: Pace, room: Room) -> None:
    """Teach the model to say in both languages what the teacher says in English."""
    loss = LikeTheTeacher(model, lesson.taught)
    lengths = tuple(len(pair.german) for pair in lesson.pairs)
    _train(model, {"pairs": lesson.rows}, {"pairs": loss}, pace, room, lengths)


def sharpen(
    model: "SentenceTransformer",
    found: Sequence[ParallelArticle],
    lesson: Lesson,
    pace: Pace,
    room: Room,
) -> None:
    """Teach the model to find articles by their titles, in all four pairings of the languages.

    Distillation goes on beside it, so that what was learnt is kept.
    """
    titles, texts = [], []
    for one in found:
        for title in (one.german_title, one.english_title):
            for body in (one.german_body, one.english_body):
                titles.append(title)
                texts.append(body[:_CHARACTERS])
    articles = Dataset.from_dict({"title": titles, "text": texts})
    loss = {
        "articles": QuestionToArticle(model),
        "sentences": LikeTheTeacher(model, lesson.taught),
    }
    _train(model, {"articles": articles, "sentences": lesson.rows}, loss, pace, room)


class _Tell(TrainerCallback):
    """Tells how many steps are done."""

    def __init__(self, room: Room) -> None:
        self._room = room

    def on_step_end(
        self,
        args: TrainingArguments,
        state: TrainerState,
        control: TrainerControl,
        **_: object,
    ) -> None:
        del args, control  # the trainer passes them to every callback
        self._room.progress(self._room.folder.name, state.global_step, state.max_steps)


class _Trainer(SentenceTransformerTrainer):
    """The library's trainer, with batches by length where lengths are known."""

    lengths: Sequence[int] = ()

    def get_batch_sampler(
        self,
        dataset: Dataset,
        batch_size: int,
        drop_last: bool,  # noqa: FBT001  # the trainer's own signature
        *rest: Any,  # noqa: ANN401  # as above
        **options: Any,  # noqa: ANN401  # as above
    ) -> BatchSampler | None:
        if not self.lengths:
            return super().get_batch_sampler(dataset, batch_size, drop_last, *rest, **options)
        return ByLength(self.lengths, dataset, batch_size, drop_last, *rest, **options)


def _train(
    model: "SentenceTransformer",
    rows: dict[str, Dataset],
    loss: dict[str, nn.Module],
    pace: Pace,
    room: Room,
    lengths: tuple[int, ...] = (),
) -> None:
    cuda = torch.cuda.is_available()
    arguments = SentenceTransformerTrainingArguments(
        output_dir=str(room.folder),
        use_cpu=not cuda,
        bf16=True,
        max_steps=pace.steps,
        per_device_train_batch_size=pace.batch,
        learning_rate=pace.rate,
        warmup_steps=pace.warmup,
        save_steps=pace.save,
        save_total_limit=1,
        logging_steps=50,
        disable_tqdm=True,
        report_to=[],
        seed=_SEED,
        dataloader_pin_memory=cuda,
    )
    tell = _Tell(room)
    trainer = _Trainer(
        model=model, args=arguments, train_dataset=rows, loss=loss, callbacks=[tell]
    )
    trainer.lengths = lengths
    trainer.train(resume_from_checkpoint=_last_whole(room.folder))


def _last_whole(folder: Path) -> str | None:
    """Return the newest checkpoint that was written to its end: the state comes last."""
    whole = [path.parent for path in folder.glob("checkpoint-*/trainer_state.json")]
    newest = max(whole, key=lambda path: int(path.name.rpartition("-")[2]), default=None)
    return None if newest is None else str(newest)
