"""What an import must not be talked into: leaving its folder, looping, or stopping."""

import pytest
from sqlmodel import Session, select

from ingestion import files, html, references
from ingestion.includes import Includes
from ingestion.masking import Code
from ingestion.records import Unreadable
from kb.articles.models import Media

PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 20


def test_images_outside_the_folder_are_not_read(desk, folder, tmp_path):
    (tmp_path / "secret.png").write_bytes(PNG)
    root = folder({"de/x.md": "# X\n\n![a](../../secret.png) ![b](link.png) ![c](/../secret.png)"})
    (root / "de/link.png").symlink_to(tmp_path / "secret.png")
    report = desk.load(root)
    with Session(desk.engine) as session:
        assert session.exec(select(Media)).all() == []
    assert desk.body("x", "de") == "a b c"
    assert any("leads out" in remark.text for remark in report.warnings)


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("a.svg", b"<svg onload='x'/>", "SVG"),
        ("a.png", b"<html>", "not the image"),
        ("a.exe", PNG, "none of png"),
        ("b.png", None, "missing"),
    ],
)
def test_what_is_no_raster_image_is_left_out_and_said(desk, folder, name, content, reason):
    root = folder({"de/x.md": f"# X\n\nVorher ![Alt]({name}) nachher."})
    if content is not None:
        (root / "de" / name).write_bytes(content)
    report = desk.load(root)
    assert desk.body("x", "de") == "Vorher Alt nachher."
    assert reason in report.warnings[0].text


def test_a_file_that_is_a_link_out_of_the_folder_fails(desk, folder, tmp_path):
    (tmp_path / "passwd.md").write_text("# Geheim\n\nGeheime Dinge stehen hier.")
    root = folder({"de/gut.md": "# Gut\n\nDas hier ist in Ordnung."})
    (root / "de/bad.md").symlink_to(tmp_path / "passwd.md")
    report = desk.load(root)
    assert [failure.origin for failure in report.failures] == ["de/bad.md"]
    assert desk.revision("gut", "de")


def test_includes_in_a_circle_or_outside_end(desk, folder, tmp_path):
    (tmp_path / "secret.md").write_text("SECRET")
    root = folder(
        {
            "en/x.md": "# X\n\nStart [!INCLUDE[a](includes/a.md)] and "
            "[!INCLUDE[s](../../secret.md)] end.",
            "en/includes/a.md": "A [!INCLUDE[b](b.md)]",
            "en/includes/b.md": "B [!INCLUDE[a](a.md)]",
        }
    )
    report = desk.load(root)
    assert "SECRET" not in desk.body("x", "en")
    assert desk.body("x", "en").startswith("Start A B")
    assert any("circle" in remark.text for remark in report.warnings)


def test_includes_that_multiply_are_stopped(tmp_path):
    for number in range(8):
        line = f"[!INCLUDE[n](i{number + 1}.md)]" * 40
        (tmp_path / f"i{number}.md").write_text(line)
    (tmp_path / "i8.md").write_text("x" * 1000)
    includes = Includes(files.Root(tmp_path, tmp_path))
    with pytest.raises(Unreadable, match="too large"):
        includes.expand("[!INCLUDE[n](i0.md)]", "", Code(), lambda _: None)


def test_one_bad_file_costs_one_article(desk, folder):
    root = folder(
        {
            "de/gut.md": "# Gut\n\nDas hier ist in Ordnung.",
            "de/yaml.md": "---\ntitle: [offen\n---\nText",
            "de/leer.md": "# Nur ein Titel",
            "fremd.md": "---\nlang: fr\n---\n# Bonjour\n\nBonjour à tous.",
        }
    )
    (root / "de/binär.md").write_bytes(b"\x00\x01\x02" * 50)
    (root / "de/riesig.md").write_bytes(b"a" * (files.LARGEST_TEXT + 1))
    report = desk.load(root)
    reasons = {failure.origin: failure.reason for failure in report.failures}
    assert desk.revision("gut", "de")
    assert "YAML" in reasons["de/yaml.md"]
    assert "no text" in reasons["de/leer.md"]
    assert "'fr'" in reasons["fremd.md"]
    assert "not a text file" in reasons["de/binär.md"]
    assert "larger than 5 MB" in reasons["de/riesig.md"]
    assert report.failures


def test_deeply_nested_html_is_refused_not_followed():
    with pytest.raises(Unreadable, match="nested"):
        html.fragment("<div>" * 5000 + "x")


@pytest.mark.parametrize("hostile", ["[" * 50_000, "![" * 30_000, "[a](" * 30_000, "`" * 50_001])
def test_hostile_markdown_takes_no_time(hostile):
    kept = references.rewrite(hostile + "](x)", image=lambda a, _: a, link=lambda a, _: a)
    assert len(kept) > 20_000


def test_dangerous_links_become_text(desk, folder):
    desk.load(
        folder({"en/x.md": "# X\n\n[a](javascript:alert(1)) [b](//evil.example) [c](data:x)"})
    )
    assert desk.body("x", "en") == "a b c"


def test_a_path_that_is_not_there_is_told(desk, tmp_path):
    report = desk.load(tmp_path / "nowhere")
    assert report.failures
    assert report.failures[0].reason == "does not exist"
