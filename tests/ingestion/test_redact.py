"""What people's data looks like in letters, and what only looks like it."""

import time

import pytest

from ingestion.redact import Known, PersonalData, introduced, is_untouched, redact

ANNA = Known(name="Anna-Lena Meier", email="al.meier@example.org", phone="+49 171 2345678")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Mail an k.blau+x@mail.example.org bitte", "Mail an [email] bitte"),
        ("anna (at) example (punkt) org", "[email]"),
        ("Rufen Sie 0171/1234567 an.", "Rufen Sie [phone] an."),
        ("Tel. +49 (0)30 1234 5678", "Tel. [phone]"),
        ("Kim (0171 2345678) wartet, (0511) 445566 auch", "Kim ([phone]) wartet, [phone] auch"),
        ("unter 030-12345678 abends", "unter [phone] abends"),
        ("call me at (212) 555-0143 please", "call me at [phone] please"),
        ("Meine Nummer ist 123-456-7890.", "Meine Nummer ist [phone]."),
        ("Konto DE89 3704 0044 0532 0130 00 ist neu", "Konto [iban] ist neu"),
        ("DE89370400440532013001 vertippt", "[iban] vertippt"),
        ("IBAN GB33BUKB20201555555555 from London", "IBAN [iban] from London"),
        ("Karte 4111 1111 1111 1111 bis 09/29", "Karte [card] bis 09/29"),
        ("Ich wohne Lange Straße 12a, 23999 Kogghaven.", "Ich wohne [address], [address]."),
        ("Hafenweg 3 im Hof", "[address] im Hof"),
        ("Am Alten Markt 5, 20095 Hamburg-Mitte", "[address], [address]"),
        ("leuchtturmallee 8", "[address]"),
        ("PLZ 23999", "PLZ [address]"),
        ("I live at 12 High Street, London.", "I live at [address]."),
        ("Flat 3, 221b Baker Street", "[address]"),
        ("my postcode is SW1A 1AA", "my postcode is [address]"),
        ("Austin, TX 78701", "Austin, [address]"),
        ("Kundennummer: 4711-0815", "Kundennummer: [customer number]"),
        ("my customer number is KN-12345678", "my customer number is [customer number]"),
        ("Vertragsnummer V 123456", "Vertragsnummer [customer number]"),
        ("order no. A-1234567", "order no. [order number]"),
        ("Bestellung a-1234567 fehlt", "Bestellung [order number] fehlt"),
        ("Sendungsnummer: 00340434161094", "Sendungsnummer: [order number]"),
        ("Ich heiße Petra Sommer", "Ich heiße [name]"),
        ("My name is John Smith and I wait.", "My name is [name] and I wait."),
        ("mein Mann Peter sagt", "mein Mann [name] sagt"),
        ("Mein Sohn Jannis lernt. Jannis' Gerät", "Mein Sohn [name] lernt. [name]' Gerät"),
        ("my wife Carol's phone", "my wife [name] phone"),
        ("Geht nicht.\nViele Grüße\nAnna Meier", "Geht nicht.\nViele Grüße\n[name]"),
        ("Danke!\nMfG K. Blau", "Danke!\nMfG K. [name]"),
        ("Still broken. Regards, Tom", "Still broken. Regards, [name]"),
        ("kaputt. lg sabine", "kaputt. lg [name]"),
        ("Sehr geehrte Frau Dr. Krüger, hallo", "Sehr geehrte Frau [name], hallo"),
        ("zwei Kinder (Lena und Finn) lernen", "zwei Kinder ([name] und [name]) lernen"),
        ("geb. 30.07.1985", "geb. [date of birth]"),
        ("geboren am 4. März 1952", "geboren am [date of birth]"),
        ("born on 4th of March 1952", "born on [date of birth]"),
        ("date of birth: March 4, 1952", "date of birth: [date of birth]"),
        ("Paketnummer 1Z12345E0205271688", "Paketnummer [order number]"),
        ("Hier schreibt Zoë Yıldırım.", "Hier schreibt [name]."),
        ("Ich bin Thea Brandt und warte.", "Ich bin [name] und warte."),
        ("ich heiße ayşe und warte", "ich heiße [name] und warte"),
        ("my name is jane roe, hi", "my name is [name], hi"),
        ("Inhaberin ist Dr. Ilse Kraft.", "Inhaberin ist [name]."),
        ("Kontakt: K. Blau, abends", "Kontakt: K. [name], abends"),
        ("Geht nicht. Name: Ulf Sand", "Geht nicht. Name: [name]"),
        ("Vorname: Ines", "Vorname: [name]"),
        ("Meine Oma, Erna Blum, ist", "Meine Oma, [name], ist"),
        ("I'm Zola, hello", "I'm [name], hello"),
        ("This is Zola again.", "This is [name] again."),
        ("It belongs to Ann O'Neill.", "It belongs to [name]."),
        ("Broken. Thanks, Ann Roe, Leeds", "Broken. Thanks, [name], Leeds"),
    ],
)
def test_peoples_data_is_replaced_by_its_kind(text, expected):
    assert redact(text).text == expected


