"""One whole run in a real terminal, and text of others that would like to command it."""

import signal
from pathlib import Path

import pytest

from bscp_tui.model.kinds import KINDS
from bscp_tui.tui import drafts
from tests.tui.conftest import git
from tests.tui.terminal import Terminal

ENTER, ESCAPE, RECORD = "\r", "\x1b", "\x13"
# What a record may hold and a terminal would obey: titles, clipboard, clearing, C1, NUL, direction.
COMMANDS = ("\x1b]0;owned\x07", "\x1b]52;c;aGk=\x07", "\x1b[2J", "\x9b31m", "\x00", "\x7f", "\u202e", "\x1b[?1049l")
AGENCIES_FROM_THE_END = len(KINDS) - 1 - list(KINDS).index("agency")
MARKUP = "[sic] [/ [/b] [@click=app.quit]x[/] [red]r[/red] [link=https://x]l"


def test_a_person_walks_to_4_1_3_records_it_and_git_tells_it(register: Path) -> None:
    terminal = Terminal(register)
    terminal.shows("35 key actions overdue")
    for keys, next_shown in (("1", "2023-25"), (ENTER, "Harm Outside the Home"), ("G" + ENTER, "Operational practice")):
        terminal.press(keys)
        terminal.shows(next_shown)
    terminal.press(ENTER)
    terminal.shows("4.1.3")
    terminal.press("jj")
    terminal.shows("2025-27/4.1.3  Serious Youth Violence Team")
    terminal.press("s")
    terminal.shows("Choose a status")
    terminal.press(ENTER)
    terminal.shows("needs a reason")
    terminal.press("Posts filled.")
    terminal.shows("Will be recorded")
    terminal.press(RECORD)
    terminal.shows("Last change")
    terminal.press("q")
    assert terminal.end() == 0
    assert git(register, "log", "-1", "--format=%s").strip() == (
        "2025-27/4.1.3 Serious Youth Violence Team: not started → in progress"
    )
    assert git(register, "status", "--short") == ""


def test_what_was_typed_is_there_again_after_a_kill(register: Path) -> None:
    terminal = Terminal(register)
    terminal.shows("key actions overdue")
    terminal.press("/4.1.3")
    terminal.shows("1 found")
    terminal.press(ENTER)
    terminal.shows("2025-27/4.1.3  Serious")
    terminal.press("s")
    terminal.shows("Choose a status")
    terminal.press(ENTER)
    terminal.shows("needs a reason")
    terminal.press("half a sent")
    key = str(register / "records")
    terminal.wait_for(
        lambda _: any("half a sent" in kept.values.get("reason", "") for kept in drafts.all_of(key)), "the draft"
    )
    terminal.process.kill(signal.SIGKILL)
    terminal.end()
    again = Terminal(register)
    again.shows("typed, not recorded: 4.1.3")
    again.press("G" + ENTER)
    again.shows("half a sent")
    again.press(ESCAPE)
    again.shows("Key actions")
    again.press("q")
    assert again.end() == 0


def test_the_first_start_asks_only_what_git_does_not_know(own_computer: Path) -> None:
    (own_computer / "gitconfig").write_text("")
    terminal = Terminal(None)
    terminal.shows("Who are you?")
    terminal.press("Kim Ode\t")
    terminal.press("kim.ode@example.org")
    terminal.shows("kim.ode@example.org")
    terminal.press(RECORD)
    terminal.shows("key actions overdue")
    terminal.shows("Register: ~/.local/share/bscp/register")
    terminal.press("q")
    assert terminal.end() == 0
    assert git(own_computer / ".local/share/bscp/register", "log", "-1", "--format=%an").strip() == "Kim Ode"


def test_without_colours_no_colour_is_sent_and_all_is_said_in_words(register: Path) -> None:
    terminal = Terminal(register, {"NO_COLOR": "1"})
    terminal.shows("▲  35 key actions overdue")
    terminal.press("q")
    assert terminal.end() == 0
    colours = {part.split(b"m")[0] for part in bytes(terminal.bytes).split(b"\x1b[38;2;")[1:]}
    assert all(len(set(colour.split(b";"))) == 1 for colour in colours), "only shades of grey"


@pytest.mark.parametrize("hostile", ["in the fields", "in the names"])
def test_text_of_others_is_literal_and_harmless_on_every_screen(hostile: str, small: Path) -> None:
    plant(small, everywhere=hostile == "in the names")
    terminal = Terminal(small)
    terminal.shows("Needs attention")
    terminal.press("0")
    terminal.shows("Every list")
    terminal.press("G" + "k" * AGENCIES_FROM_THE_END + ENTER)
    terminal.shows("[sic]")
    terminal.press("h")
    # A misnamed file stands first; it is no record, so it has no history.
    terminal.shows("0 changes" if hostile == "in the names" else "1 change")
    terminal.press(ESCAPE)
    terminal.shows("Agencies")
    terminal.press("jj" if hostile == "in the names" else "j")
    terminal.shows("Anytown Police")
    terminal.press("k")
    terminal.press("e")
    terminal.shows("Nothing is changed yet")
    terminal.press(ESCAPE)
    terminal.shows("Agencies")
    terminal.press(ESCAPE)
    terminal.shows("Every list")
    terminal.press(ESCAPE)
    terminal.shows("Needs attention")
    terminal.press("9")
    terminal.shows("changes")
    terminal.press(ESCAPE)
    terminal.shows("Needs attention")
    terminal.press("/sic")
    terminal.shows("2 found" if hostile == "in the names" else "1 found")
    assert "/sic" not in terminal.text
    terminal.press(ESCAPE)
    terminal.shows("Needs attention")
    terminal.press("1")
    terminal.shows("Plans")
    terminal.press("q")
    assert terminal.end() == 0
    sent = bytes(terminal.bytes)
    for command in COMMANDS:
        # What Textual itself sends at its start and end is not the record's.
        if command not in {"\x1b[2J", "\x1b[?1049l"}:
            assert command.encode() not in sent, repr(command)
    assert b"owned\x07" not in sent
    assert b"\x1b[2Jmarker" not in sent


def plant(folder: Path, *, everywhere: bool) -> None:
    """Put hostile text into a record's fields and, everywhere, into the history's names and messages."""
    escaped = "".join(
        f"\\u{ord(character):04x}" if ord(character) < 0xA0 or ord(character) > 0x2000 else character
        for command in COMMANDS
        for character in command
    )
    text = f'title = "{MARKUP} {escaped}marker"\nshort_name = "{escaped}"\nrole = """{MARKUP}\n{escaped}"""\n'
    (folder / "records/agencies/aaa.toml").write_text(text + f'aliases = ["{MARKUP}", "{escaped}"]\n"x{escaped}" = 1\n')
    if everywhere:
        (folder / "records/agencies/[b]\x1b]0;owned\x07.toml").write_text("title = 'x'\n")
        settings = folder / "records/bscp.toml"
        settings.write_text(settings.read_text().replace('name = "Any', f'name = "{MARKUP}{escaped} Any'))
    git(folder, "add", ".")
    message = f"{MARKUP} \x1b]0;owned\x07\n\n> {MARKUP}\x1b[2Jmarker\n\nEntry: aaaa-cccc\nDecided-At: \x1b]0;owned\x07"
    author = "Eve \x1b]0;owned\x07 [sic] [/ <eve@example.org>"
    git(folder, "commit", "-qm", message, "--author", author)
