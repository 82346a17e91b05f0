"""Words nobody meant, output that nobody takes, places that refuse: each is said plainly, and nothing is lost."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from bscp_tui.model.text import in_brief
from tests.cli.support import bscp, done
from tests.support import git, head

LONG = "x" * 100_000
CHANGE = ("set", "4.1", "title=Another title", "--reason", "Renamed by the board")


def through_shell(folder: Path, redirected: str, *words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run a command with its streams as a shell was told to give them."""
    surroundings = {name: value for name, value in os.environ.items() if name != "PYTHONUNBUFFERED"} | environment
    line = f'"$@" {redirected}'
    run = [sys.executable, "-m", "bscp_tui", "--register", str(folder), *words]
    whole = ["sh", "-c", line, "sh", *run]
    return subprocess.run(whole, check=False, capture_output=True, encoding="utf-8", env=surroundings)


@pytest.mark.parametrize("environment", [{}, {"PYTHONUNBUFFERED": "1"}], ids=["at the end", "at once"])
@pytest.mark.parametrize("words", [["list", "action"], ["history"], ["proof"]])
def test_an_output_that_cannot_be_written_is_said_plainly(
    folder: Path, words: list[str], environment: dict[str, str]
) -> None:
    told = through_shell(folder, "> /dev/full", *words, **environment)
    assert told.returncode == 2
    assert told.stderr.startswith("bscp: the output could not be written: the disk is full")


def test_what_was_recorded_stays_where_it_could_not_be_said(folder: Path) -> None:
    before = head(folder)
    told = through_shell(folder, "> /dev/full", *CHANGE)
    assert told.returncode == 2
    assert "What was recorded" in told.stderr
    assert git(folder, "rev-parse", "HEAD~1") == before


@pytest.mark.parametrize("closed", [">&-", "2>&-", "<&-", "<&- >&- 2>&-"])
def test_streams_that_somebody_closed_keep_no_entry_from_being_recorded(folder: Path, closed: str) -> None:
    before = head(folder)
    assert through_shell(folder, closed, *CHANGE).returncode == 0
    assert git(folder, "rev-parse", "HEAD~1") == before
    assert git(folder, "status", "--porcelain") == ""
    told = through_shell(folder, closed, "list", "action")
    assert (told.returncode, told.stderr) == (0, "")


@pytest.mark.parametrize(
    ("words", "named"),
    [
        (["list", "action", "--out", ""], "--out"),
        (["list", "action", "--format="], "--format"),
        (["list", "action", "--position", ""], "--position"),
        (["list", "action", "--today", ""], "--today"),
        (["list", "action", "--register="], "--register"),
        (["check", "--draft", ""], "--draft"),
        (["check", "--since", ""], "--since"),
        (["report", "summary", "--as-of", ""], "--as-of"),
        (["report", "summary", "--verify", ""], "--verify"),
        (["history", "--from", ""], "--from"),
        (["publish", ""], "what is asked for"),
        (["history", ""], "what is asked for"),
    ],
)
def test_an_option_that_was_given_nothing_is_not_taken_for_one_that_was_left_out(
    folder: Path, words: list[str], named: str
) -> None:
    """``--out "$FILE"`` where FILE is not set would print to the screen, and end with 0."""
    told = bscp(folder, *words)
    assert (told.status, told.out) == (2, "")
    assert f"{named} is empty" in told.err


@pytest.mark.parametrize("number", ["-1", "x", "1e3", "", "9" * 5000])
def test_a_number_of_rows_that_cannot_be_is_refused(folder: Path, number: str) -> None:
    for words in (["list", "action"], ["history"]):
        told = bscp(folder, *words, f"--limit={number}")
        assert (told.status, told.out) == (2, "")
        assert len(told.err) < 1000


@pytest.mark.parametrize(
    "words",
    [
        ["show", LONG], ["list", LONG], ["list", "action", f"{LONG}=1"], ["list", "action", "--as-of", LONG],
        ["list", "action", "--columns", LONG], ["undo", LONG, "--reason", "x"], ["report", LONG], ["init", LONG],
        ["backup", LONG], ["publish", LONG], ["list", "action", "--register", LONG],
        ["list", "action", "--out", f"{LONG}.csv"],
        ["report", "chase", "--out", f"{LONG}.csv"], [LONG], [f"--{LONG}"], ["show", "word " * 20_000],
    ],
    ids=lambda words: " ".join(word[:12] for word in words),
)  # fmt: skip
def test_what_was_given_is_not_repeated_at_length(folder: Path, words: list[str]) -> None:
    told = bscp(folder, *words)
    assert told.status in {1, 2, 3}
    assert "unexpected" not in told.err
    assert len(told.err) < 2500


def test_what_is_told_in_brief_keeps_all_that_is_short() -> None:
    told = "There is no “4.1.9”. Did you mean 2025-27/4.1.1?\nWrite " + "word " * 500
    assert in_brief(told) == told
    assert in_brief(f"There is no “{'two words ' * 90}” here.").endswith("… (900 characters)” here.")


@pytest.mark.parametrize("place", ["device", "link to a device", "folder"])
def test_no_list_takes_the_place_of_what_is_no_file(folder: Path, tmp_path: Path, place: str) -> None:
    """``--out /dev/stdout`` as an administrator put a file where the device was."""
    there, to = tmp_path / "there.csv", tmp_path / "pipe"
    os.mkfifo(to)
    if place == "device":
        os.mkfifo(there)
    elif place == "folder":
        there.mkdir()
    else:
        there.symlink_to(to)
    kind = there.lstat().st_mode
    told = bscp(folder, "list", "action", "--out", str(there))
    assert (told.status, told.out) == (2, "")
    assert there.lstat().st_mode == kind
    assert not list(tmp_path.glob(".bscp-*"))
    done(folder, "list", "action", "--out", str(tmp_path / "list.csv"))


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become somebody who may not read")
@pytest.mark.skipif(shutil.which("setpriv") is None, reason="there is no setpriv to become somebody else with")
def test_a_folder_that_may_not_be_read_is_named(folder: Path) -> None:
    closed = folder / "records" / "plans"
    for part in (folder, *folder.parents):
        if part.stat().st_uid == 0 and part != Path("/"):
            part.chmod(part.stat().st_mode | 0o755)
    closed.chmod(0o700)
    other = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"]
    run = [*other, sys.executable, "-m", "bscp_tui", "--register", str(folder), "list", "action"]
    told = subprocess.run(run, check=False, capture_output=True, encoding="utf-8")
    assert told.returncode == 3
    assert f"you may not read or write there ({closed})" in told.stderr
