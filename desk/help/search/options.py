"""What is offered while somebody types: articles, or questions others ask. Words alone decide."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from desk.help.search.asking import Asking
from desk.help.search.views import HitView, Meant, hit_views, meant, search_url
from desk.help.trail import Footprints
from desk.rendering import View
from retrieval.results import Found


@dataclass(frozen=True)
class Options(View):
    """The fragment the search box takes into its list."""

    template: ClassVar[str] = "help/_options.html"
    question: str
    hits: Sequence[HitView] = ()
    meant: Meant | None = None
    popular: Sequence[Meant] = ()


def options(text: str, found: Found | None, *, locale: str) -> Options:
    """Return what the words typed so far find."""
    if found is None:
        return Options(text)
    hits = hit_views(found.hits, locale, Footprints())
    return Options(text, hits, meant(text, found, locale) if hits else None)


def others_ask(popular: Sequence[str], *, locale: str) -> Options:
    """Return what to offer before anything is typed."""
    asked = [Meant(text, search_url(locale, Asking(text, text))) for text in popular]
    return Options("", popular=asked)
