"""The ledger's index: every entry's changes, kept in the person's cache folder and derived from the commits alone.

It is brought up to date from the last entry that it knows, and derived anew where that entry is not on
the history's main line any more, or where anything in it is not as it was put. It grows by batches, so
that what was stopped goes on where it stood.
"""

import contextlib
import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cache, partial
from pathlib import Path
from typing import NamedTuple, TypeVar

from bscp_tui.history import cutting
from bscp_tui.history.building import IN_ONE_GO, Builder, fetched_ahead
from bscp_tui.history.entries import LedgerEntry
from bscp_tui.history.packing import packed, unpacked, with_more
from bscp_tui.history.shelves import ENTRIES, IN_A_ROW, LOOKUP, OUTLINES, SHELVES, STATE, State
from bscp_tui.store import graph, log
from bscp_tui.store.derived import DamagedError, Derived, open_derived
from bscp_tui.store.errors import RegisterError
from bscp_tui.store.garbage import unhurried
from bscp_tui.store.repository import Repository
from bscp_tui.store.whole import LACKS

FORMAT = "4"
NAME = "ledger.sqlite"
_LOST = "lost"  # the row of what is missing or damaged
_LOOKED_FOR = 100  # of it, to see whether it is there again
_FEW = 20  # files; an entry of more is also kept in parts
T = TypeVar("T")
Progress = Callable[[int, int], None]
Outline = tuple[str, int, str, str, str, int]


class _OvertakenError(Exception):
    """Another program brought the index up to date meanwhile."""


class _Todo(NamedTuple):
    """Commits to be added.

    Attributes:
        parents: Their parents.
        order: Themselves, in the history's order.
        base: The position of the first.
        before: The commit of the entry before the first, "" where there is none.
        main: Those on the first parents' line.

    """

    parents: log.Parents
    order: Sequence[str]
    base: int
    before: str
    main: frozenset[str]


