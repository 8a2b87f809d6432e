"""Two edits of one article: shown beside each other, and brought together."""

from dataclasses import dataclass, replace

from litestar import Response, post

from desk import rendering
from desk.curate.articles import keeping, tabs
from desk.curate.articles.merge_views import Agreed, Conflict, MergePage, Theirs
from desk.curate.articles.places import HERE, CurrentPlace, CurrentSheet, Place, revision_at
from desk.curate.articles.sheets import Sheet
from desk.curate.gaps import origins
from desk.curate.life.comparing import words as compared
from desk.deps import CurrentFields, Fields
from desk.rendering import HTTPRequest
from kb.db import stored_id
from kb.errors import NotFound
from kb.people import queries as people
from kb.writing import queries
from kb.writing.merging import Choice, Stretch, decided, merge
from kb.writing.models import WorkingCopy
from kb.writing.policy import Text, text_of

CONFLICT = 409


@dataclass(frozen=True)
class Meeting:
    """Three texts: what both began with, theirs, mine."""

    base: Text
    theirs: Text
    mine: Text
    version: int
    """What the merged text is based on."""
    other: WorkingCopy | None = None
    """Where theirs is one's own text of another tab."""

    @property
    def parts(self) -> dict[str, list[Stretch]]:
        """Return the stretches of title, summary and body."""
        return {
            "title": [Stretch(self.base.title, self.theirs.title, self.mine.title)],
            "summary": [Stretch(self.base.summary, self.theirs.summary, self.mine.summary)],
            "body": merge(_ended(self.base), _ended(self.theirs), _ended(self.mine)),
        }


@post(f"{HERE}/merges", sync_to_thread=True, status_code=200)
def merge_edits(
    request: HTTPRequest, where: CurrentPlace, sent: CurrentSheet, fields: CurrentFields
) -> Response[bytes]:
    """Bring both texts together as chosen, and go on writing; without a choice, show them."""
    found = _meeting(where, sent, fields.number("other") or 0)
    if not fields.get("decided"):
        return _shown(request, where, sent, found)
    merged = Text(**{part: _chosen(part, told, fields) for part, told in found.parts.items()})
    keeping.keep(where, replace(sent, text=merged, base=found.version))
    if found.other is not None:
        keeping.discard(where, stored_id(found.other.id))
    return Response(b"", status_code=303, headers={"location": f"{where.url}?said=merged"})


def show_conflict(request: HTTPRequest, where: Place, sent: Sheet) -> Response[bytes]:
    """Show what was saved in between; what was typed is kept."""
    return _shown(request, where, sent, _meeting(where, sent, 0))


def _shown(request: HTTPRequest, where: Place, sent: Sheet, found: Meeting) -> Response[bytes]:
    now = keeping.keep(where, sent)
    copy = now.copy
    seen = (stored_id(copy.id), copy.saves) if copy else (0, 0)
    page = _page(where, sent, found, seen)
    return rendering.respond(request, page=page, status=CONFLICT)


def _meeting(where: Place, sent: Sheet, other: int) -> Meeting:
    before = revision_at(where, sent.base)
    base = Text(before.title, before.summary, before.body) if before else Text()
    if not other:
        return Meeting(base, where.saved, sent.text, where.version)
    desk = where.desk(sent.base)
    own = queries.own(
        where.session, article_id=desk.article_id, locale=desk.locale, person_id=desk.person_id
    )
    copy = next((each for each in own if each.id == other), None)
    if copy is None:
        raise NotFound
    return Meeting(base, text_of(copy), sent.text, sent.base, copy)


def _page(where: Place, sent: Sheet, found: Meeting, seen: tuple[int, int]) -> MergePage:
    parts = found.parts
    return MergePage(
        heading=tabs.heading(where.session, where.article, locale=where.locale, current="write"),
        url=where.url,
        theirs=_theirs(where, found),
        conflicts=[each for part, told in parts.items() for each in _conflicts(part, told)],
        agreed=[each for told in parts.values() for each in _agreed(told)],
        merged=decided(parts["body"], {}),
        mine=sent.text,
        base=sent.base,
        copy_id=seen[0],
        saves=seen[1],
        tab=sent.seen.tab,
        other=stored_id(found.other.id) if found.other else 0,
        note=sent.change.note,
        significance=sent.change.significance,
    )


def _theirs(where: Place, found: Meeting) -> Theirs:
    if found.other is not None:
        return Theirs("", found.other.kept_at, "")
    latest = where.latest
    if latest is None:
        raise NotFound
    author = latest.author_id or 0
    name = people.names(where.session, {author}).get(author, "")
    return Theirs(name, latest.created_at, origins.spoken(latest.change_note, where.locale))


def _conflicts(part: str, told: list[Stretch]) -> list[Conflict]:
    both = [each for each in told if each.is_conflict]
    return [
        Conflict(
            name=f"choice-{part}-{number}",
            part=part,
            base=each.base,
            theirs=compared(each.base, each.theirs),
            mine=compared(each.base, each.mine),
        )
        for number, each in enumerate(both)
    ]


def _agreed(told: list[Stretch]) -> list[Agreed]:
    return [
        Agreed(each.mine != each.base, compared(each.base, each.merged))
        for each in told
        if each.is_changed and not each.is_conflict
    ]


def _chosen(part: str, told: list[Stretch], fields: Fields) -> str:
    count = sum(each.is_conflict for each in told)
    said = {number: fields.line(f"choice-{part}-{number}") for number in range(count)}
    choices = {
        number: next((each for each in Choice if each == wanted), Choice.MINE)
        for number, wanted in said.items()
    }
    text = decided(told, choices)
    return text if part == "body" else " ".join(text.split())


def _ended(text: Text) -> str:
    """Return the body with an end of line at its end, so that adding below is no conflict."""
    return text.body.strip("\n") + "\n" if text.body.strip() else ""
