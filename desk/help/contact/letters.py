"""Letters about what was agreed: our words only, and a private link. Nothing of what was typed."""

from desk import letters
from desk.help.contact.caller import Caller
from kb.mail import actions as mail
from kb.mail.models import Letter
from kb.ways import policy
from kb.ways.models import Meeting, Way

WORTH_WRITING = frozenset({Way.CALLBACK, Way.APPOINTMENT})


def agreed(caller: Caller, meeting: Meeting, email: str) -> None:
    """Confirm what was agreed, or moved, and remind in time."""
    if not email or meeting.way not in WORTH_WRITING:
        return
    name = "meeting_agreed" if meeting.version == 1 else "meeting_moved"
    _queue(caller, meeting, email, name)
    at = policy.remind_at(meeting.starts_at, now=caller.now)
    if at is None:
        return
    letter = _letter(caller, meeting, "meeting_reminder")
    mail.queue(
        caller.session,
        to=email,
        letter=letter,
        key=_reminder(meeting),
        not_before=at,
        not_after=meeting.starts_at,
        by_anyone=True,
    )


def forget_reminder(caller: Caller, meeting: Meeting) -> None:
    """Take back the reminder of a time that is no longer agreed; call it before the change."""
    mail.withdraw(caller.session, _reminder(meeting))


def cancelled(caller: Caller, meeting: Meeting, email: str) -> None:
    """Confirm that nothing is agreed any more."""
    if email and meeting.way in WORTH_WRITING:
        _queue(caller, meeting, email, "meeting_cancelled")


def _queue(caller: Caller, meeting: Meeting, email: str, name: str) -> None:
    letter = _letter(caller, meeting, name)
    key = f"meeting-{meeting.public_id}-{meeting.version}"
    mail.queue(caller.session, to=email, letter=letter, key=key, by_anyone=True)


def _letter(caller: Caller, meeting: Meeting, name: str) -> Letter:
    teller, words = caller.teller, caller.words
    return letters.write(
        words,
        name,
        brand=caller.config.brand,
        link=f"{caller.config.public_url}/{caller.locale}/meetings/{meeting.public_id}",
        what=words(f"letter.what.{meeting.way}"),
        day=teller.date(meeting.starts_at),
        time=teller.between(meeting.starts_at, meeting.ends_at),
    )


def _reminder(meeting: Meeting) -> str:
    return f"meeting-{meeting.public_id}-{meeting.version}-reminder"
