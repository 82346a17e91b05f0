"""The register's life as a line of blocks, with a sign under the place where one stands."""

from rich.text import Text
from textual import events
from textual.message import Message
from textual.widget import Widget

from bscp_tui.store.moments import Moment
from bscp_tui.tui.safe_text import plain, stacked
from bscp_tui.tui.timeline import Place, Scale, scale_of, times_of
from bscp_tui.tui.tones import Tones

HERE = "▲"


class TimeLine(Widget, can_focus=True):
    """Blocks, decisions, the place, the dates: four lines. The mouse picks a place."""

    class Picked(Message):
        """Somebody pointed at a moment."""

        def __init__(self, moment: Moment | None) -> None:
            """Say which; None is today."""
            super().__init__()
            self.moment = moment

    place: Place | None = None
    _drawn: tuple[int, Scale, str, str, str] | None = None

    def show_place(self, place: Place) -> None:
        """Show where one stands."""
        if self.place is None or self.place.entries is not place.entries:
            self._drawn = None
        self.place = place
        self.refresh()

    def render(self) -> Text:
        """Draw the four lines."""
        if self.place is None or not self.place.entries or not self.size.width:
            return Text()
        tones = Tones(self.app)
        scale, blocks, decisions, labels = self._lines(self.place)
        at = self._column(self.place, scale)
        line = plain(blocks, tones.accent)
        line.stylize("reverse", at, at + 1)
        here = plain(" " * at + HERE, "bold")
        return stacked(line, plain(decisions, tones.soon), here, plain(labels, tones.quiet))

    def on_click(self, event: events.Click) -> None:
        """Pick the last entry that falls there; the end is today."""
        if self.place is None or not self.place.entries:
            return
        scale = self._lines(self.place)[0]
        if event.x >= scale.width - 1:
            self.post_message(self.Picked(None))
            return
        until = self.place.entries.last(lambda recorded: scale.column(recorded) <= event.x)
        self.post_message(self.Picked((until or self.place.entries[0]).moment))

    def _lines(self, place: Place) -> tuple[Scale, str, str, str]:
        """Return the scale and its lines, drawn once for a width: a long history has many entries."""
        width = self.size.width
        if self._drawn is None or self._drawn[0] != width:
            times = times_of(place.entries)
            scale = scale_of(times, place.today, width)
            lines = (scale.blocks(times), scale.decisions(place.entries), scale.labels())
            self._drawn = (width, scale, *lines)
        return self._drawn[1:]

    def _column(self, place: Place, scale: Scale) -> int:
        if place.moment is None:
            return scale.width - 1
        tick = place.tick
        if place.moment.exact and tick is not None:
            return scale.column(tick.recorded)
        return scale.column_of(place.moment.day)
