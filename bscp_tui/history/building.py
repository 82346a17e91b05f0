"""From what git holds to entries of the ledger, a thousand commits at a time."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from bscp_tui.history.entries import LedgerEntry
from bscp_tui.history.tree import Tree, entry_leaf
from bscp_tui.store import log
from bscp_tui.store.repository import Repository

if TYPE_CHECKING:
    from bscp_tui.history.index import Index

IN_ONE_GO = 1000  # entries that are made, and kept, at once


class Fetched(NamedTuple):
    """What git knows of some commits.

    Attributes:
        start: The place of the first among those that are to be added.
        commits: Their ids.
        raws: What they say of themselves.
        changes: The files that each changed.
        contents: What those files hold, by id, as far as it is there.

    """

    start: int
    commits: Sequence[str]
    raws: Sequence[log.RawCommit]
    changes: Mapping[str, Sequence[log.RawChange]]
    contents: dict[str, bytes]


def fetched(repository: Repository, parents: log.Parents, order: Sequence[str], start: int) -> Fetched:
    """Return what git knows of a batch of ``order``, from ``start`` on.

    Raises:
        RegisterError: A commit is missing, or git cannot be asked.

    """
    commits = order[start : start + IN_ONE_GO]
    changes = log.changes_of(repository, parents, commits)
    news = {change.new for found in changes.values() for change in found if change.new}
    raws = list(log.raw_commits(repository, commits))
    return Fetched(start, commits, raws, changes, log.contents(repository, sorted(news)))


def fetched_ahead(repository: Repository, parents: log.Parents, order: Sequence[str], start: int) -> Iterator[Fetched]:
    """Yield one batch after another; git finds the next one while this one is worked on."""
    starts = range(start, len(order), IN_ONE_GO)
    if len(starts) < 2:
        yield from (fetched(repository, parents, order, place) for place in starts)
        return
    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor(1) as beside:
        coming = beside.submit(fetched, repository, parents, order, start)
        for place in starts:
            here = coming.result()
            if place + IN_ONE_GO < len(order):
                coming = beside.submit(fetched, repository, parents, order, place + IN_ONE_GO)
            yield here


class Builder:
    """Makes entries from commits; remembers what the next ones are seen against."""

    def __init__(self, repository: Repository, index: "Index", cut: str) -> None:
        """Read from ``repository``; what came before lies in ``index``."""
        from bscp_tui.history.describing import Documents

        self._repository = repository
        self._index = index
        self._documents = Documents(partial(log.contents, repository))
        self._versions: dict[str, list[str | None]] = {}
        self._paths: set[str] | None = None if index.count else set()  # all that there were, where that is known
        self._clocks: dict[str, float] = {}
        self._cut = frozenset(cut.split())
        self.lost: list[str] = []  # the ids of contents that are missing or damaged

    def built(self, raw: Fetched, tree: Tree | None) -> tuple[list[LedgerEntry], Tree | None]:
        """Return the entries of a batch, and the tree grown by them."""
        from bscp_tui.history.describing import Surroundings, described

        inner = self._repository.inner
        digests = {blob: hashlib.sha256(data).digest() for blob, data in raw.contents.items()}
        named = (change.new for found in raw.changes.values() for change in found if change.plain and change.new)
        self.lost += dict.fromkeys(blob for blob in named if blob not in raw.contents)
        records = [change for found in raw.changes.values() for change in found if inner(change.path) is not None]
        blobs = (blob for change in records for blob in (*change.olds, change.new) if blob)
        self._documents.prepare(blobs, raw.contents)
        around = Surroundings(inner, self._documents, self._versions_of, self._clock, self._cut)
        entries = []
        for commit in raw.raws:
            found = raw.changes[commit.identifier]
            tree = _grown(tree, commit, found, digests)
            entry = described(commit, found, around, None if tree is None else tree.head.hex())
            entries.append(entry)
            self._clocks[commit.identifier] = commit.recorded.timestamp()
            for file in entry.files:
                self._versions.setdefault(file.path, []).append(file.new)
        self._documents.forget()
        if self._paths is not None:
            self._paths.update(self._versions)
        self._versions.clear()
        return entries, tree

    def _versions_of(self, path: str) -> Iterator[str | None]:
        yield from reversed(self._versions.get(path, ()))
        if self._paths is not None and path not in self._paths:
            return
        for entry in self._index.entries_at(reversed(self._index.positions_or_none(path))):
            yield from (file.new for file in entry.files if file.path == path)

    def _clock(self, commit: str) -> float | None:
        if commit not in self._clocks:
            place = self._index.place_of(commit)
            if place is None:
                return None
            self._clocks[commit] = next(self._index.entries_at([place[0]])).recorded.timestamp()
        return self._clocks[commit]


def _grown(
    tree: Tree | None, raw: log.RawCommit, changes: Sequence[log.RawChange], digests: dict[str, bytes]
) -> Tree | None:
    """Return the tree with an entry more; None from the first on of which something is missing."""
    if tree is None:
        return None
    files = []
    for change in changes:
        if change.new is None:
            continue
        digest = digests.get(change.new)
        if digest is None and change.plain:
            return None
        # Another repository's commit has no content here; its id stands for it.
        path = change.path.encode("utf-8", "surrogateescape")
        files.append((path, digest or hashlib.sha256(change.new.encode()).digest()))
    return tree.grown(entry_leaf(raw.data, files))
