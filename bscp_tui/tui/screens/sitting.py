"""A sitting: a meeting's agenda worked down; meeting, date and reason are entered once."""

from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Input, OptionList

from bscp_tui.model.dates import DateError, in_words, read_date
from bscp_tui.model.entry import new_entry_id
from bscp_tui.model.sitting import Sitting
from bscp_tui.model.view import View
from bscp_tui.reports.agenda import agenda
from bscp_tui.tui import commands as c
from bscp_tui.tui.columns import columns
from bscp_tui.tui.safe_text import plain, plain_line
from bscp_tui.tui.screens.base import RegisterScreen, TopLine
from bscp_tui.tui.session import Session
from bscp_tui.tui.telling import cell
from bscp_tui.tui.widgets.asked import Asked
from bscp_tui.tui.widgets.foot import Foot
from bscp_tui.tui.widgets.typing_fields import LineField
from bscp_tui.tui.widgets.words import Line, Lines, Words

if TYPE_CHECKING:
    from bscp_tui.history.rows import HistoryRow

DECIDED = "✓"
WIDTHS = (1, 16, 14, 16)  # decided, reference, status, why it is due; the title takes the rest
NOTHING = "Nothing is due at this meeting. Name records in its field Agenda (e in the list of meetings)."


@dataclass
class Begun:
    """What was entered of a sitting, kept while the program runs, so that it can be left and gone on with.

    Attributes:
        group: What names it in the history.
        reason: The reason for every decision, as typed.
        effective: The day from which they count, as typed.
        refs: The records of the agenda, in its order; those decided stay on it.
        why: Reference to why it stands on the agenda.

    """

    group: str
    reason: str = ""
    effective: str = ""
    refs: list[str] = field(default_factory=list)
    why: dict[str, str] = field(default_factory=dict)


