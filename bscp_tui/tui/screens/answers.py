"""What returns propose, line by line: taken, changed, left or set aside; then recorded together."""

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from rich.table import Table
from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import OptionList

from bscp_tui.model.dates import in_words
from bscp_tui.model.spoken import spoken
from bscp_tui.model.text import one_line, shortened
from bscp_tui.rounds.proposals import Proposal, rewritten
from bscp_tui.rounds.receiving import Outcome, Reading, outcome_of
from bscp_tui.rounds.together import record_together
from bscp_tui.store.errors import IdentityError
from bscp_tui.tui import commands as c
from bscp_tui.tui import round_commands as asking
from bscp_tui.tui.safe_text import grid, joined, plain, plain_line
from bscp_tui.tui.screens.base import Hosted, RegisterScreen, TopLine, after_typing
from bscp_tui.tui.widgets.asked import Asked
from bscp_tui.tui.widgets.command_button import CommandButton
from bscp_tui.tui.widgets.foot import Foot
from bscp_tui.tui.widgets.typing_fields import TextField
from bscp_tui.tui.widgets.words import MOVES, Line, Lines, Words

if TYPE_CHECKING:
    from bscp_tui.model.entry import Entry

TAKEN, LEFT, ASIDE = "✓", "·", "✗"


class Answers(Lines):
    """Lines of which Enter takes or leaves one."""

    BINDINGS: ClassVar[list[BindingType]] = [*MOVES, asking.TakeOrLeave.binding()]

    def action_take_or_leave(self) -> None:
        """Say that the line under the cursor was chosen."""
        self.action_select()


