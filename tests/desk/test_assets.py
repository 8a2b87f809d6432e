"""Static files: ours and others', named by content, nothing else."""

import hashlib
import re

import pytest

from desk import assets

VENDOR = assets.FOLDER / "vendor"


def test_vendored_files_are_what_their_note_says():
    rows = re.findall(
        r"\| (\S+) \| \S+ \| [^|]+ \| ([0-9a-f]{64}) \|", (VENDOR / "VENDORED.md").read_text()
    )
    there = {path.name for path in VENDOR.iterdir()} - {"VENDORED.md"}
    assert {name for name, _ in rows} == there
    for name, digest in rows:
        assert hashlib.sha256((VENDOR / name).read_bytes()).hexdigest() == digest


def test_a_versioned_file_is_kept_for_ever_and_packed(reader):
    address = assets.load().url("site.css")
    found = reader.get(address, headers={"accept-encoding": "gzip"})
    assert found.status_code == 200
    assert "immutable" in found.headers["cache-control"]
    assert found.headers["content-encoding"] == "gzip"
    assert found.headers["content-type"].startswith("text/css")
    assert reader.get("/static/site.css?v=old").headers["cache-control"] == "no-cache"


@pytest.mark.parametrize(
    "path",
    ["%00", "../app.py", "..%2fapp.py", "%2e%2e/app.py", "vendor/VENDORED.md", "", "css/%ff"],
)
def test_nothing_else_is_served(reader, path):
    assert reader.get(f"/static/{path}").status_code == 404


def test_links_out_of_the_folder_are_not_followed(tmp_path):
    (tmp_path / "vendor").mkdir()
    (tmp_path / "css").mkdir()
    for name in ("vendor/pico.min.css", *assets.SHEETS_FIRST):
        (tmp_path / name).write_text("a{}")
    (tmp_path / "css" / "secret.css").symlink_to("/etc/passwd")
    assert "css/secret.css" not in assets.load(tmp_path).files


def test_stylesheets_use_tokens_and_layers_and_fetch_nothing():
    for path in (assets.FOLDER / "css").glob("*.css"):
        text = path.read_text()
        assert text.lstrip().startswith("/*"), f"{path.name}: say what it is for"
        assert "@layer" in text, path.name
        assert "url(" not in text, path.name
        assert "!important" not in text, path.name
        if path.name != "tokens.css":
            assert not re.search(r"#[0-9a-f]{3,8}\b(?=[;\s,)])", text), f"{path.name}: raw colour"


def test_scripts_never_evaluate_text_or_write_markup():
    for path in (assets.FOLDER / "js").glob("*.js"):
        text = path.read_text()
        assert text.startswith("//"), f"{path.name}: say what it does"
        for word in ("eval(", "innerHTML", "insertAdjacentHTML", "document.write", "Function("):
            assert word not in text, f"{path.name} uses {word}"
