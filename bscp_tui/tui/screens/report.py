"""A report, read on the screen before anything is kept."""

from dataclasses import replace
from functools import partial
from typing import ClassVar

from textual.binding import BindingType

from bscp_tui.model.text import shown
from bscp_tui.reports.all_reports import REPORTS
from bscp_tui.reports.forms.columns import wrapped
from bscp_tui.reports.forms.plain_text import Line
from bscp_tui.reports.making import Wanted
from bscp_tui.tui import commands as c
from bscp_tui.tui.report_commands import AskOtherwise, KeepAsFile
from bscp_tui.tui.report_lines import laid_out
from bscp_tui.tui.safe_text import plain
from bscp_tui.tui.screens.report_base import MadeScreen
from bscp_tui.tui.widgets.virtual_list import VirtualList


class ReportScreen(MadeScreen):
    """A report as text, as wide as the screen; e asks it otherwise, ctrl+s keeps it as a file in one of nine forms.

    P makes a published figure of a number in the line under the cursor.
    """

    commands: ClassVar[tuple[type[c.Command], ...]] = (AskOtherwise, KeepAsFile, c.PublishFigure, c.Back, c.Home)
    BINDINGS: ClassVar[list[BindingType]] = c.bindings_of((AskOtherwise,))

    @property
    def heading(self) -> str:
        """The report's title."""
        return f"Reports › {REPORTS[self.wanted.report].title}"

    def lay_out(self) -> None:
        """Lay the report out for the screen's width, in a thread: some are thousands of lines."""
        if self.product is not None:
            paper = replace(self.product.paper, width=self.room)
            self.fetch("lines", partial(laid_out, paper, ascii_only=self.host.plain_signs), self._laid_out)

    def _laid_out(self, lines: object) -> None:
        if not self.is_mounted or self.product is None:
            return
        if not isinstance(lines, list):
            self.host.tell(plain(lines), serious=True)
            return
        made = self.product.made
        beside = [sentence for sentence in made.told if sentence not in made.report.opening]
        told = [Line(line, "fact") for sentence in beside for line in wrapped(shown(sentence), self.room).split("\n")]
        told += lines
        self.show(told, min(self.query_one(VirtualList).cursor, len(told) - 1))
        self._say_right(f"{len(told):,} lines")

    def action_ask_otherwise(self) -> None:
        """Ask for what the report takes."""
        from bscp_tui.tui.screens.ask_report import AskReportDialog

        self.app.push_screen(AskReportDialog(self.wanted), self._asked)

    def _asked(self, wanted: Wanted | None) -> None:
        if wanted is not None:
            self.wanted = wanted
            self.make()