class AnswersScreen(RegisterScreen):
    """The answers that say something new, each with what becomes of it."""

    commands: ClassVar[tuple[type[c.Command], ...]] = (
        asking.TakeOrLeave, asking.ChangeAnswer, asking.SetAside, c.Record, c.Back, c.Home,
    )  # fmt: skip
    BINDINGS: ClassVar[list[BindingType]] = [
        *c.bindings_of((asking.ChangeAnswer, asking.SetAside, c.Record, c.Back, c.Home)),
        Binding("left", "back", show=False),
    ]
    AUTO_FOCUS = "#list"

    def __init__(self, reading: Reading, decided_at: str | None) -> None:
        """Show what ``reading`` found; what is sure is taken until somebody says otherwise."""
        super().__init__()
        self._reading, self._decided_at, self._saving = reading, decided_at, False
        self._shown = [each for each in reading.proposals if each.state != "unchanged"]
        self._marks = [TAKEN if each.recordable and each.state != "doubtful" else LEFT for each in self._shown]

    def compose(self) -> ComposeResult:
        """Lay out the answers over what is known of the one under the cursor."""
        yield TopLine(plain("What the returns say", "bold"), plain(""))
        with Vertical(id="both"):
            yield Answers(self._lines(), id="list")
            with VerticalScroll(id="detail", can_focus=False):
                yield Words(id="about")
        yield Foot()

    def on_mount(self) -> None:
        """Stand on the first."""
        super().on_mount()
        lines = self.query_one(Lines)
        lines.highlighted = next((at for at, line in enumerate(lines.lines) if not line.disabled), None)
        self._count()

    @on(OptionList.OptionHighlighted)
    def moved(self) -> None:
        """Show what is known of the answer under the cursor."""
        at = self._at
        self.query_one("#about", Words).say(self._about(self._shown[at]) if at is not None else self._notes())

    @on(OptionList.OptionSelected)
    def chosen(self) -> None:
        """Take or leave."""
        self.action_take_or_leave()

    def action_take_or_leave(self) -> None:
        """Take the answer under the cursor, or leave it."""
        at = self._at
        if at is None:
            return
        each = self._shown[at]
        if each.new is None:
            self.host.tell(plain("This answer cannot be recorded as it is: e changes it, w sets it aside."))
            return
        taken = self._marks[at] != TAKEN
        if taken and each.contradicted:
            for place, other in enumerate(self._shown):
                if place != at and (other.ref, other.field) == (each.ref, each.field):
                    self._marks[place] = LEFT
        self._marks[at] = TAKEN if taken else LEFT
        self._again()

    def action_set_aside(self) -> None:
        """Set the answer under the cursor aside, or take that back."""
        at = self._at
        if at is not None:
            self._marks[at] = LEFT if self._marks[at] == ASIDE else ASIDE
            self._again()

    def action_change_answer(self) -> None:
        """Ask for another answer in place of the one under the cursor."""
        at = self._at
        if at is not None:
            self.app.push_screen(AnswerDialog(self._shown[at]), partial(self._changed, at))

    def action_record(self) -> None:
        """Record what is taken, and what came back, in a worker thread."""
        if self._saving or self.host.say_why_not():
            return
        self._saving = True
        self.host.tell(plain("Recording …"))
        self.host.write(self._record, self._recorded)

    def _record(self) -> tuple[Outcome, "list[Entry]"]:
        taken = [replace(each, contradicted=False)
                 for each, mark in zip(self._shown, self._marks, strict=True) if mark == TAKEN]  # fmt: skip
        aside = [each for each, mark in zip(self._shown, self._marks, strict=True) if mark == ASIDE]
        register = self.session.register
        outcome = outcome_of(register.snapshot(), self._reading, taken, set_aside=aside, decided_at=self._decided_at,
                             told=self.host.waiting)  # fmt: skip
        return outcome, record_together(register, outcome.amendments, self.host.waiting)

    def _recorded(self, outcome: object) -> None:
        self._saving = False
        if isinstance(outcome, IdentityError):
            self.host.ask_identity(then=self.action_record)
        elif isinstance(outcome, tuple):
            done, entries = outcome
            count = len(entries)
            self.host.tell(plain(f"Recorded: {count} {'entry' if count == 1 else 'entries'}, taken back as one."))
            for ref, why in done.refused:
                self.host.tell(plain(f"Not recorded: {ref}: {why}"), serious=True)
            if self.app.screen is self:
                self.host.go_back()
        else:
            self.host.tell(plain(outcome), serious=True)

    def _changed(self, at: int, text: str | None) -> None:
        if text is None:
            return
        try:
            self._shown[at] = rewritten(self.session.snapshot, self._shown[at], text)
        except ValueError as error:
            self.host.tell(plain(error), serious=True)
            return
        self._marks[at] = TAKEN
        self._again()

    @property
    def _at(self) -> int | None:
        lines = self.query_one(Lines)
        means = lines.meant(lines.highlighted)
        return means if isinstance(means, int) else None

    def _again(self) -> None:
        self.query_one(Lines).show_lines(self._lines())
        self._count()
        self.moved()

    def _count(self) -> None:
        taken = self._marks.count(TAKEN)
        same = len(self._reading.proposals) - len(self._shown)
        told = f"{taken} of {len(self._shown)} taken · {same} nothing new"
        self.query_one(TopLine).say(plain("What the returns say", "bold"), plain(told))

    def _lines(self) -> list[Line]:
        faults = [why if name in why else f"{name}: {why}" for name, why in self._reading.refused]
        refused = [Line(plain_line(f"Not read: {fault}", self.tones.bad), disabled=True) for fault in faults]
        if not self._shown:
            told = (
                "Nothing new. ctrl+s records that the returns came in."
                if self._reading.backs
                else "No return was read."
            )
            return [*refused, Line(plain(told, self.tones.quiet), disabled=True)]
        return [*refused, *(self._line(at, each) for at, each in enumerate(self._shown))]

    def _line(self, at: int, each: Proposal) -> Line:
        mark = self._marks[at]
        style = {TAKEN: self.tones.good, ASIDE: self.tones.bad}.get(mark, self.tones.quiet)
        doubt = plain("? ", self.tones.soon) if each.state == "doubtful" else plain("  ")
        new = each.written if each.new is None or each.field == "update" else spoken(each.new)
        told = f"{each.ref:<17} {each.field:<9} {shortened(one_line(new), 60)}"
        return Line(joined(plain(f"{mark} ", style), doubt, plain_line(told)), at)

    def _about(self, each: Proposal) -> Table:
        view = self.session.snapshot.view(each.ref)
        title = view.title if view else ""
        old = spoken(each.old) if each.old is not None else "not recorded"
        new = each.written if each.new is None else spoken(each.new)
        rows = [("record", f"{each.ref} {title}"), ("field", each.field), ("recorded", old), ("answer", new)]
        rows += [("counts from", in_words(each.effective))] if each.new is not None else []
        rows += [("says", f"{each.sender}, {each.back}"), ("stands in", f"{each.document[0]}, {each.place}")]
        rows += [("doubt", each.why)] if each.why else []
        return grid(((plain(name, self.tones.quiet), plain(value)) for name, value in rows), 12)

    def _notes(self) -> Text:
        return Text("\n").join(plain(told) for told in self._reading.told)


class AnswerDialog(Hosted, ModalScreen[str | None]):
    """Asks for another answer; what was written stands there to begin with."""

    commands: ClassVar[tuple[type[c.Command], ...]] = (c.Record, c.Back)
    BINDINGS: ClassVar[list[BindingType]] = c.bindings_of(commands)
    AUTO_FOCUS = "#answer"

    def __init__(self, proposal: Proposal) -> None:
        """Ask about ``proposal``."""
        super().__init__(classes="change")
        self._proposal = proposal

    def compose(self) -> ComposeResult:
        """Lay out the field."""
        with Vertical(classes="dialog"):
            yield Words(plain_line(f"{self._proposal.ref} {self._proposal.field}"), classes="heading")
            yield Asked(plain("Answer"), TextField(self._proposal.written, id="answer", classes="field"))
            with Horizontal(classes="buttons"):
                yield CommandButton(c.Record, "Take it")
                yield CommandButton(c.Back, "Close")

    def action_record(self) -> None:
        """Take what is typed."""
        after_typing(self, lambda: self.dismiss(self.query_one("#answer", TextField).text))

    def action_back(self) -> None:
        """Leave it."""
        self.dismiss(None)
