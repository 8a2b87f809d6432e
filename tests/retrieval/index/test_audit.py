"""The audit tells each way an index can drift, and repairs none of them."""

import numpy as np
import pytest
from sqlmodel import Session

from kb.db import transaction
from kb.errors import IndexUnavailable
from kb.passages import actions, queries
from retrieval.engines.protocols import LexicalEntry
from retrieval.index.audit import Finding, audit
from tests.retrieval.shelf import OtherModel, Shelf, Watched, down

SLOT = "public-de"


@pytest.fixture
def synced(shelf: Shelf) -> Shelf:
    """A shelf with two articles and its index in step."""
    shelf.publish("Router neu starten", "Ziehen Sie den Stecker.")
    shelf.publish("Rechnung finden", "Im Kundenkonto.")
    shelf.sync()
    return shelf


def finding(shelf: Shelf) -> Finding:
    return next(one for one in audit(shelf.engine, shelf.engines) if one.slot.key == SLOT)


def counts(shelf: Shelf) -> dict[str, int]:
    """Return what the audit finds, without what is in order."""
    found = finding(shelf)
    kinds = ("missing", "surplus", "without_vector", "without_terms", "strays", "is_outdated")
    return {kind: int(getattr(found, kind)) for kind in kinds if getattr(found, kind)}


def collection(shelf: Shelf) -> str:
    with Session(shelf.engine) as session:
        return str(queries.serving(session, SLOT))


def test_every_slot_is_looked_at(synced: Shelf):
    found = {one.slot.key for one in audit(synced.engine, synced.engines)}
    kinds = ("public", "staff", "solutions")
    assert found == {f"{kind}-{locale}" for kind in kinds for locale in ("de", "en")}


def test_an_index_in_step_has_no_drift(synced: Shelf):
    assert counts(synced) == {}
    assert synced.drift() == 0
    assert finding(synced).chunks == 4, "a lead and a piece each"


def test_what_sql_wants_and_is_not_there_is_missing(synced: Shelf):
    synced.publish("SIM sperren", "Rufen Sie an.")
    assert counts(synced) == {"missing": 1}


def test_what_is_there_and_sql_does_not_want_is_surplus(synced: Shelf):
    synced.archive(1)
    assert counts(synced) == {"surplus": 1}


def test_a_new_revision_is_one_missing_and_one_surplus(synced: Shelf):
    synced.publish("Router neu starten", "Drücken Sie den Knopf.")
    assert counts(synced) == {"missing": 1, "surplus": 1}


def test_a_row_without_its_vector_is_told(synced: Shelf):
    synced.engines.vectors.remove(collection(synced), ["r1.1"])
    assert counts(synced) == {"without_vector": 1}


def test_a_row_without_its_terms_is_told(synced: Shelf):
    synced.engines.lexical.remove(collection(synced), [1])
    assert counts(synced) == {"without_terms": 1}


def test_vectors_and_terms_of_nobody_are_strays(synced: Shelf):
    name = collection(synced)
    synced.engines.vectors.add(name, ["r99.1"], np.ones((1, 256), dtype=np.float32))
    synced.engines.lexical.add(name, [LexicalEntry("r98.1", 98, (), (), ("x",))])
    assert counts(synced) == {"strays": 2}


def test_rows_taken_away_behind_the_indexs_back_are_told(synced: Shelf):
    with transaction(synced.engine) as session:
        actions.remove(session, collection(synced), [1])
    assert counts(synced) == {"missing": 1, "strays": 2}


def test_another_model_makes_the_collection_outdated(synced: Shelf):
    assert counts(synced.with_engines(embedder=OtherModel())) == {"is_outdated": 1}


def test_the_audit_repairs_nothing(synced: Shelf):
    synced.archive(1)
    synced.publish("SIM sperren", "Rufen Sie an.")
    synced.engines.vectors.remove(collection(synced), ["r2.1"])
    spied = {
        name: Watched(getattr(synced.engines, name)) for name in ("embedder", "vectors", "lexical")
    }
    before = synced.fingerprint_of_everything()
    first = synced.with_engines(**spied).drift()
    assert synced.drift() == first > 0
    assert synced.fingerprint_of_everything() == before
    called = {name for engine in spied.values() for name, _ in engine.asked}
    assert called <= {"ids", "sources", "size"}


def test_a_store_that_is_down_is_no_drift_but_an_error(synced: Shelf):
    broken = Watched(synced.engines.vectors, before=down(IndexUnavailable))
    with pytest.raises(IndexUnavailable):
        synced.with_engines(vectors=broken).drift()
