"""Clocks skip weekends, bank holidays and the partnership's own closed days."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bscp_tui.model.working_days import WorkingDays

ENGLAND = WorkingDays()
DAYS = st.dates(dt.date(1990, 1, 1), dt.date(2060, 12, 31))


@pytest.mark.parametrize(
    "closed",
    [
        "2026-04-03",  # Good Friday
        "2026-04-06",  # Easter Monday
        "2026-12-28",  # for Boxing Day, a Saturday
        "2027-12-27",  # for Christmas Day, a Saturday
        "2022-09-19",  # the Queen's funeral, held once
        "2023-05-08",  # the King's coronation, held once
        "2020-05-08",  # the May holiday, moved for VE day
        "2026-07-04",  # a Saturday
    ],
)
def test_nobody_works_on(closed: str) -> None:
    assert not ENGLAND.is_working_day(dt.date.fromisoformat(closed))


def test_a_holiday_of_another_part_of_the_country_is_worked_in_england() -> None:
    st_andrews = dt.date(2026, 11, 30)
    assert ENGLAND.is_working_day(st_andrews)
    assert not WorkingDays("GB-SCT").is_working_day(st_andrews)


def test_fifteen_working_days_pass_over_easter() -> None:
    assert ENGLAND.add(dt.date(2026, 3, 23), 15) == dt.date(2026, 4, 15)
    assert ENGLAND.between(dt.date(2026, 3, 23), dt.date(2026, 4, 15)) == 15


def test_a_day_announced_later_is_closed_by_the_register() -> None:
    own = WorkingDays("GB-ENG", [dt.date(2026, 7, 1)])
    assert own.add(dt.date(2026, 6, 30), 1) == dt.date(2026, 7, 2)


def test_an_unknown_calendar_is_refused_by_name() -> None:
    with pytest.raises(ValueError, match="XX-YY"):
        WorkingDays("XX-YY").is_working_day(dt.date(2026, 1, 5))


@given(DAYS, st.integers(-400, 400))
def test_adding_counts_one_working_day_after_another(day: dt.date, count: int) -> None:
    step = dt.timedelta(days=1 if count > 0 else -1)
    slow = day
    while not ENGLAND.is_working_day(slow):  # a closed day counts from the working day behind it
        slow -= step
    for _ in range(abs(count)):
        slow += step
        while not ENGLAND.is_working_day(slow):
            slow += step
    if count == 0:
        slow = day
        while not ENGLAND.is_working_day(slow):
            slow -= dt.timedelta(days=1)
    assert ENGLAND.add(day, count) == slow


@given(DAYS, st.integers(0, 500))
def test_between_counts_each_working_day_up_to_the_last(first: dt.date, length: int) -> None:
    days = [first + dt.timedelta(days=ahead) for ahead in range(1, length + 1)]
    last = first + dt.timedelta(days=length)
    assert ENGLAND.between(first, last) == sum(map(ENGLAND.is_working_day, days))
    assert ENGLAND.between(last, first) == -ENGLAND.between(first, last)
