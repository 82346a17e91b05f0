"""Joining a shared copy: its address is asked, everything else is found."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, cast

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.screen import ModalScreen
from textual.widgets import Button, Input, ProgressBar

from bscp_tui.store.own_register import usual_folder
from bscp_tui.tui import commands as c
from bscp_tui.tui.joining import join_here
from bscp_tui.tui.safe_text import plain
from bscp_tui.tui.screens.base import Hosted, after_typing
from bscp_tui.tui.widgets.asked import Asked
from bscp_tui.tui.widgets.typing_fields import LineField
from bscp_tui.tui.widgets.words import Words

if TYPE_CHECKING:
    from bscp_tui.tui.session import Session

TOLD = (
    "Ask whoever looks after the shared copy for its address. You get a copy of your own to work on, also without a "
    "network; y sends and receives. What this computer holds already is kept, in a folder beside the new one."
)
WHERE = "https://… or ssh://… or a folder on a share"
UNDER_WAY = "Receiving the shared copy …"


class JoinDialog(Hosted, ModalScreen[None]):
    """Asks for the address of a shared copy."""

    commands: ClassVar[tuple[type[c.Command], ...]] = (c.Join, c.Back)
    BINDINGS: ClassVar[list[BindingType]] = c.bindings_of(commands)
    AUTO_FOCUS = "#address"

    def __init__(self) -> None:
        """Begin with nothing typed."""
        super().__init__(classes="change")
        self._joining = False

    def in_plain_text(self) -> str:
        """Return the command that says the same without a screen."""
        return "bscp join ADDRESS DIR"

    def compose(self) -> ComposeResult:
        """Lay out the two fields."""
        with Vertical(classes="dialog"):
            yield Words(plain("Work on a register that others share", "bold"), classes="heading")
            yield Words(plain(TOLD))
            yield Asked(plain("Address"), LineField(placeholder=WHERE, id="address", compact=True))
            yield Asked(
                plain("Folder"), LineField(str(usual_folder()), id="folder", compact=True, select_on_focus=False)
            )
            yield ProgressBar(show_percentage=False, show_eta=False, id="reading")
            yield Words(id="sentence")
            with Horizontal(classes="buttons"):
                yield Button("Join  ctrl+s", id="join", variant="primary", compact=True)
                yield Button("Close  esc", id="close", compact=True)

    def on_mount(self) -> None:
        """Nothing is under way yet."""
        self.query_one("#reading").display = False

    @on(Input.Submitted)
    @on(Button.Pressed, "#join")
    def action_join(self) -> None:
        """Join."""
        after_typing(self, self._join)

    @on(Button.Pressed, "#close")
    def action_back(self) -> None:
        """Close; a joining under way is told of when it is done, and nothing is switched behind the person's back."""
        self.dismiss()

    def _join(self) -> None:
        if self._joining:
            return
        address = self.query_one("#address", Input).value.strip()
        folder = Path(self.query_one("#folder", Input).value.strip()).expanduser().absolute()
        if not address:
            self.query_one("#sentence", Words).say(plain("Write the address of the shared copy.", self.tones.soon))
            return
        self._joining = True
        self.query_one("#reading").display = True
        self.query_one("#sentence", Words).say(plain(UNDER_WAY))
        self.host.fetch("joining", partial(join_here, address, folder, self.host.today), self._joined)

    def _joined(self, outcome: object) -> None:
        self._joining = False
        here = self.is_mounted and self in self.app.screen_stack
        if here:
            self.query_one("#reading").display = False
        if isinstance(outcome, Exception):
            if here:
                self.query_one("#sentence", Words).say(plain(outcome, self.tones.bad))
            else:
                self.host.tell(plain(outcome), serious=True)
            return
        session, aside = cast("tuple[Session, Path | None]", outcome)
        if aside is not None:
            self.host.tell(plain(f"The register that was here before is kept in {aside}."))
        if here:
            self.host.joined(session)
        else:
            root = session.register.repository.root
            self.host.tell(plain(f"The shared register was joined; open it with: bscp --register {root}"))
