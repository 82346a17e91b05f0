"""Send and receive: what will go, what came, what is to be decided, and what stood in the way."""

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING, ClassVar, TypeVar

from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import OptionList, ProgressBar

from bscp_tui.tui import commands as c
from bscp_tui.tui.safe_text import joined, plain, plain_line, stacked
from bscp_tui.tui.screens.base import RegisterScreen, TopLine
from bscp_tui.tui.shared_state import counted, status_here
from bscp_tui.tui.widgets.foot import Foot
from bscp_tui.tui.widgets.words import Choice, Line, Lines, Words

if TYPE_CHECKING:
    from bscp_tui.sharing.conflicts import SharedConflict
    from bscp_tui.sharing.outcome import Moved, Outcome, Status

Told = TypeVar("Told")
UNDER_WAY = "Sending and receiving … Esc lets it go on behind other screens; stopping it at any moment loses nothing."
NOTHING = "Nothing to send, nothing to receive: your copy and the shared one hold the same."
BEFORE = "Press y to send and receive."
LOOKING = "looking …"


class ExchangeScreen(RegisterScreen):
    """What will go to the shared copy, and what came from it, in sentences."""

    shows_exchange = True
    commands: ClassVar[tuple[type[c.Command], ...]] = (c.SendAndReceive, c.OpenEntry, c.Back, c.Home)
    BINDINGS: ClassVar[list[BindingType]] = [
        c.SendAndReceive.binding(in_footer=True),
        *c.bindings_of((c.Back, c.Home)),
        Binding("left", "back", show=False),
    ]
    AUTO_FOCUS = "#list"

    def __init__(self) -> None:
        """Begin with nothing known."""
        super().__init__()
        self._status: Status | None = None
        self._fault = ""
        self._conflicts: tuple[SharedConflict, ...] = ()

    def in_plain_text(self) -> str:
        """Return the command that says the same without a screen."""
        return "bscp sync --status, then bscp sync"

    def compose(self) -> ComposeResult:
        """Lay out what is said, how far it is, and the entries."""
        yield TopLine(plain("Send and receive", "bold"))
        yield Words(plain(LOOKING, self.tones.quiet), id="said")
        yield ProgressBar(show_percentage=False, show_eta=False, id="reading")
        yield Lines(id="list")
        yield Foot()

    def on_mount(self) -> None:
        """Look what will go; what the last sending did stays told until the next."""
        self.query_one("#reading").display = False
        self.register_changed()

    def register_changed(self) -> None:
        """Look anew what will go."""
        self.fetch("status", partial(status_here, self.session.register), self._looked)

    def exchange_changed(self) -> None:
        """Show how far it is, and what it did."""
        super().exchange_changed()
        if not self.session.shared.under_way and self._status is not None:
            self.register_changed()
        self._show()

    def action_send_and_receive(self) -> None:
        """Send and receive."""
        self.host.exchange()

    @on(OptionList.OptionSelected)
    def action_open_entry(self, event: OptionList.OptionSelected) -> None:
        """Open the entry under the cursor, or decide on the field."""
        from bscp_tui.sharing.conflicts import SharedConflict
        from bscp_tui.sharing.outcome import Moved
        from bscp_tui.tui.screens.entry import EntryScreen

        means = event.option.means if isinstance(event.option, Choice) else None
        if isinstance(means, SharedConflict):
            self.host.decide(means)
        elif isinstance(means, Moved):
            self.app.push_screen(EntryScreen(means.commit))

    def _looked(self, found: object) -> None:
        from bscp_tui.sharing.outcome import Status

        if isinstance(found, Status):
            self._status = found
        else:
            self._fault = str(found)
        if self.is_mounted:
            self._show()

    def _show(self) -> None:
        shared = self.session.shared
        self.query_one("#reading").display = shared.under_way
        self.query_one("#said", Words).say(self._said())
        lines = self.query_one("#list", Lines)
        lines.show_lines(self._lines())
        new, self._conflicts = self._conflicts != shared.conflicts, shared.conflicts
        if lines.highlighted is None or (new and shared.conflicts):
            lines.action_first()  # what is to be decided stands first

    def _said(self) -> Text:
        """Return the sentences above the list."""
        shared, tones = self.session.shared, self.tones
        if shared.under_way:
            return stacked(*(plain(words) for words in (UNDER_WAY, shared.words) if words))
        if self._fault or self._status is None:
            return plain(self._fault or LOOKING, tones.bad if self._fault else tones.quiet)
        if self._status.standing.why_not is not None:
            return plain(self._status.standing.why_not, tones.soon)
        if shared.conflicts:
            return stacked(*_asked(len(shared.conflicts)))
        if shared.outcome is None or (shared.outcome.done and self._status.unsent):
            address = plain_line(f"Shared copy: {self._status.standing.address}", tones.quiet)
            return stacked(address, *_before(self._status))
        return stacked(*self._after(shared.outcome))

    def _after(self, outcome: "Outcome") -> Iterator[Text]:
        """Yield what the last sending and receiving did, and what to do next."""
        tones = self.tones
        if outcome.problem is not None:
            yield plain(outcome.problem, tones.bad)
        yield from (plain(f"Take care: {told}", tones.soon) for told in outcome.told)
        if outcome.done and not (outcome.sent or outcome.received):
            yield plain(NOTHING, tones.good)
        elif outcome.done:
            yield plain("Done: your copy and the shared one hold the same.", tones.good)

    def _lines(self) -> list[Line]:
        """Return the entries, under headings."""
        outcome, status = self.session.shared.outcome, self._status
        found: list[Line] = []
        found += self._headed("To decide", self.session.shared.conflicts, self._conflict)
        if status is not None:
            found += self._headed("Not yet sent", status.unsent, self._entry)
            found += self._headed("Received, and not taken over yet", status.unreceived, self._entry)
        if outcome is not None:
            found += self._headed("Came", outcome.received, self._entry)
            found += self._headed("Went", outcome.sent, self._entry)
        return found

    def _headed(self, heading: str, told: Sequence[Told], line: Callable[[Told], Line]) -> Iterator[Line]:
        """Yield a heading with its lines; nothing where there are none."""
        if told:
            yield Line(plain(f"{heading}: {len(told):,}", "bold"), disabled=True)
        yield from map(line, told)

    def _entry(self, entry: "Moved") -> Line:
        made = entry.made.astimezone()
        who = plain_line(f"  {made.day} {made:%b} {entry.by}: ", self.tones.quiet)
        return Line(joined(who, plain_line(entry.sentence)), entry)

    def _conflict(self, conflict: "SharedConflict") -> Line:
        name = plain_line(f"{conflict.ref} {conflict.title}: {conflict.inner or 'the record as a whole'}")
        return Line(joined(plain("  ! ", self.tones.bad), name), conflict)


def _asked(count: int) -> Iterator[Text]:
    """Yield what is to be known where two people gave one field a value."""
    told = counted(count, "field was", "fields were")
    yield plain(f"{told} given two values, here and in the shared copy. Nothing was chosen and nothing was sent.")
    yield plain("Enter decides; it can be put off, and everything else goes on as before.")


def _before(status: "Status") -> Iterator[Text]:
    told = counted(len(status.unsent), "change", "changes")
    yield plain(f"{told} of yours will go. {BEFORE}" if status.unsent else f"Nothing of yours waits to go. {BEFORE}")
