"""What a model is measured by while it learns a company's words without forgetting its own.

Questions find their texts among those of the batch; and texts stay where the model put them
before it learnt.
"""

from collections.abc import Iterable, Mapping

import torch
from torch import Tensor, nn
from torch.nn.functional import cross_entropy, normalize

_SCALE = 20.0
"""Sharpness of the softmax over cosines, as sentence-transformers has it."""


class OwnText(nn.Module):
    """Each question finds its own text, and each text its question.

    Texts of the same article are neither right nor wrong for each other's questions.
    """

    def __init__(self, model: nn.Module) -> None:
        super().__init__()
        self.model = model

    def forward(self, features: Iterable[dict[str, Tensor]], labels: Tensor) -> Tensor:
        questions, texts = (_vectors(self.model, one) for one in features)
        scores = _SCALE * questions @ texts.T
        same = (labels[:, None] == labels[None, :]) & ~torch.eye(
            len(labels), dtype=torch.bool, device=labels.device
        )
        scores = scores.masked_fill(same, float("-inf"))
        own = torch.arange(len(labels), device=labels.device)
        return 0.5 * (cross_entropy(scores, own) + cross_entropy(scores.T, own))


class Anchored(nn.Module):
    """How far texts have moved from where they were: squared distance, weighted."""

    def __init__(self, model: nn.Module, before: Tensor, *, weight: float) -> None:
        """Hold texts to their vectors.

        Args:
            model: the one that learns.
            before: (texts, dimensions), unit length, as the model said before it learnt.
            weight: what a distance counts beside the other lesson.
        """
        super().__init__()
        self.model = model
        self._before = before
        self._weight = weight

    def forward(self, features: Iterable[dict[str, Tensor]], labels: Tensor) -> Tensor:
        (texts,) = features
        said = _vectors(self.model, texts)
        there = self._before[labels.to(self._before.device)].to(said.device)
        return self._weight * (said - there).square().sum(dim=-1).mean()


def _vectors(model: nn.Module, features: Mapping[str, Tensor]) -> Tensor:
    found: Tensor = model(features)["sentence_embedding"]
    return normalize(found.float(), dim=-1)
