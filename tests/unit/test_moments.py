"""Moments: the end of a day, an instant or an entry, and the entries that the time bar shows."""

import datetime as dt
from pathlib import Path

import pytest

from bscp_tui.history.ticking import ticks
from bscp_tui.store.moments import Moment, NoSuchMomentError, commit_of, moment_of
from tests.support import because, change, git, head, opened


def recorded_on(folder: Path, day: str, monkeypatch: pytest.MonkeyPatch, ref: str, meeting: str | None = None) -> str:
    """Record a change as if on ``day`` and return its commit."""
    monkeypatch.setenv("GIT_AUTHOR_DATE", f"{day}T10:00:00+00:00")
    monkeypatch.setenv("GIT_COMMITTER_DATE", f"{day}T10:00:00+00:00")
    register = opened(folder)
    why = because()
    amendment = change(register, ref, type(why)(why.reason, why.effective, None, meeting), note=f"Seen on {day}.")
    entry = register.record(amendment)
    assert entry is not None
    return entry.commit


def test_a_date_means_its_end_and_a_version_means_that_entry(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tests.support.TODAY", dt.date(2030, 12, 31))
    first = recorded_on(folder, "2030-01-10", monkeypatch, "4.1.3")
    second = recorded_on(folder, "2030-03-05", monkeypatch, "4.1.4")
    register = opened(folder)
    every = ticks(register)
    assert moment_of(register, every, "10 January 2030") == Moment(first, dt.date(2030, 1, 10))
    assert moment_of(register, every, "4/3/2030") == Moment(first, dt.date(2030, 3, 4))
    assert moment_of(register, every, "2030-03-05T10:00:00") == Moment(second, dt.date(2030, 3, 5))
    for asked in ("10 January 2030", "4/3/2030", "2030-03-05T10:00:00", second[:9]):
        assert commit_of(register, asked) == moment_of(register, every, asked).commit
    named = moment_of(register, every, first[:8])
    assert (named.commit, named.day) == (first, dt.date(2030, 1, 10))
    assert named.said == f"10 January 2030, version {first[:7]}"


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("1 January 1999", "The register began on"),
        ("1 January 2099", "lies ahead"),
        ("the other day", "neither a date"),
    ],
)
def test_a_moment_that_cannot_be_shown_is_explained(folder: Path, asked: str, told: str) -> None:
    with pytest.raises(NoSuchMomentError, match=told):
        moment_of(opened(folder), ticks(opened(folder)), asked)


def test_every_entry_is_a_tick_in_the_historys_order_with_its_meeting(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = git(folder, "rev-list", "--topo-order", "--reverse", head(folder)).split()
    late = recorded_on(folder, "2031-01-10", monkeypatch, "4.1.3", "Executive Board, July")
    early = recorded_on(folder, "2029-01-10", monkeypatch, "4.1.4")  # a clock that went backwards reorders nothing
    found = ticks(opened(folder))
    assert [tick.commit for tick in found] == [*before, late, early]
    assert [tick.decided_at for tick in found[-2:]] == ["Executive Board, July", ""]
    assert found[-2].sentence.startswith("2025-27/4.1.3 ")
    assert ticks(opened(folder), late) == found[:-1]


def test_words_in_a_message_cannot_forge_a_tick(folder: Path) -> None:
    git(folder, "commit", "-q", "--allow-empty", "-m", "one\x01two\n\n> Decided-At: never\n\nnot a trailer")
    tick = ticks(opened(folder))[-1]
    assert (tick.commit, tick.sentence, tick.decided_at) == (head(folder), "one\x01two", "")
