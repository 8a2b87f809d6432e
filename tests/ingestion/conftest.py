"""The samples, copied to where a test may change them, and short ways to import and look."""

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, col, func, select

from ingestion.records import ImportOptions, ImportReport, no_progress
from ingestion.run import import_path
from kb.articles.models import Article, Revision, Translation
from kb.outbox import OutboxNote

SAMPLES = Path(__file__).parent / "samples"
PUBLISH = ImportOptions(publish=True)


@dataclass(frozen=True)
class Desk:
    """A database to import into and to look at."""

    engine: Engine

    def load(self, path: Path, options: ImportOptions = PUBLISH, on_progress=no_progress):
        return import_path(self.engine, path, options, on_progress)

    def body(self, key: str, locale: str) -> str:
        return self.revision(key, locale).body

    def revision(self, key: str, locale: str) -> Revision:
        with Session(self.engine) as session:
            return session.exec(
                select(Revision)
                .join(Translation, col(Translation.id) == col(Revision.translation_id))
                .join(Article, col(Article.id) == col(Translation.article_id))
                .where(Article.source_key == key, Translation.locale == locale)
                .order_by(col(Revision.number).desc())
            ).first()

    def translation(self, key: str, locale: str) -> Translation:
        with Session(self.engine) as session:
            return session.exec(
                select(Translation)
                .join(Article, col(Article.id) == col(Translation.article_id))
                .where(Article.source_key == key, Translation.locale == locale)
            ).one()

    def article(self, key: str) -> Article:
        with Session(self.engine) as session:
            return session.exec(select(Article).where(Article.source_key == key)).one()

    def written(self) -> tuple[int, int]:
        """How many revisions and outbox notes there are."""
        with Session(self.engine) as session:
            return tuple(
                session.exec(select(func.count(col(table.id)))).one()
                for table in (Revision, OutboxNote)
            )

    def standing(self) -> set[tuple[str, str, str, str, str]]:
        """All that an import should bring, without ids and times."""
        with Session(self.engine) as session:
            rows = session.exec(
                select(Article, Translation, Revision)
                .join(Translation, col(Translation.article_id) == col(Article.id))
                .join(Revision, col(Revision.id) == col(Translation.published_id))
            ).all()
            return {(a.source_key, t.locale, t.slug, r.title, r.body) for a, t, r in rows}


@pytest.fixture
def desk(engine: Engine) -> Desk:
    return Desk(engine)


@pytest.fixture
def samples(tmp_path: Path) -> Path:
    return Path(shutil.copytree(SAMPLES, tmp_path / "samples"))


@pytest.fixture
def folder(tmp_path: Path) -> Callable[[dict[str, str]], Path]:
    """Write files by relative path and return the folder to import."""

    def write(files: dict[str, str]) -> Path:
        for name, text in files.items():
            path = tmp_path / "kb" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        return tmp_path / "kb"

    return write


def counted(report: ImportReport) -> dict[str, int]:
    """Return the outcomes that came up at all."""
    return {outcome.value: number for outcome, number in report.counts.items() if number}
