"""What a page about the site shows: the operator's own text, then what the software does."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from markupsafe import Markup

from desk import markdown
from desk.help.about.facts import Fact
from desk.markdown import Links
from desk.rendering import View
from desk.theme.reading import Legal


@dataclass(frozen=True)
class AboutPage(View):
    """One of them; its words are `about.<name>` and `about.<name>.lead`."""

    template: ClassVar[str] = "help/about.html"
    name: str
    own: Markup
    own_url: str
    facts: Sequence[Fact] = ()


def about_page(
    name: str, locale: str, legal: Legal | None, facts: Sequence[Fact] = ()
) -> AboutPage:
    """Return the page."""
    text = legal.markdown if legal else ""
    own = markdown.render(text, Links(locale)).html if text else Markup()
    return AboutPage(name, own, legal.url if legal else "", facts)
