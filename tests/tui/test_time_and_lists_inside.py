"""The parts behind the time bar and the long lists, against slow and obvious oracles."""

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.text import Text
from textual import on
from textual.app import App, ComposeResult

from bscp_tui.history.rows import HistoryRow
from bscp_tui.store.moments import Moment, Ticks
from bscp_tui.tui.folding import folded
from bscp_tui.tui.safe_text import plain
from bscp_tui.tui.sides import sides
from bscp_tui.tui.timeline import DECISION, Place, at_end_of, scale_of, times_of
from bscp_tui.tui.tones import Tones
from bscp_tui.tui.truth import Days, Truth
from bscp_tui.tui.widgets.virtual_list import VirtualList

ZONE = dt.UTC
BEGAN = dt.datetime(2024, 1, 15, 9, tzinfo=ZONE)
TODAY = dt.date(2026, 11, 22)
hours = st.integers(0, 24 * 900)
tick_times = st.lists(st.tuples(hours, st.sampled_from(["", "", "Board"])), min_size=1, max_size=40)


def ticks_of(times: list[tuple[int, str]]) -> Ticks:
    """Return entries in the history's order, their clocks as given."""
    places = range(len(times))
    recorded, meetings = [BEGAN + dt.timedelta(hours=hour) for hour, _ in times], [meeting for _, meeting in times]
    commits, sentences = [f"{place:040x}" for place in places], [f"entry {place}" for place in places]
    return Ticks(commits, recorded, ["Sam"] * len(times), sentences, meetings, [0] * len(times))


@given(times=tick_times, width=st.integers(40, 200))
def test_every_entry_has_a_block_and_every_decision_a_mark_within_the_width(
    times: list[tuple[int, str]], width: int
) -> None:
    entries = ticks_of(times)
    recorded = times_of(entries)
    scale = scale_of(recorded, TODAY, width)
    blocks, marks, labels = scale.blocks(recorded), scale.decisions(entries), scale.labels()
    assert len(blocks) == len(marks) == len(labels) == width
    filled = {scale.column(tick.recorded) for tick in entries}
    assert {place for place, block in enumerate(blocks) if block != " "} == filled
    decided = {scale.column(tick.recorded) for tick in entries if tick.decided_at}
    assert {place for place, mark in enumerate(marks) if mark == DECISION} == decided
    assert labels.endswith("today")
    order = sorted(entries, key=lambda tick: tick.recorded)
    assert [scale.column(tick.recorded) for tick in order] == sorted(scale.column(tick.recorded) for tick in order)


@given(times=tick_times, days=st.integers(0, 1000))
def test_a_day_is_the_last_entry_in_order_that_was_recorded_by_its_end(times: list[tuple[int, str]], days: int) -> None:
    entries = ticks_of(times)
    day = BEGAN.date() + dt.timedelta(days=days)
    by_then = [tick for tick in entries if tick.recorded.date() <= day]
    expected = Moment(by_then[-1].commit, day) if by_then else entries[0].moment
    assert at_end_of(entries, day) == expected


@given(times=tick_times)
def test_stepping_back_from_today_and_on_again_passes_every_entry(times: list[tuple[int, str]]) -> None:
    entries = ticks_of(times)
    place = Place(entries, TODAY, None)
    passed = []
    for _ in entries:
        place = Place(entries, TODAY, place.earlier())
        passed.append(place.moment)
    assert passed == [tick.moment for tick in reversed(entries)]
    assert place.earlier() == entries[0].moment
    for tick in entries[1:]:
        place = Place(entries, TODAY, place.later())
        assert place.moment == tick.moment
    assert place.later() is None


@given(times=tick_times, start=st.integers(0, 39))
def test_stepping_to_decisions_finds_the_nearest_on_either_side(times: list[tuple[int, str]], start: int) -> None:
    entries = ticks_of(times)
    at = min(start, len(entries) - 1)
    place = Place(entries, TODAY, entries[at].moment)
    before = [tick.moment for tick in entries[:at] if tick.decided_at]
    after = [tick.moment for tick in entries[at + 1 :] if tick.decided_at]
    assert place.decision(-1) == (before[-1] if before else place.moment)
    assert place.decision(1) == (after[0] if after else place.moment)


true_times = st.lists(st.tuples(hours, st.integers(-300, 20)), min_size=1, max_size=40)


