"""Search: gather candidates, let SQL authorise them, mix, collapse per article family."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from time import perf_counter

from sqlmodel import Session

from kb.access import Viewer
from kb.articles import queries as articles
from kb.config import LOCALES
from kb.passages import queries as passages
from retrieval import confidence
from retrieval.authorize import authorize, kinds_for
from retrieval.fusion import Weights, fuse, with_words
from retrieval.gather import gather
from retrieval.index.collections import Slot
from retrieval.index.lexicon import Lexicons
from retrieval.index.stack import Engines
from retrieval.language.analysis import stem, terms
from retrieval.query import Query
from retrieval.ranked import Ranked
from retrieval.results import Found, Hit, Kind, Passage

_OTHER_LANGUAGE = 0.75
"""A hit in the other language counts this much of one in the asker's own."""


@dataclass(frozen=True)
class Wish:
    """What is searched for, and how."""

    question: str
    locale: str
    viewer: Viewer
    kinds: tuple[Kind, ...] = ()
    """Empty: all that the viewer may open."""
    category_id: int | None = None
    limit: int = 10
    use_dense: bool = True
    use_lexical: bool = True
    weights: Weights | None = None
    """None: those that suit the model."""
    locales: tuple[str, ...] = LOCALES


def search(session: Session, engines: Engines, lexicons: Lexicons, wish: Wish) -> Found:
    """Return the best articles for a question, one hit per family, best first."""
    started = perf_counter()
    ranked = rank(session, engines, lexicons, wish)
    ranked_at = perf_counter()
    found = bring_together(session, engines, ranked, wish)
    spent = {"search": ranked_at - started, "total": perf_counter() - started}
    return replace(found, milliseconds={k: round(v * 1000, 1) for k, v in spent.items()})


def bring_together(session: Session, engines: Engines, ranked: Ranked, wish: Wish) -> Found:
    """Compare kinds and languages, collapse families, and say how sure the first hit is."""
    hits = _merged(session, ranked, wish)[: wish.limit]
    return Found(
        hits=[_explained(hit, ranked) for hit in hits],
        notices=frozenset(ranked.gathered.notices),
        confidence=confidence.estimate(ranked, hits, engines, wish.locale),
        corrected=_corrected(ranked, wish.locale),
    )


def rank(session: Session, engines: Engines, lexicons: Lexicons, wish: Wish) -> Ranked:
    """Search every slot by itself; languages and kinds are not compared yet."""
    allowed = kinds_for(wish.viewer, with_solutions=True)
    kinds = tuple(kind for kind in wish.kinds if kind in allowed) or kinds_for(wish.viewer)
    serving = {}
    for slot in (Slot(kind, locale) for kind in kinds for locale in wish.locales):
        collection = passages.serving(session, slot.key)
        if collection is not None:
            serving[slot] = collection
    gathered = gather(
        engines,
        lexicons,
        wish.question,
        serving,
        use_dense=wish.use_dense,
        use_lexical=wish.use_lexical,
    )
    weights = wish.weights or confidence.weights_for(engines)
    hits, allowed_passages = {}, {}
    for pool in gathered.pools:
        found = authorize(session, wish.viewer, pool.collection, list(pool.candidates.values()))
        _forget_unseen_words(pool.query, found.values(), pool.slot.locale)
        if wish.category_id is not None:
            found = {k: p for k, p in found.items() if p.category_id == wish.category_id}
        allowed_passages[pool.slot] = found
        hits[pool.slot] = fuse(pool, found, weights)
    return Ranked(hits, {pool.slot: pool for pool in gathered.pools}, allowed_passages, gathered)


def _forget_unseen_words(query: Query, found: Iterable[Passage], locale: str) -> None:
    """Name a mended word only where SQL lets the viewer read it: the index may be behind."""
    if query.corrected:
        seen = {term for one in found for term in terms(f"{one.title} {one.text}", locale)}
        for wrong, right in list(query.corrected.items()):
            if stem(right, locale) not in seen:
                del query.corrected[wrong]


def _merged(session: Session, ranked: Ranked, wish: Wish) -> list[Hit]:
    """Bring slots together: the asker's language first, the other where it is clearly better."""
    best: dict[tuple[bool, int], Hit] = {}
    strengths = confidence.strengths(ranked)
    for slot, hits in ranked.hits.items():
        factor = strengths[slot] * (1.0 if slot.locale == wish.locale else _OTHER_LANGUAGE)
        for hit in hits:
            key = (slot.kind is Kind.SOLUTIONS, hit.passage.family_id)
            weighed = replace(hit, score=min(hit.score * factor, 1.0))
            earlier = best.get(key)
            if earlier is None or _rather(weighed, earlier, wish.locale):
                best[key] = weighed
    ordered = sorted(best.values(), key=lambda hit: (-hit.score, hit.passage.chunk_id))
    return [_in_own_language(session, hit, ranked, wish) for hit in ordered]


def _rather(one: Hit, other: Hit, locale: str) -> bool:
    """Of the same family, the asker's language; else the better score."""
    own, theirs = one.passage.locale == locale, other.passage.locale == locale
    return own if own != theirs else one.score > other.score


def _in_own_language(session: Session, hit: Hit, ranked: Ranked, wish: Wish) -> Hit:
    """A family found only in the other language is shown in the asker's, if it is there too."""
    passage = hit.passage
    if passage.locale == wish.locale or passage.kind is Kind.SOLUTIONS:
        return hit
    own = articles.published_in(
        session, wish.viewer, article_id=passage.family_id, locales=(wish.locale,)
    )
    if own is None or own.revision.id is None:
        return hit
    slot = Slot(passage.kind, wish.locale)
    collection = ranked.pools[slot].collection if slot in ranked.pools else None
    if collection is None:
        return hit
    rows = passages.of_sources(session, collection, [own.revision.id])
    by_place = {row.ordinal: row for row in rows if row.ordinal}
    row = by_place.get(passage.ordinal) or next(iter(by_place.values()), None)
    if row is None:
        return hit
    translated = replace(
        passage,
        chunk_id=row.id,
        source_id=own.revision.id,
        locale=wish.locale,
        title=own.revision.title,
        slug=own.translation.slug,
        section=row.section,
        anchor=row.anchor,
        text=row.text,
        ordinal=row.ordinal,
    )
    return replace(hit, passage=translated)


def _explained(hit: Hit, ranked: Ranked) -> Hit:
    pool = ranked.pools.get(Slot(hit.passage.kind, hit.passage.locale))
    if pool is None:
        return hit
    text = f"{hit.passage.title} {hit.passage.section} {hit.passage.text}"
    there = set(terms(text, hit.passage.locale))
    words = [pool.query.spelt[term] for term in pool.query.weights if term in there]
    return with_words(hit, tuple(dict.fromkeys(words)))


def _corrected(ranked: Ranked, locale: str) -> dict[str, str]:
    return {
        wrong: right
        for slot, pool in ranked.pools.items()
        if slot.locale == locale
        for wrong, right in pool.query.corrected.items()
    }
