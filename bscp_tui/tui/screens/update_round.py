"""An update round: who was asked, replied, had nothing to report, was chased; and what to do next."""

from pathlib import Path
from typing import ClassVar

from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import OptionList

from bscp_tui.model.dates import in_short, in_words
from bscp_tui.model.update_round import BACK, UPDATE_RETURN, UpdateReturn, UpdateRound
from bscp_tui.model.view import RefusedChangeError, View
from bscp_tui.model.workflow import SIGNS, words
from bscp_tui.rounds.starting import round_named
from bscp_tui.tui import commands as c
from bscp_tui.tui import round_commands as asking
from bscp_tui.tui.safe_text import joined, plain, plain_line
from bscp_tui.tui.screens.base import RegisterScreen, TopLine
from bscp_tui.tui.telling import LATE
from bscp_tui.tui.widgets.foot import Foot
from bscp_tui.tui.widgets.words import Choice, Line, Lines

BESIDE_NAME = 54  # cells of a line for all but the name
SHORTEST_NAME = 20


class UpdateRoundScreen(RegisterScreen):
    """One line for everybody who was asked; without a round, how to begin one."""

    commands: ClassVar[tuple[type[c.Command], ...]] = (
        c.Open, asking.BeginRound, asking.ReadReturns, asking.RemindOthers, c.Back, c.Home,
    )  # fmt: skip
    BINDINGS: ClassVar[list[BindingType]] = [
        *c.bindings_of((asking.BeginRound, asking.ReadReturns, asking.RemindOthers, c.Back, c.Home)),
        Binding("left", "back", show=False),
    ]
    AUTO_FOCUS = "#list"

    def __init__(self, ref: str | None = None) -> None:
        """Show the round that ``ref`` names; without it the open one that began last."""
        super().__init__()
        self._ref = ref

    def compose(self) -> ComposeResult:
        """Lay out the returns."""
        yield TopLine(*self._top())
        yield Lines(self._lines(), id="list")
        yield Foot()

    def on_mount(self) -> None:
        """Stand on the first."""
        super().on_mount()
        self.query_one(Lines).highlighted = 0

    def register_changed(self) -> None:
        """Show the round as it is now."""
        if self.is_mounted:
            self.query_one(TopLine).say(*self._top())
            self.query_one(Lines).show_lines(self._lines())

    @on(OptionList.OptionSelected)
    def opened(self, event: OptionList.OptionSelected) -> None:
        """Open the return in its list, with all that is recorded of it."""
        ref = event.option.means if isinstance(event.option, Choice) else None
        view = self.session.snapshot.view(ref) if isinstance(ref, str) else None
        if view is not None:
            self.host.open_list(UPDATE_RETURN.name, f"round={view.parent.ref if view.parent else ''}", at=view.ref)

    def action_open(self) -> None:
        """Open the return under the cursor."""
        self.query_one(Lines).action_select()

    def action_begin_round(self) -> None:
        """Ask for the meeting and the deadline of a new round."""
        from bscp_tui.tui.screens.begin_round import BeginRoundDialog

        if not self.host.say_why_not():
            self._ref = None
            self.app.push_screen(BeginRoundDialog())

    def action_read_returns(self) -> None:
        """Ask where the returns lie, then show what they propose."""
        from bscp_tui.tui.screens.read_returns import ReadReturnsDialog

        if not self.host.say_why_not():
            self.app.push_screen(ReadReturnsDialog())

    def action_remind_others(self) -> None:
        """Ask where the forms and drafts of those go who have not replied."""
        from bscp_tui.tui.screens.begin_round import RemindDialog

        view = self.round
        if view is None or not _waiting(view):
            self.host.tell(plain("Nobody has still to reply."))
        elif not self.host.say_why_not():
            self.app.push_screen(RemindDialog(view))

    @property
    def round(self) -> View | None:
        """The round that is shown, None where there is none."""
        try:
            return round_named(self.session.snapshot, self._ref)
        except RefusedChangeError:
            return None

    def _top(self) -> tuple[Text, Text]:
        view = self.round
        if view is None or not isinstance(view.item, UpdateRound):
            return plain("Update round", "bold"), plain("")
        right = f"{view.value('back')} of {view.value('parties')} back · due {in_words(view.item.deadline)}"
        return joined(plain_line(view.ref, "bold"), plain_line(f" {view.title}")), plain(right)

    def _lines(self) -> list[Line]:
        view = self.round
        if view is None or not isinstance(view.item, UpdateRound):
            key = asking.BeginRound.key_said()
            told = f"There is no update round yet. {key} begins one: a form for everybody who owes something."
            return [Line(plain(told, self.tones.quiet), disabled=True)]
        return [self._line(view, row) for row in view.item.returns]

    def _line(self, view: View, row: UpdateReturn) -> Line:
        quiet = self.tones.quiet
        name = plain_line(row.title)
        name.truncate(max(SHORTEST_NAME, self.app.size.width - BESIDE_NAME), overflow="ellipsis", pad=True)
        about = plain(f"{len(row.asked_about):>3} asked  ", quiet)
        style = self.tones.good if row.status in BACK else ""
        status = plain(f"{SIGNS[row.status]} {words(row.status):<18}", style)
        own = self.session.snapshot.view(f"{view.ref}.{row.number}")
        late = own is not None and own.value("late") is True
        when = row.returned or row.chased_on
        told = plain(f"{in_short(when)} " if when else "", quiet)
        late_said = plain(f"{LATE} late" if late else "", self.tones.late)
        meant = f"{view.ref}.{row.number}"
        return Line(joined(name, about, status, told, late_said), meant)


def _waiting(view: View) -> int:
    return sum(row.status not in BACK for row in getattr(view.item, "returns", ()))


def folder_from(text: str) -> Path:
    """Return the folder that somebody typed; ``~`` is the home folder.

    Raises:
        ValueError: Nothing was typed.

    """
    if not text.strip():
        raise ValueError("Folder: say where the files go; a new folder, or an empty one.")
    return Path(text.strip()).expanduser().absolute()
