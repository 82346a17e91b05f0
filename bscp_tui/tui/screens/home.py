"""Home: what needs attention today, how far the priorities are, what changed lately."""

from collections.abc import Sequence
from functools import partial
from typing import ClassVar

from rich.text import Text
from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.timer import Timer
from textual.widgets import Input, OptionList

from bscp_tui.model.dates import in_short
from bscp_tui.model.view import View
from bscp_tui.store.moments import Moment
from bscp_tui.tui import commands as c
from bscp_tui.tui import drafts, figures, home_lines, publishing_figures
from bscp_tui.tui.found_lines import found_lines, told_found
from bscp_tui.tui.menu import MENU
from bscp_tui.tui.safe_text import joined, plain, plain_line
from bscp_tui.tui.screens.base import RegisterScreen, TopLine, after_typing
from bscp_tui.tui.seals import Seals, glance
from bscp_tui.tui.session import Session
from bscp_tui.tui.widgets.foot import Foot
from bscp_tui.tui.widgets.menu_word import MenuWord
from bscp_tui.tui.widgets.typing_fields import LineField, caught_up
from bscp_tui.tui.widgets.words import Choice, Line, Lines, Words

IN_REFERENCES = "0123456789.-/"  # what may follow the first digit of a reference
MENU_WAIT = 0.4  # seconds in which a second key makes a digit the beginning of a reference
IN_FIRST_LINE = 7  # words of the menu: so many fit into 80 columns
PANEL = 5  # cells that border and margins of a panel take
FIND = "find: part of a reference, title, owner or text"


