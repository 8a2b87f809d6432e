"""The card that travels with a model: what it was made of, how, under which licences."""

from importlib.metadata import version
from pathlib import Path

from retrieval.training import parallel
from retrieval.training.train import Recipe

_PACKAGES = ("sentence-transformers", "transformers", "torch", "tokenizers")
_CARD = """---
language: [de, en]
library_name: sentence-transformers
pipeline_tag: sentence-similarity
base_model: sentence-transformers/all-MiniLM-L6-v2
license: apache-2.0
---
# German and English sentence embeddings for help centers

384 dimensions, six layers, 16-bit weights. The English all-MiniLM-L6-v2 (Apache-2.0), taught
German:

1. **Vocabulary.** Up to {pieces} German word pieces, learnt from {aligned} sentence pairs, take
   the places of pieces no German or English text uses, and follow at the end.
2. **Meaning to start from.** IBM Model 1 over the pairs gives P(English piece | German piece); a
   new piece starts as the mean of the teacher's embeddings so weighted. No gradient is involved,
   and what English texts give stays as it was.
3. **Learning.** {steps} steps (rate {rate}, no dropout), two lessons in each. Sentences: of
   {sentences} pairs German and English both land where the teacher puts the English ({taught}
   pairs of at most {longest} characters). Articles: of {articles} articles in groups of
   neighbours, titles find their texts in all four pairings of the languages.
4. **Averaging.** Of the weights that ship, {start:.0%} are those of step 2 and the rest those of
   step 3: nearly as good on texts like those learnt from, and better on others.

Made by `lotse model train DATA --out FOLDER{without_options}`.

| | |
|---|---|
| data (sha256 over both files) | `{digest}` |
| sources left out | {without} |
| made with | {packages} |

## Data and thanks

The parallel text was published by Microsoft (documentation of Dynamics 365, Teams, Office 365 and
Partner Center, CC-BY-4.0), Adobe (Workfront and Commerce documentation, MIT), Tatoeba contributors
(via manythings.org, CC-BY-2.0-FR), shopware and Discourse (user interfaces, MIT). Sentences were
paired and filtered; the weights were learnt from them. Much of it is machine translated.

## Limits

Reads at most 256 word pieces of a text. Learnt from documentation and user interfaces: slang,
dialect and complaints were rare. Umlauts and accents are folded (schon and schön are the same to
it). For other languages than German and English it is of no use.
"""


def write(recipe: Recipe, data: Path) -> str:
    """Return the card of a model made by a recipe from data."""
    return _CARD.format(
        pieces=f"{recipe.pieces:,}",
        aligned=f"{recipe.aligned:,}",
        taught=f"{recipe.taught:,}",
        longest=recipe.longest,
        steps=recipe.pace.steps,
        rate=recipe.pace.rate,
        start=recipe.start,
        sentences=recipe.pace.sentences,
        articles=recipe.pace.articles,
        without=", ".join(recipe.without) or "none",
        without_options="".join(f" --without {name}" for name in recipe.without),
        digest=parallel.digest(data),
        packages=", ".join(f"{name} {version(name)}" for name in _PACKAGES),
    )
