"""A list of records with its filter, its order, its columns, its groups and its marks."""

import shlex
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import ClassVar

from rich.text import Text
from textual import on
from textual.binding import Binding, BindingType
from textual.timer import Timer
from textual.widgets import Input
from textual.worker import get_current_worker

from bscp_tui.model.filter_line import parts_of, terms_of
from bscp_tui.model.filters import FilterError, fields_for
from bscp_tui.model.record import Kind
from bscp_tui.model.shown_list import ShownList
from bscp_tui.model.view import View
from bscp_tui.store.own_views import own_views
from bscp_tui.tui import commands as c
from bscp_tui.tui.arranging import Arranged, Arrangement, Asked, NoLongerWantedError, arranged, groupable, sortable
from bscp_tui.tui.list_commands import OF_LISTS
from bscp_tui.tui.patience import Patience
from bscp_tui.tui.safe_text import plain, plain_line
from bscp_tui.tui.screens.base import RegisterScreen, TopLine
from bscp_tui.tui.screens.choosing import ChooseDialog
from bscp_tui.tui.screens.columns import ColumnsDialog
from bscp_tui.tui.screens.export import ExportDialog
from bscp_tui.tui.screens.filter_bar import FilterBar
from bscp_tui.tui.session import Session
from bscp_tui.tui.taking_along import Taken
from bscp_tui.tui.telling import label_of
from bscp_tui.tui.views import FOR_ALL, FOR_ME, views_offered
from bscp_tui.tui.widgets.record_table import DOWNWARDS, UPWARDS, RecordTable
from bscp_tui.tui.widgets.words import Line, Words

WAIT = 0.12  # seconds without a key before a filter or a history is worked out
OVERDUE = "overdue"


