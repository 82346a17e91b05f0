"""Every list of the register, so that every kind can be reached."""

from functools import partial
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import OptionList

from bscp_tui.model.kinds import KINDS
from bscp_tui.model.record import Kind
from bscp_tui.model.shown_list import ShownList
from bscp_tui.store.own_views import own_views
from bscp_tui.store.snapshot import Snapshot
from bscp_tui.tui import commands as c
from bscp_tui.tui.menu import MENU
from bscp_tui.tui.safe_text import joined, plain
from bscp_tui.tui.screens.base import RegisterScreen, TopLine
from bscp_tui.tui.views import every_view
from bscp_tui.tui.widgets.foot import Foot
from bscp_tui.tui.widgets.words import Choice, Line, Lines

NAME = 22


class EveryListScreen(RegisterScreen):
    """The kinds of the register with the number of their records; Enter opens one."""

    commands: ClassVar[tuple[type[c.Command], ...]] = (c.Open, c.Back, c.Home)
    BINDINGS: ClassVar[list[BindingType]] = [
        *c.bindings_of((c.Back, c.Home)),
        Binding("left", "back", show=False),
    ]
    AUTO_FOCUS = "#list"

    def __init__(self) -> None:
        """Begin with nothing counted."""
        super().__init__()
        self._counts: dict[str, int] = {}
        self._own: list[ShownList] = []

    def in_plain_text(self) -> str:
        """Return the command that says the same without a screen."""
        return "bscp list KIND"

    def compose(self) -> ComposeResult:
        """Lay out the lists."""
        yield TopLine(plain("Every list", "bold"))
        yield Lines(self._lines(), id="list")
        yield Foot()

    def on_mount(self) -> None:
        """Stand on the first, and count."""
        self.query_one(Lines).highlighted = 0
        self.register_changed()

    def register_changed(self) -> None:
        """Count anew."""
        self.fetch("counts", partial(_counted, self.session.snapshot), self._show)
        self.fetch("own-views", own_views, self._learn_own)

    def _learn_own(self, own: object) -> None:
        if isinstance(own, list) and self.is_mounted:
            self._own = own
            self.query_one(Lines).show_lines(self._lines())

    @on(OptionList.OptionSelected)
    def opened(self, event: OptionList.OptionSelected) -> None:
        """Open the list."""
        means = event.option.means if isinstance(event.option, Choice) else None
        if isinstance(means, str):
            self.host.action_go_to(means)
        elif isinstance(means, ShownList):
            self.host.open_view(means)

    def action_open(self) -> None:
        """Open the list under the cursor."""
        self.query_one(Lines).action_select()

    def _show(self, counts: object) -> None:
        if isinstance(counts, dict) and self.is_mounted:
            self._counts = counts
            self.query_one(Lines).show_lines(self._lines())

    def _lines(self) -> list[Line]:
        lists = [self._line(kind) for kind in KINDS.values()]
        return lists + (every_view(self.session.snapshot, self._own) if self._counts else [])

    def _line(self, kind: Kind) -> Line:
        count = f"{self._counts[kind.name]:>7,}" if kind.name in self._counts else "      …"
        key = next((goes.key for goes in MENU if goes.kind == kind.name), "")
        quiet = self.tones.quiet
        told = plain(f"   {key} on Home" if key else "", quiet)
        return Line(joined(plain(f"{kind.plural:<{NAME}}"), plain(count, quiet), told), kind.name)


def _counted(snapshot: Snapshot) -> dict[str, int]:
    return {kind.name: len(snapshot.views(kind)) for kind in KINDS.values()}
