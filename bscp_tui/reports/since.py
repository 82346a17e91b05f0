"""Since when a report tells what changed: a date, a register version, a meeting, or the board's last one."""

import datetime as dt
from collections.abc import Callable
from typing import Any

from bscp_tui.model.dates import in_words
from bscp_tui.model.fields import BODY_KINDS
from bscp_tui.model.kinds import KINDS
from bscp_tui.model.view import View
from bscp_tui.reports.asked import Earlier
from bscp_tui.store.commits import commit_at, made_with
from bscp_tui.store.git import GitError
from bscp_tui.store.moments import NoSuchMomentError, commit_of, instant, zone_of
from bscp_tui.store.register import Register
from bscp_tui.store.snapshot import Snapshot

LAST_MEETING = "last meeting"
_DAY = dt.timedelta(days=1)


def earlier(
    register: Register, snapshot: Snapshot, when: str | None, commit: str, then: Callable[[str], Snapshot]
) -> Earlier | None:
    """Return the moment that ``when`` means; without it, the last meeting of a board, None where there is none.

    A meeting was given what the register said when the day before it ended; what was recorded on its own day is
    news to the next one. A date is its end.

    Args:
        register: The register.
        snapshot: The records of the report.
        when: What was typed: a date, a register version, a meeting's reference, "last meeting", "last meeting of …".
        commit: The register version of the report.
        then: Returns the records at a register version, as far as the readers may have them.

    Raises:
        NoSuchMomentError: It cannot be read, there is no such meeting, or it lies behind the report's own version.

    """
    meeting = _meeting(snapshot, when)
    if meeting is not None:
        return _from_meeting(register, meeting, commit, then)
    if when is None:
        return None
    found = _held(register, commit, commit_of(register, when), when)
    try:
        day = instant(register, when).date()
    except NoSuchMomentError:
        day = _recorded(register, found)
        return Earlier(found, day, f"version {found[:7]} of {in_words(day)}", then(found))
    return Earlier(found, day, in_words(day), then(found))


def _from_meeting(register: Register, meeting: View, commit: str, then: Callable[[str], Snapshot]) -> Earlier:
    """Return the register as a meeting was given it; as it was made, where it is younger than the meeting."""
    item: Any = meeting.item
    end = dt.datetime.combine(item.date - _DAY, dt.time.max, tzinfo=zone_of(register))
    found = commit_at(register.repository, end)
    said = f"{meeting.name_of(item.group)}, {in_words(item.date)}"
    if found is None:
        said += " (from the register's beginning, which is later)"
    found = _held(register, commit, found or made_with(register.repository), meeting.ref)
    return Earlier(found, item.date, said, then(found))


def _held(register: Register, commit: str, found: str, when: str) -> str:
    """Return ``found``, which must be part of the history up to ``commit``."""
    try:
        register.repository.read("merge-base", "--is-ancestor", found, commit)
    except GitError:
        msg = f"Nothing can be told since {when}: that lies behind the register version that the report tells of."
        raise NoSuchMomentError(msg) from None
    return found


def _recorded(register: Register, commit: str) -> dt.date:
    told = register.repository.read("show", "-s", "--format=%ct", commit)
    return dt.datetime.fromtimestamp(int(told), zone_of(register)).date()


def _meeting(snapshot: Snapshot, when: str | None) -> View | None:
    """Return the meeting that is meant; None where something else is."""
    words = " ".join((when or LAST_MEETING).split())
    if words.lower().startswith(LAST_MEETING):
        of = words[len(LAST_MEETING) :].strip()
        found = _last(snapshot, of.removeprefix("of ").strip())
        if found is None and when is not None:
            whose = of.removeprefix("of ").strip() or "a board"
            msg = f"No meeting of {whose} that took place before {in_words(snapshot.today)} is recorded: name a date."
            raise NoSuchMomentError(msg)
        return found
    named = snapshot.view(words)
    return named if named is not None and named.kind is KINDS["meeting"] else None


def _last(snapshot: Snapshot, group: str) -> View | None:
    """Return the last meeting before today of a group, or of any board."""
    if group:
        ref = snapshot.reference(group, BODY_KINDS)
        groups = {ref} if ref else set()
    else:
        groups = {view.ref for view in snapshot.views(KINDS["group"]) if view.value("type") == "board"}
    return max((view for view in snapshot.views(KINDS["meeting"]) if _was(view, groups)), key=_when, default=None)


def _was(view: View, groups: set[str]) -> bool:
    item: Any = view.item
    return item.group in groups and item.date < view.today and item.took_place(view.today)


def _when(view: View) -> tuple[dt.date, str]:
    item: Any = view.item
    return item.date, view.ref
