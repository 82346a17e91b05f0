"""What an output is made for, it holds to: whom a record is for, then and now, and until when it stays inside."""

import datetime as dt
import json
from pathlib import Path

import pytest

from bscp_tui.model.audience import AUDIENCES, withheld
from bscp_tui.model.fields import Audience
from tests.core.conftest import Tell, Told

POINTS = (
    ("AP-0001", "public"),
    ("AP-0002", "partnership"),
    ("AP-0003", "group"),
    ("AP-0004", None),
)


@pytest.fixture
def points(tell: Tell) -> Tell:
    """Add an action point for each audience, and one that says none."""
    for ref, audience in POINTS:
        said = [f"audience={audience}"] if audience else []
        assert tell("add", "action-point", f"ref={ref}", f"title=Title of {ref}", "owner=CT", *said).status == 0
    return tell


def refs(told: Told) -> list[str]:
    """Return the references of what was printed as JSON."""
    return [row["ref"] for row in told.json]


def public(tell: Tell, *words: str, today: str = "2026-07-01") -> Told:
    """Run a command for the public, printing JSON."""
    return tell(*words, "--audience", "public", "--format", "json", today=today)


@pytest.mark.parametrize("record", AUDIENCES)
@pytest.mark.parametrize("readers", AUDIENCES)
def test_who_may_read_the_narrower_may_read_the_wider(record: Audience, readers: Audience) -> None:
    day = dt.date(2026, 7, 1)
    left_out = withheld(record, None, readers, day)
    assert (left_out is None) == (AUDIENCES.index(record) <= AUDIENCES.index(readers))
    assert (withheld(record, day + dt.timedelta(days=1), readers, day) is None) == (readers == "group")
    assert withheld(record, day, readers, day) == left_out


def test_a_list_holds_what_its_readers_may_have_and_says_how_many_it_leaves_out(points: Tell) -> None:
    kept = public(points, "list", "action-point")
    assert refs(kept) == ["AP-0001"]
    assert "Made for the public; 3 records are left out: 3 for fewer readers." in kept.err
    for readers, count in (("partnership", 3), ("group", 4)):
        assert len(points("list", "action-point", "--audience", readers, "--format", "json").json) == count
    assert len(points("list", "action-point", "--format", "json").json) == 4
    some = public(points, "list", "action-point", "title~AP-0002")
    assert (refs(some), "1 record is left out" in some.err) == ([], True)


def test_under_embargo_a_record_is_marked_and_goes_outside_on_its_day(points: Tell) -> None:
    points("set", "AP-0001", "embargo=10/7/2026", "--reason", "Published then")
    marked = points("list", "action-point", "--format", "plain").out.splitlines()
    assert "embargo" in marked[0]
    assert "10 Jul 2026" in next(line for line in marked if "AP-0001" in line)
    held = public(points, "list", "action-point", today="2026-07-09")
    assert (refs(held), "1 under embargo" in held.err) == ([], True)
    assert refs(points("list", "action-point", "--audience", "partnership", "--format", "json")) == [
        "AP-0002", "AP-0004",
    ]  # fmt: skip
    assert refs(public(points, "list", "action-point", today="2026-07-10")) == ["AP-0001"]
    assert "embargo" not in points("list", "action-point", "--format", "plain", today="2026-07-10").out


def test_a_record_is_not_shown_to_who_may_not_have_it_nor_named_by_what_they_have(points: Tell) -> None:
    points("link", "AP-0003", "leads-to", "AP-0001", "--reason", "x")
    refused = public(points, "show", "AP-0003")
    assert (refused.status, refused.out) == (1, "")
    assert "for fewer readers" in refused.err
    shown = public(points, "show", "AP-0001")
    assert shown.status == 0
    assert "AP-0003" not in shown.out
    assert "AP-0003" in points("show", "AP-0001", "--format", "json").out


@pytest.mark.parametrize("form", ["json", "csv", "html", "markdown", "plain"])
def test_no_form_of_a_list_report_or_history_holds_a_title_that_is_withheld(points: Tell, form: str) -> None:
    for command in (("list", "action-point"), ("report", "chase"), ("history",), ("compare", "22 November 2026")):
        told = points(*command, "--audience", "public", "--format", form)
        if command[0] != "compare":
            assert "AP-0001" in told.out
        assert [ref for ref, audience in POINTS if audience != "public" and ref in told.out] == []


def test_a_report_counts_only_what_its_readers_may_have_and_says_what_it_left_out(points: Tell) -> None:
    chase = public(points, "report", "chase").json
    assert (chase["owed"], chase["audience"], chase["not_for_them"]) == (1, "public", 3)
    assert any("3 records are left out" in note for note in chase["notes"])
    everything = points("report", "chase", "--format", "json").json
    assert (everything["owed"], "audience" in everything) == (4, False)


