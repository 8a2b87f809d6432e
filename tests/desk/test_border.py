"""The border: hostile input, cross-site requests, headers, limits. Never a 500 or a traceback."""

import pytest
from litestar.testing import TestClient
from sqlalchemy.exc import OperationalError

from desk.app import create_app
from desk.rates import Rates
from kb.config import Config

MARK = "<script>window.__x=1</script><img src=x onerror=alert(1)>"
ODD = ["%00", "%ED%A0%80", "%FF%FE", "9" * 400, "..%2F..%2Fetc%2Fpasswd", "%0d%0aSet-Cookie:a=b"]


@pytest.mark.parametrize("odd", ODD)
@pytest.mark.parametrize(
    "path",
    [
        "/de/articles/{}",
        "/de/categories/{}",
        "/de/cases/{}",
        "/de/feedback/{}",
        "/media/{}",
        "/static/{}",
        "/{}",
        "/{}/search",
        "/de/articles/wlan-langsam?question={}",
        "/de/contact?question={0}&article={0}",
        "/de/search?question={}",
        "/desk/sign-in?next={}",
    ],
)
def test_odd_addresses_are_answered_calmly(reader, path, odd):
    found = reader.get(path.format(odd), follow_redirects=False)
    assert found.status_code in {200, 303, 400, 404}
    assert "Traceback" not in found.text
    assert "set-cookie" not in found.headers


@pytest.mark.parametrize("body", [b"name=%00&message=%ED%A0%80", b"\xff\xfe=\xff", b"=" * 5000])
@pytest.mark.parametrize("kind", ["application/x-www-form-urlencoded", "multipart/form-data"])
def test_odd_forms_are_answered_calmly(reader, body, kind):
    for path in ("/de/contact", "/de/feedback", "/desk/sign-in", "/de/contact/suggestions"):
        found = reader.post(path, content=body, headers={"content-type": kind})
        assert found.status_code in {200, 400, 404, 422}


def test_deep_json_and_wrong_kinds_are_no_error_of_ours(reader):
    deep = b"[" * 100_000
    found = reader.post("/de/contact", content=deep, headers={"content-type": "application/json"})
    assert found.status_code in {400, 422}


def test_an_address_of_60_kilobytes_is_turned_away(reader):
    assert reader.get("/de/search", params={"question": "x" * 60_000}).status_code == 413


def test_a_body_of_10_megabytes_is_turned_away(reader):
    found = reader.post("/de/contact", data={"message": "x" * 10_000_000})
    assert found.status_code == 413


@pytest.mark.parametrize("path", ["/de/search", "/en/search"])
def test_what_is_typed_is_shown_and_never_run(reader, path):
    for headers in ({}, {"hx-request": "true"}):
        text = reader.get(path, params={"question": f"wlan {MARK}"}, headers=headers).text
        assert "<script>window" not in text
        assert "<img src=x" not in text


def test_a_contact_form_shows_names_as_they_are(reader):
    text = reader.post("/de/contact", data={"name": f'"{MARK}', "message": MARK}).text
    assert "<script>window" not in text
    assert "&#34;&lt;script&gt;" in text


@pytest.mark.parametrize(
    "headers",
    [
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"origin": "https://evil.example"},
        {"origin": "null"},
        {"origin": "http://testserver.local.evil.example"},
    ],
)
@pytest.mark.parametrize(
    "path",
    ["/de/contact", "/de/feedback", "/desk/sign-in", "/desk/sign-out", "/de/contact/suggestions"],
)
def test_what_another_site_caused_is_refused(reader, path, headers):
    found = reader.post(path, data={"message": "x"}, headers=headers)
    assert found.status_code == 403
    assert "von einer anderen Website" in found.text


@pytest.mark.parametrize(
    "headers",
    [
        {"sec-fetch-site": "same-origin", "origin": "http://testserver.local"},
        {"origin": "http://testserver.local"},
        {"origin": "http://127.0.0.1:8000"},
        {},
    ],
)
def test_what_our_own_pages_caused_is_accepted(reader, headers):
    assert reader.post("/de/contact", data={}, headers=headers).status_code == 422


