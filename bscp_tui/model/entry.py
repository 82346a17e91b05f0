"""What a commit says: a sentence, the reason, and lines that programs can read."""

import datetime as dt
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass

from bscp_tui.model.amendment import Amendment
from bscp_tui.model.document import ALPHABET, Change
from bscp_tui.model.spoken import spoken
from bscp_tui.model.text import one_line, shortened
from bscp_tui.model.workflow import words

LONGEST_VALUE = 120
LONGEST_TITLE = 60
_TRAILER = re.compile(r"([A-Z][A-Za-z-]+): (.*)")


@dataclass(frozen=True)
class Entry:
    """One commit of the register, as the person who made it is told.

    Attributes:
        entry: Its random id, which stays with it for ever.
        commit: The commit's id.
        sentence: What was recorded, in one sentence.
        changes: The fields, old to new.
        warnings: What could not be finished although the entry is safe.

    """

    entry: str
    commit: str
    sentence: str
    changes: tuple[Change, ...]
    warnings: tuple[str, ...] = ()


def new_entry_id() -> str:
    """Return a random entry id, ``7f3k-92qm``."""
    import secrets

    letters = [secrets.choice(ALPHABET) for _ in range(8)]
    return "".join(letters[:4]) + "-" + "".join(letters[4:])


def sentence(amendment: Amendment, changes: Sequence[Change]) -> str:
    """Return what is recorded in one sentence: "2025-27/4.1.3 Title: in progress → complete"."""
    name = f"{amendment.ref} {shortened(one_line(amendment.title), LONGEST_TITLE)}".strip()
    if amendment.action in {"added", "withdrawn"}:
        return f"{name}: {amendment.action}"
    if amendment.action == "undone":
        name = f"{name}: undone"
    return f"{name}: {_told(amendment, changes)}"


def message(entry: str, amendment: Amendment, changes: Sequence[Change]) -> str:
    """Return the whole commit message: sentence, quoted reason, trailers.

    What people typed is quoted line by line, so that it can forge neither a trailer nor a
    second sentence.
    """
    why = amendment.why
    parts = [sentence(amendment, changes)]
    if why.reason:
        parts.append(quoted(why.reason))
    trailers = [f"Entry: {entry}", f"Record: {amendment.path}"]
    trailers += [f"Change: {change_line(change)}" for change in changes] if amendment.base is not None else []
    trailers += ["Change: added"] if amendment.base is None else []
    trailers.append(f"Effective: {why.effective.isoformat()}")
    if why.decided_at:
        trailers.append(f"Decided-At: {one_line(why.decided_at)}")
    if why.privacy_reason:
        trailers.append(f"Privacy-Reason: {one_line(why.privacy_reason)}")
    trailers += [f"Group: {amendment.group}"] if amendment.group else []
    trailers += [f"Undoes: {amendment.undoes}"] if amendment.undoes else []
    trailers += [f"Evidence: {change.path[-1].lstrip('#')}" for change in changes if _is_evidence(change)]
    return "\n\n".join([*parts, "\n".join(trailers)]) + "\n"


def retold(text: str, old: Sequence[Change], new: Sequence[Change], concurrent: Sequence[str] = ()) -> str:
    """Return the message of an entry that was made again on top of others, where it now changes something else.

    Args:
        text: What it said.
        old: What it changed at first.
        new: What it changes now.
        concurrent: The fields that others gave another value at the same time, a line each.

    """
    trailers = trailers_of(text)
    if "Change" not in trailers or trailers["Change"] == ["added"]:
        return f"{text.rstrip()}\n\n{_concurrent_lines(concurrent)}" if concurrent else text
    told, now = [[change_line(change) for change in changes] for changes in (old, new)]
    if told == now and not concurrent:
        return text
    paragraphs = text.rstrip("\n").split("\n\n")
    lines = paragraphs[-1].split("\n")
    place = next(n for n, line in enumerate(lines) if line.startswith("Change: "))
    kept = [line for line in lines if not line.startswith("Change: ")]
    kept[place:place] = [f"Change: {line}" for line in now]
    first, newline, more = paragraphs[0].partition("\n")
    paragraphs[0] = _sentence_again(first, old, new) + newline + more
    return "\n\n".join([*paragraphs[:-1], "\n".join(kept)]) + "\n" + _concurrent_lines(concurrent)


def moved_to(text: str, refs: tuple[str, str], paths: tuple[str, str]) -> str:
    """Return the message of an entry whose record was given another reference, and so another file.

    Args:
        text: What it said.
        refs: The old and the new reference.
        paths: The old and the new file.

    """
    first, _, rest = text.partition("\n")
    if first.startswith(refs[0]):
        first = refs[1] + first.removeprefix(refs[0])
    return f"{first}\n{rest}".replace(f"\nRecord: {paths[0]}\n", f"\nRecord: {paths[1]}\n")


