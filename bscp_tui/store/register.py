"""A register: opened, read as it stands or stood, and changed in the one way there is."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from bscp_tui.model.amendment import Amendment, validated
from bscp_tui.model.document import Change, Document, differences
from bscp_tui.model.gates import Gate
from bscp_tui.model.record import Kind
from bscp_tui.model.roster import Roster
from bscp_tui.model.settings import LAYOUT, Settings
from bscp_tui.model.view import Circumstances, RefusedChangeError, View
from bscp_tui.store import prepared
from bscp_tui.store.errors import ReadOnlyError, RegisterError, SaveError
from bscp_tui.store.kept import Kept
from bscp_tui.store.loading import Unreadable
from bscp_tui.store.repository import Repository, find
from bscp_tui.store.snapshot import Snapshot
from bscp_tui.store.sources import CommittedFiles, Files, WorkingFiles, last_good_commits
from bscp_tui.store.toml_text import UnreadableError, edited, parse, written

if TYPE_CHECKING:
    from bscp_tui.model.entry import Entry
    from bscp_tui.store.signing import SigningKey


@dataclass(frozen=True)
class Register:
    """An open register.

    Attributes:
        repository: Where it lies.
        today: What counts as today.
        asked_read_only: Whether the person asked to open it for reading only.
        gate: What looks at a change before it is recorded; None where nothing does.

    """

    repository: Repository
    today: dt.date
    asked_read_only: bool = False
    gate: Gate | None = None

    @cached_property
    def read_only(self) -> str | None:
        """Why this person can record nothing here; None where they can."""
        return self.closed or self._only_scrutineer

    @cached_property
    def closed(self) -> str | None:
        """Why nobody can record anything here; None where it can be done."""
        if self.asked_read_only:
            return "it was opened for reading only"
        if self.repository.git_dir is None:
            return "it is not in a git repository"
        if self.repository.doubts and not self.repository.trusted:
            keys = ", ".join(doubt.key for doubt in self.repository.doubts)
            return (
                f"its git settings could run or redirect something ({keys}). If you trust this copy: "
                f"bscp --register {self.repository.root} trust copy"
            )
        settings = self.settings
        if settings.starter:
            return "it is the starter register, which is copied from and never written to"
        if settings.layout > LAYOUT:
            return f"a newer version of the program made it (layout {settings.layout})"
        return None

    @cached_property
    def _only_scrutineer(self) -> str | None:
        """Why somebody who reads and asks records nothing, whatever they press; None for everybody else."""
        try:
            data = (self.repository.folder / "roster.toml").read_bytes()
            # Nearly every roster is told apart by this look; only then are git and the model asked.
            roster = Roster.model_validate(parse(data)) if b'"scrutineer"' in data else None
        except (OSError, UnreadableError, ValueError):
            return None
        if roster is None or not any(person.is_only_scrutineer() for person in roster.people):
            return None
        from bscp_tui.store.identity import known

        me = known(self.repository)
        person = roster.person(me.email) if me else None
        return (
            f"{person.title} is a scrutineer here, who reads and asks"
            if person and person.is_only_scrutineer()
            else None
        )

    @cached_property
    def settings(self) -> Settings:
        """What ``bscp.toml`` said when the register was opened."""
        # Compared with no commit: one file is read, and the others are not looked for.
        files = WorkingFiles(self.repository, None)
        return Snapshot(files, self.repository.prefix, self.today, None).settings

    @cached_property
    def warnings(self) -> tuple[str, ...]:
        """What a person should know of where the register lies."""
        cloud = self.repository.cloud
        if cloud is None:
            return ()
        told = (
            f"This register lies in {cloud}, a folder that a cloud service synchronises. Such a service can damage "
            "a register by copying half of a change. Keep the register elsewhere, and share it by send and receive."
        )
        return (told,)

    def snapshot(self) -> Snapshot:
        """Return the records as they lie in the folder, edits by hand marked."""
        head = self.head
        files = WorkingFiles(self.repository, head)
        return self._shown(files, head)

    def snapshot_at(self, commit: str) -> Snapshot:
        """Return the records as a commit holds them."""
        files = CommittedFiles(self.repository, commit)
        return self._shown(files, commit)

    def _shown(self, files: Files, commit: str | None) -> Snapshot:
        snapshot = Snapshot(files, self.repository.prefix, self.today, commit, self._kept)
        snapshot.gate, snapshot.past = self.gate, self._on
        return snapshot

    def _on(self, day: dt.date) -> Snapshot | None:
        """Return the records as they stood at the end of ``day``; of a day before the register, as it was made.

        None where there is no such state apart from the present one: a starter, or a register in which nothing
        was recorded since it was made, so that the files are still what was taken over.
        """
        if self.settings.starter or self.repository.git_dir is None or self.head is None:
            return None
        from bscp_tui.store.commits import made_with
        from bscp_tui.store.moments import NoSuchMomentError, commit_of

        try:
            commit = commit_of(self, day.isoformat())
        except NoSuchMomentError:
            commit = made_with(self.repository)
        if commit == self.head:
            return None
        found = self.snapshot_at(commit)
        found.today = day
        return found

    def _kept(self) -> Kept:
        """Open what was read before."""
        return Kept(self.repository)

    @property
    def head(self) -> str | None:
        """The newest commit's id, None before the first or outside git."""
        return self.repository.head() if self.repository.git_dir else None

    def refuse_read_only(self, kind: Kind | None = None) -> None:
        """Refuse whatever would be recorded, where nothing can be; scrutineers may still ask.

        Args:
            kind: The kind of what would be added, where that is known.

        Raises:
            ReadOnlyError: It is open for reading only; the message says why.

        """
        may_ask = kind is not None and kind.model.open_to_scrutineers
        why = self.closed if may_ask else self.read_only
        if why:
            msg = f"Nothing was recorded: {self.repository.folder} is open for reading only, since {why}."
            raise ReadOnlyError(msg)

    def record(
        self, amendment: Amendment, told: Callable[[str], None] | None = None, key: "SigningKey | None" = None
    ) -> "Entry | None":
        """Record a change: the only way to write. Return its entry, None where nothing changed.

        Args:
            amendment: The change.
            told: Called with a sentence while another writer is waited for.
            key: Signs this one entry in place of the person's usual key.

        Raises:
            RefusedChangeError: A rule forbids it.
            OvertakenError: Somebody else gave the same field another value meanwhile.
            SaveError: It could not be recorded; the register is as it was.

        """
        from bscp_tui.model import entry as entries
        from bscp_tui.store import saving

        self.refuse_read_only(amendment.kind if amendment.base is None else None)
        if self.gate is not None:
            self.gate.private(amendment)
        entry_id = entries.new_entry_id()
        outcome: dict[str, tuple[Change, ...]] = {}

        def compose(recorded: bytes | None) -> tuple[bytes, str]:
            data, changes = composed(amendment, recorded)
            outcome["changes"] = changes
            return data, entries.message(entry_id, amendment, changes)

        saved = saving.save(self.repository, amendment.path, compose, who=self.who, told=told, key=key)
        told_of = (*amendment.cautions, *saved.warnings)
        return self._entry(entry_id, amendment, outcome.get("changes", ()), saved.commit, told_of)

    def record_hand_edit(self, path: str, why: Circumstances) -> "Entry | None":
        """Record what somebody changed in a record's file by hand, as an entry of its own.

        Raises:
            RefusedChangeError: The file is not a whole record of its kind.
            SaveError: It could not be recorded.

        """
        from bscp_tui.model import entry as entries
        from bscp_tui.store import saving, working

        self.refuse_read_only()
        entry_id = entries.new_entry_id()
        outcome: dict[str, tuple[Amendment, tuple[Change, ...]]] = {}

        def compose(recorded: bytes | None) -> tuple[bytes, str]:
            data = working.working_bytes(self.repository.root, path)
            amendment, changes = self._by_hand(path, recorded, data, why)
            outcome["made"] = (amendment, changes)
            return data or b"", entries.message(entry_id, amendment, changes)

        saved = saving.save(self.repository, path, compose, who=self.who, absorb=True)
        if "made" not in outcome:
            return None
        amendment, changes = outcome["made"]
        return self._entry(entry_id, amendment, changes, saved.commit, saved.warnings)

    def put_back(self, path: str) -> None:
        """Put the file at ``path`` back to what is recorded, undoing an edit by hand.

        Raises:
            SaveError: It could not be put back.

        """
        from bscp_tui.store import files, locks, objects

        self.refuse_read_only()
        workshop = locks.Workshop(self.repository)
        with workshop.locked(self.who):
            recorded = objects.standing(self.repository, "HEAD", path).blob
            try:
                if recorded is None:
                    msg = f"{path} was never recorded; delete it by hand if it is not wanted."
                    raise SaveError(msg)
                files.replace(self.repository.root / path, recorded, workshop.fresh_file)
            except OSError as error:
                raise files.not_saved(error) from error

    def preview(self, amendment: Amendment) -> str:
        """Return the sentence that recording ``amendment`` would make.

        Raises:
            RefusedChangeError: A rule forbids it.

        """
        from bscp_tui.model import entry as entries

        base = amendment.base
        if self.gate is not None:
            self.gate.private(amendment)
        new = amendment.applied_to(base)
        validated(amendment.kind, None if amendment.undoes else base, new)
        return entries.sentence(amendment, differences(base or {}, new))

    def last_good(self, bad: Unreadable, tip: str | None = None) -> View | None:
        """Return the newest recorded version of an unreadable record that can be read, as of the commit ``tip``."""
        for commit in last_good_commits(self.repository, bad.path, tip or "HEAD")[:50]:
            snapshot = self.snapshot_at(commit)
            if snapshot.has_path(bad.path):
                found = snapshot.resolve(bad.ref)
                if isinstance(found, View):
                    return found
        return None

    def heal(self) -> None:
        """Finish what a killed writer left, if nobody is writing at this moment."""
        git_dir = self.repository.git_dir
        intent = git_dir / "bscp" / "intent.json" if git_dir else None
        if self.asked_read_only or intent is None or not intent.exists() or not intent.stat().st_size:
            return
        from bscp_tui.store import locks, saving

        workshop = locks.Workshop(self.repository)
        try:
            with workshop.locked("recovery", patience=0.0):
                saving.recover(self.repository, workshop)
        except SaveError:
            return

    def _by_hand(
        self, path: str, recorded: bytes | None, data: bytes | None, why: Circumstances
    ) -> tuple[Amendment, tuple[Change, ...]]:
        snapshot = self.snapshot()
        found = snapshot.at_path(path)
        if data is None:
            msg = f"{path} was deleted by hand. A record is withdrawn, never deleted: put it back, then withdraw it."
            raise RefusedChangeError(msg)
        if found is None or isinstance(found, Unreadable):
            reason = found.reason if found else "its name fits no kind of record"
            msg = f"{path} cannot be recorded as it is: {reason}. Mend the file, or put it back."
            raise RefusedChangeError(msg)
        old = _parsed_or_none(recorded)
        new = parse(data)
        validated(found.kind, old, new)
        changes = differences(old or {}, new)
        action = "recorded" if recorded is not None else "added"
        base = old if recorded is not None else None
        amendment = Amendment(found.kind, path, found.ref, found.title, (), {}, why, base)
        if self.gate is not None:
            self.gate.private(replace(amendment, changes={change.path: change.new for change in changes}))
        return replace(amendment, action=action), changes  # type: ignore[arg-type]

    def _entry(
        self,
        entry_id: str,
        amendment: Amendment,
        changes: tuple[Change, ...],
        commit: str | None,
        warnings: tuple[str, ...],
    ) -> "Entry | None":
        if commit is None:
            return None
        from bscp_tui.model import entry as entries

        return entries.Entry(entry_id, commit, entries.sentence(amendment, changes), changes, warnings)

    @cached_property
    def who(self) -> str:
        """Return the name under which the person holds a lock, for others who wait."""
        from bscp_tui.store.identity import known

        person = known(self.repository)
        return person.name if person else "somebody"


