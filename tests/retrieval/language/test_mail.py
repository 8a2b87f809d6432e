"""Greeting, signature and quoted mails are left out; the matter stays word for word."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.language.mail import matter

MATTER = (
    "Seit gestern Abend leuchtet an meiner Box das zweite Licht rot und ich komme nicht ins Netz."
)


@pytest.mark.parametrize(
    "greeting",
    [
        "Sehr geehrte Damen und Herren,",
        "Sehr geehrter Herr Petersen,",
        "Guten Tag,",
        "Hallo liebes Team,",
        "Moin,",
        "Dear Sir or Madam,",
        "Hi there,",
        "Good morning Ms Tulloch,",
    ],
)
@pytest.mark.parametrize("gap", ["\n\n", " "])
def test_a_greeting_is_left_out(greeting: str, gap: str):
    assert matter(f"{greeting}{gap}{MATTER}") == MATTER


@pytest.mark.parametrize(
    "ending",
    [
        "Mit freundlichen Grüßen\nHerbert Petersen\nDeichstraße 14",
        "Viele Grüße Gisela",
        "MfG H. Petersen",
        "Kind regards\nHerbert Petersen\nTel. 04871 555019",
        "Sent from my phone",
        "Von meinem iPhone gesendet",
        "-----Ursprüngliche Nachricht-----\nIhre Rechnung ist da.",
        "Am 12.10.2026 um 09:14 schrieb Koggenet Service: Ihre Rechnung ist da.",
        "On 12 October 2026 at 09:14 Koggenet Service wrote: Your bill is here.",
        "Von: Koggenet Gesendet: Montag An: Petersen Betreff: Rechnung",
        "> Ihre Rechnung ist da.\n> Koggenet",
    ],
)
@pytest.mark.parametrize("gap", ["\n\n", "\n"])
def test_what_comes_after_the_matter_is_left_out(ending: str, gap: str):
    assert matter(f"{MATTER}{gap}{ending}") == MATTER


@pytest.mark.parametrize(
    "text",
    [
        MATTER,
        "Grüße von unterwegs: wo finde ich die PUK?",
        "Wie ändere ich meine Grußformel?",
        "Hallo",
        "> zitiert",
        "Am Montag schrieb ich Ihnen: keine Antwort bisher.",
        "On my phone it says: no service.",
        "",
    ],
)
def test_what_is_no_mail_stays_as_it_is(text: str):
    assert matter(text) == text


@given(st.text(max_size=300))
def test_something_always_stays(text: str):
    assert matter(text) or not text
    assert not matter(text).strip() or all(word in text for word in matter(text).split())