def test_the_history_leaves_out_what_was_recorded_while_it_was_for_fewer(points: Tell) -> None:
    points("set", "AP-0003", "text=Said among ourselves", "--reason", "Inside")
    points("set", "AP-0003", "audience=public", "text=Said to all", "--reason", "Opened")
    points("set", "AP-0003", "text=Said again", "--reason", "Outside")
    points("set", "AP-0001", "text=Once outside", "--reason", "Open")
    points("set", "AP-0001", "audience=group", "--reason", "Closed")
    told = public(points, "history")
    assert [(row["ref"], row["new"]) for row in told.json if row["ref"].startswith("AP-")] == [
        ("AP-0003", "Said again")
    ]
    assert "among ourselves" not in told.out
    assert public(points, "history", "AP-0001").json == []
    inside = json.loads(points("history", "AP-0003", "--audience", "group", "--format", "json").out)
    assert [row["new"] for row in inside][-2:] == ["Said among ourselves", None]
    assert {row["new"] for row in inside} >= {"Said again", "public", "Said to all"}


def test_the_limit_of_a_history_counts_what_its_readers_get(points: Tell) -> None:
    for number in range(3):
        points("set", "AP-0001", f"text=Open {number}", "--reason", "x")
        points("set", "AP-0003", f"text=Closed {number}", "--reason", "x")
    told = public(points, "history", "--limit", "2")
    assert [row["new"] for row in told.json] == ["Open 2", "Open 1"]


def test_an_older_state_is_held_to_what_was_decided_since(points: Tell) -> None:
    before = points("history", "--limit", "1", "--format", "json").json[0]["commit"]
    points("set", "AP-0001", "audience=group", "--reason", "A mistake")
    assert refs(public(points, "list", "action-point", "--as-of", before)) == []
    assert public(points, "report", "chase", "--as-of", before).json["owed"] == 0
    compared = public(points, "compare", before)
    assert compared.json == []


def test_the_day_that_a_view_tells_of_lifts_no_embargo(points: Tell) -> None:
    points("set", "AP-0001", "embargo=31/12/2027", "--reason", "x")
    told = points("list", "action-point", "--position", "1/1/2028", "--audience", "public", "--format", "json")
    assert told.json == []


def test_reviews_incidents_and_disagreements_are_for_the_group_and_a_file_that_says_nothing_too(tell: Tell) -> None:
    tell("add", "incident", "ref=SI-0001", "title=Case 1")
    tell("add", "review", "ref=2026-27-01", "title=Review")
    tell("add", "disagreement", "ref=PD-0001", "title=Threshold")
    for kind, ref in (("incident", "SI-0001"), ("review", "2026-27-01"), ("disagreement", "PD-0001")):
        assert tell("show", ref, "--format", "json").json["audience"] == "group"
        tell("set", ref, "audience=", "--reason", "x")
        assert tell("list", kind, "--audience", "partnership", "--format", "json").json == []


def test_a_body_that_is_withheld_is_not_named(points: Tell) -> None:
    points("set", "trust", "audience=group", "--reason", "x")
    told = public(points, "list", "action-point", "--columns", "ref,lead")
    assert "Children's Trust" not in told.out


def test_whoever_narrows_an_audience_is_told_that_it_is_no_lock(points: Tell) -> None:
    told = points("set", "AP-0001", "audience=group", "--reason", "x")
    assert told.status == 0
    assert "a register of its own" in told.err
    assert points("set", "AP-0001", "audience=public", "--reason", "x").err == ""


def test_what_cannot_be_read_is_for_nobody_and_is_counted(points: Tell, empty_folder: Path) -> None:
    path = next((empty_folder / "records").rglob("AP-0001.toml"))
    path.write_text(path.read_text(encoding="utf-8") + "audience = 5\n", encoding="utf-8")
    told = public(points, "list", "action-point")
    assert told.json == []
    assert "1 more cannot be read" in told.err
    assert public(points, "show", "AP-0001").status == 1


def test_a_wrong_audience_is_answered_with_those_that_there_are(points: Tell) -> None:
    wrong = points("list", "action-point", "--audience", "press")
    assert wrong.status == 2
    assert "partnership" in wrong.err


def test_who_changed_what_is_told_of_no_record_that_is_withheld(points: Tell) -> None:
    assert public(points, "who", "AP-0001").json
    held = public(points, "who", "AP-0003")
    assert (held.status, "Title of AP-0003" in held.out + held.err) == (1, False)
    assert "is not shown to the readers asked for" in held.err


def test_themes_are_suggested_from_what_the_readers_may_have(points: Tell) -> None:
    for ref in ("AP-0002", "AP-0003"):
        points("set", ref, "text=Unborn babies are not seen by their midwives", "--reason", "Told")
    told = public(points, "suggest", "unborn", "babies", "midwives")
    assert "AP-0003" not in told.out
