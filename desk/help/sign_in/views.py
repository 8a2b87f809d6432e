"""What is shown on the way to one's own cases."""

from dataclasses import dataclass
from typing import ClassVar

from desk.rendering import PrivateView


@dataclass(frozen=True)
class MailSignInForm(PrivateView):
    """The form that asks for an address."""

    template: ClassVar[str] = "help/_mail_sign_in.html"
    email: str = ""
    error: str = ""


@dataclass(frozen=True)
class MailSignInPage(MailSignInForm):
    """The page around it; after a link that opens nothing, it says so and offers a new one."""

    template: ClassVar[str] = "help/mail_sign_in.html"
    is_spent: bool = False


@dataclass(frozen=True)
class LetterSentPage(PrivateView):
    """Says the same whoever the address belongs to, and whether we know it."""

    template: ClassVar[str] = "help/letter_sent.html"
    email: str
    minutes: int


@dataclass(frozen=True)
class EnterPage(PrivateView):
    """Where the letter's link leads: one button. Opening it changes nothing."""

    template: ClassVar[str] = "help/enter.html"
    address: str
