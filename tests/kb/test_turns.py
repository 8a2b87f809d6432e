"""What two requests do at the same moment is done twice: neither fails, nothing gets lost."""

from collections.abc import Callable
from datetime import date
from threading import Barrier, Thread

from sqlalchemy import Engine
from sqlmodel import Session

from kb.articles import seen
from kb.cases import actions as cases
from kb.cases import drafts, flags, presence, queries, sending
from kb.cases.marks import Fault
from kb.cases.models import Case
from kb.db import stored_id, transaction
from tests.world import World

ROUNDS = 12


def at_once(engine: Engine, *doing: Callable[[Session], object]) -> list[BaseException]:
    """Let each work in a transaction and a thread of its own, round by round; return faults."""
    faults: list[BaseException] = []
    start = Barrier(len(doing))

    def work(one: Callable[[Session], object]) -> None:
        for _ in range(ROUNDS):
            start.wait()
            try:
                with transaction(engine) as session:
                    one(session)
            except Exception as fault:  # noqa: BLE001  # whatever it is, the test shows it
                faults.append(fault)

    threads = [Thread(target=work, args=(one,)) for one in doing]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return faults


def test_somebody_leaves_and_comes_back_in_the_same_moment(engine: Engine, world: World) -> None:
    case, ada = stored_id(world.kims_case.id), stored_id(world.ada.id)
    faults = at_once(
        engine,
        lambda session: presence.seen(session, case, ada),
        lambda session: presence.seen(session, case, ada, is_typing=True),
        lambda session: presence.gone(session, case, ada, only_typing=True),
        lambda session: presence.gone(session, case, ada),
    )
    assert faults == []


def test_two_tabs_keep_the_first_words_of_a_draft(engine: Engine, world: World) -> None:
    case, ada = stored_id(world.kims_case.id), stored_id(world.ada.id)
    faults = at_once(
        engine,
        lambda session: drafts.keep(session, case, ada, f"{drafts.version(session, case, ada)} a"),
        lambda session: drafts.keep(session, case, ada, f"{drafts.version(session, case, ada)} b"),
    )
    assert faults == []
    with Session(engine) as session:
        assert drafts.version(session, case, ada) == 2 * ROUNDS


def test_readers_that_come_together_are_all_counted(engine: Engine, world: World) -> None:
    piece = world.piece().revision_id
    today = date(2026, 1, 5)
    faults = at_once(engine, *[lambda session: seen.note(session, {(piece, today): 1})] * 3)
    assert faults == []
    with Session(engine) as session:
        row = session.get_one(seen.Seen, (piece, today))
        assert row.times == 3 * ROUNDS


def test_two_agents_link_the_same_article(engine: Engine, world: World) -> None:
    def link(session: Session) -> None:
        case = session.get_one(Case, stored_id(world.kims_case.id))
        cases.link_article(
            session, case, world.piece().article_id, by=stored_id(world.ada.id), helped=True
        )

    def unlink(session: Session) -> None:
        case = session.get_one(Case, stored_id(world.kims_case.id))
        cases.unlink_article(session, case, world.piece().article_id)

    assert at_once(engine, link, link, unlink) == []


def test_an_agent_says_twice_what_is_wrong_and_what_is_missing(
    engine: Engine, world: World
) -> None:
    def flag(session: Session) -> None:
        case = session.get_one(Case, stored_id(world.kims_case.id))
        flags.flag(
            session,
            case=case,
            revision_id=world.piece().revision_id,
            fault=Fault.WRONG,
            by_id=stored_id(world.ada.id),
        )

    def lack(session: Session) -> None:
        case = session.get_one(Case, stored_id(world.kims_case.id))
        flags.lacking(session, case=case, words="trockner", by_id=stored_id(world.ada.id))

    assert at_once(engine, flag, flag, lack, lack) == []
    with Session(engine) as session:
        assert len(flags.open_flags(session)) == 1
        assert len(flags.open_lacks(session)) == 1


def test_whoever_takes_their_turn_reads_what_the_one_before_has_said(
    engine: Engine, world: World
) -> None:
    case_id, seen = stored_id(world.kims_case.id), list[int]()

    def answer(session: Session) -> None:
        case = session.get_one(Case, case_id)
        sending.take_turn(session, case)
        said = len(queries.messages(session, case_id, for_customer=False))
        cases.say(session, case, author=world.ada.viewer, body=f"Answer {said}")
        seen.append(said)

    with Session(engine) as session:
        first = len(queries.messages(session, case_id, for_customer=False))
    assert at_once(engine, answer, answer, answer) == []
    assert sorted(seen) == list(range(first, first + 3 * ROUNDS))
