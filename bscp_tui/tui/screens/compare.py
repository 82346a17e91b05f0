"""Two days held against each other: what was added, changed and withdrawn, by whom and why."""

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from rich.console import Group
from rich.text import Text
from textual import on
from textual.binding import Binding, BindingType

from bscp_tui.model.dates import in_words
from bscp_tui.store.moments import Moment
from bscp_tui.tui import commands as c
from bscp_tui.tui.columns import columns
from bscp_tui.tui.safe_text import joined, plain, plain_line
from bscp_tui.tui.screens.base import TopLine
from bscp_tui.tui.screens.narrowed import NarrowedScreen
from bscp_tui.tui.screens.time_bar import Chosen, TimeBar
from bscp_tui.tui.session import Session
from bscp_tui.tui.timeline import Place
from bscp_tui.tui.widgets.record_detail import history_line
from bscp_tui.tui.widgets.virtual_list import VirtualList
from bscp_tui.tui.widgets.words import Words

if TYPE_CHECKING:
    from bscp_tui.history.comparison import Compared

WIDTHS = (1, 15, 16)
SIGNS = {"added": "+", "removed": "−", "changed": "±"}
WITHDRAWN, BROKEN = "⊘", "✗"
HINT = "find: words, such as withdrawn, status, a name, a reference"


@dataclass(frozen=True)
class Comparison:
    """What differs between two moments.

    Attributes:
        earlier: The one.
        later: The other; None for today.
        found: The differences.

    """

    earlier: Moment
    later: Moment | None
    found: "list[Compared]"


class CompareScreen(NarrowedScreen):
    """What changed between two days, field by field, with who and why; Enter opens the record."""

    heading, hint = "Compare", HINT

    commands: ClassVar[tuple[type[c.Command], ...]] = (c.OpenItsRecord, c.Find, c.CompareDays, c.Back, c.Home)
    BINDINGS: ClassVar[list[BindingType]] = [
        *c.bindings_of((c.Find, c.Back, c.Home)),
        c.CompareDays.binding(in_footer=True),
        Binding("left", "back", show=False),
    ]

    def in_plain_text(self) -> str:
        """Return the command that says the same without a screen."""
        return "bscp compare DATE DATE"

    def __init__(self, other: Moment | None = None) -> None:
        """Compare the day that is shown with ``other``, or with today, or today with the last decision."""
        super().__init__()
        self._other = other
        self._comparison: Comparison | None = None
        self._shown: list[Compared] = []

    @on(VirtualList.Highlighted)
    def moved(self) -> None:
        """Show the difference under the cursor with every step that led to it."""
        found = self._found
        self.query_one("#told", Words).say(self._whole(found) if found else plain(""))

    @on(VirtualList.Selected)
    def action_open_its_record(self) -> None:
        """Open the record."""
        if self._found is not None:
            self.host.open_where_it_is(self._found.ref, self._found.path)

    def action_compare_days(self) -> None:
        """Choose the other day on the time bar."""
        heading = plain(f"Compare {self._day(self.session.moment)} with which day?", "bold")
        at = self._comparison.earlier if self._comparison is not None else None
        self.host.push_screen(TimeBar(heading, at), self._chosen)

    @property
    def _found(self) -> "Compared | None":
        at = self.query_one(VirtualList).cursor
        return self._shown[at] if at < len(self._shown) else None

    def _chosen(self, chosen: Chosen | None) -> None:
        if chosen is not None:
            self._other = chosen.moment
            self.fetch_lines()

    def fetch_lines(self) -> None:
        """Compare."""
        self._patience.begin("comparing …")
        self.host.fetch("compare", partial(_compare, self.session, self._other), self._show)

    def _show(self, outcome: object) -> None:
        self._patience.end()
        if not self.is_mounted:
            return
        if not isinstance(outcome, Comparison):
            self.say_count("")
            self.say_why_empty(str(outcome), self.tones.soon)
            return
        self._comparison = outcome
        self.narrow()

    def narrow(self) -> None:
        """Show the differences that have every word of the filter."""
        if self._comparison is None:
            return
        words = self.filter.lower().split()
        every = self._comparison.found
        self._shown = [found for found in every if all(word in _told(found) for word in words)]
        count = f"{len(self._shown):,} of {len(every):,}" if words else f"{len(every):,}"
        self.say_count(f"{count} {'difference' if len(every) == 1 else 'differences'}")
        nothing = "Nothing fits this filter." if every else "Nothing differs between the two."
        self.say_why_empty("" if self._shown else nothing, self.tones.soon)
        self.query_one(VirtualList).show_lines(len(self._shown), self._line, _heading)

    def say_count(self, said: str) -> None:
        """Say between which days, and how many differences."""
        between = "Compare"
        if self._comparison is not None:
            between += f" · {self._day(self._comparison.earlier)} → {self._day(self._comparison.later)}"
        self.query_one(TopLine).say(plain_line(between, "bold"), plain(said, "bold"))

    def _day(self, moment: Moment | None) -> str:
        return in_words(moment.day) if moment else "today"

    def _line(self, place: int, room: int) -> Text:
        found = self._shown[place]
        sign = WITHDRAWN if found.withdrawn else SIGNS.get(found.change, BROKEN)
        whole = f": {found.title}" if found.field is None else ""
        parts = (
            plain(sign, "bold"),
            plain_line(found.ref, "bold"),
            plain_line(found.by or ""),
            plain_line(f"{found.words}{whole}"),
        )
        return columns(parts, WIDTHS, room)

    def _whole(self, found: "Compared") -> Group:
        tones = self.tones
        head = joined(plain_line(found.ref, tones.accent), plain_line(f"  {found.title}", "bold"))
        told = [head, plain(found.words)]
        if len(found.steps) > 1:
            told.append(plain(f"in {len(found.steps)} steps, newest first:", tones.quiet))
        return Group(*told, *(history_line(step, tones) for step in found.steps))


def _compare(session: Session, other: Moment | None) -> Comparison:
    """Return what differs; runs in a worker thread.

    Raises:
        ValueError: There is no history to compare in.

    """
    from bscp_tui.history.comparison import compare

    entries = session.ticks()
    if not entries:
        raise ValueError("There is no history yet, so there are no two days to compare.")
    present = Place(entries, session.register.today, None)
    shown = Place(entries, present.today, session.moment)
    against = Place(entries, present.today, other) if other or session.moment else _default(present)
    first, last = sorted((against, shown), key=lambda place: (place.index, place.moment is None))
    newest = entries[-1].commit
    earlier = first.moment or Moment(newest, present.today)
    later = last.moment
    return Comparison(earlier, later, compare(session.register, earlier.commit, later.commit if later else newest))


def _default(present: Place) -> Place:
    """Return the last decision before today, else thirty days ago."""
    return Place(present.entries, present.today, present.decision(-1) or present.month(-1))


def _told(found: "Compared") -> str:
    return f"{found.ref} {found.title} {found.change} {found.words} {found.by or ''} {found.reason or ''}".lower()


def _heading(_place: int, room: int) -> Text:
    return columns([plain(name) for name in ("", "Record", "Who", "Change")], WIDTHS, room)
