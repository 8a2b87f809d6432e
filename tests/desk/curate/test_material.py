"""What is brought into an article: pasted text, images, and things that want to run."""

import io
import json
from pathlib import Path

import pytest
from PIL import Image
from sqlmodel import Session, select

from desk.curate.articles.pasting import as_markdown
from kb.articles.models import Media
from tests.desk.curate.conftest import ARTICLES

JSON = {"accept": "application/json"}

ROOT = Path(__file__).parents[3]
PLACES = [one / "shared/data/xss_dev/items.jsonl" for one in (ROOT, ROOT.parent)]


def picture(width: int, kind: str = "JPEG") -> bytes:
    made = io.BytesIO()
    image = Image.new("RGB", (width, 400), "navy")
    exif = Image.Exif()
    exif[0x010F] = "GEHEIMKAMERA"
    exif[0x8825] = {1: "N"}
    image.save(made, kind, exif=exif)
    return made.getvalue()


def upload(tab, name: str, content: bytes, headers=JSON):
    return tab.client.post(
        f"{tab.url}/images", data=tab.fields, files={"files": (name, content)}, headers=headers
    )


def test_an_image_is_made_small_and_loses_its_traces(tab, engine, visitor):
    told = upload(tab, "foto.jpg", picture(4000)).json()["markdown"]
    key = told.split("/media/")[1].rstrip(")")
    with Session(engine) as session:
        media = session.get(Media, key)
        assert Image.open(io.BytesIO(media.content)).width == 1600
        assert b"GEHEIMKAMERA" not in media.content
    assert tab.client.get(f"/media/{key}").status_code == 200
    assert visitor.get(f"/media/{'0' * 32}").status_code == 404


def test_an_image_of_a_draft_is_shown_to_editors_alone(eddi, anna, visitor):
    sent = eddi.post(ARTICLES, data={"title": "Neu", "locale": "de"}, follow_redirects=False)
    url = sent.headers["location"].split("?")[0]
    files = {"files": ("a.png", picture(600, "PNG"))}
    told = eddi.post(f"{url}/images", files=files, headers=JSON).json()["markdown"]
    path = told[4:-1]
    assert [client.get(path).status_code for client in (eddi, anna, visitor)] == [200, 404, 404]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.svg", b"<svg onload=alert(1)>"),
        ("a.png", b"no picture at all"),
        ("a.pdf", b"%PDF-1.4 x"),
        ("a.png", b"\x89PNG\r\n\x1a\n broken"),
    ],
)
def test_what_is_no_picture_is_refused_in_words(tab, engine, name, content):
    answer = upload(tab, name, content)
    assert answer.status_code == 422
    assert answer.json()["message"]
    with Session(engine) as session:
        assert session.exec(select(Media)).all() == []


def test_without_a_script_the_image_is_put_below_the_text(tab):
    tab.fields["body"] = "Oben."
    page = upload(tab, "a.png", picture(600, "PNG"), headers={}).text
    assert "Oben.\n\n![](/media/" in page


def test_nobody_but_editors_brings_images(tab, anna, visitor):
    files = {"files": ("a.png", picture(600, "PNG"))}
    assert anna.post(f"{tab.url}/images", files=files).status_code == 404
    assert visitor.post(f"{tab.url}/images", files=files).status_code == 401


@pytest.mark.parametrize(
    ("pasted", "markdown"),
    [
        ("<h2>A</h2><p>B <b>c</b></p>", "## A\n\nB **c**"),
        ("<ol><li>Eins<li>Zwei</ol>", "1. Eins\n2. Zwei"),
        ("<b style='font-weight:normal'><p>Google</p></b>", "Google"),
        (
            (
                "<p class=MsoListParagraph><span style='mso-list:Ignore'>1.</span>Eins"
                "</p><p class=MsoListParagraph><span style='mso-list:Ignore'>2.</span>Zwei</p>"
            ),
            "1. Eins\n2. Zwei",
        ),
        (
            "<p><span style='mso-list:Ignore'>·</span>Punkt<o:p></o:p></p><p>Danach</p>",
            "- Punkt\n\nDanach",
        ),
        ("<img src='https://evil.example/x.png' alt='Bild'>", "Bild"),
        ("<script>alert(1)</script><style>p{}</style>Text", "Text"),
        (
            "<table><tr><th>a<th>b</tr><tr><td>1<td>2</tr></table>",
            "| a | b |\n| --- | --- |\n| 1 | 2 |",
        ),
    ],
)
def test_what_is_pasted_becomes_markdown(pasted, markdown):
    assert as_markdown(pasted) == markdown


def test_pasting_answers_with_text_and_survives_depth(eddi):
    answer = eddi.post(f"{ARTICLES}/pasted", data={"html": "<p>Hallo <i>Welt</i></p>"})
    assert answer.text == "Hallo *Welt*"
    assert answer.headers["content-type"].startswith("text/plain")
    assert eddi.post(f"{ARTICLES}/pasted", data={"html": "<div>" * 5_000}).status_code == 422


@pytest.fixture(scope="session")
def payloads() -> list[str]:
    path = next((path for path in PLACES if path.exists()), None)
    if path is None:
        pytest.skip("needs the shared data set xss_dev")
    return [json.loads(line)["text"] for line in path.read_text().splitlines()]


@pytest.mark.data
def test_what_wants_to_run_is_shown_as_text_everywhere(tab, payloads):
    body = "\n\n".join(payloads) + "\n\n" + "\n\n".join(f"![{p}](/media/x)" for p in payloads[:80])
    first = payloads[0]
    kept = tab.keep(title=first, summary=first, body=body, note=first).text
    page = tab.open()
    for text in (kept, page):
        shown = text.split('id="preview--pane"')[1].split('id="hints--pane"')[0]
        rest = shown.lower()
        assert "<script" not in rest
        assert "javascript:" not in _attributes(rest)
        assert " onerror=" not in _attributes(rest)
        assert "<iframe" not in rest
        assert "<svg " not in rest.replace('<svg class="icon"', "")


def _attributes(html: str) -> str:
    """Return what stands inside tags: text may say anything."""
    return " ".join(part.split(">")[0] for part in html.split("<")[1:])


@pytest.mark.data
def test_pasting_what_wants_to_run_brings_nothing_that_does(payloads, tab):
    pasted = as_markdown("\n".join(payloads))
    shown = tab.keep(body=pasted, title="T", summary="").text.split('id="hints--pane"')[0].lower()
    assert "<script" not in shown
    assert " onerror=" not in _attributes(shown)
