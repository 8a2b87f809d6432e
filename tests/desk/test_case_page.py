"""The customer's page of a case: read, answer, attach, end, take up again, rate; nobody else's."""

import io
from datetime import timedelta

import pytest
from PIL import Image
from sqlmodel import Session, select

from kb import clock
from kb.access import Role, Viewer
from kb.attachments.models import Attachment
from kb.cases import actions, endings
from kb.cases.models import Case, CaseState, Message, Outcome, Rating
from kb.db import transaction
from kb.people import actions as people

KEY = "a-key-long-enough-1"
WORDS = "Hier ist das Foto, wie besprochen."
AGENT = Viewer(Role.AGENT, 1)


def png(size: int = 40) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (size, size), (9, 99, 199)).save(out, "PNG")
    return out.getvalue()


def large(megabytes: float) -> bytes:
    return b"%PDF-1.7\n" + bytes(int(megabytes * 1024 * 1024))


@pytest.fixture
def case(engine) -> Case:
    with transaction(engine) as session:
        return _case(session, "karla")


@pytest.fixture
def other(engine) -> Case:
    with transaction(engine) as session:
        return _case(session, "otto")


def _case(session: Session, name: str) -> Case:
    email = f"{name}@example.com"
    customer = people.customer(session, name=name.title(), email=email, locale="de")
    return actions.open_case(
        session, customer=customer, subject="WLAN tot", body="Hilfe!", locale="de"
    )


def address(case: Case, below: str = "") -> str:
    return f"/de/cases/{case.public_id}{below}"


def send(visitor, case, *files, body=WORDS, to="/messages", key=KEY):
    sent = [("files", one) for one in files] or None
    return visitor.post(address(case, to), data={"body": body, "key": key}, files=sent)


def messages(engine, case) -> list[str]:
    with Session(engine) as session:
        rows = session.exec(select(Message).where(Message.case_id == case.id)).all()
        return [row.body for row in rows]


def attachments(engine) -> list[Attachment]:
    with Session(engine) as session:
        return list(session.exec(select(Attachment).order_by(Attachment.number)).all())


def ended(engine, case, *, days=0.0, state=CaseState.SOLVED) -> None:
    with transaction(engine) as session:
        found = session.get_one(Case, case.id)
        actions.set_state(session, found, state)
        found.updated_at = clock.now() - timedelta(days=days)


def test_files_come_with_the_message_and_are_saved_not_shown(visitor, engine, case):
    page = send(visitor, case, ("Foto.PNG", png()), ("log.txt", b"<script>alert(1)</script>"))
    assert page.status_code == 200
    picture, log = attachments(engine)
    assert (picture.name, log.name) == ("Foto.png", "log.txt")
    assert f'src="{address(case, "/attachments/" + picture.id)}"' in page.text
    for one, kind in ((picture, "image/png"), (log, "text/plain; charset=utf-8")):
        saved = visitor.get(address(case, f"/attachments/{one.id}"))
        assert saved.headers["content-type"] == kind
        assert saved.headers["content-disposition"].startswith("attachment;")
        assert saved.headers["x-content-type-options"] == "nosniff"
        assert saved.headers["content-security-policy"] == "default-src 'none'; sandbox"
        assert saved.headers["cache-control"] == "private, no-store"
    assert saved.content == b"<script>alert(1)</script>"


def test_sent_twice_it_is_one_message_with_its_files(visitor, engine, case):
    for _ in range(2):
        assert send(visitor, case, ("Foto.png", png())).status_code == 200
    assert messages(engine, case) == ["Hilfe!", WORDS]
    assert len(attachments(engine)) == 1


def test_a_picture_may_say_it_all(visitor, engine, case):
    send(visitor, case, ("Foto.png", png()), body=" ")
    assert messages(engine, case) == ["Hilfe!", "Siehe Anhang."]


def test_six_megabytes_are_taken(visitor, engine, case):
    assert send(visitor, case, ("a.pdf", large(6))).status_code == 200
    assert attachments(engine)[0].size > 6 * 1024 * 1024


def test_sixty_megabytes_are_refused_in_words_and_the_text_is_kept(visitor, engine, case):
    page = send(visitor, case, ("a.pdf", large(60)))
    assert page.status_code == 413
    assert "zusammen zu groß" in page.text
    assert WORDS in page.text
    assert (messages(engine, case), attachments(engine)) == (["Hilfe!"], [])


