"""Plans are made of an article's own words: nothing invented, nothing out of order."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evals import coach
from kb.coaching.policy import Against
from retrieval.cautions import cautions
from retrieval.coaching import chosen, derive
from retrieval.sayings import Saying, saying

WORDS = st.text(alphabet="abcdefgäöüß ", min_size=1, max_size=30).filter(lambda one: one.strip())
SENTENCES = st.lists(
    st.sampled_from(
        [
            "Öffnen Sie die App.",
            "Sie sehen die Übersicht.",
            "Falls nichts erscheint, starten Sie neu.",
            "Wenn es nicht geht, ist das Netz weg.",
            "Tap **Save**.",
            "You see the list.",
            "If it does not open, call us.",
            "Das dauert 5 Min.",
        ]
    ),
    min_size=1,
    max_size=4,
).map(" ".join)


@given(items=st.lists(SENTENCES, min_size=1, max_size=8), heading=WORDS, lead=WORDS)
def test_every_text_is_a_slice_and_every_step_in_its_place(items, heading, lead):
    numbered = "\n".join(f"{n}. {one}" for n, one in enumerate(items, 1))
    markdown = f"{lead.strip()}.\n\n## {heading.strip()}\n\n{numbered}\n"
    steps = derive(markdown).steps
    assert len(steps) == len(items)
    for step, item in zip(steps, items, strict=True):
        told = [step.instruction, step.expectation, step.if_fails, step.alternative]
        assert sorted(" ".join(filter(None, told)).split()) == sorted(item.split())
        assert item.startswith(step.instruction.split(". ")[0])
    assert [one.origin for one in steps] == list(range(1, len(items) + 1))


@given(markdown=st.text(max_size=400))
def test_no_text_breaks_it(markdown):
    for device in ("", "ios"):
        plan = derive(markdown, device=device)
        assert all(one.instruction.strip() for one in plan.steps)


@given(items=st.lists(st.sampled_from(["ios", "android", ""]), min_size=1, max_size=6))
def test_nobody_gets_the_steps_of_another_device(items):
    blocks = [
        f"{{for {name}}}\n\n1. Tun Sie {n} für {name}.\n\n{{/for}}\n"
        if name
        else f"1. Tun Sie {n}.\n\nUnd dann:\n"
        for n, name in enumerate(items)
    ]
    markdown = "\n".join(blocks)
    for device in ("ios", "android"):
        told = [one.instruction for one in derive(markdown, device=device).steps]
        wanted = [
            f"Tun Sie {n} für {name}." if name else f"Tun Sie {n}."
            for n, name in enumerate(items)
            if name in {"", device}
        ]
        assert told == wanted


def test_a_heading_that_names_a_device_is_for_that_device():
    markdown = "## iPhone\n1. Öffnen Sie Safari.\n\n## Android\n1. Öffnen Sie Chrome.\n"
    assert derive(markdown).devices == ("ios", "android")
    [step] = derive(markdown, device="android").steps
    assert step.instruction == "Öffnen Sie Chrome."


def test_inside_one_step_each_device_gets_its_own_words():
    markdown = "1. Tippen Sie {for ios}links{/for}{for android}rechts{/for}.\n"
    [step] = derive(markdown, device="ios").steps
    assert step.instruction == "Tippen Sie links."


def test_warnings_come_before_what_they_warn_of_and_pictures_stay_with_their_step():
    picture = "a" * 32
    markdown = (
        "## Kabel\n"
        f"1. Stecken Sie es ein.\n\n   ![Die Dose](/media/{picture})\n"
        "2. Warten Sie.\n\n"
        "> **Achtung:** Biegen Sie es nicht.\n"
    )
    first, second = derive(markdown).steps
    assert first.note == "**Achtung:** Biegen Sie es nicht."
    assert (first.image, first.image_text) == (picture, "Die Dose")
    assert first.instruction == "Stecken Sie es ein."
    assert not second.image


def test_prose_is_taken_section_by_section():
    markdown = (
        "Es liegt meist am Kabel.\n\n"
        "## Kabel prüfen\nDas Kabel sitzt fest.\n\n"
        "## Neu verbinden\n- Löschen Sie das Netz.\n- Verbinden Sie neu.\n\n"
        "## Wenn es nicht hilft\nSchreiben Sie uns.\n"
    )
    plan = derive(markdown)
    assert [one.instruction for one in plan.steps] == [
        "Das Kabel sitzt fest.",
        "Löschen Sie das Netz.",
        "Verbinden Sie neu.",
    ]
    assert plan.hint == "Es liegt meist am Kabel."


def test_of_parts_for_one_situation_each_only_the_one_that_fits_is_chosen():
    body = coach.body("de/no-internet")
    steps = derive(body).steps
    here = chosen(steps, "die-lampe-internet-blinkt-rot")
    assert {one.section for one, is_in in zip(steps, here, strict=True) if is_in} == {
        "Die Lampe Internet blinkt rot"
    }
    esim = derive(coach.body("de/esim-install"), device="ios").steps
    assert all(chosen(esim, "iphone")), "these follow each other"
    assert "outage" in derive(body).otherwise


@pytest.mark.parametrize(
    ("sentence", "kind"),
    [
        ("Danach leuchtet die Lampe grün.", Saying.EXPECTATION),
        ("You see the overview.", Saying.EXPECTATION),
        ("Falls die Seite nicht erscheint, geben Sie 192.168.2.1 ein.", Saying.OTHER_WAY),
        ("If it does not open, restart the phone.", Saying.OTHER_WAY),
        ("Kommt keine E-Mail, liegt es am Postfach.", Saying.IF_FAILS),
        ("Drücken Sie die Taste.", Saying.INSTRUCTION_TO_DO),
        ("Das dauert etwas.", Saying.INSTRUCTION),
    ],
)
def test_what_a_sentence_is_for(sentence, kind):
    assert saying(sentence) is kind


def test_derived_plans_keep_to_those_made_by_hand():
    told = coach.measure()
    for locale in ("de", "en"):
        found = told[locale]
        assert found["plans"] >= 30
        assert found["steps found"] == found["steps by hand"]
        assert found["plans in order"] == found["plans"]
        assert found["steps of no plan"] == found["steps with invented words"] == 0
        assert found["told apart"] >= 0.9


def test_the_evaluation_sees_what_is_wrong():
    gold = coach.Gold(
        "x", "de/x", "", "ios", (("Tun Sie das.", "Sie sehen es."), ("Und das.", ""))
    )
    held = coach.hold(gold, "1. Und das. Sie sehen es.\n2. Tun Sie das.\n3. Noch etwas.\n")
    assert (held.found, held.foreign, held.expectations) == (2, 1, 0)
    assert not held.is_in_order


def test_danger_and_dependence_are_noticed_and_a_burning_question_is_not():
    assert cautions("Die Box raucht!") == (Against.DANGER,)
    assert cautions("My mother has a medical alarm on this line") == (Against.DEPENDENT,)
    assert cautions("Mein WLAN ist langsam") == ()


def test_a_list_goes_on_after_a_paragraph_which_belongs_to_the_step_before_it():
    told = "1. Öffnen Sie die App.\n\nDas Menü erscheint. Es dauert.\n2. Warten Sie."
    first, second = derive(told).steps
    assert (first.instruction, second.instruction) == ("Öffnen Sie die App.", "Warten Sie.")
    assert first.expectation == "Das Menü erscheint. Es dauert."


def test_a_line_of_bold_print_that_names_a_device_stands_for_a_heading():
    told = (
        "## Einschalten\n\n**iPhone**\n\n1. Öffnen Sie A.\n\n**Android**\n\n1. Öffnen Sie B.\n\n"
        "Danach für alle:\n\n1. Warten Sie."
    )
    assert derive(told).devices == ("ios", "android")
    of_ios = [one.instruction for one in derive(told, device="ios").steps]
    assert of_ios == ["Öffnen Sie A.", "Warten Sie."]


def test_what_we_do_ourselves_is_no_step():
    told = "1. Wir prüfen es.\n2. Sie schicken das Gerät zurück.\n3. Wir zahlen."
    assert [one.instruction for one in derive(told).steps] == ["Sie schicken das Gerät zurück."]
