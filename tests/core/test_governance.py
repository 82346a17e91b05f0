"""Groups meet, see what they must, and decide; a sitting records its decisions as one."""

from pathlib import Path

import pytest

from tests.core.conftest import Tell


@pytest.fixture
def board(tell: Tell) -> Tell:
    """A register with a board that meets four times a year, and a meeting of it on 14 July 2026."""
    made = tell("add", "group", "title=Executive Board", "short_name=EB", "slug=board", "type=board", "times_a_year=4",
                "start=1/4/2024", "members=CT; POL")  # fmt: skip
    assert made.status == 0, made.err
    assert tell("add", "meeting", "ref=MT-0002", "group=EB", "date=14/7/2026").status == 0
    for number, due in (("1", "1/7/2026"), ("2", "1/9/2026")):
        told = tell("add", "action-point", f"ref=AP-000{number}", f"title=Point {number}", "owner=EB", f"target={due}")
        assert told.status == 0
    return tell


def test_a_meeting_goes_by_its_group_and_day_and_is_to_come_until_it_is_held(board: Tell) -> None:
    row = board("show", "MT-0002", "--format", "json").json
    assert (row["title"], row["timeliness"], row["overdue"]) == ("Board, 14 July 2026", "in 13 days", False)
    assert board("show", "MT-0002", "--format", "json", today="2026-07-20").json["overdue"] is True
    early = board("status", "MT-0002", "held", "--reason", "x")
    assert early.status == 1
    assert "still to come" in early.err
    assert board("status", "MT-0002", "held", "--reason", "It met", today="2026-07-14").status == 0


def test_a_group_cannot_meet_before_it_was_set_up_or_after_it_ended(board: Tell) -> None:
    refused = board("add", "meeting", "group=EB", "date=31/3/2024")
    assert refused.status == 1
    assert "set up on 1 April 2024" in refused.err
    assert board("add", "meeting", "group=EB", "date=1/4/2024").status == 0
    assert board("set", "MT-0002", "date=31/3/2024", "--reason", "x").status == 1
    board("set", "board", "end=1/8/2026", "--reason", "x")
    assert board("add", "meeting", "group=EB", "date=2/8/2026").status == 1
    assert board("add", "meeting", "group=EB").status == 1
    assert board("add", "meeting", "group=Nobody", "date=1/4/2025").status == 2


def test_what_is_due_to_a_group_next_follows_from_what_it_last_saw(board: Tell) -> None:
    duty = ("of=board", "in=duties", "title=Progress on the plan", "times_a_year=4")
    assert board("add", "row", *duty, "first_due=1/6/2026").status == 0
    assert board("show", "board", "--format", "json").json["due_next"] == ["1 Jun 2026: Progress on the plan"]
    board("add", "meeting", "ref=MT-0001", "group=EB", "date=31/3/2026", "status=held")
    board("add", "row", "of=MT-0001", "in=papers", "title=Report of the unit", "duty=progress on the plan")
    row = board("show", "board", "--format", "json").json
    assert row["due_next"] == ["30 Jun 2026: Progress on the plan"]
    assert (row["last_met"], row["next_meeting"], row["should_meet"]) == ("2026-03-31", "2026-07-14", "2026-06-30")
    assert row["meeting_late"] is True
    table = board("report", "governance", "--format", "json").json["tables"][1]["rows"]
    assert table == [{"due": "2026-06-30", "group": "Executive Board", "title": "Progress on the plan", "by": None,
                      "when": "4 a year", "seen": "2026-03-31", "state": "late"}]  # fmt: skip


def test_what_a_group_must_see_is_selected_by_a_kind_and_a_filter_that_can_be_read(board: Tell) -> None:
    for wrong in ("chickens", "action-point colour=red", 'action-point "'):
        refused = board("add", "row", "of=board", "in=duties", "title=x", f"selects={wrong}")
        assert refused.status == 1, wrong
        assert "selects nothing" in refused.err
    assert board("add", "row", "of=board", "in=duties", "title=x", "selects=action-point open=yes").status == 0


def test_an_agenda_lists_what_is_named_what_must_be_seen_and_what_is_owed_by_then(board: Tell) -> None:
    agenda = board("sitting", "MT-0002", "--format", "json").json
    assert [(row["ref"], row["why"]) for row in agenda] == [("AP-0001", "due 1 Jul 2026")]
    board("add", "row", "of=MT-0002", "in=papers", "title=Point 2", "about=AP-0002")
    board("add", "training", "ref=TR-0001", "title=Neglect", "status=planned")
    board("add", "row", "of=board", "in=duties", "title=Training planned", "selects=training status=planned")
    agenda = board("sitting", "MT-0002", "--format", "json").json
    assert [(row["ref"], row["why"]) for row in agenda] == [
        ("AP-0002", "paper: Point 2"),
        ("TR-0001", "must see: Training planned"),
        ("AP-0001", "due 1 Jul 2026"),
    ]
    assert "paper: Point 2" in board("sitting", "Board, 14 July 2026").out


def decisions(folder: Path, *lines: str) -> str:
    path = folder / "decisions.csv"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return str(path)


