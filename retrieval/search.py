"""Search: gather candidates, let SQL authorise them, mix, collapse per article family."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from time import perf_counter

from sqlmodel import Session

from kb.access import Viewer
from kb.articles import shown
from kb.articles.shown import Shown
from kb.config import LOCALES
from kb.passages import queries as passages
from kb.passages.models import Source, chunk_id
from kb.synonyms import queries as synonyms
from kb.text import clean
from retrieval import confidence
from retrieval.authorize import as_passage, authorize, kinds_for
from retrieval.fusion import fuse, terms_in, with_words
from retrieval.gather import Asked, Pool, gather
from retrieval.index.collections import Slot
from retrieval.index.lexicon import Lexicons
from retrieval.index.stack import Engines
from retrieval.language.analysis import stem
from retrieval.language.words import fold
from retrieval.ranked import Ranked
from retrieval.ranker import Ranker, load
from retrieval.results import Found, Hit, Kind, Passage
from retrieval.second_look import look_again

_OTHER_LANGUAGE = 0.75
"""A hit in the other language counts this much of one in the asker's own."""
_SIGNS = re.compile(r"[^\w\s]|_")
"""All but letters, digits and spaces."""


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
    locales: tuple[str, ...] = LOCALES
    ranker: Ranker | None = None
    """Other weights than the learnt ones, to measure what they are worth."""
    synonyms: Mapping[str, tuple[tuple[str, ...], ...]] | None = None
    """Other groups than those kept, to measure what one is worth."""


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
    hits = _in_own_language(session, _merged(ranked, wish), ranked, wish)
    if wish.use_dense and wish.use_lexical:
        hits = look_again(engines.reranker, wish.question, hits)
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
    names = passages.all_serving(session)
    slots = [Slot(kind, locale) for kind in kinds for locale in wish.locales]
    serving = {slot: names[slot.key] for slot in slots if slot.key in names}
    groups = synonyms.by_locale(session) if wish.synonyms is None else wish.synonyms
    asked = Asked(clean(wish.question), groups, wish.use_dense, wish.use_lexical, wish.locale)
    gathered = gather(engines, lexicons, asked, serving)
    ranker, mark = wish.ranker or load(), engines.mark
    hits, allowed_passages = {}, {}
    for pool in gathered.pools:
        found = authorize(session, wish.viewer, pool.collection, list(pool.candidates.values()))
        _forget_unseen_words(pool, found)
        if wish.category_id is not None:
            found = {k: p for k, p in found.items() if p.category_id == wish.category_id}
        allowed_passages[pool.slot] = found
        hits[pool.slot] = fuse(pool, found, ranker.for_model(mark, pool.slot.locale))
    return Ranked(hits, {pool.slot: pool for pool in gathered.pools}, allowed_passages, gathered)


def _forget_unseen_words(pool: Pool, found: Mapping[str, Passage]) -> None:
    """Name a mended word only where SQL lets the viewer read it: the index may be behind."""
    locale, steps = pool.slot.locale, pool.query.steps
    unseen = {wrong: stem(right, locale, steps) for wrong, right in pool.query.corrected.items()}
    ordered = sorted(found.values(), key=lambda p: -(pool.candidates[p.chunk_id].lexical or 0.0))
    for passage in ordered:
        if not unseen:
            break
        folded = fold(f"{passage.title} {passage.text}", steps)
        for wrong in list(unseen):
            # the analysis takes long, so only of what can have the word
            likely = _having(folded, pool.query.forms[wrong])
            if likely and unseen[wrong] in terms_in(likely, locale, pool.query):
                del unseen[wrong]
    for wrong in unseen:
        del pool.query.corrected[wrong]


def _having(folded: str, forms: Sequence[str]) -> str:
    """Return what of a text, cut at its spaces, has one of the forms in it.

    Signs that join words do not count: wi-fi has the word wifi in it.
    """
    bare = _SIGNS.sub("", folded)
    if not any(form in bare for form in forms):
        return ""
    pieces = ((piece, _SIGNS.sub("", piece)) for piece in folded.split())
    return " ".join(piece for piece, letters in pieces if any(form in letters for form in forms))


