"""The ways to a person: the panel, call-back, video, appointment, and the private page of each."""

import re
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from icalendar import Calendar
from litestar.testing import TestClient
from sqlmodel import Session, select

from desk.app import create_app
from desk.help.contact.forms import slot_value
from kb import clock
from kb.attachments.models import Attachment
from kb.cases.models import Case, Message, Trail
from kb.config import Config
from kb.db import transaction
from kb.mail.models import Mail
from kb.people.models import Person
from kb.questions.models import Question
from kb.ways import actions
from kb.ways.models import Meeting, MeetingState, Place, Way

SERVICE = """
[hours]
mon-sun = ["00:00-24:00"]
[call]
phone = "0800 5550199"
[callback]
minutes = 120
lead_minutes = 0
capacity = 1
[video]
link = "https://meet.example/{room}"
[appointment]
by = "video"
minutes = 60
capacity = 1
lead_minutes = 0
horizon_days = 3
"""
TALK = {"name": "Karla Kunde", "email": "karla@example.com", "key": "a-key-long-enough-1"}
ISLAND = "https://meet.example/"


@pytest.fixture
def config(tmp_path) -> Config:
    (tmp_path / "service.toml").write_text(SERVICE)
    return Config(home=tmp_path, posts_per_hour=100_000, requests_per_minute=100_000)


def free(page: str) -> list[str]:
    return re.findall(r'name="slot"\s+value="(\d{8}T\d{4}Z)"', page)


def times(visitor, way: str) -> list[str]:
    found = free(visitor.get(f"/de/contact/{way}").text)
    assert found == sorted(found)
    return found


def agree(visitor, way: str, slot: str = "", **fields: str):
    given = TALK | {"slot": slot, "phone": "0171 3920014"} | fields
    return visitor.post(f"/de/contact/{way}", data=given)


def meetings(engine) -> list[Meeting]:
    with Session(engine) as session:
        return list(session.exec(select(Meeting).order_by(Meeting.id)).all())


def rows(engine, kind) -> list:
    with Session(engine) as session:
        return list(session.exec(select(kind)).all())


def test_the_panel_shows_every_way_and_what_is_known_of_it(visitor):
    page = visitor.get("/de/contact").text
    for words in ("Mit uns sprechen", "Rückruf", "Anrufen", "Videogespräch", "Termin"):
        assert words in page
    assert "Rund um die Uhr" in page
    assert "0800 5550199" in page
    assert "Wartezeit: unbekannt" in page
    assert 'id="contact-form"' in page
    assert "Today" not in page
    assert "Around the clock" in visitor.get("/en/contact").text


def test_what_is_not_offered_is_not_there(tmp_path, engine, retrieval):
    plain = create_app(Config(home=tmp_path / "bare"), engine=engine, retrieval=retrieval)
    with TestClient(plain, raise_server_exceptions=False) as visitor:
        page = visitor.get("/de/contact").text
        assert 'id="ways"' not in page
        for way in ("callback", "video", "appointment", "call", "message", "nope"):
            assert visitor.get(f"/de/contact/{way}").status_code == 404
            assert visitor.post(f"/de/contact/{way}", data=TALK).status_code == 404


def test_a_call_back_becomes_a_case_with_a_window_and_a_number(visitor, engine):
    slot = times(visitor, "callback")[1]
    page = agree(visitor, "callback", slot, message="WLAN tot")
    [meeting] = meetings(engine)
    assert str(page.url).endswith(f"/de/meetings/{meeting.public_id}")
    assert "Wir rufen Sie an." in page.text
    assert "+49 171 3920014" in page.text
    assert (meeting.way, slot_value(meeting.starts_at)) == (Way.CALLBACK, slot)
    assert meeting.ends_at - meeting.starts_at == timedelta(hours=2)
    [case], [message] = rows(engine, Case), rows(engine, Message)
    assert (case.id, message.body) == (meeting.case_id, "WLAN tot")
    for name, value in {
        "cache-control": "no-store",
        "referrer-policy": "no-referrer",
        "x-robots-tag": "noindex",
    }.items():
        assert page.headers[name] == value


def test_who_is_called_needs_no_message_and_no_address(visitor, engine):
    first, second = times(visitor, "callback")[1:3]
    agree(visitor, "callback", first, email="")
    agree(visitor, "callback", second, email="", key="another-key-long-22")
    assert {each.body for each in rows(engine, Message)} == {"Bitte rufen Sie mich an."}
    assert len({case.customer_id for case in rows(engine, Case)}) == 2
    assert rows(engine, Mail) == []


