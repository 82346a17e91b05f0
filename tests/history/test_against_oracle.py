"""The history's index against a slow reading of every commit, over histories that chance makes."""

import os
import random
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from bscp_tui.history.ledger import found
from bscp_tui.history.rows import HistoryRow, Query
from bscp_tui.store import log
from bscp_tui.store.derived import cache_folder
from bscp_tui.store.repository import find
from tests.history import oracle
from tests.history.chance import PATHS, Story, steps, take, write
from tests.support import git

CHANCE = settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
Steps = list[tuple[Any, ...]]


@contextmanager
def made(happened: Steps) -> Iterator[tuple[Path, list[str], Story]]:
    """A register of that story, its commits, and where each step left the branch."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "register"
        story = Story()
        story.add({PATHS[0]: b'number = "1.1"\ntitle = "Teams"\n'}, "begin", 1_700_000_000)
        for number, step in enumerate(happened):
            take(story, step, 1_700_000_000 + number * 86_400 * (-1 if number % 7 == 3 else 1))
        yield folder, write(folder, story), story


def ledger(folder: Path, tip: str, query: Query | None = None) -> list[HistoryRow]:
    return found(find(folder), tip, query or Query(), "Europe/London")


def plain(rows: list[HistoryRow]) -> list[oracle.Told]:
    """Oldest first, as the oracle tells them."""
    position = {row.commit: number for number, row in enumerate(rows)}
    ordered = sorted(rows, key=lambda row: -position[row.commit])
    return [(row.commit, row.path, row.place, row.old, row.new, row.change) for row in ordered]


def same(rows: list[HistoryRow], expected: list[oracle.Told]) -> None:
    assert sorted(plain(rows), key=repr) == sorted(expected, key=repr)
    assert list(dict.fromkeys(row[0] for row in plain(rows))) == list(dict.fromkeys(told[0] for told in expected))


@CHANCE
@given(some.lists(steps, min_size=4, max_size=14), some.lists(some.integers(0, 14), max_size=3))
def test_the_index_tells_what_every_commit_shows(happened: Steps, looks: list[int]) -> None:
    with made(happened) as (folder, commits, story):
        # The branch is looked at while it grows, goes back, and is rewritten.
        for tip in (*(commits[look % len(commits)] for look in looks), commits[story.tip]):
            git(folder, "update-ref", "refs/heads/main", tip)
            same(ledger(folder, tip), oracle.told(folder, tip))


@CHANCE
@given(some.lists(steps, min_size=4, max_size=14), some.integers(0, 14), some.integers(0, 14))
def test_a_part_of_the_history_is_that_part(happened: Steps, one: int, other: int) -> None:
    with made(happened) as (folder, commits, story):
        tip, at, after = commits[story.tip], commits[one % len(commits)], commits[other % len(commits)]
        git(folder, "update-ref", "refs/heads/main", tip)
        whole = ledger(folder, tip)
        same(ledger(folder, tip, Query(at=at)), oracle.told(folder, at))
        held = set(git(folder, "rev-list", at, f"^{after}").split())
        shown = [told for told in oracle.told(folder, at) if told[0] in held]
        same(ledger(folder, tip, Query(at=at, after=after)), shown)
        for path in PATHS[:4]:
            assert ledger(folder, tip, Query(path=path)) == [row for row in whole if row.path == path]
        assert ledger(folder, tip, Query(limit=3)) == whole[:3]


@CHANCE
@given(some.lists(steps, min_size=2, max_size=8), some.integers(0, 2**32))
def test_damage_to_the_index_changes_no_answer(happened: Steps, seed: int) -> None:
    with made(happened) as (folder, commits, story):
        tip = commits[story.tip]
        git(folder, "update-ref", "refs/heads/main", tip)
        expected = ledger(folder, tip)
        chance = random.Random(seed)  # noqa: S311 - chance, not secrecy
        for kept in cache_folder().rglob("ledger.sqlite*"):
            damage(kept, chance)
        assert ledger(folder, tip) == expected
        for path in PATHS[:4]:
            assert ledger(folder, tip, Query(path=path)) == [row for row in expected if row.path == path]


def damage(kept: Path, chance: random.Random) -> None:
    """Delete a file, cut it short, or change some of its bytes."""
    data = bytearray(kept.read_bytes())
    what = chance.choice(("delete", "cut", "bytes", "bytes", "page"))
    if what == "delete" or not data:
        kept.unlink()
        return
    if what == "cut":
        del data[chance.randrange(len(data)) :]
    elif what == "page":
        start = chance.randrange(len(data) // 4096 + 1) * 4096
        data[start : start + 4096] = os.urandom(len(data[start : start + 4096]))
    else:
        for _ in range(chance.choice((1, 10, 500))):
            data[chance.randrange(len(data))] ^= chance.randrange(1, 256)
    kept.write_bytes(data)


LONG: Steps = [("write", PATHS[0], f'number = "1.1"\ntitle = "Title {number}"\n'.encode()) for number in range(40)]


def test_programs_that_read_at_once_all_read_the_same() -> None:
    with made(LONG) as (folder, commits, story):
        tip = commits[story.tip]
        git(folder, "update-ref", "refs/heads/main", tip)
        with ThreadPoolExecutor(4) as beside:
            answers = list(beside.map(lambda _: ledger(folder, tip), range(8)))
        for answer in answers:
            same(answer, oracle.told(folder, tip))


@pytest.mark.parametrize("stopped", [1, 3])
def test_a_first_reading_that_was_stopped_goes_on_where_it_stood(stopped: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bscp_tui.history.building.IN_ONE_GO", 7)
    reports: list[int] = []
    again: list[int] = []

    def stop(done: int, _: int) -> None:
        reports.append(done)
        if len(reports) > stopped:
            raise KeyboardInterrupt

    with made(LONG) as (folder, commits, story):
        tip = commits[story.tip]
        with pytest.raises(KeyboardInterrupt):
            found(find(folder), tip, Query(), "Europe/London", stop)
        rows = found(find(folder), tip, Query(), "Europe/London", lambda done, _: again.append(done))
        assert again[0] == reports[-1] == 7 * stopped
        same(rows, oracle.told(folder, tip))


@CHANCE
@given(some.lists(steps, min_size=4, max_size=14))
def test_what_is_read_without_git_is_what_git_says(happened: Steps) -> None:
    with made(happened) as (folder, commits, _), pytest.MonkeyPatch.context() as patch:
        repository = find(folder)
        parents = log.parents_of(repository, "--all")
        alone = [commit for commit in dict.fromkeys(commits) if len(parents[commit]) == 1]
        near = {commit: log.changes_of(repository, parents, [commit]) for commit in alone}
        straight = [log.straight_on(repository, commit, parents[commit][0]) for commit in alone]
        patch.setattr(log, "FEW", 0)
        assert near == {commit: log.changes_of(repository, parents, [commit]) for commit in alone}
        assert straight == [{commit: parents[commit]} for commit in alone]
        assert not any(log.straight_on(repository, commit, parents[commit][0]) for commit in alone)
