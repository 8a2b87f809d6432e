"""What the contact pages show."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import ClassVar

from desk.help.contact.baggage import Item
from desk.help.contact.forms import ContactForm
from desk.help.person_first import PersonFirst
from desk.help.search.views import HitView
from desk.rendering import View
from desk.uploads import FileField
from desk.ways import WayNow


@dataclass(frozen=True)
class WayCard:
    """One way on the panel: where it leads, and what can honestly be said about it now."""

    now: WayNow
    url: str

    @property
    def icon(self) -> str:
        icons = {"call": "call", "callback": "callback", "video": "video"}
        return icons.get(self.now.way, "calendar" if self.now.way == "appointment" else "message")


@dataclass(frozen=True)
class ContactSuggestions(View):
    """What might help already, while the message is being written."""

    template: ClassVar[str] = "help/_suggestions.html"
    suggestions: Sequence[HitView] = ()


@dataclass(frozen=True)
class ContactPage(ContactSuggestions):
    """The ways to a person, the form of a message, and what travels along."""

    template: ClassVar[str] = "help/contact.html"
    form: ContactForm = field(default_factory=ContactForm)
    errors: Mapping[str, str] = field(default_factory=dict)
    baggage: Sequence[Item] = ()
    ways: Sequence[WayCard] = ()
    notice: str = ""
    """The operator's own words."""
    files: FileField | None = None
    person_first: PersonFirst | None = None


@dataclass(frozen=True)
class SlotView:
    """A time to choose."""

    value: str
    label: str
    is_chosen: bool


@dataclass(frozen=True)
class DayView:
    """The times of a day that are free."""

    name: str
    slots: Sequence[SlotView]
    is_open: bool


@dataclass(frozen=True)
class TalkPage(View):
    """A call-back, a video call or an appointment: choose a time, say who you are."""

    template: ClassVar[str] = "help/talk.html"
    form: ContactForm
    errors: Mapping[str, str]
    baggage: Sequence[Item]
    days: Sequence[DayView]
    is_open: bool
    """Whether there is anything to send: a time to choose, or somebody there."""
    when: str
    note: str
    place: str
    """Where an appointment is: phone or video; empty for the others."""
    is_late: bool
    """Whether the time that was chosen has been given away."""
    others: str
    """Address of the other ways."""
