"""Another model takes over: nobody waits, vectors never mix, a kill only delays; and back."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from threading import Event, Thread
from time import sleep
from typing import Any, cast

import numpy as np
import pytest
from sqlmodel import Session
from structlog.testing import capture_logs

from kb.access import ANYONE
from kb.config import Config
from kb.db import transaction
from kb.errors import EmbedderUnavailable
from kb.passages import actions, queries
from retrieval.assembly import Retrieval, build_retrieval
from retrieval.engines.lexical import TantivyIndex
from retrieval.engines.offline import HashingEmbedder, MemoryVectors
from retrieval.engines.protocols import Vectors
from retrieval.index.activation import advance
from retrieval.index.audit import audit
from retrieval.index.collections import SLOTS, fingerprint_of
from retrieval.index.keeper import keep
from retrieval.index.models import BUNDLED, Models
from retrieval.index.sync import sync
from retrieval.results import Notice
from tests.retrieval.shelf import Killed, Shelf, Watched, killed_at

FIRST, SECOND, THIRD, GONE = BUNDLED, "ours", "newer", "gone"


class Dimensioned(HashingEmbedder):
    """A model whose vectors tell which model said them: each has a length of its own."""

    def __init__(self, name: str, dimensions: int) -> None:
        self.digest = name
        self._dimensions = dimensions

    def embed(self, texts: Any) -> Vectors:
        if self.digest == GONE:
            raise EmbedderUnavailable
        said = super().embed(texts)[:, : self._dimensions] + np.float32(1e-6)
        return said / np.linalg.norm(said, axis=1, keepdims=True)


class Strict(MemoryVectors):
    """Refuses to compare vectors of two models, where a real store would return nonsense."""

    def nearest(self, collection: str, vector: Vectors, *, limit: int) -> Any:
        for kept in list(self._kept.get(collection, {}).values()):
            assert len(kept) == vector.size, "vectors of two models met"
        return super().nearest(collection, vector, limit=limit)


SIZES = {FIRST: 256, SECOND: 128, THIRD: 64, GONE: 32}


@pytest.fixture
def models(shelf: Shelf) -> Models:
    """Three models over the shelf, and one that does not load; the first answers."""
    for title in ("Router neu starten", "Rechnung finden", "SIM-Karte sperren", "Umzug melden"):
        shelf.publish(title, f"{title}: so geht es im Kundenkonto.")
    made = with_models(shelf)
    made.settle()
    sync(shelf.engine, made.now())
    return made


def with_models(shelf: Shelf, vectors: Any = None, chosen: str = "") -> Models:
    """Return the models of another process over the same stores."""
    return Models(
        shelf.engine,
        lambda name: Dimensioned(name, SIZES[name]),
        vectors=vectors or _strict(shelf),
        lexical=shelf.engines.lexical,
        chosen=chosen,
    )


def _strict(shelf: Shelf) -> Strict:
    """Return the one vector store of a test: it stands where the shelf's own stood."""
    if not isinstance(shelf.engines.vectors, Strict):
        shelf.engines = replace(shelf.engines, vectors=Strict())
    return cast("Strict", shelf.engines.vectors)


def want(shelf: Shelf, name: str) -> None:
    with transaction(shelf.engine) as session:
        actions.want(session, name)


def retrieval_of(shelf: Shelf, models: Models) -> Retrieval:
    return build_retrieval(Config(home=Path("var")), shelf.engine, models)


def titles(shelf: Shelf, retrieval: Retrieval, question: str = "Router neu starten") -> list[str]:
    with Session(shelf.engine) as session:
        found = retrieval.search(session, question, ANYONE, "de")
    assert Notice.WITHOUT_MEANING not in found.notices
    assert Notice.WITHOUT_WORDS not in found.notices
    return [hit.passage.title for hit in found.hits]


def choice(shelf: Shelf) -> tuple[str, str | None, str | None]:
    with Session(shelf.engine) as session:
        found = queries.model_choice(session)
        assert found is not None
        return found.active, found.previous, found.wanted


def marks(shelf: Shelf) -> set[str]:
    with Session(shelf.engine) as session:
        return {fingerprint_of(name) for name in queries.all_serving(session).values()}


def drift(shelf: Shelf, models: Models) -> int:
    return sum(one.drift for one in audit(shelf.engine, models.look()))


@contextmanager
def asking(shelf: Shelf, retrieval: Retrieval) -> Iterator[list[list[str]]]:
    """Ask without a pause from another thread; what goes wrong there is raised at the end."""
    answers: list[list[str]] = []
    wrong: list[BaseException] = []
    done = Event()

    def ask() -> None:
        try:
            while not done.is_set():
                answers.append(titles(shelf, retrieval))
        except BaseException as error:  # noqa: BLE001  # raised below, in the test's own thread
            wrong.append(error)

    asker = Thread(target=ask)
    asker.start()
    try:
        yield answers
    finally:
        done.set()
        asker.join()
    if wrong:
        raise wrong[0]


