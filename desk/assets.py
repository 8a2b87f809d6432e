"""Static files: read once at start, named by their content, served from memory.

Nothing is looked up on disk while serving, so no path, link or odd byte can reach another file.
All stylesheets are joined into one, Pico first and in the lowest layer, but for those of the desk:
they are a second one, which customers do not fetch. There is no build step.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from desk.packing import packed

FOLDER = Path(__file__).parent / "static"
STYLESHEET = "site.css"
DESK_STYLESHEET = "desk.css"
_OF_DESK = "css/desk-"
LAYERS = "@layer reset, base, components, utilities;\n"
SHEETS_FIRST = ("css/tokens.css", "css/base.css")
TYPES = {
    ".css": "text/css",
    ".js": "text/javascript",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".webmanifest": "application/manifest+json",
}


@dataclass(frozen=True)
class Asset:
    """One file to serve."""

    content: bytes
    packed: bytes
    """The same, gzipped; empty where that is not worth it."""
    content_type: str
    version: str


@dataclass(frozen=True)
class Assets:
    """Every file that may be served, by its path below `static/`."""

    files: dict[str, Asset]
    icons: dict[str, str]
    """Markup of the icons, by name; they are written into the page."""

    def url(self, path: str) -> str:
        """Return the address of a file with its version; an unknown path is a bug."""
        return f"/static/{path}?v={self.files[path].version}"


def load(folder: Path = FOLDER, own: Mapping[str, bytes] = MappingProxyType({})) -> Assets:
    """Read all files; symbolic links and unknown kinds are left out.

    Args:
        folder: where they are.
        own: the operator's, by path; a stylesheet among them comes last.
    """
    files = {
        path.relative_to(folder).as_posix(): _asset(path.read_bytes(), path.suffix)
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not path.is_symlink() and path.suffix in TYPES
    }
    files |= {path: _asset(content, Path(path).suffix) for path, content in own.items()}
    files[STYLESHEET] = _asset(_stylesheet(files), ".css")
    of_desk = [files[name].content for name in files if name.startswith(_OF_DESK)]
    files[DESK_STYLESHEET] = _asset(b"\n".join(of_desk), ".css")
    icons = {
        Path(name).stem: asset.content.decode().strip()
        for name, asset in files.items()
        if name.startswith("icons/")
    }
    return Assets(files, icons)


def _stylesheet(files: dict[str, Asset]) -> bytes:
    pico = files["vendor/pico.min.css"].content.decode().removeprefix('@charset "UTF-8";')
    every = [name for name in files if name.startswith("css/") and name not in SHEETS_FIRST]
    own = [name for name in every if not name.startswith(_OF_DESK)]
    parts = [files[name].content.decode() for name in (*SHEETS_FIRST, *own)]
    return (LAYERS + "@layer reset {\n" + pico + "\n}\n" + "\n".join(parts)).encode()


def _asset(content: bytes, suffix: str) -> Asset:
    version = hashlib.sha256(content).hexdigest()[:12]
    return Asset(content, packed(content), TYPES[suffix], version)
