"""``bscp demo``: invented registers that are registers like any other, and say what they are."""

import datetime as dt
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from bscp_tui.model.kinds import KINDS
from bscp_tui.store.register import open_register
from tests.cli.support import bscp, done
from tests.support import git, head

SIZE = ("--records", "120", "--entries", "900")


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("demo") / "register"
    done(folder, "demo", str(folder), *SIZE, "--seed", "7")
    return folder


def test_it_has_as_many_records_and_entries_as_were_asked_for_and_every_record_can_be_read(demo: Path) -> None:
    files = [path for path in (demo / "records").rglob("*.toml") if path.name != "bscp.toml"]
    assert len(files) == 120
    assert git(demo, "rev-list", "--count", "HEAD") == "900"
    snapshot = open_register(demo, dt.date(2026, 7, 1)).snapshot()
    owners = [kind for kind in KINDS.values() if kind.inside is None]
    assert [bad for kind in owners for bad in snapshot.unreadable(kind)] == []
    views = [view for kind in owners for view in snapshot.views(kind, withdrawn=True)]
    assert len(views) == 121  # the register's own settings are one
    assert {view.mark for view in views} == {None}
    assert all("invented" in view.item.source.note for view in views if hasattr(view.item, "source"))
    assert git(demo, "status", "--porcelain") == ""
    assert git(demo, "fsck", "--strict") == ""


def test_its_entries_read_like_the_program_s_own_and_some_were_made_by_hand(demo: Path) -> None:
    told = git(demo, "log", "--format=%B%x00").split("\0")
    by_hand = [message for message in told if message.strip() and "\nEntry: " not in message]
    assert 0 < len(by_hand) < 60
    rows = done(demo, "history", "--limit", "900", "--format", "json").json
    assert {row["by"] for row in rows} >= {"Tamsin Alderwick", "Obadiah Fennimore"}
    assert any(row["effective"] and row["effective"] < row["recorded"][:10] for row in rows)
    assert any(row["reason"] for row in rows)
    years = git(demo, "log", "--format=%cs").split("\n")
    assert years == sorted(years, reverse=True)
    assert int(years[0][:4]) - int(years[-1][:4]) >= 4


def test_the_same_seed_gives_the_same_commits_and_another_seed_others(demo: Path, tmp_path: Path) -> None:
    done(demo, "demo", str(tmp_path / "again"), *SIZE, "--seed", "7")
    done(demo, "demo", str(tmp_path / "other"), *SIZE, "--seed", "8")
    assert head(tmp_path / "again") == head(demo)
    assert head(tmp_path / "other") != head(demo)


def test_it_says_that_it_is_synthetic_wherever_it_is_shown(demo: Path) -> None:
    for words in (["list", "action"], ["show", "1.1"], ["report", "summary"]):
        assert "Synthetic register: its records are invented" in done(demo, *words).out
    assert done(demo, "show", "1.1", "--format", "json").json["source"]["document"] == "Synthetic register"


def test_a_change_is_recorded_in_it_as_in_any_other_register(tmp_path: Path) -> None:
    folder = tmp_path / "register"
    done(folder, "demo", str(folder), "--records", "30", "--entries", "5")
    done(folder, "set", "1.1", "update=The lead told the group.", "--reason", "Heard.")
    assert git(folder, "log", "-1", "--format=%s").startswith("2025-27/1.1 ")
    assert "\n> Heard.\n" in git(folder, "log", "-1", "--format=%B")
    assert git(folder, "status", "--porcelain") == ""


def test_nothing_is_made_where_something_is(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    ran = bscp(None, "demo", str(tmp_path))
    assert (ran.status, "is not empty" in ran.err) == (2, True)
    assert {path.name for path in tmp_path.iterdir()} >= {"mine.txt"}
    assert (tmp_path / "mine.txt").read_text() == "mine"


@pytest.mark.parametrize("words", [["--records", "3"], ["--records", "0"], ["--entries", "0"], ["--entries", "-4"]])
def test_a_size_that_cannot_be_is_answered_with_those_that_can(tmp_path: Path, words: list[str]) -> None:
    ran = bscp(None, "demo", str(tmp_path / "register"), *words)
    assert (ran.status, "a synthetic register has" in ran.err) == (2, True)
    assert not (tmp_path / "register").exists()


def test_a_stop_leaves_nothing_behind(tmp_path: Path) -> None:
    place = tmp_path / "here"
    place.mkdir()
    words = ["demo", str(place / "register"), "--records", "2000", "--entries", "500000"]
    process = subprocess.Popen(
        [sys.executable, "-m", "bscp_tui", *words],
        stderr=subprocess.PIPE,
        text=True,
        # What a shell starts in the background is deaf to the signal, and hands that on.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # noqa: PLW1509 - no thread runs here
    )
    deadline = time.monotonic() + 60
    while not any(place.glob(".register-*/.git/objects/pack/*")) and time.monotonic() < deadline:
        assert process.poll() is None
    process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=60)
    assert process.returncode == 130
    assert "nothing was left half done" in said
    assert list(place.iterdir()) == []


def test_it_has_update_rounds_with_returns_in_time_late_and_still_awaited(tmp_path: Path) -> None:
    done(tmp_path / "rounds", "demo", str(tmp_path / "rounds"), "--records", "300", "--entries", "310", "--seed", "7")
    rows = done(tmp_path / "rounds", "list", "update-return", "--format", "json").json
    assert {"replied", "nothing-to-report", "chased"} <= {row["status"] for row in rows}
    assert {row["late"] for row in rows} == {True, False}