def test_the_case_page_tells_what_is_agreed_until_it_is_called_off(visitor, engine):
    agree(visitor, "callback", times(visitor, "callback")[1])
    [meeting], [case] = meetings(engine), rows(engine, Case)
    link = f"/de/meetings/{meeting.public_id}"
    page = visitor.get(f"/de/cases/{case.public_id}").text
    assert f'href="{link}"' in page
    assert "Ihr Rückruf" in page
    visitor.post(f"{link}/cancellation")
    assert meetings(engine)[0].state is MeetingState.CANCELLED
    assert link not in visitor.get(f"/de/cases/{case.public_id}").text


@pytest.mark.parametrize("phone", ["", "12", "abc", "0900 1234567", "110", "9" * 60])
def test_a_number_we_would_not_call_is_refused_and_everything_kept(visitor, engine, phone):
    slot = times(visitor, "callback")[1]
    page = agree(visitor, "callback", slot, phone=phone, message="Bitte bald")
    assert page.status_code == 422
    assert "Bitte prüfen Sie die Telefonnummer" in page.text
    assert 'value="Karla Kunde"' in page.text
    assert "Bitte bald" in page.text
    assert re.search(rf'value="{slot}"\s+required\s+checked', page.text)
    assert rows(engine, Case) == rows(engine, Place) == []


def test_an_appointment_has_a_room_of_its_own_and_a_letter_with_our_words_only(visitor, engine):
    slot = times(visitor, "appointment")[-1]
    page = agree(visitor, "appointment", slot, message="CANARYTYPED", name="CANARYNAME")
    [meeting] = meetings(engine)
    assert "Ihr Termin steht." in page.text
    assert meeting.room.startswith(ISLAND)
    assert len(meeting.room) > len(ISLAND) + 20
    assert meeting.room in page.text
    assert meeting.phone == ""
    letters = rows(engine, Mail)
    assert letters
    for letter in letters:
        assert letter.recipient == "karla@example.com"
        assert f"/de/meetings/{meeting.public_id}" in letter.text
        assert "CANARY" not in f"{letter.subject}{letter.text}{letter.html}"
    reminder = [each for each in letters if each.key.endswith("reminder")]
    assert [each.not_after for each in reminder] == [meeting.starts_at]
    assert reminder[0].next_attempt_at > clock.now()


def test_sent_twice_it_is_one_meeting(visitor, engine):
    slot = times(visitor, "appointment")[2]
    first, second = agree(visitor, "appointment", slot), agree(visitor, "appointment", slot)
    assert first.url == second.url
    assert len(meetings(engine)) == len(rows(engine, Case)) == len(rows(engine, Place)) == 1


def test_a_time_given_away_meanwhile_keeps_what_was_typed_and_offers_others(visitor, engine):
    slot = times(visitor, "appointment")[2]
    agree(visitor, "appointment", slot)
    late = agree(visitor, "appointment", slot, key="another-key-long-22", message="Dringend!")
    assert late.status_code == 409
    assert "Diese Zeit ist inzwischen vergeben." in late.text
    assert "Dringend!" in late.text
    assert 'value="another-key-long-22"' in late.text
    assert slot not in free(late.text)
    assert len(free(late.text)) > 10
    assert len(rows(engine, Case)) == 1
    again = agree(visitor, "appointment", free(late.text)[0], key="another-key-long-22")
    assert again.status_code == 200
    assert len(meetings(engine)) == 2


@pytest.mark.parametrize(
    ("slot", "status"),
    [
        ("20200101T0800Z", 409),  # past
        ("20990101T0800Z", 409),  # too far
        ("{half}", 409),  # between two times
        ("", 422),
        ("tomorrow", 422),
        ("20261199T0800Z", 422),
        ("1 OR 1=1", 422),
    ],
)
def test_a_time_that_is_none_of_ours_takes_no_place(visitor, engine, slot, status):
    half = datetime.strptime(times(visitor, "appointment")[1], "%Y%m%dT%H%MZ").replace(tzinfo=UTC)
    wanted = slot.format(half=slot_value(half + timedelta(minutes=30)))
    assert agree(visitor, "appointment", wanted).status_code == status
    assert rows(engine, Place) == rows(engine, Case) == []


def test_a_video_call_begins_at_once(visitor, engine):
    page = agree(visitor, "video", email="")
    [meeting] = meetings(engine)
    assert meeting.way is Way.VIDEO
    assert meeting.room in page.text
    assert "Ihr Raum ist bereit." in page.text
    assert rows(engine, Place) == []


