"""A document's tables as proposed changes: chosen, read, shown line by line, accepted, recorded."""

import os
from dataclasses import dataclass, replace
from functools import partial
from itertools import islice
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, ClassVar, cast

from rich.console import Group
from rich.text import Text
from textual import on
from textual.binding import BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.suggester import Suggester
from textual.widgets import Button, Input

from bscp_tui.model.kinds import KINDS
from bscp_tui.model.spoken import spoken
from bscp_tui.model.view import Circumstances
from bscp_tui.store.errors import IdentityError
from bscp_tui.tui import commands as c
from bscp_tui.tui.columns import columns
from bscp_tui.tui.safe_text import joined, plain, plain_line, stacked
from bscp_tui.tui.screens.base import RegisterScreen, TopLine, after_typing
from bscp_tui.tui.shared_state import counted
from bscp_tui.tui.sides import as_day, sides
from bscp_tui.tui.widgets.foot import Foot
from bscp_tui.tui.widgets.typing_fields import LineField
from bscp_tui.tui.widgets.virtual_list import VirtualList
from bscp_tui.tui.widgets.words import Words

if TYPE_CHECKING:
    from collections.abc import Mapping

    from textual.app import ComposeResult

    from bscp_tui.intake.proposing import Choices, Preview
    from bscp_tui.intake.recording import Outcome
    from bscp_tui.intake.wanted import Line
    from bscp_tui.rounds.receiving import Reading as Returns
    from bscp_tui.tui.screens.matching import Corrected
    from bscp_tui.tui.session import Session

WIDTHS = (1, 8, 17, 12)
SIGNS = {"new": "+ new", "changed": "± change", "doubtful": "? doubt", "unchanged": "= same"}
HINT = "the document's file: a Word, Excel, OpenDocument, HTML, CSV or text file; Enter reads it"
OFTEN = 0.1  # seconds between two words of progress
MOST_SHOWN = 3  # sentences of what is to be known of a document


class FileSuggester(Suggester):
    """Completes the name of a file while it is typed; the right arrow takes it."""

    def __init__(self) -> None:
        """Look anew each time: files come and go."""
        super().__init__(use_cache=False, case_sensitive=True)

    async def get_suggestion(self, value: str) -> str | None:
        """Return the first file or folder whose name begins as typed."""
        folder, _, begun = value.rpartition("/")
        try:
            names = _names_in(f"{folder}/" if "/" in value else ".")
        except OSError:
            return None
        fits = (name for name in names if name.startswith(begun) and (begun or not name.startswith(".")))
        found = next(fits, None) if begun else None
        return f"{value}{found[len(begun) :]}" if found else None


def _names_in(folder: str) -> list[str]:
    return sorted(each.name for each in os.scandir(Path(folder).expanduser()))


@dataclass
class _Reading:
    """One reading under way.

    Attributes:
        stopped: Whether the person stopped it.
        said: When its progress was last said.

    """

    stopped: bool = False
    said: float = 0.0