def _merged(ranked: Ranked, wish: Wish) -> list[Hit]:
    """Bring slots together: the asker's language first, the other where it is clearly better.

    Only as many hits as wished for: what comes after costs time and is not shown.
    """
    best: dict[tuple[bool, int], tuple[float, Hit]] = {}
    strengths = confidence.strengths(ranked)
    for slot, hits in ranked.hits.items():
        factor = strengths[slot] * (1.0 if slot.locale == wish.locale else _OTHER_LANGUAGE)
        for hit in hits:
            key = (slot.kind is Kind.SOLUTIONS, hit.passage.family_id)
            weighed = (min(hit.score * factor, 1.0), hit)
            earlier = best.get(key)
            if earlier is None or _rather(weighed, earlier, wish.locale):
                best[key] = weighed
    ordered = sorted(best.values(), key=lambda one: (-one[0], one[1].passage.chunk_id))
    return [replace(hit, score=score) for score, hit in ordered[: wish.limit]]


def _rather(one: tuple[float, Hit], other: tuple[float, Hit], locale: str) -> bool:
    """Of the same family, the asker's language; else the better score."""
    own, theirs = (hit.passage.locale == locale for _, hit in (one, other))
    return own if own != theirs else one[0] > other[0]


def _in_own_language(
    session: Session, hits: Sequence[Hit], ranked: Ranked, wish: Wish
) -> list[Hit]:
    """A family found only in the other language is shown in the asker's, if it is there too."""
    foreign = [
        hit.passage
        for hit in hits
        if hit.passage.locale != wish.locale and hit.passage.kind is not Kind.SOLUTIONS
    ]
    if not foreign:
        return list(hits)
    families = {passage.family_id for passage in foreign}
    own = shown.of_articles(session, wish.viewer, families, locale=wish.locale)
    translated = {}
    for kind in {passage.kind for passage in foreign}:
        pool = ranked.pools.get(Slot(kind, wish.locale))
        if pool is not None:
            of_kind = [p for p in foreign if p.kind is kind and p.family_id in own]
            translated.update(_translated(session, pool.collection, of_kind, own))
    return [replace(h, passage=translated.get(h.passage.chunk_id, h.passage)) for h in hits]


def _translated(
    session: Session, collection: str, foreign: Sequence[Passage], own: Mapping[int, Shown]
) -> dict[str, Passage]:
    """Return by chunk id the piece at the same place of the translation, or else its first."""
    places = {
        p.chunk_id: [
            chunk_id(Source.REVISION, own[p.family_id].revision_id, at)
            for at in (p.ordinal or 1, 1)
        ]
        for p in foreign
    }
    wanted = {place for pair in places.values() for place in pair}
    pieces = {one.id: one for one in passages.pieces(session, collection, wanted)}
    found = {}
    for passage in foreign:
        same, first = (pieces.get(place) for place in places[passage.chunk_id])
        is_alike = same is not None and same.devices == ",".join(passage.devices)
        piece = same if is_alike else first
        if piece is not None:
            found[passage.chunk_id] = as_passage(piece, own[passage.family_id], passage.kind)
    return found


def _explained(hit: Hit, ranked: Ranked) -> Hit:
    pool = ranked.pools.get(Slot(hit.passage.kind, hit.passage.locale))
    if pool is None:
        return hit
    text = f"{hit.passage.title} {hit.passage.section} {hit.passage.text}"
    there = terms_in(text, hit.passage.locale, pool.query)
    words = [pool.query.spelt[term] for term in pool.query.weights if term in there]
    return with_words(hit, tuple(dict.fromkeys(words)))


def _corrected(ranked: Ranked, locale: str) -> dict[str, str]:
    return {
        wrong: right
        for slot, pool in ranked.pools.items()
        if slot.locale == locale
        for wrong, right in pool.query.corrected.items()
    }