def test_when_nobody_is_there_a_video_call_is_no_way(tmp_path, engine, retrieval):
    yesterday = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")[clock.now().weekday() - 2]
    text = SERVICE.replace("[video]", f'[video]\nhours = {{ {yesterday} = ["10:00-11:00"] }}')
    (tmp_path / "service.toml").write_text(text)
    closed = create_app(Config(home=tmp_path), engine=engine, retrieval=retrieval)
    with TestClient(closed, raise_server_exceptions=False) as visitor:
        page = visitor.get("/de/contact/video").text
        assert "Gerade ist niemand für ein Videogespräch da." in page
        assert 'id="talk-form"' not in page
        assert agree(visitor, "video").status_code == 409
        assert rows(engine, Case) == []
        panel = visitor.get("/de/contact").text
        assert panel.index("Videogespräch") > panel.index("Termin")


@pytest.fixture
def booked(visitor, engine) -> Meeting:
    agree(visitor, "appointment", times(visitor, "appointment")[-2])
    return meetings(engine)[0]


def test_confirming_moving_and_cancelling_by_the_private_link(visitor, engine, booked):
    address = f"/de/meetings/{booked.public_id}"
    assert "Sie haben zugesagt." in visitor.post(f"{address}/confirmation").text
    others = free(visitor.get(f"{address}/time").text)
    assert slot_value(booked.starts_at) not in others
    moved = visitor.post(f"{address}/time", data={"slot": others[-1]})
    assert moved.status_code == 200
    [now] = meetings(engine)
    assert (slot_value(now.starts_at), now.version, now.confirmed_at) == (others[-1], 2, None)
    assert slot_value(booked.starts_at) in times(visitor, "appointment")
    assert "Der Termin ist abgesagt." in visitor.post(f"{address}/cancellation").text
    assert "Der Termin ist abgesagt." in visitor.post(f"{address}/cancellation").text
    assert others[-1] in times(visitor, "appointment")
    assert meetings(engine)[0].state is MeetingState.CANCELLED
    states = {
        mail.key.removeprefix(f"meeting-{booked.public_id}-"): mail.state
        for mail in rows(engine, Mail)
    }
    assert states["1-reminder"] == "withdrawn"
    assert states.get("2-reminder", "withdrawn") == "withdrawn"


def test_moving_to_a_time_just_given_away_keeps_the_old_one(visitor, engine, booked):
    address = f"/de/meetings/{booked.public_id}/time"
    wanted = free(visitor.get(address).text)[0]
    agree(visitor, "appointment", wanted, key="another-key-long-22")
    late = visitor.post(address, data={"slot": wanted})
    assert late.status_code == 409
    assert wanted not in free(late.text)
    assert visitor.post(address, data={"slot": "x"}).status_code == 422
    assert meetings(engine)[0].starts_at == booked.starts_at


def test_looking_changes_nothing(visitor, engine, booked):
    address = f"/de/meetings/{booked.public_id}"
    for path in ("", "/time", "/calendar.ics", "/confirmation", "/cancellation"):
        visitor.get(address + path)
        visitor.head(address + path)
    assert meetings(engine) == [booked]


def test_another_site_changes_nothing(visitor, engine, booked):
    address = f"/de/meetings/{booked.public_id}"
    for path in ("/cancellation", "/confirmation", "/time"):
        for headers in ({"sec-fetch-site": "cross-site"}, {"origin": "https://evil.example"}):
            assert visitor.post(address + path, headers=headers).status_code == 403
    assert meetings(engine) == [booked]


@pytest.mark.parametrize("guess", ["1", "x", "%00", "../desk", "x" * 3000])
def test_a_wrong_link_is_answered_like_one_that_never_was(visitor, booked, guess):
    for path in ("", "/time", "/calendar.ics"):
        assert visitor.get(f"/de/meetings/{guess}{path}").status_code in {404, 413}
    for path in ("/cancellation", "/confirmation", "/time"):
        assert visitor.post(f"/de/meetings/{guess}{path}").status_code in {404, 413}
    assert visitor.get(f"/de/meetings/{booked.id}").status_code == 404


def test_what_has_begun_is_changed_by_nobody(visitor, engine, booked):
    with transaction(engine) as session:
        began = session.get_one(Meeting, booked.id)
        began.starts_at = clock.now() - timedelta(minutes=1)
    address = f"/de/meetings/{booked.public_id}"
    assert "/cancellation" not in visitor.get(address).text
    for path in ("/cancellation", "/confirmation", "/time"):
        assert visitor.post(address + path).status_code == 409
    assert visitor.get(f"{address}/time").status_code == 409


