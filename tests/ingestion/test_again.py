"""Importing again: nothing changes unless the source did, and a broken run is finished."""

import shutil
from collections import Counter

import pytest

from ingestion import apply
from ingestion.records import ImportOptions, Phase
from kb.access import Audience
from kb.articles import actions as articles
from kb.articles.models import State
from kb.db import transaction
from tests.ingestion.conftest import PUBLISH, counted


def test_a_second_run_writes_nothing(desk, samples):
    first = desk.load(samples / "docs")
    before = desk.written()
    second = desk.load(samples / "docs")
    assert counted(first) == {"new": 4}
    assert counted(second) == {"unchanged": 4}
    assert desk.written() == before


def test_a_moved_copy_is_the_same_source(desk, samples, tmp_path):
    desk.load(samples / "docs")
    moved = shutil.copytree(samples, tmp_path / "elsewhere" / "samples")
    assert counted(desk.load(moved / "docs")) == {"unchanged": 4}


def test_a_dry_run_says_what_would_happen_and_writes_nothing(desk, samples):
    report = desk.load(samples / "docs", ImportOptions(dry_run=True))
    assert counted(report) == {"new": 4}
    assert report.dry_run
    assert desk.written() == (0, 0)


def test_a_changed_file_makes_a_new_revision_under_the_same_address(desk, samples):
    desk.load(samples / "docs")
    path = samples / "docs/de/wlan/neustart.md"
    path.write_text("# Router frisch starten\n\nZiehen Sie den Stecker.", encoding="utf-8")
    report = desk.load(samples / "docs", ImportOptions())
    translation = desk.translation("wlan/neustart", "de")
    revision = desk.revision("wlan/neustart", "de")
    assert report.counts["changed"] >= 1
    assert (revision.number, revision.title) == (2, "Router frisch starten")
    assert translation.slug == "router-neu-starten"
    assert translation.published_id == revision.id  # it was on show, so it is again


def test_what_was_imported_as_draft_can_be_published_later(desk, samples):
    desk.load(samples / "docs", ImportOptions())
    assert desk.translation("wlan/langsam", "de").state is State.DRAFT
    assert counted(desk.load(samples / "docs")) == {"changed": 4}
    assert desk.translation("wlan/langsam", "de").state is State.PUBLISHED
    assert desk.revision("wlan/langsam", "de").number == 1


def test_what_an_editor_took_off_show_stays_off(desk, samples):
    desk.load(samples / "docs")
    with transaction(desk.engine) as session:
        articles.unpublish(session, desk.article("wlan/langsam"), locale="de")
    assert counted(desk.load(samples / "docs")) == {"unchanged": 4}
    path = samples / "docs/de/wlan/langsam.md"
    path.write_text(path.read_text() + "\nNeu.", encoding="utf-8")
    report = desk.load(samples / "docs")
    assert desk.translation("wlan/langsam", "de").state is State.DRAFT
    assert any("taken off show" in remark.text for remark in report.warnings)


def test_a_new_audience_or_category_is_a_change_without_a_new_revision(desk, samples):
    desk.load(samples / "docs")
    options = ImportOptions(publish=True, audience=Audience.STAFF)
    report = desk.load(samples / "docs", options)
    assert counted(report) == {"unchanged": 2, "changed": 2}
    assert desk.article("wlan/langsam").audience is Audience.STAFF
    assert desk.revision("wlan/langsam", "de").number == 1
    assert counted(desk.load(samples / "docs", options)) == {"unchanged": 4}


def test_a_file_gone_is_reported_and_archived_only_when_asked(desk, samples):
    desk.load(samples / "docs")
    for locale in ("de", "en"):
        (samples / f"docs/{locale}/wlan/neustart.md").unlink()
    report = desk.load(samples / "docs")
    assert report.gone == ("wlan/neustart (de)", "wlan/neustart (en)")
    assert not desk.article("wlan/neustart").is_archived
    assert desk.load(samples / "docs", ImportOptions(prune=True)).pruned == 2
    assert desk.article("wlan/neustart").is_archived
    assert desk.load(samples / "docs").gone == ()


def test_what_was_pruned_and_is_back_is_on_show_again(desk, samples, tmp_path):
    kept = shutil.copytree(samples / "docs", tmp_path / "kept")
    desk.load(samples / "docs")
    shutil.rmtree(samples / "docs/de")
    desk.load(samples / "docs", ImportOptions(prune=True))
    assert desk.translation("wlan/neustart", "de").state is State.ARCHIVED
    assert not desk.article("wlan/neustart").is_archived
    shutil.copytree(kept / "de", samples / "docs/de")
    desk.load(samples / "docs", ImportOptions())
    assert desk.translation("wlan/neustart", "de").state is State.PUBLISHED
    assert counted(desk.load(samples / "docs")) == {"unchanged": 4}


def test_what_a_person_archived_stays_archived(desk, samples):
    desk.load(samples / "docs")
    with transaction(desk.engine) as session:
        articles.archive(session, desk.article("wlan/neustart"))
    desk.load(samples / "docs", PUBLISH)
    assert desk.article("wlan/neustart").is_archived


def test_a_file_that_fails_is_not_taken_for_gone(desk, samples):
    desk.load(samples / "docs")
    (samples / "docs/de/wlan/neustart.md").write_text("---\n[: broken\n---\n")
    report = desk.load(samples / "docs", ImportOptions(prune=True))
    assert report.counts["failed"] == 1
    assert report.gone == ()
    assert not desk.article("wlan/neustart").is_archived


def test_one_file_or_one_language_says_nothing_of_the_others(desk, samples):
    desk.load(samples / "docs")
    one = desk.load(samples / "docs/de/wlan/langsam.md", ImportOptions(prune=True))
    assert one.source == "markdown:samples/docs"
    assert one.gone == ()
    assert counted(one) == {"unchanged": 1}
    assert counted(desk.load(samples / "docs/en")) == {"unchanged": 2}
    assert not desk.article("wlan/neustart").is_archived


@pytest.mark.parametrize("stop_at", [1, 2])
def test_a_run_that_was_killed_is_finished_by_the_next(desk, folder, monkeypatch, stop_at):
    monkeypatch.setattr(apply, "BATCH", 3)
    root = folder(
        {f"de/a{n}.md": f"# Artikel {n}\n\nSiehe [nächsten](a{n + 1}.md)." for n in range(10)}
    )
    seen = Counter()

    def stop(_done: int, _total: int, phase: str) -> None:
        seen[phase] += 1
        if seen[Phase.WRITING] == stop_at:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        desk.load(root, PUBLISH, stop)
    assert 0 < len(desk.standing()) < 10
    report = desk.load(root)
    after = desk.written()
    assert counted(report)["new"] == 10 - 3 * stop_at
    assert len(desk.standing()) == 10
    assert counted(desk.load(root)) == {"unchanged": 10}
    assert desk.written() == after


def test_an_image_that_changes_is_a_change(desk, samples):
    desk.load(samples / "docs")
    path = samples / "docs/media/punkt.png"
    path.write_bytes(path.read_bytes() + b"\0")
    assert counted(desk.load(samples / "docs")) == {"changed": 1, "unchanged": 3}
    assert articles.media_id(path.read_bytes()) in desk.body("wlan/langsam", "de")
