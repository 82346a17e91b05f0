"""What asks why a text that looks like somebody's particulars may stand."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.widgets import Button, Input

from bscp_tui.tui.safe_text import plain
from bscp_tui.tui.screens.taking import TakingDialog
from bscp_tui.tui.widgets.asked import Asked
from bscp_tui.tui.widgets.typing_fields import LineField
from bscp_tui.tui.widgets.words import Words


class ParticularsDialog(TakingDialog[str]):
    """Shows where the text was stopped, and asks for a reason to go on; without one it is changed."""

    enter_takes: ClassVar[bool] = True

    def __init__(self, told: str) -> None:
        """Say what was stopped, and where."""
        super().__init__(classes="change")
        self._told = told

    def compose(self) -> ComposeResult:
        """Lay out what was found, and the reason."""
        with Vertical(classes="dialog"):
            yield Words(plain("This looks like somebody's particulars", "bold"), classes="heading")
            yield Words(plain(self._told))
            yield Asked(
                plain("It may stand"), LineField(placeholder="why; recorded, without the text", id="why", compact=True)
            )
            with Horizontal(classes="buttons"):
                yield Button("Go on  ctrl+s", id="record", variant="warning", compact=True)
                yield Button("Change the text  esc", id="close", compact=True)

    def take(self) -> None:
        """Go on, where a reason is typed."""
        reason = self.query_one("#why", Input).value.strip()
        if reason:
            self.dismiss(reason)
