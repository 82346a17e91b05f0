"""A new kind is one declaration: every command works on it at once."""

import json
from pathlib import Path

import pytest

from bscp_tui.cli.main import run
from bscp_tui.model.kinds import KINDS
from bscp_tui.tui.menu import LISTS
from tests.toy_kind import PROMISE


@pytest.fixture
def told(folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]):  # type: ignore[no-untyped-def]  # noqa: ANN201 - a function
    """Run a command in this process, where the kind is declared, and return its status and what it printed."""
    monkeypatch.setitem(KINDS, "promise", PROMISE)

    def tell(*words: str) -> tuple[int, str, str]:
        status = run(["--register", str(folder), "--today", "2026-07-01", *words])
        printed = capsys.readouterr()
        return status, printed.out, printed.err

    return tell


def test_every_command_works_on_a_kind_that_is_declared_once(told) -> None:  # type: ignore[no-untyped-def]  # noqa: ANN001
    assert told("add", "promise", "title=Tell every parent", "by=QIO", "text=By letter | and by [telephone]")[0] == 0
    assert "tell-every-parent" in told("list", "promise", "agency=QIO")[1]
    assert "tell-every-parent" not in told("list", "promise", "agency=WMP")[1]
    row = json.loads(told("show", "tell-every-parent", "--format", "json")[1])
    assert (row["kind"], row["status"], row["path"]) == ("promise", "made", "records/promises/tell-every-parent.toml")
    assert told("status", "tell-every-parent", "broken", "--reason", "Not sent")[0] == 0
    status, _, refused = told("status", "tell-every-parent", "kept", "--reason", "x")
    assert status == 1
    assert "made again first" in refused
    status, _, wrong = told("status", "tell-every-parent", "lost", "--reason", "x")
    assert status == 2
    assert "made, kept, broken" in wrong
    rows = json.loads(told("history", "tell-every-parent", "--format", "json")[1])
    assert [(row["field"], row["new"]) for row in rows] == [("status", "broken"), (None, None)]
    assert told("withdraw", "tell-every-parent", "--reason", "No longer ours")[0] == 0
    assert json.loads(told("list", "promise", "--format", "json")[1]) == []


def test_every_kind_can_be_reached_on_screen() -> None:
    assert {goes.kind for goes in LISTS} >= set(KINDS)
