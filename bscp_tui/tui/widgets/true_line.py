"""The second row of the time bar: when things were true that were recorded on another day, and the day asked for."""

import datetime as dt

from rich.text import Text
from textual import events
from textual.message import Message
from textual.widget import Widget

from bscp_tui.tui.safe_text import plain, stacked
from bscp_tui.tui.timeline import Scale, scale_of, times_of
from bscp_tui.tui.tones import Tones
from bscp_tui.tui.truth import Truth

ASKED = "△"


class TrueLine(Widget, can_focus=True):
    """Blocks and a sign below them: two lines, over the same scale as the first row. The mouse picks a day."""

    class Picked(Message):
        """Somebody pointed at a day."""

        def __init__(self, day: dt.date | None) -> None:
            """Say which; None is what was recorded, as it was recorded."""
            super().__init__()
            self.day = day

    truth: Truth | None = None
    _known_scale: tuple[int, Scale] | None = None

    def show_truth(self, truth: Truth) -> None:
        """Show which day is asked for."""
        if self.truth is None or self.truth.days is not truth.days:
            self._known_scale = None
        self.truth = truth
        self.refresh()

    def render(self) -> Text:
        """Draw the two lines."""
        if self.truth is None or not self.truth.place.entries or not self.size.width:
            return Text()
        tones, scale = Tones(self.app), self._scale(self.truth)
        counts = [0] * scale.width
        for day, count in self.truth.apart.items():
            counts[scale.column_of(dt.date.fromordinal(day))] += count
        line = plain(scale.blocks_of(counts), tones.accent)
        at = scale.column_of(self.truth.day) if self.truth.day else None
        if at is None:
            return stacked(line, plain(""))
        line.stylize("reverse", at, at + 1)
        return stacked(line, plain(" " * at + ASKED, "bold"))

    def on_click(self, event: events.Click) -> None:
        """Pick the day that falls there; from the day on which it is known on, nothing differs."""
        if self.truth is None or not self.truth.place.entries:
            return
        scale = self._scale(self.truth)
        day = (scale.begin + (scale.end - scale.begin) * (event.x / max(1, scale.width - 1))).date()
        self.post_message(self.Picked(day if day < self.truth.known else None))

    def _scale(self, truth: Truth) -> Scale:
        """Return the scale, made once for a width: a long history has many entries."""
        width = self.size.width
        if self._known_scale is None or self._known_scale[0] != width:
            self._known_scale = (width, scale_of(times_of(truth.place.entries), truth.place.today, width))
        return self._known_scale[1]