def test_the_calendar_file_knows_the_zone_and_says_when_it_changes(visitor, booked):
    address = f"/de/meetings/{booked.public_id}"
    found = visitor.get(f"{address}/calendar.ics")
    assert found.headers["content-type"] == "text/calendar; charset=utf-8"
    assert found.headers["content-disposition"] == 'attachment; filename="lotse.ics"'
    assert all(len(line) <= 75 for line in found.content.split(b"\r\n"))
    calendar = Calendar.from_ical(found.content)
    [event] = calendar.events
    assert event["dtstart"].params["TZID"] == "Europe/Berlin"
    assert event.start.astimezone(UTC) == booked.starts_at
    assert event.end.astimezone(UTC) == booked.ends_at
    assert [str(zone["tzid"]) for zone in calendar.timezones] == ["Europe/Berlin"]
    assert (event["status"], event["sequence"]) == ("CONFIRMED", 0)
    assert booked.public_id not in str(event["uid"])
    visitor.post(f"{address}/cancellation")
    [later] = Calendar.from_ical(visitor.get(f"{address}/calendar.ics").content).events
    assert (later["status"], later["sequence"], later["uid"]) == ("CANCELLED", 1, event["uid"])


@pytest.mark.parametrize(
    ("moment", "offset"), [((2027, 3, 29, 9), 2), ((2026, 10, 26, 9), 1), ((2027, 3, 26, 9), 1)]
)
def test_a_calendar_reckons_the_hour_right_on_both_sides_of_the_clock_change(
    visitor, engine, booked, moment, offset
):
    at = datetime(*moment, tzinfo=ZoneInfo("Europe/Berlin"))
    with transaction(engine) as session:
        moved = session.get_one(Meeting, booked.id)
        moved.starts_at, moved.ends_at = (
            at.astimezone(UTC),
            (at + timedelta(hours=1)).astimezone(UTC),
        )
    text = visitor.get(f"/de/meetings/{booked.public_id}/calendar.ics").text
    [event] = Calendar.from_ical(text).events
    [zone] = Calendar.from_ical(text).timezones
    assert event.start.replace(tzinfo=None) == at.replace(tzinfo=None)
    assert zone.to_tz(lookup_tzid=False).utcoffset(at.replace(tzinfo=None)) == timedelta(
        hours=offset
    )


@pytest.fixture
def trail_of(visitor, engine, world):
    """Ask twice and read two articles; return the address of the panel with all of it."""
    ids = []
    for words in ("Funkkanal", "router"):
        visitor.get(f"/de/search?question={words}")
        with Session(engine) as session:
            newest = select(Question).order_by(Question.id.desc())
            ids.append(session.exec(newest).first().public_id)
    return {
        "question": ".".join(ids),
        "article": f"unknown.{world.staff_public_id}.{world.wifi_public_id}",
        "ticked": f"{world.wifi_public_id}-2-3.{world.staff_public_id}-1-1.x-9-3",
    }


def asked(trail_of: dict[str, str]) -> str:
    return "&".join(f"{name}={value}" for name, value in trail_of.items())


def test_the_whole_way_here_is_shown_item_by_item(visitor, trail_of):
    page = visitor.get(
        f"/de/contact?{asked(trail_of)}",
        headers={"user-agent": "Mozilla/5.0 (iPhone) Version/18 Safari/604"},
    ).text
    for words in (
        "Gesucht: Funkkanal",
        "Gesucht: router",
        "Gelesen: WLAN ist langsam",
        "Erledigt: WLAN ist langsam, 2 von 3 Schritten",
        "Gerät: iPhone, Safari",
        "Sprache: Deutsch",
    ):
        assert words in page
    assert "Intern" not in page.replace("Internet", "")
    assert page.count('type="checkbox"') == 6
    assert f"/de/contact/callback?{asked(trail_of)}" in page.replace("&amp;", "&")


@pytest.mark.parametrize("way", ["", "/callback"])
def test_what_is_struck_out_is_not_kept(visitor, engine, trail_of, way):
    page = visitor.get(f"/de/contact{way}?{asked(trail_of)}").text
    boxes = re.findall(r'name="(keep-[\w-]+)"', page)
    assert len(boxes) == 5
    kept = {name: "1" for name in boxes if name not in {"keep-asked-0", "keep-locale"}}
    slot = times(visitor, "callback")[1]
    letter = TALK | trail_of | {"message": "Hilfe", "phone": "040 123456", "slot": slot}
    wrong = visitor.post(f"/de/contact{way}", data=letter | kept | {"chosen": "1", "name": ""})
    assert wrong.status_code == 422
    assert wrong.text.count(" checked>") == (3 if not way else 4)
    visitor.post(f"/de/contact{way}", data=letter | kept | {"chosen": "1"})
    assert [(step.kind.value, step.text) for step in rows(engine, Trail)] == [
        ("asked", "router"),
        ("read", "WLAN ist langsam"),
        ("ticked", "WLAN ist langsam, 2 von 3 Schritten"),
    ]


