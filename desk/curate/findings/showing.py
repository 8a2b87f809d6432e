"""Findings as editors see them: which is shown, what is marked, where the next one is."""

from collections.abc import Sequence

from sqlmodel import Session

from desk.curate import areas
from desk.curate.areas import Tab
from desk.curate.articles.tabs import ARTICLES
from desk.curate.findings.marking import spans
from desk.curate.findings.views import REASONS, FindingList, FindingPage, Row, SideView
from desk.curate.views import Decided
from kb.access import Audience, Viewer
from kb.articles.policy import address
from kb.findings import policy, queries
from kb.findings.models import Finding, FindingKind, FindingState
from kb.findings.queries import Pair, Side
from kb.people import queries as people
from retrieval.findings.looking import waiting

HERE = "/desk/curation/findings"
_ROWS = 50
_LETTERS = 90


def listed(
    session: Session, viewer: Viewer, state: FindingState, kind: FindingKind | None
) -> FindingList:
    """Return a page of the findings of a state."""
    numbers = queries.ids(session, viewer, state, kind)
    opened = queries.ids(session, viewer, FindingState.OPEN, kind)
    return FindingList(
        areas=areas.tabs(session, "findings"),
        states=_states(session, viewer, state, kind),
        kinds=_kinds(session, viewer, state, kind),
        state=state,
        rows=[_row(pair) for pair in queries.pairs(session, viewer, numbers[:_ROWS])],
        more=max(len(numbers) - _ROWS, 0),
        first=f"{HERE}/{opened[0]}" if opened else "",
        behind=len(waiting(session)),
    )


def shown(session: Session, viewer: Viewer, pair: Pair, error: str = "") -> FindingPage:
    """Return the page of one finding."""
    finding = pair.finding
    opened = queries.ids(session, viewer, FindingState.OPEN)
    at = opened.index(finding.id) if finding.id in opened else -1
    left, right = _sides(pair)
    return FindingPage(
        areas=areas.tabs(session, "findings"),
        finding=finding.id or 0,
        kind=finding.kind,
        matter=finding.matter,
        state=finding.state,
        left_words=_said(finding.left_marks),
        right_words=_said(finding.right_marks),
        sides=[left, right],
        may_decide=policy.may_decide(viewer),
        may_merge=finding.left_article_id != finding.right_article_id,
        reasons=REASONS,
        reason=finding.reason,
        decided=_decided(session, finding),
        error=error,
        place=at + 1,
        total=len(opened),
        earlier=f"{HERE}/{opened[at - 1]}" if at > 0 else "",
        later=f"{HERE}/{opened[at + 1]}" if 0 <= at < len(opened) - 1 else "",
    )


def after(session: Session, viewer: Viewer, number: int) -> str:
    """Return where the work goes on: with the next open finding, or else with the list."""
    opened = list(queries.ids(session, viewer, FindingState.OPEN))
    at = opened.index(number) if number in opened else -1
    rest = opened[at + 1 :] or opened[: max(at, 0)]
    return f"{HERE}/{rest[0]}" if rest else HERE


def _sides(pair: Pair) -> tuple[SideView, SideView]:
    finding, left, right = pair.finding, pair.left, pair.right
    is_left_older = left.revision.created_at < right.revision.created_at
    is_left_fuller = len(left.revision.body) >= len(right.revision.body)
    return (
        _side(
            left,
            "left",
            finding.left_section,
            (finding.left_passage, finding.left_statement, finding.left_marks),
            is_older=is_left_older,
            stays=is_left_fuller,
        ),
        _side(
            right,
            "right",
            finding.right_section,
            (finding.right_passage, finding.right_statement, finding.right_marks),
            is_older=not is_left_older,
            stays=not is_left_fuller,
        ),
    )


def _side(  # what is compared, and how it stands to the other
    side: Side,
    name: str,
    section: str,
    said: tuple[str, str, Sequence[str]],
    *,
    is_older: bool,
    stays: bool,
) -> SideView:
    locale = side.translation.locale
    return SideView(
        name=name,
        title=side.revision.title,
        url=address(locale, side.translation.slug),
        edit_url=f"{ARTICLES}/{side.article.public_id}/{locale}",
        locale=locale,
        is_staff=side.article.audience is Audience.STAFF,
        section=section,
        spans=spans(*said),
        changed=side.revision.created_at,
        is_older=is_older,
        stays=stays,
    )


def _row(pair: Pair) -> Row:
    finding = pair.finding
    return Row(
        url=f"{HERE}/{finding.id}",
        kind=finding.kind,
        matter=finding.matter,
        locale=pair.left.translation.locale,
        left=pair.left.revision.title,
        right=pair.right.revision.title,
        left_words=_said(finding.left_marks) or _cut(finding.left_passage),
        right_words=_said(finding.right_marks) or _cut(finding.right_passage),
    )


def _said(marks: Sequence[str]) -> str:
    return " · ".join(mark for mark in marks if mark.strip())


def _cut(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= _LETTERS else words[:_LETTERS].rsplit(" ", 1)[0] + " …"


def _decided(session: Session, finding: Finding) -> Decided | None:
    if finding.decided_at is None:
        return None
    by = finding.decided_by
    name = people.names(session, {by}).get(by, "") if by is not None else ""
    return Decided(name, finding.decided_at)


def _states(
    session: Session, viewer: Viewer, state: FindingState, kind: FindingKind | None
) -> list[Tab]:
    counts = queries.counts(session, viewer, kind)
    return [
        Tab(each.value, _address(each, kind), counts[each], each is state) for each in FindingState
    ]


def _kinds(
    session: Session, viewer: Viewer, state: FindingState, kind: FindingKind | None
) -> list[Tab]:
    tabs = []
    for each in (None, *FindingKind):
        count = len(queries.ids(session, viewer, state, each))
        name = each.value if each is not None else "all"
        tabs.append(Tab(name, _address(state, each), count, each is kind))
    return tabs


def _address(state: FindingState, kind: FindingKind | None) -> str:
    return f"{HERE}?which={state}" + (f"&kind={kind}" if kind is not None else "")
