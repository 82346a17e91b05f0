"""No command pays for imports that it does not use: seen in a fresh process."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

HEAVY = ("textual", "rich", "git", "gitdb", "tomlkit", "rapidfuzz", "hypothesis")
PROBE = """
import contextlib, io, json, sys
from bscp_tui.__main__ import main
with contextlib.redirect_stdout(io.StringIO()):
    status = main(sys.argv[1:])
print(json.dumps([status, sorted(sys.modules)]))
"""


def loaded(*words: str) -> tuple[int, set[str]]:
    """Run a command in a fresh process; return its status and the modules that it loaded."""
    done = subprocess.run(
        [sys.executable, "-c", PROBE, *words], check=True, capture_output=True, text=True, env=dict(os.environ)
    )
    status, modules = json.loads(done.stdout)
    return status, set(modules)


@pytest.mark.parametrize("words", [["--version"], ["--help"], ["list", "--help"]])
def test_help_loads_no_library_at_all(words: list[str]) -> None:
    _, modules = loaded(*words)
    assert not modules & {*HEAVY, "pydantic", "tabulate", "tomli", "tomllib", "bscp_tui.model", "bscp_tui.store"}


def test_listing_loads_neither_git_nor_screens(folder: Path) -> None:
    status, modules = loaded("--register", str(folder), "list", "key-action")
    assert status == 0
    assert not modules & {*HEAVY, "filelock"}


def test_json_does_without_tabulate(folder: Path) -> None:
    status, modules = loaded("--register", str(folder), "list", "key-action", "--format", "json")
    assert status == 0
    assert "tabulate" not in modules


@pytest.mark.parametrize(
    "words",
    [["history"], ["report", "summary"], ["show", "4.1.3"], ["status", "4.1.3", "in-progress", "--reason", "x"]],
)
def test_no_command_loads_the_screens(folder: Path, words: list[str]) -> None:
    status, modules = loaded("--register", str(folder), *words)
    assert status == 0
    assert not modules & {"textual", "rich"}


def test_the_history_of_a_record_loads_nothing_of_what_records_are(folder: Path) -> None:
    words = ("--register", str(folder), "history", "4.1.3", "--format", "json")
    loaded(*words)  # the first reading derives the history
    status, modules = loaded(*words)
    assert status == 0
    assert not modules & {*HEAVY, "pydantic", "tabulate", "filelock", "bscp_tui.model.kinds"}
