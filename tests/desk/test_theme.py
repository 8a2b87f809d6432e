"""The operator's theme: colours one can read, a logo that is only a picture, and no way in."""

import struct
import zlib
from pathlib import Path

import pytest
from click.testing import CliRunner
from litestar.testing import TestClient

from desk.app import create_app
from desk.theme import palette
from desk.theme.colours import colour, contrast
from desk.theme.commands import theme as commands
from desk.theme.palette import Shade
from desk.theme.pictures import NoPicture, picture
from desk.theme.reading import ThemeRefused, read_theme

LOGO = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 300 100"><path d="M0 0h9"/></svg>'


def png(width: int = 200, height: int = 100) -> bytes:
    def chunk(kind: bytes, content: bytes) -> bytes:
        checked = kind + content
        return struct.pack(">I", len(content)) + checked + struct.pack(">I", zlib.crc32(checked))

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IEND", b"")


def written(folder: Path, text: str, **files: bytes) -> Path:
    for name, content in files.items():
        (folder / name.replace("_", ".")).write_bytes(content)
    path = folder / "theme.toml"
    path.write_text(text, encoding="utf-8")
    return path


def faults(folder: Path, text: str, **files: bytes) -> str:
    with pytest.raises(ThemeRefused) as refused:
        read_theme(written(folder, text, **files))
    return "\n".join(refused.value.faults)


def served(config, engine, retrieval, path: Path) -> TestClient:
    themed = config.model_copy(update={"theme_file": path})
    app = create_app(themed, engine=engine, retrieval=retrieval)
    return TestClient(app, raise_server_exceptions=False)


def test_our_own_colours_can_be_read():
    ours = palette.palettes({})
    assert [fault for shade in Shade for fault in palette.too_faint(shade, ours[shade])] == []


@pytest.mark.parametrize("accent", ["#0b5c70", "#a3004f", "#005f2f", "#5b2d90", "#0057b8", "#222"])
def test_one_dark_colour_is_enough_for_a_whole_theme(tmp_path, accent):
    sheet = read_theme(written(tmp_path, f'[colours.light]\naccent = "{accent}"')).stylesheet
    if accent != "#0b5c70":
        assert f"--accent: {colour(accent)};" in sheet
    assert sheet.count("{") == sheet.count("}")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('[colours.light]\naccent = "#ffee00"', "light: accent #ffee00 on surface #ffffff"),
        ('[colours.light]\ntext-muted = "#bbbbbb"', "light: text-muted #bbbbbb on ground"),
        ('[colours.dark]\ntext = "#333333"', "dark: text #333333 on ground"),
        ('[colours.dark]\nground = "#808080"', "dark: "),
    ],
)
def test_what_cannot_be_read_is_refused_in_words(tmp_path, text, said):
    told = faults(tmp_path, text)
    assert said in told
    assert "WCAG AA asks for" in told


@pytest.mark.parametrize(
    "value",
    [
        "red",
        "rgb(0,0,0)",
        "#12",
        "#1234567",
        "#000;}body{display:none}",
        "#000\\n",
        "url(https://evil.example)",
        "var(--x)",
        "#000/*",
        "</style><script>alert(1)</script>",
    ],
)
def test_nothing_but_a_colour_gets_into_the_stylesheet(tmp_path, value):
    told = faults(tmp_path, f'[colours.light]\naccent = "{value}"')
    assert "is no colour like" in told
    assert "evil" not in told.replace("colours.light.accent", "")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("colors = 1", "colors is not known"),
        ("[colours.light]\n'} body {' = '#000'", "is not known"),
        ("[colours.sepia]\naccent='#000'", "colours.sepia is not known"),
        ("name = 3", "name is no text"),
        ("colours = 'blue'", "colours is no table"),
        ("[legal]\nimprint = 7", "legal.imprint is neither"),
        ("[legal]\nimprint = 'javascript:alert(1)'", "is neither an address nor a .md file"),
        ("[legal]\nimprint = 'nowhere.md'", "nowhere.md cannot be read"),
        ("[legal]\nimprint = '../outside.md'", "is not in the folder of the theme"),
        ("logo = '/etc/passwd'", "is not in the folder of the theme"),
        ("[contact]\naccessibility_email = 'x'", "no e-mail address"),
        ("name = ", "is no TOML"),
    ],
)
def test_mistakes_are_said(tmp_path, text, said):
    assert said in faults(tmp_path, text)


def test_all_mistakes_are_said_at_once(tmp_path):
    told = faults(tmp_path, "colors = 1\nname = 3\n[colours.light]\naccent = 'blue'")
    assert told.count("\n") == 2


