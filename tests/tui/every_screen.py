"""Every screen and every sort of dialog, and what opens it, for what holds of all of them."""

import datetime as dt
from collections.abc import Callable

from bscp_tui.model.kinds import KINDS
from bscp_tui.model.view import View
from bscp_tui.reports.making import Wanted
from bscp_tui.rounds.proposals import Proposal
from bscp_tui.rounds.receiving import Reading
from bscp_tui.sharing.conflicts import SharedConflict, Side
from bscp_tui.tui import commands as c
from bscp_tui.tui.app import RegisterApp
from bscp_tui.tui.arranging import Arrangement
from bscp_tui.tui.safe_text import plain
from bscp_tui.tui.screens.answers import AnswerDialog, AnswersScreen
from bscp_tui.tui.screens.choosing import ChooseDialog
from bscp_tui.tui.screens.columns import ColumnsDialog
from bscp_tui.tui.screens.entry import EntryScreen
from bscp_tui.tui.screens.keys import KeyDialog, KeysScreen
from bscp_tui.tui.screens.read_returns import ReadReturnsDialog
from bscp_tui.tui.screens.report import ReportScreen
from bscp_tui.tui.screens.simple import MessageScreen
from bscp_tui.tui.screens.sitting import SittingScreen
from bscp_tui.tui.screens.two_values import TwoValuesDialog
from bscp_tui.tui.widgets.words import Line
from tests.tui.conftest import TODAY

Opener = Callable[[RegisterApp], object]
ANSWER = Proposal("2025-27/2.1.2", "key-action", "update", None, "Five", "Five", "new", "", "Sam", "UR-1.1",
                  ("a.docx", "0"), "row 1", TODAY)  # fmt: skip
NOON = dt.datetime(2026, 11, 20, 12, tzinfo=dt.UTC)
REF = "2025-27/2.1.2"


def view(app: RegisterApp, ref: str = REF) -> View:
    """Return a record."""
    found = app.session.row_at(ref)
    assert isinstance(found, View)
    return found


def conflict(app: RegisterApp) -> SharedConflict:
    """Return two values of one field, each as long as values are."""
    mine, theirs = (
        Side(word * 20, name, "someone@example.org", NOON, "Why not?", "aaaa-bbbb", "0" * 40)
        for word, name in (("mine ", "Sam"), ("theirs ", "Kim"))
    )
    return SharedConflict(REF, "Youth violence team", view(app).path, "key_actions.2.note", "note", ("note",), None,
                          mine, theirs)  # fmt: skip


# Home is where one begins; each of these is opened from there, in a register with the meeting MT-0001.
EVERY_SCREEN: dict[str, Opener] = {
    "list": lambda app: app.open_list("key-action"),
    "history": lambda app: app.open_history(),
    "entry": lambda app: app.push_screen(EntryScreen(app.session.head or "")),
    "queries": lambda app: app.action_see_queries(),
    "report": lambda app: app.push_screen(ReportScreen(Wanted("summary"))),
    "pictures": lambda app: app.action_pictures_of_progress(),
    "comparison": lambda app: app.action_compare_days(),
    "round": lambda app: app.action_update_round(),
    "answers": lambda app: app.push_screen(AnswersScreen(Reading(proposals=[ANSWER]), None)),
    "import": lambda app: app.action_import_document(),
    "exchange": lambda app: app.action_send_and_receive(),
    "settings": lambda app: app.action_settings(),
    "keys": lambda app: app.push_screen(KeysScreen()),
    "rows": lambda app: app.open_rows(view(app)),
    "links": lambda app: app.open_links(view(app)),
    "sitting": lambda app: app.push_screen(SittingScreen(view(app, "MT-0001"), None)),
    "time bar": lambda app: app.action_travel_in_time(),
    "status": lambda app: app.ask("status", view(app)),
    "columns": lambda app: app.push_screen(
        ColumnsDialog(KINDS["key-action"], Arrangement(KINDS["key-action"].columns), {})
    ),
    "returns": lambda app: app.push_screen(ReadReturnsDialog()),
    "two values": lambda app: app.push_screen(TwoValuesDialog(conflict(app))),
    "join": lambda app: app.action_join_a_shared_copy(),
    "whole": lambda app: app.action_check_that_this_history_is_whole(),
    "tour": lambda app: app.action_tour(),
    "help": lambda app: app.action_help(),
    "choice": lambda app: app.push_screen(
        ChooseDialog(plain("Sort by"), [Line(plain(str(place)), place) for place in range(40)])
    ),
    "answer": lambda app: app.push_screen(AnswerDialog(ANSWER)),
    "other key": lambda app: app.push_screen(KeyDialog(c.ChangeStatus)),
    "fault": lambda app: app.push_screen(MessageScreen(plain("It cannot be opened"), plain("Long.\n" * 40))),
}
