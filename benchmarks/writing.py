"""Writing a very long article: what happens between two pauses of somebody who types.

Measured through the whole server: the text is kept, rendered and looked at in one answer; saved;
and merged with what somebody else saved in between.
"""

from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

from litestar.testing import TestClient

import kb
from benchmarks.search import Tell
from desk.app import create_app
from kb.access import Role
from kb.articles import actions
from kb.articles.actions import Draft
from kb.config import Config
from kb.db import migrate, open_engine, transaction
from kb.people import actions as people

LENGTH = 51_000
_PASSWORD = "only for this benchmark"  # noqa: S105  # in a home that is thrown away
_ROUNDS = 10
_HTMX = {"hx-request": "true"}


@dataclass(frozen=True)
class Row:
    """Milliseconds of one kind of request: in the middle, and the slowest."""

    what: str
    median: int
    slowest: int


def measure(tell: Tell) -> list[Row]:
    """Write an article of the length of the longest one known."""
    with TemporaryDirectory(prefix="lotse-bench-") as folder:
        config = Config(home=Path(folder), database_url="", chroma_url="", redis_url="")
        engine = open_engine(config.sql_url)
        migrate(engine)
        body = _long_text()
        with transaction(engine) as session:
            people.add_person(
                session, name="Edda", login="edda", role=Role.EDITOR, password=_PASSWORD
            )
            article = actions.create_article(session, source_key="long")
            draft = Draft("Alles auf einmal", body)
            actions.revise(session, article, locale="de", draft=draft)
            url = f"/desk/curation/articles/{article.public_id}/de"
        app = create_app(config, engine=engine, build=lambda: None)  # type: ignore[arg-type,return-value]
        with TestClient(app, raise_server_exceptions=True) as client:
            client.post("/desk/sign-in", data={"login": "edda", "password": _PASSWORD})
            rows = [
                _timed("open the editor", lambda _: client.get(url)),
                _timed("keep, preview, hints", lambda n: _keep(client, url, body, n)),
                _timed("save and open", lambda n: _save(client, url, body, n)),
                _timed("two edits merged", lambda n: _merge(client, url, body, n)),
            ]
        tell("written", 1, 1)
        engine.dispose()
    return rows


def _timed(what: str, request: object) -> Row:
    spent = []
    for number in range(_ROUNDS):
        started = perf_counter()
        answer = request(number)  # type: ignore[operator]
        spent.append((perf_counter() - started) * 1000)
        if answer.status_code not in {200, 409}:
            raise RuntimeError(f"{what}: {answer.status_code}")
    spent.sort()
    return Row(what, round(spent[len(spent) // 2]), round(spent[-1]))


def _keep(client: TestClient[object], url: str, body: str, number: int) -> object:
    sent = _form(f"{body}\n\nNoch ein Satz {number}.", base=1)
    return client.post(f"{url}/working-copy", data=sent, headers=_HTMX)


def _save(client: TestClient[object], url: str, body: str, number: int) -> object:
    sent = _form(f"Runde {number}.\n\n{body}", base=number + 1)
    return client.post(f"{url}/revisions", data=sent)


def _merge(client: TestClient[object], url: str, body: str, number: int) -> object:
    sent = _form(f"{body}\n\nMein Ende {number}.", base=1)
    return client.post(f"{url}/merges", data=sent)


def _form(body: str, *, base: int) -> dict[str, str]:
    return {"title": "Alles auf einmal", "body": body, "base": str(base), "tab": "benchmark-tab"}


def _long_text() -> str:
    """Put articles of the demo together until they are long enough."""
    told: list[str] = []
    for path in sorted((Path(kb.__file__).parent / "demo" / "articles" / "de").glob("*.md")):
        told.append(path.read_text(encoding="utf-8").split("---\n", 2)[2])
        if sum(map(len, told)) > LENGTH:
            break
    return "\n\n".join(told)[:LENGTH]
