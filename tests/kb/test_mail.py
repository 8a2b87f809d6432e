"""The queue of mail: once per key, few to strangers, no header a visitor could slip in."""

from datetime import timedelta

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, select

from kb import clock
from kb.config import Config
from kb.db import transaction
from kb.errors import InvalidInput
from kb.mail import actions, claims, policy, queries
from kb.mail.delivery import server_of
from kb.mail.message import message_of, sender_of
from kb.mail.models import Letter, Mail, MailProblem, MailState

LETTER = Letter("Grüße", "Guten Tag", "<p>Guten Tag</p>", locale="de")
KIM = "kim@example.org"


def queue(engine: Engine, key: str, *, to: str = KIM, letter: Letter = LETTER, **more) -> None:
    with transaction(engine) as session:
        actions.queue(session, to=to, letter=letter, key=key, **more)


def confirm(engine: Engine, address: str = KIM) -> None:
    with transaction(engine) as session:
        actions.confirm(session, address)


def mails(engine: Engine) -> list[Mail]:
    with Session(engine) as session:
        return list(session.exec(select(Mail).order_by(Mail.id)).all())


def test_the_same_key_never_makes_a_second_letter(engine: Engine):
    queue(engine, "case-7/1")
    queue(engine, "case-7/1", to="olaf@example.org")
    assert [mail.recipient for mail in mails(engine)] == [KIM]


def test_a_letter_is_queued_with_the_callers_transaction_or_not_at_all(engine: Engine):
    with pytest.raises(ZeroDivisionError), transaction(engine) as session:
        actions.queue(session, to=KIM, letter=LETTER, key="k")
        raise ZeroDivisionError
    assert mails(engine) == []


def test_a_letter_not_sent_yet_can_be_taken_back_once(engine: Engine):
    queue(engine, "k")
    with transaction(engine) as session:
        assert actions.withdraw(session, "k")
        assert not actions.withdraw(session, "k")
        assert not actions.withdraw(session, "another")
    [mail] = mails(engine)
    assert (mail.state, mail.problem, mail.text) == (
        MailState.WITHDRAWN,
        MailProblem.TAKEN_BACK,
        "",
    )
    assert claims.claim(engine) is None


def test_a_letter_on_its_way_cannot_be_taken_back(engine: Engine):
    queue(engine, "k")
    claimed = claims.claim(engine)
    with transaction(engine) as session:
        assert not actions.withdraw(session, "k")
    claims.settle(engine, claimed, None)
    assert mails(engine)[0].state is MailState.SENT


@pytest.mark.parametrize(
    "to",
    [
        "",
        "kim",
        "kim@example",
        "kim@example.org\r\nBcc: all@example.org",
        "kim@example.org, olaf@example.org",
        "Kim <kim@example.org>",
        '"kim\\"@x"@example.org',
        "kim@exa mple.org",
        "kim@-example.org",
        "kim@example.org\x00",
        "ki\u202em@example.org",
        "k" * 65 + "@example.org",
        "kim@" + "e" * 300 + ".org",
    ],
)
def test_what_is_not_one_bare_address_is_refused(engine: Engine, to: str):
    with pytest.raises(InvalidInput):
        queue(engine, "k", to=to)
    assert mails(engine) == []


def test_a_stranger_gets_five_letters_an_hour_whoever_asks_for_them(engine: Engine):
    for number in range(30):
        queue(engine, f"sign-in/{number}", by_anyone=True)
        queue(engine, f"other/{number}", to="olaf@example.org", by_anyone=True)
    assert len([mail for mail in mails(engine) if mail.recipient == KIM]) == 5


def test_capitals_do_not_make_another_stranger(engine: Engine):
    for number in range(30):
        queue(engine, f"k{number}", to=f"{'KIM' if number % 2 else 'kim'}@Example.ORG")
    assert len(mails(engine)) == 5


def test_that_an_address_is_confirmed_lets_nobody_ask_for_more_links(engine: Engine):
    confirm(engine)
    for number in range(30):
        queue(engine, f"sign-in/{number}", by_anyone=True)
    assert len(mails(engine)) == 5


def test_a_confirmed_address_gets_all_its_news_but_not_more_than_twenty_an_hour(engine: Engine):
    confirm(engine)
    for number in range(25):
        queue(engine, f"case-{number}/1")
    found = mails(engine)
    soon = clock.now() + timedelta(minutes=5)
    assert len(found) == 25
    assert len([mail for mail in found if mail.next_attempt_at < soon]) == 20