@pytest.mark.parametrize(
    "inner",
    [
        "<script>alert(1)</script>",
        "<foreignObject><p>x</p></foreignObject>",
        '<image href="https://evil.example/x.png"/>',
        '<path onload="alert(1)" d="M0 0"/>',
        '<a href="javascript:alert(1)"><path/></a>',
        '<use href="https://evil.example/x.svg#a"/>',
        '<rect fill="url(https://evil.example/x)"/>',
        '<rect style="background:url(//evil.example)"/>',
        "<style>@import 'https://evil.example/x.css';</style>",
        "<style>rect { fill: u\\72l(//evil.example) }</style>",
        "<animate attributeName='href'/>",
    ],
)
def test_a_logo_that_is_more_than_a_picture_is_refused(inner):
    with pytest.raises(NoPicture):
        picture(LOGO.replace(b"</svg>", inner.encode() + b"</svg>"), ".svg")


def test_a_logo_that_declares_entities_is_refused():
    bomb = b'<!DOCTYPE svg [<!ENTITY a "x"><!ENTITY b SYSTEM "file:///etc/passwd">]>' + LOGO
    with pytest.raises(NoPicture):
        picture(bomb, ".svg")


@pytest.mark.parametrize(
    ("content", "suffix"),
    [
        (b"", ".svg"),
        (b"GIF89a", ".png"),
        (LOGO, ".png"),
        (png(), ".svg"),
        (b"x" * 200_000, ".svg"),
        (png(width=90_000), ".png"),
        (LOGO.replace(b' viewBox="0 0 300 100"', b""), ".svg"),
        (LOGO, ".html"),
    ],
)
def test_what_is_no_logo_is_refused(content, suffix):
    with pytest.raises(NoPicture):
        picture(content, suffix)


def test_what_drawing_programs_leave_behind_is_dropped():
    left = LOGO.replace(
        b"<path",
        b'<metadata xmlns="http://x.example/">secret</metadata><!-- note --><path '
        b'xmlns:i="http://inkscape.example/" i:label="secret"',
    )
    assert b"secret" not in picture(left, ".svg").content
    assert b"note" not in picture(left, ".svg").content


def test_a_theme_is_seen_on_every_page(tmp_path, config, engine, retrieval):
    path = written(
        tmp_path,
        'name = "Nordlicht <b>"\nlogo = "logo.svg"\nicon = "icon.png"\n'
        '[colours.light]\naccent = "#a3004f"\n'
        '[legal.imprint]\nde = "impressum.md"\nen = "https://nordlicht.example/imprint"\n',
        logo_svg=LOGO,
        icon_png=png(),
        impressum_md=b"# Wer wir sind\n\nNordlicht GmbH <script>alert(1)</script>",
    )
    with served(config, engine, retrieval, path) as client:
        page = client.get("/de/").text
        sheet = client.get("/static/site.css").text
        assert "Nordlicht &lt;b&gt;" in page
        assert 'width="120"' in page
        assert 'href="/de/imprint"' in page
        assert 'href="https://nordlicht.example/imprint"' in client.get("/en/").text
        assert "--accent: #a3004f;" in sheet
        assert client.get("/static/theme/logo.svg").headers["content-type"] == "image/svg+xml"
        assert "/static/theme/icon.png?v=" in page
        imprint = client.get("/de/imprint").text
        assert "Nordlicht GmbH" in imprint
        assert "<script>alert" not in imprint
        assert client.get("/desk/sign-in").text.count("Nordlicht &lt;b&gt;") >= 1
        for path_ in ("/de/", "/de/imprint"):
            assert "style-src 'self'" in client.get(path_).headers["content-security-policy"]
            assert " style=" not in client.get(path_).text


def test_a_theme_changes_the_version_of_the_stylesheet(tmp_path, config, engine, retrieval):
    def version(client) -> str:
        return client.get("/de/").text.partition("site.css?v=")[2][:12]

    path = written(tmp_path, '[colours.light]\naccent = "#a3004f"')
    with served(config, engine, retrieval, path) as client:
        themed = version(client)
    with TestClient(create_app(config, engine=engine, retrieval=retrieval)) as client:
        assert version(client) != themed


def test_a_site_does_not_come_up_with_a_theme_nobody_can_read(tmp_path, config, engine):
    path = written(tmp_path, '[colours.light]\ntext = "#ffffff"')
    with pytest.raises(ThemeRefused):
        create_app(config.model_copy(update={"theme_file": path}), engine=engine)


def test_the_command_says_what_is_wrong_and_what_is_missing(tmp_path):
    bad = CliRunner().invoke(commands, ["check", str(written(tmp_path, "colors = 1"))])
    assert bad.exit_code == 1
    assert "colors is not known" in bad.output
    good = CliRunner().invoke(commands, ["check", str(written(tmp_path, "name = 'x'"))])
    assert good.exit_code == 0
    assert "There is no legal.imprint." in good.output


def test_contrast_is_measured_as_wcag_does():
    grey, white = colour("#767676"), colour("#fff")
    assert grey is not None
    assert white is not None
    assert round(contrast(grey, white), 2) == 4.54
