"""The queries of the register: what is questionable, where, and what would mend it."""

from functools import partial
from typing import ClassVar

from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.widgets import OptionList

from bscp_tui.checks.all_rules import ABOUT
from bscp_tui.checks.query import Query
from bscp_tui.checks.running import check, new_queries
from bscp_tui.model.kinds import KINDS
from bscp_tui.model.view import View
from bscp_tui.tui import commands as c
from bscp_tui.tui.safe_text import joined, plain, plain_line, stacked
from bscp_tui.tui.screens.base import RegisterScreen, TopLine
from bscp_tui.tui.session import Session
from bscp_tui.tui.widgets.foot import Foot
from bscp_tui.tui.widgets.words import Line, Lines, Words

SIGNS = {"error": "▲", "warning": "!", "info": "·"}
REF, RULE = 16, 26


class QueriesScreen(RegisterScreen):
    """Every query, errors first; below, the whole of the one under the cursor."""

    commands: ClassVar[tuple[type[c.Command], ...]] = (
        c.Open, c.EditRecord, c.AcceptQuery, c.OnlyNewQueries, c.Back, c.Home,
    )  # fmt: skip
    BINDINGS: ClassVar[list[BindingType]] = c.bindings_of(commands[1:])
    AUTO_FOCUS = "#list"

    def __init__(self, *, new: bool = False) -> None:
        """Show all, or only those that came after the register was made."""
        super().__init__()
        self._new = new
        self._queries: list[Query] = []

    def compose(self) -> ComposeResult:
        """Lay out the list above what is said of one."""
        yield TopLine(plain("Queries", "bold"), plain("looking …"))
        yield Lines([], id="list")
        with VerticalScroll(id="query", can_focus=False):
            yield Words(id="told")
        yield Foot()

    def on_mount(self) -> None:
        """Look at the register."""
        self.frame_day()
        self.register_changed()

    def register_changed(self) -> None:
        """Look again."""
        self.fetch("queries", partial(_found, self.session, new=self._new), self._show)

    def action_accept_query(self) -> None:
        """Accept the query under the cursor: reason, person, end."""
        from bscp_tui.tui.screens.add import AddForm

        query = self._under_cursor()
        if query is None or self.host.say_why_not():
            return
        begins = {"title": query.rule, "about": query.ref} | ({"field": query.field} if query.field else {})
        self.host.push_screen(AddForm(KINDS["acceptance"], {}, begins, about=f"{query.ref} {query.rule}"))

    def action_edit_record(self) -> None:
        """Open the form that edits the record of the query, at the field that it is about."""
        query = self._under_cursor()
        if query is None:
            return
        row = self.session.row_at(query.ref, query.path)
        if isinstance(row, View):
            # "key_actions.1.status" is the status of a row that is a record, "agencies.2" one of several.
            field = next((step for step in reversed((query.field or "").split(".")) if not step.isdigit()), "")
            self.host.ask("status" if field == "status" else "edit", row, at=field)
        else:
            self.host.tell(plain_line(f"{query.path}, line {query.line}: there is no record to edit."))

    def action_only_new_queries(self) -> None:
        """Show all, or only those that came after the register was made."""
        self._new = not self._new
        self.register_changed()

    def action_open(self) -> None:
        """Open the record of the query."""
        self.query_one(Lines).action_select()

    @on(OptionList.OptionSelected)
    def opened(self, event: OptionList.OptionSelected) -> None:
        """Open the record that the query is about."""
        event.stop()
        query = self._under_cursor()
        if query is None:
            return
        if self.session.row_at(query.ref, query.path) is None:
            self.host.tell(plain_line(f"{query.path}, line {query.line}: there is no record to open."))
        else:
            self.host.open_where_it_is(query.ref, query.path)

    @on(OptionList.OptionHighlighted)
    def highlighted(self) -> None:
        """Say the whole of the query under the cursor."""
        query = self._under_cursor()
        self.query_one("#told", Words).say(plain("") if query is None else self._told(query))

    def _under_cursor(self) -> Query | None:
        place = self.query_one(Lines).highlighted
        return self._queries[place] if place is not None and place < len(self._queries) else None

    def _show(self, found: object) -> None:
        if not self.is_mounted:
            return
        if not isinstance(found, list):
            self.host.tell(plain(found), serious=True)
            return
        self._queries = found
        errors = sum(query.severity == "error" and not query.accepted for query in found)
        which = "since the register was made" if self._new else "in the register"
        self.query_one(TopLine).say(
            plain("Queries", "bold"), plain(f"{len(found)} {which}, {errors} error{'' if errors == 1 else 's'}")
        )
        lines = self.query_one(Lines)
        lines.show_lines([self._line(query) for query in found] or [Line(plain("Nothing is questionable."))])
        if lines.highlighted is None:
            lines.highlighted = 0
        self.highlighted()

    def _line(self, query: Query) -> Line:
        tone = {"error": self.tones.bad, "warning": self.tones.soon}.get(query.severity, self.tones.quiet)
        said = "accepted" if query.accepted else query.message
        told = joined(
            plain(f"{SIGNS[query.severity]} ", tone),
            plain_line(f"{query.ref[:REF]:<{REF}} "),
            plain(f"{query.rule[:RULE]:<{RULE}} ", self.tones.quiet),
            plain_line(said),
        )
        return Line(told, (query.rule, query.ref, query.field))

    def _told(self, query: Query) -> Text:
        about = ABOUT[query.rule]
        where = f"{query.path}, line {query.line}" + (f", {query.field}" if query.field else "")
        told = [
            plain(f"{query.severity}: {query.message}", "bold"),
            plain(f"{about.means} {about.why}"),
            plain(f"To mend: {query.fix}"),
            plain_line(where, self.tones.quiet),
        ]
        if query.accepted:
            told.insert(1, plain(f"Accepted: {query.accepted}", self.tones.soon))
        return stacked(*told)


def _found(session: Session, *, new: bool) -> list[Query]:
    """Return the queries of what the screens show; for a worker thread."""
    look = new_queries if new else check
    return look(session.register, session.snapshot)
