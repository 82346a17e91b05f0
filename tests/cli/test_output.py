"""Nothing is altered on the way out, and nothing in a record acts on the reader's computer."""

import csv
import io
import os
import pty
import re
import select
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.support import bscp, done
from tests.support import RECORD, git

TRICKY = "007 1e5 12345678901234567890 |pipe\n  two leading spaces"
HOSTILE = "[sic] [/ [@click=app.quit]x[/] \x1b[2J\x1b]0;owned\x07 \x9b31m \x7f \x00 \u202egnp \u2066x".replace(
    "\x00", ""
)
FORMS = ["table", "plain", "markdown", "csv", "json", "html", "github", "grid", "tsv", "psql", "rst"]


@pytest.fixture
def tricky(folder: Path) -> Path:
    done(folder, "set", "4.1.3", f"update={TRICKY}", "--reason", "An update with everything")
    return folder


def test_json_and_csv_give_back_exactly_what_was_typed(tricky: Path) -> None:
    assert done(tricky, "show", "4.1.3", "--format", "json").json["update"] == TRICKY
    ran = done(tricky, "list", "key-action", "4.1.3", "--columns", "ref,update", "--format", "csv")
    assert list(csv.reader(io.StringIO(ran.out)))[1] == ["2025-27/4.1.3", TRICKY]


@pytest.mark.parametrize("form", [form for form in FORMS if form not in {"json", "csv"}])
def test_tables_alter_no_number_and_no_space(tricky: Path, form: str) -> None:
    out = done(tricky, "list", "key-action", "4.1.3", "--columns", "ref,update", "--format", form).out
    assert "007 1e5 12345678901234567890" in out
    assert re.search(r"(<br>|⏎|\n)[ |]*  two leading spaces", out) or "  two leading spaces" in out


def test_a_bar_or_a_line_end_breaks_no_markdown_row(tricky: Path) -> None:
    out = done(tricky, "list", "key-action", "4.1.3", "--columns", "ref,update,title", "--format", "markdown").out
    rows = out.strip().split("\n")
    assert len(rows) == 3
    assert len(re.findall(r"(?<!\\)\|", rows[2])) == len(re.findall(r"\|", rows[0]))


def test_a_cell_that_a_spreadsheet_would_calculate_is_marked_as_text(folder: Path) -> None:
    done(folder, "set", "4.1.3", "update==HYPERLINK(1)", "--reason", "x")
    ran = done(folder, "list", "key-action", "4.1.3", "--columns", "update", "--format", "csv")
    assert list(csv.reader(io.StringIO(ran.out)))[1] == ["'=HYPERLINK(1)"]
    assert done(folder, "show", "4.1.3", "--format", "json").json["update"] == "=HYPERLINK(1)"


def _poisoned(folder: Path) -> Path:
    """A register that somebody else wrote: every text field, the author and the message are hostile."""
    path = folder / RECORD
    text = path.read_text(encoding="utf-8")
    escaped = "".join(
        f"\\u{ord(letter):04x}" if ord(letter) > 126 or ord(letter) < 32 else letter for letter in HOSTILE
    )
    text = text.replace('title = "Local profile"', f'title = "{escaped}"').replace(
        'audience = "public"', f'update = "{escaped}"\naudience = "public"'
    )
    path.write_text(text, encoding="utf-8")
    (folder / "records/plans/2025-27/actions/9.9 \x1b[2J.toml").write_text("x")
    git(folder, "add", "-A")
    git(folder, "commit", "-qm", f"{HOSTILE}\n\nEntry: {HOSTILE}", GIT_AUTHOR_NAME=f"Eve {HOSTILE}")
    return folder


@pytest.mark.parametrize(
    "words",
    [
        ["list", "key-action"], ["list", "action"], ["show", "4.1.1"], ["show", "4.1"], ["history", "4.1"],
        ["history"], ["report", "summary"], ["list", "key-action", "--format", "json"],
        ["list", "action", "--format", "csv", "--columns", "ref,title,update"], ["show", "4.1.1", "--format", "html"],
        ["status", "4.1.1", "complete", "--reason", "x"], ["show", "4.1.1\x1b[2J"], ["list", "key-action", "z\x1b=1"],
    ],
)  # fmt: skip
def test_no_byte_of_a_record_acts_on_a_real_terminal(folder: Path, words: list[str]) -> None:
    seen = _in_a_terminal(_poisoned(folder), *words)
    acting = re.findall(
        rb"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]|\xc2[\x80-\x9f]|\xe2\x80[\xaa-\xae]|\xe2\x81[\xa6-\xa9]", seen
    )
    assert acting == [], seen


def test_hostile_text_is_shown_literally(folder: Path) -> None:
    out = bscp(_poisoned(folder), "list", "key-action", "action=2025-27/4.1", "--columns", "title").out
    assert "[sic] [/ [@click=app.quit]x[/] ␛[2J␛]0;owned␇" in out
    assert "<U+202E>gnp" in out


def _in_a_terminal(folder: Path, *words: str) -> bytes:
    """Run a command in a pseudo-terminal and return the bytes that reach it, its own line ends taken out."""
    control, terminal = pty.openpty()
    command = [sys.executable, "-m", "bscp_tui", "--today", "2026-07-01", "--register", str(folder), *words]
    process = subprocess.Popen(
        command, stdin=terminal, stdout=terminal, stderr=terminal, env={**os.environ, "NO_COLOR": "1"}
    )
    os.close(terminal)
    seen = b""
    while True:
        ready, _, _ = select.select([control], [], [], 60)
        try:
            chunk = os.read(control, 65536) if ready else b""
        except OSError:
            break
        if not chunk:
            break
        seen += chunk
    process.wait()
    os.close(control)
    return seen.replace(b"\r\n", b"\n")
