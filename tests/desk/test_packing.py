"""Pages travel packed, but never what is for one person: its length would tell on it."""

import gzip

import pytest

ANYONES = ("/de/", "/de/articles/wlan-langsam", "/de/search?question=wlan")
PACKED = {"accept-encoding": "gzip"}
PLAIN = {"accept-encoding": "identity"}


def _raw(client, path: str, headers: dict[str, str]) -> tuple[str, bytes]:
    """Ask, and return how the body came and the body as it came."""
    with client.stream("GET", path, headers=headers) as found:
        return found.headers.get("content-encoding", ""), b"".join(found.iter_raw())


@pytest.mark.parametrize("path", ANYONES)
def test_what_anyone_may_read_is_packed_for_those_who_can_unpack(reader, path):
    how, packed = _raw(reader, path, PACKED)
    as_it_is, plain = _raw(reader, path, PLAIN)
    assert (how, as_it_is) == ("gzip", "")
    assert len(packed) < len(plain) / 2
    assert b"</html>" in gzip.decompress(packed)
    assert "Accept-Encoding" in reader.get(path).headers["vary"]


@pytest.mark.parametrize(
    "path", ["/desk/cases", "/de/search?question=wlan", "/de/articles/intern"]
)
def test_nothing_is_packed_for_who_is_signed_in(anna, path):
    how, plain = _raw(anna, path, PACKED)
    assert how == ""
    assert b"</html>" in plain


def test_a_private_page_is_never_packed(visitor):
    sent = {"name": "Karla", "email": "karla@example.com", "message": "Hallo", "key": "k" * 20}
    own = visitor.post("/de/contact", data=sent, headers=PACKED)
    assert "/de/cases/" in str(own.url)
    assert "content-encoding" not in own.headers
    for path in ("/desk/sign-in", "/de/nothing"):
        assert _raw(visitor, path, PACKED)[0] == ""