def test_a_sitting_records_each_decision_as_an_entry_of_one_group(board: Tell, tmp_path: Path) -> None:
    source = decisions(tmp_path, "ref,status,update,reason", "AP-0001,in-progress,,", "AP-0002,deferred,Waits,No money")
    told = board("sitting", "MT-0002", "--decisions", source, "--reason", "Agreed by the board", "--held",
                 "--format", "json", today="2026-07-14")  # fmt: skip
    assert told.status == 0, told.err
    assert [row["sentence"] for row in told.json] == [
        "AP-0001 Point 1: not started → in progress",
        "AP-0002 Point 2: not started → deferred",
        "MT-0002 Board, 14 July 2026: scheduled → held",
    ]
    rows = board("history", "--decided-at", "mt-0002", "--format", "json").json
    assert {row["group"] for row in rows} == {rows[0]["group"]}
    assert rows[0]["group"]
    assert len({row["entry"] for row in rows}) == 3
    assert {row["effective"] for row in rows} == {"2026-07-14"}
    assert {row["reason"] for row in rows if row["ref"] == "AP-0001"} == {"Agreed by the board"}
    assert {row["reason"] for row in rows if row["ref"] == "AP-0002"} == {"No money"}
    agenda = board("sitting", "MT-0002", "--format", "json", today="2026-07-20").json
    assert [row["decided"] for row in agenda] == ["status: not started → in progress"]
    undone = board("undo", rows[0]["entry"], "--reason", "Wrong meeting")
    assert undone.status == 0, undone.err
    assert board("show", "AP-0002", "--format", "json").json["status"] == "not-started"


@pytest.mark.parametrize(
    ("lines", "status", "told"),
    [
        (("ref,status", "AP-0001,in-progress", "AP-0002,finished"), 2, "line 3: Progress: “finished” is not one of"),
        (("ref,status", "AP-0001,in-progress", "AP-0009,complete"), 2, "line 3: There is no “AP-0009”"),
        (("ref,status", "AP-0001,in-progress", "AP-0002,complete"), 1, "line 3: AP-0002: it has no dated evidence"),
        (("ref,status", "AP-0001,in-progress", "AP-0001,deferred"), 2, "AP-0001 is decided twice"),
        (("ref,colour", "AP-0001,red"), 2, "has no field “colour”"),
        (("status", "in-progress"), 2, "the first line names the columns"),
        (("ref,status,status", "AP-0001,deferred,deferred"), 2, "each once"),
        (("ref,status", "AP-0001,deferred,more"), 2, "3 cells"),
        (("ref,status", ",deferred"), 2, "needs a ref"),
        (("ref,status", '"AP-0001,deferred'), 2, "line"),
    ],
)  # fmt: skip
def test_where_one_decision_cannot_be_recorded_none_is(
    board: Tell, tmp_path: Path, lines: tuple[str, ...], status: int, told: str
) -> None:
    before = len(board("history", "--format", "json").json)
    refused = board("sitting", "MT-0002", "--decisions", decisions(tmp_path, *lines), "--reason", "Agreed")
    assert refused.status == status, refused.err
    assert told in refused.err
    assert len(board("history", "--format", "json").json) == before


def test_a_decision_needs_a_reason_its_own_or_the_sittings(board: Tell, tmp_path: Path) -> None:
    refused = board("sitting", "MT-0002", "--decisions", decisions(tmp_path, "ref,status", "AP-0001,deferred"))
    assert refused.status == 1
    assert "needs a reason" in refused.err


def test_a_meeting_named_where_something_was_decided_is_linked_by_its_reference(board: Tell) -> None:
    why = ("--reason", "Agreed")
    assert board("status", "AP-0001", "in-progress", *why, "--decided-at", "mt-0002").status == 0
    assert board("set", "AP-0001", "update=x", *why, "--decided-at", "Board, 14 July 2026").status == 0
    assert board("set", "AP-0001", "update=y", *why, "--decided-at", "A walk in the park").status == 0
    rows = board("history", "AP-0001", "--format", "json").json
    assert [row["decided_at"] for row in rows[:3]] == ["A walk in the park", "MT-0002", "MT-0002"]
    refused = board("set", "AP-0001", "update=z", *why, "--decided-at", "MT-9999")
    assert refused.status == 2
    assert "There is no meeting MT-9999" in refused.err


def test_attendance_is_counted_by_agency(board: Tell) -> None:
    assert board("add", "row", "of=MT-0002", "in=attendance", "agency=CT").status == 0
    assert board("add", "row", "of=MT-0002", "in=attendance", "agency=CT").status == 1
    assert board("show", "MT-0002", "--format", "json").json["attended"] == "1 of 2 agencies"
    table = board("report", "governance", "--format", "json").json["tables"][3]["rows"]
    assert table == [{"group": "Executive Board", "agency": "Children's Trust", "attended": 1, "recorded": 1}]


def test_a_work_programme_is_chased_item_by_item_and_linked_to_key_actions(board: Tell) -> None:
    assert board("add", "work-programme", "ref=WP-0001", "group=EB", "title=Programme", "year=2026/27").status == 0
    added = board("add", "work-item", "work_programme=WP-0001", "title=Review the terms", "target=1/5/2026")
    assert added.status == 0, added.err
    row = board("show", "WP-0001", "--format", "json").json
    assert (row["progress"], row["late"], row["overdue"]) == ("0 of 1 done", 1, True)
    chased = board("report", "chase", "--format", "json").json["tables"][0]["rows"]
    assert [line["overdue"] for line in chased if line["party"] == "Executive Board"] == [1]
    assert board("set", "WP-0001.1", "target=1/8/2026", "--reason", "Agreed").status == 0
    assert board("show", "WP-0001", "--format", "json").json["due"] == "2026-08-01"
    done = board("status", "WP-0001.1", "complete", "--reason", "Done", "--evidence", "The terms are published")
    assert done.status == 0, done.err
    assert board("show", "WP-0001", "--format", "json").json["progress"] == "1 of 1 done"