@pytest.mark.parametrize(
    "text",
    [
        "Die Kogge Box 3 kostet 149 EUR oder 39,90 im Monat.",
        "Fehler 0x80041234 und Fehlercode 12345678, Code 4711.",
        "Öffnen Sie 192.168.77.1 oder http://kogge.box",
        "Rufen Sie 0800 5550199 an, Mo bis Fr 8–20 Uhr.",
        "Call 1-800-555-0199 or 0800 5550199.",
        "Version 1.12.3 vom 12.03.2024, Firmware 7.57.1",
        "Flut 250 (250/50 Mbit/s) und Flut 1000 (1000/300)",
        "Wählen Sie ##002# oder *#06#, die Mailbox ist 3311.",
        "Am Montag 3 Stunden, im Januar 2024 und Am Freitag 12 Uhr",
        "An der Kogge Box 3 leuchtet es. Im Kanal 11 ist Ruhe.",
        "12345 Kunden, 10000 Mbit und 50000 Euro",
        "Sehr geehrte Damen und Herren, hallo liebes Team",
        "Viele Grüße\nIhr Team",
        "Danke für die Hilfe",
        "Meine Frau hat das Passwort, mein Mann das Handy.",
        "This is Windows, not a name. I'm German, and Windows is here.",
        "Ich bin Koggenet Kunde und ich heiße nicht so.",
        "My name is wrong, and it is spelled badly.",
        "Dateiname: Plan Neu. File Name: Tax Data",
        "Ich bin seit Montag ohne Netz. Kontakt: Kundenservice",
        "Kündigung zum 30.11. mit Frist von 24 Monaten",
        "Keine Sendungsnummer nach 3 Tagen",
        "Speicherplatz 20 und Steckplatz 2 am Arbeitsplatz 4",
        "WPA2 5 GHz, MTU 1492, VLAN 77, ISO 8601",
        "The serial number 123456789012 is on the back",
        "You can also call the codeunit page 21 Customer Card",
    ],
)
def test_what_only_looks_like_it_stays(text):
    assert redact(text).text == text
    assert redact(text).found == {}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Anna-Lena Meier rief an", "[name] rief an"),
        ("Meiers Router", "[name] Router"),
        ("MEIER hier", "[name] hier"),
        ("anna-lena meier", "[name]"),
        ("Zurück an al.meier@example.org", "Zurück an [email]"),
        ("0171 234 56 78", "[phone]"),
        ("Tel 01712345678 oder +491712345678", "Tel [phone] oder [phone]"),
        ("Meierei und Anlage", "Meierei und Anlage"),
    ],
)
def test_the_cases_own_people_are_found_in_any_spelling(text, expected):
    assert redact(text, people=[ANNA]).text == expected


def test_a_name_that_is_a_word_counts_only_as_it_is_written():
    people = [Known(name="Karl Lang")]
    assert redact("Herr Lang wartet lang.", people=people).text == "Herr [name] wartet lang."
    assert redact("für karl lang gebucht", people=people).text == "für [name] gebucht"


def test_a_name_from_one_message_is_known_in_the_next():
    people = introduced(["Hallo, mein Name ist Olga Petrowa."])
    assert redact("Frau Petrowa wurde angerufen.", people=people).text == (
        "Frau [name] wurde angerufen."
    )


def test_what_was_found_is_counted_by_kind():
    found = redact("a@b.example, c@d.example und 0171 1234567").found
    assert found == {PersonalData.EMAIL: 2, PersonalData.PHONE: 1}


@pytest.mark.parametrize(
    "unit",
    ["a", "1", "1 ", "A1", "0171 ", "aB-", "a@", "Mein Name ist ", "Am A ", "12345 ", "DE12"],
)
def test_hostile_text_takes_time_in_proportion_to_its_length(unit):
    started = time.perf_counter()
    redact(unit * (20_000 // len(unit)))
    assert time.perf_counter() - started < 10


def test_a_german_reader_reads_in_german_what_stood_there_also_when_it_is_taken_out_again():
    told = (
        "Hier Olga Petrowa, Tel. 0171 2345678, KN-60294817, Kutterweg 9, 23999 Kogghaven."
        " Mein Name ist Olga Petrowa."
    )
    people = introduced([told])
    once = redact(told, people=people, locale="de").text
    assert "[Name], Tel. [Telefonnummer]" in once
    assert "[Adresse]" in once
    assert "[name]" not in once
    assert redact(once, people=people, locale="de").text == once
    assert redact(once).found == {}
    assert not is_untouched(once)
    assert not is_untouched(redact("Meet me: a@b.example").text)
    assert is_untouched("Drücken Sie [OK] und dann [Menü].")
