"""Files: what they are is told by their bytes, and pictures keep nothing but the picture."""

import io
import struct

import pytest
from PIL import Image

from kb.attachments import names, pictures, policy
from kb.attachments.damage import Damaged
from kb.attachments.models import FileKind
from kb.attachments.policy import Accepted, Limits, Refusal, Refused
from kb.attachments.sniffing import kind_of

SECRET = b"CANARYPLACE 53.5511N"
LIMITS = Limits(1)


def picture(kind: str, **options) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (40, 30), (200, 30, 30)).save(out, kind, **options)
    return out.getvalue()


def exif(orientation: int) -> bytes:
    tags = Image.Exif()
    tags[0x0112] = orientation
    tags[0x010E] = SECRET.decode()
    return tags.tobytes()


def pixels(content: bytes) -> bytes:
    with Image.open(io.BytesIO(content)) as image:
        image.load()
        return image.convert("RGB").tobytes()


def heic() -> bytes:
    """Return boxes as a phone writes them: an item for the pixels, and one that tells."""

    def box(name: bytes, body: bytes) -> bytes:
        return struct.pack(">I", 8 + len(body)) + name + body

    entries = b"".join(
        box(b"infe", b"\2\0\0\0" + struct.pack(">HH", item, 0) + kind + b"\0")
        for item, kind in ((1, b"hvc1"), (2, b"Exif"))
    )
    items = box(b"iinf", b"\0\0\0\0" + struct.pack(">H", 2) + entries)
    kind = box(b"ftyp", b"heic\0\0\0\0mif1heic")
    length = len(kind) + 8 + 4 + len(items) + 8 + 4 + 2 + 2 + 2 * 14
    places = b"".join(
        struct.pack(">HHHII", item, 0, 1, offset, size)
        for item, offset, size in ((1, length + 8, 6), (2, length + 14, len(SECRET)))
    )
    where = box(b"iloc", b"\0\0\0\0\x44\0" + struct.pack(">H", 2) + places)
    start = kind + box(b"meta", b"\0\0\0\0" + items + where)
    assert len(start) == length
    return start + box(b"mdat", b"PIXELS" + SECRET)


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (picture("PNG"), FileKind.PNG),
        (picture("JPEG"), FileKind.JPEG),
        (picture("WEBP"), FileKind.WEBP),
        (picture("GIF"), FileKind.GIF),
        (heic(), FileKind.HEIC),
        (b"%PDF-1.7\n", FileKind.PDF),
        ("Zeile mit Ä\n".encode(), FileKind.TEXT),
        ("Zeile".encode("utf-16"), FileKind.TEXT),
        (b"PK\x03\x04zip", None),
        (b"MZ\x90\0", None),
        (b"\x7fELF\0", None),
        (b"\0\0\0\x1cftypavif", None),
        (b"", None),
    ],
)
def test_the_first_bytes_tell_what_a_file_is(content, kind):
    assert kind_of(content) == kind


@pytest.mark.parametrize(
    ("given", "kind", "shown"),
    [
        ("Foto.JPG", FileKind.JPEG, "Foto.jpg"),
        ("IMG_2231", FileKind.JPEG, "IMG_2231.jpg"),
        ("bild.png", FileKind.JPEG, "bild.jpg"),
        ("gnp.\u202eexe", FileKind.PNG, None),
        ("gnp\u200b.exe", FileKind.PNG, None),
        ("foto.jp\u200bg", FileKind.JPEG, "foto.jpg"),
        ("re\u202ergpj.pdf", FileKind.PDF, "rergpj.pdf"),
        ("../../etc/passwd", FileKind.TEXT, None),
        ("..\\..\\boot.log", FileKind.TEXT, "boot.log"),
        (".htaccess", FileKind.TEXT, None),
        ("seite.html", FileKind.TEXT, None),
        ("bild.svg", FileKind.TEXT, None),
        ('a"b;c\r\nx: y.txt', FileKind.TEXT, "a_b_c x_ y.txt"),
        ("", FileKind.PDF, "datei.pdf"),
        ("Mu\u0308ll.txt", FileKind.TEXT, "M\u00fcll.txt"),
        ("Z" + "\u0336" * 50 + "algo.pdf", FileKind.PDF, "Z\u0336\u0336algo.pdf"),
        ("x" * 400 + ".pdf", FileKind.PDF, "x" * 80 + ".pdf"),
    ],
)
def test_a_name_says_what_the_file_is_and_hides_nothing(given, kind, shown):
    assert names.display_name(given, kind) == shown


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_picture_loses_where_it_was_taken_and_not_a_pixel(kind):
    content = picture(kind, exif=exif(1))
    assert SECRET in content
    clean = pictures.without_traces(content, kind_of(content))
    assert SECRET not in clean
    assert pixels(clean) == pixels(content)


def test_a_photograph_stays_the_right_way_up():
    clean = pictures.without_traces(picture("JPEG", exif=exif(6)), FileKind.JPEG)
    with Image.open(io.BytesIO(clean)) as image:
        assert dict(image.getexif()) == {0x0112: 6}


def test_comments_and_what_hangs_on_behind_are_cut_off():
    jpeg = picture("JPEG", comment=SECRET) + picture("JPEG", exif=exif(1))
    gif = picture("GIF", comment=SECRET) + SECRET
    assert SECRET in jpeg
    assert SECRET not in pictures.without_traces(jpeg, FileKind.JPEG)
    assert pixels(pictures.without_traces(gif, FileKind.GIF)) == pixels(gif)
    assert SECRET not in pictures.without_traces(gif, FileKind.GIF)


def test_a_heic_has_its_traces_overwritten_in_place():
    clean = pictures.without_traces(heic(), FileKind.HEIC)
    assert SECRET not in clean
    assert b"PIXELS" in clean
    assert len(clean) == len(heic())


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "GIF"])
def test_half_a_picture_is_not_taken(kind):
    content = picture(kind)
    with pytest.raises(Damaged):
        pictures.without_traces(content[: len(content) // 2], kind_of(content))


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("a.pdf", b"", Refusal.EMPTY),
        ("a.pdf", b"%PDF-" + bytes(1024 * 1024), Refusal.SIZE),
        ("a.zip", b"PK\x03\x04", Refusal.KIND),
        ("a.jpg", b"\xff\xd8\xff\xe0", Refusal.DAMAGED),
    ],
)
def test_a_refusal_says_why(name, content, why):
    assert policy.examined(name, content, LIMITS) == Refused(name, why)


def test_a_message_and_a_case_hold_so_much_and_no_more():
    file = Accepted("a.txt", FileKind.TEXT, b"x" * 1000)
    assert policy.too_many([file] * 5, held=0, limits=LIMITS) is None
    assert policy.too_many([file] * 6, held=0, limits=LIMITS) is Refusal.NUMBER
    assert policy.too_many([file], held=LIMITS.case_holds, limits=LIMITS) is Refusal.FULL
