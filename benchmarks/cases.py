"""The lists of cases at a size: what an agent waits for, and what the database does alone.

One case in twenty-five is not solved yet, as where a team keeps up with what comes in; for the
last row none is. Words are drawn the way people use them: few often, most seldom.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from litestar.testing import TestClient
from sqlalchemy import Engine, insert, update
from sqlmodel import Session

from benchmarks.search import Tell, Times, timed
from desk.app import create_app
from kb import clock
from kb.access import Role, Viewer
from kb.affect import Mood
from kb.cases import work_list
from kb.cases.models import Case, CaseState, Message
from kb.cases.work_list import CaseList, Narrowed
from kb.config import Config
from kb.db import migrate, open_engine, transaction
from kb.people import actions as people
from kb.people.models import Person

_PASSWORD = "only for this measurement"  # noqa: S105  # of a home that is thrown away
_AGENT = Viewer(Role.AGENT, 1)
_SAID = 3
"""Messages of a case."""
_LENGTH = 50
"""Words of a message."""
_VOCABULARY = 20_000
_OPEN = 25
_PAGE = 26
_TIMES = 20
_AT_ONCE = 1_000


@dataclass(frozen=True)
class Listing:
    """Milliseconds of one thing that lists do."""

    what: str
    taken: Times


def measure(size: int, tell: Tell) -> list[Listing]:
    """Fill a home with so many cases, open its lists and search in them."""
    with TemporaryDirectory(prefix="lotse-bench-") as folder:
        config = Config(home=Path(folder), database_url="", chroma_url="", redis_url="")
        engine = open_engine(config.sql_url)
        migrate(engine)
        with transaction(engine) as session:
            people.add_person(
                session, name="Ada", login="ada", role=Role.AGENT, password=_PASSWORD
            )
        _fill(engine, size, tell)
        found = _listings(config, engine)
        engine.dispose()
    return found


def _listings(config: Config, engine: Engine) -> list[Listing]:
    ways: dict[str, Callable[..., object]] = {
        "the counts": lambda session: work_list.counts(session, _AGENT),
        "open cases, most in need first": partial(_list, which=CaseList.OPEN, by_mood=True),
        "solved cases": partial(_list, which=CaseList.SOLVED),
        "what is new in a list": partial(
            work_list.changed_since,
            viewer=_AGENT,
            which=CaseList.OPEN,
            narrowed=Narrowed(),
            since=clock.now() - timedelta(hours=1),
        ),
        "two words in open cases": partial(_list, which=CaseList.OPEN, words="wort12 wort30"),
        "two words in solved cases": partial(_list, which=CaseList.SOLVED, words="wort12 wort30"),
        "a rare word in solved cases": partial(_list, which=CaseList.SOLVED, words="wort19017"),
        "a word nobody wrote": partial(_list, which=CaseList.SOLVED, words="unausgesprochen"),
    }
    found = [Listing(name, _timed(engine, way)) for name, way in ways.items()]
    with TestClient(create_app(config, engine=engine)) as client:
        client.post("/desk/sign-in", data={"login": "ada", "password": _PASSWORD})
        for name, path in (
            ("the page of open cases", "/desk/cases"),
            ("the page of a search", "/desk/cases?list=solved&words=wort12+wort30"),
        ):
            client.get(path)
            page = partial(client.get, path)
            found.append(Listing(name, timed([page] * _TIMES)))
    with transaction(engine) as session:
        session.exec(update(Case).values(state=CaseState.OPEN))
    everything = _timed(engine, partial(_list, which=CaseList.OPEN, by_mood=True))
    counted = _timed(engine, ways["the counts"])
    return [
        *found,
        Listing("open cases, when none is solved", everything),
        Listing("the counts, when none is solved", counted),
    ]


def _timed(engine: Engine, way: Callable[..., object]) -> Times:
    with Session(engine) as session:
        way(session)
        return timed([partial(way, session)] * _TIMES)


def _list(session: Session, *, which: CaseList, by_mood: bool = False, words: str = "") -> object:
    session.expunge_all()
    narrowed = Narrowed(words=words)
    return work_list.listed(
        session, _AGENT, which, narrowed=narrowed, by_mood=by_mood, limit=_PAGE
    )


def _fill(engine: Engine, size: int, tell: Tell) -> None:
    draw, now = Random(7), clock.now()  # noqa: S311  # nobody has to guess these
    for start in range(0, size, _AT_ONCE):
        numbers = range(start + 1, min(start + _AT_ONCE, size) + 1)
        with transaction(engine) as session:
            for table, rows in (
                (Person, [_person(n) for n in numbers]),
                (Case, [_case(n, draw, now) for n in numbers]),
                (Message, [_message(n, draw) for n in numbers for _ in range(_SAID)]),
            ):
                session.connection().execute(insert(table), rows)
        tell(f"{size} cases", numbers[-1], size)


def _person(number: int) -> dict[str, object]:
    made = Person(name=f"Kundin {number}", email=f"k{number}@example.org", role=Role.CUSTOMER)
    return made.model_dump(exclude={"id"}) | {"id": number + 1}


def _case(number: int, draw: Random, now: datetime) -> dict[str, object]:
    is_open = number % _OPEN == 0
    made = Case(
        subject=_words(draw, 6),
        locale="de",
        state=CaseState.OPEN if is_open else CaseState.SOLVED,
        customer_id=number + 1,
        assignee_id=draw.choice([1, None]),
        mood=draw.choice([None, *Mood]),
        updated_at=now - timedelta(minutes=draw.randrange(500_000)),
    )
    return made.model_dump(exclude={"id"}) | {"id": number}


def _message(number: int, draw: Random) -> dict[str, object]:
    made = Message(
        case_id=number, author_role=Role.CUSTOMER, author_id=number + 1, body=_words(draw, _LENGTH)
    )
    return made.model_dump(exclude={"id"})


def _words(draw: Random, length: int) -> str:
    """Draw words by how often people say them: the second half as often as the first."""
    return " ".join(f"wort{int(_VOCABULARY ** draw.random())}" for _ in range(length))
