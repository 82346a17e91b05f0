"""Several people who send at once, and a sender who is killed at every kind of moment: every entry arrives once."""

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from bscp_tui.sharing.joining import join
from bscp_tui.sharing.syncing import sync
from tests.sharing.people import entries_of
from tests.sharing.places import Place
from tests.sharing.processes import PATIENCE
from tests.support import addition, git, head, opened, status

SENDERS, EACH = 6, 50
KILLS = 100
AT_REST = 5  # every so many kills nobody kills, and all must be well


@pytest.fixture
def first(folder_place: Place, empty_folder: Path) -> Path:
    """A register that was sent to a folder."""
    git(empty_folder, "remote", "add", "origin", folder_place.address)
    assert sync(opened(empty_folder)).done
    return empty_folder


def test_six_people_who_send_fifty_entries_each_at_once_end_in_one_line(
    first: Path, folder_place: Place, tmp_path: Path
) -> None:
    known = set(entries_of(first))
    senders = []
    for number in range(SENDERS):
        copy = tmp_path / f"copy-{number}"
        join(folder_place.address, copy)
        command = [sys.executable, "-m", "tests.sharing.sender", str(copy), str(number * EACH), str(EACH)]
        pipe = subprocess.PIPE
        senders.append(subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True))
    acknowledged: list[str] = []
    for sender in senders:
        assert sender.stdout
        while (line := sender.stdout.readline().strip()) != "ready":
            assert line, "a sender ended early"
            acknowledged.append(line)
    for sender in senders:
        assert sender.stdin
        sender.stdin.write("go\n")
        sender.stdin.flush()
    told = [sender.communicate()[0].strip() for sender in senders]
    assert told == ["sent"] * SENDERS
    assert len(acknowledged) == SENDERS * EACH
    assert sync(opened(first)).done
    arrived = [entry for entry in entries_of(first) if entry not in known]
    assert sorted(arrived) == sorted(acknowledged)
    assert head(first) == folder_place.heads()["refs/heads/main"]
    folder_place.owned("fsck", "--full", "--strict")


# Stands in for git: counts what the sender starts, and at one of them kills, as a power cut or a task manager does.
SHIM = """#!/bin/sh
test -n "$KILL_AT" || exec "$GIT" "$@"
echo x >> "$KILL_NOTES/started"
if test "$(wc -l < "$KILL_NOTES/started")" -eq "$KILL_AT"; then
    case "$KILL_HOW" in
        before) kill -9 "-$(cat "$KILL_NOTES/sender")" 0 ;;
        after) "$GIT" "$@"; kill -9 "-$(cat "$KILL_NOTES/sender")" 0 ;;
        alone) kill -9 "-$(cat "$KILL_NOTES/sender")"; exec "$GIT" "$@" ;;
        git) kill -9 $$ ;;
    esac
fi
exec "$GIT" "$@"
"""
HOOK = """#!/bin/sh
test "$KILL_HOOK" = "$(basename "$0")" && kill -9 "-$(cat "$KILL_NOTES/sender")"
exit 0
"""
HOOKS = ("pre-receive", "update", "post-receive")
HOWS = ("before", "after", "alone", "git")


@pytest.fixture
def notes(tmp_path: Path, folder_place: Place, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Put the killer in git's place, and into the shared copy."""
    folder = tmp_path / "shim"
    folder.mkdir()
    (folder / "git").write_text(SHIM)
    (folder / "git").chmod(0o755)
    for name in HOOKS:
        place = folder_place.bare / "hooks" / name
        place.parent.mkdir(exist_ok=True)
        place.write_text(HOOK)
        place.chmod(0o755)
    real = shutil.which("git")
    assert real
    monkeypatch.setenv("GIT", real)
    monkeypatch.setenv("KILL_NOTES", str(folder))
    monkeypatch.setenv("PATH", f"{folder}:{os.environ['PATH']}")
    return folder


def sends_and_is_killed(copy: Path, notes: Path, **how: str) -> bool:
    """Send in a process group of its own that is killed on the way; return whether it got to the end."""
    (notes / "started").write_text("")
    sender = os.fork()
    if sender == 0:
        os.setsid()
        (notes / "sender").write_text(str(os.getpid()))
        os.environ.update(how)
        sync(opened(copy))
        os._exit(0)
    _, ended = os.waitpid(sender, 0)
    assert os.WIFEXITED(ended) or os.WTERMSIG(ended) == signal.SIGKILL
    return os.WIFEXITED(ended)


def test_a_sender_killed_a_hundred_times_loses_nothing_and_sends_nothing_twice(
    first: Path, folder_place: Place, notes: Path, tmp_path: Path
) -> None:
    copy = tmp_path / "copy"
    join(folder_place.address, copy)
    chance = random.Random(6)  # noqa: S311 - the same moments in every run
    acknowledged = entries_of(first)
    killed = number = 0
    while killed < KILLS:
        number += 1
        for folder, name in ((copy, "mine"), *(((first, "theirs"),) if number % 3 == 0 else ())):
            made = opened(folder).record(addition(f"{name}-{number}"))
            assert made is not None
            acknowledged.append(made.entry)
        if number % 3 == 0:
            assert sync(opened(first)).problem is None
        if chance.random() < 0.2:
            ended = sends_and_is_killed(copy, notes, KILL_HOOK=chance.choice(HOOKS))
        else:
            ended = sends_and_is_killed(copy, notes, KILL_AT=str(chance.randint(1, 30)), KILL_HOW=chance.choice(HOWS))
        killed += not ended
        assert number < KILLS * 5, "hardly anything was killed"
        if number % AT_REST == 0:
            at_rest(copy, folder_place)
    at_rest(copy, folder_place)
    assert sync(opened(first)).done
    assert sorted(entries_of(first)) == sorted(acknowledged)


def at_rest(copy: Path, place: Place) -> None:
    """Send with nobody killing; both copies are whole and hold the same.

    What a killed sender had started may outlive it for a moment; until then the copy says that it is busy.
    """
    until = time.monotonic() + PATIENCE
    outcome = sync(opened(copy))
    while outcome.problem is not None and outcome.problem.code == "busy" and time.monotonic() < until:
        outcome = sync(opened(copy))
    assert outcome.done, outcome.problem
    assert head(copy) == place.heads()["refs/heads/main"]
    assert status(copy) == ""
    place.owned("fsck", "--strict")
