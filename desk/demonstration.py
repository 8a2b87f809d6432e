"""The demonstration: Koggenet's knowledge base and cases, and one account of each kind."""

import json
import secrets
import tempfile
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

from rich.console import Console
from rich.table import Table
from sqlalchemy import Engine

import kb
from ingestion.records import ImportOptions, ImportReport
from ingestion.run import import_path
from kb import clock
from kb.access import Audience, Role
from kb.db import transaction
from kb.people import actions, queries
from kb.questions.actions import record
from kb.questions.models import NoAnswerReason, Question

FOLDER = Path(kb.__file__).parent / "demo"
Tell = Callable[[str, int, int], None]
_CASES = "cases.jsonl"
_QUESTIONS = "questions.jsonl"
EDITOR = "editor@koggenet.example"
_PEOPLE = (
    ("Ada Lotsen", "agent@koggenet.example", Role.AGENT),
    ("Edda Feder", EDITOR, Role.EDITOR),
    ("Arne Admin", "admin@koggenet.example", Role.ADMIN),
)


def prepare(engine: Engine, tell: Tell) -> bool:
    """Import the demo, if it has changed, and print the passwords of accounts newly made.

    Returns:
        whether this demo is new.
    """
    import_demo(engine, tell)
    made = _accounts(engine)
    if made:
        ask_demo(engine)
        table = Table("sign in at /desk as", "password", title="Shown once, so note them")
        for login, password in made:
            table.add_row(login, password)
        Console().print(table)
    return bool(made)


def import_demo(engine: Engine, tell: Tell, folder: Path = FOLDER) -> list[ImportReport]:
    """Import articles, what is for staff only, and cases as if they had come in lately."""
    with tempfile.TemporaryDirectory() as temporary:
        # an import knows a source by the names of its folder and file, so these stay the same
        cases = Path(temporary, FOLDER.name, _CASES)
        cases.parent.mkdir()
        lines = Path(folder, _CASES).read_text(encoding="utf-8").splitlines()
        cases.write_text("\n".join(_dated(lines, clock.now())), encoding="utf-8")
        parts = (
            (folder / "articles", Audience.PUBLIC),
            (folder / "staff", Audience.STAFF),
            (cases, Audience.STAFF),
        )
        return [
            import_path(
                engine,
                path,
                ImportOptions(publish=True, audience=audience),
                partial(_told, tell, path.stem),
            )
            for path, audience in parts
        ]


def ask_demo(engine: Engine, folder: Path = FOLDER) -> None:
    """Have asked what nothing in the demo answers: so there are gaps to look at."""
    lines = (folder / _QUESTIONS).read_text(encoding="utf-8").splitlines()
    with transaction(engine) as session:
        for told in map(json.loads, lines):
            question = Question(
                text=told["text"],
                locale=told["locale"],
                audience=Audience.PUBLIC,
                reason=NoAnswerReason.NOT_SURE,
                asked_at=clock.now() - timedelta(days=told["days"]),
            )
            record(session, question)


def _dated(lines: Iterable[str], now: datetime) -> Iterator[str]:
    """Give every message a time: open cases wait since minutes to days, solved ones are older."""
    unfinished = 0
    for number, line in enumerate(lines):
        case = json.loads(line)
        if case["state"] == "solved":
            last = now - timedelta(hours=20 + 21 * number)
        else:
            unfinished += 1
            last = now - timedelta(minutes=25 * unfinished**2)
        for age, message in enumerate(reversed(case["messages"])):
            message["at"] = (last - timedelta(minutes=47 * age)).isoformat()
        yield json.dumps(case, ensure_ascii=False)


def _told(tell: Tell, part: str, done: int, total: int, phase: str) -> None:
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
