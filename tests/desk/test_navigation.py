"""Ways through the desk: its rooms, the areas of curation, and where one stands."""

import re
from collections.abc import Iterator

import pytest
from litestar.testing import TestClient

from desk.curate.areas import AREAS, Group
from tests.desk.conftest import PASSWORD, sign_in

CURATION = "/desk/curation/corrections"


@pytest.fixture
def eddi(app) -> Iterator[TestClient]:
    """An editor."""
    with TestClient(app, raise_server_exceptions=False) as client:
        sign_in(client, "eddi", PASSWORD)
        yield client


def _part(page: str, tag: str, name: str) -> str:
    found = re.search(rf'<{tag} class="{name}".*?</{tag}>', page, re.DOTALL)
    assert found is not None, name
    return found[0]


def _links(part: str) -> dict[str, str]:
    """Return by address what a link says of where one stands."""
    found = re.findall(r"<a\b([^>]*)>", part)
    return {
        re.findall(r'href="([^"]*)"', one)[0]: "".join(re.findall(r'aria-current="(\w+)"', one))
        for one in found
    }


def test_agents_find_the_cases_and_editors_curation_too(anna, eddi):
    assert "/desk/curation" in _links(_part(eddi.get("/desk/cases").text, "nav", "rooms"))
    rooms = _links(_part(anna.get("/desk/cases").text, "nav", "rooms"))
    assert rooms["/desk/cases"] == "page"
    assert "/desk/curation" not in rooms


def test_it_is_said_where_one_stands(eddi):
    page = eddi.get(CURATION).text
    assert _links(_part(page, "nav", "rooms"))["/desk/curation"] == "true"
    areas = _links(_part(page, "nav", "areas"))
    assert [url for url, said in areas.items() if said] == [CURATION]


def test_every_area_is_there_once_group_by_group(eddi):
    part = _part(eddi.get(CURATION).text, "nav", "areas")
    wanted = [area.url for group in Group for area in AREAS if area.group is group]
    assert list(_links(part)) == wanted
    assert len(set(wanted)) == len(AREAS)


def test_where_it_is_narrow_both_fold_without_a_script(eddi):
    page = eddi.get(CURATION).text
    for identity in ("areas", "account"):
        assert re.search(rf'popovertarget="{identity}"', page)
        assert re.search(rf'id="{identity}"[^>]*popover', page)
    assert page.index('class="areas"') < page.index("<main")


def test_the_way_out_and_the_other_language_are_on_every_page(eddi):
    account = _part(eddi.get(CURATION).text, "form", "account__ways")
    assert 'action="/desk/sign-out"' in account
    assert 'formaction="/desk/language"' in account


def test_a_wrong_address_in_the_desk_leads_back_to_work_and_tells_nobodys_name(anna, eddi, app):
    pages = []
    for reader in (TestClient(app), anna, eddi):
        got = reader.get("/desk/no-such-room", headers={"accept-language": "en"})
        assert got.status_code == 404
        pages.append(got.text)
    assert len(set(pages)) == 1
    assert 'class="desk"' in pages[0]
    assert "This page does not exist" in pages[0]
    assert _links(_part(pages[0], "nav", "rooms")) == {"/desk/cases": ""}
    outside = anna.get("/en/no-such-page").text
    assert 'class="help"' in outside
    assert "/desk/cases" not in outside


def test_a_page_of_readers_notes_says_what_becomes_of_them(eddi):
    for room, said in (("tips", "veröffentlicht"), ("corrections", "Antwort")):
        page = eddi.get(f"/desk/curation/{room}", headers={"accept-language": "de"}).text
        assert said in _part(page, "p", "muted"), room
