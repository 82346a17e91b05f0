"""Pictures of progress: one at a time, each turned to its table with one key."""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import on
from textual.binding import BindingType

from bscp_tui.reports.drawing import drawn
from bscp_tui.reports.due import BY_DAY, LATE
from bscp_tui.reports.forms.columns import wrapped
from bscp_tui.reports.forms.paper import grid_of
from bscp_tui.reports.forms.plain_text import Line
from bscp_tui.reports.making import Wanted
from bscp_tui.reports.month_grid import month_grid
from bscp_tui.reports.producing import Product
from bscp_tui.reports.report import Chart, ReportTable
from bscp_tui.tui import commands as c
from bscp_tui.tui.report_commands import KeepAsFile, NextPicture, PictureBefore, TurnToFigures
from bscp_tui.tui.report_lines import Told, numbers_of, table_lines
from bscp_tui.tui.screens.report_base import MadeScreen
from bscp_tui.tui.widgets.virtual_list import VirtualList

AROUND = 9  # lines beside a chart: top line, title, axis, legend, command, footer
LOWEST, HIGHEST = 6, 24
MOST_WIDE = 140


@dataclass(frozen=True)
class Picture:
    """A picture: what it draws, and what is said with it.

    Attributes:
        of: A chart, or the table of what is due day by day, which is drawn as months.
        notes: Sentences that belong to it.

    """

    of: Chart | ReportTable
    notes: Sequence[str]

    @property
    def table(self) -> ReportTable:
        """Its figures."""
        return self.of.table if isinstance(self.of, Chart) else self.of


class PicturesScreen(MadeScreen):
    """Progress by priority, done against what was due over the months, what is due when, themes, measures.

    ← and → go from picture to picture; # or Enter turns one to the table of its figures, and back. Signs tell the parts
    apart, whatever the colours. ctrl+s keeps all of them as a file, P makes a published figure of a number.
    """

    commands: ClassVar[tuple[type[c.Command], ...]] = (
        PictureBefore, NextPicture, TurnToFigures, KeepAsFile, c.PublishFigure, c.Back, c.Home,
    )  # fmt: skip
    BINDINGS: ClassVar[list[BindingType]] = c.bindings_of((PictureBefore, NextPicture, TurnToFigures))

    def __init__(self) -> None:
        """Begin with the first picture."""
        super().__init__(Wanted("pictures"))
        self.at = 0
        self.figures = False
        self._pictures: list[Picture] = []

    @property
    def heading(self) -> str:
        """The picture's title."""
        return f"Pictures › {self._pictures[self.at].table.title}" if self._pictures else "Pictures"

    def lay_out(self) -> None:
        """Show the picture, or its table."""
        if self.product is None:
            return
        self._pictures = list(_pictures(self.product))
        self.at = min(self.at, max(len(self._pictures) - 1, 0))
        if not self._pictures:
            self._say_right("nothing to draw")
            self.show([Line("Nothing is recorded yet that could be drawn.", "words")])
            return
        picture = self._pictures[self.at]
        self.set_class(not self.figures, "-drawn")
        lines = table_lines(grid_of(picture.table), self.room) if self.figures else self._drawn(picture)
        notes = [Line(line, "fact") for note in picture.notes for line in wrapped(note, self.room).split("\n")]
        self.show([*lines, *([Line("")] if notes else []), *notes])
        turned = "figures · # picture" if self.figures else "# figures"
        self._say_right(f"{self.at + 1} of {len(self._pictures)} · {turned}")

    def action_next_picture(self) -> None:
        """Show the next; after the last the first."""
        self._go(1)

    def action_picture_before(self) -> None:
        """Show the one before; before the first the last."""
        self._go(-1)

    def action_turn_to_figures(self) -> None:
        """Turn the picture to its figures, or back."""
        self.figures = not self.figures
        self.lay_out()

    @on(VirtualList.Selected)
    def chosen(self) -> None:
        """Turn the picture."""
        self.action_turn_to_figures()

    def numbers_here(self) -> list[Told]:
        """Return the numbers of the row under the cursor; of a picture all that it draws."""
        if self.figures or not self._pictures:
            return super().numbers_here()
        return numbers_of(grid_of(self._pictures[self.at].table))

    def _go(self, step: int) -> None:
        if self._pictures:
            self.at = (self.at + step) % len(self._pictures)
            self.lay_out()

    def _drawn(self, picture: Picture) -> list[Line]:
        """Return the picture's lines, as high as the screen leaves room."""
        plain_signs, today = self.host.plain_signs, self.session.today
        if isinstance(picture.of, Chart):
            height = max(LOWEST, min(self.size.height - AROUND - len(picture.notes) * 2, HIGHEST))
            width = min(self.room, MOST_WIDE)
            lines = drawn(picture.of, ascii_only=plain_signs, width=width, height=height)
            return [Line(line, "drawing") for line in lines]
        due: dict[dt.date, bool] = {}
        for day, said in zip(picture.of.column("due"), picture.of.column("timeliness"), strict=True):
            if isinstance(day, dt.date):
                due[day] = due.get(day, False) or said == LATE
        lines = month_grid(due, today, width=self.room, ascii_only=plain_signs)
        return [Line(line, "months") for line in lines]


def _pictures(product: Product) -> Iterator[Picture]:
    """Yield what of the report can be drawn; a chart without anything to draw is left out."""
    for section in product.made.report.sections:
        yield from (Picture(one, section.notes) for one in section.shown if _is_drawn(one))


def _is_drawn(one: Chart | ReportTable) -> bool:
    return bool(drawn(one)) if isinstance(one, Chart) else one.title == BY_DAY and bool(one.rows)
