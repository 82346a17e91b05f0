"""The first five minutes: what to press, on a few pages that can be left at any time."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.screen import ModalScreen

from bscp_tui.tui import commands as c
from bscp_tui.tui.safe_text import plain
from bscp_tui.tui.screens.base import Hosted
from bscp_tui.tui.widgets.command_button import CommandButton
from bscp_tui.tui.widgets.words import Words

PAGES: tuple[tuple[str, str], ...] = (
    (
        "Home answers: what needs attention today?",
        (
            "Each line is a number of records; Enter opens them. The digits below open the lists: 1 the plan, 2 the "
            "learning points, and so on. Esc always leads back."
        ),
    ),
    (
        "Any record is a few letters away",
        (
            "Type on Home part of a reference (4.1.3), a title, an owner, or words of its text. Enter opens the first. "
            "Within a list, / narrows it: words, or conditions such as status=in-progress due<30d."
        ),
    ),
    (
        "Recording that something changed",
        (
            "Stand on the record and press s. Choose the status, write why, and since when. Below stands the sentence "
            "that will be recorded; nothing is recorded before you have seen it. ctrl+s records. What you typed "
            "and did not record waits for you on Home."
        ),
    ),
    (
        "Nothing is ever lost",
        (
            "h shows who changed what of a record, when and why. ctrl+z takes your last change back, by a new entry "
            "that says why. t shows any screen as it was on another day, and d what changed since."
        ),
    ),
    (
        "Telling the board",
        (
            "8 lists the reports. Enter shows one here, e asks it otherwise, and ctrl+s keeps it as a file for Word, "
            "Excel, the web or an e-mail. % shows pictures: how much is done, against what was due by then."
        ),
    ),
    (
        "Working with others",
        (
            "y sends your changes to the shared copy and receives theirs. Two people may change the same record: only "
            "where both changed the same field are you asked, and the other value stays in the history."
        ),
    ),
    (
        "Finding out more",
        (
            "? on any screen says what it is for and lists what it can do; type a word there and press Enter to do it. "
            "ctrl+p finds every command. Settings, found there too, has colours, signs and keys."
        ),
    ),
)


class TourScreen(Hosted, ModalScreen[None]):
    """The first five minutes, page by page."""

    commands: ClassVar[tuple[type[c.Command], ...]] = (c.NextPage, c.PageBefore, c.Back)
    BINDINGS: ClassVar[list[BindingType]] = c.bindings_of(commands)

    def __init__(self) -> None:
        """Begin with the first page."""
        super().__init__(classes="change")
        self._at = 0

    def compose(self) -> ComposeResult:
        """Lay out a page."""
        with Vertical(classes="dialog"):
            yield Words(id="page-heading", classes="heading")
            yield Words(id="page")
            yield Words(id="pages")
            with Horizontal(classes="buttons"):
                yield CommandButton(c.NextPage, "Next")
                yield CommandButton(c.PageBefore, "Before")
                yield CommandButton(c.Back, "Leave")

    def on_mount(self) -> None:
        """Show the first page."""
        self._show(0)

    def on_click(self) -> None:
        """Go on, as Enter does."""
        self.action_next_page()

    def action_next_page(self) -> None:
        """Go on; after the last page, leave."""
        if self._at + 1 < len(PAGES):
            self._show(self._at + 1)
        else:
            self.dismiss()

    def action_page_before(self) -> None:
        """Go back a page."""
        self._show(max(0, self._at - 1))

    def action_back(self) -> None:
        """Leave."""
        self.dismiss()

    def _show(self, at: int) -> None:
        self._at = at
        heading, text = PAGES[at]
        self.query_one("#page-heading", Words).say(plain(heading, "bold"))
        self.query_one("#page", Words).say(plain(text))
        end = " · enter leaves" if at + 1 == len(PAGES) else ""
        self.query_one("#pages", Words).say(plain(f"\n{at + 1} of {len(PAGES)}{end}", self.tones.quiet))