@pytest.mark.parametrize(
    "path", ["/de/", "/nowhere", "/de/search?question=wlan", "/desk/sign-in", "/livez"]
)
def test_every_response_is_hardened(reader, path):
    found = reader.get(path)
    policy = found.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert found.headers["x-content-type-options"] == "nosniff"
    assert found.headers["referrer-policy"] in {"same-origin", "no-referrer"}


@pytest.mark.parametrize(
    "path", ["/", "/de/", "/de/search?question=wlan", "/de/articles/wlan-langsam", "/de/contact"]
)
def test_nobody_is_given_a_cookie_for_reading(reader, path):
    assert "set-cookie" not in reader.get(path).headers


def test_pages_are_kept_by_no_shared_cache(reader):
    found = reader.get("/de/articles/wlan-langsam")
    assert found.headers["cache-control"] == "no-cache, private"
    assert "Cookie" in found.headers["vary"]


def test_searches_are_limited_and_say_when_to_come_back(config, engine, retrieval):
    tight = config.model_copy(update={"requests_per_minute": 2})
    with TestClient(create_app(tight, engine=engine, retrieval=retrieval)) as client:
        statuses = [client.get("/de/search?question=wlan").status_code for _ in range(3)]
        last = client.get("/de/search?question=wlan")
        assert client.get("/de/articles/wlan-langsam").status_code == 200
    assert statuses == [200, 200, 429]
    assert int(last.headers["retry-after"]) > 0


def test_posts_are_limited(config, engine, retrieval):
    tight = config.model_copy(update={"posts_per_hour": 1})
    with TestClient(create_app(tight, engine=engine, retrieval=retrieval)) as client:
        assert client.post("/de/contact", data={}).status_code == 422
        assert client.post("/de/contact", data={}).status_code == 429


def test_forwarded_addresses_are_believed_from_our_proxy_only():
    rates = Rates(Config(trusted_proxies="10.0.0.1, 10.0.0.2"))
    sent = {"x-forwarded-for": "6.6.6.6, 203.0.113.7, 10.0.0.2"}
    assert rates.visitor("10.0.0.1", sent) == "203.0.113.7"
    assert rates.visitor("198.51.100.9", sent) == "198.51.100.9"
    assert rates.visitor("10.0.0.1", {}) == "10.0.0.1"
    assert rates.visitor("2001:db8::1", {}) == rates.visitor("2001:db8::2", {})


def test_a_bug_is_a_calm_page_with_a_reference(visitor, retrieval):
    retrieval.problem = RuntimeError("secret text of a customer")
    found = visitor.get("/de/search?question=wlan")
    assert found.status_code == 500
    assert "Kennung für Rückfragen" in found.text
    assert "secret" not in found.text
    assert "Traceback" not in found.text


def test_a_database_that_is_down_is_named(visitor, retrieval):
    retrieval.problem = OperationalError("SELECT secret", {}, Exception("locked"))
    found = visitor.get("/de/search?question=wlan")
    assert found.status_code == 503
    assert "secret" not in found.text


def test_a_request_that_fails_early_leaves_no_connection_behind(visitor, engine):
    for _ in range(20):
        assert visitor.get("/xx/search?question=wlan").status_code == 404
    assert engine.pool.checkedout() == 0


def test_htmx_gets_problems_as_a_notice(reader):
    found = reader.post("/de/feedback", data={"helpful": "no"}, headers={"hx-request": "true"})
    assert found.status_code == 404
    assert found.text.lstrip().startswith('<div id="problem"')


def test_the_api_gets_problems_as_json(reader):
    found = reader.get("/api/nothing")
    assert found.status_code == 404
    assert found.json()["error"]["code"] == "problem.not_found"


def test_a_public_site_answers_to_its_own_name_only(config, engine, retrieval):
    public = config.model_copy(update={"public_url": "https://help.example"})
    with TestClient(create_app(public, engine=engine, retrieval=retrieval)) as client:
        assert client.get("/de/", headers={"host": "evil.example"}).status_code == 400
        good = client.get("/de/", headers={"host": "help.example"})
        assert good.status_code == 200
        assert "max-age" in good.headers["strict-transport-security"]
        assert client.get("/livez", headers={"host": "10.0.0.5"}).status_code == 200
