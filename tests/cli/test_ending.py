"""A command's process ends at once when all is done, and not before."""

import subprocess
import sys
from pathlib import Path

import pytest

_ENDING = """
import atexit, sys, threading
from bscp_tui.cli import main as cli
done, usual = threading.Event(), cli.run
def late():
    done.wait()
    print("a thread's last words")
def run(words):
    threading.Thread(target=late).start()
    atexit.register(lambda: print("what was to be done at the end"))
    return usual(words)
cli.run = run
from bscp_tui.__main__ import main
class Never:
    def __del__(self):
        print("taken apart")
held = Never()
status = main()
print(f"ends with {status}", end="")
done.set()
sys.exit(status)
"""


@pytest.mark.parametrize(("words", "status"), [(["--version"], 0), (["list", "nothing-of-that-kind"], 2)])
def test_all_that_was_to_be_done_is_done_and_nothing_is_taken_apart(
    words: list[str], status: int, folder: Path
) -> None:
    ended = subprocess.run(
        [sys.executable, "-c", _ENDING, "--register", str(folder), *words],
        check=False, capture_output=True, text=True,
    )  # fmt: skip
    assert ended.returncode == status, ended.stderr
    *_, told = ended.stdout.partition(f"ends with {status}")
    assert told == "a thread's last words\nwhat was to be done at the end\n"


def test_a_fault_of_the_program_itself_is_told_as_ever() -> None:
    code = "from bscp_tui.cli import main as cli\ndel cli.run\nfrom bscp_tui.__main__ import main\nmain()"
    ended = subprocess.run([sys.executable, "-c", code], check=False, capture_output=True, text=True)
    assert ended.returncode == 1
    assert "ImportError" in ended.stderr
