"""An operator imports a folder while Lotse serves, asks, and sees the article on the page."""

import json
import struct
import zlib
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.journeys.visitor import DESKTOP, Person
from tests.running import Lotse

pytestmark = [pytest.mark.browser, pytest.mark.model]

TEXT = """---
title: Die Heizungspumpe der Seewarte entlüften
category: Seewarte
---
So entlüften Sie die Heizungspumpe im Keller der Seewarte.

![Die Pumpe von vorn](bilder/pumpe.png)

## Pumpe entlüften

1. Schalten Sie die Heizungspumpe am grauen Schalter aus.
2. Drehen Sie die Messingschraube eine Vierteldrehung nach links. Es zischt.
3. Drehen Sie die Messingschraube wieder zu, sobald Wasser kommt.
"""
QUESTION = "Wie entlüfte ich die Heizungspumpe der Seewarte?"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder as operators have them: an article and a picture."""
    pictures = tmp_path / "seewarte" / "bilder"
    pictures.mkdir(parents=True)
    (pictures / "pumpe.png").write_bytes(picture())
    (tmp_path / "seewarte" / "heizungspumpe.de.md").write_text(TEXT, encoding="utf-8")
    return tmp_path / "seewarte"


def test_an_operator_imports_asks_and_sees_the_article(visit, lotse: Lotse, folder: Path):
    arguments = ("--publish", "--audience", "public", "--locale", "de")
    imported = lotse.run("import", folder, *arguments)
    assert imported.returncode == 0, imported.stdout + imported.stderr

    assert "keeps this index" in imported.stdout
    visitor = visit(Person("de", DESKTOP))
    until_found(visitor, "Die Heizungspumpe der Seewarte entlüften")

    told = lotse.run("ask", QUESTION, "--json")
    assert told.returncode == 0, told.stdout + told.stderr
    reply = json.loads(told.stdout)
    assert reply["answer"]["kind"] == "quote"
    assert "Messingschraube" in reply["answer"]["text"]

    visitor.go(reply["answer"]["citations"][0]["url"])
    drawn = visitor.page.get_by_role("img", name="Die Pumpe von vorn")
    expect(drawn).to_be_visible()
    assert drawn.evaluate("image => image.naturalWidth") == 48


def test_a_running_server_takes_up_a_change_by_itself(visit, lotse: Lotse, folder: Path):
    changed = TEXT.replace("Die Heizungspumpe", "Die Umwälzpumpe")
    (folder / "heizungspumpe.de.md").write_text(changed, encoding="utf-8")
    arguments = ("--publish", "--audience", "public", "--locale", "de", "--no-sync")
    imported = lotse.run("import", folder, *arguments)
    assert imported.returncode == 0, imported.stdout + imported.stderr
    until_found(visit(Person("de", DESKTOP)), "Die Umwälzpumpe der Seewarte entlüften")


def until_found(visitor, title: str) -> None:
    """Search until the article is found; the server looks for news every second."""
    for _ in range(20):
        visitor.page.goto(f"/de/search?question={QUESTION}")
        if visitor.page.locator("#results").get_by_text(title).count():
            visitor.look()
            return
        visitor.page.wait_for_timeout(1_000)
    pytest.fail(f"{title} is not found")


def picture() -> bytes:
    """Return a small blue PNG, 48 x 48."""
    rows = b"".join(b"\0" + b"\x0b\x5c\x70" * 48 for _ in range(48))
    chunks = (
        (b"IHDR", struct.pack(">IIBBBBB", 48, 48, 8, 2, 0, 0, 0)),
        (b"IDAT", zlib.compress(rows)),
        (b"IEND", b""),
    )
    packed = (
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        for name, data in chunks
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(packed)
