"""The operator's logo: a small SVG or PNG that is nothing but a picture.

It is shown as an image, where browsers run nothing; what could run is refused all the same.
"""

import struct
from dataclasses import dataclass

from lxml import etree

LARGEST = 100 * 1024
WIDEST = 4_000
_SVG = "http://www.w3.org/2000/svg"
_XLINK = "{http://www.w3.org/1999/xlink}href"
_ELEMENTS = frozenset(
    "svg g path rect circle ellipse line polyline polygon defs linearGradient radialGradient "
    "stop clipPath mask pattern title desc use symbol text tspan style".split()
)
_PNG = b"\x89PNG\r\n\x1a\n"


@dataclass(frozen=True)
class Picture:
    """A picture to serve, and its proportions, so that no page jumps when it arrives."""

    content: bytes
    suffix: str
    width: int
    height: int


class NoPicture(ValueError):
    """Why this cannot be a logo, in a sentence."""


def picture(content: bytes, suffix: str) -> Picture:
    """Read a logo.

    Raises:
        NoPicture: too large, something else, or more than a picture.
    """
    if len(content) > LARGEST:
        raise NoPicture(f"is larger than {LARGEST // 1024} kB.")
    if suffix == ".png":
        return _png(content)
    if suffix == ".svg":
        return _svg(content)
    raise NoPicture("is neither .svg nor .png.")


def _png(content: bytes) -> Picture:
    if not content.startswith(_PNG) or content[12:16] != b"IHDR" or len(content) < 33:  # noqa: PLR2004  # the end of its head
        raise NoPicture("is no PNG.")
    width, height = struct.unpack(">II", content[16:24])
    return Picture(content, ".png", *_sized(width, height))


def _svg(content: bytes) -> Picture:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True)
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        raise NoPicture("is no readable SVG.") from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise NoPicture("declares a document type; please remove the line <!DOCTYPE …>.")
    if root.tag != f"{{{_SVG}}}svg":
        raise NoPicture("is no SVG.")
    for element in list(root.iter()):
        _look_at(element)
    return Picture(etree.tostring(root), ".svg", *_proportions(root))


def _look_at(element: etree._Element) -> None:
    """Drop what drawing programs leave for themselves; refuse what does more than show."""
    parent = element.getparent()
    name = etree.QName(element) if isinstance(element.tag, str) else None
    if name is None or name.namespace != _SVG:
        if parent is not None:
            parent.remove(element)
        return
    if name.localname not in _ELEMENTS:
        raise NoPicture(f"holds <{name.localname}>, which is more than a picture.")
    for key, value in element.attrib.items():
        if key.startswith("{") and key != _XLINK:
            del element.attrib[key]
        elif key.casefold().startswith("on") or _leads_out(key, str(value)):
            raise NoPicture(f"has an attribute {etree.QName(key).localname} that does something.")
    if name.localname == "style" and _fetches(element.text or ""):
        raise NoPicture("has a style that fetches something.")


def _leads_out(key: str, value: str) -> bool:
    if key in {"href", _XLINK}:
        return not value.startswith("#")
    return _fetches(value)


def _fetches(css: str) -> bool:
    bare = css.casefold().replace("url(#", "").replace("url('#", "").replace('url("#', "")
    return any(sign in bare for sign in ("url(", "@import", "\\", "javascript:", "expression("))


def _proportions(root: etree._Element) -> tuple[int, int]:
    box = str(root.get("viewBox", "")).replace(",", " ").split()
    sides = box[2:4] or [str(root.get(side)).rstrip("px") for side in ("width", "height")]
    try:
        width, height = (float(side) for side in sides)
    except ValueError as error:
        raise NoPicture("says neither viewBox nor width and height.") from error
    return _sized(width, height)


def _sized(width: float, height: float) -> tuple[int, int]:
    if not (0 < width <= WIDEST and 0 < height <= WIDEST):
        raise NoPicture(f"is not between 1 and {WIDEST} pixels wide and high.")
    return max(1, round(width)), max(1, round(height))
