"""All colours of the site in one shade, light or dark: ours, the operator's, and what follows.

Whoever names one colour of their own, `accent`, has named enough: the others are derived from it.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from enum import StrEnum
from functools import cache

from desk.assets import FOLDER
from desk.theme.colours import BLACK, WHITE, Colour, colour, contrast

TEXT, SIGN = 4.5, 3.0
"""What WCAG AA asks for: between text and ground, and between a control and its surroundings."""
_COMFORT = 7.0
"""What a derived accent shall have in the dark."""

_RULE = re.compile(r"--([\w-]+):\s*([^;]+);")
_VARIABLE = re.compile(r"var\(--([\w-]+)\)")

COLOURS = frozenset(
    "ground surface surface-sunken line line-strong text text-muted accent accent-strong "
    "accent-soft accent-line on-accent hero hero-end on-hero on-hero-muted warning warning-soft "
    "danger success success-soft mark".split()
)
_ON_GROUNDS = ("ground", "surface", "surface-sunken", "accent-soft")
PAIRS = (
    *(("text", under, TEXT) for under in (*_ON_GROUNDS, "mark", "warning-soft", "success-soft")),
    *(("text-muted", under, TEXT) for under in _ON_GROUNDS),
    *(("accent", under, TEXT) for under in _ON_GROUNDS),
    *(("accent-strong", under, TEXT) for under in ("ground", "surface", "accent-soft")),
    *(("on-accent", under, TEXT) for under in ("accent", "accent-strong")),
    *(("on-hero", under, TEXT) for under in ("hero", "hero-end")),
    *(("on-hero-muted", under, TEXT) for under in ("hero", "hero-end")),
    *(("warning", under, TEXT) for under in ("surface", "warning-soft")),
    *(("danger", under, TEXT) for under in ("ground", "surface")),
    *(("success", under, TEXT) for under in ("surface", "success-soft")),
    *(("line-strong", under, SIGN) for under in ("ground", "surface")),
)
"""What stands on what, and the contrast it needs."""

Colours = Mapping[str, Colour]


class Shade(StrEnum):
    """Which palette a device asks for."""

    LIGHT = "light"
    DARK = "dark"


def palettes(own: Mapping[Shade, Colours]) -> dict[Shade, Colours]:
    """Return all colours of both shades, the operator's own in place of ours."""
    light, dark = dict(own.get(Shade.LIGHT, {})), dict(own.get(Shade.DARK, {}))
    ours = _ours()
    if "accent" in light:
        light = _from_accent(light, ours[Shade.LIGHT], deep=light["accent"]) | light
        dark.setdefault("accent", _lightened(light["accent"], {**ours[Shade.DARK], **dark}))
    if "accent" in dark:
        deep = light.get("accent", dark["accent"]).towards(BLACK, 0.4)
        dark = _from_accent(dark, ours[Shade.DARK], deep=deep) | dark
    return {
        Shade.LIGHT: {**ours[Shade.LIGHT], **light},
        Shade.DARK: {**ours[Shade.DARK], **dark},
    }


def too_faint(shade: Shade, palette: Colours) -> Iterator[str]:
    """Say in a sentence each what cannot be read well enough."""
    for over, under, least in PAIRS:
        there = contrast(palette[over], palette[under])
        if there < least:
            yield (
                f"{shade}: {over} {palette[over]} on {under} {palette[under]} has a contrast of "
                f"{int(there * 100) / 100}; WCAG AA asks for {least}."
            )


def changed(palette: Mapping[Shade, Colours]) -> dict[Shade, dict[str, Colour]]:
    """Return what differs from ours in either shade, for both: one must not shine through."""
    ours = _ours()
    names = [
        name
        for name in sorted(COLOURS)
        if any(palette[shade][name] != ours[shade][name] for shade in Shade)
    ]
    return {shade: {name: palette[shade][name] for name in names} for shade in Shade}


def _from_accent(own: Colours, ours: Colours, *, deep: Colour) -> dict[str, Colour]:
    accent, surface = own["accent"], own.get("surface", ours["surface"])
    is_dark = surface.luminance < accent.luminance
    far = WHITE if is_dark else BLACK
    hero = deep.towards(BLACK, 0.45)
    hero_end = _until(deep, BLACK, lambda tried: contrast(tried, WHITE) >= _COMFORT)
    return {
        "accent-strong": accent.towards(far, 0.25),
        "accent-soft": accent.towards(surface, 0.85 if is_dark else 0.93),
        "accent-line": accent.towards(surface, 0.6 if is_dark else 0.65),
        "on-accent": max((WHITE, ours["ground"] if is_dark else BLACK), key=_best_on(accent)),
        "hero": hero,
        "hero-end": hero_end,
        "on-hero": WHITE,
        "on-hero-muted": WHITE.towards(hero, 0.2),
    }


def _lightened(accent: Colour, dark: Colours) -> Colour:
    return _until(accent, WHITE, lambda tried: contrast(tried, dark["surface"]) >= _COMFORT)


def _until(start: Colour, end: Colour, is_enough: Callable[[Colour], bool]) -> Colour:
    steps = (start.towards(end, step / 20) for step in range(21))
    return next((tried for tried in steps if is_enough(tried)), end)


def _best_on(under: Colour) -> Callable[[Colour], float]:
    return lambda over: contrast(over, under)


@cache
def _ours() -> dict[Shade, Colours]:
    """Read our own colours where they are written: in the stylesheet of tokens."""
    text = (FOLDER / "css" / "tokens.css").read_text(encoding="utf-8")
    light, _, dark = text.partition("prefers-color-scheme: dark")
    said = dict(_RULE.findall(light))
    return {
        Shade.LIGHT: _resolved(said),
        Shade.DARK: _resolved(said | dict(_RULE.findall(dark))),
    }


def _resolved(said: Mapping[str, str]) -> Colours:
    found = {}
    for name in COLOURS:
        value = said[name]
        while inner := _VARIABLE.fullmatch(value):
            value = said[inner.group(1)]
        known = colour(value)
        if known is None:
            raise ValueError(f"tokens.css: --{name} is no colour")
        found[name] = known
    return found
