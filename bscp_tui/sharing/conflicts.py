"""One field that two people gave different values: what each recorded, when and why, and what was decided."""

import datetime as dt
import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from bscp_tui.model.concurrent import WHOLE_FILE, Concurrent, Given
from bscp_tui.model.document import differences
from bscp_tui.model.entry import reason_of, trailers_of
from bscp_tui.model.merging import Conflict, alike
from bscp_tui.model.record import FieldPath
from bscp_tui.model.text import shown
from bscp_tui.store.raw_history import RawCommit
from bscp_tui.store.toml_text import UnreadableError, parse

MINE, THEIRS = "mine", "theirs"


@dataclass(frozen=True)
class Side:
    """What one side recorded.

    Attributes:
        value: The value; None where it was removed.
        by: Who; "" where that cannot be told.
        email: Their address.
        made: When they made it.
        reason: Why, in their words; None where they gave none.
        entry: The entry's own id; None for one made with plain git.
        commit: Its commit.

    """

    value: object
    by: str
    email: str
    made: dt.datetime | None
    reason: str | None
    entry: str | None
    commit: str | None


@dataclass(frozen=True)
class SharedConflict:
    """A field that was given two values, one here and one in the shared copy; neither is chosen yet.

    Attributes:
        ref: The innermost thing, ``2025-27/4.1.3``.
        title: Its title.
        path: Its file.
        field: The field, seen from the file: ``key_actions.3.status``; "" for the file as a whole.
        inner: The field, seen from ``ref``: ``status``.
        place: Where in the file's document.
        ancestor: The value that both began with.
        mine: What was recorded here, and is not sent yet.
        theirs: What the shared copy holds.

    """

    ref: str
    title: str
    path: str
    field: str
    inner: str
    place: FieldPath
    ancestor: object
    mine: Side
    theirs: Side

    @property
    def key(self) -> str:
        """What a decision on just these values is kept under."""
        values = json.dumps([self.path, self.place, self.ancestor, self.mine.value, self.theirs.value], default=str)
        return hashlib.sha256(values.encode()).hexdigest()[:32]


@dataclass(frozen=True)
class Decision:
    """What a person decided on a conflict.

    Attributes:
        key: Which conflict, with the values that it had.
        takes: "mine", "theirs", or "value".
        value: The third value, where one was typed.

    """

    key: str
    takes: str
    value: object = None


class Decisions:
    """What a person decided so far and what is not sent yet, kept in the copy's own git folder."""

    def __init__(self, folder: Path) -> None:
        """Keep them in ``folder``."""
        self._file = folder / "decisions.toml"

    def all(self) -> dict[str, Decision]:
        """Return the decisions by the conflict that each is for; none where the file cannot be read."""
        try:
            rows = parse(self._file.read_bytes()).get("decisions", [])
            return {row["key"]: Decision(row["key"], row["takes"], row.get("value")) for row in rows}
        except (OSError, UnreadableError, KeyError, TypeError, AttributeError):
            return {}

    def keep(self, decisions: Iterable[Decision]) -> None:
        """Add decisions to those that are kept; a later one on the same conflict counts.

        Raises:
            OSError: They could not be kept.

        """
        from bscp_tui.store.files import replace

        known = self.all() | {decision.key: decision for decision in decisions}
        replace(self._file, _as_toml(known.values()), self._file.with_suffix(".new"))

    def forget(self) -> None:
        """Forget them all, once they are in entries that were sent."""
        self._file.unlink(missing_ok=True)


def _as_toml(decisions: Iterable[Decision]) -> bytes:
    import tomli_w

    rows = [{name: value for name, value in vars(decision).items() if value is not None} for decision in decisions]
    return tomli_w.dumps({"decisions": rows}).encode()


def touching(conflict: Conflict, versions: Sequence[tuple[RawCommit, bytes | None, bytes | None]]) -> RawCommit | None:
    """Return the last of some entries that changed the field in conflict; None where none can be told.

    Args:
        conflict: The field.
        versions: Each entry that changed the file, oldest first, with the file before and after.

    """
    for commit, old, new in reversed(versions):
        try:
            before, after = (parse(data) if data is not None else {} for data in (old, new))
        except UnreadableError:
            continue
        if any(overlap(change.path, conflict.path) for change in differences(before, after)):
            return commit
    return versions[-1][0] if versions else None


def overlap(one: FieldPath, other: FieldPath) -> bool:
    """Whether one place in a document lies in the other."""
    length = min(len(one), len(other))
    return one[:length] == other[:length]


def side(value: object, commit: RawCommit | None) -> Side:
    """Return what an entry recorded in a field."""
    if commit is None:
        return Side(value, "", "", None, None, None, None)
    made = dt.datetime.fromtimestamp(commit.author.at, dt.UTC)
    entry = entry_of(commit)
    reason = reason_of(commit.message)
    return Side(value, commit.author.name, commit.author.email, made, reason, entry, commit.identifier)


def entry_of(commit: RawCommit) -> str | None:
    """Return an entry's own id; None for one made with plain git."""
    named = trailers_of(commit.message).get("Entry", [])
    return named[0] if len(named) == 1 else None


def concurrent_line(conflict: Conflict, sides: tuple[RawCommit | None, RawCommit | None], kept: object) -> str:
    """Return what an entry says of a field that two people gave a value: both, what became of them, and the one before.

    Args:
        conflict: The field, and the three values.
        sides: The entries that gave it our value and theirs, as far as they can be told.
        kept: The value that the field has now.

    """
    values = zip((conflict.ours, conflict.theirs), sides, strict=True)
    given = tuple(Given(value, alike(value, kept), _who(commit)) for value, commit in values)
    return Concurrent(conflict.field or WHOLE_FILE, given, conflict.ancestor).line()


def _who(commit: RawCommit | None) -> str:
    if commit is None:
        return "somebody"
    made = dt.datetime.fromtimestamp(commit.author.at, dt.UTC)
    entry = entry_of(commit)
    # A bracket would end what is said of the value.
    name = shown(commit.author.name).replace("(", "[").replace(")", "]").replace("\n", " ")
    named = f"{name}, {made:%Y-%m-%dT%H:%M:%SZ}"
    return f"{named}, entry {entry}" if entry else named
