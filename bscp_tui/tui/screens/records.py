"""A list of one kind and the record under the cursor, beside each other or one below the other."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container

from bscp_tui.model.fields import BODY_KINDS
from bscp_tui.model.filters import fields_for
from bscp_tui.model.kinds import KINDS
from bscp_tui.model.record import Kind
from bscp_tui.model.view import View
from bscp_tui.store.loading import Unreadable
from bscp_tui.tui import commands as c
from bscp_tui.tui import publishing_figures
from bscp_tui.tui.arranging import BY_AGENCY, Arrangement, about_bodies
from bscp_tui.tui.lineage import below, filter_below
from bscp_tui.tui.links import links_of
from bscp_tui.tui.list_commands import OF_LISTS
from bscp_tui.tui.menu import MENU
from bscp_tui.tui.safe_text import plain, plain_line
from bscp_tui.tui.screens.base import TopLine
from bscp_tui.tui.screens.dialogs import row_dialog
from bscp_tui.tui.screens.filter_bar import FilterBar
from bscp_tui.tui.screens.listing import OVERDUE, ListScreen
from bscp_tui.tui.session import Row, Session
from bscp_tui.tui.widgets.foot import Foot
from bscp_tui.tui.widgets.record_detail import RecordDetail
from bscp_tui.tui.widgets.record_table import RecordTable
from bscp_tui.tui.widgets.virtual_list import VirtualList
from bscp_tui.tui.widgets.words import Words

if TYPE_CHECKING:
    from bscp_tui.history.rows import HistoryRow


class RecordsScreen(ListScreen):
    """The list of a kind."""

    commands: ClassVar[tuple[type[c.Command], ...]] = (
        c.ChangeStatus, c.EditRecord, c.RecordHistory, c.RecordLinks, c.RowsOfRecord, c.AddEvidence, c.Find, c.Open,
        c.AddRecord, c.WithdrawRecord, c.PublishFigure,
        c.RecordHandEdit, c.PutBack, c.ShowWithdrawn, *OF_LISTS, c.Back, c.Home, *MENU,
    )  # fmt: skip
    BINDINGS: ClassVar[list[BindingType]] = [
        *c.bindings_of(command for command in commands if command not in {c.Open, *OF_LISTS, *MENU}),
        *(goes.binding(in_footer=False) for goes in MENU),
        Binding("left", "back", show=False),
    ]
    AUTO_FOCUS = "#list"

    def __init__(self, kind: Kind, narrowed: str = "", trail: str = "", at: str | None = None, *,
                 withdrawn: bool = False, arrangement: Arrangement | None = None) -> None:  # fmt: skip
        """Show the records of ``kind`` that a filter leaves.

        Args:
            kind: Its declaration.
            narrowed: The filter to begin with.
            trail: Where the list lies: "Plan 2025-27 › Priority 4".
            at: The reference to begin at.
            withdrawn: Whether withdrawn ones are shown too.
            arrangement: How it is arranged; None for the usual way.

        """
        super().__init__(kind, trail, withdrawn=withdrawn)
        self.arrangement = arrangement or self.arrangement
        self._narrowed, self._begin_at = narrowed, at

    @property
    def row(self) -> Row | None:
        """The row under the cursor."""
        table = self.query(RecordTable)  # a key may come before the list is laid out
        return table.first().current if table else None

    @property
    def view(self) -> View | None:
        """The record under the cursor, None where it cannot be read."""
        return self.row if isinstance(self.row, View) else None

    def compose(self) -> ComposeResult:
        """Lay out the list, its filter and the record."""
        yield TopLine(plain_line(self.trail, "bold"))
        with Container(id="both"):
            yield RecordTable(self.kind, id="list")
            yield RecordDetail(id="detail")
        yield Words(id="told-filter")
        yield FilterBar(self.kind, self._narrowed)
        yield Foot()

    def on_mount(self) -> None:
        """Show the rows."""
        self.set_class(bool(self._narrowed), "-narrowed")
        self.show(self._begin_at)

    def register_changed(self) -> None:
        """Show the rows as they are now, the cursor where it was."""
        self.show()
        self._fetch_more()

    def all_read(self) -> None:
        """Tell of the links, which every record has a part in."""
        self._fetch_links()

    @on(VirtualList.Highlighted)
    def rows_changed(self) -> None:
        """Show the record under the cursor."""
        self.query_one(RecordDetail).show_row(self.row)
        self._fetch_more()

    def _fetch_more(self) -> None:
        self.later("history", self._fetch_history)
        self.later("links", self._fetch_links)

    @on(VirtualList.Selected)
    def action_open(self) -> None:
        """Open what lies below the record, else go to its detail."""
        view = self.view
        shown = view.item.shown_list() if view else None
        if self.table.on_heading or shown is not None:
            if shown is not None:
                self.host.open_view(shown)
            return
        inner = below(view.kind) if view else []
        if view is None or not inner:
            self.set_focus(self.query_one(RecordDetail))
            return
        name = plain_line(f"{view.kind.name.replace('-', ' ').capitalize()} {view.ref.rpartition('/')[2]}").plain
        trail = name if self.trail == self.kind.plural else f"{self.trail} › {name}"
        self.host.open_list(inner[0].name, filter_below(view, inner[0]), trail=trail)

    def action_go_to(self, name: str) -> None:
        """Open a list of the menu; on an agency, group or person its part of it."""
        view, kind = self.view, _list_of_a_body(KINDS[name])
        if view is None or view.kind.name not in BODY_KINDS or not about_bodies(kind):
            self.host.action_go_to(name)
        else:
            trail = plain_line(f"{view.title} › {kind.plural}").plain
            self.host.open_list(kind.name, f"{BY_AGENCY}={view.ref}", trail=trail)

    def action_change_status(self) -> None:
        """Open the status dialog; of all marked records at once, where some are."""
        self._ask_or_many("status")

    def action_edit_record(self) -> None:
        """Open the form; of all marked records at once, where some are."""
        self._ask_or_many("edit")

    def action_withdraw_record(self) -> None:
        """Ask for the reason of a withdrawal."""
        self._ask("withdraw")

    def action_record_hand_edit(self) -> None:
        """Ask for the reason of an edit by hand."""
        view = self.view
        if view is not None and not view.mark:
            self.host.tell(plain(f"{view.ref} was not edited by hand."))
        else:
            self._ask("by-hand")

    def action_put_back(self) -> None:
        """Put the record's file back to what is recorded, after asking."""
        row = self.row
        if row is None or (isinstance(row, View) and not row.mark):
            self.host.tell(plain("Only a file that was edited by hand can be put back."))
        else:
            self.host.ask_put_back(row)

    def action_add_record(self) -> None:
        """Open the form for a new record."""
        self.host.ask_add(self.kind, self.bar.text, self.view)

    def action_publish_figure(self) -> None:
        """Make a published figure of how many the list shows; withdrawn ones never count."""
        count = partial(publishing_figures.of_list, self.session, self.kind, self.bar.text)
        self.fetch("published", count, self.host.ask_published_or_say)

    def action_record_links(self) -> None:
        """Open the links of the record."""
        self._open(self.host.open_links)

    def action_rows_of_record(self) -> None:
        """Open the tables inside the record."""
        self._open(self.host.open_rows)

    def action_add_evidence(self) -> None:
        """Ask for a row of evidence."""
        self._ask(row_dialog("evidence"))

    def action_record_history(self) -> None:
        """Open the history of the record."""
        if self.row is not None:
            self.host.open_history(self.row.ref)

    def _ask_or_many(self, dialog: str) -> None:
        if self.table.marked_rows:
            self.action_change_marked()
        else:
            self._ask(dialog)

    def _ask(self, dialog: str) -> None:
        self._open(lambda view: self.host.ask(dialog, view))

    def _open(self, show: Callable[[View], object]) -> None:
        """Do something with the record under the cursor, if it can be read."""
        row = self.row
        if isinstance(row, Unreadable):
            self.host.tell(plain(f"{row.ref} cannot be read, so nothing can be recorded of it. Mend its file first."))
        elif row is not None:
            show(row)

    def _fetch_history(self) -> None:
        row = self.row
        if row is None:
            return
        if isinstance(row, View):
            self.fetch("history", partial(_history_of, self.session, row), partial(self._show_history, row.ref))
            if row.item.decides:
                self.fetch("decided", partial(_decided_at, self.session, row), partial(self._show_decided, row.ref))
        else:
            good = partial(self.session.register.last_good, row, self.session.tip)
            self.fetch("history", good, partial(self._show_good, row.ref))

    def _fetch_links(self) -> None:
        row = self.row
        if isinstance(row, View) and self.session.all_read and self.is_mounted:
            self.fetch("links", partial(links_of, self.session.snapshot, row), partial(self._show_links, row.ref))

    def _show_links(self, ref: str, links: object) -> None:
        if isinstance(links, list) and self.is_mounted:
            self.query_one(RecordDetail).show_links(ref, links)

    def _show_history(self, ref: str, history: object) -> None:
        if isinstance(history, list) and self.is_mounted:
            self.query_one(RecordDetail).show_history(ref, history)

    def _show_decided(self, ref: str, decided: object) -> None:
        if isinstance(decided, list) and self.is_mounted:
            self.query_one(RecordDetail).show_decided(ref, decided)

    def _show_good(self, ref: str, good: object) -> None:
        if self.is_mounted:
            self.query_one(RecordDetail).show_good(ref, good if isinstance(good, View) else None)


def _list_of_a_body(kind: Kind) -> Kind:
    """Return where in a list of the menu the work of an agency stands: the lowest kind below it that can be late."""
    chain = [kind]
    while below(chain[-1]):
        chain.append(below(chain[-1])[0])
    return next((low for low in reversed(chain) if OVERDUE in fields_for(low) and about_bodies(low)), kind)


def _decided_at(session: Session, view: View) -> "list[HistoryRow]":
    from bscp_tui.history import ledger

    return ledger.rows(session.register, ledger.Query(decided_at=view.ref, at=session.tip))


def _history_of(session: Session, view: View) -> "list[HistoryRow]":
    from bscp_tui.history import ledger

    return ledger.rows(session.register, ledger.Query(view=view, at=session.tip))
