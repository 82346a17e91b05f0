"""The check that the history is whole: while it runs, and what it found."""

from functools import partial
from typing import ClassVar

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import ProgressBar

from bscp_tui.tui import commands as c
from bscp_tui.tui.safe_text import joined, plain, plain_line, stacked
from bscp_tui.tui.screens.base import Hosted
from bscp_tui.tui.seals import Seals, check
from bscp_tui.tui.widgets.command_button import CommandButton
from bscp_tui.tui.widgets.words import Words

TOLD = 8  # faults and notes told one by one
READING = "Every entry is read and judged anew; a long history takes a minute. Esc lets it go on behind other screens."


class WholeScreen(Hosted, ModalScreen[None]):
    """Says in one sentence whether the history is whole."""

    commands: ClassVar[tuple[type[c.Command], ...]] = (c.Back,)
    BINDINGS: ClassVar[list[BindingType]] = c.bindings_of(commands)

    def __init__(self) -> None:
        """Begin with nothing known."""
        super().__init__(classes="change")

    def in_plain_text(self) -> str:
        """Return the command that says the same without a screen."""
        return "bscp verify"

    def compose(self) -> ComposeResult:
        """Lay out what is said."""
        with Vertical(classes="dialog"):
            yield Words(plain("Is this history whole?", "bold"), classes="heading")
            yield ProgressBar(show_percentage=False, show_eta=False, id="reading")
            with VerticalScroll():
                yield Words(plain(READING), id="verdict")
            with Horizontal(classes="buttons"):
                yield CommandButton(c.Back, "Close")

    def on_mount(self) -> None:
        """Begin to read."""
        self.host.fetch("check", partial(check, self.session), self._show)

    def action_back(self) -> None:
        """Close; the check goes on and tells what it found."""
        self.dismiss()

    def _show(self, found: object) -> None:
        told = self._told(found)
        self.host.show_seals()
        if self.is_mounted and self in self.app.screen_stack:
            self.query_one("#reading").display = False
            self.query_one("#verdict", Words).say(stacked(*told))
        else:
            self.host.tell(told[0])

    def _told(self, found: object) -> list[Text]:
        if not isinstance(found, Seals):
            return [plain(f"The history cannot be checked: {found}", self.tones.bad)]
        verdict, tones = found.verdict, self.tones
        style = {"matches": tones.good, "cannot tell": tones.soon}.get(verdict.outcome, tones.bad)
        lines = [plain_line(verdict.sentence, style)]
        for heading, findings in (("Does not hold", verdict.faults[1:]), ("To know", verdict.notes)):
            if findings:
                lines.append(plain(f"\n{heading}:", "bold"))
            for finding in findings[:TOLD]:
                entry = plain_line(f"{finding.entry}: " if finding.entry else "", tones.quiet)
                lines.append(joined(plain("• "), entry, plain_line(finding.reason)))
            if len(findings) > TOLD:
                lines.append(plain(f"… and {len(findings) - TOLD:,} more"))
        return lines
