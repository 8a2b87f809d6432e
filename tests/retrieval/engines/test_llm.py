"""A language model is asked over real HTTP; whatever it does, the caller is free in time."""

from collections.abc import Iterator
from threading import Thread
from time import monotonic

import pytest

from retrieval.engines.breaker import Breaker
from retrieval.engines.llm import LanguageModel, NothingSaid, Patience, Trouble, _prepare
from tests.model_server import Model, serving

ASKED = '<passage number="1">\nDer Router braucht zwei Minuten für den Start.\n</passage>'


@pytest.fixture(scope="module")
def server() -> Iterator[Model]:
    _prepare()
    with serving() as model:
        yield model


@pytest.fixture
def faithful(server: Model) -> Model:
    server.manner, server.calls = "faithful", 0
    return server


def asked(server: Model, *, first: float = 10.0, whole: float = 20.0) -> LanguageModel:
    return LanguageModel(server.url, "m", "", at_once=1, patience=Patience(first, whole))


def trouble_of(model: LanguageModel) -> Trouble:
    with pytest.raises(NothingSaid) as error:
        model.say("Be brief.", ASKED)
    return error.value.trouble


def test_what_the_model_says_comes_with_what_it_took(faithful: Model) -> None:
    said = asked(faithful).say("Be brief.", ASKED)
    assert "Der Router braucht zwei Minuten" in said.text
    assert said.tokens_in > 0
    assert said.tokens_out > 0
    assert said.seconds > 0


@pytest.mark.parametrize("manner", ["slow", "silent"])
def test_nobody_waits_longer_than_agreed_for_the_first_word(faithful: Model, manner: str) -> None:
    faithful.manner = manner
    started = monotonic()
    assert trouble_of(asked(faithful, first=0.4)) is Trouble.LATE
    assert monotonic() - started < 3


def test_a_model_that_never_stops_is_stopped(faithful: Model) -> None:
    faithful.manner = "endless"
    assert trouble_of(asked(faithful, whole=3)) is Trouble.ENDLESS


@pytest.mark.parametrize("manner", ["busy", "broken"])
def test_a_refusal_is_asked_about_once_more(faithful: Model, manner: str) -> None:
    faithful.manner = manner
    assert trouble_of(asked(faithful)) is Trouble.REFUSED
    assert faithful.calls == 2


def test_a_server_that_is_not_there_is_unreachable() -> None:
    nowhere = LanguageModel("http://127.0.0.1:9/v1", "m", "", at_once=1, patience=Patience(1, 2))
    assert trouble_of(nowhere) is Trouble.UNREACHABLE


def test_after_failures_in_a_row_nobody_asks_for_a_while(faithful: Model) -> None:
    model = asked(faithful, first=0.2)
    faithful.manner = "silent"
    assert [trouble_of(model) for _ in range(4)] == [Trouble.LATE] * 3 + [Trouble.PAUSED]
    assert faithful.calls == 3


def test_only_so_many_ask_at_once(faithful: Model) -> None:
    faithful.manner = "silent"
    model = asked(faithful, first=0.6)
    waiting = Thread(target=trouble_of, args=(model,))
    waiting.start()
    while not faithful.calls:
        pass
    assert trouble_of(model) is Trouble.BUSY
    waiting.join()


def test_after_the_pause_one_tries_and_the_others_wait_for_it() -> None:
    now = [0.0]
    breaker = Breaker(lambda: now[0])
    for _ in range(3):
        assert breaker.may_try()
        breaker.failed()
    assert not breaker.may_try()
    now[0] = 60.0
    assert [breaker.may_try(), breaker.may_try()] == [True, False]
    breaker.worked()
    assert breaker.may_try()
