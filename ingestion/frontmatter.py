"""Front matter: YAML between `---` or TOML between `+++`, as Hugo, Jekyll and DocFX write it.

YAML is read as plain strings, so `title: No` and `date: 2024-13-45` are what they look like.
"""

import tomllib
from collections.abc import Mapping
from datetime import date

import yaml

from ingestion import language, own
from ingestion.records import Meta, Unreadable
from kb.access import Audience
from kb.articles.models import State

_LARGEST = 64_000
_NOTHING = frozenset({"", "null", "none", "~"})
_YES = frozenset({"true", "yes", "on", "1"})
_NO = frozenset({"false", "no", "off", "0"})


def split(text: str) -> tuple[Mapping[str, object], str]:
    """Return the front matter and the text after it.

    Raises:
        Unreadable: there is front matter, but not well formed.
    """
    mark = text[:3]
    if mark not in {"---", "+++"} or text[3:4] not in {"\n", " ", "\t", ""}:
        return {}, text
    head, closing, body = text[3:].partition(f"\n{mark}")
    if not closing or text[3:].partition("\n")[0].strip():
        return {}, text
    body = body.partition("\n")[2]
    if len(head) > _LARGEST:
        raise Unreadable("its front matter is too long")
    values = _toml(head) if mark == "+++" else _yaml(head)
    return (values, body) if values is not None else ({}, text)


def meta(values: Mapping[str, object]) -> Meta:
    """Read what we use of a front matter; what we do not know is no error.

    Raises:
        Unreadable: it names a language we do not have.
    """
    ours = own.read(values)
    if ours is not None:
        return _own_meta(values, ours)
    audience = _text(values, "audience").lower()
    return Meta(
        title=_text(values, "title"),
        slug=_text(values, "slug"),
        category=_text(values, "category") or next(iter(_list(values, "categories")), ""),
        audience=Audience(audience) if audience in set(Audience) else None,
        tags=tuple(_list(values, "tags") or _list(values, "keywords")),
        phrases=tuple(_list(values, "phrases")),
        locale=language.of_code(_text(values, "locale", "lang", "language")),
        summary=_text(values, "summary", "description", "excerpt"),
        is_draft=_text(values, "draft").lower() in _YES
        or _text(values, "published").lower() in _NO,
        verified=_date(values.get("verified")),
        verified_by=_text(values, "verified_by"),
    )


def _own_meta(values: Mapping[str, object], ours: own.Own) -> Meta:
    """Read our own form: every word counts as it stands, "None" and "no" included."""
    audience = own.said(values, "audience")
    return Meta(
        title=own.said(values, "title"),
        slug=ours.slug,
        category=own.said(values, "category"),
        audience=Audience(audience) if audience in set(Audience) else None,
        tags=own.listed(values, "tags"),
        phrases=own.listed(values, "phrases"),
        locale=language.of_code(own.said(values, "locale")),
        summary=own.said(values, "summary"),
        is_draft=ours.state is not State.PUBLISHED,
        verified=_date(values.get("verified")),
        verified_by=own.said(values, "verified_by"),
        own=ours,
    )


def _date(value: object) -> date | None:
    """Return the day somebody wrote down; anything else says nothing."""
    try:
        return date.fromisoformat(str(value or "")[:10])
    except ValueError:
        return None


def is_include(values: Mapping[str, object]) -> bool:
    """DocFX marks a text that only lives inside others."""
    return _text(values, "ms.topic").lower() == "include"


def _yaml(head: str) -> Mapping[str, object] | None:
    try:
        values = yaml.load(head, Loader=yaml.BaseLoader)  # noqa: S506  # makes strings only
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f" (line {mark.line + 1})" if mark is not None else ""
        raise Unreadable(f"its front matter is not valid YAML{where}") from error
    except RecursionError as error:
        raise Unreadable("its front matter is nested too deeply") from error
    if values is None or values == "":
        return {}
    return values if isinstance(values, dict) else None


def _toml(head: str) -> Mapping[str, object]:
    try:
        return tomllib.loads(head)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise Unreadable("its front matter is not valid TOML") from error


def _text(values: Mapping[str, object], *names: str) -> str:
    for name in names:
        value = values.get(name)
        if isinstance(value, bool):
            return str(value).lower()
        if isinstance(value, str | int | float) and str(value).strip().lower() not in _NOTHING:
            return str(value).strip()
    return ""


def _list(values: Mapping[str, object], name: str) -> list[str]:
    value = values.get(name)
    if isinstance(value, list):
        entries = [str(entry) for entry in value if isinstance(entry, str | int | float)]
    else:
        entries = _text(values, name).split(",")
    return [entry.strip() for entry in entries if entry.strip().lower() not in _NOTHING]
