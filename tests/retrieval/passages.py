"""A passage to quote from, without a database."""

from kb.access import Audience
from retrieval.results import Kind, Passage


def passage(text: str, *, locale: str = "de") -> Passage:
    return Passage(
        kind=Kind.PUBLIC,
        chunk_id="r1.1",
        family_id=1,
        source_id=1,
        locale=locale,
        title="Router",
        slug="router",
        section="",
        anchor="",
        text=text,
        ordinal=1,
        audience=Audience.PUBLIC,
    )