class ListScreen(RegisterScreen):
    """What a list of records of one kind has, whatever is done with them."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *c.bindings_of(OF_LISTS),
        Binding("shift+down", "mark_on(1)", show=False),
        Binding("shift+up", "mark_on(-1)", show=False),
    ]

    def __init__(self, kind: Kind, trail: str, *, withdrawn: bool) -> None:
        """Show the records of ``kind``, those that were withdrawn too or not."""
        super().__init__()
        self.kind, self.trail = kind, trail or kind.plural
        self.arrangement = Arrangement(kind.columns)
        self._withdrawn = withdrawn
        self._at: str | None = None
        self._counted: tuple[int, int] = (0, 0)
        self._resting: dict[str, Timer] = {}
        self._patience = Patience(self, self._say_top)

    @property
    def table(self) -> RecordTable:
        """The list."""
        return self.query_one(RecordTable)

    @property
    def bar(self) -> FilterBar:
        """The filter line."""
        return self.query_one(FilterBar)

    def in_plain_text(self) -> str:
        """Return the command that lists the same in the same order."""
        how = self.arrangement
        words = ["bscp", "list", self.kind.name, *parts_of(self.bar.text)]
        words += ["--sort", how.sort] if how.sort else []
        words += ["--descending"] if how.sort and how.descending else []
        words += ["--columns", ",".join(how.columns)] if how.columns != self.kind.columns else []
        return shlex.join(words)

    def rows_changed(self) -> None:
        """Show what belongs to the row under the cursor; called when other rows are shown."""

    @on(Input.Changed, "#filter")
    def filtering(self) -> None:
        """Narrow the list once the typing rests."""
        self.later("filter", self.show)

    @on(Input.Submitted, "#filter")
    def filtered(self) -> None:
        """Go back to the list."""
        self.show()
        self.leave_filter()

    def action_find(self) -> None:
        """Go to the filter; what was typed there is there still."""
        self.add_class("-narrowed")
        self.bar.begin()

    def leave_filter(self) -> None:
        """Go to the list; a filter that says nothing is hidden."""
        self.set_class(bool(self.bar.text), "-narrowed")
        self.set_focus(self.table)

    def action_back(self) -> None:
        """From the filter: clear it, then to the list. From the list: let the marks go, then to the screen before."""
        if self.bar.in_use:
            if self.bar.clear():
                self.show()
                self.bar.begin()
            else:
                self.leave_filter()
        elif not self.table.has_focus:
            self.set_focus(self.table)
        elif self.table.marked_rows:
            self.let_marks_go()
        else:
            super().action_back()

    def action_sort_rows(self) -> None:
        """Ask for the column."""
        names = list(dict.fromkeys([*self.arrangement.columns, *sortable(self.kind)]))
        lines = [Line(self._told(name, self._sign(name)), name) for name in names]
        at = self.arrangement.sort or "ref"
        self._choose("Sort by (chosen again: the other way round)", lines, at, self.sort_by)

    def sort_by(self, name: str) -> None:
        """Sort by a column; by the one that it is sorted by already, the other way round."""
        by = "" if name == "ref" else name
        turned = by == self.arrangement.sort and not self.arrangement.descending
        self.show_arranged(replace(self.arrangement, sort=by, descending=turned))

    def action_reverse_order(self) -> None:
        """Turn the order round."""
        self.show_arranged(replace(self.arrangement, descending=not self.arrangement.descending))

    def action_group_rows(self) -> None:
        """Ask what the list is to be grouped by."""
        lines = [Line(plain("not grouped"), "")]
        lines += [Line(self._told(name), name) for name in groupable(self.kind)]
        self._choose("Group by", lines, self.arrangement.group, self.group_by)

    def group_by(self, name: str) -> None:
        """Group by a field; by nothing where it is empty."""
        self.show_arranged(replace(self.arrangement, group=name))

    def action_fold_groups(self) -> None:
        """Fold or unfold all."""
        if self.arrangement.group:
            self.table.fold_all()
        else:
            self.host.tell(plain("The list is not grouped; z groups it."))

    def action_choose_columns(self) -> None:
        """Ask which columns are shown."""
        dialog = ColumnsDialog(self.kind, self.arrangement, self.table.widths)
        self.app.push_screen(dialog, lambda chosen: self.show_arranged(chosen) if chosen is not None else None)

    def action_mark_row(self) -> None:
        """Mark the row, or let it go."""
        self.table.mark()
        self.say_count()

    def action_mark_on(self, step: int) -> None:
        """Mark the row and the next."""
        self.table.mark(onwards=step)
        self.say_count()

    def action_mark_all(self) -> None:
        """Mark everything shown, or let all go."""
        self.table.mark_all()
        self.say_count()

    def action_change_marked(self) -> None:
        """Ask what is to be the same for all marked records."""
        marked = self.table.marked_rows
        if not marked:
            self.host.tell(plain("Nothing is marked. space marks a record, * everything that the filter leaves."))
        else:
            self.host.ask_many(self.kind, marked)

    def action_saved_views_of_this_list(self) -> None:
        """Offer the saved views of the list, and to keep what it shows as one."""
        self.fetch("own-views", own_views, self._offer_views)

    def action_only_overdue(self) -> None:
        """Narrow the list to what is overdue, beside what the filter says already; or take that back."""
        if OVERDUE not in fields_for(self.kind):
            self.host.tell(plain(f"{self.kind.plural} have no day by which they are due."))
            return
        parts = [part for part in self.bar.text.split() if part != f"{OVERDUE}=yes"]
        if len(parts) == len(self.bar.text.split()):
            parts.append(f"{OVERDUE}=yes")
        self.bar.say(" ".join(parts))
        self.set_class(bool(parts), "-narrowed")

    def action_export_list(self) -> None:
        """Ask where the list goes."""
        how, groups = self.arrangement, self.table.groups
        taken = Taken(
            self.kind, self.trail, self.bar.text.strip(), how.columns,
            [(group.name, [row.ref for row in group.rows if isinstance(row, View)]) for group in groups], how.group,
            sum(not isinstance(row, View) for row in self.table.rows_shown),
        )  # fmt: skip
        self.app.push_screen(ExportDialog(taken, self.in_plain_text()))

    def _offer_views(self, own: object) -> None:
        views = [view for view in own if view.kind == self.kind.name] if isinstance(own, list) else []
        lines = views_offered(self.session.snapshot, self.kind, views)
        self.app.push_screen(ChooseDialog(plain(f"Saved views: {self.kind.plural.lower()}"), lines), self._view_chosen)

    def _view_chosen(self, chosen: object) -> None:
        if isinstance(chosen, ShownList):
            self.host.open_view(chosen)
        elif chosen == FOR_ALL:
            self.host.ask_keep_view(self.shown_list)
        elif chosen == FOR_ME:
            self.host.ask_keep_own_view(self.shown_list)

    @property
    def shown_list(self) -> ShownList:
        """What a saved view keeps of the list as it is shown now."""
        how = self.arrangement
        return ShownList(
            kind=self.kind.name, title="", filter=self.bar.text.strip(), columns=how.columns, widths=how.widths,
            sort=how.sort, descending=how.descending, group=how.group,
        )  # fmt: skip

    def let_marks_go(self) -> None:
        """Let every mark go, once what was marked is changed."""
        self.table.let_go()
        self.say_count()

    def action_show_withdrawn(self) -> None:
        """Show withdrawn records too, or leave them out."""
        self._withdrawn = not self._withdrawn
        self.show()

    @on(RecordTable.HeadingChosen)
    def heading_chosen(self, event: RecordTable.HeadingChosen) -> None:
        """Sort by the column."""
        self.sort_by(event.name)

    @on(RecordTable.Widened)
    def widened(self, event: RecordTable.Widened) -> None:
        """Keep the width."""
        self.arrangement = replace(self.arrangement, widths={**self.arrangement.widths, event.name: event.width})

    def show_arranged(self, arrangement: Arrangement) -> None:
        """Show the list so arranged."""
        self.arrangement = arrangement
        self.show()

    def show(self, at: str | None = None) -> None:
        """Show what the filter leaves, arranged; the cursor at ``at``, else where it was."""
        self._at = at or self._at
        try:
            terms = terms_of(self.bar.text, self.kind)
        except FilterError as error:
            self._say_wrong(error)
            return
        asked = Asked(self.kind, terms, self.arrangement, self._withdrawn)
        if not self.session.is_large:
            self._show_or_say(asked, _worked_out(self.session, asked))
        else:
            self._patience.begin("reading …")
            self.fetch(
                "rows", partial(_worked_out_while_wanted, self.session, asked), partial(self._show_or_say, asked)
            )

    def _show_or_say(self, asked: Asked, outcome: object) -> None:
        self._patience.end()
        if not self.is_attached or outcome is None:
            return
        if isinstance(outcome, Exception):
            self._say_wrong(outcome)
        elif isinstance(outcome, Arranged):
            self._counted = (outcome.shown, outcome.total)
            self.table.show_groups(outcome.groups, asked.arrangement, self._at)
            self._at = None
            self.call_later(self.rows_changed)
            self.say_count()
            self.query_one("#told-filter", Words).say(plain(self._nothing(outcome.total)))
            self.set_class(not outcome.shown, "-told")

    def say_count(self) -> None:
        """Say above how many are shown, of how many, in which order, and how many are marked."""
        shown, total = self._counted
        told = [f"{shown:,} of {total:,}" if shown != total else f"{total:,}"]
        marked = len(self.table.marked_rows)
        if marked:
            told.insert(0, f"{marked:,} marked")
        if self.bar.text and not self.has_class("-narrowed"):
            told.append(self.bar.text)
        self._say_top(" · ".join(told))

    def later(self, name: str, do: Callable[[], object]) -> None:
        """Do something once no key was pressed for a moment."""
        if name in self._resting:
            self._resting[name].stop()
        self._resting[name] = self.set_timer(WAIT, do)

    def _say_top(self, said: str) -> None:
        self.query_one(TopLine).say(plain_line(self.trail, "bold"), plain_line(said, "bold"))

    def _say_wrong(self, error: Exception) -> None:
        self.query_one("#told-filter", Words).say(plain_line(error, self.tones.soon))
        self.add_class("-told")

    def _choose(self, heading: str, lines: list[Line], at: str, then: Callable[[str], None]) -> None:
        def chosen(name: object) -> None:
            if isinstance(name, str):
                then(name)

        self.app.push_screen(ChooseDialog(plain(heading), lines, at), chosen)

    def _told(self, name: str, sign: str = "") -> Text:
        return plain_line(f"{label_of(self.kind, name)} {sign}".rstrip())

    def _sign(self, name: str) -> str:
        if name != (self.arrangement.sort or "ref"):
            return ""
        return DOWNWARDS if self.arrangement.descending else UPWARDS

    def _nothing(self, total: int) -> str:
        if total:
            return "Nothing fits this filter. / and Esc take it back."
        if self.session.moment:
            return f"There were no {self.kind.plural.lower()} then."
        return f"There are no {self.kind.plural.lower()} here yet. Press a to add one."


def _worked_out(session: Session, asked: Asked) -> object:
    """Return what a list shows, or what is wrong with its filter."""
    try:
        return arranged(session.snapshot, asked)
    except FilterError as error:
        return error


def _worked_out_while_wanted(session: Session, asked: Asked) -> object:
    """Return the same from a worker thread; None once another list is asked for."""
    worker = get_current_worker()
    try:
        return arranged(session.snapshot, asked, lambda: not worker.is_cancelled)
    except NoLongerWantedError:
        return None
