"""One field that two people gave different values: both are shown, somebody decides, and neither value is lost."""

from pathlib import Path

import pytest

from bscp_tui.cli.main import run
from bscp_tui.history.ledger import Query, rows
from tests.copies.conftest import Copy, Partners, entries
from tests.support import status


@pytest.fixture
def torn(partners: Partners) -> tuple[Copy, Copy]:
    """Two people recorded a status of 4.1.3 at the same time, and one of them has sent it."""
    alice, bob = partners(2)
    alice.sets("4.1.3", status="in-progress", reason="Alice saw it")
    bob.sets("4.1.3", status="deferred", reason="Bob heard it")
    alice.syncs()
    return alice, bob


def told(copy: Copy, *words: str) -> int:
    with copy.at_work():
        return run(["--register", str(copy.folder), "--today", "2026-07-01", *words])


@pytest.mark.parametrize(
    ("takes", "value", "lost"),
    [("mine", "deferred", []), ("theirs", "in-progress", ["deferred"]), ("superseded", "superseded", ["deferred"])],
)
def test_what_is_taken_is_recorded_and_the_other_value_stays_in_the_history(
    torn: tuple[Copy, Copy], shared: Path, takes: str, value: str, lost: list[str]
) -> None:
    alice, bob = torn
    assert told(bob, "sync") == 1
    assert told(bob, "sync", "--take", takes, "4.1.3", "status") == 0
    alice.syncs()
    for copy in torn:
        assert copy.value("4.1.3", "status") == value
        assert not status(copy.folder)
    assert len(set(entries(shared))) == len(entries(shared))
    register = alice.register()
    view = register.snapshot().resolve("4.1.3")
    history = rows(register, Query(view=view))  # type: ignore[arg-type]
    values = [row.new for row in history if row.change == "changed"] + [row.old for row in history]
    assert "in-progress" in values  # Alice's was recorded first, and stays so
    assert [row.new for row in history if row.change == "not kept" and row.new != "in-progress"] == lost
    assert "deferred" in [row.new for row in history]


def test_both_values_are_told_with_who_and_why(torn: tuple[Copy, Copy], capsys: pytest.CaptureFixture[str]) -> None:
    _, bob = torn
    assert told(bob, "sync") == 1
    out = capsys.readouterr().out
    for words in ("before:  not started", "mine:    deferred", "Bob Best", "Bob heard it",
                  "theirs:  in progress", "Alice Able", "Alice saw it"):  # fmt: skip
        assert words in out


def test_work_goes_on_while_a_decision_is_put_off(torn: tuple[Copy, Copy], shared: Path) -> None:
    _, bob = torn
    assert told(bob, "sync") == 1
    later = bob.sets("4.1.4", status="in-progress")
    assert told(bob, "sync") == 1
    assert bob.git("rev-parse", "HEAD") == later.commit
    assert told(bob, "sync", "--take", "mine", "4.1.3", "status") == 0
    assert later.entry in entries(shared)


def test_what_verifies_before_verifies_after_a_decision(torn: tuple[Copy, Copy]) -> None:
    from bscp_tui.trust.verifying import verify

    alice, bob = torn
    assert told(bob, "sync", "--take", "theirs", "4.1.3", "status") == 0
    alice.syncs()
    with alice.at_work():
        found = verify(alice.register().repository, [])
    assert {fault.code for fault in found.faults} <= {"stranger"}  # the two are not on this register's roster


def test_a_field_that_is_not_in_question_is_not_decided(
    torn: tuple[Copy, Copy], capsys: pytest.CaptureFixture[str]
) -> None:
    _, bob = torn
    assert told(bob, "sync", "--take", "mine", "4.1.3", "title") == 2
    assert "2025-27/4.1.3 status" in capsys.readouterr().err
    assert told(bob, "sync", "--take", "next to done", "4.1.3", "status") == 2


def test_a_decision_on_values_that_have_changed_since_is_asked_for_again(torn: tuple[Copy, Copy]) -> None:
    alice, bob = torn
    bob.syncs()
    from bscp_tui.sharing.conflicts import Decision
    from bscp_tui.sharing.deciding import conflicts, decide

    decide(bob.register(), [Decision(conflicts(bob.register())[0].key, "mine")])
    alice.sets("4.1.3", status="not-started", reason="Alice took it back")
    alice.sets("4.1.3", status="superseded", superseded_by="2025-27/4.2.1", reason="Alice replaced it")
    alice.syncs()
    outcome = bob.syncs()
    assert [conflict.theirs.value for conflict in outcome.conflicts] == ["superseded"]
