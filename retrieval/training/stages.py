"""The learning itself, on sentence-transformers' trainer: it keeps checkpoints.

Two lessons take turns in every step. Sentences: German and English both say what the teacher says
in English. Articles: titles find their texts, in all four pairings of the languages. Together,
because articles alone would let the model forget, and sentences alone do not teach to search.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import torch
from datasets import Dataset
from sentence_transformers import SentenceTransformerTrainer, SentenceTransformerTrainingArguments
from torch import nn
from torch.utils.data import BatchSampler
from transformers import TrainerCallback, TrainerControl, TrainerState, TrainingArguments

from kb.terminal import Progress
from retrieval.training.batches import SEED, ByLength, Neighbours, nearest
from retrieval.training.losses import LikeTheTeacher, TitleToText
from retrieval.training.parallel import Pair, ParallelArticle

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

_CHARACTERS = 700
"""Of an article's text that is read; more is cut by the model's limit of tokens anyway."""
_ABOUT = 200
"""Characters of its text that, beside the title, say what an article is near to."""


@dataclass(frozen=True)
class Pace:
    """How fast and how long is learnt."""

    rate: float
    sentences: int
    """Pairs of sentences in a step."""
    articles: int
    """Articles in a step, each in both languages."""
    steps: int
    warmup: int
    save: int = 100
    """Steps between checkpoints."""


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
    """Where checkpoints go, and who is told how far it is.

    A run that was cut off goes on from the last checkpoint in the folder.
    """

    folder: Path
    progress: Progress

    def last_whole(self) -> str | None:
        """Return the newest checkpoint that was written to its end: the state comes last."""
        whole = [path.parent for path in self.folder.glob("checkpoint-*/trainer_state.json")]
        newest = max(whole, key=lambda path: int(path.name.rpartition("-")[2]), default=None)
        return None if newest is None else str(newest)


class Tell(TrainerCallback):
    """Tells how many steps are done."""

    def __init__(self, progress: Progress, stage: str) -> None:
        self._progress = progress
        self._stage = stage

    def on_step_end(
        self,
        args: TrainingArguments,
        state: TrainerState,
        control: TrainerControl,
        **_: object,
    ) -> None:
        del args, control  # the trainer passes them to every callback
        self._progress(self._stage, state.global_step, state.max_steps)


def teach(
    model: "SentenceTransformer",
    lesson: Lesson,
    articles: Sequence[ParallelArticle],
    pace: Pace,
    room: Room,
) -> None:
    """Teach the model sentences and articles in turns; it is changed in place."""
    near = nearest(
        model, [f"{one.english_title}\n{one.english_body[:_ABOUT]}" for one in articles]
    )
    without_dropout(model)
    cuda = torch.cuda.is_available()
    arguments = SentenceTransformerTrainingArguments(
        output_dir=str(room.folder),
        use_cpu=not cuda,
        bf16=True,
        max_steps=pace.steps,
        gradient_accumulation_steps=2,  # a batch of each lesson makes a step
        multi_dataset_batch_sampler="round_robin",
        learning_rate=pace.rate,
        warmup_steps=pace.warmup,
        save_steps=pace.save,
        save_total_limit=1,
        logging_steps=50,
        disable_tqdm=True,
        report_to=[],
        seed=SEED,
        dataloader_pin_memory=cuda,
    )
    trainer = _Trainer(
        model=model,
        args=arguments,
        train_dataset={"sentences": lesson.rows, "articles": _rows(articles)},
        loss={
            "sentences": LikeTheTeacher(model, lesson.taught),
            "articles": TitleToText(model),
        },
        callbacks=[Tell(room.progress, room.folder.name)],
    )
    trainer.pace = pace
    trainer.lengths = [len(pair.german) for pair in lesson.pairs]
    trainer.near = near
    trainer.train(resume_from_checkpoint=room.last_whole())


def without_dropout(model: nn.Module) -> None:
    """Switch dropout off: a student that is asked for exact vectors only learns its noise."""
    for part in model.modules():
        if isinstance(part, nn.Dropout):
            part.p = 0.0


def _rows(articles: Sequence[ParallelArticle]) -> Dataset:
    return Dataset.from_dict(
        {
            "german_title": [one.german_title for one in articles],
            "english_title": [one.english_title for one in articles],
            "german_text": [one.german_body[:_CHARACTERS] for one in articles],
            "english_text": [one.english_body[:_CHARACTERS] for one in articles],
        }
    )


class _Trainer(SentenceTransformerTrainer):
    """The library's trainer, with a batch size and an order of its own for each lesson."""

    pace: Pace
    lengths: Sequence[int]
    near: Sequence[Sequence[int]]

    def get_batch_sampler(
        self,
        dataset: Dataset,
        batch_size: int,
        drop_last: bool,  # noqa: FBT001  # the trainer's own signature
        *rest: Any,  # noqa: ANN401  # as above
        **options: Any,  # noqa: ANN401  # as above
    ) -> BatchSampler | None:
        del batch_size  # one for all lessons
        if "label" in dataset.column_names:
            size = min(self.pace.sentences, len(dataset))
            return ByLength(self.lengths, dataset, size, drop_last, *rest, **options)
        size = min(self.pace.articles, len(dataset))
        return Neighbours(self.near, dataset, size, drop_last, *rest, **options)
