"""The time bar: step through entries and decisions, or type a date, and take the day."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import ClassVar

from rich.text import Text
from textual import events, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Footer, Input

from bscp_tui.model.dates import in_short, in_words
from bscp_tui.store.moments import Moment, NoSuchMomentError, Tick, moment_of
from bscp_tui.tui import commands as c
from bscp_tui.tui import time_commands as steps
from bscp_tui.tui.patience import Patience
from bscp_tui.tui.safe_text import joined, plain, plain_line
from bscp_tui.tui.screens.base import Hosted, after_typing
from bscp_tui.tui.timeline import DECISION, Place
from bscp_tui.tui.widgets.time_line import TimeLine
from bscp_tui.tui.widgets.typing_fields import LineField, caught_up
from bscp_tui.tui.widgets.words import Words

HINT = "type a date (31 March 2026, 31/3/26, yesterday) or a register version"


@dataclass(frozen=True)
class Chosen:
    """What was chosen on the bar.

    Attributes:
        moment: The moment; None for today.
        prepared: What was read for it.

    """

    moment: Moment | None
    prepared: object = None


class TimeBar(Hosted, ModalScreen[Chosen | None]):
    """Asks for a moment of the register's life."""

    commands: ClassVar[tuple[type[c.Command], ...]] = (
        steps.TakeMoment, steps.EarlierEntry, steps.LaterEntry, steps.EarlierDecision, steps.LaterDecision,
        steps.MonthBack, steps.MonthOn, steps.Beginning, steps.PresentDay, c.Back,
    )  # fmt: skip
    BINDINGS: ClassVar[list[BindingType]] = c.bindings_of(commands)
    AUTO_FOCUS = "TimeLine"

    def __init__(self, heading: Text, moment: Moment | None, prepare: Callable[[Moment], object] | None = None) -> None:
        """Ask ``heading``, beginning at ``moment``; ``prepare`` reads, in a thread, what is then shown."""
        super().__init__()
        self._heading, self._prepare = heading, prepare
        self._place = Place((), self.session.register.today, moment) if moment else None
        self._first = moment
        self._patience = Patience(self, self._say)

    def compose(self) -> ComposeResult:
        """Lay out the bar at the foot of the screen."""
        with Vertical(classes="bar panel"):
            yield TimeLine()
            yield Words(id="here")
            yield Words(id="entry")
            yield LineField(placeholder=HINT, id="when", compact=True, select_on_focus=False)
            yield Words(id="told")
        yield Footer(show_command_palette=False)

    def on_mount(self) -> None:
        """Read the entries."""
        self.query_one(".bar").border_title = self._heading
        self._patience.begin("Reading the history …")
        self.host.fetch("ticks", self.session.ticks, self._show)

    @on(TimeLine.Picked)
    def picked(self, event: TimeLine.Picked) -> None:
        """Stand where the mouse points."""
        self._stand(event.moment)

    @on(Input.Changed, "#when")
    def typing(self, event: Input.Changed) -> None:
        """Stand at the date as soon as it can be read."""
        self._say("")
        if event.value.strip() and self._place is not None:
            try:
                self._stand(self._read(event.value), typed=True)
            except NoSuchMomentError:
                return  # told when Enter is pressed: half a date is no mistake

    def on_key(self, event: events.Key) -> None:
        """Begin to type with any letter or digit."""
        if event.character and event.character.isalnum() and not isinstance(self.focused, Input):
            self.set_focus(self.query_one("#when"))
            caught_up(self, event)

    def action_take_moment(self) -> None:
        """Take the moment: read what it needs, then close."""
        after_typing(self, self._take)

    def _take(self) -> None:
        text = self.query_one("#when", Input).value
        if self._place is None:
            return
        try:
            moment = self._read(text) if text.strip() else self._place.moment
        except NoSuchMomentError as error:
            self._say(str(error))
            return
        if moment is None or self._prepare is None:
            self.dismiss(Chosen(moment))
            return
        self._patience.begin(f"Reading the register as at {moment.said} …")
        self.host.fetch("ticks", partial(self._prepare, moment), partial(self._prepared, moment))

    def action_earlier_entry(self) -> None:
        """Stand at the entry before."""
        self._step(Place.earlier)

    def action_later_entry(self) -> None:
        """Stand at the next entry."""
        self._step(Place.later)

    def action_earlier_decision(self) -> None:
        """Stand at the last decision before."""
        self._step_decision(-1)

    def action_later_decision(self) -> None:
        """Stand at the next decision."""
        self._step_decision(1)

    def action_month_back(self) -> None:
        """Stand thirty days earlier."""
        self._step(partial(Place.month, step=-1))

    def action_month_on(self) -> None:
        """Stand thirty days later."""
        self._step(partial(Place.month, step=1))

    def action_beginning(self) -> None:
        """Stand at the first entry."""
        self._step(lambda place: place.entries[0].moment)

    def action_present_day(self) -> None:
        """Stand at today."""
        self._step(lambda _: None)

    def action_back(self) -> None:
        """Close; nothing changes."""
        self.dismiss(None)

    def _read(self, text: str) -> Moment | None:
        assert self._place is not None  # noqa: S101 - for the type checker; callers have looked
        moment = moment_of(self.session.register, self._place.entries, text)
        return None if moment.day == self._place.today and not moment.exact else moment

    def _show(self, found: object) -> None:
        self._waited()
        if not self.is_mounted:
            return
        if not isinstance(found, (list, tuple)) or not found:
            self._say(f"The history cannot be shown: {found}" if found else "There is no history yet.")
            return
        self._place = Place(found, self.session.register.today, self._first)
        self._stand(self._first)

    def _step(self, where: Callable[[Place], Moment | None]) -> None:
        if self._place is not None and self._place.entries:
            self._stand(where(self._place))

    def _step_decision(self, step: int) -> None:
        if self._place is None:
            return
        found = self._place.decision(step)
        if found == self._place.moment:
            self._say("No entry names a meeting on that side.")
        else:
            self._stand(found)

    def _stand(self, moment: Moment | None, *, typed: bool = False) -> None:
        if self._place is None:
            return
        self._place = Place(self._place.entries, self._place.today, moment)
        self.query_one(TimeLine).show_place(self._place)
        for name, text in zip(("#here", "#entry"), self._told(self._place), strict=True):
            self.query_one(name, Words).say(text)
        if not typed:
            self.set_focus(self.query_one(TimeLine))
            with self.prevent(Input.Changed):
                self.query_one("#when", Input).value = ""
            self._say("")

    def _told(self, place: Place) -> tuple[Text, Text]:
        """Say in two lines where one stands, and which entry was the last there."""
        tones = self.tones
        day = in_words(place.moment.day) if place.moment else f"today, {in_words(place.today)}"
        tick = place.tick
        count = f" · {min(place.index + 1, len(place.entries)):,} of {len(place.entries):,} entries"
        head = joined(plain(f"as at {day}", tones.accent), plain(count, tones.quiet))
        if tick is None:
            return head, plain("")
        if place.moment is not None and place.moment.exact:
            meeting = plain_line(f"  {DECISION} {tick.decided_at}" if tick.decided_at else "", tones.soon)
            return joined(head, meeting), _said(tick, f"{tick.recorded:%H:%M} {tick.by}  ", tones.quiet)
        return head, _said(tick, f"last entry {in_short(tick.recorded.date())}, {tick.by}  ", tones.quiet)

    def _prepared(self, moment: Moment, outcome: object) -> None:
        self._waited()
        if isinstance(outcome, Exception):
            self._say(f"The register as at {moment.said} cannot be read: {outcome}")
        elif self.is_mounted:
            self.dismiss(Chosen(moment, outcome))

    def _waited(self) -> None:
        self._patience.end()
        self._say("")

    def _say(self, text: str) -> None:
        if self.is_mounted:
            self.query_one("#told", Words).say(plain_line(text, self.tones.soon))


def _said(tick: Tick, before: str, quiet: str) -> Text:
    return joined(plain_line(before, quiet), plain_line(tick.sentence, "bold"))
