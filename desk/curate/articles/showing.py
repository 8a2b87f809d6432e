"""Puts the editor's page together: the text, its preview, its hints."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, fields
from itertools import groupby

from desk import markdown
from desk.curate.articles import checks, tabs
from desk.curate.articles.places import Opened, Place
from desk.curate.articles.views import (
    EditorPage,
    HintGroup,
    HintLine,
    Hints,
    Kept,
    KeptCopy,
    News,
    OtherCopy,
    Preview,
)
from desk.curate.articles.words import inserted
from desk.curate.gaps import origins
from desk.curate.hints.kinds import GROUPS, Group, Hint
from desk.curate.hints.looking import Seen
from desk.dressing import Dressing, Wearer
from desk.i18n import ZONE, as_locale
from desk.uploads import FileField, file_field
from kb import clock
from kb.access import ANYONE, Audience
from kb.articles.actions import UNSAID, Change
from kb.config import Config
from kb.db import stored_id
from kb.glossary import queries as glossary
from kb.people import queries as people
from kb.writing import queries
from kb.writing.models import WorkingCopy
from kb.writing.policy import LONGEST_BODY, Text

MOST_LISTED = 12
"""Hints of one group on the page; who has that many begins with the first."""
SAYINGS = ("saved", "published", "unchanged", "merged", "created")


@dataclass(frozen=True)
class Manner:
    """How this site is edited: how large images may be, and who puts articles on show."""

    files: FileField
    may_publish: bool
    """Whoever writes may publish; else somebody else has to look first."""


def manner(config: Config) -> Manner:
    """Return how this site is edited."""
    return Manner(file_field(config), may_publish=not config.four_eyes)


def kept(where: Place, now: Opened, *, is_answer: bool = True) -> Kept:
    """Return the fragment for a text as it stands."""
    return _kept(where, now, checks.looked_at(where, now.text), is_answer=is_answer)


def editor(
    where: Place, now: Opened, manner: Manner, *, change: Change = UNSAID, said: str = ""
) -> EditorPage:
    """Return the page of the editor."""
    return _editor(where, now, manner, change, said=said if said in SAYINGS else "")


def refused(where: Place, now: Opened, manner: Manner, change: Change, error: str) -> EditorPage:
    """Return the page with what is wrong."""
    return _editor(where, now, manner, change, error=error)


def _editor(  # what stands in the form, and what is said about it
    where: Place, now: Opened, manner: Manner, change: Change, said: str = "", error: str = ""
) -> EditorPage:
    part = _kept(where, now, checks.looked_at(where, now.text), is_answer=False)
    return EditorPage(
        **{each.name: getattr(part, each.name) for each in fields(part)},
        heading=tabs.heading(where.session, where.article, locale=where.locale, current="write"),
        text=now.text,
        base=now.base,
        tab=secrets.token_urlsafe(12),
        note=change.note,
        significance=change.significance,
        said=said,
        error=error,
        inserts=inserted(as_locale(where.locale) or "de"),
        files=manner.files,
        may_publish=manner.may_publish,
        longest=LONGEST_BODY,
        origin=origins.origin(where.session, stored_id(where.article.id)),
    )


def _kept(where: Place, now: Opened, seen: Seen, *, is_answer: bool) -> Kept:
    preview = _preview(where, now.text)
    return Kept(
        url=where.url,
        locale_of_text=where.locale,
        copy=_copy(now.copy),
        news=_news(where, now),
        others=[OtherCopy(stored_id(each.id), each.kept_at) for each in now.others],
        preview=preview,
        hints=_hints(where, now.text, seen, [term.name for term in preview.terms]),
        is_answer=is_answer,
    )


def _copy(copy: WorkingCopy | None) -> KeptCopy:
    if copy is None:
        return KeptCopy(0, 0, None)
    local, today = copy.kept_at.astimezone(ZONE), clock.now().astimezone(ZONE)
    time = f"{local:%H:%M}" if local.date() == today.date() else ""
    return KeptCopy(stored_id(copy.id), copy.saves, copy.kept_at, time)


def _news(where: Place, now: Opened) -> News | None:
    """Tell who saved what, if the text at hand is based on an older version."""
    latest = where.latest
    if latest is None or latest.number <= now.base:
        return None
    author = latest.author_id or 0
    name = people.names(where.session, {author}).get(author, "")
    return News(name, latest.created_at, origins.spoken(latest.change_note, where.locale))


def _preview(where: Place, text: Text) -> Preview:
    """Render as the public page does, by the same rules; links as customers have them."""
    reader = ANYONE if where.article.audience is Audience.PUBLIC else where.viewer
    links = markdown.links(where.session, reader, where.locale, [text.body])
    explained = glossary.explained(where.session, where.locale)
    dressing = Dressing(Wearer(as_locale(where.locale) or "de"), explained)
    rendered = markdown.render(text.body, links, dress=dressing)
    return Preview(text.title, text.summary, rendered.html, dressing.terms)


def _hints(where: Place, text: Text, seen: Seen, explained: Sequence[str]) -> Hints:
    unwanted = queries.dismissed(
        where.session, article_id=stored_id(where.article.id), locale=where.locale
    )
    wanted = [each for each in seen.hints if each.key not in unwanted]
    order = list(Group)
    wanted.sort(key=lambda each: order.index(GROUPS[each.kind]))
    count = _Counter(text.body)
    return Hints(
        readability=seen.readability,
        groups=[
            _group(group, list(found), count)
            for group, found in groupby(wanted, key=lambda each: GROUPS[each.kind])
        ],
        count=len(wanted),
        explained=explained,
    )


def _group(group: Group, found: Sequence[Hint], count: "_Counter") -> HintGroup:
    lines = [
        HintLine(
            each.key,
            each.kind,
            count.of(each.start),
            count.of(each.end),
            each.quote,
            each.values,
            each.replacement,
        )
        for each in found[:MOST_LISTED]
    ]
    return HintGroup(group, lines, len(found) - len(lines))


class _Counter:
    """Counts places as browsers do, for whom a smiley is two characters."""

    def __init__(self, body: str) -> None:
        self._body = body
        self._wide = [at for at, char in enumerate(body) if ord(char) > 0xFFFF]  # noqa: PLR2004

    def of(self, place: int) -> int:
        return place + sum(at < place for at in self._wide)
