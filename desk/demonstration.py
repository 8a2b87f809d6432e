"""The demonstration: Koggenet's knowledge base and cases, and one account of each kind."""

import secrets
from collections.abc import Callable
from functools import partial
from pathlib import Path

from rich.console import Console
from rich.table import Table
from sqlalchemy import Engine

import kb
from ingestion.records import ImportOptions
from ingestion.run import import_path
from kb.access import Audience, Role
from kb.db import transaction
from kb.people import actions, queries

_FOLDER = Path(kb.__file__).parent / "demo"
_PEOPLE = (
    ("Ada Lotsen", "agent@koggenet.example", Role.AGENT),
    ("Edda Feder", "editor@koggenet.example", Role.EDITOR),
    ("Arne Admin", "admin@koggenet.example", Role.ADMIN),
)


def prepare(engine: Engine, tell: Callable[[str, int, int], None]) -> None:
    """Import the demo, if it has changed, and print the passwords of accounts newly made."""
    for part, audience in (
        ("articles", Audience.PUBLIC),
        ("staff", Audience.STAFF),
        ("cases.jsonl", Audience.STAFF),
    ):
        options = ImportOptions(publish=True, audience=audience)
        import_path(engine, _FOLDER / part, options, partial(_told, tell, part))
    made = _accounts(engine)
    if made:
        table = Table("sign in at /desk as", "password", title="Shown once, so note them")
        for login, password in made:
            table.add_row(login, password)
        Console().print(table)


def _told(
    tell: Callable[[str, int, int], None], part: str, done: int, total: int, phase: str
) -> None:
    tell(f"{part}: {phase}", done, total)


def _accounts(engine: Engine) -> list[tuple[str, str]]:
    made = []
    with transaction(engine) as session:
        for name, login, role in _PEOPLE:
            if queries.by_login(session, login) is not None:
                continue
            password = secrets.token_urlsafe(12)
            actions.add_person(session, name=name, login=login, role=role, password=password)
            made.append((login, password))
    return made