class HomeScreen(RegisterScreen):
    """What needs attention, how far each priority is, and what changed lately; every line opens the list behind it.

    A digit opens a list of the menu; any letter begins to find.
    """

    is_home = True
    commands: ClassVar[tuple[type[c.Command], ...]] = (c.Open, c.Find, c.PublishFigure, *MENU)
    BINDINGS: ClassVar[list[BindingType]] = [
        *c.bindings_of((c.Find, c.PublishFigure)),
        *(Binding(goes.key, f"begin('{goes.key}')", show=False) for goes in MENU),
        c.Commands.binding(in_footer=True),
        c.TravelInTime.binding(in_footer=True),
        c.SendAndReceive.binding(in_footer=True),
        Binding("escape", "leave_find", show=False),
    ]
    AUTO_FOCUS = "#attention"
    _menu_wait: Timer | None = None
    _menu_key = ""
    _found_for = ""  # the words that what is shown was found for
    counted: figures.Counted | None = None  # what the panels tell; None while another day is counted
    _day_counted: Moment | None = None
    _open_for = ""  # the words for which Enter was pressed before it was known what they find

    def in_plain_text(self) -> str:
        """Return the command that says the same without a screen."""
        return "bscp report summary"

    def compose(self) -> ComposeResult:
        """Lay out the panels; the first figures of a large register are those of its current plan alone."""
        session = self.session
        self.counted = figures.counted(session, session.snapshot, whole=session.all_read and not session.is_large)
        self._day_counted = session.moment
        yield TopLine(*self._top())
        with Horizontal(id="panels"):
            yield Lines(self._attention(), id="attention", classes="panel")
            with Vertical(id="right"):
                yield Lines(self._priorities(), id="priorities", classes="panel")
                yield Lines(
                    [Line(plain("reading the history …", self.tones.quiet), disabled=True)],
                    id="changes",
                    classes="panel",
                )
        yield Lines(id="found", classes="panel")
        for line in (MENU[:IN_FIRST_LINE], MENU[IN_FIRST_LINE:]):
            with Horizontal(classes="menu"):
                for goes in line:
                    yield MenuWord(goes)
        yield Words(self._where(), id="where")
        yield LineField(placeholder=FIND, id="find", compact=True, select_on_focus=False)
        yield Foot()

    def on_mount(self) -> None:
        """Name the panels, and fetch the history once the figures stand on the screen."""
        titles = {"attention": "Needs attention", "priorities": "Priorities", "changes": "Changes, last 30 days"}
        for name, title in titles.items():
            self.query_one(f"#{name}").border_title = plain(title)
        self.query_one("#priorities").border_subtitle = plain("done · late")
        self.call_after_refresh(self._fetch_changes)
        if self.counted is not None and self.counted.whole != self.session.all_read:
            self._count()

    def on_screen_resume(self) -> None:
        """Look for drafts anew: they come and go with the dialogs."""
        self._show_attention()

    def exchange_changed(self) -> None:
        """Count anew what is not sent yet."""
        super().exchange_changed()
        self._show_attention()

    def all_read(self) -> None:
        """Show what only the whole register knows."""
        self._count()
        self._fetch_queries()

    def register_changed(self) -> None:
        """Show the new figures."""
        self.query_one(TopLine).say(*self._top())
        self.query_one("#where", Words).say(self._where())
        self._count()
        self._fetch_changes()
        self._fetch_queries()

    def _count(self) -> None:
        """Count anew; in a large register beside the screen's thread, while the figures that stand there stay.

        They stay only within one day: the figures of today must not stand in the frame of a past one.
        """
        session = self.session
        count = partial(figures.counted, session, session.snapshot, whole=session.all_read)
        if not session.is_large:
            self._show_counted(count())
            return
        self._show_figures(self.counted if session.moment == self._day_counted else None)
        self.fetch("figures", count, self._show_counted)

    def _show_counted(self, outcome: object) -> None:
        if isinstance(outcome, Exception):
            self.host.tell(plain(outcome), serious=True)
        elif isinstance(outcome, figures.Counted) and outcome.snapshot is self.session.snapshot and self.is_mounted:
            self._show_figures(outcome)

    def _show_figures(self, counted: figures.Counted | None) -> None:
        self.counted, self._day_counted = counted, self.session.moment
        self._show_attention()
        self.query_one("#priorities", Lines).show_lines(self._priorities())

    def _show_attention(self) -> None:
        self.query_one("#attention", Lines).show_lines(self._attention())

    def _fetch_queries(self) -> None:
        """Look for what is questionable since the register was made, behind everything else."""

        def show(count: object) -> None:
            if isinstance(count, int) and count != self.session.new_queries and self.is_mounted:
                self.session.new_queries = count
                self._show_attention()

        self.fetch("queries", partial(figures.count_new_queries, self.session), show)

    @on(OptionList.OptionSelected)
    def opened(self, event: OptionList.OptionSelected) -> None:
        """Open what the chosen line means."""
        means = event.option.means if isinstance(event.option, Choice) else None
        if isinstance(means, figures.Place) and means.kind == figures.QUERIES:
            self.host.open_queries(new=True)
        elif isinstance(means, figures.Place):
            self.host.open_list(means.kind, means.filter)
        elif isinstance(means, View):
            self.action_leave_find()
            self.host.open_record(means)
        elif isinstance(means, drafts.Draft):
            self.host.open_draft(means)
        elif means == "history":
            self.host.open_history()
        elif means == figures.EXCHANGE:
            self.host.action_send_and_receive()

    @on(Input.Changed, "#find")
    def finding(self, event: Input.Changed) -> None:
        """Show what is found for what is typed so far."""
        text = event.value.strip()
        waiting = self._menu_wait is not None and text == self._menu_key
        if self._menu_wait is not None and not waiting:
            if text[1:] and text[-1] not in IN_REFERENCES:
                self._open_menu(then=text[-1])
                return
            self._menu_wait.stop()
            self._menu_wait = None
        self.set_class(bool(text) and not waiting, "-finding")
        if text and not waiting:
            self._look_for(text)

    @on(Input.Submitted, "#find")
    def found(self) -> None:
        """Open the first that was found, or what the one digit typed so far means."""
        if self._menu_wait is not None:
            self._open_menu()
            return
        text = self.query_one("#find", Input).value.strip()
        self._open_for = "" if text == self._found_for else text
        first = None if self._open_for else self.query_one("#found", Lines).meant(0)
        if self.has_class("-finding") and isinstance(first, View):
            self.action_leave_find()
            self.host.open_record(first)

    def on_key(self, event: events.Key) -> None:
        """Begin to find with any letter that is no command here; step from the field into what it found.

        A key that leads into the field does so here already: left to the application, it would come after the letters
        that were typed behind it.
        """
        field = self.query_one("#find", Input)
        if self.focused is field:
            if event.key == "down" and self.has_class("-finding"):
                self.set_focus(self.query_one("#found"))
                event.stop()
        elif (bound := self.active_bindings.get(event.key)) is not None:
            if bound.node is self and bound.binding.action == "find":
                event.stop()
                self.action_find()
            elif bound.node is self and bound.binding.action == f"begin('{event.key}')":
                event.stop()
                self.action_begin(event.key)
        elif event.character and event.character.isalnum():
            self.set_focus(field)
            caught_up(self, event)

    def action_begin(self, digit: str) -> None:
        """Open what a digit means in the menu, unless more is typed at once: then it begins a reference."""
        field = self.query_one("#find", Input)
        self._menu_key = digit
        self._menu_wait = self.set_timer(MENU_WAIT, self._menu_rang)
        self.set_focus(field)
        field.value = digit
        field.cursor_position = len(digit)

    def _menu_rang(self) -> None:
        """Open the list, unless keys that go on with a reference are on their way: a slow computer hears them late."""

        def open_alone() -> None:
            if self.query_one("#find", Input).value == self._menu_key:
                self._open_menu()

        self.host.call_later(after_typing, self, open_alone)

    def _open_menu(self, then: str = "") -> None:
        """Open the list of the digit that was typed; ``then`` is a key that came too soon and is for that list."""
        if self._menu_wait is not None:
            self._menu_wait.stop()
            self._menu_wait = None
            self.action_leave_find()
            self.host.go(next(goes for goes in MENU if goes.key == self._menu_key))
            if then:
                self.host.call_after_refresh(self.host.simulate_key, c.key_named(then))

    def on_screen_suspend(self) -> None:
        """Whatever covers Home comes instead of the list that a digit was waiting to open."""
        if self._menu_wait is not None:
            self._menu_wait.stop()
            self._menu_wait = None
            self.action_leave_find()

    def action_find(self) -> None:
        """Go to the field that finds."""
        self.set_focus(self.query_one("#find"))

    def action_publish_figure(self) -> None:
        """Make a published figure of the number under the cursor."""
        panel = self.focused
        at = panel.highlighted if isinstance(panel, Lines) else None
        counted: object = None
        if at is not None and panel is not None and self.counted is not None:
            told = {"attention": self._told(), "priorities": self.counted.priorities}.get(panel.id or "", ())
            counted = told[at] if at < len(told) else None
        if isinstance(counted, figures.Figure):
            ask = partial(publishing_figures.of_home, self.session, counted)
        elif isinstance(counted, figures.PriorityFigures):
            ask = partial(publishing_figures.of_priority, self.session, counted)
        else:
            self.host.tell(plain("Go to a number first: a line of “Needs attention”, or a priority."))
            return
        self.fetch("published", ask, self.host.ask_published_or_say)

    def action_leave_find(self) -> None:
        """Clear what was looked for; from a past day go back to today."""
        field = self.query_one("#find", Input)
        if not field.value and self.focused is not field and self.host.leave_past(self):
            return
        field.value = ""
        self.remove_class("-finding")
        self.set_focus(self.query_one("#attention"))

    def action_commands(self) -> None:
        """Open the palette."""
        self.host.action_commands()

    def action_travel_in_time(self) -> None:
        """Open the time bar, or go back to today."""
        self.host.action_travel_in_time()

    async def action_quit(self) -> None:
        """Leave the program."""
        await self.host.action_quit()

    def _look_for(self, text: str) -> None:
        """Find what is typed; in a large register beside the screen's thread."""
        find = partial(self.session.find, text)
        if self.session.is_large:
            self.fetch("found", find, partial(self._show_found, text))
        else:
            self._show_found(text, find())

    def _show_found(self, text: str, found: object) -> None:
        if self.is_mounted and isinstance(found, Sequence) and self.query_one("#find", Input).value.strip() == text:
            self._found_for = text
            shown = self.query_one("#found", Lines)
            shown.border_title = plain(told_found(found))
            shown.show_lines(found_lines(found, self.tones.quiet))
            if self._open_for == text:
                self.found()

    def _top(self) -> tuple[Text, Text]:
        settings = self.session.snapshot.settings
        plan = f"Plan {settings.current_plan} · " if settings.current_plan else ""
        mark = "for reading only · " if self.session.register.read_only else ""
        name = f"{settings.name} · invented records" if settings.synthetic else settings.name
        return plain_line(name, "bold"), plain_line(f"{mark}{plan}{in_short(self.session.today)}")

    def _told(self) -> list[figures.Figure]:
        """What needs attention: what was counted, and what is known without counting."""
        return [*self.counted.attention, *figures.waiting(self.session)] if self.counted else []

    def _attention(self) -> list[Line]:
        if self.counted is None:
            return [home_lines.counting(self.tones)]
        kept = [] if self.session.moment else self.host.drafts.all_of(self.session.key)
        lines = list(home_lines.attention(self._told(), kept, self.tones))
        return lines or [home_lines.nothing(self.tones, empty=self.counted.empty)]

    def _priorities(self) -> list[Line]:
        if self.counted is None:
            return [home_lines.counting(self.tones)]
        return home_lines.priorities(self.counted.priorities, self.tones, self._half)

    @property
    def _half(self) -> int:
        """How many cells a panel takes; the frame around a past day takes two of all."""
        return (self.app.size.width - (2 if self.session.moment else 0)) // 2

    def _where(self) -> Text:
        register = self.session.register
        if register.warnings:
            return plain(register.warnings[0], self.tones.soon)
        if register.read_only:
            return plain(f"For reading only: {register.read_only}.", self.tones.soon)
        if not self.session.first_start:
            return plain_line(f"Register: {self.session.place}", self.tones.quiet)
        more = ", the published plan as a starting point. ctrl+p: tour; join a shared one; begin an empty one."
        return plain_line(f"Register: {self.session.place}{more}", self.tones.quiet)

    def _fetch_changes(self) -> None:
        self.host.fetch("changes", partial(_recent_entries, self.session), self._show_changes)
        self.seals_changed()

    def seals_changed(self) -> None:
        """Say whether the history is vouched for, as far as that is known."""
        self.fetch("seal", partial(glance, self.session), self._show_seal)

    def _show_seal(self, seals: object) -> None:
        if isinstance(seals, Seals) and self.is_mounted:
            self.query_one("#changes").border_subtitle = plain(seals.of_history())

    def _show_changes(self, entries: object) -> None:
        if not isinstance(entries, list):
            self._say_changes([Line(plain_line(f"The history cannot be read: {entries}"), disabled=True)])
            return
        count, people = figures.since(entries, self.session.today)
        head = f"{count} {'entry' if count == 1 else 'entries'} by {people} {'person' if people == 1 else 'people'}"
        lines = [Line(plain(head), "history")] + [Line(self._change(entry), "history") for entry in entries[:3]]
        self._say_changes(lines)

    def _say_changes(self, lines: list[Line]) -> None:
        if self.is_mounted:
            self.query_one("#changes", Lines).show_lines(lines)

    def _change(self, entry: figures.RecentEntry) -> Text:
        row = entry.row
        what = f"{entry.count} records added" if entry.count > 1 else f"{row.ref.rpartition('/')[2]} {row.words}"
        text = joined(plain(f"{row.recorded.day} {row.recorded:%b} ", self.tones.quiet), plain_line(what))
        text.truncate(self._half - PANEL, overflow="ellipsis")
        return text


def _recent_entries(session: Session) -> list[figures.RecentEntry]:
    from bscp_tui.history import ledger

    return figures.recent(ledger.rows(session.register, ledger.Query(limit=2000, at=session.tip)))
