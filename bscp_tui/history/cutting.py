"""Letting go of the last entries of the index, where the history took another way behind an entry it holds.

So it does whenever one's own entries were put on top of what others sent: what lies before them is not read anew.
"""

from collections.abc import Iterable, Iterator, Sequence

from bscp_tui.history.entries import LedgerEntry
from bscp_tui.history.packing import packed, unpacked
from bscp_tui.history.shelves import ENTRIES, IN_A_ROW, LOOKUP, OUTLINES, STATE, State
from bscp_tui.store import log
from bscp_tui.store.derived import DamagedError, Derived
from bscp_tui.store.repository import Repository

REMEMBERED = 40  # states that may be gone back to
NOTABLE = "n:"  # the list of the entries that a scrutineer would look at again
_STATES = "states"


def remembered(derived: Derived, after: State) -> Iterator[tuple[str, bytes]]:
    """Yield the row of the states that may be gone back to, ``after`` among them if it was the newest there was."""
    if after.whole:
        before = [state for state in _states(derived) if state.count < after.count]
        yield _STATES, packed([state.packed().decode() for state in [*before, after][-REMEMBERED:]])


def shared_state(repository: Repository, derived: Derived, state: State, tip: str) -> State | None:
    """Return the latest remembered state before the present one that ``tip`` goes on from; None where none does."""
    earlier = [known for known in _states(derived) if known.count < state.count and known.cut == state.cut]
    if not earlier or not state.whole:
        return None
    line = log.first_parents(repository, tip)
    return next((known for known in reversed(earlier) if known.tip in line), None)


def cut_back(derived: Derived, state: State, earlier: State) -> None:
    """Remove what came after ``earlier``; inside a change of the index only.

    Raises:
        DamagedError: Something of it is not as it was put.

    """
    gone = [LedgerEntry.unpacked(data) for _, data in derived.span(ENTRIES, earlier.count, state.count)]
    lists = sorted({key for entry in gone for key in lists_of(entry)})
    kept = {key: _before(derived.get(LOOKUP, key), earlier.count) for key in lists}
    derived.put(LOOKUP, ((key, packed(positions)) for key, positions in kept.items() if positions))
    derived.remove(LOOKUP, [key for key, positions in kept.items() if not positions])
    # The reference of a record that is there no more may stay: the file that it names is looked at before it counts.
    derived.remove(LOOKUP, [f"c:{entry.commit}" for entry in gone])
    numbered = enumerate(gone, start=earlier.count)
    derived.remove(LOOKUP, [f"f:{at}:{file.path}" for at, entry in numbered for file in entry.files])
    derived.remove(ENTRIES, range(earlier.count, state.count))
    _cut_outlines(derived, state.count, earlier.count)
    states = [known for known in _states(derived) if known.count <= earlier.count]
    derived.put(STATE, [("state", earlier.packed()), (_STATES, packed([known.packed().decode() for known in states]))])


def _cut_outlines(derived: Derived, count: int, left: int) -> None:
    row, some = divmod(left, IN_A_ROW)
    if some:
        told = unpacked(derived.get(OUTLINES, row) or b"[]")[:some]
        derived.put(OUTLINES, [(row, packed(told))])
    derived.remove(OUTLINES, range(row + bool(some), -(-count // IN_A_ROW)))


def lists_of(entry: LedgerEntry) -> Iterator[str]:
    """Yield the keys of the lists of positions that an entry stands in."""
    from bscp_tui.history.by_hand import is_notable  # which knows the kinds: only where the index changes

    yield from (f"p:{path}" for path in entry.paths)
    if is_notable(entry):
        yield NOTABLE
    yield from (f"{mark}:{name}" for mark, name in (("e", entry.entry), ("g", entry.group)) if name)


def _before(listed: bytes | None, count: int) -> Sequence[int]:
    if listed is None:
        msg = "a list of entries is missing"
        raise DamagedError(msg)
    return [position for position in unpacked(listed) if position < count]


def _states(derived: Derived) -> Iterable[State]:
    return [State.unpacked(text.encode()) for text in unpacked(derived.get(STATE, _STATES) or b"[]")]
