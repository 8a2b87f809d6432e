"""What searches found, remembered as places without text; SQL decides about each every time.

The sidebar of a case is made anew at every look, and most looks ask what an earlier one asked: the
subject and the first message of a case do not change. A search is done again as soon as anything
that is indexed has changed, and once more when the index has had the time to follow.
"""

from collections import OrderedDict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from threading import Lock
from time import monotonic

from sqlmodel import Session

from kb import clock, outbox
from kb.access import Viewer
from kb.passages import queries as passages
from kb.synonyms import queries as synonyms
from kb.text import digest
from retrieval.authorize import authorize
from retrieval.index.collections import Slot
from retrieval.index.lexicon import Lexicons
from retrieval.index.stack import Engines
from retrieval.results import Candidate, Found, Hit, Passage, Why
from retrieval.search import Wish, search

_MOST = 2_000
"""So many searches are remembered; one takes a few kilobytes."""
_FOLLOWED = timedelta(minutes=1)
"""After this time the index has followed a change, unless something is down."""
_LONGEST = 600.0
"""Seconds: as often the index is compared with everything, too."""


@dataclass(frozen=True)
class _Place:
    """A hit without its text."""

    collection: str
    candidate: Candidate
    score: float
    why: Why


@dataclass(frozen=True)
class _Remembered:
    places: tuple[_Place, ...]
    confidence: float
    until: float


class Memory:
    """What one process remembers. Safe to use from several threads; nothing is waited for."""

    def __init__(self) -> None:
        self._known: OrderedDict[Hashable, _Remembered] = OrderedDict()
        self._lock = Lock()

    def search(
        self,
        session: Session,
        engines: Engines,
        lexicons: Lexicons,
        wishes: Sequence[Wish],
        viewer: Viewer,
    ) -> list[Found]:
        """Return what each search finds for this viewer, searching only where it is not known."""
        serving = passages.all_serving(session)
        now = _circumstances(session, engines, serving)
        keys = [_key(wish, viewer, now) for wish in wishes]
        known = {key: kept for key in keys if (kept := self._recall(key)) is not None}
        on_show = _authorized(session, viewer, known.values())
        found: list[Found] = []
        for wish, key in zip(wishes, keys, strict=True):
            if key in known:
                found.append(_shown(known[key], on_show))
                continue
            fresh = search(session, engines, lexicons, wish)
            if not fresh.notices:  # what is down now will be back
                self._keep(key, _remembered(fresh, serving))
            found.append(fresh)
        return found

    def _recall(self, key: Hashable) -> _Remembered | None:
        with self._lock:
            found = self._known.get(key)
            if found is None or found.until < monotonic():
                return None
            self._known.move_to_end(key)
            return found

    def _keep(self, key: Hashable, found: _Remembered) -> None:
        with self._lock:
            self._known[key] = found
            self._known.move_to_end(key)
            while len(self._known) > _MOST:
                self._known.popitem(last=False)


def _circumstances(session: Session, engines: Engines, serving: Mapping[str, str]) -> Hashable:
    """Return all but the question that what is found depends on."""
    newest = outbox.position(session, outbox.INDEXED)
    noted_at = outbox.noted_at(session, newest)
    is_followed = noted_at is None or clock.now() - noted_at > _FOLLOWED
    groups = tuple(sorted(synonyms.by_locale(session).items()))
    return engines.mark, tuple(sorted(serving.items())), newest, is_followed, groups


def _key(wish: Wish, viewer: Viewer, now: Hashable) -> Hashable:
    return digest(wish.question), wish.locale, wish.kinds, wish.limit, viewer.is_staff, now


def _remembered(found: Found, serving: Mapping[str, str]) -> _Remembered:
    places = [
        _Place(
            serving[Slot(hit.passage.kind, hit.passage.locale).key],
            Candidate(hit.passage.kind, hit.passage.chunk_id),
            hit.score,
            hit.why,
        )
        for hit in found.hits
    ]
    return _Remembered(tuple(places), found.confidence, monotonic() + _LONGEST)


def _authorized(
    session: Session, viewer: Viewer, known: Iterable[_Remembered]
) -> dict[tuple[str, Candidate], Passage]:
    """Return what of all that is remembered this viewer may read now, asked for in one go."""
    by_collection: dict[str, dict[str, Candidate]] = {}
    for found in known:
        for place in found.places:
            of_one = by_collection.setdefault(place.collection, {})
            of_one[place.candidate.chunk_id] = place.candidate
    return {
        (collection, candidates[chunk_id]): passage
        for collection, candidates in by_collection.items()
        for chunk_id, passage in authorize(
            session, viewer, collection, list(candidates.values())
        ).items()
    }


def _shown(found: _Remembered, on_show: Mapping[tuple[str, Candidate], Passage]) -> Found:
    hits = [
        Hit(on_show[place.collection, place.candidate], place.score, place.why)
        for place in found.places
        if (place.collection, place.candidate) in on_show
    ]
    return Found(hits, confidence=found.confidence)