@given(times=true_times, start=st.integers(0, 39), asked=st.integers(-300, 1000))
def test_the_second_row_counts_and_steps_as_a_slow_look_at_every_entry_does(
    times: list[tuple[int, int]], start: int, asked: int
) -> None:
    recorded = ticks_of([(hour, "") for hour, _ in times])
    days = [time.toordinal() for time in recorded.recorded]
    effective = [day + offset if offset else 0 for day, (_, offset) in zip(days, times, strict=True)]
    entries = replace(recorded, effective=effective)
    place = Place(entries, TODAY, entries[min(start, len(entries) - 1)].moment)
    day = BEGAN.date() + dt.timedelta(days=asked)
    truth = Truth(place, Days.of(entries), day)
    counts = [(dt.date.fromordinal(tick.counts), tick.recorded.date()) for tick in entries]
    known = counts[: place.index + 1]
    assert truth.late == sum(counted <= day < recorded for counted, recorded in known)
    apart = [counted.toordinal() for counted, recorded in known if counted != recorded]
    assert sorted(truth.apart.elements()) == sorted(apart)
    before = [counted for counted, _ in counts if counted < day]
    after = [counted for counted, _ in counts if day < counted < truth.known]
    assert truth.earlier() == (max(before) if before else day)
    assert truth.later() == (min(after) if after else None)


def row(commit: str, path: str, group: str | None) -> HistoryRow:
    """Return a change of a note in ``path``."""
    when = BEGAN
    return HistoryRow(
        entry=None, commit=commit, recorded=when, made=when, effective=None, by="Sam", email="", ref=path, path=path,
        field="note", old=None, new="x", change="added", reason=None, evidence=(), decided_at=None,
        signature="unsigned", title=path, field_words="note", group=group,
    )  # fmt: skip


@given(
    st.lists(
        st.tuples(st.sampled_from("abc"), st.sampled_from("pq"), st.sampled_from([None, None, "sitting"])), max_size=20
    )
)
def test_folding_loses_no_change_and_no_order(made: list[tuple[str, str, str | None]]) -> None:
    rows = [row(*facts) for facts in made]
    keys = {fact.group or fact.commit for fact in rows}
    assert [found for item in folded(rows, keys) if not item.head for found in item.rows] == rows
    assert [found for item in folded(rows, ()) for found in item.rows] == rows
    for item in folded(rows, ()):
        if item.head:
            assert len(item.rows) > 1
            assert len({found.group or found.commit for found in item.rows}) == 1
        else:
            assert len(item.rows) == 1


class Listing(App[None]):
    """A program with one long list."""

    def __init__(self, count: int) -> None:
        """Show ``count`` lines."""
        super().__init__()
        self.count, self.drawn, self.near = count, set[int](), 0

    def compose(self) -> ComposeResult:
        """Only the list."""
        yield VirtualList()

    def on_mount(self) -> None:
        """Fill it."""
        self.query_one(VirtualList).show_lines(self.count, self._line, lambda _place, _room: plain("heading"))

    @on(VirtualList.NearEnd)
    def near_end(self) -> None:
        """Count."""
        self.near += 1

    def _line(self, place: int, room: int) -> Text:
        assert room > 0
        self.drawn.add(place)
        return plain(f"line {place} [/] \x1b[2J")


@pytest.mark.parametrize(
    ("keys", "told"), [("G", 1), ("G G", 2), ("G k", 2), ("G j", 2), ("end pagedown", 2), ("g k j", 0)]
)
async def test_a_move_near_the_end_asks_once_for_what_follows(keys: str, told: int) -> None:
    app = Listing(100_000)
    async with app.run_test(size=(40, 20)) as pilot:
        await pilot.press(*keys.split())
        await pilot.pause()
        assert app.near == told


async def test_of_a_hundred_thousand_lines_only_those_in_sight_are_made() -> None:
    app = Listing(100_000)
    async with app.run_test(size=(40, 20)) as pilot:
        await pilot.press("G", "k", "g", "pagedown", "end")
        await pilot.pause()
        rows = app.query_one(VirtualList)
        assert rows.cursor == 99_999
        assert len(app.drawn) <= 19 * 5
        strips = [rows.render_line(y).text for y in range(20)]
        assert strips[0].startswith("heading")
        assert strips[-1].startswith("line 99999 [/] ␛[2J")


async def test_the_cursor_stays_in_sight_whatever_keys_are_pressed() -> None:
    app = Listing(57)
    async with app.run_test(size=(40, 12)) as pilot:
        rows = app.query_one(VirtualList)
        for key in [*"jj", "pagedown", "pagedown", *"kGkk", *["pageup"] * 4, *"gj", "pagedown", "home", "end"]:
            await pilot.press(key)
            shown = [rows.render_line(y).text for y in range(1, 12)]
            assert any(text.startswith(f"line {rows.cursor} ") for text in shown), (key, rows.cursor, shown)
        await pilot.click(VirtualList, offset=(3, 1))
        assert rows.render_line(1).text.startswith(f"line {rows.cursor} ")


@settings(deadline=None)
@given(before=st.text(max_size=80), after=st.text(max_size=80))
def test_both_sides_hold_every_letter_literally(before: str, after: str) -> None:
    tones = Tones(App())
    table = sides(before, after, tones)
    (left, right) = (list(column.cells)[1] for column in table.columns)
    from bscp_tui.tui.sides import in_full

    assert isinstance(left, Text)
    assert isinstance(right, Text)
    assert (left.plain, right.plain) == (plain(in_full(before)).plain, plain(in_full(after)).plain)
