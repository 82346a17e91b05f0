"""A dialog whose questions give way to what is said below them, so that its buttons are always seen."""

from textual.containers import Vertical
from textual.screen import Screen
from textual.widget import Widget

FRAME = 2  # lines that its border takes
FEWEST = 4  # lines of questions that are left, whatever is said


class FittingDialog(Vertical):
    """Heading, questions that scroll, what is said of them, and buttons: never more lines than the terminal has."""

    def on_mount(self) -> None:
        """Give way whenever something was laid out anew, whatever it was."""
        self.screen.screen_layout_refresh_signal.subscribe(self, self._give_way)

    def _give_way(self, screen: Screen[object]) -> None:
        """Let the questions take the lines that the rest leaves; the same again where they take those already."""
        questions, size = self.query_one(".questions"), screen.size
        rest = sum(_lines_of(child) for child in self.children if child.display and child is not questions)
        room = max(FEWEST, size.height - FRAME - rest - questions.styles.margin.height)
        declared = questions.styles.base.max_height
        questions.styles.max_height = min(room, int(declared.resolve(size, size))) if declared else room


def _lines_of(widget: Widget) -> int:
    return widget.outer_size.height + widget.styles.margin.height
