"""What changed between any two boards is what a comparison of the two days says, whoever works it out."""

import datetime as dt
import json
import random
import re
import shutil
from array import array
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from bscp_tui.history.comparison import compare
from bscp_tui.publishing import between
from bscp_tui.publishing.ledger import Ledger
from bscp_tui.publishing.publish import publish
from bscp_tui.store.moments import commit_of
from tests.support import git, opened

BOARDS = ("2025-01-31", "2025-03-31", "2025-05-30", "2025-07-31", "2025-09-30")
MEETING = 'group = "board"\ndate = {day}\ntitle = "Board of {day}"\nstatus = "held"\n'


def dated(folder: Path, day: str, words: str) -> None:
    """Record what lies in the folder on a day."""
    git(folder, "add", "-A")
    at(folder, day, "commit", "-q", "--allow-empty", "-m", words)


def at(folder: Path, day: str, *words: str) -> None:
    """Run git as if on a day."""
    when = f"{day}T12:00:00Z"
    git(folder, *words, GIT_AUTHOR_DATE=when, GIT_COMMITTER_DATE=when)


@pytest.fixture
def lived(empty_folder: Path, tmp_path: Path) -> Path:
    """A register with a history of its own days: random changes, records that come, merged work."""
    folder = tmp_path / "lived"
    shutil.copytree(empty_folder, folder, ignore=shutil.ignore_patterns(".git"))
    git(folder, "init", "-q", "-b", "main")
    (folder / "records/groups").mkdir(parents=True, exist_ok=True)
    (folder / "records/groups/board.toml").write_text('title = "The Board"\n')
    for board, day in enumerate(BOARDS):
        place = folder / f"records/meetings/BD/MT-BD{board:02}.toml"
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(MEETING.format(day=day))
    dated(folder, "2025-01-01", "Begin")
    chance = random.Random(7)  # noqa: S311 - the same history in every run
    for month in range(1, 10):
        for date in (5, 15, 25):
            slug = f"agency-{chance.randrange(4)}"
            told = [f'title = "Agency {slug}"', f'role = "Role {chance.randrange(3)}"']
            told += [f'short_name = "S{chance.randrange(3)}"'] if chance.random() < 0.5 else []
            place = folder / f"records/agencies/{slug}.toml"
            place.parent.mkdir(exist_ok=True)
            place.write_text("\n".join(told) + "\n")
            dated(folder, f"2025-{month:02}-{date:02}", "Change")
        if month == 6:
            git(folder, "checkout", "-q", "-b", "aside", "HEAD~2")
            (folder / "records/agencies/aside.toml").write_text('title = "Aside"\n')
            dated(folder, "2025-06-28", "Aside")
            git(folder, "checkout", "-q", "main")
            at(folder, "2025-06-29", "merge", "-q", "--no-ff", "-m", "Together", "aside")
    return folder


def data_of(script: Path) -> list[dict[str, Any]]:
    """Return what a script hands to the site's own."""
    match = re.fullmatch(r"bscp\.interval\((.*)\);\n", script.read_text(), re.DOTALL)
    assert match
    _, names, rows = json.loads(f"[{match[1]}]")
    return [dict(zip(names, row, strict=True)) for row in rows]


def test_from_each_board_to_the_next_it_is_what_compare_says(lived: Path, site: Path) -> None:
    register = opened(lived)
    publish(register, site, "partnership")
    seen = 0
    for before, after in pairwise(BOARDS):
        told = {(row["path"], row["field"]): row["change"] for row in data_of(site / f"changes/{after}.js")}
        found = compare(register, commit_of(register, before), commit_of(register, after))
        assert told == {(one.path, one.field or ""): one.change for one in found}, after
        values = {
            (row["path"], row["field"]): (row["old"], row["new"]) for row in data_of(site / f"changes/{after}.js")
        }
        for one in found:
            if one.field is not None and one.change == "changed":
                assert values[one.path, one.field] == (one.old, one.new)
        seen += len(told)
    assert seen > 10
    assert sorted(path.stem for path in (site / "changes").glob("2*.html")) == list(BOARDS[1:])


@pytest.mark.parametrize("seed", range(6))
def test_the_last_entry_by_a_boards_day_is_found_from_what_was_found_before(seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 - the same each time
    start = dt.datetime(2025, 1, 1, tzinfo=dt.UTC)
    days = [start + dt.timedelta(days=number, hours=chance.randrange(24)) for number in range(200)]
    recorded = array(
        "d", [chance.choice(days).timestamp() if chance.random() < 0.1 else day.timestamp() for day in days]
    )
    boards = between.boards_of([(day, f"Board of {day}") for day in (*BOARDS, "2024-12-31", "2026-01-01")])
    ends = [dt.datetime.combine(one.day, dt.time.max, tzinfo=dt.UTC).timestamp() for one in boards]
    known, before = 0, dict[str, int]()
    for count in (0, 1, 150, 151, 160, 200):
        read = Ledger(None, recorded[:count], known, (), goes_on=True, rows={})  # type: ignore[arg-type]
        found = between.ends_of(boards, read, dt.UTC, before)
        slowly = [max((at for at, one in enumerate(recorded[:count]) if one <= end), default=-1) for end in ends]
        assert found == slowly
        labels = [one.label for one in boards]
        known, before = count, dict(chance.sample(list(zip(labels, found, strict=True)), chance.choice((0, 4, 7))))
