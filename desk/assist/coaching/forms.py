"""What the editor of a plan sends, read once. Every text is kept, whatever else is wrong."""

from collections.abc import Sequence

from desk.deps import Fields
from kb.coaching.models import CoachingStep, HelpLevel
from kb.coaching.writing import MOST_STEPS, PlanEdit, StepEdit, StepText

_LONGEST_ORDER = 20 * MOST_STEPS


def plan_edit(fields: Fields, steps: Sequence[CoachingStep]) -> PlanEdit:
    """Return the plan as it was typed; a step the form does not name stays as it is."""
    level = fields.line("level")
    moved, key = asked(fields)
    new = fields.text("new-instruction")
    return PlanEdit(
        version=fields.number("version") or 0,
        title=fields.line("title", limit=160),
        hint=fields.text("hint"),
        level=next((one for one in HelpLevel if one == level), None),
        reason=fields.line("reason"),
        order=reordered(_order(fields, steps), moved, key),
        steps={one.key: _step(fields, one) for one in steps if f"instruction-{one.key}" in fields},
        added=[StepText(new)] if new else [],
    )


def asked(fields: Fields) -> tuple[str, str]:
    """Return what the pressed button wants, and of which step."""
    what, _, key = fields.line("do", limit=40).partition(":")
    return what, key


def reordered(order: list[str], moved: str, key: str) -> list[str]:
    """Return the order after a step was moved by one place.

    >>> reordered(["a", "b", "c"], "up", "c")
    ['a', 'c', 'b']
    """
    if moved not in {"up", "down"} or key not in order:
        return order
    place = order.index(key)
    other = place - 1 if moved == "up" else place + 1
    if 0 <= other < len(order):
        order[place], order[other] = order[other], order[place]
    return order


def _order(fields: Fields, steps: Sequence[CoachingStep]) -> list[str]:
    named = fields.line("order", limit=_LONGEST_ORDER).split()
    known = [one.key for one in steps]
    return [one for one in dict.fromkeys(named) if one in known] or known


def _step(fields: Fields, step: CoachingStep) -> StepEdit:
    key = step.key
    return StepEdit(
        StepText(
            instruction=fields.text(f"instruction-{key}") or step.instruction,
            expectation=fields.text(f"expectation-{key}"),
            if_fails=fields.text(f"if_fails-{key}"),
            alternative=fields.text(f"alternative-{key}"),
            note=fields.text(f"note-{key}"),
        ),
        already_tried=fields.line(f"tried-{key}") == "yes",
        dropped=fields.line(f"dropped-{key}") == "yes",
    )
