"""What the screens of reports share: lines to scroll along, made in a thread, kept as a file, published from."""

from functools import partial
from typing import ClassVar

from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from bscp_tui.reports.forms.plain_text import Line
from bscp_tui.reports.making import Wanted
from bscp_tui.reports.producing import Product, produced
from bscp_tui.tui import asked_reports, report_figures
from bscp_tui.tui import commands as c
from bscp_tui.tui.patience import Patience
from bscp_tui.tui.report_commands import KeepAsFile
from bscp_tui.tui.report_lines import Told, numbers_in, styled
from bscp_tui.tui.safe_text import joined, plain, plain_line
from bscp_tui.tui.screens.base import RegisterScreen, TopLine
from bscp_tui.tui.screens.choosing import ChooseDialog
from bscp_tui.tui.widgets.foot import Foot
from bscp_tui.tui.widgets.virtual_list import VirtualList
from bscp_tui.tui.widgets.words import Line as Choosable
from bscp_tui.tui.widgets.words import Words

MARGIN = 3  # columns beside the lines: a scrollbar, and a blank at either side
BEFORE = "The report is still being made; wait until it stands here."


class ReportLines(VirtualList):
    """The lines of a report; the screen says what Enter does with one, if anything."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "select", show=False)]


class MadeScreen(RegisterScreen):
    """A report on the screen: made in a thread, so that it can be left at any time; a fault leaves it as it was."""

    commands: ClassVar[tuple[type[c.Command], ...]] = (c.PublishFigure, KeepAsFile, c.Back, c.Home)
    BINDINGS: ClassVar[list[BindingType]] = c.bindings_of(commands)
    AUTO_FOCUS = "#list"

    def __init__(self, wanted: Wanted) -> None:
        """Show what ``wanted`` asks for, as at the day that the screens show."""
        super().__init__()
        self.wanted = wanted
        self.product: Product | None = None
        self.lines: list[Line] = []
        self._patience = Patience(self, self._say_right)
        self._laid = 0

    @property
    def heading(self) -> str:
        """What stands at the top left."""
        return "Report"

    def in_plain_text(self) -> str:
        """Return the command that prints the same."""
        return asked_reports.command(self.session, self.wanted)

    def compose(self) -> ComposeResult:
        """Lay out the lines above the command that says the same."""
        yield TopLine(plain_line(self.heading, "bold"), plain("making …"))
        yield ReportLines(id="list")
        yield Words(id="same")
        yield Foot()

    def on_mount(self) -> None:
        """Make the report."""
        self.make()

    def register_changed(self) -> None:
        """Make it anew, as the register is now or as the day shown was."""
        self.make()

    def on_resize(self) -> None:
        """Lay it out for the new width."""
        if self.product is not None and self._laid not in {0, self.room}:
            self.lay_out()

    @property
    def room(self) -> int:
        """How many columns the lines may take."""
        return max(self.size.width - MARGIN - (2 if self.session.moment else 0), 40)

    def make(self) -> None:
        """Make the report in a thread; what stands there stays until it is made."""
        self._patience.begin("making …")
        self.query_one("#same", Words).say(plain_line(f"In plain text: {self.in_plain_text()}", self.tones.quiet))
        asked = asked_reports.as_shown(self.session, self.wanted)
        self.fetch("report", partial(produced, self.session.register, asked), self._made)

    def lay_out(self) -> None:
        """Show the lines of what was made."""

    def show(self, lines: list[Line], at: int = 0) -> None:
        """Show lines, the cursor at one of them."""
        self.lines, tones = lines, self.tones
        self._laid = self.room

        def draw(place: int, _width: int) -> Text:
            return joined(plain(" "), styled(lines[place], tones))

        self.query_one(VirtualList).show_lines(len(lines), draw, at=at)

    def _made(self, outcome: object) -> None:
        self._patience.end()
        if not self.is_mounted:
            return
        if isinstance(outcome, Product):
            self.product = outcome
            self.lay_out()
        else:
            self._say_fault(str(outcome))

    def _say_fault(self, fault: str) -> None:
        """Say why there is no report; what was made before stays, but for a fault of the very first."""
        self._say_right("not made")
        if self.product is None:
            self.show([Line(fault, "words"), Line("", ""), Line("esc leads back.", "fact")])
        else:
            self.host.tell(plain(fault), serious=True)

    def _say_right(self, said: str) -> None:
        if self.is_mounted:
            self.query_one(TopLine).say(plain_line(self.heading, "bold"), plain_line(said))

    def action_keep_as_file(self) -> None:
        """Ask for the form and the file."""
        from bscp_tui.tui.screens.keep_report import KeepReportDialog

        if self.product is None:
            self.host.tell(plain(BEFORE))
        else:
            self.host.push_screen(KeepReportDialog(self.product))

    def action_publish_figure(self) -> None:
        """Make a published figure of the number under the cursor; of several, ask which."""
        found = self.numbers_here()
        if self.product is None:
            self.host.tell(plain(BEFORE))
        elif not found:
            self.host.tell(plain("There is no number in this line. Go to one: a row of a table, or a fact above."))
        elif len(found) == 1:
            self._publish(found[0])
        else:
            told = [Choosable(plain_line(f"{each.value:>8,}  {each.what}"), each) for each in found]
            self.app.push_screen(ChooseDialog(plain("Which of the numbers is published?"), told), self._publish)

    def numbers_here(self) -> list[Told]:
        """Return the numbers of the line under the cursor."""
        at = self.query_one(VirtualList).cursor
        return numbers_in(self.lines[at], self.product.paper) if self.product and at < len(self.lines) else []

    def _publish(self, told: object) -> None:
        if isinstance(told, Told) and self.product is not None:
            self.host.ask_published(report_figures.of_report(told, self.product.made))

    @on(VirtualList.Selected)
    def chosen(self) -> None:
        """Enter does here what the screen says; in a report there is nothing to open."""
