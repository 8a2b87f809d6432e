"""What the sign-in page shows."""

from dataclasses import dataclass
from typing import ClassVar

from desk.rendering import PrivateView


@dataclass(frozen=True)
class SignInForm(PrivateView):
    """The form, with what was typed and what was wrong; never the password."""

    template: ClassVar[str] = "account/_sign_in_form.html"
    login: str = ""
    onward: str = ""
    error: str = ""


@dataclass(frozen=True)
class SignInPage(SignInForm):
    """The page around it."""

    template: ClassVar[str] = "account/sign_in.html"
