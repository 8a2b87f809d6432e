"""The form `lotse export` writes and an import takes back: front matter that says `lotse: 1`.

Its text is our own Markdown already, so nothing in it is rewritten but where links and images
are: in the folder they are files, and in the desk they are articles and stored images.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from kb.articles.models import State

MARK = "lotse"
VERSION = "1"
_LEAD = r"(?P<lead>\]\([ \t]*<?|^ {0,3}\[[^\]\n]{1,300}\]:[ \t]*<?)"
_OUTWARD = re.compile(
    _LEAD
    + r"(?:article:(?P<id>[0-9a-f]{16})(?P<place>#[\w-]{1,100})?|/media/(?P<media>[0-9a-f]{32}))",
    re.MULTILINE,
)
_INWARD = re.compile(
    _LEAD + r"(?P<path>[\w.-][\w./-]{0,500})(?P<place>#[\w-]{1,100})?(?=[\s)>]|$)", re.MULTILINE
)
_SLUG = re.compile(r"[a-z0-9][a-z0-9-]{0,99}")


@dataclass(frozen=True)
class Own:
    """What only our own form says of a text."""

    state: State = State.PUBLISHED
    verify_months: int | None = None
    former_slugs: tuple[str, ...] = ()
    slug: str = ""


def read(values: Mapping[str, object]) -> Own | None:
    """Return what the front matter says, if it is of our own form."""
    if str(values.get(MARK, "")) != VERSION:
        return None
    months = str(values.get("verify_months", ""))
    slug = str(values.get("slug", ""))
    return Own(
        state=next((each for each in State if each == values.get("state")), State.DRAFT),
        verify_months=int(months) if months.isdigit() and len(months) < len("1000") else None,
        former_slugs=tuple(
            each for each in listed(values, "former_slugs") if _SLUG.fullmatch(each)
        ),
        slug=slug if _SLUG.fullmatch(slug) else "",
    )


def said(values: Mapping[str, object], name: str) -> str:
    """Return a value as it stands there."""
    value = values.get(name)
    return value if isinstance(value, str) else ""


def listed(values: Mapping[str, object], name: str) -> tuple[str, ...]:
    """Return a list as it stands there."""
    value = values.get(name)
    return (
        tuple(each for each in value if isinstance(each, str)) if isinstance(value, list) else ()
    )


def outward(
    body: str, *, article: Callable[[str], str | None], image: Callable[[str], str | None]
) -> str:
    """Let links and images name files; those of which there is no file stay as they are."""

    def named(found: re.Match[str]) -> str:
        if found["id"]:
            path = article(found["id"])
            return f"{found['lead']}{path}{found['place'] or ''}" if path else found[0]
        path = image(found["media"])
        return f"{found['lead']}{path}" if path else found[0]

    return _OUTWARD.sub(named, body)


def inward(
    body: str, *, article: Callable[[str], str | None], image: Callable[[str], str | None]
) -> str:
    """Let links and images name articles and stored images; what is neither stays as it is."""

    def stored(found: re.Match[str]) -> str:
        path = found["path"]
        if path.endswith(".md"):
            public_id = article(path)
            place = found["place"] or ""
            return f"{found['lead']}article:{public_id}{place}" if public_id else found[0]
        media_id = image(path) if "media/" in path else None
        return f"{found['lead']}/media/{media_id}" if media_id else found[0]

    return _INWARD.sub(stored, body)
