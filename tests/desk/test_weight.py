"""Pages are light: all that a phone fetches before anything can be read, images left out."""

import re
from pathlib import Path

import pytest
from litestar.testing import TestClient

import kb
from ingestion.records import ImportOptions
from ingestion.run import import_path
from kb.access import Audience

ARTICLES = Path(kb.__file__).parent / "demo" / "articles"
START, ARTICLE = 60_000, 80_000


def transferred(client: TestClient, path: str) -> dict[str, int]:
    """Return the bytes of a page and of every style and script it asks for, as they travel."""
    page = client.get(path)
    assert page.status_code == 200
    linked = re.findall(r'(?:<script src|<link rel="stylesheet" href)="([^"]+)"', page.text)
    assert any(address.startswith("/static/site.css") for address in linked)
    return {address: _weight(client, address) for address in [path, *dict.fromkeys(linked)]}


def _weight(client: TestClient, address: str) -> int:
    with client.stream("GET", address, headers={"accept-encoding": "gzip"}) as response:
        body = b"".join(response.iter_raw())
    headers = sum(len(f"{name}: {value}\r\n") for name, value in response.headers.items())
    return len(body) + headers


@pytest.fixture
def demo(visitor, engine) -> TestClient:
    """The same visitor, with all articles of the demo."""
    options = ImportOptions(publish=True, audience=Audience.PUBLIC)
    assert not import_path(engine, ARTICLES, options).failures
    return visitor


@pytest.mark.parametrize("locale", ["de", "en"])
def test_the_start_page_is_light(demo, locale):
    weights = transferred(demo, f"/{locale}/")
    assert sum(weights.values()) < START, weights


@pytest.mark.parametrize(
    "path",
    [
        "/de/articles/esim-einrichten?device=android",
        "/en/articles/set-up-esim",
        "/de/articles/wlan-passwort",
    ],
)
def test_an_article_is_light(demo, path):
    weights = transferred(demo, path)
    assert sum(weights.values()) < ARTICLE, weights
