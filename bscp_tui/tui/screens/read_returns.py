"""Asking where returns lie, and when they came in; then they are read."""

from functools import partial
from pathlib import Path
from typing import ClassVar

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.widgets import Button, Input

from bscp_tui.model.dates import DateError, in_words, read_date
from bscp_tui.model.meeting import MEETING
from bscp_tui.model.text import TypedTextError, typed
from bscp_tui.rounds.receiving import Reading, read_returns
from bscp_tui.tui.safe_text import plain
from bscp_tui.tui.screens.asked_name import AskedName
from bscp_tui.tui.screens.taking import TakingDialog
from bscp_tui.tui.widgets.asked import Asked
from bscp_tui.tui.widgets.typing_fields import LineField
from bscp_tui.tui.widgets.words import Words


class ReadReturnsDialog(TakingDialog[None]):
    """Asks for the folder or file, the day on which they came in, and the meeting that decides."""

    enter_takes: ClassVar[bool] = True

    def __init__(self) -> None:
        """Begin with nothing being read."""
        super().__init__(classes="change")
        self._reading = False

    def compose(self) -> ComposeResult:
        """Lay out the fields."""
        today = in_words(self.session.today)
        with Vertical(classes="dialog"):
            yield Words(plain("Read returns of update rounds"), classes="heading")
            yield Asked(plain("Folder or file"), LineField(placeholder="where the returns lie", id="path",
                                                           classes="field", compact=True))  # fmt: skip
            yield Asked(plain("Came in on"), LineField(today, id="came", classes="field", compact=True,
                                                       select_on_focus=False))  # fmt: skip
            decided = LineField(placeholder="the meeting that agreed new dates (if any)", id="decided",
                                classes="field", compact=True)  # fmt: skip
            yield AskedName(plain("Decided at"), decided, (MEETING.name,))
            yield Words(plain("Nothing is recorded yet: every answer is shown first.", self.tones.quiet), id="sentence")
            with Horizontal(classes="buttons"):
                yield Button("Read  ctrl+s", id="record", variant="primary", compact=True)
                yield Button("Close  esc", id="close", compact=True)

    def take(self) -> None:
        """Read the files in a worker thread."""
        if self._reading:
            return
        path, said = (self.query_one(f"#{name}", Input).value.strip() for name in ("path", "came"))
        if not path:
            self._say("Folder or file: say where the returns lie.")
            return
        try:
            came = read_date(said, today=self.session.today)
            decided = typed(self.query_one("#decided", Input).value, field="Decided at", lines=False).strip()
        except (DateError, TypedTextError) as error:
            self._say(str(error))
            return
        self._reading = True
        self._say("Reading …")
        read = partial(read_returns, self.session.snapshot, [Path(path).expanduser()], came)
        self.host.fetch("returns", read, partial(self._was_read, decided or None))

    def _was_read(self, decided: str | None, outcome: object) -> None:
        self._reading = False
        if not self.is_mounted or self.app.screen is not self:
            return
        if isinstance(outcome, Reading):
            from bscp_tui.tui.screens.answers import AnswersScreen

            self.app.switch_screen(AnswersScreen(outcome, decided))
        else:
            self._say(str(outcome))

    def _say(self, text: str) -> None:
        self.query_one("#sentence", Words).say(plain(text, self.tones.soon))
