"""A text in a model's words for somebody of the staff: asked for, checked, kept as a snapshot.

Nobody holds the database meanwhile: a model takes seconds. Where it is not asked, because there is
none, or the day or the hour had enough, that is said; what was there before stays.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum
from typing import Any

import structlog
from sqlalchemy import Engine

from kb import clock
from kb.config import Config
from kb.db import transaction
from kb.errors import Problem
from kb.generation import actions, queries
from kb.generation.models import GeneratedText, GenerationState, Purpose
from retrieval.assembly import Retrieval
from retrieval.generation.composing import Composed
from retrieval.generation.numbered import Numbered, NumberedPassage
from retrieval.generation.support import Checked

log = structlog.get_logger()


class Spared(StrEnum):
    """Why a model was not asked at all."""

    NO_MODEL = "no model"
    DAY = "day spent"
    HOUR = "hour spent"
    UNCHECKED = "cannot be checked"


@dataclass(frozen=True)
class Wanted:
    """A text somebody asks for."""

    purpose: Purpose
    prompt: str
    sources: Sequence[Numbered]
    locale: str
    asked_by: int
    values: Mapping[str, str] = field(default_factory=dict)
    """Inputs of the prompt besides its passages and its language."""
    case_id: int | None = None
    translation_id: int | None = None
    basis: str = ""
    """Digest of what it is made from."""
    leading: int = 0
    """The number of a source that the text must rest on; nought: on any."""


def generated(
    engine: Engine, config: Config, retrieval: Retrieval | None, wanted: Wanted
) -> GeneratedText:
    """Ask for a text and keep what came of it; one that was not asked for is not kept.

    The caller has no transaction open. What holds are the `kept` parts of what is returned.
    """
    spared = _spared(engine, config, retrieval, wanted)
    if retrieval is None or spared is not None:
        return _nothing(wanted, spared or Spared.NO_MODEL)
    try:
        told = retrieval.compose(wanted.prompt, wanted.values, wanted.sources, wanted.locale)
    except Problem as problem:
        log.warning("text_unavailable", kind=type(problem).__name__)
        return _nothing(wanted, Spared.UNCHECKED)
    if told is None:
        return _nothing(wanted, Spared.NO_MODEL)
    made = _made(wanted, told)
    log.info(
        "text_worded",
        purpose=str(made.purpose),
        state=str(made.state),
        dropped=len(told.dropped),
    )
    with transaction(engine) as own:
        return actions.keep_text(own, made)


def has_model(retrieval: Retrieval | None) -> bool:
    """Tell whether there is a model to ask."""
    return retrieval is not None and retrieval.has_words_of_its_own


def _spared(
    engine: Engine, config: Config, retrieval: Retrieval | None, wanted: Wanted
) -> Spared | None:
    if not has_model(retrieval):
        return Spared.NO_MODEL
    with transaction(engine) as own:
        spent = queries.tokens_since(own, clock.now() - timedelta(days=1))
        if 0 < config.llm_tokens_per_day <= spent:
            log.warning("tokens_of_the_day_spent", tokens=spent)
            return Spared.DAY
        asked = queries.texts_since(own, wanted.asked_by, clock.now() - timedelta(hours=1))
    return Spared.HOUR if 0 < config.llm_texts_per_hour <= asked else None


def _nothing(wanted: Wanted, why: Spared) -> GeneratedText:
    return GeneratedText(
        purpose=wanted.purpose, state=GenerationState.NOT_ASKED, trouble=why, locale=wanted.locale
    )


def _made(wanted: Wanted, told: Composed[Numbered]) -> GeneratedText:
    said = told.said
    state = GenerationState(told.ended)
    rests_on = {number for one in told.kept for number in one.part.numbers}
    if state is GenerationState.SHOWN and wanted.leading and wanted.leading not in rests_on:
        state = GenerationState.BESIDE_THE_POINT
    return GeneratedText(
        purpose=wanted.purpose,
        locale=wanted.locale,
        case_id=wanted.case_id,
        translation_id=wanted.translation_id,
        asked_by=wanted.asked_by,
        basis=wanted.basis,
        state=state,
        parts=[_part(one) for one in (*told.kept, *told.dropped)],
        sources=[_source(one) for one in told.sources],
        prompt=told.prompt.title if told.prompt else "",
        prompt_digest=told.prompt.digest if told.prompt else "",
        model=told.model,
        trouble=told.trouble,
        tokens_in=said.tokens_in if said else 0,
        tokens_out=said.tokens_out if said else 0,
        milliseconds=said.seconds * 1_000 if said else 0.0,
    )


def _part(one: Checked) -> dict[str, Any]:
    return {
        "text": one.part.text,
        "numbers": list(one.part.numbers),
        "flaw": str(one.flaw) if one.flaw else None,
        "shared": one.shared,
        "near": one.near,
    }


def _source(one: Numbered) -> dict[str, Any]:
    told: dict[str, Any] = {"number": one.number, "title": one.title, "section": one.section}
    if isinstance(one, NumberedPassage):
        told |= {"revision": one.passage.source_id, "anchor": one.passage.anchor}
    return told
