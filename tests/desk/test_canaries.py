"""No canary of a text that is not for a viewer sings in any response a customer can ask for.

Retrieval is the real one with offline engines. In the second half its index still holds what has
been taken back since: SQL decides, whatever the index says.
"""

from collections.abc import Iterator

import pytest
from litestar.testing import TestClient
from sqlmodel import Session, select

from desk.deps import COOKIE
from kb.access import Audience, Viewer
from kb.articles import actions
from kb.articles.models import Article
from kb.config import LOCALES
from kb.db import transaction
from kb.people.actions import sign_in_by_mail
from kb.questions.models import Feedback
from retrieval.index.sync import sync
from tests.desk.aviary import Aviary, aviary, browsing, left, responses, searches, viewer_of
from tests.world import TITLES, Piece, Standing

SHARED = "/media/"
"""An image belongs to the family: revisions on and off show share it."""


@pytest.fixture(scope="module")
def birds(sqlite_store, tmp_path_factory) -> Iterator[Aviary]:
    """For tests that change nothing."""
    with aviary(sqlite_store, tmp_path_factory.mktemp("aviary")) as built:
        yield built


@pytest.fixture
def released(sqlite_store, tmp_path) -> Iterator[Aviary]:
    """For tests that take something back."""
    with aviary(sqlite_store, tmp_path) as built:
        yield built


def hidden_from(birds: Aviary, who: str) -> set[str]:
    """Return every canary no page for this viewer may hold."""
    viewer, world = viewer_of(birds, who), birds.world
    hidden = world.canaries_hidden_from(viewer) | {world.kims_words, world.olafs_words}
    # an address keeps the words of an article's first title: it is the family's own, and shown
    addresses = " ".join(piece.slug for piece in world.pieces if piece.is_for(viewer))
    return {word for word in hidden if word not in addresses}


def of_the_family(birds: Aviary, viewer: Viewer) -> set[str]:
    families = {piece.article_id for piece in birds.world.pieces if piece.is_for(viewer)}
    return {piece.canary for piece in birds.world.pieces if piece.article_id in families}


@pytest.mark.parametrize("who", ["anyone", "ada"])
def test_no_response_sings_for_the_wrong_viewer(birds, who):
    hidden = hidden_from(birds, who)
    shared = of_the_family(birds, viewer_of(birds, who))
    heard = {}
    with browsing(birds, who) as client:
        for asked, said in responses(birds, client, sorted(hidden)):
            wrong = hidden - shared if SHARED in asked else hidden
            if singing := {word for word in wrong if word in said}:
                heard[asked] = singing
    assert heard == {}


@pytest.mark.parametrize("who", ["anyone", "ada"])
def test_the_canaries_that_may_sing_do(birds, who):
    """Otherwise the test above would be silent for want of words."""
    with browsing(birds, who) as client:
        everything = " ".join(
            said
            for locale in LOCALES
            for words in (TITLES[locale], "Router neu starten")
            for _, said in searches(client, locale, words)
        )
    for word in birds.world.canaries_for(viewer_of(birds, who)):
        assert word in everything


@pytest.mark.parametrize("who", ["anyone", "ada"])
def test_shelves_sitemap_and_what_pages_say_of_themselves_sing_what_they_may(birds, who):
    world, viewer = birds.world, viewer_of(birds, who)
    with browsing(birds, who) as client:
        start = "".join(client.get(f"/{locale}/").text for locale in LOCALES)
        listed = client.get("/sitemap.xml").text
        for piece in world.pieces:
            moved = client.get(f"/{piece.locale}/articles/{left(piece)}", follow_redirects=False)
            is_shown = piece.is_for(viewer) or _has_one_on_show(birds, piece, viewer)
            assert (moved.status_code == 301) is is_shown
            if piece.is_for(viewer):
                assert piece.canary in start
                assert (piece.slug in listed) is (piece.audience is Audience.PUBLIC)
                page = client.get(f"/{piece.locale}/articles/{piece.slug}").text
                said = piece.canary in page.split("</head>")[0].replace("<title>", "")
                assert said


def _has_one_on_show(birds: Aviary, piece: Piece, viewer: Viewer) -> bool:
    return any(
        other.is_for(viewer) and other.translation_id == piece.translation_id
        for other in birds.world.pieces
    )


@pytest.mark.parametrize("who", ["anyone", "ada"])
@pytest.mark.parametrize("locale", LOCALES)
def test_a_hidden_address_and_one_that_never_was_are_answered_alike(birds, who, locale):
    viewer = viewer_of(birds, who)
    shown = {piece.slug for piece in birds.world.pieces if piece.is_for(viewer)}
    hidden = {piece.slug for piece in birds.world.pieces} - shown
    assert hidden
    with browsing(birds, who) as client:
        for slug in hidden:
            never = "x" * len(slug)
            found = client.get(f"/{locale}/articles/{slug}")
            nothing = client.get(f"/{locale}/articles/{never}")
            assert found.status_code == nothing.status_code == 404
            assert found.content.replace(slug.encode(), never.encode()) == nothing.content
            assert dict(found.headers) == dict(nothing.headers)