def test_the_model_of_the_first_sync_is_written_down(shelf: Shelf, models: Models):
    assert choice(shelf) == (FIRST, None, None)
    assert marks(shelf) == {models.now().mark}


def test_answers_go_on_while_a_model_takes_over_and_back(shelf: Shelf, models: Models):
    other = with_models(shelf)  # another process, that hears nothing of it
    with asking(shelf, retrieval_of(shelf, other)) as answers:
        for name in (SECOND, FIRST, THIRD):
            want(shelf, name)
            assert advance(models, between=lambda: sleep(0.01)) == name
            sync(shelf.engine, models.now())
            sleep(0.05)
    assert len(answers) > 5
    assert all(found[0] == "Router neu starten" for found in answers)
    assert choice(shelf) == (THIRD, FIRST, None)
    assert drift(shelf, models) == 0


def test_all_kinds_and_languages_switch_at_once(shelf: Shelf, models: Models):
    seen: list[set[str]] = []
    want(shelf, SECOND)
    advance(models, between=lambda: seen.append(marks(shelf)))
    first, second = (models.named(name).mark for name in (FIRST, SECOND))
    assert seen
    assert all(found == {first} for found in seen)
    assert marks(shelf) == {second}


def test_both_collections_are_there_until_the_next_activation(shelf: Shelf, models: Models):
    for name, kept in ((SECOND, FIRST), (THIRD, SECOND)):
        want(shelf, name)
        advance(models)
        sync(shelf.engine, models.now())
        with Session(shelf.engine) as session:
            found = {fingerprint_of(one) for one in queries.collections(session)}
        assert found == {models.named(name).mark, models.named(kept).mark}


def test_a_rollback_embeds_only_what_changed_since(shelf: Shelf, models: Models):
    want(shelf, SECOND)
    advance(models)
    sync(shelf.engine, models.now())
    shelf.publish("Rufnummer mitnehmen", "Mit dem Formular.")
    sync(shelf.engine, models.now())
    told: list[tuple[int, int]] = []
    want(shelf, FIRST)
    advance(models, progress=lambda done, total: told.append((done, total)))
    assert told == [(1, 1)]
    assert choice(shelf) == (FIRST, SECOND, None)
    assert titles(shelf, retrieval_of(shelf, models), "Rufnummer")[0] == "Rufnummer mitnehmen"


def test_what_is_taken_back_leaves_the_kept_collections_too(shelf: Shelf, models: Models):
    secret = shelf.publish("Geheimer Umzug", "Niemandem sagen.")
    sync(shelf.engine, models.now())
    want(shelf, SECOND)
    advance(models)
    sync(shelf.engine, models.now())
    revision = shelf.revision_of(secret)
    shelf.archive(secret)
    with Session(shelf.engine) as session:
        newest = queries.states(session)
    sync(shelf.engine, models.now(), since=0)
    for slot in SLOTS:
        for name in (newest[slot.key].serving, *newest[slot.key].beside):
            with Session(shelf.engine) as session:
                assert revision not in queries.stored_sources(session, name)
            assert not [one for one in _strict(shelf).ids(name) if one.startswith(f"r{revision}.")]
            assert revision not in shelf.engines.lexical.sources(name)


def keep_until_none_is_wanted(shelf: Shelf, models: Models, looks: int = 20) -> None:
    lexical = shelf.engines.lexical
    assert isinstance(lexical, TantivyIndex)
    folder = lexical._folder.parent  # noqa: SLF001  # the test's own folder
    keep(shelf.engine, models, folder, stop=_UntilNoneIsWanted(models, looks))


def test_what_is_published_meanwhile_is_found_before_and_after(shelf: Shelf, models: Models):
    seen: list[list[str]] = []

    def add(method: str, number: int) -> None:
        if (method, number) == ("add", 1):
            shelf.publish("Vertrag kündigen", "Schriftlich, mit Frist.")
        if (method, number) == ("add", 3):  # the second was that of the model that answers
            seen.append(titles(shelf, retrieval_of(shelf, models), "Vertrag kündigen"))

    want(shelf, SECOND)
    keep_until_none_is_wanted(shelf, with_models(shelf, Watched(_strict(shelf), before=add)))
    assert "Vertrag kündigen" in seen[0]
    assert choice(shelf) == (SECOND, FIRST, None)
    assert "Vertrag kündigen" in titles(shelf, retrieval_of(shelf, models), "Vertrag kündigen")
    assert drift(shelf, models) == 0


class _UntilNoneIsWanted(Event):
    def __init__(self, models: Models, looks: int = 20) -> None:
        super().__init__()
        self._models, self._looks = models, looks

    def wait(self, timeout: float | None = None) -> bool:
        del timeout
        self._looks -= 1
        if self._looks < 0 or self._models.wanted() is None:
            self.set()
        return self.is_set()