class Index:
    """The entries of a register up to one commit, the newest as a rule; for one thread at a time."""

    def __init__(self, repository: Repository, tip: str, derived: Derived | None = None) -> None:
        """Use what is kept for ``repository``; ``tip`` is the newest commit that counts."""
        self._repository = repository
        self._tip = tip
        self._cut = log.cut_of(repository)
        kept = repository.kept.pop(NAME, None) if derived is None else None
        if isinstance(kept, Derived) and kept.is_there:
            derived = kept  # it is open since the last question
        self._derived = derived or open_derived(repository, NAME, _version(), SHELVES)

    def answer(self, question: Callable[[], T], progress: Progress | None = None) -> T:
        """Return what ``question`` finds by the methods below, in an index that is up to date and whole.

        Args:
            question: Asks; may be asked again where something in the index was not as it was put.
            progress: Called with how many entries are read, and how many there are to be read.

        Raises:
            RegisterError: The history cannot be read.

        """
        for attempt in range(6):
            try:
                if attempt == 5:  # other programs keep changing the file: do without it
                    self._derived = Derived(None, _version(), SHELVES)
                self._refresh(progress)
                with self._derived.reading():
                    state = self._state()
                    if state.tip == self._tip:
                        self._repository.kept[LACKS] = state.tree is None
                        return question()
            except DamagedError:
                self._derived.discard()
            except _OvertakenError:
                continue
        msg = "the history changes faster than it can be read; try again"
        raise RegisterError(msg)

    def close(self) -> None:
        """Let go of the file, which stays open for the register's next question."""
        if self._derived.is_there:
            self._repository.kept[NAME] = self._derived
        else:
            self._derived.close()

    @property
    def count(self) -> int:
        """How many entries there are."""
        return self._state().count

    def entries(self, first: int = 0, end: int | None = None, *, backwards: bool = False) -> Iterator[LedgerEntry]:
        """Yield the entries from position ``first`` up to, and without, ``end``."""
        stop = self.count if end is None else end
        for _, data in self._derived.span(ENTRIES, first, stop, backwards=backwards):
            yield LedgerEntry.unpacked(data)

    def outlines(self, end: int) -> list[Outline]:
        """Return the first ``end`` entries, the oldest first.

        Of each: commit, seconds since 1970 of the recording, who, sentence, meeting ("" for none), and the number
        of the day from which it counts (``date.toordinal``; 0 where the message names none).
        """
        found: list[Outline] = []
        for _, data in self._derived.span(OUTLINES, 0, -(-end // IN_A_ROW)):
            found += unpacked(data)
        if len(found) < end:
            msg = "outlines are missing"
            raise DamagedError(msg)
        return found[:end]

    def entries_at(self, positions: Iterable[int]) -> Iterator[LedgerEntry]:
        """Yield the entries at some positions, in the order given."""
        for some in _batched(list(positions), 100):
            found = self._derived.get_many(ENTRIES, some)
            for position in some:
                if position not in found:
                    msg = f"entry {position} is missing"
                    raise DamagedError(msg)
                yield LedgerEntry.unpacked(found[position])

    def entries_of(self, path: str, positions: Sequence[int]) -> Iterator[LedgerEntry]:
        """Yield the entries at some positions as far as they changed the file at ``path``."""
        for some in _batched(positions, 100):
            keys = {position: f"f:{position}:{path}" for position in some}
            parts = self._derived.get_many(LOOKUP, keys.values())
            for position, key in keys.items():
                part = parts.get(key)
                yield next(self.entries_at([position])) if part is None else LedgerEntry.unpacked(part)

    def positions_of(self, path: str) -> list[int]:
        """Return the positions of the entries that tell of the file at ``path``, the oldest first."""
        kept = self._derived.get(LOOKUP, f"p:{path}")
        if kept is not None:
            return [position for position in unpacked(kept) if position < self.count]
        # Nothing proves that nothing is there: all is read.
        entries = enumerate(self.entries())
        return [position for position, entry in entries if path in entry.paths]

    def positions_or_none(self, path: str) -> list[int]:
        """Return the same where the index grows by an entry: what it does not list is new."""
        return self._list(f"p:{path}")

    def place_of(self, commit: str) -> tuple[int, bool] | None:
        """Return a commit's position, and whether it is on the first parents' line; None if it is not here."""
        kept = self._derived.get(LOOKUP, f"c:{commit}")
        return None if kept is None else tuple(unpacked(kept))

    def file_of(self, ref: str) -> tuple[str, list[str]] | None:
        """Return a record's file, and the tables in it whose rows have references; None where none is known."""
        kept = self._derived.get(LOOKUP, f"r:{ref}")
        return None if kept is None else tuple(unpacked(kept))

    def named(self, entry: str) -> list[int]:
        """Return the positions of the entries with that id; more than one where one was replayed."""
        return self._list(f"e:{entry}")

    def notable(self, first: int = 0) -> Iterator[LedgerEntry]:
        """Yield the entries from position ``first`` on that say otherwise than their files, deleted, or bypassed."""
        yield from self.entries_at(position for position in self._list(cutting.NOTABLE) if position >= first)

    def grouped(self, group: str) -> list[int]:
        """Return the positions of the entries of a sitting or bulk change."""
        return self._list(f"g:{group}")

    def keep_graph_up(self) -> None:
        """Let git's own short cut follow, where the index grew by some hundred entries since it last did."""
        if self._derived.in_memory:
            return
        with contextlib.suppress(DamagedError):  # the next question finds it, and begins anew
            count = self.count
            if count - int(self._derived.get(STATE, "graph") or b"0") >= graph.DUE:
                self._derived.change(lambda: self._derived.put(STATE, [("graph", b"%d" % count)]))
                graph.keep_up(self._repository)

    def _list(self, key: str) -> list[int]:
        return list(unpacked(self._derived.get(LOOKUP, key) or b"[]"))

    def _state(self) -> State:
        kept = self._derived.get(STATE, "state")
        return State() if kept is None else State.unpacked(kept)

    def _refresh(self, progress: Progress | None) -> None:
        state = self._state()
        if state.tree is None and self._is_there_again():
            self._derived.change(partial(self._empty, state))
            state = self._state()
        if state.tip == self._tip and state.whole and state.cut == self._cut:
            return
        todo = self._todo(state)
        builder = Builder(self._repository, self, self._cut)
        begun = self._done(todo, self._state())
        if len(todo.order) - begun > IN_ONE_GO:
            self._derived.make_room()
        with unhurried(len(todo.order) - begun):
            for raw in fetched_ahead(self._repository, todo.parents, todo.order, begun):
                state = self._state()  # read once: what is added is added to just this state, or not at all
                done = self._done(todo, state)
                if done != raw.start:
                    raise _OvertakenError
                if progress is not None:
                    progress(state.count, todo.base + len(todo.order))
                entries, tree = builder.built(raw, state.tree)
                some = raw.commits
                chain = _chained(state.chain, some)
                whole = done + len(some) == len(todo.order)
                after = State(state.count + len(some), some[-1], whole, chain, tree, self._cut)
                self._derived.change(partial(self._add, state, after, entries, todo.main))
                if builder.lost:
                    self._derived.change(
                        partial(self._derived.put, STATE, [(_LOST, packed(builder.lost[:_LOOKED_FOR]))])
                    )
        if progress is not None:
            progress(todo.base + len(todo.order), todo.base + len(todo.order))

    def _is_there_again(self) -> bool:
        """Whether something that was missing or damaged when the index was made was put back meanwhile."""
        return bool(log.contents(self._repository, list(unpacked(self._derived.get(STATE, _LOST) or b"[]"))))

    def _done(self, todo: _Todo, state: State) -> int:
        """Return how many of what is to be added is in the index already, which is at ``state``."""
        done = state.count - todo.base
        if not 0 <= done <= len(todo.order) or state.tip != (todo.order[done - 1] if done else todo.before):
            raise _OvertakenError
        return done

    def _todo(self, state: State) -> _Todo:
        """Return what is to be added; first let go of what the index holds of another history."""
        todo = self._following(state)
        earlier = None if todo else cutting.shared_state(self._repository, self._derived, state, self._tip)
        if earlier is not None:
            self._derived.change(partial(self._cut_back, state, earlier))
            state, todo = earlier, self._following(earlier)
        if todo is not None:
            return todo
        parents = log.parents_of(self._repository, self._tip)
        self._derived.change(partial(self._empty, state))
        line = log.main_line(parents, self._tip)
        return _Todo(parents, log.ordered(parents, self._tip), 0, "", frozenset(line))

    def _following(self, state: State) -> _Todo | None:
        """Return what is to be added where the history goes on from what the index holds; None where it does not."""
        if not state.count or state.cut != self._cut:
            return None
        known = state.tip if state.whole else None
        with contextlib.suppress(RegisterError):  # what is known may be gone: the history was rewritten
            parents = log.straight_on(self._repository, self._tip, known) if known and not self._cut else None
            parents = parents or log.parents_of(self._repository, self._tip, known)
            line = log.main_line(parents, self._tip)
            order = log.ordered(parents, self._tip)
            if known and line[-1] == known:
                return _Todo(parents, order, state.count, known, frozenset(line))
            if not known and _chained("", order[: state.count]) == state.chain:
                return _Todo(parents, order, 0, "", frozenset(line))
        return None

    def _outlined(self, start: int, entries: Sequence[LedgerEntry]) -> Iterator[tuple[int, bytes]]:
        """Yield the rows of outlines that change when ``entries`` are added from position ``start`` on."""
        first, kept = divmod(start, IN_A_ROW)
        before = unpacked(self._derived.get(OUTLINES, first) or b"[]") if kept else []
        if len(before) != kept:
            msg = "outlines are missing"
            raise DamagedError(msg)
        told = [_outline(entry) for entry in entries]
        for number, some in enumerate(_batched([*before, *told], IN_A_ROW), start=first):
            yield number, packed(some)

    def _cut_back(self, expected: State, earlier: State) -> None:
        self._expect(expected)
        cutting.cut_back(self._derived, expected, earlier)

    def _empty(self, expected: State) -> None:
        self._expect(expected)
        for shelf in SHELVES:
            self._derived.clear(shelf)

    def _expect(self, expected: State) -> None:
        if self._state() != expected:
            raise _OvertakenError

    def _add(self, before: State, after: State, entries: Sequence[LedgerEntry], main: frozenset[str]) -> None:
        self._expect(before)
        lists: dict[str, list[int]] = {}
        for position, entry in enumerate(entries, start=before.count):
            for key in cutting.lists_of(entry):
                lists.setdefault(key, []).append(position)
        kept = self._derived.get_many(LOOKUP, sorted(lists))
        numbered = list(enumerate(entries, start=before.count))
        found = {key: with_more(kept.get(key), new) for key, new in lists.items()}
        found |= {f"c:{entry.commit}": _place(at, is_main=entry.commit in main) for at, entry in numbered}
        for entry in entries:
            found |= {f"r:{ref}": packed(place) for ref, place in _references(entry, self._repository)}
        # In the order of the keys, so that neighbours are written together.
        self._derived.put(LOOKUP, sorted(found.items()))
        self._derived.put(LOOKUP, (part for at, entry in numbered for part in _parts(at, entry)))
        self._derived.put(ENTRIES, ((at, entry.packed()) for at, entry in numbered))
        self._derived.put(OUTLINES, self._outlined(before.count, entries))
        self._derived.put(STATE, [("state", after.packed()), *cutting.remembered(self._derived, after)])


def in_memory(repository: Repository, tip: str) -> Index:
    """Return an index of what ``tip`` holds that is not kept: for a commit that is not in the newest one's history."""
    return Index(repository, tip, Derived(None, _version(), SHELVES))


def _references(entry: LedgerEntry, repository: Repository) -> Iterator[tuple[str, tuple[str, list[str]]]]:
    """Yield each record's reference with its file, and with the tables in it whose rows have references too."""
    from bscp_tui.model.kinds import kinds_inside, place_of

    for file in entry.files:
        if file.old is not None:
            continue  # it came to be in an earlier entry
        place = place_of(repository.inner(file.path) or "")
        if place is not None:
            kind, names = place
            tables = [inner.inside[1] for inner in kinds_inside(kind) if inner.inside]
            yield kind.reference.format(**names), (file.path, tables)


def _place(at: int, *, is_main: bool) -> bytes:
    return b"[%d,%s]" % (at, b"true" if is_main else b"false")  # JSON, without the cost of a writer for each entry


def _outline(entry: LedgerEntry) -> Outline:
    counts = entry.effective.toordinal() if entry.effective else 0
    return entry.commit, int(entry.recorded.timestamp()), entry.by, entry.sentence, entry.decided_at or "", counts


def _parts(position: int, entry: LedgerEntry) -> Iterator[tuple[str, bytes]]:
    """Yield each file's part of an entry that changed so many that reading it whole for one of them takes long."""
    if len(entry.files) > _FEW:
        for file in entry.files:
            yield f"f:{position}:{file.path}", replace(entry, files=(file,)).packed()


def _chained(chain: str, commits: Iterable[str]) -> str:
    for commit in commits:
        chain = hashlib.sha256(f"{chain}{commit}".encode()).hexdigest()
    return chain


def _batched(items: Sequence[T], size: int) -> Iterator[Sequence[T]]:
    return (items[start : start + size] for start in range(0, len(items), size))


@cache
def _version() -> str:
    """Return what the rows mean: another program, that names or compares otherwise, makes its own."""
    root = Path(__file__).parent.parent
    told = hashlib.sha256(FORMAT.encode())
    for place in sorted(
        [*(root / "model").glob("*.py"), *(root / "history").glob("*.py"), root / "store/toml_text.py"]
    ):
        facts = place.stat()
        told.update(f"{place}\0{facts.st_size}\0{facts.st_mtime_ns}\0".encode())
    return told.hexdigest()
