"""The service file: what may stand in it, and that complaints say where and why."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner

from kb.config import Config
from kb.ways.commands import service
from kb.ways.hours import is_open
from kb.ways.models import Way
from kb.ways.reading import ServiceFileWrong, read_service
from kb.ways.service_file import Service

DEMO = Path(__file__).parents[2] / "kb" / "demo" / "service.toml"


def read(tmp_path: Path, text: str, **settings) -> Service:
    (tmp_path / "service.toml").write_text(text, encoding="utf-8")
    return read_service(Config(home=tmp_path, **settings))


def offered(found: Service) -> set[Way]:
    return {way for way in Way if found.channel(way) is not None}


def test_without_a_file_there_are_messages_and_the_phone_of_the_settings(tmp_path):
    assert offered(read_service(Config(home=tmp_path))) == {Way.MESSAGE}
    with_phone = read_service(Config(home=tmp_path, service_phone="0800 5550199"))
    assert offered(with_phone) == {Way.MESSAGE, Way.CALL}
    assert with_phone.call is not None
    assert with_phone.call.phone == "0800 5550199"
    assert with_phone.hours_of(Way.CALL) is None


def test_the_number_in_the_file_counts(tmp_path):
    found = read(tmp_path, '[call]\nphone = "040 1"', service_phone="0800 5550199")
    assert found.call is not None
    assert found.call.phone == "040 1"


def test_the_demo_offers_every_way():
    found = read_service(Config(service_file=DEMO))
    assert offered(found) == set(Way)
    assert all(found.agenda(way) for way in (Way.CALLBACK, Way.APPOINTMENT))


def test_a_way_has_the_hours_of_all_unless_it_has_its_own(tmp_path):
    found = read(
        tmp_path,
        """
        holidays = [2026-11-24]
        [hours]
        mon-fri = ["08:00-12:00", "13:00-17:00"]
        [callback]
        [call]
        phone = "040 1234"
        hours = { sat = ["09:00-24:00"] }
        """,
    )
    monday, saturday = (
        datetime(2026, 11, 23, 10, tzinfo=UTC),
        datetime(2026, 11, 28, 22, tzinfo=UTC),
    )
    callback, call = found.hours_of(Way.CALLBACK), found.hours_of(Way.CALL)
    assert callback is not None
    assert call is not None
    assert (is_open(callback, monday), is_open(callback, saturday)) == (True, False)
    assert (is_open(call, monday), is_open(call, saturday)) == (False, True)
    assert not is_open(callback, monday.replace(day=24))
    assert not is_open(callback, monday.replace(hour=11, minute=30))


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("time_zone = 'Mars/Olympus'", "time_zone: 'Mars/Olympus' is no time zone"),
        ("hours = { mon = ['8-18'] }", "hours: '8-18' is no time like 08:00-18:00"),
        ("hours = { mon = ['18:00-08:00'] }", "ends before it begins"),
        ("hours = { fri-mon = ['08:00-18:00'] }", "goes backwards"),
        ("hours = { mo = ['08:00-18:00'] }", "'mo' is no day"),
        ("hours = { mon = '08:00-18:00' }", "must be a list"),
        ("hours = { mon-tue = ['08:00-18:00'], tue = [] }", "tue is named twice"),
        ("hours = 'always'", "must look like"),
        ("holidays = ['xmas']", "'xmas' is no holiday; known are new-year"),
        ("holidays = 'christmas'", "must be a list"),
        ("country = 'XX'", "'XX' is no country"),
        ("opening = 1", "opening: there is no such setting"),
        ("[callback]", "[callback] needs hours"),
        ("[callback]\nhours = { mon = ['08:00-18:00'] }\ncapacity = 0", "callback.capacity"),
        ("[callback]\nhours = { mon = ['08:00-18:00'] }\ncapacity = true", "callback.capacity"),
        ("[video]\nlink = 'https://meet.example/lotse'", "video.link: must be an https://"),
        ("[video]\nlink = 'javascript:{room}'", "video.link: must be an https://"),
        ("[appointment]\nby='video'\nhours = { mon = ['08:00-18:00'] }", "needs [video]"),
        ("text = { fr = 'Bonjour' }", "text"),
        ("hours = [", "end of document"),
    ],
)
def test_what_is_impossible_is_told_with_its_place(tmp_path, text, complaint):
    with pytest.raises(ServiceFileWrong) as caught:
        read(tmp_path, text)
    assert complaint in str(caught.value)
    assert "pydantic" not in str(caught.value)
    assert str(tmp_path / "service.toml") in str(caught.value)


def test_every_complaint_is_told_at_once(tmp_path):
    with pytest.raises(ServiceFileWrong) as caught:
        read(tmp_path, "country = 'XX'\ntime_zone = 'Mars'\ncolour = 1")
    assert len(caught.value.lines) == 3


def test_a_file_that_was_named_must_be_there(tmp_path):
    with pytest.raises(ServiceFileWrong, match="no such file"):
        read_service(Config(home=tmp_path, service_file=tmp_path / "other.toml"))


def test_the_command_says_what_is_offered_or_what_is_wrong(tmp_path, monkeypatch):
    monkeypatch.setenv("LOTSE_HOME", str(tmp_path))
    assert "callback: not offered" in CliRunner().invoke(service, ["check"]).output
    monkeypatch.setenv("LOTSE_SERVICE_FILE", str(DEMO))
    found = CliRunner().invoke(service, ["check"])
    assert found.exit_code == 0
    assert "times to choose from" in found.output
    (tmp_path / "wrong.toml").write_text("colour = 1")
    monkeypatch.setenv("LOTSE_SERVICE_FILE", str(tmp_path / "wrong.toml"))
    wrong = CliRunner().invoke(service, ["check"])
    assert wrong.exit_code == 1
    assert "colour: there is no such setting" in wrong.output
