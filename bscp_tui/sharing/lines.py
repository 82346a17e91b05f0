"""Two lines of entries with one beginning: one's own that is not sent yet, and what the shared copy holds."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from bscp_tui.model.document import get
from bscp_tui.model.kinds import place_of
from bscp_tui.model.merging import Conflict
from bscp_tui.sharing.conflicts import Decision, SharedConflict, entry_of, side, touching
from bscp_tui.sharing.replaying import Decided, Own, last_on
from bscp_tui.store.git import GitError
from bscp_tui.store.merging import merged_files, model_at
from bscp_tui.store.raw_history import Content, FileStep, RawCommit, RawHistory
from bscp_tui.store.repository import Repository
from bscp_tui.store.toml_text import UnreadableError, parse

Versions = Sequence[tuple[RawCommit, bytes | None, bytes | None]]


@dataclass(frozen=True)
class Lines:
    """Where a copy and the shared one part.

    Attributes:
        repository: The copy.
        history: Reads its objects.
        base: The newest entry that both have; None where they have nothing in common.
        head: The copy's newest entry.
        tip: The shared copy's newest entry.
        own: What the copy alone has, oldest first, merges among it.
        received: What the shared copy alone has, oldest first.

    """

    repository: Repository
    history: RawHistory
    base: str | None
    head: str
    tip: str
    own: tuple[RawCommit, ...]
    received: tuple[RawCommit, ...]

    @property
    def has_merges(self) -> bool:
        """Whether somebody brought lines together among the own entries."""
        return any(len(commit.parents) > 1 for commit in self.own)

    @cached_property
    def owns(self) -> list[Own]:
        """The own entries with the files that each changed; merges are not entries."""
        single = [commit for commit in self.own if len(commit.parents) == 1]
        pairs = [(self.history.tree_of(commit.parents[0]), commit.tree) for commit in single]
        return [Own(commit, steps) for commit, steps in zip(single, self.history.steps(pairs), strict=True)]

    @cached_property
    def came_back(self) -> set[str]:
        """The own commits whose entries the shared copy has already: they were sent from another copy."""
        known = {entry_of(commit) for commit in self.received} - {None}
        return {commit.identifier for commit in self.own if entry_of(commit) in known}

    @cached_property
    def changed_there(self) -> dict[str, FileStep]:
        """The files that others changed, by path."""
        steps = self.history.steps([(self.history.tree_of(self.base or self.tip), self.history.tree_of(self.tip))])
        return {step.path: step for step in steps[0]}

    @cached_property
    def changed_here(self) -> dict[str, FileStep]:
        """The files that differ here from what both began with, by path."""
        steps = self.history.steps([(self.history.tree_of(self.base or self.head), self.history.tree_of(self.head))])
        return {step.path: step for step in steps[0]}

    def data(self, content: Content | None) -> bytes | None:
        """Return the bytes of a file; None where it is not there, or is no plain one."""
        if content is None or content.mode not in {"100644", "100755"}:
            return None
        return self.history.files([content.identifier])[content.identifier]

    def received_at(self, path: str) -> Versions:
        """Return the received entries that changed a file, with the file before and after."""
        found = []
        single = [commit for commit in self.received if len(commit.parents) == 1]
        for commit, steps in zip(single, self._received_steps, strict=True):
            step = next((step for step in steps if step.path == path), None)
            if step is not None:
                found.append((commit, self.data(step.old), self.data(step.new)))
        return found

    def own_at(self, path: str) -> Versions:
        """Return the own entries that changed a file, with the file before and after."""
        return [
            (own.commit, self.data(step.old), self.data(step.new))
            for own in self.owns for step in own.steps if step.path == path
        ]  # fmt: skip

    @cached_property
    def _received_steps(self) -> list[list[FileStep]]:
        single = [commit for commit in self.received if len(commit.parents) == 1]
        return self.history.steps([(self.history.tree_of(commit.parents[0]), commit.tree) for commit in single])

    @cached_property
    def conflicts(self) -> list[SharedConflict]:
        """The fields that were given one value here and another there since both began."""
        found: list[SharedConflict] = []
        for path, here in self.changed_here.items():
            there = self.changed_there.get(path)
            if there is None or here.new == there.new or self._is_twice(here, there):
                continue
            model = model_at(self.repository.inner(path))
            ancestor = self._ancestor(path, here)
            versions = (ancestor, self.data(here.new), self.data(there.new))
            found += [self._told(path, conflict) for conflict in merged_files(versions, model).conflicts]
        return found

    def _is_twice(self, here: FileStep, there: FileStep) -> bool:
        """Whether both added the record; then both are kept."""
        added = here.old is None and there.old is None
        return added and self._came_back_at(here.path) is None and self._has_other_names(here.path)

    def _has_other_names(self, path: str) -> bool:
        inner = self.repository.inner(path)
        place = place_of(inner) if inner is not None else None
        return place is not None and "{" in (place[0].where or "")

    def _ancestor(self, path: str, here: FileStep) -> bytes | None:
        """Return what both sides last had in common of a file."""
        common = self._came_back_at(path)
        return self.data(common.new) if common is not None else self.data(here.old)

    def _came_back_at(self, path: str) -> FileStep | None:
        steps = [step for own in self.owns if own.commit.identifier in self.came_back for step in own.steps]
        return next((step for step in reversed(steps) if step.path == path), None)

    def _told(self, path: str, conflict: Conflict) -> SharedConflict:
        ref, title, inner = named(self.repository, path, conflict, self.data(self.changed_here[path].new))
        return SharedConflict(
            ref=ref,
            title=title,
            path=path,
            field=conflict.field,
            inner=inner,
            place=conflict.path,
            ancestor=conflict.ancestor,
            mine=side(conflict.ours, touching(conflict, self.own_at(path))),
            theirs=side(conflict.theirs, touching(conflict, self.received_at(path))),
        )

    def decided(self, known: dict[str, Decision]) -> dict[str, list[Decided]]:
        """Return what was decided, by file."""
        found: dict[str, list[Decided]] = {}
        for conflict in self.conflicts:
            decision = known.get(conflict.key)
            if decision is not None:
                last = last_on(self.owns, conflict.path, conflict.place, self.data)
                theirs = next((one for one in self.received if one.identifier == conflict.theirs.commit), None)
                found.setdefault(conflict.path, []).append(Decided(conflict.place, decision, last, theirs))
        return found


def named(repository: Repository, path: str, conflict: Conflict, data: bytes | None) -> tuple[str, str, str]:
    """Return the reference, title and field with which people name what is in conflict."""
    from bscp_tui.history.naming import innermost
    from bscp_tui.model.document import Change

    inner = repository.inner(path)
    place = place_of(inner) if inner is not None else None
    try:
        document = parse(data) if data is not None else {}
    except UnreadableError:
        document = {}
    if place is None:
        return path, "", conflict.field
    kind, names = place
    change = Change(conflict.path, conflict.field, None, None)
    ref, title = innermost(kind, names, change, document, {})
    if ref is None:
        return kind.reference.format(**names), str(get(document, ("title",)) or ""), conflict.field
    return ref, title or "", ".".join(conflict.field.split(".")[2:])


def lines(repository: Repository, history: RawHistory, head: str, tip: str) -> Lines:
    """Return where ``head``, the copy's newest entry, and ``tip``, the shared copy's, part.

    Raises:
        GitError: Git cannot tell.
        DamagedError: Part of the history is missing or damaged.

    """
    if head == tip:
        return Lines(repository, history, head, head, tip, (), ())
    listed = repository.read("rev-list", "--topo-order", "--reverse", "--left-right", f"{head}...{tip}", "--")
    names = listed.decode().split()
    sides = [tuple(history.commit(name[1:]) for name in names if name[0] == mark) for mark in "<>"]
    base = _base(repository, head, tip, sides)
    return Lines(repository, history, base, head, tip, *sides)


def _base(repository: Repository, head: str, tip: str, sides: list[tuple[RawCommit, ...]]) -> str | None:
    """Return the newest entry that both have; where one simply follows the other, without asking."""
    own, received = sides
    if not own:
        return head
    if not received:
        return tip
    try:
        return repository.read("merge-base", head, tip).decode().split()[0]
    except (GitError, IndexError):
        return None