@pytest.mark.parametrize(
    ("files", "status", "said"),
    [
        ([("a.pdf", large(11))], 413, "a.pdf ist zu groß"),
        ([("a.zip", b"PK\x03\x04")], 422, "„a.zip“ können wir nicht annehmen"),
        ([("gnp.\u202eexe", png())], 422, "„gnp.exe“ können wir nicht annehmen"),
        ([("seite.html", b"<script>alert(1)</script>")], 422, "können wir nicht annehmen"),
        ([("a.jpg", b"\xff\xd8\xff\xe0kaputt")], 422, "„a.jpg“ ist beschädigt"),
        ([("leer.txt", b"")], 422, "„leer.txt“ ist leer"),
        ([("a.png", png())] * 6, 422, "höchstens 5"),
    ],
)
def test_what_cannot_be_attached_is_named_and_the_text_is_kept(
    visitor, engine, case, files, status, said
):
    page = send(visitor, case, *files)
    assert page.status_code == status
    assert said in page.text
    assert WORDS in page.text
    assert f'value="{KEY}"' in page.text
    assert (messages(engine, case), attachments(engine)) == (["Hilfe!"], [])


def test_a_case_holds_so_much_and_no_more(visitor, engine, case):
    with transaction(engine) as session:
        first = session.exec(select(Message).where(Message.case_id == case.id)).one()
        held = {"case_id": case.id, "message_id": first.id, "number": 1}
        size = 100 * 1024 * 1024
        session.add(Attachment(**held, name="a.pdf", kind="application/pdf", size=size))
    page = send(visitor, case, ("b.png", png()))
    assert page.status_code == 422
    assert "passen nicht mehr" in page.text


def test_a_file_is_had_by_its_own_case_only(visitor, engine, case, other, anna):
    send(visitor, case, ("Foto.png", png()))
    [file] = attachments(engine)
    wrong = visitor.get(address(other, f"/attachments/{file.id}"))
    never = visitor.get(address(case, f"/attachments/{'x' * len(file.id)}"))
    assert wrong.status_code == never.status_code == 404
    assert wrong.text.replace(other.public_id, "") == never.text.replace(
        case.public_id, ""
    ).replace("x" * len(file.id), file.id)
    assert anna.get(f"/desk/cases/{case.id}/attachments/{file.id}").status_code == 200
    assert anna.get(f"/desk/cases/{other.id}/attachments/{file.id}").status_code == 404
    signed_out = visitor.get(
        f"/desk/cases/{case.id}/attachments/{file.id}", follow_redirects=False
    )
    assert signed_out.status_code == 303


def test_what_came_with_a_note_never_reaches_the_customer(visitor, engine, case, anna):
    said = {"body": "CANARYNOTE", "key": KEY}
    files = [("files", ("CANARYNAME.txt", b"CANARYBYTES"))]
    anna.post(f"/desk/cases/{case.id}/notes", data=said, files=files)
    [file] = attachments(engine)
    assert "CANARYNAME" in anna.get(f"/desk/cases/{case.id}").text
    assert anna.get(f"/desk/cases/{case.id}/attachments/{file.id}").content == b"CANARYBYTES"
    for path in ("", "/news?seen=new.0", f"/attachments/{file.id}"):
        found = visitor.get(address(case, path), headers={"hx-request": "true"})
        assert "CANARY" not in f"{found.text} {found.headers}"
    assert found.status_code == 404


def test_an_agents_files_come_with_the_answer(visitor, engine, case, anna):
    said = {"body": "Bitte lesen", "key": KEY}
    files = [("files", ("Anleitung.pdf", b"%PDF-1.7\n"))]
    anna.post(f"/desk/cases/{case.id}/messages", data=said, files=files)
    [file] = attachments(engine)
    assert "Anleitung.pdf" in visitor.get(address(case)).text
    assert visitor.get(address(case, f"/attachments/{file.id}")).content == b"%PDF-1.7\n"
    refused = [("files", ("a.exe", b"MZ\x90"))]
    page = anna.post(f"/desk/cases/{case.id}/messages", data={"body": "Noch"}, files=refused)
    assert page.status_code == 422
    assert "Noch" in page.text


def test_staff_does_not_speak_in_the_customers_name(engine, case, anna):
    ended(engine, case)
    for path in ("/messages", "/reopening", "/sequels", "/solution", "/rating"):
        sent = anna.post(address(case, path), data={"body": "x", "stars": "5"})
        assert sent.status_code == 403
    assert messages(engine, case) == ["Hilfe!"]


@pytest.mark.parametrize("path", ["/messages", "/reopening", "/sequels", "/solution", "/rating"])
def test_another_language_after_a_mistake_leads_back_to_the_case(visitor, case, path):
    found = visitor.get(f"/en/cases/{case.public_id}{path}")
    assert (found.status_code, found.url.path) == (200, f"/en/cases/{case.public_id}")


