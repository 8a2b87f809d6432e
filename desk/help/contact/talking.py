"""The page on which a time to talk is chosen."""

from collections.abc import Sequence
from itertools import groupby

from desk.help import trail
from desk.help.contact import baggage
from desk.help.contact.baggage import Item
from desk.help.contact.caller import Caller
from desk.help.contact.forms import ContactForm, slot_value
from desk.help.contact.views import DayView, SlotView, TalkPage
from desk.help.trail import Footprints
from desk.times import Teller
from desk.ways import ways_now
from kb.errors import NotFound
from kb.ways import queries
from kb.ways.hours import Span
from kb.ways.models import Way
from kb.ways.slots import free_slots

TALKS = (Way.CALLBACK, Way.VIDEO, Way.APPOINTMENT)


def offered(caller: Caller, way: str) -> Way:
    """Return the way of an address.

    Raises:
        NotFound: it is not offered here.
    """
    found = next((one for one in TALKS if one == way), None)
    if found is None or caller.service.channel(found) is None:
        raise NotFound
    return found


def needs_phone(caller: Caller, way: Way) -> bool:
    """Say whether we call."""
    return way is Way.CALLBACK or place_of(caller, way) == "phone"


def place_of(caller: Caller, way: Way) -> str:
    """Return where an appointment is: phone or video."""
    appointment = caller.service.appointment
    return appointment.by if way is Way.APPOINTMENT and appointment is not None else ""


def talk_page(
    caller: Caller,
    form: ContactForm,
    *,
    errors: dict[str, str] | None = None,
    items: list[Item] | None = None,
    is_late: bool = False,
) -> TalkPage:
    """Return the page; what was typed and struck out is put back into it."""
    now = {one.way: one for one in ways_now(caller.service, caller.words, caller.now)}[form.way]
    days = days_of(caller, form)
    return TalkPage(
        form=form,
        errors=errors or {},
        baggage=baggage.packed(caller, form.prints) if items is None else items,
        days=days,
        is_open=bool(days) if caller.service.agenda(form.way) else now.is_open,
        when=now.when,
        note=now.note,
        place=place_of(caller, form.way),
        is_late=is_late,
        others=form.prints.link(f"/{caller.locale}/contact"),
    )


def days_of(caller: Caller, form: ContactForm) -> list[DayView]:
    """Return the free times by day; the first day, or the chosen one, is open."""
    agenda = caller.service.agenda(form.way)
    if agenda is None:
        return []
    taken = queries.taken(caller.session, form.way, since=caller.now)
    found = free_slots(agenda, caller.now, taken)
    by_day = [
        list(group) for _, group in groupby(found, lambda one: agenda.hours.day_of(one.starts_at))
    ]
    chosen = [any(slot.starts_at == form.slot for slot in group) for group in by_day]
    opened = chosen.index(True) if True in chosen else 0
    return [
        _day(caller.teller, group, form, is_open=number == opened)
        for number, group in enumerate(by_day)
    ]


def blank(caller: Caller, way: Way, prints: Footprints, key: str) -> ContactForm:
    """Return an empty form."""
    return ContactForm(
        way=way,
        needs_phone=needs_phone(caller, way),
        needs_slot=caller.service.agenda(way) is not None,
        subject=subject_of(caller, prints),
        key=key,
        prints=prints,
    )


def subject_of(caller: Caller, prints: Footprints) -> str:
    """Return what was asked last: that is what it is about, until the customer says otherwise."""
    asked = trail.question_of(caller.session, prints)
    return asked.text[:160] if asked is not None else ""


def _day(teller: Teller, slots: Sequence[Span], form: ContactForm, *, is_open: bool) -> DayView:
    first = slots[0].starts_at
    name, date = teller.day(first), teller.date(first)
    shown = [
        SlotView(
            value=slot_value(slot.starts_at),
            label=teller.between(slot.starts_at, slot.ends_at),
            is_chosen=slot.starts_at == form.slot,
        )
        for slot in slots
    ]
    is_near = name in {teller.words("time.today"), teller.words("time.tomorrow")}
    named = teller.words("time.near_day", near=name, date=date) if is_near else date
    return DayView(named, shown, is_open)
