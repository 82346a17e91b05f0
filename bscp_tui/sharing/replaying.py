"""One's own entries made again, one by one, on top of what was received: the shared history stays one line.

Each keeps its id, its author, the author's time, its reason and the day from which it counts. What it
changes is worked out anew, field by field; where others gave the same field a value, both stand in it.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from bscp_tui.model.document import Change, differences
from bscp_tui.model.entry import moved_to, retold
from bscp_tui.model.merging import Conflict
from bscp_tui.model.record import FieldPath
from bscp_tui.sharing.conflicts import MINE, THEIRS, Decision, concurrent_line, overlap, touching
from bscp_tui.sharing.twice import Renaming, renamed
from bscp_tui.store.composing import Committer, Composer
from bscp_tui.store.merging import merged_files, model_at
from bscp_tui.store.raw_history import Content, FileStep, RawCommit, RawHistory
from bscp_tui.store.repository import Repository
from bscp_tui.store.signing import SigningKey
from bscp_tui.store.toml_text import UnreadableError, parse


@dataclass(frozen=True)
class Own:
    """An entry of one's own that is not sent yet, and the files that it changed."""

    commit: RawCommit
    steps: Sequence[FileStep]


@dataclass(frozen=True)
class Decided:
    """What was decided on one field of one file, and the entry of the shared copy that gave it its value there."""

    place: FieldPath
    decision: Decision
    last: str
    theirs: RawCommit | None


@dataclass(frozen=True)
class _Made:
    """An entry to be made: what it was, the folder that it leaves behind, what it says."""

    like: RawCommit
    tree: str
    message: str


