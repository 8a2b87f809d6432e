"""What an import means for each document. Pure: names outcomes and touches nothing."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from ingestion.records import Family, Outcome, Page
from kb.access import Audience
from kb.text import digest

Identity = tuple[str, str]
"""Key of the article inside its source, and language."""


@dataclass(frozen=True)
class Stored:
    """What kb holds of a document that came by an import.

    An empty digest is one that was archived with `prune`, or written in the desk.
    """

    digest: str
    was_published: bool = False
    is_published: bool = False
    is_archived: bool = False
    """The whole article is."""
    is_withdrawn: bool = False
    """`prune` took this language off show; the article goes on in others."""
    slug: str = ""


@dataclass(frozen=True)
class Wanted:
    """What the source says of a document."""

    digest: str
    publish: bool = False
    is_draft: bool = False
    slug: str = ""
    """Empty: it stays as it is."""


class Showing(StrEnum):
    """What becomes of a document's standing."""

    PUBLISH = "publish"
    UNPUBLISH = "unpublish"
    KEEP = "keep"


@dataclass(frozen=True)
class Plan:
    """The outcome of every document of the import, and of those it no longer has."""

    outcomes: Mapping[Identity, Outcome]
    gone: tuple[Identity, ...] = ()
    families: tuple[Family, ...] = field(default=())
    """Those with something to write."""


def outcome(wanted: Wanted | None, stored: Stored | None) -> Outcome:
    """Name what becomes of one document.

    Raises:
        ValueError: there is neither; nobody asks that.
    """
    if wanted is None:
        if stored is None:
            raise ValueError("neither wanted nor stored")
        return Outcome.GONE if stored.digest else Outcome.UNCHANGED
    if stored is None:
        return Outcome.NEW
    if stored.digest != wanted.digest or moves(wanted.slug, stored.slug):
        return Outcome.CHANGED
    late = wanted.publish and not wanted.is_draft and not stored.was_published
    return Outcome.CHANGED if late and not stored.is_archived else Outcome.UNCHANGED


def moves(wanted: str, stored: str) -> bool:
    """Say whether the source gives a document another address than it has.

    One that others had already got a number, and keeps it.

    >>> moves("router", "router-2"), moves("router", "box"), moves("", "box")
    (False, True, False)
    """
    own = stored.removeprefix(wanted)
    is_numbered = own != stored and (not own or (own[0] == "-" and own[1:].isdigit()))
    return bool(wanted and stored) and not is_numbered


def showing(wanted: Wanted, stored: Stored | None) -> Showing:
    """Decide whether what is written goes on show.

    What an editor took off show stays off; what `prune` took off comes back as it was.
    """
    if wanted.is_draft:
        hide = stored is not None and stored.is_published
        return Showing.UNPUBLISH if hide else Showing.KEEP
    if stored is None or not stored.was_published:
        return Showing.PUBLISH if wanted.publish else Showing.KEEP
    returns = stored.is_published or stored.is_withdrawn
    return Showing.PUBLISH if returns else Showing.KEEP


def restores(stored: Iterable[Stored]) -> bool:
    """Tell whether an archived article comes back: yes if the import archived it, not if a person.

    >>> restores([Stored(digest="", is_archived=True)])
    True
    """
    known = list(stored)
    return bool(known) and all(one.is_archived and not one.digest for one in known)


def narrower(*audiences: Audience | None, otherwise: Audience = Audience.STAFF) -> Audience:
    """Return the narrowest that was said: a file cannot widen what the operator said."""
    said = [audience for audience in audiences if audience is not None]
    if not said:
        return otherwise
    return Audience.STAFF if Audience.STAFF in said else Audience.PUBLIC


def fingerprint(page: Page, family: Family) -> str:
    """Return the digest of all that an import writes of a page, but for its address."""
    verified = (page.verified.isoformat(), page.verified_by) if page.verified else ()
    return digest(
        page.title,
        page.summary,
        page.body,
        *page.tags,
        "",
        family.audience,
        family.category.key if family.category else "",
        "draft" if page.is_draft else "",
        *page.phrases,
        *(("", *verified) if verified else ()),
        *(("", page.own.state, str(page.own.verify_months or "")) if page.own else ()),
    )


def plan(
    families: Iterable[Family],
    stored: Mapping[Identity, Stored],
    *,
    publish: bool,
    failed: Collection[str] = (),
    in_scope: Collection[str] = (),
) -> Plan:
    """Compare source and kb. A key in `failed` is not gone; nor is a language out of scope."""
    outcomes: dict[Identity, Outcome] = {}
    to_write: list[Family] = []
    for family in families:
        own = {}
        for page in family.pages:
            wanted = Wanted(fingerprint(page, family), publish, page.is_draft, page.slug)
            identity = (family.key, page.locale)
            own[identity] = outcome(wanted, stored.get(identity))
        outcomes |= own
        if set(own.values()) != {Outcome.UNCHANGED}:
            to_write.append(family)
    gone = sorted(
        identity
        for identity, one in stored.items()
        if identity not in outcomes
        and identity[0] not in failed
        and identity[1] in in_scope
        and outcome(None, one) is Outcome.GONE
    )
    return Plan(outcomes, tuple(gone), tuple(to_write))