def test_the_site_is_nobodys_cannon(engine: Engine, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(policy, "BY_ANYONE_EVERYWHERE", 12)
    for number in range(30):
        queue(engine, f"k{number}", to=f"victim{number}@example.org", by_anyone=True)
    assert len(mails(engine)) == 12


def test_news_goes_out_before_what_strangers_ask_for(engine: Engine):
    queue(engine, "sign-in/1", by_anyone=True)
    confirm(engine, "olaf@example.org")
    queue(engine, "case-1/1", to="olaf@example.org")
    assert claims.claim(engine).recipient == "olaf@example.org"


def test_a_letter_waits_for_its_time(engine: Engine):
    queue(engine, "k", not_before=clock.now() + timedelta(minutes=1))
    assert claims.claim(engine) is None


def test_a_link_that_has_expired_is_not_sent_any_more(engine: Engine):
    queue(engine, "k", not_after=clock.now() - timedelta(seconds=1))
    assert claims.claim(engine) is None
    [mail] = mails(engine)
    assert (mail.state, mail.problem) == (MailState.WITHDRAWN, MailProblem.TOO_LATE)


def test_text_and_address_are_erased_when_their_days_are_over(engine: Engine):
    queue(engine, "k")
    queue(engine, "waiting")
    claims.settle(engine, claims.claim(engine), None)
    with transaction(engine) as session:
        assert actions.erase(session, days=7) == 0
        session.exec(select(Mail).where(Mail.key == "k")).one().ended_at -= timedelta(days=8)
        session.flush()
        assert actions.erase(session, days=7) == 1
    gone, kept = mails(engine)
    assert (gone.recipient, gone.subject, gone.text, gone.html) == ("", "", "", "")
    assert (gone.key, gone.state, kept.text) == ("k", MailState.SENT, "Guten Tag")


def test_the_queue_tells_counts_and_age(engine: Engine):
    queue(engine, "k")
    queue(engine, "later", not_before=clock.now() + timedelta(days=1))
    with transaction(engine) as session:
        session.exec(select(Mail).where(Mail.key == "k")).one().created_at -= timedelta(hours=1)
    with Session(engine) as session:
        standing = queries.standing(session)
    assert (standing.queued, standing.failed) == (2, 0)
    assert timedelta(minutes=59) < standing.age < timedelta(minutes=61)
    assert policy.health(standing.age) is policy.Health.LATE


def test_what_was_given_up_can_be_tried_again_until_it_is_erased(engine: Engine):
    queue(engine, "k")
    claims.settle(engine, claims.claim(engine), MailProblem.RECIPIENT_REFUSED)
    with transaction(engine) as session:
        assert actions.retry(session) == 1
        assert actions.retry(session) == 0
    claims.settle(engine, claims.claim(engine), MailProblem.RECIPIENT_REFUSED)
    with transaction(engine) as session:
        session.exec(select(Mail)).one().ended_at -= timedelta(days=8)
        session.flush()
        actions.erase(session, days=7)
        assert actions.retry(session) == 0


@pytest.mark.parametrize(
    ("problem", "days", "state"),
    [
        (MailProblem.RECIPIENT_REFUSED, 0, MailState.FAILED),
        (MailProblem.LETTER_REFUSED, 0, MailState.FAILED),
        (MailProblem.TRY_LATER, 0, MailState.QUEUED),
        (MailProblem.TRY_LATER, 3, MailState.FAILED),
        (MailProblem.SERVER_DOWN, 3, MailState.QUEUED),
        (MailProblem.SIGN_IN_REFUSED, 3, MailState.QUEUED),
        (MailProblem.NO_ENCRYPTION, 3, MailState.QUEUED),
        (MailProblem.SENDER_REFUSED, 3, MailState.QUEUED),
    ],
)
def test_a_letter_is_given_up_for_its_own_faults_never_for_the_servers(
    engine: Engine, problem: MailProblem, days: int, state: MailState
):
    queue(engine, "k")
    with transaction(engine) as session:
        session.exec(select(Mail)).one().created_at -= timedelta(days=days)
    claims.settle(engine, claims.claim(engine), problem)
    [mail] = mails(engine)
    assert (mail.state, mail.problem) == (state, problem)
    assert (mail.ended_at is None) == (state is MailState.QUEUED)


def test_pauses_grow_are_never_in_step_and_end():
    later = MailProblem.TRY_LATER
    pauses = [[policy.pause(attempts, later) for _ in range(50)] for attempts in (1, 5, 60)]
    assert max(pauses[0]) < min(pauses[1]) < max(pauses[1]) < min(pauses[2])
    assert max(pauses[2]) < timedelta(hours=6)
    assert len(set(pauses[0])) > 40
    assert policy.pause(60, MailProblem.SERVER_DOWN) < timedelta(minutes=7)


def test_a_claim_is_one_process_and_its_result_counts_only_while_it_lasts(engine: Engine):
    queue(engine, "k")
    first = claims.claim(engine)
    assert claims.claim(engine) is None
    with transaction(engine) as session:  # the process hangs until its lease is over
        session.exec(select(Mail)).one().leased_until -= timedelta(hours=1)
    second = claims.claim(engine)
    claims.settle(engine, first, MailProblem.RECIPIENT_REFUSED)
    assert mails(engine)[0].state is MailState.QUEUED
    claims.settle(engine, second, None)
    assert mails(engine)[0].state is MailState.SENT


def a_mail(**values) -> Mail:
    given = {"key": "k", "recipient": KIM, "subject": "Grüße", "text": "Ä\n", "html": "<p>Ä</p>"}
    return Mail(**(given | {"locale": "de"} | values))


def test_a_message_says_who_sends_it_that_a_machine_did_and_in_which_language():
    config = Config(public_url="https://help.example.org", brand="Koggenet")
    mail = a_mail(stop_url="https://help.example.org/de/mail/stops/x")
    message = message_of(mail, sender_of(config))
    assert message["From"] == "Koggenet <noreply@help.example.org>"
    assert message["To"] == KIM
    assert message["Subject"] == "Grüße"
    assert message["Message-ID"] == f"<{mail.token}@help.example.org>"
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["Content-Language"] == "de"
    assert message["List-Unsubscribe"] == "<https://help.example.org/de/mail/stops/x>"
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert message["Date"].endswith("+0000")
    kinds = [part.get_content_type() for part in message.walk()]
    assert kinds == ["multipart/alternative", "text/plain", "text/html"]
    assert message_of(mail, sender_of(config))["Message-ID"] == message["Message-ID"]


def test_the_sender_of_the_settings_is_taken_and_checked():
    config = Config(mail_from="Hilfe <hilfe@example.org>", brand="Koggenet")
    assert message_of(a_mail(), sender_of(config))["From"] == "Hilfe <hilfe@example.org>"
    with pytest.raises(ValueError, match="LOTSE_MAIL_FROM"):
        sender_of(Config(mail_from="not an address"))


def test_a_domain_with_umlauts_is_written_as_every_server_takes_it():
    message = message_of(a_mail(recipient="kim@köln.example"), sender_of(Config()))
    assert message["To"] == "kim@xn--kln-sna.example"


@pytest.mark.parametrize("field", ["subject", "recipient", "stop_url", "locale"])
def test_a_line_break_never_becomes_a_header(field: str):
    evil = "x@example.org\r\nBcc: victim@example.org"
    with pytest.raises(ValueError, match=r"."):
        message_of(a_mail(**{field: evil}), sender_of(Config()))


def test_a_subject_with_line_breaks_is_queued_as_one_line(engine: Engine):
    evil = Letter("Neues\r\nBcc: victim@example.org\x00", "Text", "<p>Text</p>")
    queue(engine, "k", letter=evil)
    message = message_of(mails(engine)[0], sender_of(Config()))
    assert message["Subject"] == "Neues Bcc: victim@example.org"
    assert message["Bcc"] is None


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("http://mail.example.org", "smtp://"),
        ("mail.example.org:25", "smtp://"),
        ("smtp://", "smtp://"),
        ("smtp://me:secret@mail.example.org:587", "starttls"),
    ],
)
def test_a_server_that_would_see_a_password_in_the_clear_is_refused(url: str, said: str):
    with pytest.raises(ValueError, match=said) as refused:
        server_of(url)
    assert "secret" not in str(refused.value)


def test_the_address_of_a_server_says_all_there_is_to_know():
    server = server_of("smtp://me%40x:p%3Aw@mail.example.org:2525?starttls")
    assert (server.host, server.port, server.user) == ("mail.example.org", 2525, "me@x")
    assert (server.password, server.encryption.value) == ("p:w", "starttls")
    assert "p:w" not in repr(server)
    assert server_of("smtps://mail.example.org").port == 465
    assert server_of("smtp://mail.example.org").port == 25


def test_an_address_is_shown_so_that_only_its_owner_knows_it():
    assert policy.masked("kim.kundt@example.org") == "k...@example.org"
    assert policy.masked("") == ""
