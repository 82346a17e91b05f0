"""The calendar file: read by a strict reader of RFC 5545, with every open target, running clock and meeting."""

import datetime as dt
import re
from pathlib import Path

from bscp_tui.reports.calendar import calendar_of
from bscp_tui.store.register import Register
from tests.core.conftest import Tell

STAMP = dt.datetime(2026, 6, 30, 12, 0, tzinfo=dt.UTC)
ALLOWED = {"UID", "DTSTAMP", "DTSTART", "DTEND", "SUMMARY", "DESCRIPTION", "CATEGORIES", "TRANSP"}


def read(data: bytes) -> list[dict[str, str]]:
    """Return the events of a calendar file, or fail on whatever RFC 5545 forbids."""
    assert data.endswith(b"\r\n")
    lines = data.split(b"\r\n")[:-1]
    assert all(b"\n" not in line and b"\r" not in line and len(line) <= 75 for line in lines)
    for octets in lines:
        octets.decode()  # no character is split between two lines
    whole = data.decode().replace("\r\n ", "").removesuffix("\r\n").split("\r\n")
    assert whole[0] == "BEGIN:VCALENDAR"
    assert whole[-1] == "END:VCALENDAR"
    first = next((at for at, line in enumerate(whole) if line == "BEGIN:VEVENT"), len(whole) - 1)
    head = dict(line.partition(":")[::2] for line in whole[1:first])
    assert head["VERSION"] == "2.0"
    assert head["PRODID"]
    events: list[dict[str, str]] = []
    inside = False
    for line in whole[1 + len(head) : -1]:
        name, _, value = line.partition(":")
        if line == "BEGIN:VEVENT":
            assert not inside
            inside = True
            events.append({})
        elif line == "END:VEVENT":
            inside = False
            assert {"UID", "DTSTAMP", "DTSTART", "SUMMARY"} <= events[-1].keys()
        else:
            assert inside
            name, _, parameter = name.partition(";")
            assert name in ALLOWED
            assert name not in events[-1]  # each of these stands once
            if name.startswith("DT") and name != "DTSTAMP":
                assert parameter == "VALUE=DATE"
                dt.datetime.strptime(value, "%Y%m%d")  # noqa: DTZ007 - a day has no zone
            elif name == "DTSTAMP":
                assert re.fullmatch(r"\d{8}T\d{6}Z", value)
            else:
                assert not re.search(r"(?<!\\)(?:\\\\)*[;,]", value), value
                value = re.sub(r"\\([\\;,nN])", lambda match: "\n" if match[1] in "nN" else match[1], value)
            events[-1][name] = value
    assert not inside
    assert len({event["UID"] for event in events}) == len(events)
    return events


def test_every_open_target_and_meeting_of_the_starter_is_in_it(register: Register) -> None:
    snapshot = register.snapshot()
    events = read(calendar_of(snapshot, STAMP))
    assert events == read(calendar_of(register.snapshot(), STAMP))
    targets = [event for event in events if event["CATEGORIES"] == "Target"]
    from bscp_tui.model.kinds import KINDS

    due = [
        view
        for kind in KINDS.values()
        if kind.model.chased
        for view in snapshot.views(kind)
        if view.value("open") and view.value("due")
    ]
    assert len(targets) == len(due) > 30
    days = sorted(f"{view.value('due'):%Y%m%d}" for view in due)
    assert sorted(event["DTSTART"] for event in targets) == days
    assert sum(event["CATEGORIES"] == "Meeting" for event in events) == len(snapshot.of_kind("meeting"))


def test_what_people_type_cannot_break_a_line_or_add_one(tell: Tell, tmp_path: Path) -> None:
    title = "Ümläut, semi;colon \\ back " + "ß" * 90
    assert tell("add", "action-point", "ref=AP-0001", f"title={title}", "owner=CT", "target=1/8/2026").status == 0
    out = tmp_path / "days.ics"
    assert tell("calendar", "--out", str(out)).status == 0
    event = read(out.read_bytes())[0]
    assert title in event["SUMMARY"]
    before = out.read_bytes()
    assert tell("calendar", "--out", str(out)).status == 0
    assert out.read_bytes() == before
    tell("set", "AP-0001", "title=Short", "--reason", "x")
    tell("calendar", "--out", str(out))
    assert read(out.read_bytes())[0]["UID"] == event["UID"]
    assert tell("calendar", "--out", str(tmp_path / "days.txt")).status == 2


def test_it_holds_only_what_its_readers_may_have(tell: Tell) -> None:
    tell("add", "action-point", "ref=AP-0001", "title=For all", "owner=CT", "target=1/8/2026", "audience=public")
    tell("add", "action-point", "ref=AP-0002", "title=For few", "owner=CT", "target=1/8/2026", "audience=group")
    told = tell("calendar", "--audience", "public")
    assert "For all" in told.out
    assert "For few" not in told.out
    assert "left out: " in told.err
