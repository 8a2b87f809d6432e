"""From a form to a case, and to what was agreed in it."""

import secrets
from datetime import timedelta

from desk.help.contact import letters
from desk.help.contact.caller import Caller
from desk.help.contact.forms import ContactForm
from kb.cases import actions as cases
from kb.cases import queries as known
from kb.cases.actions import Step
from kb.cases.models import Case, Message
from kb.db import stored_id
from kb.errors import SlotTaken
from kb.people import actions as people
from kb.ways import actions, queries
from kb.ways.actions import Agreed
from kb.ways.hours import Span, is_open
from kb.ways.models import Meeting, Way, new_public_id
from kb.ways.slots import Agenda, free_slots

SOURCE = "contact"
AT_ONCE = timedelta(minutes=30)
"""How long a video call that begins now is on the agents' list of the day."""


def known_case(caller: Caller, form: ContactForm) -> Case | None:
    """Return the case this form has made already: sent twice, it is one case."""
    return known.by_source(caller.session, SOURCE, form.key)


def open_case(caller: Caller, form: ContactForm, steps: list[Step]) -> Case:
    """Open a case with the message, or with our words for what is wished."""
    customer = people.customer(
        caller.session, name=form.name, email=form.email, locale=caller.locale
    )
    case = cases.open_case(
        caller.session,
        customer=customer,
        subject=form.subject or _subject(caller, form),
        body=form.message or caller.words(f"contact.wish.{form.way}"),
        locale=caller.locale,
        trail=steps,
    )
    case.source_key = form.key
    caller.session.add(case)
    return case


def first_message(caller: Caller, case: Case) -> Message:
    """Return what the case began with."""
    return known.messages(caller.session, stored_id(case.id), for_customer=True)[0]


def arrange(caller: Caller, form: ContactForm, steps: list[Step]) -> Meeting:
    """Take a place, open the case, note what was agreed, and write to whoever left an address.

    Raises:
        SlotTaken: the time is not free any more, or never was.
    """
    public_id, agenda = new_public_id(), caller.service.agenda(form.way)
    span = Span(caller.now, caller.now + AT_ONCE)
    if not _somebody_is_there(caller, form.way):
        raise SlotTaken
    if agenda is not None:
        span = chosen(caller, form, agenda)
        taken = {"capacity": agenda.capacity, "holder": public_id}
        actions.take(caller.session, form.way, span, **taken)  # type: ignore[arg-type]
    case = open_case(caller, form, steps)
    agreed = Agreed(form.way, span, phone=form.number or "", room=_room(caller, form))
    meeting = actions.agree(caller.session, case, agreed, public_id=public_id)
    letters.agreed(caller, meeting, form.email)
    return meeting


def chosen(caller: Caller, form: ContactForm, agenda: Agenda) -> Span:
    """Return the time that was chosen, if it can be had."""
    taken = queries.taken(caller.session, form.way, since=caller.now)
    for slot in free_slots(agenda, caller.now, taken):
        if slot.starts_at == form.slot:
            return slot
    raise SlotTaken


def _somebody_is_there(caller: Caller, way: Way) -> bool:
    """A video call begins now, so it needs somebody now."""
    opened = caller.service.hours_of(way)
    return way is not Way.VIDEO or opened is None or is_open(opened, caller.now)


def _subject(caller: Caller, form: ContactForm) -> str:
    return "" if form.message else caller.words(f"ways.{form.way}")


def _room(caller: Caller, form: ContactForm) -> str:
    """Return the address of a room of its own, which nobody can guess."""
    video, appointment = caller.service.video, caller.service.appointment
    by_video = appointment is not None and appointment.by == "video"
    if video is None or not (form.way is Way.VIDEO or (form.way is Way.APPOINTMENT and by_video)):
        return ""
    return video.link.format(room=secrets.token_urlsafe(16))
