"""What starts fast loads nothing heavy."""

import json
import subprocess
import sys
import time

import pytest

from tests.architecture.house import ROOT

HEAVY = ("torch", "sentence_transformers", "transformers", "chromadb")
LOADED = f"import json, sys; print(json.dumps([n for n in {HEAVY!r} if n in sys.modules]))"
HELP = """
import sys
sys.argv = ["lotse", "--help"]
from lotse import main
try:
    main()
except SystemExit as done:
    assert not done.code, done.code
"""


def loaded_by(code: str) -> list[str]:
    done = subprocess.run(  # noqa: S603
        [sys.executable, "-c", f"{code}\n{LOADED}"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr[-1500:]
    found: list[str] = json.loads(done.stdout.splitlines()[-1])
    return found


@pytest.mark.parametrize(
    "module", ["desk.app", "retrieval.assembly", "retrieval.answering", "kb.db", "ingestion"]
)
def test_importing_it_loads_no_model_library(module: str):
    assert loaded_by(f"import {module}") == []


def test_lotse_help_loads_no_model_library_and_answers_at_once():
    assert (ROOT / "lotse.py").exists(), "lotse.py is missing"
    started = time.monotonic()
    assert loaded_by(HELP) == []
    assert time.monotonic() - started < 10  # a second and a half alone; here others work, too
