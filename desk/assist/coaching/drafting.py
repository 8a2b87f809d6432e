"""From an article or a template to a draft for this customer and their device."""

import re
from dataclasses import replace

from desk import markdown
from desk.assist.work import Work
from kb.access import ANYONE, Role
from kb.articles import devices
from kb.articles.queries import Published
from kb.cases import queries as cases
from kb.cases.models import TrailKind
from kb.coaching import queries, success, templates
from kb.coaching.policy import Proposal, propose
from kb.coaching.writing import NewPlan, NewStep, StepText
from kb.config import LOCALES
from kb.db import stored_id
from kb.errors import NotFound
from retrieval.coaching import Derived, chosen, derive

_LINK = re.compile(r"\[([^\]\n]+)\]\(article:([0-9a-f]{16})(?:#([\w-]{1,100}))?\)")


def new_plan(work: Work, article_id: int, *, anchor: str = "", template_id: int = 0) -> NewPlan:
    """Return what a draft begins with.

    Raises:
        NotFound: anybody may not read that, or there is no such template.
    """
    shown = queries.source(work.session, article_id, languages(work))
    if shown is None:
        raise NotFound
    plan = _of_article(work, shown, device_of(work), anchor)
    if template_id:
        found = queries.templates(work.session, work.viewer, [article_id], work.case.locale)
        kept = next((one for one in found if one.id == template_id), None)
        if kept is None:
            raise NotFound
        plan = templates.as_plan(kept, shown)
    return replace(plan, proposed=proposal(work, shown.article.category_id).level)


def for_device(work: Work, article_id: int, device: str) -> NewPlan:
    """Return the steps for another device.

    Raises:
        NotFound: the article is no longer for anybody to read.
    """
    shown = queries.source(work.session, article_id, languages(work))
    if shown is None:
        raise NotFound
    return _of_article(work, shown, device, "")


def proposal(work: Work, category_id: int | None) -> Proposal:
    """Return the least help that has worked for this topic and this customer."""
    own = success.by_level(work.session, category_id, customer_id=work.case.customer_id)
    return propose(own, success.by_level(work.session, category_id))


def languages(work: Work) -> tuple[str, ...]:
    """Return the customer's language, then the others."""
    return (work.case.locale, *(one for one in LOCALES if one != work.case.locale))


def device_of(work: Work) -> str:
    """Return the device the customer named, or came with; empty: not known."""
    trail = cases.trail(work.session, work.case_id)
    came_with = [one.text for one in trail if one.kind is TrailKind.DEVICE]
    for text in (told_by_customer(work), *came_with):
        named = devices.named_in(text, devices.LABELS)
        if len(named) == 1:
            return named[0]
    return ""


def told_by_customer(work: Work) -> str:
    """Return all the customer has written."""
    said = cases.messages(work.session, work.case_id, for_customer=True)
    words = [one.body for one in said if one.author_role is Role.CUSTOMER]
    return "\n".join([work.case.subject, *words])


def _of_article(work: Work, shown: Published, device: str, anchor: str) -> NewPlan:
    plan = derive(_with_addresses(work, shown), device=device)
    wanted = chosen(plan.steps, anchor)
    steps = [
        _step(one, is_wanted=is_wanted) for one, is_wanted in zip(plan.steps, wanted, strict=True)
    ]
    last = max((place for place, one in enumerate(steps) if not one.dropped), default=-1)
    if last >= 0 and plan.otherwise:
        text = steps[last].text
        told = "\n\n".join(filter(None, (text.if_fails, plan.otherwise)))
        steps[last] = replace(steps[last], text=replace(text, if_fails=told))
    return NewPlan(
        article_id=stored_id(shown.article.id),
        revision_id=stored_id(shown.revision.id),
        title=shown.revision.title,
        locale=shown.translation.locale,
        device=device if device in plan.devices else "",
        hint=plan.hint,
        steps=steps,
    )


def _with_addresses(work: Work, shown: Published) -> str:
    """Return the article with the addresses of others instead of their ids: agents read them."""
    body = shown.revision.body
    where = markdown.links(work.session, ANYONE, shown.translation.locale, [body])

    def link(found: re.Match[str]) -> str:
        address = where.address(found.group(2), found.group(3) or "")
        return f"[{found.group(1)}]({address})" if address else found.group(1)

    return _LINK.sub(link, body)


def _step(one: Derived, *, is_wanted: bool) -> NewStep:
    text = StepText(one.instruction, one.expectation, one.if_fails, one.alternative, one.note)
    return NewStep(
        text,
        origin=one.origin,
        section=one.section,
        image=one.image,
        image_text=one.image_text,
        dropped=not is_wanted,
    )
