"""The words of Home's menu."""

from typing import TYPE_CHECKING, cast

from bscp_tui.tui.menu import GoTo
from bscp_tui.tui.safe_text import joined, plain
from bscp_tui.tui.widgets.words import Words

if TYPE_CHECKING:
    from bscp_tui.tui.app import RegisterApp


class MenuWord(Words, can_focus=True):
    """A word of the menu that the mouse or Enter opens."""

    def __init__(self, goes: type[GoTo]) -> None:
        """Show the key and the list's name."""
        super().__init__(joined(plain(goes.key_said(), "bold"), plain(f" {goes.label()}")), classes="menu-word")
        self.goes = goes

    def on_click(self) -> None:
        """Open the list."""
        cast("RegisterApp", self.app).go(self.goes)

    def key_enter(self) -> None:
        """Open the list."""
        self.on_click()
