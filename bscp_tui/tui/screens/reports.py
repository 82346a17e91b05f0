"""The reports: which there are, for whom, and what each holds."""

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.widgets import OptionList

from bscp_tui.reports.all_reports import REPORTS
from bscp_tui.reports.making import Wanted
from bscp_tui.reports.report import ReportKind
from bscp_tui.tui import commands as c
from bscp_tui.tui.safe_text import joined, plain, plain_line, stacked
from bscp_tui.tui.screens.base import RegisterScreen, TopLine
from bscp_tui.tui.widgets.foot import Foot
from bscp_tui.tui.widgets.words import Line, Lines, Words

TITLE = max(len(kind.title) for kind in REPORTS.values())

PADDING = 5  # cells that a frame, the scrollbar and the margins of a line take


class ReportsScreen(RegisterScreen):
    """Every report with its reader, and below what the one under the cursor holds; Enter shows it.

    What a report has to know first (of which agency, of which record) is asked before it is made.
    """

    commands: ClassVar[tuple[type[c.Command], ...]] = (c.Open, c.PicturesOfProgress, c.MakePagesForScrutineers, c.Back,
                                                       c.Home)  # fmt: skip
    BINDINGS: ClassVar[list[BindingType]] = [
        *c.bindings_of((c.Back, c.Home)),
        c.PicturesOfProgress.binding(in_footer=True),
        Binding("left", "back", show=False),
    ]
    AUTO_FOCUS = "#list"

    def in_plain_text(self) -> str:
        """Return the command that lists the same."""
        return "bscp report"

    def compose(self) -> ComposeResult:
        """Lay out the list above what is said of one."""
        yield TopLine(plain("Reports", "bold"), plain(f"{len(REPORTS)}"))
        yield Lines([self._line(kind) for kind in REPORTS.values()], id="list")
        with VerticalScroll(id="about-report", can_focus=False):
            yield Words(id="told")
        yield Foot()

    def on_mount(self) -> None:
        """Stand on the first."""
        self.query_one(Lines).highlighted = 0

    def register_changed(self) -> None:
        """Show the list in the colours of now."""
        self.query_one(Lines).show_lines([self._line(kind) for kind in REPORTS.values()])

    def on_resize(self) -> None:
        """Cut the lines where the screen ends."""
        self.register_changed()

    @on(OptionList.OptionHighlighted)
    def highlighted(self) -> None:
        """Say what the report under the cursor holds."""
        kind = self._under_cursor()
        if kind is not None:
            holds = f"{kind.told[:1].upper()}{kind.told[1:]}"
            told = [plain(holds), plain_line(f"For {kind.reader}.", self.tones.quiet),
                    plain_line(f"In plain text: bscp report {kind.name}", self.tones.quiet)]  # fmt: skip
            self.query_one("#told", Words).say(stacked(*told))

    def action_open(self) -> None:
        """Show the report under the cursor."""
        self.query_one(Lines).action_select()

    @on(OptionList.OptionSelected)
    def opened(self, event: OptionList.OptionSelected) -> None:
        """Show it; ask first what it has to know."""
        event.stop()
        kind = self._under_cursor()
        if kind is None:
            return
        if kind.needs:
            from bscp_tui.tui.screens.ask_report import AskReportDialog

            self.app.push_screen(AskReportDialog(Wanted(kind.name)), self._asked)
        else:
            self._asked(Wanted(kind.name))

    def _asked(self, wanted: Wanted | None) -> None:
        from bscp_tui.tui.screens.report import ReportScreen

        if wanted is not None:
            self.host.push_screen(ReportScreen(wanted))

    def _under_cursor(self) -> ReportKind | None:
        at = self.query_one(Lines).highlighted
        return None if at is None else list(REPORTS.values())[at]

    def _line(self, kind: ReportKind) -> Line:
        title = plain_line(f"{kind.title:<{TITLE}}")
        told = joined(title, plain_line(f"  for {kind.reader}", self.tones.quiet))
        told.truncate(max(self.app.size.width - PADDING, TITLE), overflow="ellipsis")
        return Line(told, kind.name)
