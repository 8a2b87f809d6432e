"""Strings that have broken software before, from the development data beside the repository."""

import json
from functools import cache

import pytest

from tests.architecture.house import ROOT

PLACES = (ROOT / "shared" / "data", ROOT.parent / "shared" / "data")
"""The development data are no part of a clone; where they are absent, tests are skipped."""


@cache
def naughty_strings() -> list[str]:
    """Return the big list of naughty strings, or skip the test that asks for it."""
    for place in PLACES:
        path = place / "blns" / "items.jsonl"
        if path.is_file():
            with path.open(encoding="utf-8") as lines:
                return [str(json.loads(line)["text"]) for line in lines]
    pytest.skip("the development data are not beside the repository")
