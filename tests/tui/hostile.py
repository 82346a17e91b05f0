"""A register whose every text tries to act on the terminal or the program; a terminal that notes what it is sent."""

import base64
import datetime as dt
import re
import unicodedata
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from pydantic import BaseModel
from textual.drivers import headless_driver
from textual.pilot import Pilot

from bscp_tui.model.fields import FieldFacts, Shape, fields_of
from bscp_tui.model.kinds import KINDS
from bscp_tui.model.parts import Link
from bscp_tui.model.record import Kind
from bscp_tui.store.toml_text import written
from tests.tui.conftest import git, on_screen, wait_for

# Markup that would colour, be swallowed, end in an error or run an action; then what a terminal would obey:
# a title, a size, a cleared screen, a colour by one byte, a bell, text from right to left.
LITERAL = "[red]Zx[/red][/]Zy"
NAME = f"{LITERAL} [@click=app.quit]Zq[/] \x1b[8;9;9tZe\x1b]0;Zt\x07 \u202eZb\u2066 [link=file:///]Zl[/link]"
TEXT = f"{NAME}\n\x1b[2J\x9b31m\r{LITERAL} [" + f" {LITERAL} [b" * 9
LONG = f"{NAME}\n{(LITERAL + ' ') * 200}"  # a title of 4,000 characters, in two lines
SEEN = {"Zx": "[red]", "Zy": "[/]", "Zq": "[@click=app.quit]", "Ze": "␛[8;9;9t", "Zt": "␛]0;", "Zb": "<U+202E>",
        "Zl": "[link=file:///]"}  # fmt: skip
FILE = "[red]Zx[@click=app.quit]Zq \x1b]0;Zt\x07"
AUTHOR = "[red]Zx[/red][/]Zy \x1b]0;Zt\x07"
# What the program itself sends: colours, places, the cursor, updates as one; the clipboard; the mouse's shape.
_OWN = re.compile(
    r"\x1b\[[0-9;]*[mH]|\x1b\[\?(?:2026|25)[hl]|\x1b\]22;[a-z-]*\x07|\x1b\]52;c;(?P<clip>[A-Za-z0-9+/=]*)\x07"
)
_SHAPELESS = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}


