"""What the shell offers when a person presses Tab."""

import os
import subprocess
import sys
from pathlib import Path

import pytest


@pytest.mark.parametrize(
    ("line", "offered"),
    [
        ("bscp sta", {"status"}),
        ("bscp list key", {"key-action"}),
        ("bscp status 4.1.", {f"4.1.{number}" for number in range(1, 8)}),
        ("bscp status 4.1.3 in", {"in-progress"}),
    ],
)
def test_the_shell_is_offered_what_fits(folder: Path, tmp_path: Path, line: str, offered: set[str]) -> None:
    answer = tmp_path / "answer"
    asked = {
        "_ARGCOMPLETE": "1",
        "COMP_LINE": line,
        "COMP_POINT": str(len(line)),
        "_ARGCOMPLETE_STDOUT_FILENAME": str(answer),
        "BSCP_REGISTER": str(folder),
    }
    subprocess.run([sys.executable, "-m", "bscp_tui"], check=False, capture_output=True, env={**os.environ, **asked})
    assert {word.strip() for word in answer.read_text().split("\013")} == offered
