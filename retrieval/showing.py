"""Show answers and findings on a terminal, or as JSON for programs."""

from collections.abc import Sequence
from typing import Any

from rich.console import Console
from rich.markdown import Markdown
from rich.table import Table
from sqlmodel import Session

from kb.access import Viewer
from kb.articles import queries as articles
from retrieval.index.audit import Finding
from retrieval.results import Answer, Hit, NoAnswer, Reply

_COUNTS = ("chunks", "missing", "surplus", "without_vector", "without_terms", "strays")


def as_json(session: Session, reply: Reply, viewer: Viewer) -> dict[str, Any]:
    """Return a reply as plain data; the README documents the shape."""
    outcome = reply.outcome
    cited = [one.passage for one in outcome.citations] if isinstance(outcome, Answer) else []
    shown = articles.by_revisions(session, viewer, {passage.source_id for passage in cited})
    numbers = {revision_id: one.revision.number for revision_id, one in shown.items()}
    return {
        "question": reply.question,
        "locale": reply.locale,
        "answer": _answer(outcome, numbers) if isinstance(outcome, Answer) else None,
        "reason": str(outcome.reason) if isinstance(outcome, NoAnswer) else None,
        "hits": [_hit(hit) for hit in reply.found.hits],
        "ms": reply.found.milliseconds,
        "confidence": reply.found.confidence,
        "notices": sorted(reply.found.notices),
    }


def print_reply(reply: Reply, *, explain: bool) -> None:
    """Print the answer with its sources, or that there is none, and the articles found."""
    console = Console()
    if isinstance(reply.outcome, Answer):
        console.print(Markdown(reply.outcome.text))
        for citation in reply.outcome.citations:
            passage = citation.passage
            place = " › ".join(part for part in (passage.title, passage.section) if part)
            console.print(f"— {place} ({passage.url})", markup=False)
    else:
        console.print(f"No answer ({reply.outcome.reason}). These might help:", markup=False)
    console.print(f"confidence {reply.found.confidence:.2f}")
    for notice in sorted(reply.found.notices):
        console.print(f"notice: {notice}", markup=False)
    console.print(_explained(reply) if explain else _listed(reply))


def print_findings(findings: Sequence[Finding]) -> int:
    """Print an audit, and return how much the index drifts."""
    table = Table("collection", *(name.replace("_", " ") for name in _COUNTS), "outdated")
    for one in findings:
        counts = (str(getattr(one, name)) for name in _COUNTS)
        table.add_row(one.collection, *counts, "yes" if one.is_outdated else "no")
    drift = sum(one.drift for one in findings)
    Console().print(table)
    Console().print(f"drift: {drift}")
    return drift


def _answer(answer: Answer, numbers: dict[int, int]) -> dict[str, Any]:
    return {
        "text": answer.text,
        "kind": answer.kind,
        "confidence": answer.confidence,
        "citations": [
            {
                "article": one.passage.family_id,
                "title": one.passage.title,
                "section": one.passage.section,
                "url": one.passage.url,
                "revision": numbers.get(one.passage.source_id),
                "quote": one.quote,
            }
            for one in answer.citations
        ],
    }


def _hit(hit: Hit) -> dict[str, Any]:
    return {
        "article": hit.passage.family_id,
        "title": hit.passage.title,
        "locale": hit.passage.locale,
        "score": round(hit.score, 4),
        "url": hit.passage.url,
    }


def _listed(reply: Reply) -> Table:
    table = Table("score", "article", "address")
    for hit in reply.found.hits:
        table.add_row(f"{hit.score:.3f}", hit.passage.title, hit.passage.url)
    return table


def _explained(reply: Reply) -> Table:
    table = Table(
        "score", "article", "section", "meaning", "lead", "words", "read again", "matched"
    )
    for hit in reply.found.hits:
        why = hit.why
        mended = [f"{wrong}→{right}" for wrong, right in why.corrected.items()]
        table.add_row(
            f"{hit.score:.3f}",
            f"{hit.passage.title} [{hit.passage.locale}]".replace("[", "(").replace("]", ")"),
            hit.passage.section,
            f"{why.dense:.3f}",
            f"{why.lead:.3f}",
            f"{why.lexical:.2f}",
            "" if why.reread is None else f"{why.reread:.2f}",
            ", ".join([*why.words, *mended]),
        )
    return table
