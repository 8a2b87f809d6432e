"""What the student is measured by while it learns.

Distillation after Reimers and Gurevych 2020, "Making Monolingual Sentence Embeddings Multilingual
using Knowledge Distillation": a sentence and its translation both land where the teacher puts the
English one. In-batch cross-entropy keeps different sentences apart.
"""

from collections.abc import Iterable
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn.functional import cross_entropy, normalize

_SCALE = 20.0
"""Sharpness of the softmax over cosines, as sentence-transformers has it."""


class LikeTheTeacher(nn.Module):
    """|student(de) - teacher(en)|² + |student(en) - teacher(en)|² + in-batch entropy, weighted."""

    def __init__(
        self,
        model: nn.Module,
        teacher: Tensor,
        *,
        english: float = 0.5,
        contrast: float = 0.3,
    ) -> None:
        """Learn from vectors computed before.

        Args:
            model: the student.
            teacher: (pairs, dimensions), unit length, one row per pair.
            english: share of each batch whose English side is learnt, too.
            contrast: weight of the in-batch cross-entropy.
        """
        super().__init__()
        self.model = model
        self._teacher = teacher
        self._english = english
        self._contrast = contrast

    def forward(self, features: Iterable[dict[str, Tensor]], labels: Tensor) -> Tensor:
        german, english = features
        taught = self._teacher[labels.to(self._teacher.device)].to(labels.device).float()
        said = _vectors(self.model, german)
        loss = _distance(said, taught)
        loss = loss + self._contrast * _in_batch(said, taught)
        some = round(len(taught) * self._english)
        if some:
            part = {name: value[:some] for name, value in english.items() if _is_rows(value)}
            loss = loss + self._english * _distance(_vectors(self.model, part), taught[:some])
        return loss


class QuestionToArticle(nn.Module):
    """Each title finds its own text among those of the batch, and each text its title."""

    def __init__(self, model: nn.Module) -> None:
        super().__init__()
        self.model = model

    def forward(self, features: Iterable[dict[str, Tensor]], labels: Tensor | None) -> Tensor:
        del labels  # the batch itself says what belongs together
        titles, texts = (_vectors(self.model, one) for one in features)
        return 0.5 * (_in_batch(titles, texts) + _in_batch(texts, titles))


def _vectors(model: nn.Module, features: dict[str, Any]) -> Tensor:
    found: Tensor = model(features)["sentence_embedding"]
    return normalize(found.float(), dim=-1)


def _distance(one: Tensor, other: Tensor) -> Tensor:
    return (one - other).square().sum(dim=-1).mean()


def _in_batch(one: Tensor, other: Tensor) -> Tensor:
    return cross_entropy(_SCALE * one @ other.T, torch.arange(len(one), device=one.device))


def _is_rows(value: object) -> bool:
    return isinstance(value, Tensor)
