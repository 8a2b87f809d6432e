"""A follow-up becomes the question it stands for, and what stands by itself stays."""

import pytest

from retrieval.language.following import standalone

GERMAN = [
    (
        "Wie richte ich meine E-Mail ein?",
        "und beim iPhone?",
        "Wie richte ich meine E-Mail beim iPhone ein?",
    ),
    (
        "Wie installiere ich eine eSIM auf Android?",
        "und auf dem iPhone?",
        "Wie installiere ich eine eSIM auf dem iPhone?",
    ),
    (
        "Wie richte ich mein Konto auf dem Android-Handy ein?",
        "Und beim iPad?",
        "Wie richte ich mein Konto beim iPad ein?",
    ),
    (
        "Wie kann ich meine eSIM einrichten?",
        "auf dem iPhone",
        "Wie kann ich meine eSIM auf dem iPhone einrichten?",
    ),
    (
        "Wie installiere ich eine eSIM?",
        "Geht das auch auf dem iPhone?",
        "Wie installiere ich eine eSIM auf dem iPhone?",
    ),
    ("Was kostet Roaming in der Schweiz?", "und in den USA?", "Was kostet Roaming in den USA?"),
    (
        "Was kostet Roaming in Österreich?",
        "Was ist mit der Schweiz?",
        "Was kostet Roaming in Österreich – der Schweiz?",
    ),
    (
        "Wie kündige ich meinen Vertrag?",
        "und für Firmen?",
        "Wie kündige ich meinen Vertrag für Firmen?",
    ),
    (
        "Wie kündige ich meinen Vertrag?",
        "und das Handy-Abo?",
        "Wie kündige ich meinen Vertrag – das Handy-Abo?",
    ),
    (
        "Wie kündige ich meinen Vertrag?",
        "Gilt das auch für Studenten?",
        "Wie kündige ich meinen Vertrag für Studenten?",
    ),
    ("Wie starte ich meinen Router neu?", "Wo finde ich ihn?", "Wo finde ich meinen Router?"),
    (
        "Wie bekomme ich eine zweite SIM-Karte?",
        "Was kostet das?",
        "Was kostet eine zweite SIM-Karte?",
    ),
    ("Wie bestelle ich einen Router?", "Was kostet er?", "Was kostet ein Router?"),
    ("Was ist die Multicard?", "Wie bestelle ich sie?", "Wie bestelle ich die Multicard?"),
    ("Was kostet Roaming in Österreich?", "Wie aktiviere ich das?", "Wie aktiviere ich Roaming?"),
    (
        "Wie setze ich meinen Router zurück?",
        "Wie lange dauert das?",
        "Wie setze ich meinen Router zurück – wie lange dauert das?",
    ),
    (
        "Wie setze ich meinen Router zurück?",
        "Und wie lange dauert das?",
        "Wie setze ich meinen Router zurück – wie lange dauert das?",
    ),
    ("Mein Router blinkt rot", "Warum?", "Mein Router blinkt rot – warum?"),
    (
        "Kann ich meine Nummer mitnehmen?",
        "wie lange?",
        "Kann ich meine Nummer mitnehmen – wie lange?",
    ),
    (
        "Wie installiere ich eine eSIM?",
        "Brauche ich dafür eine App?",
        "Wie installiere ich eine eSIM – brauche ich dafür eine App?",
    ),
    (
        "Wie ziehe ich um?",
        "Kann ich das auch online machen?",
        "Wie ziehe ich um – kann ich das auch online machen?",
    ),
    ("Wie richte ich WLAN ein?", "ohne Kabel", "Wie richte ich WLAN ohne Kabel ein?"),
    ("Wie richte ich WLAN ein?", "Fritzbox?", "Wie richte ich WLAN ein – Fritzbox?"),
    (
        "Wie ändere ich mein Passwort?",
        "und wie kündige ich meinen Vertrag?",
        "Wie kündige ich meinen Vertrag?",
    ),
    (
        "Wie ändere ich mein Passwort?",
        "Was kostet eine zweite SIM-Karte?",
        "Was kostet eine zweite SIM-Karte?",
    ),
    (
        "Wie ändere ich mein Passwort?",
        "Wie kündige ich meinen Vertrag, wenn er noch läuft?",
        "Wie kündige ich meinen Vertrag, wenn er noch läuft?",
    ),
    ("Wie ändere ich mein Passwort?", "Gibt es eine App?", "Gibt es eine App?"),
    (
        "Wie ändere ich mein Passwort?",
        "Haben sie Filialen in Kiel?",
        "Haben sie Filialen in Kiel?",
    ),
    (
        "Wie setze ich meinen Router zurück – wie lange dauert das?",
        "warum nicht?",
        "Wie setze ich meinen Router zurück – warum nicht?",
    ),
]
ENGLISH = [
    ("How do I set up my email?", "and on the iPhone?", "How do I set up my email on the iPhone?"),
    (
        "How do I set up my email on Android?",
        "What about on an iPhone?",
        "How do I set up my email on an iPhone?",
    ),
    (
        "How do I install an eSIM on my Android phone?",
        "and on my iPad?",
        "How do I install an eSIM on my iPad?",
    ),
    (
        "How do I install an eSIM?",
        "Does that also work on Windows?",
        "How do I install an eSIM on Windows?",
    ),
    ("Can I use roaming in Switzerland?", "and in Norway?", "Can I use roaming in Norway?"),
    (
        "Can I use roaming in Switzerland?",
        "What about the USA?",
        "Can I use roaming in Switzerland – the USA?",
    ),
    (
        "How do I cancel my contract?",
        "and for business customers?",
        "How do I cancel my contract for business customers?",
    ),
    (
        "How do I change my Wi-Fi password?",
        "Where do I find it?",
        "Where do I find my Wi-Fi password?",
    ),
    (
        "How do I order a second SIM card?",
        "How much does it cost?",
        "How much does a second SIM card cost?",
    ),
    ("Where is my order?", "Can I cancel it?", "Can I cancel my order?"),
    (
        "Why is my internet slow?",
        "How long does it take?",
        "Why is my internet slow – how long does it take?",
    ),
    ("How do I reset my router?", "why?", "How do I reset my router – why?"),
    ("How do I reset my router?", "How long?", "How do I reset my router – how long?"),
    (
        "How do I reset my router?",
        "Will I lose my settings if I do that?",
        "Will I lose my settings if I do that?",
    ),
    ("How do I reset my router?", "Is that safe?", "How do I reset my router – is that safe?"),
    ("How do I set up my email?", "without a cable", "How do I set up my email without a cable?"),
    (
        "How do I change my password?",
        "and how do I cancel my contract?",
        "How do I cancel my contract?",
    ),
    (
        "How do I change my password?",
        "Do you sell washing machines?",
        "Do you sell washing machines?",
    ),
    ("How do I change my password?", "Is there an app?", "Is there an app?"),
]


