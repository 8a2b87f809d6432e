"""The operator's colours as custom properties: numbers we read, never words they wrote."""

from collections.abc import Mapping

from desk.theme.colours import Colour
from desk.theme.palette import Colours, Shade, changed


def stylesheet(palettes: Mapping[Shade, Colours]) -> str:
    """Return the sheet; nothing where every colour is ours."""
    own = changed(palettes)
    if not own[Shade.LIGHT]:
        return ""
    light, dark = (_rules(own[shade]) for shade in (Shade.LIGHT, Shade.DARK))
    return (
        f"@layer base {{\n:root {{\n{light}}}\n"
        f"@media (prefers-color-scheme: dark) {{\n:root {{\n{dark}}}\n}}\n}}\n"
    )


def _rules(colours: Mapping[str, Colour]) -> str:
    return "".join(f"--{name}: {colour};\n" for name, colour in colours.items())