def test_the_customer_says_it_is_solved_and_rates_once(visitor, engine, case):
    page = visitor.post(address(case, "/solution"))
    assert "Wie zufrieden" in page.text
    with Session(engine) as session:
        found = session.get_one(Case, case.id)
        assert (found.state, found.outcome) == (CaseState.SOLVED, Outcome.SOLVED_ALONE)
    nothing = visitor.post(address(case, "/rating"), data={"comment": "Nett!"})
    assert nothing.status_code == 422
    assert "Nett!" in nothing.text
    rated = visitor.post(address(case, "/rating"), data={"stars": "4", "comment": "Nett!"})
    assert "Danke für Ihre Bewertung: Zufrieden" in rated.text
    visitor.post(address(case, "/rating"), data={"stars": "1"})
    with Session(engine) as session:
        assert [(one.stars, one.comment) for one in session.exec(select(Rating))] == [(4, "Nett!")]


def test_which_article_helped_is_asked_when_some_were_linked(visitor, engine, case, world):
    assert "Was hat geholfen" not in visitor.get(address(case)).text
    with transaction(engine) as session:
        actions.link_article(session, session.get_one(Case, case.id), world.wifi, by=None)
    page = visitor.get(address(case)).text
    assert "Was hat geholfen" in page
    assert "WLAN ist langsam" in page
    visitor.post(address(case, "/solution"), data={"helped_by": str(world.wifi)})
    with Session(engine) as session:
        assert session.get_one(Case, case.id).state is CaseState.SOLVED


@pytest.mark.parametrize("state", [CaseState.SOLVED, CaseState.CLOSED])
def test_within_two_weeks_the_case_goes_on(visitor, engine, case, state):
    ended(engine, case, days=13, state=state)
    assert "Doch noch nicht gelöst?" in visitor.get(address(case)).text
    send(visitor, case, to="/reopening")
    with Session(engine) as session:
        assert session.get_one(Case, case.id).state is CaseState.OPEN
    assert messages(engine, case) == ["Hilfe!", WORDS]


def test_after_two_weeks_it_becomes_a_case_of_its_own(visitor, engine, case):
    ended(engine, case, days=15)
    refused = send(visitor, case, to="/reopening")
    assert refused.status_code == 409
    assert WORDS in refused.text
    assert send(visitor, case, to="/messages").status_code == 403
    page = send(visitor, case, ("Foto.png", png()), to="/sequels")
    again = send(visitor, case, ("Foto.png", png()), to="/sequels")
    assert page.url == again.url
    assert not str(page.url).endswith(case.public_id)
    assert address(case) in page.text
    assert "Foto.png" in page.text
    assert messages(engine, case) == ["Hilfe!"]
    with Session(engine) as session:
        assert session.get_one(Case, case.id).state is CaseState.SOLVED


def test_the_standing_says_what_happens_next(visitor, engine, case):
    assert "Als Nächstes liest sie ein Mensch" in visitor.get(address(case)).text
    assert "Eine erste Antwort kommt" not in visitor.get(address(case)).text
    with transaction(engine) as session:
        for number in range(12):
            one = _case(session, f"k{number}")
            one.created_at = clock.now() - timedelta(hours=2, minutes=10)
            actions.say(session, one, author=AGENT, body="Gern.")
    assert "nach etwa 3 Stunden" in visitor.get(address(case)).text


def test_what_travelled_along_is_shown(visitor, engine):
    with transaction(engine) as session:
        customer = people.customer(session, name="K", email="k@example.com", locale="de")
        step = actions.Step("asked", "wlan lahm")
        made = actions.open_case(
            session, customer=customer, subject="s", body="b", locale="de", trail=[step]
        )
    assert "wlan lahm" in visitor.get(address(made)).text


def test_letters_stand_under_their_days(visitor, engine, case):
    with transaction(engine) as session:
        first = session.exec(select(Message).where(Message.case_id == case.id)).one()
        first.written_at = clock.now() - timedelta(days=1)
        actions.say(session, session.get_one(Case, case.id), author=AGENT, body="Guten Tag")
    page = visitor.get(address(case)).text
    assert page.index("Gestern") < page.index("Hilfe!") < page.index("Heute") < page.index("Guten")


def test_what_is_new_comes_alone(visitor, engine, case):
    fragment = {"hx-request": "true"}
    nothing = visitor.get(address(case, "/news?seen=new.1"), headers=fragment).text
    assert "letter" not in nothing
    with transaction(engine) as session:
        actions.say(session, session.get_one(Case, case.id), author=AGENT, body="Guten Tag")
    news = visitor.get(address(case, "/news?seen=new.1"), headers=fragment).text
    assert "Guten Tag" in news
    assert "Hilfe!" not in news
    assert 'id="case-standing"' in news
    assert "Neue Nachricht von" in news
    assert visitor.get(address(case, "/news?seen=new.1")).url.path == address(case)


def test_two_ratings_at_once_are_one(engine, case):
    with transaction(engine) as session:
        found = session.get_one(Case, case.id)
        endings.solve_by_customer(session, found, helped_by=None)
        endings.rate(session, found, stars=2)
        endings.rate(session, found, stars=5)
    with Session(engine) as session:
        assert [one.stars for one in session.exec(select(Rating))] == [2]