@pytest.mark.parametrize(("previous", "said", "meant"), GERMAN)
def test_german_follow_ups_are_understood(previous, said, meant):
    assert standalone(previous, said, "de") == meant


@pytest.mark.parametrize(("previous", "said", "meant"), ENGLISH)
def test_english_follow_ups_are_understood(previous, said, meant):
    assert standalone(previous, said, "en") == meant


@pytest.mark.parametrize("said", ["", "?", "und?", "and", "…"])
def test_what_says_nothing_is_not_made_into_something(said):
    assert standalone("Wie ändere ich mein Passwort?", said, "de") == said


def test_of_a_whole_mail_only_what_it_asks_is_kept():
    story = "Guten Tag, ich bin seit Jahren bei Ihnen. " * 8
    mail = f"{story}Wie kündige ich meinen Vertrag? Danke."
    assert standalone(mail, "und online?", "de") == "Wie kündige ich meinen Vertrag – online?"


def test_without_a_question_before_nothing_is_changed():
    assert standalone("", "und beim iPhone?", "de") == "und beim iPhone?"


@pytest.mark.parametrize("said", ["a" * 5_000, "und " * 2_000, "(" * 500, "\x00", "das " * 900])
def test_odd_input_ends_quickly_and_raises_nothing(said):
    assert isinstance(standalone("Wie ändere ich mein Passwort? " * 60, said, "de"), str)
