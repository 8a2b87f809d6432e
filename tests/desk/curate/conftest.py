"""An editor, an article to write, and the form as the page sends it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
from litestar.testing import TestClient
from sqlmodel import Session

from kb.articles import catalogue
from tests.desk.conftest import PASSWORD, World, sign_in

ARTICLES = "/desk/curation/articles"
FRAGMENT = {"hx-request": "true"}


@pytest.fixture
def eddi(app) -> Iterator[TestClient]:
    """An editor, signed in."""
    with TestClient(app, raise_server_exceptions=False) as client:
        sign_in(client, "eddi", PASSWORD)
        yield client


@dataclass
class Tab:
    """The editor in one tab: what it has read from the page, and what was typed."""

    client: TestClient
    url: str
    fields: dict[str, str] = field(default_factory=dict)

    def open(self, query: str = "") -> str:
        page = self.client.get(self.url + query).text
        for name in ("base", "tab", "copy", "saves"):
            self.fields[name] = re.search(rf'name="{name}" value="([^"]*)"', page).group(1)
        return page

    def keep(self, **typed: str):
        sent = self.send("working-copy", headers=FRAGMENT, **typed)
        for name in ("copy", "saves"):
            self.fields[name] = re.search(rf'name="{name}" value="([^"]*)"', sent.text).group(1)
        return sent

    def send(self, what: str, *, headers: dict[str, str] | None = None, **typed: str):
        self.fields |= typed
        return self.client.post(
            f"{self.url}/{what}", data=self.fields, headers=headers or {}, follow_redirects=False
        )


@pytest.fixture
def tab(eddi, world: World) -> Tab:
    """The editor of an article that is on show, just opened."""
    opened = Tab(eddi, f"{ARTICLES}/{world.wifi_public_id}/de")
    opened.open()
    opened.fields |= {"title": "WLAN ist langsam", "summary": "", "body": "Neuer Text."}
    return opened


@dataclass
class Shelf:
    """What the database says of the article."""

    engine: object
    article_id: int

    def latest(self, locale: str = "de"):
        with Session(self.engine) as session:
            return catalogue.latest(session, self.article_id, locale)


@pytest.fixture
def shelf(engine, world: World) -> Shelf:
    return Shelf(engine, world.wifi)
