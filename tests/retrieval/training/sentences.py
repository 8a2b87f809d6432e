"""A small parallel corpus of our own: 200 sentences any provider's help center could have."""

import csv
import gzip
import json
from pathlib import Path

THINGS = [
    ("den Anschluss", "the connection"),
    ("die Rechnung", "the bill"),
    ("den Vertrag", "the contract"),
    ("das Kennwort", "the password"),
    ("die Mobilfunkkarte", "the SIM card"),
    ("die Bestellung", "the order"),
    ("die Lieferadresse", "the delivery address"),
    ("das Kundenkonto", "the customer account"),
    ("die Rufnummer", "the phone number"),
    ("den Funkkanal", "the radio channel"),
]
DOINGS = [
    ("So kündigen Sie {}.", "How to cancel {}."),
    ("So ändern Sie {}.", "How to change {}."),
    ("Wo finde ich {}?", "Where do I find {}?"),
    ("Warum wurde {} gesperrt?", "Why was {} blocked?"),
    ("Prüfen Sie zuerst {}.", "Check {} first."),
    ("Wir haben {} geprüft.", "We have checked {}."),
    ("Löschen Sie {} endgültig.", "Delete {} for good."),
    ("Ich vermisse {} seit gestern.", "I have been missing {} since yesterday."),
    ("Bestätigen Sie {} mit einem Klick.", "Confirm {} with one click."),
    ("Was kostet es, {} umzuziehen?", "What does it cost to move {}?"),
    ("Übertragen Sie {} auf eine andere Person.", "Transfer {} to another person."),
    ("Notieren Sie {} vor dem Anruf.", "Write down {} before you call."),
    ("Wer darf {} einsehen?", "Who may see {}?"),
    ("Sie können {} jederzeit wiederherstellen.", "You can restore {} at any time."),
    ("Bitte halten Sie {} bereit.", "Please have {} ready."),
    ("Leider fehlt {} in der Übersicht.", "Unfortunately {} is missing from the overview."),
    ("Speichern Sie {} auf Ihrem Gerät.", "Save {} on your device."),
    ("Wie lange gilt {} noch?", "How long is {} still valid?"),
    ("Verlängern Sie {} um ein Jahr.", "Extend {} by one year."),
    ("Die Hotline nennt Ihnen {}.", "The hotline tells you {}."),
]
PAIRS = [
    (german.format(thing), english.format(other))
    for german, english in DOINGS
    for thing, other in THINGS
]


def write(folder: Path) -> Path:
    """Write the corpus as `lotse model train` reads it, and return its folder."""
    folder.mkdir(parents=True, exist_ok=True)
    with gzip.open(folder / "pairs.tsv.gz", "wt", newline="") as out:
        rows = csv.writer(out, delimiter="\t", quoting=csv.QUOTE_NONE, lineterminator="\n")
        rows.writerow(["en", "de", "source", "kind"])
        rows.writerows([english, german, "own", "sentence"] for german, english in PAIRS)
    with gzip.open(folder / "docs.jsonl.gz", "wt") as out:
        for german, english in PAIRS[::10]:
            article = {
                "source": "own",
                "title_de": german,
                "body_de": f"{german} Das geht im Kundenkonto.",
                "title_en": english,
                "body_en": f"{english} That is done in the customer account.",
                "split": "train",
            }
            out.write(json.dumps(article, ensure_ascii=False) + "\n")
    return folder
