"""One record, whole: what is recorded, what is not, and who changed what."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar, cast

from rich.console import Group
from rich.table import Table
from rich.text import Text
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.widgets import Static

from bscp_tui.model.audience import embargo_of, embargoed
from bscp_tui.model.dates import in_short, in_words
from bscp_tui.model.view import View
from bscp_tui.store.loading import Unreadable
from bscp_tui.tui.lineage import below
from bscp_tui.tui.safe_text import grid, joined, plain, plain_line
from bscp_tui.tui.session import Row
from bscp_tui.tui.telling import BROKEN, BY_HAND, EMBARGO, detail
from bscp_tui.tui.tones import Tones
from bscp_tui.tui.widgets.bars import bars

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from bscp_tui.history.rows import HistoryRow
    from bscp_tui.tui.app import RegisterApp
    from bscp_tui.tui.links import Linked

LABEL = 15
SHOWN_HISTORY = 6
SHOWN_LINKS = 6
SHOWN_DECIDED = 12


class RecordDetail(VerticalScroll):
    """A record's detail; it takes the focus, so that arrows scroll it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("j", "scroll_down", show=False),
        Binding("k", "scroll_up", show=False),
        Binding("g", "scroll_home", show=False),
        Binding("G", "scroll_end", show=False),
    ]

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's own name
        """Begin with no record."""
        super().__init__(id=id)
        self._row: Row | None = None
        self._good: View | None = None
        self._history: Sequence[HistoryRow] | None = None
        self._links: Sequence[Linked] | None = None
        self._decided: Sequence[HistoryRow] = ()

    def compose(self) -> "ComposeResult":
        """One text that scrolls."""
        yield Static(id="told")

    def show_row(self, row: Row | None) -> None:
        """Show a record; its history comes later."""
        same = row is not None and self._row is not None and row.ref == self._row.ref
        self._row, self._good = row, None
        self._history = self._history if same else None
        self._links = self._links if same else None
        self._decided = self._decided if same else ()
        self._tell()
        if not same:
            self.scroll_home(animate=False)

    def show_history(self, ref: str, history: "Sequence[HistoryRow]") -> None:
        """Show the history of the record that is shown, if it still is."""
        if self._row is not None and self._row.ref == ref:
            self._history = history
            self._tell()

    def show_links(self, ref: str, links: "Sequence[Linked]") -> None:
        """Show what the record that is shown names and what names it, if it still is."""
        if self._row is not None and self._row.ref == ref:
            self._links = links
            self._tell()

    def show_decided(self, ref: str, decided: "Sequence[HistoryRow]") -> None:
        """Show what was decided at the meeting that is shown, if it still is."""
        if self._row is not None and self._row.ref == ref and decided:
            self._decided = decided
            self._tell()

    def show_good(self, ref: str, good: View | None) -> None:
        """Show the last good version of an unreadable record."""
        if self._row is not None and self._row.ref == ref and good is not None:
            self._good = good
            self._tell()

    @property
    def _reading(self) -> bool:
        """Whether records are still being read, so that it is not known yet what names this one."""
        return not cast("RegisterApp", self.app).session.all_read

    def _tell(self) -> None:
        tones = Tones(self.app)
        parts: list[Text | Table] = []
        if isinstance(self._row, Unreadable):
            parts += _broken(self._row, tones)
            if self._good is not None:
                parts += [
                    plain("\nThe last recorded version that can be read:", "bold"),
                    _grid(self._good, None, tones),
                ]
        elif self._row is not None:
            parts += _whole(self._row, self._history, tones, ascii_only=self.app.console.options.ascii_only)
            parts += _late(cast("RegisterApp", self.app).session.recorded_late(self._row), tones)
            parts += _linked(self._links, tones, reading=self._reading)
            parts += _decided(self._decided, tones) + _history(self._history, tones)
        self.query_one("#told", Static).update(Group(*parts))


def history_line(row: "HistoryRow", tones: Tones) -> Text:
    """Return one change of the history: when, what, why, who."""
    when = plain(f"{in_short(row.recorded.date())}  ", tones.quiet)
    words = plain_line(row.words if row.field is not None else f"{row.change}")
    reason = plain_line(f": “{row.reason}”") if row.reason else plain("")
    return joined(when, words, reason, plain_line(f" · {row.by}", tones.quiet))