class Wire:
    """What was sent to the terminal."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self.sent: list[str] = []
        self.clipboard = ""

    def check(self) -> None:
        """Find nothing in what was sent since the last look that a terminal would obey, but what the program says."""
        sent, self.sent = "".join(self.sent), []
        for match in _OWN.finditer(sent):
            self.clipboard = base64.b64decode(match["clip"]).decode() if match["clip"] else self.clipboard
        for line in _OWN.sub("", sent).split("\n"):
            odd = [hex(ord(letter)) for letter in line if unicodedata.category(letter) in _SHAPELESS]
            assert not odd, (odd, line)


def wired(patch: pytest.MonkeyPatch) -> Wire:
    """Let the next application draw for a terminal, and return what it is sent."""
    wire = Wire()

    class Noting(headless_driver.HeadlessDriver):
        @property
        def is_headless(self) -> bool:
            return False

        def write(self, data: str) -> None:
            wire.sent.append(data)

    patch.setattr(headless_driver, "HeadlessDriver", Noting)
    return wire


async def look(pilot: Pilot[int], wire: Wire, *shown: str) -> None:
    """Wait until all of ``shown`` stands on the screen, and hold everything that stands there to be literal."""
    for words in shown:
        await wait_for(pilot, lambda words=words: words in on_screen(pilot.app), words)  # type: ignore[misc]
    check_literal(pilot)
    check_harmless(pilot)
    wire.check()


def check_literal(pilot: Pilot[int]) -> None:
    """Hold what stands on the screen to be literal: no bracket is missing."""
    text = on_screen(pilot.app)
    for mark, before in SEEN.items():
        whole = sum(text[: found.start()].endswith(before) for found in re.finditer(mark, text))
        # Where a line ends within a bracket, the rest of it stands at the beginning of the next.
        cut = sum(_is_cut(text[: found.start()], before) for found in re.finditer(mark, text))
        assert whole + cut == text.count(mark), (mark, text)


def check_harmless(pilot: Pilot[int]) -> None:
    """Hold that no text on the screen became an action or a link."""
    for strip in pilot.app.screen._compositor.render_strips():  # noqa: SLF001 - Textual offers no other way
        for segment in strip:
            if segment.style is not None:
                assert "app.quit" not in str(segment.style.meta), segment
                assert segment.style.link is None, segment


def _is_cut(told: str, before: str) -> bool:
    """Whether ``told`` ends in the rest of a bracket behind the beginning of a line, a column or what covers both."""
    end = next((before[at:] for at in range(1, len(before) + 1) if told.endswith(before[at:])), "")
    last = told.removesuffix(end)[-1:]
    return len(end) < len(before) and (last in {" ", "\n", "⏎", ""} or "\u2500" <= last <= "\u259f")


def made_hostile(folder: Path) -> None:
    """Put a record of every kind into a register, all its text hostile, and entries by a hostile hand."""
    for kind in KINDS.values():
        if kind.where is not None:
            _write(folder, kind, f"odd-{kind.name}", _document(kind.model))
    action = folder / "records" / "plans" / "2025-27" / "actions" / "9.1.toml"
    action.write_text(f'{action.read_text()}\n[[key_actions]]\nid = "xxxx"\nnumber = 8\ntitle = "{_escaped(LONG)}"\n')
    (folder / "records" / "agencies" / "long.toml").write_text(f'title = "{_escaped(LONG)}"\n')
    settings = f'layout = 1\nname = "{_escaped(NAME)}"\ncurrent_plan = "2025-27"\n'
    (folder / "records" / "bscp.toml").write_text(settings)
    unreadable = folder / "records" / "agencies" / f"{FILE}.toml"
    unreadable.write_text(f"{LITERAL}\n")
    (folder / "records" / "agencies" / "broken.toml").write_text(f'title = "{LITERAL}" {LITERAL}\n')
    message = f"{AUTHOR} says\n\n{NAME}\n\nEntry: zzzz-zzzz\nDecided-At: {AUTHOR}\nEvidence: {AUTHOR}\n"
    git(folder, "add", ".")
    git(folder, "-c", f"user.name={AUTHOR}", "-c", f"user.email={LITERAL}", "commit", "-qm", message)


def _write(folder: Path, kind: Kind, slug: str, document: Mapping[str, object]) -> None:
    names = {"slug": slug, "plan": "2025-27", "number": "9", "block": "0Z", "code": "0Z09"}
    if kind.name == "action":
        names["number"] = "9.1"
    place = folder / "records" / (kind.where or "").format(**names)
    place.parent.mkdir(parents=True, exist_ok=True)
    if not place.exists():
        place.write_bytes(written(dict(document), kind.model))


def _document(model: type[BaseModel], *, deep: bool = True) -> dict[str, object]:
    return dict(_values(model, deep=deep))


def _values(model: type[BaseModel], *, deep: bool) -> Iterator[tuple[str, object]]:
    for name, facts in fields_of(model).items():
        value = _value(name, facts, deep=deep)
        if value is not None:
            yield name, value


EXACT = {"id": "zzzz", "list_of": "key-action", "number": 9}
# What says where something is or how it is asked for: hostile there, it could not be read at all.
LEFT_OUT = frozenset({"sort", "columns", "filter", "withdrawn", "source", "embargo", "question"})


def _value(name: str, facts: FieldFacts, *, deep: bool) -> object:
    if name in LEFT_OUT or facts.part is Link or (name == "group" and facts.shape is Shape.LINE):
        return None
    plain = {
        Shape.LINE: NAME, Shape.LONG: TEXT, Shape.LINES: [NAME, TEXT], Shape.BODY: "odd-agency",
        Shape.BODIES: ["odd-group", NAME], Shape.DAY: dt.date(2026, 3, 1),
    }  # fmt: skip
    if name in EXACT:
        return "9.1" if name == "number" and facts.shape is Shape.LINE else EXACT[name]
    if facts.shape in plain:
        return plain[facts.shape]
    if facts.required and facts.shape is Shape.CHOICE:
        return facts.choices[0]
    if facts.required and facts.shape is Shape.RECORD:
        return "2025-27/2.1.1"
    if facts.shape is Shape.PARTS and facts.part is not None and deep:
        return [_document(facts.part, deep=False)]
    return None


def _escaped(text: str) -> str:
    return "".join(letter if letter.isprintable() else f"\\u{ord(letter):04X}" for letter in text)
