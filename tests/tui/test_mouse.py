"""The whole program by mouse alone: every command stands somewhere to be clicked, and so does the way back."""

from dataclasses import dataclass
from pathlib import Path

import pytest
from textual.screen import ModalScreen
from textual.widget import Widget
from textual.widgets import Button
from textual.widgets._footer import FooterKey

from bscp_tui.sharing.syncing import sync
from bscp_tui.store.register import open_register
from bscp_tui.tui import commands as c
from bscp_tui.tui.all_commands import every_command
from bscp_tui.tui.app import RegisterApp
from bscp_tui.tui.command import Command
from bscp_tui.tui.menu import GoTo
from bscp_tui.tui.palette import CommandProvider
from bscp_tui.tui.screens.home import HomeScreen
from bscp_tui.tui.widgets.menu_word import MenuWord
from tests.tui.conftest import TODAY, clock, git, made_small, opened, wait_for
from tests.tui.every_screen import EVERY_SCREEN
from tests.tui.terminal import Terminal
from tests.tui.test_sitting import with_meeting


def in_sight(widget: Widget) -> bool:
    """Whether the mouse reaches both ends of a widget: it is neither cut off nor covered."""
    region, screen = widget.region, widget.screen
    if not widget.display or not region or widget.disabled:
        return False
    ends = (region.offset, (region.right - 1, region.bottom - 1))
    return all(screen.region.contains(*end) and screen.get_widget_at(*end)[0] is widget for end in ends)


def pressed_by(app: RegisterApp, command: type[Command]) -> list[Widget]:
    """Return what stands on the screen to be clicked for a command."""
    screen, keys = app.screen, command.key.split(",")
    words: list[Widget] = [word for word in screen.query(FooterKey) if word.key in keys]
    words += [word for word in screen.query(MenuWord) if word.goes is command]
    words += [word for word in screen.query(Button) if str(word.label).endswith(f"  {command.key_said()}")]
    return [word for word in words if in_sight(word)]


def in_a_list(app: RegisterApp) -> set[type[Command]]:
    """Return the commands of the list that a click opens: the palette, in a dialog with a foot its help."""
    modal = isinstance(app.screen, ModalScreen)
    if not pressed_by(app, c.Help if modal else c.Commands):
        return set()
    listed = getattr(app.screen, "commands", ()) if modal else CommandProvider(app.screen)._commands()  # noqa: SLF001 - what it lists
    return set(listed)


def out_of_reach(app: RegisterApp, wanted: set[type[Command]]) -> set[str]:
    """Return the names of the commands that no click leads to."""
    listed = in_a_list(app)
    return {command.label() for command in wanted - listed if not pressed_by(app, command)}


async def test_every_command_of_every_screen_is_in_reach_of_the_mouse(small: Path) -> None:
    app = opened(with_meeting(small))
    met: set[type[Command]] = {GoTo}  # what the lists of the menu are made of
    async with app.run_test(size=(80, 24)) as pilot:
        await wait_for(pilot, lambda: app.session.all_read and not out_of_reach(app, set(HomeScreen.commands)), "Home")
        for name, opener in EVERY_SCREEN.items():
            before = app.screen
            opener(app)
            await wait_for(pilot, lambda before=before: app.screen is not before, name)  # type: ignore[misc]
            wanted = {c.Quit if name == "fault" else c.Back, *getattr(app.screen, "commands", ())}
            wanted -= {c.Back} if c.PutOff in wanted else set()  # which is what leads back there
            told = f"{name}: all of {sorted(out_of_reach(app, wanted))} to be clicked"
            await wait_for(pilot, lambda wanted=wanted: not out_of_reach(app, wanted), told)  # type: ignore[misc]
            met |= wanted | in_a_list(app)
    assert [command.label() for command in every_command() if command not in met] == []