def test_a_form_can_strike_out_but_never_add(visitor, engine):
    forged = {"chosen": "1", "keep-asked-7": "1", "keep-device": "Toaster", "keep-affect": "1"}
    visitor.post("/de/contact", data=TALK | forged | {"message": "Hilfe"})
    assert rows(engine, Trail) == []


def test_agents_see_what_is_agreed_and_say_what_became_of_it(visitor, anna, engine):
    agree(visitor, "video", name="Vera Video")
    slot = times(visitor, "callback")[-1]
    agree(visitor, "callback", slot, key="another-key-long-22")
    video, callback = meetings(engine)
    cases = anna.get("/desk/cases").text
    assert "Heute vereinbart" in cases
    assert "Vera Video" in cases
    assert video.room in cases
    page = anna.get(f"/desk/cases/{callback.case_id}").text
    assert "+49 171 3920014" in page
    outcome = f"/desk/cases/{callback.case_id}/meetings/{callback.id}/outcome"
    assert anna.post(outcome, data={"state": "cancelled"}).status_code == 422
    assert anna.post(outcome, data={"state": "missed"}).status_code == 200
    assert meetings(engine)[1].state is MeetingState.MISSED
    assert anna.post(outcome, data={"state": "done"}).status_code == 409
    customers = visitor.get(f"/de/meetings/{callback.public_id}").text
    assert "Wir haben uns leider verpasst." in customers
    assert "/cancellation" not in customers


def test_a_meeting_of_another_case_is_not_there(visitor, anna, engine):
    agree(visitor, "video")
    agree(visitor, "video", key="another-key-long-22")
    first, second = meetings(engine)
    crossed = f"/desk/cases/{first.case_id}/meetings/{second.id}/outcome"
    assert anna.post(crossed, data={"state": "done"}).status_code == 404
    huge = f"/desk/cases/{first.case_id}/meetings/{10**30}/outcome"
    assert anna.post(huge, data={"state": "done"}).status_code == 404
    assert visitor.post(
        f"/desk/cases/{first.case_id}/meetings/{first.id}/outcome", data={"state": "done"}
    ).status_code in {401, 403}
    assert {each.state for each in meetings(engine)} == {MeetingState.AGREED}


def test_a_customer_sees_nothing_of_the_staff_on_the_private_page(visitor, engine, booked):
    with transaction(engine) as session:
        anna = session.exec(select(Person).where(Person.login == "anna")).one()
        found = session.get_one(Meeting, booked.id)
        actions.decide(session, found, MeetingState.DONE, by=anna.id)
    page = visitor.get(f"/de/meetings/{booked.public_id}").text
    assert "Anna" not in page
    assert "Karla" not in page
    assert "karla@example.com" not in page


def test_every_page_says_which_ways_are_open(visitor):
    page = visitor.get("/de/articles/wlan-langsam").text
    aside = page[page.index('<aside class="person"') :]
    assert re.search(r">0800 5550199</span>\s*<span[^>]*>Rund um die Uhr<", aside)
    assert re.search(r'href="/de/contact/callback\?article=\w+"', aside)
    assert re.search(r'href="/de/contact/appointment\?article=\w+"', aside)


def test_a_file_goes_along_with_the_first_message(visitor, engine):
    sent = {"files": ("foto.txt", b"Lampe rot", "text/plain")}
    visitor.post("/de/contact", data=TALK | {"message": "Hilfe"}, files=sent)
    [case], [kept] = rows(engine, Case), rows(engine, Attachment)
    with Session(engine) as session:
        assert session.get_one(Message, kept.message_id).case_id == case.id


def test_a_file_that_cannot_be_taken_keeps_what_was_typed(visitor, engine):
    sent = {"files": ("foto.exe", b"MZ\x90\x00", "application/octet-stream")}
    page = visitor.post("/de/contact", data=TALK | {"message": "Hilfe!"}, files=sent)
    assert page.status_code == 422
    assert "Hilfe!" in page.text
    assert rows(engine, Case) == []
