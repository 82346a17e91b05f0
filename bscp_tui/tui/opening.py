"""The application's part in opening screens: lists, records, their links and rows, the history."""

from abc import abstractmethod
from functools import cached_property
from typing import TYPE_CHECKING

from bscp_tui.model.kinds import KINDS
from bscp_tui.model.shown_list import ShownList
from bscp_tui.model.view import View
from bscp_tui.tui.asking import Asking
from bscp_tui.tui.lineage import filter_beside
from bscp_tui.tui.menu import GoTo, History, More, Reports
from bscp_tui.tui.safe_text import plain_line

if TYPE_CHECKING:
    from bscp_tui.history.rows import HistoryRow
    from bscp_tui.tui.drafts import Draft
    from bscp_tui.tui.screens.sitting import Begun
    from bscp_tui.tui.session import Session


class Opening(Asking):
    """The part of the application that opens screens."""

    @cached_property
    def _sittings(self) -> "dict[str, Begun]":
        """What was entered of each sitting that was begun, by its meeting."""
        return {}

    def go(self, goes: type[GoTo]) -> None:
        """Open what a command of the menu means, at once."""
        others = {History: self.action_whole_history, Reports: self.action_every_report, More: self.action_every_list}
        if goes in others:
            others[goes]()
        else:
            self.action_go_to(goes.kind)

    def action_go_to(self, kind: str) -> None:
        """Open a list of the menu; the plans at the current one."""
        self.open_list(kind, at=self.session.snapshot.settings.current_plan)

    def action_whole_history(self) -> None:
        """Open the history of the whole register."""
        self.open_history()

    def action_every_list(self) -> None:
        """Show every list of the register."""
        from bscp_tui.tui.screens.every_list import EveryListScreen

        self.push_screen(EveryListScreen())

    def action_every_report(self) -> None:
        """Show the reports."""
        from bscp_tui.tui.screens.reports import ReportsScreen

        self.push_screen(ReportsScreen())

    def action_pictures_of_progress(self) -> None:
        """Show the pictures."""
        from bscp_tui.tui.screens.pictures import PicturesScreen

        if hasattr(self, "session"):
            self.push_screen(PicturesScreen())

    def action_see_queries(self) -> None:
        """Show what is questionable in the register."""
        self.open_queries()

    def open_queries(self, *, new: bool = False) -> None:
        """Show every query, or only those that came after the register was made."""
        from bscp_tui.tui.screens.queries import QueriesScreen

        if hasattr(self, "session"):
            self.push_screen(QueriesScreen(new=new))

    def open_list(
        self, kind: str, narrowed: str = "", trail: str = "", at: str | None = None, *, withdrawn: bool = False
    ) -> None:
        """Open the list of a kind, narrowed by a filter, beginning at a reference."""
        from bscp_tui.tui.screens.records import RecordsScreen

        self.push_screen(RecordsScreen(KINDS[kind], narrowed, trail, at, withdrawn=withdrawn))

    def open_view(self, shown: ShownList) -> None:
        """Open the list that a saved view shows."""
        from bscp_tui.tui.arranging import arrangement_of
        from bscp_tui.tui.screens.records import RecordsScreen

        kind = KINDS.get(shown.kind)
        if kind is None:
            self.tell(plain_line(f"The view “{shown.title}” is of a list that is not known here: {shown.kind}."))
        else:
            arranged = arrangement_of(shown, kind)
            self.push_screen(RecordsScreen(kind, shown.filter, shown.title, arrangement=arranged))

    def open_record(self, view: View) -> None:
        """Open the list that a record stands in, at the record; a saved view opens what it shows."""
        shown = view.item.shown_list()
        if shown is not None:
            self.open_view(shown)
            return
        self.open_list(view.kind.name, filter_beside(view), at=view.ref, withdrawn=view.withdrawn)

    def open_history(self, ref: str | None = None) -> None:
        """Open the history, of one record or of all."""
        from bscp_tui.tui.screens.history import HistoryScreen

        self.push_screen(HistoryScreen(ref))

    def open_entry(self, row: "HistoryRow") -> None:
        """Open the entry that made a change, at that change."""
        from bscp_tui.tui.screens.entry import EntryScreen

        self.push_screen(EntryScreen(row.commit, row.ref, row.field))

    def open_where_it_is(self, ref: str, path: str) -> None:
        """Open the record that a change is of, if the day that is shown has it."""
        row = self.session.row_at(ref, path)
        if isinstance(row, View):
            self.open_record(row)
        else:
            day = self.session.moment.shown if self.session.moment else "as at today"
            self.tell(plain_line(f"{ref} is not in the register {day}."))

    def action_update_round(self) -> None:
        """Open the update round."""
        from bscp_tui.tui.screens.update_round import UpdateRoundScreen

        self.push_screen(UpdateRoundScreen())

    def open_draft(self, draft: "Draft") -> None:
        """Open the dialog that a draft was typed in, on the screen that it belongs to."""
        from bscp_tui.tui.screens.begin_round import BeginRoundDialog, RemindDialog
        from bscp_tui.tui.screens.rollover import RolloverDialog

        row = self.session.row_at(draft.ref)
        if draft.dialog == RolloverDialog.name_of_dialog:
            self.action_step_to_the_next_plan()
        elif draft.dialog == BeginRoundDialog.name_of_dialog and not self.say_why_not():
            self.action_update_round()
            self.push_screen(BeginRoundDialog())
        elif draft.dialog == RemindDialog.name_of_dialog and isinstance(row, View) and not self.say_why_not():
            self.action_update_round()
            self.push_screen(RemindDialog(row))
        else:
            super().open_draft(draft)

    def action_step_to_the_next_plan(self) -> None:
        """Ask about the step from one plan to the next."""
        from bscp_tui.tui.screens.rollover import RolloverDialog

        if not self.say_why_not():
            self.push_screen(RolloverDialog())

    def action_begin_an_empty_register(self) -> None:
        """Ask what another partnership's register begins with."""
        from bscp_tui.tui.screens.begin_empty import BeginEmptyDialog

        self.push_screen(BeginEmptyDialog(), self.change_register)

    @abstractmethod
    def change_register(self, session: "Session | None") -> None:
        """Show Home of another register, where there is one; the application knows how."""

    def open_links(self, view: View) -> None:
        """Open the list of what a record names and what names it."""
        from bscp_tui.tui.screens.links import LinksScreen

        self.push_screen(LinksScreen(view))

    def action_sitting(self) -> None:
        """Open the sitting of the meeting under the cursor; elsewhere the list of meetings, to choose one."""
        view = getattr(self.screen, "view", None)
        meetings = next(kind for kind in KINDS.values() if kind.model.decides)
        if isinstance(view, View) and view.item.decides:
            if not self.say_why_not():
                self._open_sitting(view)
        elif getattr(self.screen, "kind", None) is meetings:
            self.tell(plain_line("There is no meeting yet. Press a to add one."))
        else:
            self.open_list(meetings.name, trail="Choose the meeting, then S")

    def _open_sitting(self, meeting: View) -> None:
        from bscp_tui.tui.screens.sitting import SittingScreen

        made = SittingScreen(meeting, self._sittings.get(meeting.ref))
        self._sittings[meeting.ref] = made.begun
        self.push_screen(made)

    def open_rows(self, view: View) -> None:
        """Open the tables inside a record."""
        from bscp_tui.tui.screens.rows import RowsScreen

        self.push_screen(RowsScreen(view))
