"""The lesson of a home's own words, on sentence-transformers' trainer: it keeps checkpoints.

Two take turns in every step: questions find their texts, and texts stay where they were.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import torch
from datasets import Dataset
from sentence_transformers import (
    SentenceTransformer,
    SentenceTransformerTrainer,
    SentenceTransformerTrainingArguments,
)
from torch import Tensor

from retrieval.training.anchored import Anchored, OwnText
from retrieval.training.own import Example
from retrieval.training.stages import Room, Tell

_SEED = 20_260_101


@dataclass(frozen=True)
class Pace:
    """How fast and how long is learnt."""

    rate: float = 2e-5
    batch: int = 16
    rounds: int = 3
    """How often each pair is seen, within the limits."""
    fewest: int = 40
    most: int = 600
    anchor: float = 2.0
    save: int = 25
    smoke: bool = False

    def steps(self, pairs: int) -> int:
        if self.smoke:
            return 8
        return max(self.fewest, min(self.most, self.rounds * pairs // self.batch))


SMOKE = replace(Pace(), batch=8, save=3, smoke=True)


@dataclass(frozen=True)
class Lesson:
    """What is learnt, and what is held to."""

    examples: Sequence[Example]
    anchors: Sequence[str]
    before: Tensor
    """(anchors, dimensions): where the model that learns put them."""


def learn(model: SentenceTransformer, lesson: Lesson, pace: Pace, room: Room) -> None:
    """Teach the model, in place; a run that was cut off goes on from its last checkpoint."""
    pairs = Dataset.from_dict(
        {
            "question": [one.question for one in lesson.examples],
            "text": [one.text for one in lesson.examples],
            "label": [one.family for one in lesson.examples],
        }
    )
    numbers = list(range(len(lesson.anchors)))
    held = Dataset.from_dict({"text": list(lesson.anchors), "label": numbers})
    steps, cuda = pace.steps(len(lesson.examples)), torch.cuda.is_available()
    arguments = SentenceTransformerTrainingArguments(
        output_dir=str(room.folder),
        use_cpu=not cuda,
        bf16=True,
        max_steps=steps,
        per_device_train_batch_size=pace.batch,
        gradient_accumulation_steps=2,  # a batch of each lesson makes a step
        multi_dataset_batch_sampler="round_robin",
        learning_rate=pace.rate,
        warmup_steps=steps // 10,
        save_steps=pace.save,
        save_total_limit=1,
        logging_steps=50,
        disable_tqdm=True,
        report_to=[],
        seed=_SEED,
        dataloader_pin_memory=cuda,
    )
    SentenceTransformerTrainer(
        model=model,
        args=arguments,
        train_dataset={"pairs": pairs, "anchors": held},
        loss={
            "pairs": OwnText(model),
            "anchors": Anchored(model, lesson.before, weight=pace.anchor),
        },
        callbacks=[Tell(room.progress, "learn")],
    ).train(resume_from_checkpoint=room.last_whole())
