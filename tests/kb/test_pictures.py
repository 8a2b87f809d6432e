"""A page keeps the room for a picture, because how large it is is known before it comes."""

import io
from pathlib import Path

import pytest
from alembic import command
from PIL import Image
from sqlalchemy import Engine, text
from sqlmodel import Session

from kb.articles import actions, pictures
from kb.articles.models import Media
from kb.db import migrate, migrations, open_engine, transaction


def drawn(width: int, height: int, kind: str, *, turned: int = 0) -> bytes:
    written = io.BytesIO()
    exif = Image.Exif()
    if turned:
        exif[0x0112] = turned
    Image.new("RGB", (width, height), "navy").save(written, kind, exif=exif)
    return written.getvalue()


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP", "GIF"])
def test_the_size_of_a_picture_is_read_from_its_bytes(kind):
    assert pictures.size(drawn(640, 360, kind)) == (640, 360)


def test_a_photo_taken_upright_is_as_tall_as_browsers_show_it():
    assert pictures.size(drawn(640, 360, "JPEG", turned=6)) == (360, 640)
    assert pictures.size(drawn(640, 360, "JPEG", turned=3)) == (640, 360)


@pytest.mark.parametrize("content", [b"", b"no picture", b"\x89PNG\r\n\x1a\n", b"GIF89a\xff"])
def test_of_what_is_no_picture_nothing_is_said(content):
    assert pictures.size(content) is None


def test_sizes_are_kept_with_the_picture_and_looked_up_without_its_bytes(engine: Engine):
    with transaction(engine) as session:
        article = actions.create_article(session, source_key="a")
        contents = {"known.png": drawn(320, 200, "PNG"), "unknown.png": b"torn"}
        ids = [
            actions.attach_media(
                session, article, file_name=name, content_type="image/png", content=content
            ).id
            for name, content in contents.items()
        ]
        assert pictures.sizes(session, [*ids, "0" * 32]) == {ids[0]: (320, 200)}


def test_pictures_that_were_there_before_get_their_sizes(tmp_path: Path):
    old = open_engine(f"sqlite:///{tmp_path / 'old.sqlite3'}")
    config = migrations(str(old.url))
    with old.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0020")
        for key, content in (("a", drawn(90, 60, "PNG")), ("b", b"torn")):
            connection.execute(
                text("INSERT INTO media VALUES (:key, 'a.png', 'image/png', :content)"),
                {"key": key, "content": content},
            )
    migrate(old)
    with Session(old) as session:
        found = [session.get_one(Media, key) for key in "ab"]
        assert [(one.width, one.height) for one in found] == [(90, 60), (None, None)]
    old.dispose()
