"""Keys and mouse at random, at random sizes: whatever somebody presses, nothing fails and no record is harmed.

Every second walk goes through a register of hostile text, of which nothing may act on the terminal.

Ten times as much with ``make soak``.
"""

import os
import random
import string
from dataclasses import dataclass
from pathlib import Path

import pytest
from textual.pilot import OutOfBounds, Pilot
from textual.widgets import Input, TextArea

from bscp_tui.tui.app import RegisterApp
from tests.support import git
from tests.tui.conftest import all_done, opened
from tests.tui.hostile import Wire, check_harmless, made_hostile, wired

SEEDS = range(1, 21 if os.environ.get("BSCP_SOAK") else 3)
MANY = 8  # screens
STEPS = 2000 if os.environ.get("BSCP_SOAK") else 250
SIZES = [(80, 24), (120, 40), (60, 15), (200, 60), (40, 10), (80, 24)]
MOVES = (
    "up",
    "down",
    "left",
    "right",
    "pageup",
    "pagedown",
    "home",
    "end",
    "tab",
    "shift+tab",
    "enter",
    "escape",
    "space",
)
NAMED = (
    "slash",
    "plus",
    "question_mark",
    "exclamation_mark",
    "ctrl+p",
    "ctrl+s",
    "ctrl+z",
    "ctrl+t",
    "f1",
    "f4",
    "f5",
    "f10",
)
COMMANDS = [*string.ascii_lowercase.replace("q", ""), *"STHG", *string.digits, *NAMED]
TYPED = ["[/]", "[b]x[/b]", "4.1.3", "31.03.2026", "status=complete", "\u202e", "é", " ", "x" * 40, "-", "none", "2.1"]


@dataclass
class Hand:
    """Somebody who presses keys without reading; what was done stands in ``done``, to be repeated."""

    pilot: Pilot[int]
    chance: random.Random
    done: list[str]

    async def act(self) -> None:
        """Press, type, click or resize."""
        draw = self.chance.random()
        if draw < 0.5:
            await self._press(self.chance.choice(MOVES))
        elif draw < 0.82:
            await self._press(self.chance.choice(COMMANDS))
        elif draw < 0.9:
            await self._type(self.chance.choice(TYPED))
        elif draw < 0.97:
            await self._click()
        else:
            size = self.chance.choice(SIZES)
            self.done.append(f"resize {size}")
            await self.pilot.resize_terminal(*size)

    async def _press(self, key: str) -> None:
        self.done.append(key)
        await self.pilot.press(key)

    async def _type(self, text: str) -> None:
        if isinstance(self.pilot.app.focused, (Input, TextArea)):
            await self._press_all(text)

    async def _press_all(self, text: str) -> None:
        self.done.append(f"type {text!r}")
        await self.pilot.press(*text)

    async def _click(self) -> None:
        width, height = self.pilot.app.size
        place = (self.chance.randrange(width), self.chance.randrange(height))
        self.done.append(f"click {place}")
        try:
            await self.pilot.click(offset=place, times=self.chance.choice((1, 1, 1, 2)))
        except OutOfBounds:  # the screen was made smaller meanwhile
            self.done.append("beside the screen")


@pytest.mark.parametrize("seed", SEEDS)
async def test_whatever_is_pressed_nothing_fails(lived: Path, seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    wire: Wire | None = None
    if seed % 2 == 0:
        made_hostile(lived)
        wire = wired(monkeypatch)
    app: RegisterApp = opened(lived)
    app.endures = False
    chance = random.Random(seed)  # noqa: S311 - a repeatable walk
    done: list[str] = []
    seen: set[str] = set()
    async with app.run_test(size=(80, 24)) as pilot:
        hand = Hand(pilot, chance, done)
        try:
            for _ in range(STEPS):
                if not app.is_running:
                    break
                await hand.act()
                seen.add(type(app.screen).__name__)
                if wire is not None and app.is_running:
                    check_harmless(pilot)
                    wire.check()
        except Exception:
            print(f"after: {done[-25:]}")
            raise
        if app.is_running:
            await all_done(pilot)
    assert len(seen) > MANY, seen  # it got about
    assert git(lived, "fsck", "--no-dangling", "--no-progress") == ""
    assert git(lived, "status", "--porcelain") == "", done[-25:]