class ImportScreen(RegisterScreen):
    """Reads a document, shows what it proposes beside what the register says, and records what is accepted."""

    commands: ClassVar[tuple[type[c.Command], ...]] = (
        c.AcceptLine, c.MatchColumns, c.Record, c.Back, c.Home,
    )  # fmt: skip
    BINDINGS: ClassVar[list[BindingType]] = c.bindings_of((c.MatchColumns, c.Record, c.Back))
    AUTO_FOCUS = "#document"

    def __init__(self, document: str = "") -> None:
        """Begin with the name of a document, if there is one."""
        super().__init__()
        self._name = document
        self._lines: list[Line] = []
        self._accepted: set[int] = set()
        self._preview: Preview | None = None
        self._choices: Choices | None = None
        self._reading: _Reading | None = None
        self._recording = False
        self._wanted: set[int] = set()  # the lines that were accepted when recording began
        self._later: Mapping[str, str] = {}  # what was stopped and is not asked about yet

    def compose(self) -> "ComposeResult":
        """Lay out the file's name, what was found, the lines, and both sides of one."""
        yield TopLine(plain("Import a document", "bold"))
        yield LineField(self._name, placeholder=HINT, id="document", suggester=FileSuggester(), compact=True)
        yield Words(id="found-in-it")
        with Horizontal(classes="buttons", id="accepting"):
            yield Button("Read", id="read", compact=True)
            yield Button("Accept all", id="all", compact=True)
            yield Button("Only the sure", id="sure", compact=True)
            yield Button("None", id="none", compact=True)
            yield Button("Record  ctrl+s", id="record", variant="primary", compact=True)
        yield VirtualList(id="list")
        with VerticalScroll(id="sides"):
            yield Words(id="told")
        yield Foot()

    @on(Input.Submitted, "#document")
    def named(self, event: Input.Submitted) -> None:
        """Read the document."""
        event.stop()
        self._read_named(event.value.strip())

    @on(Button.Pressed)
    def pressed(self, event: Button.Pressed) -> None:
        """Read the document that is named; accept, or record what is accepted."""
        if event.button.id == "record":
            self.action_record()
            return
        if event.button.id == "read":
            self._read_named(self.query_one("#document", Input).value.strip())
            return
        offered = [number for number, line in enumerate(self._lines) if line.offered]
        chosen = {"all": lambda _: True, "sure": lambda number: self._lines[number].state != "doubtful"}
        self._accepted = set(filter(chosen.get(str(event.button.id), lambda _: False), offered))
        self._count()

    def _read_named(self, name: str) -> None:
        if self._name != name:  # what was said of another document does not hold for this one
            self._name, self._choices, self._preview = name, None, None
        after_typing(self, self._read)

    @on(VirtualList.Highlighted)
    def moved(self) -> None:
        """Show both sides of the line under the cursor, and why."""
        line = self._line_here
        if line is not None:
            why = stacked(plain_line(f"{line.ref} {line.field}", "bold"), plain(f"{line.place}: {line.why}"))
            self.query_one("#told", Words).say(Group(why, sides(as_day(line.old), as_day(line.new), self.tones)))

    @on(VirtualList.Selected)
    def action_accept_line(self) -> None:
        """Accept the line under the cursor, or leave it out again."""
        at = self.query_one(VirtualList).cursor
        line = self._line_here
        if line is None:
            return
        if not line.offered:
            self.host.tell(
                plain("It could not be read, so there is nothing to accept; it is kept in the record's note.")
            )
            return
        self._accepted ^= {at}
        self._count()

    def action_match_columns(self) -> None:
        """Say what the document holds: the kind of its records, their plan, its columns."""
        from bscp_tui.tui.screens.matching import ColumnsDialog, Corrected

        if not self.query_one("#document", Input).value.strip():
            self.host.tell(plain("Name a document first; then say what it holds."))
            return
        said = Corrected(self._choices.kind, self._choices.plan) if self._choices else Corrected(None, None)
        plans = [view.ref for view in self.session.snapshot.views(KINDS["plan"])]
        tables = self._preview.tables if self._preview else ()
        self.host.push_screen(ColumnsDialog(tables, said, plans), self._matched)

    def action_record(self) -> None:
        """Record what is accepted: one entry for each record."""
        if self._recording or self._preview is None or self.host.say_why_not():
            return
        if not self._accepted:
            self.host.tell(plain("Nothing is accepted yet: Enter accepts the line under the cursor."))
            return
        self._later = {}
        self._wanted = {id(self._lines[number]) for number in self._accepted}
        self._write(self._preview, self._wanted, None)

    def action_back(self) -> None:
        """Stop what is being read; else go back. What was not recorded is forgotten."""
        if self._reading is not None:
            self._reading.stopped = True
            self._reading = None
            self._say(plain("Stopped.", self.tones.soon))
        else:
            super().action_back()

    def accepted_of(self) -> tuple[int, int]:
        """Return how many lines are accepted, and how many could be."""
        return len(self._accepted), sum(line.offered for line in self._lines)

    def _write(self, preview: "Preview", accepted: set[int], may_stand: str | None) -> None:
        from bscp_tui.intake.recording import record

        self._recording, self._reading = True, _Reading()
        self._say(plain("Recording … (esc stops between two records)", self.tones.quiet))
        progress = _Progress(self, self._reading)
        why = Circumstances(None, self.session.today, privacy_reason=may_stand)
        write = partial(record, self.session.register, preview, lambda line: id(line) in accepted, why)
        self.host.write(partial(write, choices=self._choices, progress=progress), partial(self._recorded, preview))

    def _ask_particulars(self, preview: "Preview", stopped: "Mapping[str, str]") -> None:
        """Ask why some of what was stopped may stand, a few at a time: each reason is for what was read with it."""
        from bscp_tui.tui.screens.particulars import ParticularsDialog

        asked = dict(islice(stopped.items(), MOST_SHOWN))
        self._later = {ref: told for ref, told in stopped.items() if ref not in asked}

        def answered(reason: str | None) -> None:
            if reason:
                lines = (line for each, lines in preview.proposals if each.ref in asked for line in lines)
                self._write(preview, {id(line) for line in lines} & self._wanted, reason)
            else:
                self._later = {}
                self._read()

        self.app.push_screen(ParticularsDialog("\n".join(asked.values())), answered)

    @property
    def _line_here(self) -> "Line | None":
        at = self.query_one(VirtualList).cursor
        return self._lines[at] if 0 <= at < len(self._lines) else None

    def _read(self) -> None:
        name = self.query_one("#document", Input).value.strip()
        if not name:
            return
        reading = _Reading()
        self._reading = reading
        self._say(plain("Reading … (esc stops it)", self.tones.quiet))
        read = partial(_read, self.session, name, self._choices, _Progress(self, reading))
        self.fetch("import", read, partial(self._show, reading))

    def say_progress(self, doing: str, done: int, of: int) -> None:
        """Say how far the work is."""
        if self.is_mounted:
            share = f" {done:,} of {of:,}" if of > 1 else ""
            self._say(plain_line(f"{doing}{share} … (esc stops it)", self.tones.quiet))

    def _show(self, reading: _Reading, outcome: object) -> None:
        if reading.stopped or not self.is_mounted:
            return
        self._reading = None
        if isinstance(outcome, Exception):
            self._lines, self._accepted, self._preview = [], set(), None
            self._say(plain(outcome, self.tones.bad))
            self._count()
            return
        if not isinstance(outcome, tuple):
            self._show_return(cast("Returns", outcome))
            return
        self._preview, self._choices = cast("tuple[Preview, Choices]", outcome)
        self._lines = [line for line in self._preview.lines if line.state != "unchanged"]
        self._accepted = {
            number for number, line in enumerate(self._lines) if line.offered and line.state != "doubtful"
        }
        self._say(self._understood(self._preview))
        self._count()
        if self._lines:
            self.set_focus(self.query_one(VirtualList))

    def _show_return(self, returns: "Returns") -> None:
        """A filled-in return has a screen of its own, where its answers are taken one by one."""
        from bscp_tui.tui.screens.answers import AnswersScreen

        self.app.switch_screen(AnswersScreen(returns, None))

    def _understood(self, preview: "Preview") -> Text:
        """Say which tables were found and what their columns were taken for."""
        told = []
        for table in preview.tables:
            if table.shape is not None:
                found = (f"{_short(match.heading)} → {match.role.name if match.role else 'left out'}"
                         for match in table.columns if match.heading)  # fmt: skip
                told.append(
                    f"{table.place}: {table.shape.name}, {counted(table.rows, 'row', 'rows')}. {', '.join(found)}"
                )
        same = sum(line.state == "unchanged" for line in preview.lines)
        told += [f"{counted(same, 'line says', 'lines say')} what the register says already."] if same else []
        lines = [*told, *preview.told]
        rest = [plain(f"… and {len(lines) - MOST_SHOWN} more", self.tones.quiet)] if len(lines) > MOST_SHOWN else []
        return stacked(*(plain_line(line) for line in lines[:MOST_SHOWN]), *rest)

    def _count(self) -> None:
        accepted, offered = self.accepted_of()
        said = f"{accepted:,} of {offered:,} accepted" if self._preview else ""
        self.query_one(TopLine).say(plain("Import a document", "bold"), plain(said, "bold"))
        rows = self.query_one(VirtualList)
        rows.show_lines(len(self._lines), self._line, _heading, at=max(rows.cursor, 0))
        if not self._lines:
            nothing = self._preview.nothing if self._preview else ""
            self.query_one("#told", Words).say(plain(nothing))

    def _line(self, place: int, room: int) -> Text:
        line, tones = self._lines[place], self.tones
        mark = "✓" if place in self._accepted else "·" if line.offered else " "
        tone = {"doubtful": tones.soon, "changed": tones.accent}.get(line.state, "")
        parts = (plain(mark, "bold"), plain(SIGNS[line.state], tone), plain_line(line.ref, "bold"),
                 plain_line(line.field.replace("_", " ")), plain_line(spoken(as_day(line.new))))  # fmt: skip
        return columns(parts, WIDTHS, room)

    def _say(self, text: Text) -> None:
        self.query_one("#found-in-it", Words).say(text)

    def _matched(self, said: "Corrected | None") -> None:
        if said is None:
            return
        from bscp_tui.intake.proposing import Choices

        now = self._choices or Choices()
        other = (said.kind, said.plan) != (now.kind, now.plan)
        columns = {**({} if other else now.columns), **said.columns}
        self._choices = replace(now, kind=said.kind, plan=said.plan, columns=columns)
        self._read()

    def _recorded(self, preview: "Preview", outcome: object) -> None:
        self._recording = False
        self._reading = None
        if not self.is_mounted:
            return
        if isinstance(outcome, IdentityError):
            self.host.ask_identity(then=self.action_record)
            return
        if isinstance(outcome, Exception):
            self._say(plain(outcome, self.tones.bad))
            return
        made = cast("Outcome", outcome)
        self.host.tell(plain(f"Recorded: {counted(len(made.entries), 'entry', 'entries')}, one for each record."))
        if made.left:
            waiting = counted(made.left, "more record waits", "more records wait")
            self.host.tell(plain(f"Stopped: {waiting} below."))
        stopped = {**made.particulars, **self._later}
        for refusal in [told for told in made.refused if told not in stopped.values()][:MOST_SHOWN]:
            self.host.tell(joined(plain("Not recorded: "), plain(refusal)), serious=True)
        if stopped and not made.left:
            self._ask_particulars(preview, stopped)
        else:
            self._read()


