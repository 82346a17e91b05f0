"""Since when a report tells what changed: a date, a register version, a meeting, or the board's last one."""

import datetime as dt
from collections.abc import Callable
from typing import Any

from bscp_tui.model.dates import in_words, read_month
from bscp_tui.model.fields import BODY_KINDS
from bscp_tui.model.kinds import KINDS
from bscp_tui.model.view import View
from bscp_tui.reports.asked import LAST_MEETING, LAST_REPORT, Earlier
from bscp_tui.store.commits import commit_at, made_with, seconds_told
from bscp_tui.store.git import GitError
from bscp_tui.store.moments import NoSuchMomentError, commit_of, instant, zone_of
from bscp_tui.store.register import Register
from bscp_tui.store.snapshot import Snapshot

_DAY = dt.timedelta(days=1)


def earlier(
    register: Register, snapshot: Snapshot, asked: tuple[str | None, str], commit: str, then: Callable[[str], Snapshot]
) -> Earlier | None:
    """Return the moment that is asked for; by default the last meeting of a board, or report, None where none is.

    A meeting was given what the register said when the day before it ended; what was recorded on its own day is
    news to the next one. A report tells of the day on which it was published. A date is its end.

    Args:
        register: The register.
        snapshot: The records of the report.
        asked: What was typed (a date, a register version, a meeting's or report's reference, "last meeting",
            "last meeting of …", "last report"), and what counts where nothing was.
        commit: The register version of the report.
        then: Returns the records at a register version, as far as the readers may have them.

    Raises:
        NoSuchMomentError: It cannot be read, there is no such meeting, or it lies behind the report's own version.

    """
    when, usual = asked
    record = _record(snapshot, when or usual)
    if record is not None:
        return _from_record(register, record, commit, then)
    if when is None:
        return None
    if _is_last(when):
        msg = f"Nothing recorded before {in_words(snapshot.today)} is the {' '.join(when.split())}: name a date."
        raise NoSuchMomentError(msg)
    found = _held(register, commit, commit_of(register, when), when)
    try:
        day = instant(register, when).date()
    except NoSuchMomentError:
        day = _recorded(register, found)
        return Earlier(found, day, f"version {found[:7]} of {in_words(day)}", then(found))
    return Earlier(found, day, in_words(day), then(found))


def _from_record(register: Register, record: View, commit: str, then: Callable[[str], Snapshot]) -> Earlier:
    """Return the register as a meeting was given it, or a report told it; as it was made, where that is later."""
    day = _when(record)[0]
    met = record.kind is KINDS["meeting"]
    end = dt.datetime.combine(day - _DAY if met else day, dt.time.max, tzinfo=zone_of(register))
    found = commit_at(register.repository, end)
    told = str(record.value("published_as") or in_words(day)) if not met else in_words(day)
    said = f"{record.title}, {told}" if told not in record.title else record.title
    if found is None:
        said += " (from the register's beginning, which is later)"
    found = _held(register, commit, found or made_with(register.repository), record.ref)
    return Earlier(found, day, said, then(found))


def _held(register: Register, commit: str, found: str, when: str) -> str:
    """Return ``found``, which must be part of the history up to ``commit``."""
    try:
        register.repository.read("merge-base", "--is-ancestor", found, commit)
    except GitError:
        msg = f"Nothing can be told since {when}: that lies behind the register version that the report tells of."
        raise NoSuchMomentError(msg) from None
    return found


def _recorded(register: Register, commit: str) -> dt.date:
    told = register.repository.read("show", "-s", "--format=%ct", commit).decode().strip()
    return dt.datetime.fromtimestamp(seconds_told(told), zone_of(register)).date()


def _is_last(when: str) -> bool:
    return " ".join(when.lower().split()).startswith((LAST_MEETING, LAST_REPORT))


def _record(snapshot: Snapshot, when: str) -> View | None:
    """Return the meeting or report that is meant; None where something else is, or there is none."""
    words = " ".join(when.split())
    if words.lower() == LAST_REPORT:
        return max((view for view in snapshot.views(KINDS["report"]) if _was(view)), key=_when, default=None)
    if words.lower().startswith(LAST_MEETING):
        groups = _groups(snapshot, words[len(LAST_MEETING) :].strip().removeprefix("of ").strip())
        met = (view for view in snapshot.views(KINDS["meeting"]) if _group(view) in groups and _was(view))
        return max(met, key=_when, default=None)
    named = snapshot.view(words)
    return named if named is not None and named.kind in {KINDS["meeting"], KINDS["report"]} and _day(named) else None


def _groups(snapshot: Snapshot, name: str) -> set[str]:
    """Return the group of that name; every board without one."""
    if name:
        ref = snapshot.reference(name, BODY_KINDS)
        return {ref} if ref else set()
    return {view.ref for view in snapshot.views(KINDS["group"]) if view.value("type") == "board"}


def _group(view: View) -> str:
    item: Any = view.item
    return str(item.group)


def _was(view: View) -> bool:
    """Whether a meeting was held, or a report published, before today."""
    item: Any = view.item
    day = _day(view)
    return day is not None and day < view.today and (view.kind is KINDS["report"] or item.took_place(view.today))


def _day(view: View) -> dt.date | None:
    """Return the day of a meeting, or of a report's publication; its month's first where only that is told."""
    day = view.value("published" if view.kind is KINDS["report"] else "date")
    return day if isinstance(day, dt.date) else read_month(str(view.value("published_as")))


def _when(view: View) -> tuple[dt.date, str]:
    return _day(view) or dt.date.min, view.ref
