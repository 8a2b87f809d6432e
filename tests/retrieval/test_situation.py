"""A case is told in its customer's own sentences; what cannot be told is left out."""

import json
from pathlib import Path

import pytest

import kb
from retrieval.likeness import shared_codes, shared_products
from retrieval.situation import Utterance, named_in, situation, tried_in

CASES = {
    case["_id"]: case
    for line in Path(kb.__file__)
    .with_name("demo")
    .joinpath("cases.jsonl")
    .read_text()
    .splitlines()
    for case in [json.loads(line)]
}


def told(case_id: str):
    case = CASES[case_id]
    said = [
        Utterance(one["role"] == "customer", one["text"])
        for one in case["messages"]
        if one["role"] != "note"
    ]
    return situation(case["subject"], said)


@pytest.mark.parametrize(
    ("case_id", "tried"),
    [
        ("demo-001", "Kabel vorne und hinten hab ich auch nachgedrückt, sitzt alles."),
        ("demo-022", "I have unplugged it for ten minutes."),
        ("demo-037", "Flugmodus hab ich auch probiert."),
        ("demo-053", "neustart x3, flugmodus x5."),
        ("demo-075", "Ich hab den Kasten schon neu gestartet"),
        ("demo-080", "Power off/on done, cable changed, other socket tried, prayed."),
    ],
)
def test_what_was_tried_is_found_in_the_demos_cases(case_id, tried):
    assert any(tried in sentence for sentence in told(case_id).tried)


@pytest.mark.parametrize(
    "text",
    [
        "Haben Sie den Router schon neu gestartet?",
        "Have you tried turning it off and on?",
        "Ich habe noch nichts versucht.",
        "I have not tried anything yet.",
        "Ich habe das Gerät letzte Woche bestellt.",
        "Meine Tochter hat sich schon Sorgen gemacht.",
        "Mein WLAN ist langsam.",
    ],
)
def test_what_was_not_tried_is_not_said_to_be(text):
    assert tried_in([text]) == []


def test_what_is_wanted_is_in_the_customers_own_words():
    first, second = told("demo-089").wanted
    assert first.endswith("brauche für die Aufschaltung eine feste IPv4.")
    assert second == "Was kostet das bei euch?"


def test_open_is_what_was_asked_since_our_last_answer():
    asked = Utterance(True, "Mein Internet ist weg. Was kostet ein Techniker?")
    answer = Utterance(False, "Bitte starten Sie neu. Ging das?")
    more = Utterance(True, "Ja. Muss ich das nun jeden Tag machen?")
    assert situation("", [asked]).open == ("Was kostet ein Techniker?",)
    assert situation("", [asked, answer]) == situation("", [asked, answer])
    assert situation("", [asked, answer]).open == ()
    assert situation("", [asked, answer]).is_answered
    assert situation("", [asked, answer, more]).open == ("Muss ich das nun jeden Tag machen?",)


def test_every_sentence_shown_stands_in_a_message():
    for case_id, case in CASES.items():
        said = " ".join(" ".join(one["text"].split()) for one in case["messages"])
        found = told(case_id)
        for sentence in (*found.wanted, *found.tried, *found.open):
            assert sentence.removesuffix(" …") in said


def test_a_case_without_words_has_no_situation():
    assert situation("", []).wanted == ()
    assert situation("Hallo", [Utterance(True, "Danke!")]).wanted == ()


def test_an_article_that_says_what_was_tried_is_recognised():
    tried = ["Ich habe den Router schon neu gestartet."]
    assert named_in("Router neu starten", tried, "de") == tried[0]
    assert named_in("Rechnung verstehen", tried, "de") == ""


def test_the_same_code_and_the_same_product_are_seen():
    one, other = (
        "Fehler 651 an der Kogge Box 3",
        "Error 651: Ihre Kogge Box 3 meldet sich nicht an",
    )
    assert shared_codes(one, other) == ("651",)
    assert shared_products(one, other) == ("Kogge Box 3",)
    assert shared_codes(one, "DE89 3704 0044") == ()
