"""From what kb holds to chunks: one lead for the whole article, then its pieces."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlmodel import Session

from kb.articles import devices
from kb.articles import queries as articles
from kb.cases import queries as cases
from kb.db import stored_id
from kb.passages.models import Chunk, Source, chunk_id
from retrieval.engines.protocols import Embedder
from retrieval.index import chunking
from retrieval.index.plain import plain
from retrieval.results import Kind

_RESERVED = 34
"""Tokens kept free for the title and headings in front of a piece, and the model's own two."""
_LEAD_LETTERS = 1_400
"""No model reads more of a lead; what follows would only be thrown away."""


@dataclass(frozen=True)
class Document:
    """A revision or a solution, as the indexer sees it."""

    source: Source
    source_id: int
    family_id: int
    locale: str
    title: str
    lead: str
    body: str
    phrases: str = ""
    """Ways customers ask, one a line."""


def load(session: Session, kind: Kind, source_ids: Sequence[int]) -> list[Document]:
    """Return the documents behind these revision ids, or solution ids."""
    if kind is Kind.SOLUTIONS:
        return [
            Document(
                source=Source.SOLUTION,
                source_id=stored_id(solution.id),
                family_id=solution.case_id,
                locale=solution.locale,
                title=solution.subject,
                lead=solution.environment,
                body=f"{solution.problem}\n\n{solution.resolution}",
            )
            for solution in cases.by_id(session, source_ids)
        ]
    return [
        Document(
            source=Source.REVISION,
            source_id=stored_id(revision.id),
            family_id=translation.article_id,
            locale=translation.locale,
            title="" if _repeats(revision.title, revision.body) else revision.title,
            lead=". ".join([revision.summary, ", ".join(revision.tags)]).strip(". "),
            body=revision.body,
            phrases="\n".join(revision.phrases),
        )
        for revision, translation in articles.revision_with_family(session, source_ids)
    ]


def _repeats(title: str, body: str) -> bool:
    """A title that only repeats the opening (imported text had none) must not count twice."""
    return " ".join(plain(body[:400]).split()).startswith(title.rstrip("…. "))


def chunks(document: Document, collection: str, embedder: Embedder) -> list[Chunk]:
    """Cut one document into chunks; the first, ordinal 0, is the lead of the whole."""
    limit = embedder.max_tokens - _RESERVED
    pieces = chunking.cut(document.body, limit=limit, count=embedder.count_tokens)
    lead = chunking.Piece("", "", _lead(document, pieces))
    return [
        Chunk(
            collection=collection,
            id=chunk_id(document.source, document.source_id, ordinal),
            source=document.source,
            source_id=document.source_id,
            family_id=document.family_id,
            locale=document.locale,
            ordinal=ordinal,
            section=piece.section,
            anchor=piece.anchor,
            text=piece.text,
            devices=",".join(piece.devices),
        )
        for ordinal, piece in enumerate([lead, *pieces])
    ]


def embedded_text(chunk: Chunk, title: str) -> str:
    """Return what the model reads of a chunk: its headings, then its words."""
    if chunk.ordinal == 0:
        return f"{title}\n{chunk.text}".strip()
    return "\n".join(part for part in (title, under(chunk), plain(chunk.text)) if part)


def under(chunk: Chunk) -> str:
    """Return the headings of a chunk, and the devices it is for where they do not name them."""
    if not chunk.devices:
        return chunk.section
    asked = devices.words(chunk.devices.split(","))
    return " ".join(part for part in (chunk.section, asked) if part)


def _lead(document: Document, pieces: Sequence[chunking.Piece]) -> str:
    opening = (plain(piece.text) for piece in pieces[:3])
    parts = [document.lead, document.phrases, *_headings(pieces), *opening]
    return "\n".join(part for part in parts if part)[:_LEAD_LETTERS]


def _headings(pieces: Sequence[chunking.Piece]) -> Iterator[str]:
    seen: set[str] = set()
    for piece in pieces[:12]:
        heading = piece.section.rsplit(chunking.JOIN, 1)[-1]
        if heading and heading not in seen:
            seen.add(heading)
            yield heading
