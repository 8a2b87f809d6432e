"""Writes an export into an empty folder."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Engine
from sqlmodel import Session

from ingestion.export import writing
from ingestion.export.contents import Choice, Shelf, texts
from ingestion.records import Unreadable


@dataclass(frozen=True)
class Exported:
    """How much was written."""

    articles: int
    texts: int
    images: int


def export(
    engine: Engine,
    folder: Path,
    choice: Choice | None = None,
    on_progress: Callable[[int, int], None] = lambda _done, _total: None,
) -> Exported:
    """Write everything that is chosen, with categories and glossary.

    Raises:
        Unreadable: there is something in the folder already.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise Unreadable(f"{folder} is not an empty folder")
    with Session(engine) as session:
        chosen = texts(session, choice or Choice())
        shelf = Shelf(session, chosen)
        beside = {
            "categories.yaml": writing.categories(session),
            "glossary.yaml": writing.glossary(session),
        }
        for name, content in beside.items():
            if content:
                _write(folder / name, content.encode())
        articles = len({text.article.public_id for text in chosen})
        for done, (path, content) in enumerate(shelf.files(chosen), 1):
            _write(folder / path, content.encode())
            on_progress(done, len(chosen))
        images = 0
        for path, picture in shelf.images():
            _write(folder / path, picture)
            images += 1
    return Exported(articles, len(chosen), images)


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
