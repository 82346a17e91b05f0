"""One entry of the history, by its own id or by its register version."""

from collections.abc import Sequence

from bscp_tui.history.entries import LedgerEntry
from bscp_tui.history.index import Index
from bscp_tui.store.commits import commit_named
from bscp_tui.store.errors import RegisterError
from bscp_tui.store.register import Register

Numbered = tuple[int, LedgerEntry]


class UnknownEntryError(LookupError):
    """There is no such entry; the message names those that may have been meant."""


def entry_named(register: Register, index: Index, name: str) -> Numbered:
    """Return the entry that ``name`` names and its position; inside ``index.answer`` only.

    An id that was replayed elsewhere names the last entry that bears it.

    Raises:
        UnknownEntryError: There is none.

    """
    wanted = name.strip().lower()
    positions = index.named(wanted)
    if not positions:
        commit = commit_named(register.repository, wanted)
        place = index.place_of(commit) if commit else None
        if place is None:
            raise UnknownEntryError(_unknown(index, name.strip()))
        positions = [place[0]]
    return positions[-1], next(index.entries_at(positions[-1:]))


def group_of(index: Index, entry: Numbered) -> list[Numbered]:
    """Return the entries of the sitting or bulk change of ``entry``, the oldest first; itself if it has none."""
    if entry[1].group is None:
        return [entry]
    positions = index.grouped(entry[1].group)
    return list(zip(positions, index.entries_at(positions), strict=True))


def history_of(register: Register) -> Index:
    """Return the index of a register's history.

    Raises:
        RegisterError: It has none.

    """
    _ = register.repository.reading_dir  # says so where it is not in git
    head = register.head
    if head is None:
        msg = f"{register.repository.folder} has no history yet."
        raise RegisterError(msg)
    return Index(register.repository, head)


def _unknown(index: Index, name: str) -> str:
    near = _nearest(name, [entry.entry for entry in index.entries() if entry.entry])
    meant = f" Did you mean {', '.join(near)}?" if near else ""
    return f"There is no entry “{name}” in the history.{meant} bscp history lists them."


def _nearest(name: str, known: Sequence[str]) -> list[str]:
    from rapidfuzz import fuzz, process

    return [match[0] for match in process.extract(name, known, scorer=fuzz.ratio, limit=3, score_cutoff=60)]
