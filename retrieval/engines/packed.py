"""A BERT computed without padding: the tokens of many texts in one row, and nothing in between.

Short texts cost what they are long, a question little more than its multiplications, and nothing
is loaded but the weights. What it computes is what sentence-transformers computes: `choice` holds
it to that on every kind of processor before it is used.
"""

import json
from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from retrieval.engines.protocols import Vectors

if TYPE_CHECKING:
    from torch import Tensor

_PARTS = (["Transformer", "Pooling"], ["Transformer", "Pooling", "Normalize"])


class Unfit(ValueError):
    """The model is built in another way than this computes."""


class _Layer(NamedTuple):
    attention: "Tensor"
    attention_bias: "Tensor"
    joined: "Tensor"
    joined_bias: "Tensor"
    norm: "Tensor"
    norm_bias: "Tensor"
    wide: "Tensor"
    wide_bias: "Tensor"
    narrow: "Tensor"
    narrow_bias: "Tensor"
    last_norm: "Tensor"
    last_norm_bias: "Tensor"


class PackedBert:
    """The weights of a folder, and how to compute with them."""

    def __init__(self, folder: Path, *, dtype: str, max_tokens: int) -> None:
        """Load.

        Args:
            folder: of a sentence-transformers model.
            dtype: what PyTorch calls the numbers to compute with.
            max_tokens: what stands further back in a text is not read.

        Raises:
            Unfit: it is no plain BERT with mean pooling.
        """
        import torch  # noqa: PLC0415  # seconds to import
        from safetensors.torch import load_file  # noqa: PLC0415  # as above
        from tokenizers import Tokenizer  # noqa: PLC0415  # as above

        config = _checked(folder)
        self._heads = int(config["num_attention_heads"])
        self._epsilon = float(config["layer_norm_eps"])
        number = getattr(torch, dtype)
        try:
            loaded = load_file(folder / "model.safetensors")
            self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        except Exception as error:  # both raise what they like
            raise Unfit from error
        kept = {name.removeprefix("bert."): value.to(number) for name, value in loaded.items()}
        self._tokenizer.no_padding()
        self._tokenizer.enable_truncation(max_tokens)
        try:
            first = "embeddings."
            self._words = kept[f"{first}word_embeddings.weight"]
            kinds = kept[f"{first}token_type_embeddings.weight"]
            self._places = kept[f"{first}position_embeddings.weight"] + kinds[0]
            self._norm = kept[f"{first}LayerNorm.weight"], kept[f"{first}LayerNorm.bias"]
            self._layers = [_layer(kept, at) for at in range(config["num_hidden_layers"])]
        except KeyError as error:
            raise Unfit from error

    def rows(self, texts: Sequence[str]) -> Vectors:
        """Return the vectors of a batch; texts of one length should stand beside each other."""
        import torch  # noqa: PLC0415  # as above
        from torch.nn import functional  # noqa: PLC0415  # as above

        read = [one.ids for one in self._tokenizer.encode_batch(list(texts))]
        sizes = [len(ids) for ids in read]
        with torch.inference_mode():
            tokens = torch.tensor([number for ids in read for number in ids])
            places = torch.tensor([place for size in sizes for place in range(size)])
            row = self._normed(self._words[tokens] + self._places[places], *self._norm)
            for layer in self._layers:
                row = self._through(layer, row, sizes)
            means = [
                row[start:end].view(count, -1, row.shape[1]).float().mean(1)
                for start, end, count in _groups(sizes)
            ]
            found = functional.normalize(torch.cat(means), dim=1)
        return np.asarray(found.numpy(), dtype=np.float32)

    def _through(self, layer: _Layer, row: "Tensor", sizes: Sequence[int]) -> "Tensor":
        from torch.nn.functional import gelu, linear  # noqa: PLC0415  # as above

        seen = self._attended(linear(row, layer.attention, layer.attention_bias), sizes)
        joined = row + linear(seen, layer.joined, layer.joined_bias)
        row = self._normed(joined, layer.norm, layer.norm_bias)
        wide = gelu(linear(row, layer.wide, layer.wide_bias))
        narrow = row + linear(wide, layer.narrow, layer.narrow_bias)
        return self._normed(narrow, layer.last_norm, layer.last_norm_bias)

    def _attended(self, row: "Tensor", sizes: Sequence[int]) -> "Tensor":
        """Let the tokens of each text look at each other: texts of one length at once."""
        from torch.nn.functional import scaled_dot_product_attention  # noqa: PLC0415  # as above

        width = row.shape[1] // 3
        seen = row.new_empty((row.shape[0], width))
        for start, end, count in _groups(sizes):
            split = row[start:end].view(count, -1, 3, self._heads, width // self._heads)
            query, key, value = split.permute(2, 0, 3, 1, 4)
            found = scaled_dot_product_attention(query, key, value)
            seen[start:end] = found.transpose(1, 2).reshape(-1, width)
        return seen

    def _normed(self, row: "Tensor", weight: "Tensor", bias: "Tensor") -> "Tensor":
        from torch.nn.functional import layer_norm  # noqa: PLC0415  # as above

        return layer_norm(row, (row.shape[1],), weight, bias, self._epsilon)


def _groups(sizes: Sequence[int]) -> Iterator[tuple[int, int, int]]:
    """Yield where neighbours of one length start and end in the row, and how many they are."""
    start = 0
    for size, same in groupby(sizes):
        count = len(list(same))
        yield start, start + count * size, count
        start += count * size


def _layer(kept: "dict[str, Tensor]", at: int) -> _Layer:
    import torch  # noqa: PLC0415  # as above

    def of(name: str) -> "tuple[Tensor, Tensor]":
        place = f"encoder.layer.{at}.{name}"
        return kept[f"{place}.weight"], kept[f"{place}.bias"]

    three = [of(f"attention.self.{name}") for name in ("query", "key", "value")]
    return _Layer(
        torch.cat([weight for weight, _ in three]),
        torch.cat([bias for _, bias in three]),
        *of("attention.output.dense"),
        *of("attention.output.LayerNorm"),
        *of("intermediate.dense"),
        *of("output.dense"),
        *of("output.LayerNorm"),
    )


def _checked(folder: Path) -> dict[str, Any]:
    """Return the model's configuration.

    Raises:
        Unfit: it says something that is not computed here.
    """
    try:
        config: dict[str, Any] = _read(folder / "config.json")
        parts = [one["type"].rsplit(".", 1)[-1] for one in _read(folder / "modules.json")]
        pooling = _read(folder / "1_Pooling" / "config.json")
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise Unfit from error
    said = folder / "config_sentence_transformers.json"
    prompt = _read(said).get("default_prompt_name") if said.is_file() else None
    is_plain = (
        config.get("model_type") == "bert"
        and config.get("hidden_act") == "gelu"
        and config.get("position_embedding_type", "absolute") == "absolute"
        and not config.get("is_decoder")
    )
    if not (is_plain and parts in _PARTS and _is_mean(pooling) and prompt is None):
        raise Unfit
    return config


def _is_mean(pooling: dict[str, Any]) -> bool:
    if "pooling_mode" in pooling:
        return bool(pooling["pooling_mode"] == "mean")
    modes = {name for name, is_on in pooling.items() if "pooling_mode" in name and is_on}
    return modes == {"pooling_mode_mean_tokens"}


def _read(path: Path) -> Any:  # noqa: ANN401  # JSON
    return json.loads(path.read_text())
