"""Recording what somebody changed in a file by hand, as an entry of its own."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar

from rich.text import Text
from textual.widget import Widget

from bscp_tui.model.amendment import Amendment
from bscp_tui.model.view import View
from bscp_tui.tui import commands as c
from bscp_tui.tui.safe_text import joined, plain, plain_line
from bscp_tui.tui.screens.change import ChangeDialog

if TYPE_CHECKING:
    from bscp_tui.model.entry import Entry


class ByHandDialog(ChangeDialog):
    """Asks why a file was edited by hand, and records the edit."""

    name_of_dialog: str = "by-hand"
    why_fields: ClassVar[tuple[str, ...]] = ("reason", "effective", "decided_at")
    AUTO_FOCUS = "#reason"

    def __init__(self, view: View) -> None:
        """Ask about the file that holds ``view``."""
        super().__init__((view.parent or view).ref)
        self.view = view.parent or view

    def heading(self) -> Text:
        """Say whose file."""
        ref = plain_line(self.view.ref, self.tones.accent)
        return joined(plain("Record the edit by hand of "), ref, plain_line(f" {self.view.title}"))

    def questions(self) -> Iterator[Widget]:
        """Yield nothing more."""
        yield from ()

    def amendment(self) -> Amendment:
        """Return what is known of the change before the file is compared."""
        why = self.circumstances()
        if not why.reason:
            raise ValueError("Reason: say why the file was changed (“reason awaited” is one).")
        return Amendment(self.view.kind, self.view.path, self.view.ref, self.view.title, (), {}, why, {}, "recorded")

    def told(self, amendment: Amendment) -> str:
        """Return the sentence; the fields are named when the file is compared."""
        return f"{amendment.ref} {amendment.title}: edit by hand recorded"

    def record(self, amendment: Amendment) -> "Entry | None":
        """Record the edit; runs in a worker thread."""
        return self.session.register.record_hand_edit(amendment.path, amendment.why)


def mend_first(ref: str) -> str:
    """Return what is said of a record whose file somebody edited by hand."""
    first, back = c.RecordHandEdit.key, c.PutBack.key
    return f"{ref}: its file was edited by hand. Record that first ({first}), or put it back ({back})."
