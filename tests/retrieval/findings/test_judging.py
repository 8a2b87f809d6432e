"""Two passages: the same, at odds, or neither. Pure rules, with an embedder that counts words."""

import pytest

from kb.findings.models import FindingKind, Matter
from retrieval.engines.offline import HashingEmbedder
from retrieval.findings.claims import claims, opposed
from retrieval.findings.judging import Passage, judge, judge_translation
from retrieval.findings.values import number, values

embed = HashingEmbedder().embed


def judged(left: str, right: str, locale: str = "de", titles: tuple[str, str] = ("A", "B")):
    return judge(Passage(left, locale, titles[0]), Passage(right, locale, titles[1]), embed)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("in zwei Wochen", "in 14 Tagen"),
        ("eine halbe Minute", "30 Sekunden"),
        ("1.000,50 €", "1,000.50 Euro"),
        ("um 8 pm", "um 20 Uhr"),
        ("am 3. März 2027", "on March 3, 2027"),
        ("höchstens 10 MB", "at most 10 megabytes"),
        ("unter 0800 555 0100", "call 0800 5550100"),
    ],
)
def test_two_spellings_of_one_value_are_equal(one, other):
    [mine], [yours] = values(one), values(other)
    assert mine.is_like(yours)
    assert mine.equals(yours)


def test_an_ordinal_a_version_and_an_address_are_not_counted_as_amounts():
    assert [value.unit for value in values("iOS 13.7")] == ["version of ios"]
    assert values("Siehe https://example.org/issues/642.") == []
    assert values('"updated_at": "2020-11-13T14:34:35.346Z",') == []
    assert values("Die Messung lief 34:37 lang.") == []
    assert values("Der Fehler ENErrorDomain 11 kommt vor.") == []


def test_numbers_are_read_as_either_language_writes_them():
    assert [number(one) for one in ("1.234", "1,234", "0,5", "12.50")] == [1234, 1234, 0.5, 12.5]


@pytest.mark.parametrize(
    ("left", "right", "matter", "marks"),
    [
        (
            "Geräte senden Sie innerhalb von 14 Tagen kostenlos zurück.",
            "Geräte senden Sie innerhalb von 30 Tagen kostenlos zurück.",
            Matter.DURATION,
            (("14 Tagen",), ("30 Tagen",)),
        ),
        (
            "Eine zweite Karte kostet einmalig 9,95 Euro.",
            "Eine zweite Karte kostet einmalig 14,95 Euro.",
            Matter.PRICE,
            (("9,95 Euro",), ("14,95 Euro",)),
        ),
        (
            "Im Gastzugang können Gäste auf Ihre Drucker zugreifen.",
            "Im Gastzugang können Gäste nicht auf Ihre Drucker zugreifen.",
            Matter.YES_NO,
            None,
        ),
        (
            "Um Anrufe zum Festnetz umzuleiten, öffnen Sie **Telefonie > Umleitung**.",
            "Um Anrufe zum Festnetz umzuleiten, öffnen Sie **Anrufe > Weiterleitung**.",
            Matter.LABEL,
            (("Telefonie > Umleitung",), ("Anrufe > Weiterleitung",)),
        ),
    ],
)
def test_what_disagrees_is_named_and_marked(left, right, matter, marks):
    verdict = judged(left, right)
    assert verdict is not None
    assert (verdict.kind, verdict.matter) == (FindingKind.CONTRADICTION, matter)
    if marks is not None:
        assert (verdict.left_marks, verdict.right_marks) == marks


@pytest.mark.parametrize(
    ("left", "right", "titles"),
    [
        ("Tarif S kostet 14 Euro im Monat.", "Tarif L kostet 29 Euro im Monat.", ("A", "B")),
        ("Das kostet im Monat 14 Euro.", "Das kostet im Monat 29 Euro.", ("Tarif S", "Tarif L")),
        (
            "Ein Auftrag für sechs Monate kostet 28 Euro.",
            "Ein Auftrag für zwölf Monate kostet 34 Euro.",
            ("A", "B"),
        ),
        (
            "Wählen Sie 1, um die Mailbox einzuschalten.",
            "Wählen Sie 2, um die Mailbox auszuschalten.",
            ("A", "B"),
        ),
        (
            "Wie lange sollte ich die Karte behalten?",
            "Die Karte sollten Sie nicht lange behalten.",
            ("A", "B"),
        ),
        (
            "Tippen Sie neben der Karte auf **PUK zeigen**, um die PUK zu sehen.",
            "Tippen Sie neben der Karte auf **Sperren**, um die Karte zu sperren.",
            ("A", "B"),
        ),
        (
            "**Internet** blinkt grün und leuchtet nach 15 Minuten.",
            "**Power** blinkt grün und leuchtet nach 3 Minuten.",
            ("A", "B"),
        ),
        (
            "Der Port des Servers ist meist 993 oder 995.",
            "Der Port des Servers ist meist 587 oder 465.",
            ("A", "B"),
        ),
        (
            "| Flut 100 | kostet im Monat 30 Euro |",
            "Flut 100 kostet im Monat höchstens 40 Euro.",
            ("A", "B"),
        ),
        (
            "Siehe [Die Lieferung dauert 3 Tage](article:abc).",
            "Die Lieferung dauert 5 Tage.",
            ("A", "B"),
        ),
    ],
)
def test_another_case_is_no_contradiction(left, right, titles):
    assert judged(left, right, titles=titles) is None


def test_the_same_in_other_words_is_a_duplicate():
    verdict = judged(
        "Wählen Sie im Kundenbereich den Monat und tippen Sie auf **PDF speichern**.",
        "Tippen Sie im Kundenbereich auf **PDF speichern**, wählen Sie vorher den Monat.",
    )
    assert verdict is not None
    assert verdict.kind is FindingKind.DUPLICATE


def test_what_is_left_of_a_supposed_sentence_is_not_denied_by_another():
    verdict = judged(
        "Wenn Sie den Knopf für Berichte suchen, fehlt kein Recht im Konto.",
        "Wenn Sie den Knopf für Berichte suchen, fehlt ein Recht im Konto.",
    )
    assert verdict is None or verdict.kind is not FindingKind.CONTRADICTION


def test_what_one_side_affirms_and_the_other_denies_is_no_duplicate():
    verdict = judged(
        "In Fernzügen müssen Sie für das Fahrrad einen Platz reservieren.",
        "Für das Fahrrad müssen Sie in Fernzügen keinen Platz reservieren.",
    )
    assert verdict is None or verdict.kind is FindingKind.CONTRADICTION


def test_a_negation_turns_what_is_said_and_two_turn_it_back():
    yes, no = claims("Der Versand ist kostenlos.", "de"), claims("Der Versand kostet etwas.", "de")
    assert opposed(yes, no) == ["cost"]
    assert not opposed(claims("Der Versand ist nicht kostenlos.", "de"), no)


def test_what_is_asked_or_supposed_claims_nothing():
    assert claims("Ist der Versand kostenlos?", "de").poles == {}
    assert claims("Wenn der Versand kostenlos ist, freut mich das.", "de").is_denied is False


def test_translations_are_compared_by_their_numbers_alone():
    german = Passage("Router: 14 Tage Garantie Router.", "de", "Router")
    english = Passage("Router: 30 days Garantie Router.", "en", "Router")
    verdict = judge_translation(german, english, embed)
    assert verdict is None or verdict.kind is FindingKind.TRANSLATION
    same = Passage("Router: two weeks Garantie Router.", "en", "Router")
    assert judge_translation(german, same, embed) is None
