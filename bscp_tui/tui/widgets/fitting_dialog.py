"""A dialog whose questions give way to what is said below them, so that its buttons are always seen."""

from textual.containers import Vertical
from textual.widget import Widget

FRAME = 2  # lines that its border takes
FEWEST = 4  # lines of questions that are left, whatever is said


class FittingDialog(Vertical):
    """Heading, questions that scroll, what is said of them, and buttons: never more lines than the terminal has."""

    def fit(self) -> None:
        """Let the questions take the lines that the rest leaves, once that is laid out."""
        self._questions.styles.clear_rule("max_height")
        self.call_after_refresh(self._give_way)

    @property
    def _questions(self) -> Widget:
        return self.query_one(".questions")

    def _give_way(self) -> None:
        if not self.is_attached:
            return
        over = FRAME + sum(_lines_of(child) for child in self.children if child.display) - self.screen.size.height
        if over > 0:
            self._questions.styles.max_height = max(FEWEST, self._questions.outer_size.height - over)


def _lines_of(widget: Widget) -> int:
    return widget.outer_size.height + widget.styles.margin.height
