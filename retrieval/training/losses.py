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
_CONTRAST = 0.3
"""Weight of keeping different sentences apart, beside landing where the teacher says."""
_ARTICLES = 0.5
"""Weight of the articles' lesson beside that of the sentences."""


class LikeTheTeacher(nn.Module):
    """|student(de) - teacher(en)|² + |student(en) - teacher(en)|² + in-batch entropy, weighted."""

    def __init__(self, model: nn.Module, teacher: Tensor) -> None:
        """Learn from vectors computed before.

        Args:
            model: the student.
            teacher: (pairs, dimensions), unit length, one row per pair.
        """
        super().__init__()
        self.model = model
        self._teacher = teacher

    def forward(self, features: Iterable[dict[str, Tensor]], labels: Tensor) -> Tensor:
        german, english = (_vectors(self.model, one) for one in features)
        taught = self._teacher[labels.to(self._teacher.device)].to(labels.device).float()
        near = _distance(german, taught) + _distance(english, taught)
        return near + _CONTRAST * _in_batch(german, taught)


class TitleToText(nn.Module):
    """Each title finds its text among those of the batch, and each text its title.

    In all four pairings of the languages: titles in German and English, texts in German and
    English.
    """

    def __init__(self, model: nn.Module) -> None:
        super().__init__()
        self.model = model

    def forward(self, features: Iterable[dict[str, Tensor]], labels: Tensor | None) -> Tensor:
        del labels  # the batch itself says what belongs together
        vectors = [_vectors(self.model, one) for one in features]
        titles, texts = vectors[:2], vectors[2:]
        losses = [
            _in_batch(title, text) + _in_batch(text, title) for title in titles for text in texts
        ]
        return _ARTICLES * torch.stack(losses).mean() / 2


def _vectors(model: nn.Module, features: dict[str, Any]) -> Tensor:
    found: Tensor = model(features)["sentence_embedding"]
    return normalize(found.float(), dim=-1)


def _distance(one: Tensor, other: Tensor) -> Tensor:
    return (one - other).square().sum(dim=-1).mean()


def _in_batch(one: Tensor, other: Tensor) -> Tensor:
    return cross_entropy(_SCALE * one @ other.T, torch.arange(len(one), device=one.device))
