"""The sidebar of a case at a size: what an agent waits for, and the search in it alone.

Asked are cases of the demo, over a library filled up to the size.
"""

import json
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from litestar.testing import TestClient
from sqlmodel import Session

import kb
from benchmarks.library import fill
from benchmarks.search import Tell, Times, timed
from desk.app import create_app
from kb.access import Role
from kb.cases import actions as cases
from kb.cases.models import Case
from kb.config import Config
from kb.db import migrate, open_engine, stored_id, transaction
from kb.people import actions as people
from kb.people.queries import staff
from retrieval.assembly import build_engines, build_retrieval

_PASSWORD = "only for this measurement"  # noqa: S105  # of a home that is thrown away
_CASES = 30
_WARM_UP = 5


@dataclass(frozen=True)
class Opening:
    """Milliseconds of the sidebar through the server, and of the suggestions alone."""

    passages: int
    server: Times
    suggest: Times


def measure(size: int, tell: Tell) -> Opening:
    """Fill a library of this size, and open the sidebar of the demo's cases."""
    with TemporaryDirectory(prefix="lotse-bench-") as folder:
        config = Config(home=Path(folder), database_url="", chroma_url="", redis_url="")
        engines, engine = build_engines(config), open_engine(config.sql_url)
        migrate(engine)
        fill(engine, engines, size, lambda done, all_: tell(f"{size} passages", done, all_))
        retrieval = build_retrieval(config, engine, engines)
        ids = _open_cases(engine)
        with TestClient(create_app(config, engine=engine, retrieval=retrieval)) as client:
            client.post("/desk/sign-in", data={"login": "ada", "password": _PASSWORD})

            def server(case_id: int) -> None:
                client.get(f"/assist/{case_id}").raise_for_status()

            def suggest(case_id: int) -> None:
                with Session(engine) as session:
                    agent = staff(session)[0].viewer
                    retrieval.suggest(session, session.get_one(Case, case_id), agent)

            figures = []
            for way in (server, suggest):
                for case_id in ids[:_WARM_UP]:
                    way(case_id)
                figures.append(timed([partial(way, one) for one in ids[_WARM_UP:]]))
        engine.dispose()
    return Opening(size, *figures)


def _open_cases(engine) -> list[int]:  # type: ignore[no-untyped-def]  # noqa: ANN001
    lines = Path(kb.__file__).with_name("demo").joinpath("cases.jsonl").read_text().splitlines()
    ids = []
    with transaction(engine) as session:
        people.add_person(session, name="Ada", login="ada", role=Role.AGENT, password=_PASSWORD)
        for case in map(json.loads, lines[-_CASES:]):
            customer = people.customer(session, name="Kim", email="", locale=case["lang"])
            made = cases.open_case(
                session,
                customer=customer,
                subject=case["subject"],
                body=case["messages"][0]["text"],
                locale=case["lang"],
            )
            ids.append(stored_id(made.id))
    return ids
