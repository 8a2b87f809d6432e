"""What was written to whom, as a test reads it."""

import re
from collections.abc import Sequence

from litestar.testing import TestClient
from sqlalchemy import Engine
from sqlmodel import Session, col, select

from kb.cases import actions as cases
from kb.cases.models import Case
from kb.db import transaction
from kb.mail import actions as mail
from kb.mail.models import Mail, MailState
from kb.people import actions as people

KIM = "kim@example.org"


def letters(engine: Engine, to: str = "") -> Sequence[Mail]:
    """Return what was queued and not taken back, oldest first."""
    with Session(engine) as session:
        query = select(Mail).where(Mail.state != MailState.WITHDRAWN).order_by(col(Mail.id))
        return session.exec(query.where(Mail.recipient == to) if to else query).all()


def links(letter: Mail) -> list[str]:
    """Return the paths of the letter's links; each leads to the public address of the site."""
    return re.findall(r"http://127\.0\.0\.1:8000(/\S+)", letter.text)


def write_to_us(engine: Engine, *, email: str = KIM, name: str = "Kim", subject="Router") -> Case:
    """Open a case past the form."""
    with transaction(engine) as session:
        customer = people.customer(session, name=name, email=email, locale="de")
        return cases.open_case(
            session, customer=customer, subject=subject, body="CANARYCASE", locale="de"
        )


def confirm(engine: Engine, address: str = KIM) -> None:
    with transaction(engine) as session:
        mail.confirm(session, address)


def ask_for_link(visitor: TestClient, engine: Engine, email: str = KIM) -> str:
    """Ask for a link to sign in with, and return its path."""
    sent = visitor.post("/de/sign-in", data={"email": email})
    assert sent.status_code == 200
    return links(letters(engine, email)[-1])[0]


def enter(visitor: TestClient, engine: Engine, email: str = KIM) -> None:
    """Sign in as whoever reads at this address."""
    sent = visitor.post(ask_for_link(visitor, engine, email), follow_redirects=False)
    assert (sent.status_code, sent.headers["location"]) == (303, "/de/my-cases")
