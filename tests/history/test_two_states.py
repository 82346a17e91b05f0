"""Two states and every day of histories that chance makes, against a slow look at their files and clocks."""

import datetime as dt
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as some

from bscp_tui.history.comparison import Compared, compare
from bscp_tui.history.ticking import ticks
from bscp_tui.store.moments import commit_of
from bscp_tui.store.register import Register, open_register
from tests.history import oracle
from tests.history.chance import PATHS, steps
from tests.history.test_against_oracle import CHANCE, Steps, made
from tests.support import git

TODAY = dt.date(2030, 1, 1)
RECORDS = {path for path in PATHS if path.startswith("records/")}
DAY = 86_400


def opened_at(folder: Path, tip: str) -> Register:
    git(folder, "update-ref", "refs/heads/main", tip)
    git(folder, "reset", "-q", "--hard")
    (folder / "records/bscp.toml").write_text('layout = 1\nname = "Chance"\n')
    return open_register(folder, TODAY)


def slowly(folder: Path, earlier: str, later: str) -> list[tuple[str, tuple[str, ...], object, object, str]]:
    """What differs between two commits, file by file with nothing but tomllib."""
    before, after = oracle.files(folder, earlier), oracle.files(folder, later)
    found: list[tuple[str, tuple[str, ...], object, object, str]] = []
    for path in sorted(RECORDS & {*before, *after}):
        one, other = before.get(path), after.get(path)
        if one == other:
            continue
        old, new = oracle.document(folder, one), oracle.document(folder, other)
        if other is not None and new is None:
            found.append((path, (), None, None, "could not be read"))
        elif one is not None and old is None:
            found.append((path, (), None, None, "removed" if other is None else "can be read again"))
        elif one is None or other is None:
            found.append((path, (), None, None, "added" if one is None else "removed"))
        else:
            found += [(path, *change) for change in oracle.fields(old, new)]
    return found


def told(each: Compared) -> tuple[str, str, object, object, str]:
    return each.path, repr(each.field is None), each.old, each.new, each.change


@CHANCE
@given(some.lists(steps, min_size=4, max_size=12), some.integers(0, 30), some.integers(0, 30))
def test_the_comparison_of_any_two_commits_is_the_difference_of_their_files(
    happened: Steps, one: int, other: int
) -> None:
    with made(happened) as (folder, commits, story):
        register = opened_at(folder, commits[story.tip])
        earlier, later = commits[one % len(commits)], commits[other % len(commits)]
        expected = [(path, repr(not place), *rest) for path, place, *rest in slowly(folder, earlier, later)]
        assert sorted(map(told, compare(register, earlier, later)), key=repr) == sorted(expected, key=repr)


@CHANCE
@given(some.lists(steps, min_size=4, max_size=12), some.integers(-3, 15))
def test_a_day_is_the_last_entry_in_the_history_s_order_that_was_recorded_by_its_end(
    happened: Steps, days: int
) -> None:
    with made(happened) as (folder, commits, story):
        tip = commits[story.tip]
        register = opened_at(folder, tip)
        order = oracle.order(folder, tip, [])
        assert [tick.commit for tick in ticks(register)] == order
        day = dt.datetime.fromtimestamp(1_700_000_000 + days * DAY, dt.UTC).date()
        end = dt.datetime.combine(day, dt.time.max, tzinfo=dt.UTC).timestamp()
        clocks = {name: int(git(folder, "show", "-s", "--format=%ct", name)) for name in order}
        by_then = [name for name in order if clocks[name] <= end]
        if by_then:
            assert commit_of(register, day.isoformat()) == by_then[-1]