def test_a_private_page_is_for_one_customer_and_shows_no_note(birds):
    world = birds.world
    with browsing(birds, "anyone") as client:
        kims = client.get(f"/de/cases/{world.kims_case.public_id}").text
        olafs = client.get(f"/en/cases/{world.olafs_case.public_id}").text
        for guess in (str(world.olafs_case.id), world.olafs_case.public_id[:-1], "%", "' OR 1=1"):
            assert client.get(f"/de/cases/{guess}").status_code == 404
        for inside in (f"/desk/cases/{world.kims_case.id}", f"/desk/cases?words={world.kim.name}"):
            assert client.get(inside, follow_redirects=False).status_code == 303
    assert world.kims_words in kims
    assert world.adas_answer in kims
    assert world.olafs_words in olafs
    for secret in (world.internal_note, world.olafs_words, world.solution_words):
        assert secret not in kims
    for secret in (world.kims_words, world.internal_note, world.solution_words):
        assert secret not in olafs


def test_a_customer_who_signed_in_sees_their_own_cases_and_nothing_of_others(birds):
    world = birds.world
    with transaction(birds.engine) as session:
        opened = sign_in_by_mail(session, address=world.kim.email, locale="de", days=1)
    with browsing(birds, "anyone") as client:
        client.cookies.set(COOKIE, opened.token)
        mine = client.get("/de/my-cases").text
        assert world.kims_case.public_id in mine
        assert world.olafs_case.public_id not in mine
        everything = mine + "".join(text for _, text in responses(birds, client))
        assert client.get(f"/desk/cases/{world.kims_case.id}").url.path == "/desk/sign-in"
    for secret in (world.internal_note, world.olafs_words, world.solution_words):
        assert secret not in everything


@pytest.mark.parametrize("change", ["unpublish", "archive", "narrow"])
def test_what_is_taken_back_is_gone_at_the_next_request(released, change):
    taken = [released.world.piece(locale=locale) for locale in LOCALES]
    with browsing(released, "anyone") as client:
        feedback, replayed = before(released, client, taken)
        take_back(released, change)
        assert all(released.is_indexed(piece) for piece in taken)
        guesses = [piece.canary for piece in taken]
        said = [*responses(released, client, guesses), *after(client, taken, feedback, replayed)]
    words = {piece.canary for piece in taken} | {piece.slug for piece in taken}
    asked_for = {f"/{locale}/articles/{piece.slug}" for locale in LOCALES for piece in taken}
    heard = {
        asked
        for asked, answer in said
        if any(word in answer for word in words) and asked.removeprefix("HEAD ") not in asked_for
    }
    assert heard == set()


@pytest.mark.parametrize("change", ["unpublish", "archive"])
def test_what_is_taken_back_is_gone_for_staff_too(released, change):
    taken = [released.world.piece(locale=locale) for locale in LOCALES]
    take_back(released, change)
    assert all(released.is_indexed(piece) for piece in taken)
    with browsing(released, "ada") as client:
        guesses = [piece.canary for piece in taken]
        said = " ".join(answer for _, answer in responses(released, client, guesses))
    assert not any(piece.canary in said for piece in taken)


def test_what_is_narrowed_is_still_for_staff(released):
    piece = released.world.piece()
    take_back(released, "narrow")
    sync(released.engine, released.engines)
    with browsing(released, "ada") as client:
        assert piece.canary in client.get(f"/de/articles/{piece.slug}").text
        assert piece.canary in client.get(f"/de/search?question={TITLES['de']}").text


def take_back(birds: Aviary, change: str) -> None:
    """Change what SQL says about the public article; the index is not told."""
    with transaction(birds.engine) as session:
        article = session.get_one(Article, birds.world.piece().article_id)
        match change:
            case "unpublish":
                for locale in LOCALES:
                    actions.unpublish(session, article, locale=locale)
            case "archive":
                actions.archive(session, article)
            case "narrow":
                actions.set_audience(session, article, Audience.STAFF)


def before(birds: Aviary, client: TestClient, taken: list[Piece]) -> tuple[str, dict[str, str]]:
    """Read the article while it is on show; return a feedback on it, and what a cache keeps."""
    page = client.get(f"/de/articles/{taken[0].slug}")
    assert taken[0].canary in page.text
    sent = {"revision": str(taken[0].revision_id), "helpful": "no"}
    client.post("/de/feedback", data=sent)
    with Session(birds.engine) as session:
        given = session.exec(select(Feedback.public_id)).one()
    return given, {
        "if-none-match": page.headers.get("etag", "*"),
        "if-modified-since": "Sat, 01 Jan 2050 00:00:00 GMT",
    }


def after(
    client: TestClient, taken: list[Piece], feedback: str, replayed: dict[str, str]
) -> Iterator[tuple[str, str]]:
    """Ask again with what was kept."""
    for piece in taken:
        again = client.get(f"/{piece.locale}/articles/{piece.slug}", headers=replayed)
        assert again.status_code == 404
        image = client.get(f"/media/{piece.media_id}", headers=replayed)
        assert image.status_code == 404
        yield "replayed", image.text
    yield "feedback", client.get(f"/de/feedback/{feedback}").text
    yield "feedback", client.post(f"/de/feedback/{feedback}", data={"comment": "?"}).text


def test_the_world_has_a_canary_of_every_standing_to_be_heard(birds):
    assert {piece.standing for piece in birds.world.pieces} == set(Standing)