def _concurrent_lines(concurrent: Sequence[str]) -> str:
    return "".join(f"Concurrent: {line}\n" for line in concurrent)


def _sentence_again(first: str, old: Sequence[Change], new: Sequence[Change]) -> str:
    """Return the first line with what is changed now in place of what it said was."""
    for inside in ((), ("", ""), ("", "", "", "")):
        like = _Told(inside)
        told = _told(like, old)
        if first.endswith(f": {told}"):
            return first.removesuffix(told) + (_told(like, new) if new else "others recorded the same field first")
    return first


@dataclass(frozen=True)
class _Told:
    """As much of an amendment as its sentence is made of."""

    inside: tuple[str, ...]
    action: str = "changed"


def quoted(text: str) -> str:
    """Return text that people typed with every line marked as a quotation."""
    return "\n".join(f"> {one_line(line)}".rstrip() for line in text.strip().split("\n"))


def trailers_of(text: str) -> dict[str, list[str]]:
    """Return the trailers of a commit message: the last paragraph, if it holds nothing else."""
    lines = text.rstrip("\n").split("\n\n")[-1].split("\n")
    found: dict[str, list[str]] = {}
    for line in lines:
        match = _TRAILER.fullmatch(line)
        if match is None:
            return {}
        found.setdefault(match[1], []).append(match[2])
    return found


def reason_of(text: str) -> str | None:
    """Return the reason that a message quotes, None if it quotes none."""
    lines = [line[2:] if line.startswith("> ") else "" for line in text.split("\n") if line.startswith(">")]
    return "\n".join(lines) or None


def day_of(text: str | None) -> dt.date | None:
    """Return the day that a trailer names, None if it names none."""
    try:
        return dt.date.fromisoformat(text) if text else None
    except ValueError:
        return None


def _told(amendment: "Amendment | _Told", changes: Sequence[Change]) -> str:
    told = [change for change in changes if not _is_evidence(change)] or list(changes)
    if amendment.action == "recorded":
        fields = ", ".join(dict.fromkeys(_short_field(change, amendment) for change in told))
        return f"edit by hand recorded ({shortened(fields, 60)})"
    status = [change for change in told if _short_field(change, amendment) == "status"]
    if status:
        return f"{spoken(status[0].old)} → {spoken(status[0].new)}"
    if len(told) == 1:
        return _told_one(told[0], amendment)
    names = ", ".join(dict.fromkeys(words(_short_field(change, amendment)) for change in told))
    return f"{len(told)} changes ({shortened(names, 60)})"


def _told_one(change: Change, amendment: "Amendment | _Told") -> str:
    field = _short_field(change, amendment)
    row = _told_row(change, field)
    if row:
        return row
    label = field.replace("_", " ")
    old, new = spoken(change.old), spoken(change.new)
    if len(old) + len(new) > LONGEST_VALUE:
        verb = {"added": "recorded", "removed": "removed"}.get(change.change, "changed")
        return f"{label} {verb}"
    return f"{label}: {old} → {new}"


def _told_row(change: Change, field: str) -> str | None:
    """Say what a row that was added or taken away means; None for any other change."""
    row = change.new if isinstance(change.new, dict) else change.old
    table, _, rest = field.partition(".")
    if not isinstance(row, dict) or "." in rest or change.change == "changed":
        return None
    if change.change == "added" and table == "revisions":
        return f"target revised to {spoken(row.get('target'))}"
    if change.change == "added" and table == "corrections":
        return f"target corrected to {spoken(row.get('target'))} (printed {spoken(row.get('printed'))})"
    if table == "links":
        return f"link {change.change}: {words(str(row.get('type', 'relates-to')))} {row.get('to')}"
    return f"{table.replace('_', ' ')} {change.change}: {shortened(spoken(row), LONGEST_TITLE)}"


def _short_field(change: Change, amendment: "Amendment | _Told") -> str:
    """The field's name as seen from the thing that the sentence names."""
    depth = sum(1 for _ in amendment.inside)
    return ".".join(change.field.split(".")[depth:]) or change.field


def _is_evidence(change: Change) -> bool:
    return len(change.path) >= 2 and change.path[-2] == "evidence" and change.change == "added"


def change_line(change: Change) -> str:
    """Return a change as a message tells it to programs: ``key_actions.3.status: "in-progress" → "complete"``."""
    return f"{change.field}: {_as_json(change.old)} → {_as_json(change.new)}"


_WRITER = json.JSONEncoder(ensure_ascii=False, default=str)


def as_json(value: object) -> str:
    """Return a value as JSON on one line, whole."""
    return one_line(_WRITER.encode(value))


def _as_json(value: object) -> str:
    text = as_json(value)
    return text if len(text) <= LONGEST_VALUE else f"{text[:LONGEST_VALUE]}… ({len(text):,} characters)"