def _whole(view: View, history: "Sequence[HistoryRow] | None", tones: Tones, *, ascii_only: bool) -> list[Text | Table]:
    parts: list[Text | Table] = [joined(plain_line(view.ref, tones.accent), plain_line(f"  {view.title}", "bold"))]
    if view.withdrawn:
        parts.append(plain("⊘ withdrawn", tones.soon))
    if embargoed(view):
        until = in_words(embargo_of(view) or view.today)
        parts.append(plain(f"{EMBARGO} Embargo: nothing of it goes outside before {until}.", tones.soon))
    if view.mark:
        told = f"{BY_HAND} {view.mark}. i records the edit as an entry of its own, b puts the file back."
        parts.append(plain(told, tones.soon))
    parts += bars(view.item.drawn(view), tones, ascii_only=ascii_only)
    parts.append(_grid(view, history, tones))
    inner = [kind.plural.lower() for kind in below(view.kind)]
    if inner:
        parts.append(plain(f"Enter opens its {' and '.join(inner)}.", tones.quiet))
    return parts


def _broken(bad: Unreadable, tones: Tones) -> list[Text | Table]:
    return [
        joined(plain(f"{BROKEN} ", tones.bad), plain_line(bad.ref, tones.bad), plain(" cannot be read", tones.bad)),
        plain_line(f"{bad.path}, line {bad.line}"),
        plain(bad.reason),
        plain("Mend the file with a text editor, or press b to put back what was last recorded.", tones.quiet),
    ]


def _grid(view: View, history: "Sequence[HistoryRow] | None", tones: Tones) -> Table:
    """The columns, the newest change, then the rest: on a small screen the first lines say the most."""
    rows = [(plain_line(label, tones.quiet), value) for label, value in detail(view, tones)]
    if history:
        first = sum(name not in {"ref", "title"} for name in view.kind.columns)
        rows.insert(first, (plain("Last change", tones.quiet), history_line(history[0], tones)))
    return grid(rows, LABEL)


def _late(rows: "Sequence[HistoryRow]", tones: Tones) -> list[Text | Table]:
    """Tell what was true on the position's day and was recorded only after it; nothing in any other view."""
    told = [history_line(row, tones) for row in rows[:SHOWN_HISTORY]]
    more = len(rows) - SHOWN_HISTORY
    if more > 0:
        told.append(plain(f"… and {more} more.", tones.quiet))
    return [plain("\nTrue by then, recorded later", tones.soon), *told] if told else []


def _linked(links: "Sequence[Linked] | None", tones: Tones, *, reading: bool) -> list[Text | Table]:
    if links is None:
        return [plain("\nLinks: reading …", tones.quiet)] if reading else []
    told = [
        joined(plain_line(f"{one.said} ", tones.quiet), plain_line(one.ref, "bold"), plain_line(f"  {one.title}"))
        for one in links[:SHOWN_LINKS]
    ]
    more = len(links) - SHOWN_LINKS
    if more > 0:
        told.append(plain(f"… and {more} more; l shows all.", tones.quiet))
    return [joined(plain("\nLinks", "bold"), plain("  l follows them", tones.quiet)), *told] if told else []


def _decided(decided: "Sequence[HistoryRow]", tones: Tones) -> list[Text | Table]:
    """Tell what a meeting decided, entry by entry; nothing for any other record."""
    told = [joined(plain_line(f"{row.ref}  ", "bold"), history_line(row, tones)) for row in decided[:SHOWN_DECIDED]]
    more = len(decided) - SHOWN_DECIDED
    if more > 0:
        told.append(plain(f"… and {more} more; 9 on Home, then its reference, finds all.", tones.quiet))
    return [plain("\nDecided here", "bold"), *told] if told else []


def _history(history: "Sequence[HistoryRow] | None", tones: Tones) -> list[Text | Table]:
    if history is None:
        return [plain("\nHistory …", tones.quiet)]
    told = [history_line(row, tones) for row in history[:SHOWN_HISTORY]]
    more = len(history) - SHOWN_HISTORY
    if more > 0:
        told.append(plain(f"… and {more} more; h shows all.", tones.quiet))
    return [plain("\nHistory", "bold"), *(told or [plain("nothing recorded yet", tones.quiet)])]