class _Progress:
    """Says from the worker's thread how far it is, now and then, and stops it where the person did."""

    def __init__(self, screen: ImportScreen, reading: _Reading) -> None:
        self._screen, self._reading = screen, reading

    def __call__(self, doing: str, done: int, of: int) -> None:
        from bscp_tui.intake.document import StoppedError

        if self._reading.stopped or not self._screen.app.is_running:
            raise StoppedError
        if monotonic() - self._reading.said > OFTEN:
            self._reading.said = monotonic()
            self._screen.app.call_from_thread(self._screen.say_progress, doing, done, of)


def _read(session: "Session", name: str, choices: "Choices | None", progress: _Progress) -> object:
    """Return the preview with the choices that it was made with, or what a filled-in return says; in a thread."""
    from bscp_tui.intake.document import StoppedError
    from bscp_tui.intake.proposing import Choices, preview
    from bscp_tui.intake.reading import read_file
    from bscp_tui.rounds.receiving import is_return, read_document

    chosen = choices or Choices()
    try:
        document = read_file(Path(name).expanduser(), progress)
        if is_return(document):
            return read_document(session.register.snapshot(), document, session.today)
        return preview(document, session.register.snapshot(), chosen, progress), chosen
    except StoppedError:
        return None


def _heading(_place: int, room: int) -> Text:
    return columns([plain(name) for name in ("", "State", "Record", "Field", "As the document says")], WIDTHS, room)


def _short(heading: str) -> str:
    line = " ".join(heading.split())
    return f"“{line if len(line) < 25 else line[:24] + '…'}”"