@dataclass
class Replay:
    """Own entries on their way on top of others'.

    Attributes:
        repository: The register.
        history: Reads its objects.
        onto: The newest entry that was received.
        decided: What was decided, by file.
        received: The entries that were received and changed a file, by file: each with the file before and after.
        taken: Whether a reference is in use, for records that need another one.
        told: What a person should know.
        renamings: The records that were given another file, by the first one.

    """

    repository: Repository
    history: RawHistory
    onto: RawCommit
    decided: Mapping[str, Sequence[Decided]]
    received: Callable[[str], Sequence[tuple[RawCommit, bytes | None, bytes | None]]]
    told: list[str] = field(default_factory=list)
    renamings: dict[str, Renaming] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Begin with what was received."""
        self._composer = Composer(self.repository, self.history)
        self._tree = self.onto.tree
        self._made: list[_Made] = []

    def take(self, own: Own) -> None:
        """Work out what one entry becomes.

        Raises:
            DamagedError: Part of the history is missing or damaged.

        """
        changes: dict[str, Content | None] = {}
        message = own.commit.message
        for step in own.steps:
            path, content, message = self._file(own.commit, step, message)
            changes[path] = content
        kept = {path: content for path, content in changes.items() if self._composer.at(self._tree, path) != content}
        self._tree = self._composer.tree_with(self._tree, kept)
        self._made.append(_Made(own.commit, self._tree, message))

    def stored(self) -> str:
        """Return the folder that the entries taken so far leave behind, written to the disk.

        Raises:
            GitError: The disk refuses.

        """
        self._composer.store()
        return self._tree

    def make(self, by: tuple[Committer, SigningKey | None]) -> list[RawCommit]:
        """Make the entries, and return them, oldest first; nothing refers to them yet.

        Raises:
            GitError: The disk refuses, or one cannot be signed.

        """
        self._composer.store()
        made: list[RawCommit] = []
        for one in self._made:
            parent = made[-1] if made else self.onto
            made.append(self._composer.entry(one.like, one.tree, parent, one.message, by))
        return made

    def _file(self, commit: RawCommit, step: FileStep, message: str) -> tuple[str, Content | None, str]:
        """Return where a file of an entry goes, what it becomes, and what the message then says."""
        renaming = self.renamings.get(step.path)
        if renaming is None and self._is_created_twice(step):
            renaming = self._another_name(step)
        if renaming is not None:
            message = moved_to(message, renaming.refs, (step.path, renaming.path))
            return renaming.path, self._renamed_content(step, renaming), message
        now = self._composer.at(self._tree, step.path)
        new = self._linked_anew(step)
        if now == step.old and new == step.new:
            return step.path, step.new, message
        if not all(_is_mergeable(side) for side in (step.old, new, now)):
            return step.path, now if now != step.old else new, message
        return self._merged(commit, step, (now, new), message)

    def _merged(
        self, commit: RawCommit, step: FileStep, sides: tuple[Content | None, Content | None], message: str
    ) -> tuple[str, Content | None, str]:
        now, new = sides
        versions = (self._data(step.old), self._data(new), self._data(now))
        concurrent: list[str] = []

        def choose(conflict: Conflict) -> object:
            kept = self._chosen(commit, step.path, conflict)
            sides = (commit, self._theirs(step.path, conflict))
            concurrent.append(concurrent_line(conflict, sides, kept))
            return kept

        model = model_at(self.repository.inner(step.path))
        found = merged_files(versions, model, choose)
        self.told += found.told
        before, after = _changes(*versions[:2]), _changes(versions[2], found.data)
        if before and not after and not concurrent:
            concurrent += [self._same(commit, step.path, change) for change in before]
        message = retold(message, before, after, concurrent)
        if found.data is None:
            return step.path, None, message
        same = now is not None and versions[2] == found.data
        return step.path, now if same else self._composer.content(found.data), message

    def _same(self, commit: RawCommit, path: str, change: Change) -> str:
        """Return what an entry says of a field that others had given the same value already."""
        conflict = Conflict(change.path, change.field, change.old, change.new, change.new)
        return concurrent_line(conflict, (commit, self._theirs(path, conflict)), change.new)

    def _chosen(self, commit: RawCommit, path: str, conflict: Conflict) -> object:
        """Return the value that was decided on; where nothing was asked, the shared copy's stands."""
        found = next((one for one in self.decided.get(path, ()) if overlap(one.place, conflict.path)), None)
        if found is None or found.decision.takes == THEIRS:
            return conflict.theirs
        if found.decision.takes == MINE:
            return conflict.ours
        # A third value is the last word: it is recorded by the last entry on that field.
        return found.decision.value if commit.identifier == found.last else conflict.theirs

    def _theirs(self, path: str, conflict: Conflict) -> RawCommit | None:
        found = next((one for one in self.decided.get(path, ()) if overlap(one.place, conflict.path)), None)
        return found.theirs if found is not None else touching(conflict, self.received(path))

    def _data(self, content: Content | None) -> bytes | None:
        return None if content is None else self._composer.read(content.identifier)

    def _is_created_twice(self, step: FileStep) -> bool:
        """Whether an entry adds a record that others have added too."""
        if step.old is not None or step.new is None or model_at(self.repository.inner(step.path)) is None:
            return False
        return self._composer.at(self._tree, step.path) is not None

    def _another_name(self, step: FileStep) -> Renaming | None:
        """Find another reference for a record that others have added under the same one."""

        def taken(path: str) -> bool:
            return self._composer.at(self._tree, path) is not None

        found = renamed(self.repository, step.path, self._data(step.new) or b"", taken)
        if found is None:
            return None
        self.renamings[step.path] = found
        self.told.append(
            f"{found.refs[0]} was added by somebody else too. Both are kept: yours is now {found.refs[1]}."
        )
        return found

    def _renamed_content(self, step: FileStep, renaming: Renaming) -> Content | None:
        now = self._composer.at(self._tree, renaming.path)
        data = self._data(self._linked_anew(step))
        if data is None:
            return None
        return self._composer.content(renaming.in_record(data)) if now is None else self._again(step, renaming, now)

    def _again(self, step: FileStep, renaming: Renaming, now: Content) -> Content:
        """Return a renamed record with what a later entry changed in it."""
        old, new = (self._data(side) for side in (step.old, step.new))
        versions = (renaming.in_record(old or b""), renaming.in_record(new or b""), self._data(now))
        found = merged_files(versions, model_at(self.repository.inner(renaming.path)), lambda one: one.ours)
        return self._composer.content(found.data or b"")

    def _linked_anew(self, step: FileStep) -> Content | None:
        """Return a file in which references to a record of one's own name it as it is called now."""
        model = model_at(self.repository.inner(step.path))
        if not self.renamings or step.new is None or model is None:
            return step.new
        data = self._data(step.new) or b""
        before = self._data(step.old)
        for renaming in self.renamings.values():
            data = renaming.in_links(data, before, model)
        return self._composer.content(data) if data != self._data(step.new) else step.new


def _is_mergeable(side: Content | None) -> bool:
    return side is None or side.mode in {"100644", "100755"}


def _changes(old: bytes | None, new: bytes | None) -> tuple[Change, ...]:
    """Return what differs between two versions of a record; nothing where one is not there or cannot be read."""
    if old is None or new is None:
        return ()
    try:
        return differences(parse(old), parse(new))
    except UnreadableError:
        return ()


def last_on(owns: Sequence[Own], path: str, place: FieldPath, read: Callable[[Content | None], bytes | None]) -> str:
    """Return the last own entry that changed a field; "" where none did."""
    for own in reversed(owns):
        for step in own.steps:
            if step.path == path:
                changes = _changes(read(step.old), read(step.new))
                if not changes or any(overlap(change.path, place) for change in changes):
                    return own.commit.identifier
    return ""