def composed(amendment: Amendment, recorded: bytes | None) -> tuple[bytes, tuple[Change, ...]]:
    """Return a record's new bytes and what changed, merged with what is recorded now.

    Raises:
        RefusedChangeError: A rule forbids it, or the recorded file cannot be changed safely.
        OvertakenError: The same field was given another value meanwhile.

    """
    try:
        current: Document | None = None if recorded is None else parse(recorded)
        new = amendment.applied_to(current)
        validated(amendment.kind, None if amendment.undoes else current, new)
        model = amendment.kind.model
        data = written(new, model) if recorded is None else edited(recorded, new, model)
        return data, differences(current or {}, new)
    except UnreadableError as error:
        msg = f"{amendment.path}: {error}"
        raise RefusedChangeError(msg) from error


def open_register(folder: Path, today: dt.date, *, read_only: bool = False, gate: Gate | None = None) -> Register:
    """Open the register in ``folder``.

    Raises:
        NoRegisterError: There is none.
        RegisterError: It cannot be read.

    """
    repository = find(folder)
    if repository.doubts:
        trusted = prepared.is_trusted(repository.root, repository.doubts)
        repository = repository.believed(trusted=trusted)
    register = Register(repository, today, read_only, gate)
    try:
        _ = register.settings
    except UnreadableError as error:
        msg = f"{error}. Mend that file; without it the register cannot be read."
        raise RegisterError(msg) from error
    if register.closed is None:
        register.heal()
    return register


def _parsed_or_none(data: bytes | None) -> Document | None:
    try:
        return None if data is None else parse(data)
    except UnreadableError:
        return {}
