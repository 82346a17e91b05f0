"""Several programs that change one register at once: every change that was acknowledged is there."""

import signal
from pathlib import Path

import pytest

from bscp_tui.model.amendment import OvertakenError
from bscp_tui.store.errors import SaveError
from bscp_tui.store.locks import Workshop
from bscp_tui.store.register import Register
from tests.faults.harness import finished, saved, started
from tests.support import PERSON, change, count, git, head, opened, status

SAVES = 30


def test_two_programs_that_save_thirty_times_each_lose_nothing(folder: Path) -> None:
    before = count(folder)
    outcomes = [
        finished(saver)
        for saver in [started(folder, "many", ref, "Progress is made", str(SAVES)) for ref in ("4.1.3", "4.1.4")]
    ]
    told = {line.removeprefix("saved ") for outcome in outcomes for line in outcome.lines if line.startswith("saved ")}
    assert [(outcome.status, outcome.errors) for outcome in outcomes] == [(0, ""), (0, "")]
    assert len(told) == 2 * SAVES
    assert count(folder) == before + 2 * SAVES
    assert told <= set(git(folder, "rev-list", "HEAD").split())
    assert status(folder) == ""
    updates = [opened(folder).snapshot().resolve(ref) for ref in ("4.1.3", "4.1.4")]
    assert [getattr(getattr(view, "item", None), "update", None) for view in updates] == ["Progress is made 29"] * 2


def test_of_two_changes_of_the_same_field_the_second_is_told_of_the_first(folder: Path, register: Register) -> None:
    mine = change(register, status="in-progress")
    theirs = change(opened(folder), status="deferred")
    opened(folder).record(theirs)
    before = head(folder)
    with pytest.raises(OvertakenError) as refusal:
        register.record(mine)
    assert refusal.value.clashes == (("status", "deferred", "in-progress"),)
    assert "deferred" in str(refusal.value)
    assert "in progress" in str(refusal.value)
    assert (head(folder), status(folder)) == (before, "")


def test_changes_of_two_fields_made_at_once_are_both_kept(folder: Path, register: Register) -> None:
    mine = change(register, update="We began.")
    opened(folder).record(change(opened(folder), status="in-progress"))
    register.record(mine)
    item = opened(folder).snapshot().resolve("4.1.3")
    facts = getattr(item, "item", None)
    assert (getattr(facts, "update", None), getattr(facts, "status", None)) == ("We began.", "in-progress")
    assert status(folder) == ""


def test_a_program_killed_while_it_holds_the_register_does_not_block_the_next(folder: Path) -> None:
    holder = started(folder, "hold")
    assert holder.stdout is not None
    assert holder.stdout.readline() == "holding\n"
    holder.send_signal(signal.SIGKILL)
    finished(holder)
    outcome = saved(folder, "status", "4.1.3", "in-progress")
    assert outcome.said("saved ") == head(folder)
    assert outcome.said("waiting: ") is None
    assert status(folder) == ""


def test_who_waits_is_told_for_whom(folder: Path) -> None:
    holder = started(folder, "hold")
    assert holder.stdout is not None
    assert holder.stdout.readline() == "holding\n"
    second = started(folder, "status", "4.1.3", "in-progress")
    assert second.stdout is not None
    told = second.stdout.readline()
    assert told.startswith(f"waiting: Waiting for {PERSON.name} (program {holder.pid}, since ")
    assert finished(holder).status == 0
    assert finished(second).said("saved ") == head(folder)
    assert status(folder) == ""


def test_who_waits_too_long_is_told_who_holds_the_register(folder: Path, register: Register) -> None:
    holder = started(folder, "hold")
    assert holder.stdout is not None
    assert holder.stdout.readline() == "holding\n"
    before = head(folder)
    with pytest.raises(SaveError, match=PERSON.name), Workshop(register.repository).locked("me", patience=0.0):
        pass
    assert finished(holder).status == 0
    assert head(folder) == before