class SittingScreen(RegisterScreen):
    """The agenda of one meeting, worked down; reason and day are entered once, each decision is an entry."""

    commands: ClassVar[tuple[type[c.Command], ...]] = (
        c.DecideHere, c.EditRecord, c.AddEvidence, c.RecordHistory, c.SittingReason, c.Back, c.Home,
    )  # fmt: skip
    BINDINGS: ClassVar[list[BindingType]] = [
        *c.bindings_of(command for command in commands if command is not c.DecideHere),
        Binding("s", "decide_here", show=False),
        Binding("left", "back", show=False),
    ]
    AUTO_FOCUS = "#list"

    def __init__(self, meeting: View, begun: Begun | None) -> None:
        """Work down the agenda of ``meeting``, going on with ``begun`` where it was left."""
        super().__init__()
        self.meeting = meeting
        self.begun = begun or Begun(new_entry_id(), effective=in_words(meeting.item.date))  # type: ignore[attr-defined]
        self._decided: set[str] = set()

    def in_plain_text(self) -> str:
        """Return the command that says the same without a screen."""
        return f"bscp sitting {self.meeting.ref}"

    def compose(self) -> ComposeResult:
        """Lay out what is entered once, and the agenda."""
        yield TopLine(plain_line(f"Sitting › {self.meeting.title}", "bold"))
        yield Asked(plain("Reason"), LineField(self.begun.reason, placeholder="why, for every decision of the meeting",
                                               id="sitting-reason", compact=True, select_on_focus=False))  # fmt: skip
        yield Asked(plain("Effective"), LineField(self.begun.effective, id="sitting-day", compact=True,
                                                  select_on_focus=False))  # fmt: skip
        yield Words(id="sitting-told")
        yield Lines([Line(plain("reading what is due …"), disabled=True)], id="list")
        yield Foot()

    def on_mount(self) -> None:
        """Gather what is due."""
        self.frame_day()
        self.register_changed()

    def register_changed(self) -> None:
        """Gather anew what is due, and what was decided."""
        self.fetch("agenda", partial(_gathered, self.session, self.meeting), self._show)

    @on(OptionList.OptionSelected)
    def chosen(self) -> None:
        """Decide on the record under the cursor."""
        self.action_decide_here()

    @on(Input.Submitted)
    def entered(self) -> None:
        """Go to the agenda once what is entered once is entered."""
        self.set_focus(self.query_one(Lines))

    @on(Input.Changed)
    def typed(self) -> None:
        """Keep what is typed, so that leaving loses nothing."""
        self.begun.reason = self.query_one("#sitting-reason", Input).value
        self.begun.effective = self.query_one("#sitting-day", Input).value
        self.query_one("#sitting-told", Words).say(plain(self._day_fault(), self.tones.bad))

    def action_decide_here(self) -> None:
        """Open the status dialog, or the form of what has no status, with the sitting's reason, day and meeting."""
        view = self._view()
        if view is not None:
            self._ask("status" if view.kind.workflow is not None else "edit", view)

    def action_edit_record(self) -> None:
        """Open the form, with the sitting's reason, day and meeting."""
        view = self._view()
        if view is not None:
            self._ask("edit", view)

    def action_add_evidence(self) -> None:
        """Ask for a row of evidence."""
        from bscp_tui.tui.screens.dialogs import row_dialog

        view = self._view()
        if view is not None:
            self._ask(row_dialog("evidence"), view)

    def action_record_history(self) -> None:
        """Open the history of the record."""
        view = self._view()
        if view is not None:
            self.host.open_history(view.ref)

    def action_sitting_reason(self) -> None:
        """Go to what is entered once."""
        self.set_focus(self.query_one("#sitting-reason"))

    def action_back(self) -> None:
        """From the fields to the agenda, from there to the screen before."""
        lines = self.query_one(Lines)
        if self.focused is lines or self.focused is None:
            super().action_back()
        else:
            self.set_focus(lines)

    def _ask(self, dialog: str, view: View) -> None:
        fault = self._day_fault()
        if fault:
            self.query_one("#sitting-told", Words).say(plain(fault, self.tones.bad))
            self.set_focus(self.query_one("#sitting-day"))
            return
        day = read_date(self.begun.effective, today=self.session.today)
        self.host.ask(dialog, view, Sitting(self.meeting.ref, self.begun.group, day, self.begun.reason or None))

    def _day_fault(self) -> str:
        try:
            read_date(self.begun.effective, today=self.session.today)
        except DateError as error:
            return f"Effective: {error}"
        return ""

    def _view(self) -> View | None:
        ref = self.query_one(Lines).meant(self.query_one(Lines).highlighted)
        row = self.session.row_at(ref) if isinstance(ref, str) else None
        return row if isinstance(row, View) else None

    def _show(self, gathered: object) -> None:
        if isinstance(gathered, Exception):
            self.query_one(Lines).show_lines([Line(plain(gathered), disabled=True)])
        if not isinstance(gathered, tuple) or not self.is_mounted:
            return
        due, rows = gathered
        newly = {row.ref for row in rows} - self._decided
        self._decided |= newly
        self.begun.why |= {ref: why for ref, why in due if ref not in self.begun.why}
        wanted = [ref for ref, _ in due] + [row.ref for row in reversed(rows)] + [self.meeting.ref]
        self.begun.refs = [ref for ref in dict.fromkeys([*self.begun.refs, *wanted]) if ref != self.meeting.ref]
        self._tell(moved=bool(newly))

    def _tell(self, *, moved: bool) -> None:
        lines = self.query_one(Lines)
        at = lines.highlighted
        made = [line for ref in (*self.begun.refs, self.meeting.ref) if (line := self._line(ref)) is not None]
        lines.show_lines(made)
        undecided = [place for place, line in enumerate(made) if line.means not in self._decided]
        if at is None or (moved and lines.meant(at) in self._decided):
            lines.highlighted = next((place for place in undecided if place >= (at or 0)), undecided[0] if undecided
                                     else 0)  # fmt: skip
        done = sum(ref in self._decided for ref in self.begun.refs)
        told = f"{done} of {len(self.begun.refs)} decided"
        self.query_one(TopLine).say(plain_line(f"Sitting › {self.meeting.title}", "bold"), plain(told, "bold"))
        if not self.begun.refs:
            self.query_one("#sitting-told", Words).say(plain(NOTHING, self.tones.quiet))

    def _line(self, ref: str) -> Line | None:
        view = self.session.row_at(ref)
        if not isinstance(view, View):
            return None
        sign = plain(DECIDED if ref in self._decided else " ", self.tones.good)
        status = cell(view, "status", self.tones) if view.has("status") else plain("")
        why = "this meeting" if ref == self.meeting.ref else self.begun.why.get(ref, "decided here")
        parts = (sign, plain_line(ref, "bold"), status, plain_line(why, self.tones.quiet), plain_line(view.title))
        return Line(columns(parts, WIDTHS, self.app.size.width - 4), ref)


def _gathered(session: Session, meeting: View) -> "tuple[list[tuple[str, str]], list[HistoryRow]]":
    """Return what is due at the meeting with why, and what was recorded as decided there, newest first."""
    from bscp_tui.history import ledger

    rows = ledger.rows(session.register, ledger.Query(decided_at=meeting.ref, at=session.tip))
    return [(item.view.ref, item.why) for item in agenda(session.snapshot, meeting)], rows
