"""The foot of a screen: its commands with their keys, each of which the mouse presses too."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from textual.app import ComposeResult
from textual.binding import Binding
from textual.screen import ModalScreen, Screen
from textual.widgets import Footer
from textual.widgets._footer import FooterKey

from bscp_tui.tui import commands as c

if TYPE_CHECKING:
    from bscp_tui.tui.app import RegisterApp

MORE, TODAY = "more", "today"
MARGINS = 3  # cells around the key and the word
LAST, USABLE, GREYED = range(3)  # what stays longest where there is little room


@dataclass(frozen=True)
class Shown:
    """A command at the foot: its binding here, its word, whether it can be used, and how long it stays."""

    binding: Binding
    word: str
    usable: bool
    tooltip: str
    stays: int

    @property
    def width(self) -> int:
        """How many cells it takes."""
        return len(self.binding.key_display or self.binding.key) + (len(self.word) + MARGINS if self.word else 1)


class Foot(Footer):
    """As many commands as there is room for; whatever does not fit is behind the word "more", as all others are.

    The way back always has room, and on a past day the way to today. In a dialog, which the palette does not reach,
    help lists its commands.
    """

    DEFAULT_CSS = """
    Foot FooterKey.-pair { margin-left: 1; }
    Foot FooterKey.-command-palette { padding-right: 0; border-left: none; }
    """
    _shown: Sequence[Shown] = ()

    def __init__(self) -> None:
        """Leave the palette's place to the screen's own order."""
        super().__init__(show_command_palette=False)

    def compose(self) -> ComposeResult:
        """Place what fits, in the screen's own order; the palette at the end."""
        if not self._bindings_ready:
            return
        self._shown = self._wanted
        for shown in self._shown:
            placed = "-command-palette" if shown.word == MORE else "" if shown.word else "-pair"
            said = self.app.get_key_display(shown.binding)
            yield FooterKey(
                shown.binding.key, said, shown.word, shown.binding.action,
                disabled=not shown.usable, tooltip=shown.tooltip, classes=placed,
            ).data_bind(compact=Footer.compact)  # fmt: skip

    def bindings_changed(self, screen: Screen[object]) -> None:
        """Show other commands, where there are others: what is placed anew for nothing loses a click meanwhile."""
        self._bindings_ready = True
        if screen.app.app_focus and self.is_attached and screen is self.screen:
            self.call_after_refresh(self._show_anew)

    def on_resize(self) -> None:
        """Fit the commands to the new width."""
        self._show_anew()

    def _show_anew(self) -> None:
        if self._bindings_ready and self.is_attached and self._shown != self._wanted:
            self.refresh(recompose=True)

    @property
    def _wanted(self) -> list[Shown]:
        """What is to be shown now."""
        return fitting(list(self._offered()), self.size.width or self.app.size.width)

    def _offered(self) -> Iterator[Shown]:
        """Yield what the screen offers, each command once; of a dialog in its own order, whatever has the focus."""
        past, met = cast("RegisterApp", self.app).session.moment is not None, set()
        active = list(self.screen.active_bindings.values())
        if isinstance(self.screen, ModalScreen):
            places = [command.action() for command in getattr(self.screen, "commands", ())]
            active = [each for each in active if each.binding.action in places]
            active.sort(key=lambda each: places.index(each.binding.action))
        for _node, binding, usable, tooltip in active:
            action = binding.action.removeprefix("app.")
            if action in met:
                continue
            if past and action == c.TravelInTime.action():
                yield Shown(binding, TODAY, usable, tooltip, LAST)
            elif binding.show:
                stays = LAST if action in _BACK else USABLE if usable else GREYED
                yield Shown(binding, binding.description.strip(), usable, tooltip, stays)
            elif action == c.Commands.action():
                yield Shown(binding, MORE, usable, tooltip, LAST)
            else:
                continue
            met.add(action)
        if isinstance(self.screen, ModalScreen):
            yield Shown(Binding("f1", c.Help.action(), key_display="f1"), "help", True, c.Help.help(), LAST)  # noqa: FBT003 - it always can


_BACK = {c.Back.action()}


def fitting(offered: Sequence[Shown], room: int) -> list[Shown]:
    """Return what fits into ``room`` cells, in the order in which it is offered; the first that stay longest."""
    kept = []
    for shown in sorted(offered, key=lambda one: one.stays):
        if shown.width <= room:
            kept.append(shown)
            room -= shown.width
    return [shown for shown in offered if shown in kept]
