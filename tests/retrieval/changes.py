"""A shelf with some of everything, and what can happen to it between two syncs."""

from sqlmodel import Session, select

from kb.articles import actions as articles
from kb.cases import actions as cases
from kb.cases.models import Case
from kb.db import transaction
from kb.passages import queries
from tests.retrieval.shelf import Shelf

STEPS = "## Schritte\n\n1. Stecker ziehen.\n2. Warten.\n\n## Danach\n\nDer Router startet neu."


def fill(shelf: Shelf) -> dict[str, int]:
    """Put some of everything on the shelf; nothing is synced yet."""
    shelf.solved("Kabel", "Das Kabel war lose.", "Kabel gesteckt.")
    return {
        "router": shelf.publish("Router neu starten", STEPS),
        "bill": shelf.publish("Rechnung finden", "Im Kundenkonto unter Rechnungen."),
        "intern": shelf.publish("Kulanz", "Bis 20 Euro.", audience="staff"),
        "english": shelf.publish("Restart the router", "Unplug it.", locale="en", key="router-en"),
    }


def serving(shelf: Shelf, slot: str = "public-de") -> str:
    with Session(shelf.engine) as session:
        return queries.all_serving(session)[slot]


def unpublish(shelf: Shelf, ids: dict[str, int]) -> None:
    shelf.unpublish(ids["router"])


def archive(shelf: Shelf, ids: dict[str, int]) -> None:
    shelf.archive(ids["bill"])


def narrow(shelf: Shelf, ids: dict[str, int]) -> None:
    shelf.narrow(ids["bill"])


def revise(shelf: Shelf, _ids: dict[str, int]) -> None:
    shelf.publish("Router neu starten", "Ganz anders: Knopf drücken.")


def restore(shelf: Shelf, ids: dict[str, int]) -> None:
    shelf.archive(ids["bill"])
    shelf.sync()
    shelf.change(ids["bill"], articles.restore)


def replace_a_solution(shelf: Shelf, _ids: dict[str, int]) -> None:
    with transaction(shelf.engine) as session:
        essence = cases.Essence(problem="Doch nicht lose.", resolution="Router getauscht.")
        cases.keep_solution(session, session.exec(select(Case)).one(), essence)
