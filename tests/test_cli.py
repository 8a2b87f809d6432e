"""The command line: what an operator types, what is said, what is left behind."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result
from sqlmodel import Session, func, select

from kb.articles.models import Article, Revision
from kb.config import Config
from kb.db import open_engine, transaction
from kb.errors import WrongCredentials
from kb.evaluations.actions import keep
from kb.evaluations.models import EvalRun
from kb.people import actions as people
from kb.people import queries
from lotse import main
from retrieval.index.lock import writing
from tests.evals import tiny

WIFI = """---
title: WLAN ist langsam
category: Internet
---
Meist liegt es am Funkkanal.

## Funkkanal wechseln

1. Öffnen Sie die Übersicht des Routers.
2. Wählen Sie einen anderen Funkkanal.
"""
BILL = """---
title: Rechnung herunterladen
---
Sie finden jede Rechnung im Kundenkonto unter Rechnungen.
"""
FRENCH = """---
title: Facture
locale: fr
---
Votre facture.
"""
PASSWORD = "correct horse battery staple"  # noqa: S105  # nobody's
Lotse = Callable[..., Result]


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A home that is not there yet."""
    return tmp_path / "home"


@pytest.fixture
def lotse(home: Path) -> Lotse:
    """Type a command at this home."""

    def run(*words: str, typed: str | None = None) -> Result:
        settings = {"LOTSE_HOME": str(home), "COLUMNS": "200"}
        return CliRunner().invoke(main, list(words), env=settings, input=typed)

    return run


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A small documentation folder."""
    place = tmp_path / "docs" / "de"
    place.mkdir(parents=True)
    (place / "wifi.md").write_text(WIFI, encoding="utf-8")
    (place / "bill.md").write_text(BILL, encoding="utf-8")
    return place.parent


def count(home: Path, table: type) -> int:
    engine = open_engine(Config(home=home).sql_url)
    with Session(engine) as session:
        found = session.exec(select(func.count()).select_from(table)).one()
    engine.dispose()
    return found


def leaves(command: click.Command, path: str = "lotse") -> list[str]:
    if not isinstance(command, click.Group):
        return [path]
    return [
        leaf for name, one in command.commands.items() for leaf in leaves(one, f"{path} {name}")
    ]


def test_help_names_every_command_and_loads_nothing_heavy():
    program = (
        "import sys, lotse\n"
        "try:\n"
        "    lotse.main(['--help'])\n"
        "except SystemExit as end:\n"
        "    assert not end.code\n"
        "heavy = {'torch', 'chromadb', 'llama_index', 'sqlmodel', 'litestar', 'granian'}\n"
        "print('heavy:', sorted(heavy & set(sys.modules)))\n"
    )
    said = subprocess.run(  # noqa: S603  # our own words
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, timeout=60
    ).stdout
    assert all(f" {name} " in said for name in main.commands)
    assert "heavy: []" in said


@pytest.mark.parametrize("path", leaves(main))
def test_every_command_explains_itself(lotse: Lotse, path: str):
    said = lotse(*path.split()[1:], "--help")
    assert said.exit_code == 0
    assert len(said.output.split()) > 10


def test_an_import_makes_the_home_and_says_what_came(lotse: Lotse, home: Path, folder: Path):
    said = lotse("import", str(folder), "--audience", "public", "--publish", "--no-sync")
    assert said.exit_code == 0, said.output
    assert count(home, Article) == 2
    assert "new" in said.output


def test_an_import_again_changes_nothing(lotse: Lotse, home: Path, folder: Path):
    for _ in range(2):
        assert lotse("import", str(folder), "--publish", "--no-sync").exit_code == 0
    assert count(home, Revision) == 2


def test_a_dry_run_changes_nothing_and_says_so(lotse: Lotse, home: Path, folder: Path):
    said = lotse("import", str(folder), "--publish", "--dry-run")
    assert said.exit_code == 0
    assert "Nothing was changed" in said.output
    assert count(home, Article) == 0
    assert not (home / "index").exists(), "and no index was made"


def test_a_bad_file_is_told_and_the_good_ones_are_kept(lotse: Lotse, home: Path, folder: Path):
    (folder / "facture.md").write_text(FRENCH, encoding="utf-8")
    said = lotse("import", str(folder), "--publish", "--no-sync")
    assert said.exit_code == 1
    assert "facture.md" in said.output
    assert "fr" in said.output
    assert count(home, Article) == 2


@pytest.mark.parametrize(
    "words",
    [
        ("import", "nowhere"),
        ("import", ".", "--kind", "pdf"),
        ("ask",),
        ("ask", "x", "--locale", "fr"),
        ("eval", "compare", "one", "two"),
        ("serve", "--workers", "2"),
        ("worker",),
        ("dance",),
    ],
)
def test_what_cannot_be_is_refused_without_a_traceback(lotse: Lotse, words: tuple[str, ...]):
    said = lotse(*words)
    assert said.exit_code == 2
    assert "Traceback" not in said.output
    assert isinstance(said.exception, SystemExit)


def test_an_empty_home_has_no_drift(lotse: Lotse):
    said = lotse("index", "audit")
    assert (said.exit_code, "drift: 0" in said.output) == (0, True)


def test_what_is_not_indexed_is_drift(lotse: Lotse, folder: Path):
    lotse("import", str(folder), "--audience", "public", "--publish", "--no-sync")
    said = lotse("index", "audit")
    assert (said.exit_code, "drift: 2" in said.output) == (1, True)


@pytest.mark.parametrize(
    ("setting", "words", "command"),
    [
        (
            {"LOTSE_DATABASE_URL": "postgresql://nobody@127.0.0.1:1/none?connect_timeout=1"},
            "LOTSE_DATABASE_URL",
            ("index", "audit"),
        ),
        ({"LOTSE_CHROMA_URL": "http://127.0.0.1:1"}, "LOTSE_CHROMA_URL", ("index", "audit")),
    ],
)
def test_what_does_not_answer_is_named_without_a_traceback(
    lotse: Lotse,
    monkeypatch: pytest.MonkeyPatch,
    setting: dict[str, str],
    words: str,
    command: tuple[str, ...],
):
    for name, value in setting.items():
        monkeypatch.setenv(name, value)
    said = lotse(*command)
    assert (said.exit_code, words in said.output) == (1, True), said.output
    assert isinstance(said.exception, SystemExit)


@pytest.mark.parametrize(("command", "exit_code"), [("sync", 0), ("rebuild", 1)])
def test_an_index_somebody_else_writes_is_left_to_them(
    lotse: Lotse, home: Path, command: str, exit_code: int
):
    with writing(home / "index"):
        said = lotse("index", command)
    assert said.exit_code == exit_code
    assert "A running Lotse keeps this index" in said.output


def add_ada(lotse: Lotse, password: str = PASSWORD) -> Result:
    return lotse("person", "add", "ada", "--name", "Ada", typed=f"{password}\n{password}\n")


def test_a_person_who_was_added_can_sign_in(lotse: Lotse, home: Path):
    said = add_ada(lotse)
    assert said.exit_code == 0, said.output
    assert "ada can sign in as agent" in said.output
    assert PASSWORD not in said.output
    engine = open_engine(Config(home=home).sql_url)
    with transaction(engine) as session:
        assert people.sign_in(session, login="ada", password=PASSWORD, days=1).person.name == "Ada"
    engine.dispose()


def test_a_new_password_ends_the_sign_ins_of_the_old_one(lotse: Lotse, home: Path):
    add_ada(lotse)
    engine = open_engine(Config(home=home).sql_url)
    with transaction(engine) as session:
        token = people.sign_in(session, login="ada", password=PASSWORD, days=1).token
    new = f"{PASSWORD}-new"
    said = lotse("person", "password", "ada", typed=f"{new}\n{new}\n")
    assert (said.exit_code, new in said.output) == (0, False), said.output
    with transaction(engine) as session:
        assert queries.signed_in(session, token) is None
        with pytest.raises(WrongCredentials):
            people.sign_in(session, login="ada", password=PASSWORD, days=1)
        assert people.sign_in(session, login="ada", password=new, days=1).person.name == "Ada"
    engine.dispose()


def test_a_password_is_set_for_somebody_who_is_there_and_long_enough(lotse: Lotse):
    add_ada(lotse)
    nobody = lotse("person", "password", "kim", "--password", PASSWORD)
    assert (nobody.exit_code, "Nobody signs in as kim" in nobody.output) == (1, True)
    short = lotse("person", "password", "ada", "--password", "short")
    assert (short.exit_code, "12 to 200" in short.output) == (1, True)


def test_a_login_belongs_to_one_person(lotse: Lotse):
    add_ada(lotse)
    said = add_ada(lotse)
    assert (said.exit_code, "Login taken" in said.output) == (1, True)


def test_a_short_password_is_refused(lotse: Lotse):
    said = add_ada(lotse, "short")
    assert (said.exit_code, "12" in said.output) == (1, True)


def test_a_role_is_one_of_the_staffs(lotse: Lotse):
    said = lotse(
        "person", "add", "kim", "--name", "Kim", "--role", "customer", "--password", PASSWORD
    )
    assert said.exit_code == 2


def test_an_evaluation_of_nothing_names_what_is_missing(lotse: Lotse, tmp_path: Path):
    said = lotse("eval", "run", str(tmp_path / "nowhere"))
    assert said.exit_code == 1
    assert "corpus.jsonl is missing" in said.output


def kept_run(home: Path, hit: float, digest: str = "d") -> None:
    measures = ["hit@1", "hit@5", "MRR@10", "nDCG@10", "recall@20"]
    rows = [
        {"query_id": f"q{n}", "scope": "own", "lang": "de", **dict.fromkeys(measures, hit)}
        for n in range(5)
    ]
    engine = open_engine(Config(home=home).sql_url)
    with transaction(engine) as session:
        run = EvalRun(
            dataset="tiny", dataset_digest=digest, system="hybrid", fingerprint="f", per_query=rows
        )
        keep(session, run)
    engine.dispose()


def test_two_kept_runs_are_compared(lotse: Lotse, home: Path):
    add_ada(lotse)
    for hit in (0.0, 1.0):
        kept_run(home, hit)
    said = lotse("eval", "compare", "1", "2")
    assert said.exit_code == 0, said.output
    assert "de own" in said.output
    assert "+1.000" in said.output


def test_runs_that_are_not_there_or_not_alike_are_not_compared(lotse: Lotse, home: Path):
    assert lotse("eval", "compare", "1", "2").exit_code == 1
    for digest in ("d", "e"):
        kept_run(home, 1.0, digest)
    said = lotse("eval", "compare", "1", "2")
    assert (said.exit_code, "not the same data" in said.output) == (1, True)


@pytest.mark.model
def test_from_a_folder_to_an_answer(lotse: Lotse, folder: Path):
    said = lotse("import", str(folder), "--audience", "public", "--publish")
    assert said.exit_code == 0, said.output
    assert "index: 2 added, 0 removed" in said.output
    assert lotse("index", "audit").exit_code == 0

    question = "Wie wähle ich einen anderen Funkkanal des Routers?"
    found = json.loads(lotse("ask", question, "--json").stdout)
    assert {"question", "locale", "answer", "reason", "hits", "ms"} <= set(found)
    assert (found["question"], found["locale"]) == (question, "de")
    assert set(found["hits"][0]) == {"article", "title", "locale", "score", "url"}
    assert found["hits"][0]["title"] == "WLAN ist langsam"
    assert found["ms"]["total"] > 0
    if found["answer"] is not None:
        assert found["reason"] is None
        assert set(found["answer"]) == {"text", "kind", "confidence", "citations"}
        assert found["answer"]["kind"] == "quote"
        for citation in found["answer"]["citations"]:
            assert set(citation) == {"article", "title", "section", "url", "revision", "quote"}
            assert (citation["title"], citation["revision"]) == ("WLAN ist langsam", 1)
            assert all(part in WIFI for part in citation["quote"].split("\n\n"))

    absurd = json.loads(lotse("ask", "qwxz vbnk trfgh pplm xyzzy", "--json").stdout)
    assert absurd["answer"] is None
    assert absurd["reason"]

    shown = lotse("ask", question, "--explain", "--locale", "de")
    assert shown.exit_code == 0
    assert all(word in shown.output for word in ("meaning", "words", "funkkanal", "confidence"))

    rebuilt = lotse("index", "rebuild")
    assert "index: 2 added" in rebuilt.output
    assert lotse("index", "audit").exit_code == 0


def test_an_import_for_staff_says_that_customers_will_not_find_it(lotse: Lotse, folder: Path):
    told = lotse("import", str(folder), "--publish", "--no-sync").output
    assert "for staff only: customers do not find them" in told
    again = lotse("import", str(folder), "--publish", "--no-sync").output
    assert "for staff only" not in again
    widened = lotse("import", str(folder), "--publish", "--no-sync", "--audience", "public").output
    assert "for staff only" not in widened


@pytest.mark.model
def test_an_answer_is_given_to_those_it_is_for(lotse: Lotse, folder: Path):
    (folder / "de" / "bill.md").unlink()
    assert lotse("import", str(folder), "--audience", "staff", "--publish").exit_code == 0
    question = "Wie wähle ich einen anderen Funkkanal des Routers?"
    for_customer = json.loads(lotse("ask", question, "--json").stdout)
    for_staff = json.loads(lotse("ask", question, "--json", "--as", "staff").stdout)
    assert (for_customer["answer"], for_customer["hits"]) == (None, [])
    assert [hit["title"] for hit in for_staff["hits"]] == ["WLAN ist langsam"]


@pytest.mark.model
def test_an_evaluation_is_kept_and_leaves_the_home_as_it_was(
    lotse: Lotse, home: Path, tmp_path: Path
):
    folder = tiny.write(tmp_path / "faq")
    lines, figures = tmp_path / "run.jsonl", tmp_path / "figures.json"
    said = lotse("eval", "run", str(folder), "--run", str(lines), "--json", str(figures))
    assert said.exit_code == 0, said.output
    assert "kept as run 1" in said.output
    assert count(home, EvalRun) == 1
    assert count(home, Article) == 0
    assert not (home / "index").exists()
    assert {json.loads(line)["query_id"] for line in lines.read_text().splitlines()} == {
        query["_id"] for query in tiny.QUERIES
    }
    assert set(json.loads(figures.read_text())["hybrid"]) == {
        "ranking",
        "reporting half",
        "honesty",
        "risk",
        "risk, reporting half",
        "speed",
    }
