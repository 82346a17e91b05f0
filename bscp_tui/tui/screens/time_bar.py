"""The time bar: step through entries and decisions, or type a date, and take the day."""

import datetime as dt
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial
from typing import ClassVar

from rich.text import Text
from textual import events, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widget import Widget
from textual.widgets import Input

from bscp_tui.model.dates import in_short, in_words, read_date
from bscp_tui.store.moments import Moment, Tick, Ticks, moment_of
from bscp_tui.tui import commands as c
from bscp_tui.tui import time_commands as steps
from bscp_tui.tui.patience import Patience
from bscp_tui.tui.safe_text import joined, plain, plain_line
from bscp_tui.tui.screens.base import Hosted, after_typing
from bscp_tui.tui.timeline import DECISION, Place
from bscp_tui.tui.tones import Tones
from bscp_tui.tui.truth import Days, Truth
from bscp_tui.tui.widgets.foot import Foot
from bscp_tui.tui.widgets.time_line import TimeLine
from bscp_tui.tui.widgets.true_line import TrueLine
from bscp_tui.tui.widgets.typing_fields import LineField, caught_up
from bscp_tui.tui.widgets.words import Words

HINT = "type a date (31 March 2026, 31/3/26, yesterday) or a register version"
HINT_SECOND = "type the date on which it was true (31 March 2026, 31/3/26, yesterday)"


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
    """Asks for a moment of the register's life; on its second row also for the day whose truth is wanted."""

    commands: ClassVar[tuple[type[c.Command], ...]] = (
        steps.TakeMoment, steps.EarlierEntry, steps.LaterEntry, steps.EarlierDecision, steps.LaterDecision,
        steps.MonthBack, steps.MonthOn, steps.OtherRow, steps.Beginning, steps.PresentDay, c.Back,
    )  # fmt: skip
    BINDINGS: ClassVar[list[BindingType]] = c.bindings_of(commands)
    AUTO_FOCUS = "TimeLine"

    def __init__(self, heading: Text, moment: Moment | None, prepare: Callable[[Moment], object] | None = None) -> None:
        """Ask ``heading``, beginning at ``moment``; ``prepare`` reads, in a thread, what is then shown.

        Without it there is no second row: two moments are held against each other by what was recorded.
        """
        super().__init__()
        self._heading, self._prepare = heading, prepare
        self._place = Place(Ticks(), self.session.register.today, moment) if moment else None
        self._first = moment
        self._truth: Truth | None = None
        self._on_second = False  # whether the second row is the one that moves
        self._patience = Patience(self, self._say)
        self._refused: str | None = None
        self._read = False  # whether the entries are known; before, what is asked for waits
        self._steps: list[Callable[[], None]] = []
        self._awaited: str | None = None  # what stood typed when Enter was pressed

    def compose(self) -> ComposeResult:
        """Lay out the bar at the foot of the screen."""
        with Vertical(classes="bar panel"):
            yield TimeLine()
            yield Words(id="here")
            yield Words(id="entry")
            if self._prepare is not None:
                yield TrueLine()
                yield Words(id="true")
            yield LineField(placeholder=HINT, id="when", compact=True, select_on_focus=False)
            yield Words(id="told")
        yield Foot()

    def on_mount(self) -> None:
        """Read the entries."""
        self.query_one(".bar").border_title = self._heading
        self._patience.begin("Reading the history …")
        self.host.fetch("ticks", self.session.ticks, self._show)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer the second row only where there is one."""
        if action == steps.OtherRow.action() and self._prepare is None:
            return False
        return super().check_action(action, parameters)

    @on(TimeLine.Picked)
    def picked(self, event: TimeLine.Picked) -> None:
        """Stand where the mouse points."""
        self._stand(event.moment)

    @on(TrueLine.Picked)
    def picked_day(self, event: TrueLine.Picked) -> None:
        """Ask for the day that the mouse points at."""
        self._ask_for(event.day)

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """Move the row that has the focus; what is typed is for the row that had it last."""
        if isinstance(event.widget, (TimeLine, TrueLine)):
            self._on_second = isinstance(event.widget, TrueLine)
            self.query_one("#when", Input).placeholder = HINT_SECOND if self._on_second else HINT
            self._tell()

    @on(Input.Changed, "#when")
    def typing(self) -> None:
        """Stand at the date as soon as it can be read."""
        text = self.query_one("#when", Input).value
        if text == self._refused:
            return  # heard of only after Enter; what is wrong with it stays told
        self._say("")
        self._stand_at(text)

    def on_key(self, event: events.Key) -> None:
        """Begin to type with any letter or digit that is not the key of the other row."""
        if isinstance(self.focused, Input) or not (event.character and event.character.isalnum()):
            return
        if event.key != steps.OtherRow.key or self._prepare is None:
            self.set_focus(self.query_one("#when"))
            caught_up(self, event)

    def action_take_moment(self) -> None:
        """Take the moment: read what it needs, then close."""
        after_typing(self, self._take)

    def _take(self) -> None:
        text = self.query_one("#when", Input).value
        if not self._read:
            self._awaited = text
        if not self._read or self._place is None:
            return
        try:
            if text.strip():
                self._move_to(text)
        except ValueError as error:
            self._refused = text
            self._say(str(error))
            return
        moment = self._moment_and_position()
        if moment is None or self._prepare is None:
            self.dismiss(Chosen(moment))
            return
        self._patience.begin(f"Reading the register {moment.shown} …")
        self.host.fetch("ticks", partial(self._prepare, moment), partial(self._prepared, moment))

    def _moment_and_position(self) -> Moment | None:
        """Return what both rows ask for; None for today as recorded."""
        assert self._place is not None  # noqa: S101 - for the type checker; callers have looked
        if self._truth is None or self._truth.day is None:
            return self._place.moment
        known = self._place.moment or Moment(self._place.entries[-1].commit, self._place.today)
        return known._replace(position=self._truth.day)

    def action_other_row(self) -> None:
        """Go to the second row, or back to the first."""
        self.set_focus(self.query_one(TimeLine if self._on_second else TrueLine))

    def action_earlier_entry(self) -> None:
        """Stand at the entry before."""
        self._step(lambda row: row.earlier())

    def action_later_entry(self) -> None:
        """Stand at the next entry."""
        self._step(lambda row: row.later())

    def action_earlier_decision(self) -> None:
        """Stand at the last decision before."""
        self._step(lambda row: row.decision(-1), "No entry names a meeting on that side.")

    def action_later_decision(self) -> None:
        """Stand at the next decision."""
        self._step(lambda row: row.decision(1), "No entry names a meeting on that side.")

    def action_month_back(self) -> None:
        """Stand thirty days earlier."""
        self._step(lambda row: row.month(-1))

    def action_month_on(self) -> None:
        """Stand thirty days later."""
        self._step(lambda row: row.month(1))

    def action_beginning(self) -> None:
        """Stand at the first entry."""
        self._step(lambda row: row.beginning())

    def action_present_day(self) -> None:
        """Stand at today; on the second row, ask for what was recorded, as it was recorded."""
        self._step(lambda _: None)

    def action_back(self) -> None:
        """Close; nothing changes."""
        self.dismiss(None)

    def _stand_at(self, typed: str) -> None:
        """Stand at the day that is being typed, once it can be read; half a date is no mistake before Enter."""
        if self._read and typed.strip():
            with suppress(ValueError):
                self._move_to(typed)

    def _move_to(self, text: str) -> None:
        """Move the row that moves to the day that is typed.

        Raises:
            ValueError: It cannot be read, or there is nothing to show; the message says why.

        """
        assert self._place is not None  # noqa: S101 - for the type checker; callers have looked
        if self._on_second:
            self._ask_for(_day_of(text, self._place.today), typed=True)
            return
        moment = moment_of(self.session.register, self._place.entries, text)
        present = moment.day == self._place.today and not moment.exact
        self._stand(None if present else moment, typed=True)

    def _show(self, found: object) -> None:
        self._waited()
        if not self.is_mounted:
            return
        if not isinstance(found, Ticks) or not found:
            self._say(f"The history cannot be shown: {found}" if found else "There is no history yet.")
            return
        today, first = self.session.register.today, self._first
        known = first._replace(position=None) if first else None
        if known == Moment(found[-1].commit, today):
            known = None
        self._place = Place(found, today, known)
        if self._prepare is not None:
            self._truth = Truth(self._place, Days.of(found), first.position if first else None)
        self._read = True
        self._tell()
        self._go_on()

    def _go_on(self) -> None:
        """Do what was asked for while the entries were read; a date that was typed is meant rather than steps."""
        typed = self.query_one("#when", Input).value
        self._stand_at(typed)
        for step in self._steps if not typed else ():
            step()
        if self._awaited == typed:
            self._take()

    def _step(self, where: Callable[[Place | Truth], Moment | dt.date | None], nowhere: str = "") -> None:
        """Move the row that moves; say ``nowhere``, if anything, where that leads no further."""
        if not self._read:
            self._steps.append(partial(self._step, where, nowhere))
        if self._place is None or not self._place.entries:
            return
        row = self._truth if self._on_second and self._truth is not None else self._place
        before = row.day if isinstance(row, Truth) else row.moment
        found = where(row)
        if nowhere and found == before:
            self._say(nowhere)
        elif isinstance(row, Truth):
            self._ask_for(found if isinstance(found, dt.date) else None)
        else:
            self._stand(found if isinstance(found, Moment) else None)

    def _stand(self, moment: Moment | None, *, typed: bool = False) -> None:
        if self._place is None:
            return
        self._place = Place(self._place.entries, self._place.today, moment)
        if self._truth is not None:
            self._truth = replace(self._truth, place=self._place)
        self._moved(TimeLine, typed=typed)

    def _ask_for(self, day: dt.date | None, *, typed: bool = False) -> None:
        """Ask for what was true on ``day``; None for what was recorded, as it was recorded."""
        if self._truth is not None:
            self._truth = replace(self._truth, day=day)
            self._moved(TrueLine, typed=typed)

    def _moved(self, row: type[Widget], *, typed: bool) -> None:
        """Show where both rows stand; unless a date is being typed, ``row`` has the focus."""
        self._tell()
        if not typed:
            self.set_focus(self.query_one(row))
            with self.prevent(Input.Changed):
                self.query_one("#when", Input).value = ""
            self._say("")

    def _tell(self) -> None:
        """Show where both rows stand."""
        if self._place is None or not self._place.entries:
            return
        self.query_one(TimeLine).show_place(self._place)
        for name, text in zip(("#here", "#entry"), told_place(self._place, self.tones), strict=True):
            self.query_one(name, Words).say(text)
        if self._truth is not None:
            self.query_one(TrueLine).show_truth(self._truth)
            self.query_one("#true", Words).say(told_truth(self._truth, self.tones, here=self._on_second))

    def _prepared(self, moment: Moment, outcome: object) -> None:
        self._waited()
        if isinstance(outcome, Exception):
            self._say(f"The register {moment.shown} cannot be read: {outcome}")
        elif self.is_mounted:
            self.dismiss(Chosen(moment, outcome))

    def _waited(self) -> None:
        self._patience.end()
        self._say("")

    def _say(self, text: str) -> None:
        if self.is_mounted:
            self.query_one("#told", Words).say(plain_line(text, self.tones.soon))


def told_place(place: Place, tones: Tones) -> tuple[Text, Text]:
    """Say in two lines where one stands, and which entry was the last there."""
    day = in_words(place.moment.day) if place.moment else f"today, {in_words(place.today)}"
    tick = place.tick
    count = f" · {place.known:,} of {len(place.entries):,} entries"
    head = joined(plain(f"as at {day}", tones.accent), plain(count, tones.quiet))
    if tick is None:
        return head, plain("")
    if place.moment is not None and place.moment.exact:
        meeting = plain_line(f"  {DECISION} {tick.decided_at}" if tick.decided_at else "", tones.soon)
        return joined(head, meeting), _said(tick, f"{tick.recorded:%H:%M} {tick.by}  ", tones.quiet)
    return head, _said(tick, f"last entry {in_short(tick.recorded.date())}, {tick.by}  ", tones.quiet)


def told_truth(truth: Truth, tones: Tones, *, here: bool) -> Text:
    """Say which day's truth is asked for, and how many entries came after it; ``here``: whether that row moves."""
    if truth.day is None:
        moves = "step back, or type a date" if here else f"{steps.OtherRow.key_said()}: what was true on another day"
        return joined(plain("position: as recorded", tones.accent if here else ""), plain(f" · {moves}", tones.quiet))
    late = truth.late
    count = "1 entry" if late == 1 else f"{late:,} entries"
    known = "today" if truth.known == truth.place.today else in_short(truth.known)
    said = f", as known {'' if known == 'today' else 'on '}{known}"
    after = f" · {count} recorded later" if late else " · nothing recorded later"
    return joined(plain(f"position on {in_words(truth.day)}{said}", tones.accent), plain(after, tones.quiet))


def _day_of(text: str, today: dt.date) -> dt.date:
    """Return the day that ``text`` names.

    Raises:
        ValueError: It names none, or one ahead.

    """
    day = read_date(text, today=today)
    if day > today:
        msg = f"{in_words(day)} lies ahead: nobody can say yet what will be true then."
        raise ValueError(msg)
    return day


def _said(tick: Tick, before: str, quiet: str) -> Text:
    return joined(plain_line(before, quiet), plain_line(tick.sentence, "bold"))
