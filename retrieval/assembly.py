"""Build the engines once, from the configuration. Nothing heavy is imported before it is needed."""

from dataclasses import dataclass
from typing import Protocol

from sqlalchemy import Engine
from sqlmodel import Session

from kb.access import Viewer
from kb.cases.models import Case
from kb.config import Config
from retrieval.results import CaseSuggestion, Found, Reply


class Retrieval(Protocol):
    """What the rest of Lotse calls. One per process; safe to use from several threads."""

    def search(
        self, session: Session, question: str, viewer: Viewer, locale: str, *,
        category_id: int | None = None, limit: int = 10,
    ) -> Found: ...

    def answer(
        self, session: Session, question: str, viewer: Viewer, locale: str, *,
        category_id: int | None = None,
    ) -> Reply: ...

    def suggest(self, session: Session, case: Case, viewer: Viewer) -> list[CaseSuggestion]: ...

    def related(self, session: Session, revision_id: int, viewer: Viewer, locale: str) -> Found: ...
