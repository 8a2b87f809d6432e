"""What travels with a case, item by item; what the customer strikes out is not kept.

Items are looked up anew when the form comes back: a form can drop an item, but never word one.
"""

from dataclasses import dataclass

from desk.deps import Fields
from desk.help import trail
from desk.help.contact.caller import Caller
from desk.help.trail import Footprints
from kb.articles import queries as articles
from kb.cases.actions import Step
from kb.cases.models import TrailKind
from kb.questions.models import FeedbackReason

CHOSEN = "chosen"
"""Field that says that the form showed the items, so that a missing one was struck out."""
FROM_LINKS = frozenset({TrailKind.ASKED, TrailKind.READ, TrailKind.SAID, TrailKind.TICKED})


_TOLD = (
    FeedbackReason.NOT_MY_CASE,
    FeedbackReason.DID_NOT_WORK,
    FeedbackReason.UNCLEAR,
    FeedbackReason.WRONG,
)
"""What says something about an article."""


@dataclass(frozen=True)
class Item:
    """One thing that may go along."""

    name: str
    """Of its checkbox."""
    kind: str
    text: str
    is_kept: bool
    step: Step


def packed(caller: Caller, prints: Footprints, fields: Fields | None = None) -> list[Item]:
    """Return everything that could go along, ticked unless the form says otherwise."""
    was_shown = fields is not None and CHOSEN in fields
    return [
        Item(
            name=name,
            kind=step.kind.value,
            text=step.text,
            is_kept=not was_shown or name in (fields or {}),
            step=step,
        )
        for name, step in _everything(caller, prints)
    ]


def kept(caller: Caller, prints: Footprints, fields: Fields) -> list[Step]:
    """Return what goes along. What no customer has seen listed stays, but for what links say."""
    items = packed(caller, prints, fields)
    if CHOSEN not in fields:
        return [item.step for item in items if item.step.kind in FROM_LINKS]
    return [item.step for item in items if item.is_kept]


def _everything(caller: Caller, prints: Footprints) -> list[tuple[str, Step]]:
    session, viewer = caller.session, caller.viewer
    found = []
    for number, step in enumerate(trail.steps(session, viewer, prints)):
        found.append((f"keep-{step.kind.value}-{number}", step))
    found += _said(caller, prints)
    found += _ticked(caller, prints)
    if caller.device:
        found.append(("keep-device", Step(TrailKind.DEVICE, caller.device)))
    language = caller.words(f"language.{caller.locale}")
    return [*found, ("keep-locale", Step(TrailKind.LOCALE, language)), *_affect(caller, prints)]


def _said(caller: Caller, prints: Footprints) -> list[tuple[str, Step]]:
    """Return why articles did not help, of those the customer may read."""
    found = []
    for given in trail.feedback_of(caller.session, prints):
        read = articles.by_revisions(caller.session, caller.viewer, [given.revision_id])
        if given.revision_id in read and given.reason in _TOLD:
            shown = read[given.revision_id]
            reason = caller.words(f"feedback.reason.{given.reason.name}")
            text = caller.words("contact.said", title=shown.revision.title, reason=reason)
            step = Step(TrailKind.SAID, text, article_id=shown.article.id)
            found.append((f"keep-said-{given.public_id}", step))
    return found


def _ticked(caller: Caller, prints: Footprints) -> list[tuple[str, Step]]:
    ticked = trail.ticked_of(prints)
    wanted = Footprints(article=".".join(ticked))
    found = []
    for shown in trail.articles_of(caller.session, caller.viewer, wanted):
        done, of = ticked[shown.article.public_id]
        title = shown.revision.title
        text = caller.words("contact.ticked", title=title, done=done, of=of)
        step = Step(TrailKind.TICKED, text, article_id=shown.article.id)
        found.append((f"keep-ticked-{shown.article.public_id}", step))
    return found


def _affect(caller: Caller, prints: Footprints) -> list[tuple[str, Step]]:
    """What we made of the tone, if it was not simply calm; the customer may see it otherwise."""
    asked = trail.question_of(caller.session, prints)
    if asked is None:
        return []
    told = [f"contact.affect.{sign.value}" for sign in (asked.mood, asked.urgency) if sign]
    said = [caller.words(key) for key in told if key in caller.words.entries]
    return [("keep-affect", Step(TrailKind.AFFECT, ", ".join(said)))] if said else []