@pytest.fixture
def shared(own_computer: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The small register, begun in March, with a meeting in November, shared with others."""
    clock(monkeypatch, "2026-03-02")
    small = made_small(own_computer, monkeypatch)
    clock(monkeypatch, "2026-11-20")
    place = tmp_path / "share.git"
    git(tmp_path, "init", "--quiet", "--bare", "--initial-branch=main", str(place))
    git(with_meeting(small), "remote", "add", "origin", str(place))
    assert sync(open_register(small, TODAY)).done
    return small


@dataclass
class Mouse:
    """Somebody who clicks, and types into fields only."""

    terminal: Terminal

    def click(self, words: str, sees: str = "", *, part: str = "", times: int = 1) -> None:
        """Click words on the screen, and wait until others are to be seen."""
        self.terminal.click(words, part=part, times=times)
        if sees:
            self.sees(sees)

    def sees(self, words: str) -> None:
        """Wait until words stand on the screen, wherever they wrap."""
        self.terminal.wait_for(lambda text: words in " ".join(text.replace("│", " ").split()), words)

    def types(self, field: str, text: str, sees: str = "") -> None:
        """Click a field, by what stands in it or beside it, and type into it."""
        self.click(field)
        self.terminal.press(text)
        if sees:
            self.sees(sees)

    def does(self, command: str, sees: str, *, by: str = "") -> None:
        """Open the list of everything, type a command's name or part of it there, and click the command."""
        self.click("ctrl+p ", "Search for commands")
        self.terminal.press(by or command.lower())
        self.click(f"  {command}", sees)

    def wheel(self, words: str, turns: int) -> None:
        """Turn the wheel down over words."""
        self.terminal.wait_for(lambda text: words in text, words)
        line = next(place for place, shown in enumerate(self.terminal.screen.display) if words in shown)
        self.terminal.point(self.terminal.screen.display[line].index(words), line, button=65, times=turns)


def test_a_day_is_worked_through_with_the_mouse_alone(shared: Path) -> None:
    terminal = Terminal(shared)
    mouse = Mouse(terminal)
    for part in (record_and_undo, look_back, lists, reports, everything_else):
        mouse.sees("Needs attention")
        part(mouse)
    mouse.click("y send and receive", "will go")
    mouse.click("y send and receive", "Done: your copy")
    mouse.click("esc back", "Needs attention")
    mouse.does("Quit", "")
    assert terminal.end() == 0
    assert git(shared, "status", "--short") == ""
    assert git(shared, "log", "-1", "--format=%H", "origin/main") == git(shared, "log", "-1", "--format=%H")


def record_and_undo(mouse: Mouse) -> None:
    """From Home to a record; a status with evidence; the same taken back; a dialog left, what is typed kept."""
    mouse.click("1 key action overdue", "overdue=yes")
    mouse.click("s status", "Choose a status")
    mouse.click("● complete", "needs a reason")
    mouse.types("why, in your words", "All posts are filled.", "dated evidence")
    mouse.types("what shows it", "Rota of June", "→ complete")
    mouse.click("Record  ctrl+s", "Recorded:")
    mouse.click("esc back", "Needs attention")
    mouse.does("Undo entry", "Reason: say why", by="undo")
    mouse.types("why, in your words", "The wrong line.", "Will be recorded")
    mouse.click("Record  ctrl+s", "1 key action overdue")
    mouse.click("1 key action overdue", "overdue=yes")
    mouse.click("e edit", "Nothing is changed yet")
    mouse.click("Close  esc", "esc back")
    mouse.click("esc back", "Needs attention")


def look_back(mouse: Mouse) -> None:
    """History, one entry, another day and back, a comparison."""
    mouse.click("9 History", "register version")
    mouse.click("AP-0001", "AP-0001 Share the profile")
    mouse.click("AP-0001", "The whole record was added")
    mouse.click("esc back", "space unfold")
    mouse.does("Compare days", "difference", by="compare")
    mouse.click("esc back", "space unfold")
    mouse.click("esc back", "Needs attention")
    mouse.types("find: part of", "violence", "1 found")
    mouse.click("2025-27/2.1.2", "Last change")
    mouse.click("esc back", "Needs attention")
    mouse.click("t time", "position: as recorded")
    mouse.types("type a date", "31/3/2026", "as at 31 March 2026")
    mouse.click("enter take", "read only")
    mouse.click("t today", "find: part of")


def lists(mouse: Mouse) -> None:
    """A list sorted by a click, narrowed, kept as a view; several changed at once."""
    mouse.click("0 More", "Every list")
    mouse.click("Key actions", "Local profile")
    mouse.click("Title", "Title ▲")
    mouse.click("/ find", "find: words, or a filter")
    mouse.types("find: words, or a filter", "status=not", "not started · 1")
    mouse.click("status=not-started", "1 of 3")
    mouse.click("Workforce training")
    mouse.does("Saved views of this list", "for me alone", by="saved")
    mouse.click("Keep what this list shows, for me alone", "Close esc")
    mouse.types("Name", "Not begun", "Not begun")
    mouse.click("Keep  ctrl+s", "Kept:")
    mouse.does("Mark all", "1 marked")
    mouse.does("Change marked", "what is to be the same", by="marked")
    mouse.click("as it is   ", "in progress")
    mouse.click("in progress", "Reason")
    mouse.types("why, in your words", "It has begun.", "1 will be recorded")
    mouse.click("Record  ctrl+s", "Recorded")
    mouse.does("Home", "Needs attention")


def reports(mouse: Mouse) -> None:
    """A report that the wheel leads to, kept as a file of another form."""
    mouse.click("8 Reports", "every exception")
    mouse.wheel("Themes", 9)
    mouse.click("Training", "ctrl+s keep as a file")
    mouse.click("ctrl+s keep as a file", "Word")
    mouse.click("Word", "Plain text")
    mouse.click("Plain text", ".txt")
    mouse.click("Keep  ctrl+s", "Written to")
    mouse.does("Home", "Needs attention")


def everything_else(mouse: Mouse) -> None:
    """A query accepted, settings, help, the tour."""
    mouse.click("4 Reviews", "There are no reviews")
    mouse.click("? help", "The same in plain text")
    mouse.click("type part of a command")
    mouse.terminal.press("tour")
    mouse.click("Tour", "1 of")
    mouse.click("Next  enter", "2 of")
    mouse.click("Leave  esc", "There are no reviews")
    mouse.does("See queries", "To mend:", by="queries")
    mouse.click("a accept", "it cannot be left empty")
    mouse.types("Reason *", "The evidence is on paper.", "acceptance ends")
    mouse.types("Until  ", "30 June 2027", "Will be recorded")
    mouse.click("Record  ctrl+s", "accepted")
    mouse.does("Settings", "Colours")
    mouse.does("Home", "Needs attention")
