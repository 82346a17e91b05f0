"""The position on a day: what was true then, as it was known later, against a slow reading of every entry."""

import copy
import datetime as dt
import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from bscp_tui.history.position import position
from bscp_tui.model.kinds import KINDS
from bscp_tui.model.view import Circumstances
from tests.cli.support import done
from tests.support import RECORD, change, git, head, opened

START = dt.date(2026, 1, 1)


def record(folder: Path, day: int, **values: object) -> None:
    register = opened(folder)
    why = Circumstances("The board agreed it.", START + dt.timedelta(days=day))
    register.record(change(register, "4.1.3", why, **values))


def told_by_messages(folder: Path, day: dt.date) -> dict[str, Any]:
    """Key action 3, replayed from git and the day that each entry names, the slow way."""
    row: dict[str, Any] = {}
    before: dict[str, Any] = {}
    for commit in git(folder, "rev-list", "--reverse", "HEAD", "--", RECORD).split():
        document = tomllib.loads(git(folder, "show", f"{commit}:{RECORD}"))
        now = next(each for each in document["key_actions"] if each["number"] == 3)
        effective = git(folder, "log", "-1", "--format=%(trailers:key=Effective,valueonly)", commit).strip()
        if dt.date.fromisoformat(effective) <= day:
            for key in {**before, **now}:
                if before.get(key) != now.get(key):
                    row[key] = now.get(key)
        before = copy.deepcopy(now)
    return {key: value for key, value in row.items() if value is not None}


@settings(max_examples=5, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    some.lists(
        some.tuples(
            some.integers(0, 9), some.sampled_from(("update", "note", "text")), some.sampled_from(("A", "B", "C"))
        ),
        min_size=1,
        max_size=5,
    )
)
def test_the_position_is_what_a_slow_replay_gives(folder: Path, made: list[tuple[int, str, str]]) -> None:
    for day, field, value in made:
        record(folder, day, **{field: value})
    register = opened(folder)
    for day in (-1, 0, 3, 6, 9):
        found = position(register, head(folder), START + dt.timedelta(days=day))
        rows = found.snapshot.document(RECORD)["key_actions"]
        assert next(row for row in rows if row["number"] == 3) == told_by_messages(folder, found.day)
    # By the last day all of them count, and the position is the register as recorded.
    latest = position(register, head(folder), dt.date(2100, 1, 1))
    assert latest.snapshot.document(RECORD) == register.snapshot().document(RECORD)
    assert latest.late == ()


def test_a_record_that_counts_from_later_on_is_not_there_yet(folder: Path) -> None:
    found = position(opened(folder), head(folder), dt.date(1999, 1, 1))
    assert not found.snapshot.has_path(RECORD)
    assert found.snapshot.settings.current_plan == "2025-27"


def test_what_was_recorded_late_is_told_beside_the_rows(folder: Path) -> None:
    done(folder, "status", "4.1.3", "in-progress", "--reason", "Begun.", "--on", "2026-03-01")
    ran = done(folder, "list", "key-action", "--position", "2026-03-31", "--format", "json")
    row = next(each for each in ran.json if each["ref"] == "2025-27/4.1.3")
    assert (row["status"], row["recorded_late"][0]) == ("in-progress", "key_actions.3.status")
    assert "Recorded after 31 March 2026, but true by then: 2025-27/4.1.3 status" in ran.err
    earlier = done(folder, "show", "4.1.3", "--position", "2026-02-28", "--format", "json").json
    assert earlier["status"] == "not-started"


def test_as_known_before_it_was_recorded_the_position_is_another(folder: Path) -> None:
    before = head(folder)
    done(folder, "status", "4.1.3", "in-progress", "--reason", "Begun.", "--on", "2026-03-01")
    shown = done(folder, "show", "4.1.3", "--position", "2026-03-31", "--as-of", before, "--format", "json").json
    assert shown["status"] == "not-started"


@pytest.mark.parametrize("form", ["plain", "json"])
def test_a_report_names_its_position(folder: Path, form: str) -> None:
    done(folder, "status", "4.1.3", "in-progress", "--reason", "Begun.", "--on", "2026-03-01")
    ran = done(folder, "report", "summary", "--position", "2026-03-31", "--format", form)
    if form == "plain":
        assert "Position on 31 March 2026, as known on" in ran.out
    else:
        assert ran.json["position"] == "2026-03-31"
        assert ran.json["recorded_late"][0]["new"] == "in-progress"


def test_a_row_that_counts_where_an_edit_by_hand_had_put_no_rows_stops_no_position(folder: Path) -> None:
    place = folder / RECORD
    text = place.read_text(encoding="utf-8")
    none = f"key_actions = 3\n{text.partition('[[')[0]}"
    one_more = f'{text}\n[[key_actions]]\nid = "zzzz"\nnumber = 9\ntitle = "One more"\n'
    for held, day in ((none, "2026-08-01"), (text, "2026-10-01"), (one_more, "2026-08-02")):
        place.write_text(held, encoding="utf-8")
        git(folder, "commit", "-qam", "By hand", GIT_COMMITTER_DATE=f"{day}T12:00:00+00:00")
    found = position(opened(folder), head(folder), dt.date(2026, 9, 1)).snapshot
    assert found.view("2025-27/4.1") is None  # it was no record then, and is not read as one
    assert [bad.ref for bad in found.unreadable(KINDS["action"])] == ["2025-27/4.1"]
