"""The panel "Talk to us": every way there is, in the order that fits."""

from dataclasses import replace
from typing import Any

from desk.help import trail
from desk.help.contact import baggage
from desk.help.contact.caller import Caller
from desk.help.contact.forms import ContactForm
from desk.help.contact.views import ContactPage, WayCard
from desk.help.person_first import kept_affect, person_first
from desk.help.trail import Footprints
from desk.uploads import file_field
from desk.ways import WayNow, phone_of, ways_now
from kb.affect import Affect
from kb.ways import queries
from kb.ways.models import Way


def contact_page(caller: Caller, form: ContactForm, **values: Any) -> ContactPage:  # noqa: ANN401
    """Return the panel with the form of a message."""
    items = values.pop("baggage", None)
    values.setdefault("files", file_field(caller.config))
    return ContactPage(
        form=form,
        baggage=baggage.packed(caller, form.prints) if items is None else items,
        ways=cards(caller, form.prints),
        person_first=person_first(_affect(caller, form.prints), ""),
        notice=caller.service.text.get(caller.locale, ""),
        **values,
    )


def cards(caller: Caller, prints: Footprints) -> list[WayCard]:
    """Return the ways as cards; each link takes along what was asked and read."""
    found = ways_now(
        caller.service,
        caller.words,
        caller.now,
        wait=queries.usual_wait(caller.session, now=caller.now),
        voice_first=_wants_a_voice(caller, prints),
    )
    return [WayCard(_full(caller, one), _address(caller, Way(one.way), prints)) for one in found]


def _address(caller: Caller, way: Way, prints: Footprints) -> str:
    if way is Way.MESSAGE:
        return "#contact-form"
    if way is Way.CALL:
        return "tel:" + "".join(c for c in phone_of(caller.service) if c.isdigit() or c == "+")
    return prints.link(f"/{caller.locale}/contact/{way.value}")


def _full(caller: Caller, one: WayNow) -> WayNow:
    """The number belongs on its card: not everybody calls from the device they read on."""
    return replace(one, note=phone_of(caller.service)) if one.way == Way.CALL else one


def _wants_a_voice(caller: Caller, prints: Footprints) -> bool:
    affect = _affect(caller, prints)
    return affect is not None and affect.needs_a_person


def _affect(caller: Caller, prints: Footprints) -> Affect | None:
    return kept_affect(trail.question_of(caller.session, prints))
