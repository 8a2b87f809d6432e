"""The thread that sends: in every web process and every worker, as many as there are.

At least once: a letter is claimed, handed over, and then noted as sent. Whoever dies in between
leaves a lease that ends, and the letter goes out again under the same Message-ID.
"""

from collections.abc import Callable
from threading import Event
from time import monotonic

import structlog
from sqlalchemy import Engine

from kb.config import Config
from kb.db import transaction
from kb.mail import actions, claims, policy
from kb.mail.delivery import Post, Undelivered, post_of
from kb.mail.message import Sender, message_of, sender_of
from kb.mail.models import Mail, MailProblem

log = structlog.get_logger()

IDLE = 1.0
"""Seconds between two looks into the queue."""
_LONGEST_REST = 120.0
_BETWEEN_ERASURES = 3_600.0


def send_until(stop: Event, engine: Engine, config: Config) -> None:
    """Send what is due, whenever it is, until told to stop."""
    keep_sending(stop, engine, config, post=post_of(config))


def checked(config: Config) -> None:
    """Say at the start, not in the night, that the settings name no usable server or sender.

    Raises:
        ValueError: they do not.
    """
    post_of(config)
    sender_of(config)


def keep_sending(stop: Event, engine: Engine, config: Config, *, post: Post) -> None:
    """Send until told to stop; a server that is down is left alone for longer and longer."""
    sender, rest, erased = sender_of(config), IDLE, -_BETWEEN_ERASURES
    while not stop.wait(rest):
        try:
            goes = send_due(engine, post, sender, stop=stop.is_set)
            if monotonic() - erased > _BETWEEN_ERASURES:
                with transaction(engine) as session:
                    actions.erase(session, days=config.mail_kept_days)
                erased = monotonic()
        except Exception as error:  # noqa: BLE001  # the database is down, too; it may come back
            goes = False
            log.warning("mail_waits", kind=type(error).__name__)
        rest = IDLE if goes else min(rest * 2, _LONGEST_REST)


def send_due(
    engine: Engine, post: Post, sender: Sender, *, stop: Callable[[], bool] = lambda: False
) -> bool:
    """Send what is due now; say whether the server takes letters."""
    try:
        while not stop() and (mail := claims.claim(engine)) is not None:
            problem = _handed_over(mail, post, sender)
            claims.settle(engine, mail, problem)
            if problem is not None:
                log.warning("mail_undelivered", mail=mail.id, problem=problem.value)
                if policy.concerns_every_letter(problem):
                    return False
    finally:
        post.close()
    return True


def _handed_over(mail: Mail, post: Post, sender: Sender) -> MailProblem | None:
    try:
        message = message_of(mail, sender)
    except ValueError:
        return MailProblem.LETTER_REFUSED
    try:
        post.deliver(message, name=f"{mail.id:06}-{mail.token[:8]}")
    except Undelivered as error:
        return error.problem
    return None
