"""The program in a real pseudo-terminal: keys in, bytes out, a screen that can be read."""

import os
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path

import pexpect
import pyte
import pytest

PATIENCE = 30.0
START = (
    "import datetime, pathlib, sys; from bscp_tui.tui.app import run; "
    "sys.exit(run(pathlib.Path(sys.argv[1]) if sys.argv[1] else None, datetime.date(2026, 11, 22)))"
)


class Terminal:
    """A pseudo-terminal of 80×24 in which the program runs."""

    def __init__(self, register: Path | None, added: Mapping[str, str] | None = None) -> None:
        """Start the program for ``register``, or for the person's own one."""
        size = {"COLUMNS": "80", "LINES": "24", "TEXTUAL_ANIMATIONS": "none"}
        environment = {**os.environ, "TERM": "xterm-256color", "LC_ALL": "C.UTF-8", **size, **(added or {})}
        self.bytes = bytearray()
        self.screen = pyte.Screen(80, 24)
        self._stream = pyte.ByteStream(self.screen)
        command = ["-c", START, str(register or "")]
        self.process = pexpect.spawn(sys.executable, command, env=environment, dimensions=(24, 80))

    @property
    def text(self) -> str:
        """What stands on the screen."""
        return "\n".join(self.screen.display)

    def wait_for(self, predicate: Callable[[str], object], description: str) -> None:
        """Read what the program writes until ``predicate`` holds of the screen."""
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            self._read()
            if predicate(self.text):
                return
        pytest.fail(f"never happened: {description}\n{self.text}")

    def shows(self, words: str) -> None:
        """Wait until ``words`` stand on the screen."""
        self.wait_for(lambda text: words in text, words)

    def press(self, keys: str) -> None:
        """Press keys, as the terminal sends them."""
        self.process.send(keys)

    def click(self, words: str, *, part: str = "", times: int = 1) -> None:
        """Wait until ``words`` stand on the screen at rest, and click them; of them only ``part``, if it is given."""
        self.wait_for(lambda text: words in text and not self._read(), f"{words}, to be clicked")
        line = next(place for place, shown in enumerate(self.screen.display) if words in shown)
        first = self.screen.display[line].index(words) + words.index(part or words)
        self.point(first + len(part or words) // 2, line, times=times)

    def point(self, x: int, y: int, *, button: int = 0, times: int = 1) -> None:
        """Press and let go a mouse's button at a cell; 64 and 65 are its wheel, up and down."""
        for _ in range(times):
            self.press(f"\x1b[<{button};{x + 1};{y + 1}M\x1b[<{button};{x + 1};{y + 1}m")

    def _read(self) -> bool:
        """Read what came; whether anything did."""
        try:
            got = self.process.read_nonblocking(65536, timeout=0.2)
        except (pexpect.TIMEOUT, pexpect.EOF):
            return False
        self.bytes += got
        self._stream.feed(got)
        return True

    def end(self) -> int:
        """Read to the end and return the exit status."""
        until = time.monotonic() + PATIENCE
        while self.process.isalive() and time.monotonic() < until:
            self._read()
        self.process.close()
        return int(self.process.exitstatus if self.process.exitstatus is not None else -1)
