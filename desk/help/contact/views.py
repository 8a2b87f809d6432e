"""What the contact page shows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import ClassVar

from desk.help.contact.forms import ContactForm
from desk.help.search.views import HitView
from desk.rendering import View
from kb.cases.actions import Step


@dataclass(frozen=True)
class ContactSuggestions(View):
    """What might help already, while the message is being written."""

    template: ClassVar[str] = "help/_suggestions.html"
    suggestions: Sequence[HitView] = ()


@dataclass(frozen=True)
class ContactPage(ContactSuggestions):
    """The form, what travels along, and other ways to a person."""

    template: ClassVar[str] = "help/contact.html"
    form: ContactForm = field(default_factory=ContactForm)
    errors: Mapping[str, str] = field(default_factory=dict)
    trail: Sequence[Step] = ()