def test_a_running_keeper_takes_up_what_is_wanted(shelf: Shelf, models: Models):
    want(shelf, SECOND)
    with asking(shelf, retrieval_of(shelf, with_models(shelf))) as answers:
        keep_until_none_is_wanted(shelf, models)
        sleep(0.1)
    assert answers
    assert choice(shelf) == (SECOND, FIRST, None)


@pytest.mark.parametrize(("number", "left"), [(1, 44), (2, 20)])
def test_killed_while_filling_the_old_one_serves_and_the_next_goes_on(
    shelf: Shelf, models: Models, number: int, left: int
):
    for count in range(40):  # more than a batch
        shelf.publish(f"Thema {count}", f"Text über Thema {count}.")
    sync(shelf.engine, models.now())
    dying = with_models(shelf, Watched(_strict(shelf), before=killed_at("add", number)))
    want(shelf, SECOND)
    with pytest.raises(Killed):
        advance(dying)
    assert marks(shelf) == {models.named(FIRST).mark}
    assert titles(shelf, retrieval_of(shelf, models))[0] == "Router neu starten"
    told: list[int] = []
    assert advance(with_models(shelf), progress=lambda _, total: told.append(total)) == SECOND
    assert told[0] == left
    after = with_models(shelf)
    sync(shelf.engine, after.now())
    assert drift(shelf, after) == 0


def test_a_model_that_does_not_load_leaves_the_present_one_answering(shelf: Shelf, models: Models):
    want(shelf, GONE)
    with pytest.raises(EmbedderUnavailable):
        advance(models)
    assert choice(shelf) == (FIRST, None, GONE)
    with capture_logs() as logged:
        keep_until_none_is_wanted(shelf, models, looks=3)
    assert [one["kind"] for one in logged if one["event"] == "model_waits"] == [
        "EmbedderUnavailable"
    ]
    assert titles(shelf, retrieval_of(shelf, models))[0] == "Router neu starten"
    assert marks(shelf) == {models.named(FIRST).mark}


def test_away_from_a_model_that_broke_while_it_served(shelf: Shelf, models: Models):
    with transaction(shelf.engine) as session:
        queries.model_choice(session).active = GONE  # type: ignore[union-attr]
    models.look()
    want(shelf, SECOND)
    with capture_logs():
        keep_until_none_is_wanted(shelf, models)
    assert choice(shelf)[0] == SECOND
    assert titles(shelf, retrieval_of(shelf, models))[0] == "Router neu starten"


def test_whoever_changes_their_mind_gets_the_last_wish(shelf: Shelf, models: Models):
    want(shelf, SECOND)
    assert advance(models, between=lambda: want(shelf, THIRD)) is None
    assert marks(shelf) == {models.named(FIRST).mark}
    assert advance(models) == THIRD
    sync(shelf.engine, models.now())
    with Session(shelf.engine) as session:
        found = {fingerprint_of(one) for one in queries.collections(session)}
    assert found == {models.named(THIRD).mark, models.named(FIRST).mark}


def test_to_ask_for_the_one_that_answers_calls_the_change_off(shelf: Shelf, models: Models):
    want(shelf, SECOND)
    assert advance(models, between=lambda: want(shelf, FIRST)) is None
    assert choice(shelf) == (FIRST, None, None)
    sync(shelf.engine, models.now())
    with Session(shelf.engine) as session:
        assert {fingerprint_of(one) for one in queries.collections(session)} == {
            models.named(FIRST).mark
        }


def test_a_model_named_in_the_settings_is_prepared_beside_the_one_that_answers(
    shelf: Shelf, models: Models
):
    del models
    chosen = with_models(shelf, chosen=SECOND)
    chosen.settle()
    assert choice(shelf) == (FIRST, None, SECOND)
    assert titles(shelf, retrieval_of(shelf, chosen))[0] == "Router neu starten"
    keep_until_none_is_wanted(shelf, chosen)
    assert choice(shelf) == (SECOND, FIRST, None)


def test_in_a_new_home_the_model_of_the_settings_answers_from_the_start(shelf: Shelf):
    chosen = with_models(shelf, chosen=SECOND)
    chosen.settle()
    sync(shelf.engine, chosen.now())
    assert choice(shelf) == (SECOND, None, None)


def test_a_home_from_before_models_could_be_chosen_goes_on_with_its_own(shelf: Shelf):
    shelf.publish("Router neu starten", "Ziehen Sie den Stecker.")
    sync(shelf.engine, with_models(shelf).named(FIRST))
    late = with_models(shelf, chosen=SECOND)
    late.settle()
    assert choice(shelf) == (FIRST, None, SECOND)


def test_only_models_in_use_stay_in_memory(shelf: Shelf, models: Models):
    for name in (SECOND, THIRD):
        want(shelf, name)
        advance(models)
    assert set(models._known) == {THIRD}  # noqa: SLF001  # what a process holds cannot be seen else
