"""What the history's messages claim, against what the files show; and records that an entry deleted."""

from collections.abc import Iterator, Sequence

from bscp_tui.checks.query import Query
from bscp_tui.checks.rule import About
from bscp_tui.checks.unexplained import outside
from bscp_tui.history.entries import LedgerEntry
from bscp_tui.history.index import Index, in_memory
from bscp_tui.store.register import Register
from bscp_tui.store.snapshot import Snapshot

MESSAGE = About(
    "message-against-files",
    "warning",
    "An entry's message says something else than its files show.",
    "Whoever reads the history with other tools is told what did not happen; the register goes by the files.",
    "The message says “complete”, the file “in progress”.",
    "Compare the entry with the file, and say in a new entry of {ref} what is true.",
)
REMOVED = About(
    "record-deleted",
    "error",
    "An entry deleted a record.",
    "A record is withdrawn with its reason, never deleted; who asks for it finds nothing.",
    "A commit made with plain git removes records/learning/00/LP-0042.toml.",
    "Take the entry back: bscp undo ENTRY --reason TEXT; then withdraw the record.",
)
MESSAGES = (MESSAGE, REMOVED)


def messages(register: Register, snapshot: Snapshot, tip: str, since: str | None = None) -> list[Query]:
    """Return what entries up to ``tip`` say otherwise than their files, deleted for good, or changed past the program.

    Args:
        register: The register.
        snapshot: Its records now: what was put back is not raised.
        tip: The newest commit that counts.
        since: Only entries that came after this commit; None for all.

    """
    index = Index(register.repository, tip) if tip == register.head else in_memory(register.repository, tip)

    def found() -> list[Query]:
        place = index.place_of(since) if since else None
        entries = list(index.notable(place[0] + 1 if place else 0))
        return [*_said(entries, frozenset(snapshot.all_paths())), *outside(index, register, snapshot, entries)]

    try:
        return index.answer(found)
    finally:
        index.close()


def _said(entries: Sequence[LedgerEntry], present: frozenset[str]) -> Iterator[Query]:
    gone: set[str] = set()
    for entry in reversed(entries):
        for file in reversed(entry.files):
            if file.new is None and file.path not in present and file.path not in gone:
                gone.add(file.path)
                ref = file.changes[0].ref if file.changes else file.path
                yield _query(REMOVED, entry, ref, file.path, f"entry {_name(entry)} deleted it")
        for note in entry.contradictions:
            first = entry.files[0] if entry.files else None
            ref = first.changes[0].ref if first and first.changes else "history"
            yield _query(MESSAGE, entry, ref, first.path if first else "", f"entry {_name(entry)}: {note}")


def _name(entry: LedgerEntry) -> str:
    return entry.entry or entry.commit[:12]


def _query(about: About, entry: LedgerEntry, ref: str, path: str, told: str) -> Query:
    fix = about.mend.replace("ENTRY", _name(entry)).format(ref=ref)
    return Query(about.id, about.severity, ref, path, 1, "", told, fix)
