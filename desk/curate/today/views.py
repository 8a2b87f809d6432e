"""What editors see of today's work."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from sqlmodel import Session

from desk.curate.areas import Tab
from desk.curate.today.listing import Found, Marked
from desk.i18n import Words
from desk.rendering import PrivateView
from kb.access import Viewer
from kb.curation.marks import Dismissal, Rest
from kb.curation.tasks import Task, TaskKind
from kb.people import queries as people

_MEASURED = 0.05
_WHOLE = 10
_OF_A_KIND, _AT_ONCE = 2, 12
SIGNS = {
    TaskKind.GAP: "search",
    TaskKind.WAITING: "clock",
    TaskKind.CORRECTION: "message",
    TaskKind.TIP: "lightbulb",
    TaskKind.FLAG: "info",
    TaskKind.REVIEW: "eye",
    TaskKind.STEP: "route",
    TaskKind.STALE: "calendar",
    TaskKind.UNVERIFIED: "verified",
    TaskKind.UNTRANSLATED: "language",
    TaskKind.OUTDATED: "language",
    TaskKind.DUPLICATE: "document",
    TaskKind.CONTRADICTION: "warning",
    TaskKind.LINK: "link",
    TaskKind.FAILING: "warning",
    TaskKind.GOLDEN: "verified",
    TaskKind.DRIFT: "info",
}


@dataclass(frozen=True)
class Row:
    """One task, ready to be read."""

    key: str
    kind: TaskKind
    label: str
    """What kind of work it is, in words."""
    sign: str
    title: str
    locale: str
    """Of the title."""
    detail: str
    """More of it, in the reader's language; often empty."""
    url: str
    effect: str
    """Contacts a month, as a number; empty where nobody counted."""
    sum: str
    """How the number comes about, in a sentence."""
    since: datetime
    assignee: str
    is_mine: bool
    rests_until: datetime | None
    dismissed: Dismissal | None


@dataclass(frozen=True)
class TodayPage(PrivateView):
    """The page: the three worthiest big, the rest as a quiet list."""

    template: ClassVar[str] = "curate/today/page.html"
    areas: Sequence[Tab]
    views: Sequence[Tab]
    """All, mine, resting."""
    which: str
    first: Sequence[Row]
    others: Sequence[Row]
    later: Sequence[Row]
    """More of the same kinds, folded away."""
    total: int
    effect: str
    silent: Sequence[str]
    may_decide: bool
    reasons: Sequence[Dismissal]
    rests: Sequence[Rest]
    name: str
    wrong: str
    """Key of the task that was put away without a reason."""


def rows(session: Session, viewer: Viewer, told: Sequence[Marked], words: Words) -> list[Row]:
    """Return tasks as rows, in the same order."""
    ids = {one.mark.assignee_id for one in told if one.mark and one.mark.assignee_id}
    names = people.names(session, ids)
    return [_row(one, viewer, names, words) for one in told]


def shortened(shown: Sequence[Row]) -> tuple[list[Row], list[Row]]:
    """Return what the list shows and what it folds away: of a kind nobody counted, a few do."""
    near: list[Row] = []
    later: list[Row] = []
    seen: Counter[TaskKind] = Counter()
    for row in shown:
        seen[row.kind] += not row.effect
        is_one_of_many = not row.effect and seen[row.kind] > _OF_A_KIND
        (later if is_one_of_many or len(near) >= _AT_ONCE else near).append(row)
    return near, later


def effect(weight: float, words: Words) -> str:
    """Return a weight as people say it: one digit behind the point only while it is small.

    >>> from desk import i18n
    >>> [effect(each, i18n.words("de")) for each in (0.0, 2.34, 41.8)]
    ['', '2,3', '42']
    """
    return amount(weight, words) if weight >= _MEASURED else ""


def amount(value: float, words: Words) -> str:
    """Return a number as it is read in this language."""
    if value >= _WHOLE or abs(value - round(value)) < _MEASURED:
        return words.number(round(value))
    return f"{value:.1f}".replace(".", words("number.point"))


def together(found: Found) -> float:
    """Return what all that is due would save."""
    return sum(one.task.weight for one in found.due)


def _row(one: Marked, viewer: Viewer, names: Mapping[int, str], words: Words) -> Row:
    task, mark = one.task, one.mark
    assignee = mark.assignee_id if mark is not None else None
    given = {name: value for name, value in task.title_words.items() if name != "title"}
    detail = f"today.detail.{task.kind}"
    return Row(
        key=task.key,
        kind=task.kind,
        label=_label(words, task),
        sign=SIGNS[task.kind],
        title=_title(words, task),
        locale=task.title_words.get("locale", ""),
        detail=_said(words, detail, given) if detail in words.entries else "",
        url=task.url,
        effect=effect(task.weight, words),
        sum=_sum(words, one),
        since=task.since,
        assignee=names.get(assignee or 0, ""),
        is_mine=assignee is not None and assignee == viewer.person_id,
        rests_until=mark.rests_until if mark is not None else None,
        dismissed=mark.dismissed if mark is not None else None,
    )


def _title(words: Words, task: Task) -> str:
    """Return what it is about: in the words of the article or customer, or in ours."""
    ours = f"today.title.{task.kind}.{task.subject}"
    return words(ours) if ours in words.entries else task.title_words.get("title", "")


def _label(words: Words, task: Task) -> str:
    """Name the kind of work; what was answered, only not well, lacks no article."""
    told = task.arithmetic
    items = told.get("questions", 0) + told.get("cases", 0)
    if task.kind is TaskKind.GAP and items and told.get("unhelpful") == items:
        return words("today.kind.gap.unhelpful")
    return words(f"today.kind.{task.kind}")


def _sum(words: Words, one: Marked) -> str:
    """Say how the weight comes about; shares as percentages, the rest as numbers."""
    task = one.task
    given = {
        name: words.percent(value) if name == "share" else amount(value, words)
        for name, value in task.arithmetic.items()
    }
    if task.kind is TaskKind.DRIFT:
        return words("today.sum.drift")
    if task.weight < _MEASURED:
        return words("today.sum.unmeasured")
    key = sum_key(words, task.kind, task.arithmetic)
    return _said(words, key, {**given, "contacts": amount(task.weight, words)})


def sum_key(words: Words, kind: TaskKind, arithmetic: Mapping[str, float]) -> str:
    """Return the sentence for these numbers: what did not happen is not told."""
    other = "cases" if kind is TaskKind.GAP else "unhelpful"
    alone = f"today.sum.{kind}.alone"
    is_alone = arithmetic.get(other) == 0 and alone in words.entries
    return alone if is_alone else f"today.sum.{kind}"


def _said(words: Words, key: str, given: Mapping[str, str]) -> str:
    """Fill a sentence; a task that gives no such number gets one that needs none."""
    try:
        return words(key, **given)
    except KeyError:
        return words("today.sum.counted") if key.startswith("today.sum.") else ""
