"""Judging a history entry by entry: each by the roster as it stood before it."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from bscp_tui.model.entry import trailers_of
from bscp_tui.model.roster import Role
from bscp_tui.store.raw_history import FileStep, RawCommit, RawHistory
from bscp_tui.trust import files_of_entry as files_rules
from bscp_tui.trust import merging, redaction
from bscp_tui.trust.files_of_entry import Fault, Place
from bscp_tui.trust.standing import FORGIVABLE, NotVouchedError, Signer, Standing, read_standing, utc_day

_AT_ONCE = 100  # entries whose files are held in memory together


@dataclass(frozen=True)
class Finding:
    """Something to say of one entry.

    Attributes:
        commit: Its commit.
        entry: Its own id, or the beginning of the commit's where it has none.
        code: A word for programs.
        reason: Why, for people: "it is not signed".

    """

    commit: str
    entry: str
    code: str
    reason: str


@dataclass
class Court:
    """What is known of the entries judged so far.

    Attributes:
        entries: How many there are.
        before: How many of them came before trust was adopted.
        first: The first entry.
        introduced: The entry that brought the roster in, None before it.
        introduced_at: When that was recorded, in seconds since 1970.
        tip: The last entry judged.
        tip_at: When it was recorded, in seconds since 1970.
        roster: The id of the roster's bytes that stands after the tip, None before trust was adopted.
        signers: How many entries each address signed.
        faults: What does not hold.
        notes: What holds, and should be known.

    """

    entries: int = 0
    before: int = 0
    first: str = ""
    introduced: str | None = None
    introduced_at: int = 0
    tip: str = ""
    tip_at: int = 0
    roster: str | None = None
    signers: Counter[str] = field(default_factory=Counter)
    faults: list[Finding] = field(default_factory=list)
    notes: list[Finding] = field(default_factory=list)


class Judge:
    """Judges entries in the history's order; each is judged once."""

    def __init__(self, history: RawHistory, place: Place, court: Court, vouched: tuple[str, ...] = ()) -> None:
        """Go on from ``court``; a fresh one begins at the first entry.

        Args:
            history: The register's objects.
            place: Where its files lie.
            court: What is known so far.
            vouched: The beginnings of commit ids for which the minutes vouch: only such an entry may put
                a roster in place without anybody of the roster before.

        """
        self.court = court
        self.place = place
        self.renewed: list[str] = []
        self.again: dict[str, str] = {}  # what was written anew, by the id of what it stands for
        self.notices: list[tuple[RawCommit, str]] = []
        self._history = history
        self._vouched = vouched
        self._standings: dict[str, Standing] = {}
        self._rosters: dict[str, str | None] = {court.tip: court.roster} if court.tip else {}
        self._times: dict[str, int] = {court.tip: court.tip_at} if court.tip else {}
        self._parents: dict[str, tuple[str, ...]] = {}
        self._signed: dict[str, tuple[Signer, frozenset[Role]]] = {}

    def judge(self, commits: Sequence[RawCommit], taken: "Taken") -> None:
        """Judge ``commits``, which follow what was judged before; ``taken`` is handed each with its files.

        Raises:
            DamagedError: Part of the history is missing or damaged.

        """
        for start in range(0, len(commits), _AT_ONCE):
            some = commits[start : start + _AT_ONCE]
            steps = self._history.brought(some)
            wanted = {side.identifier for listed in steps for step in listed for side in (step.old, step.new)
                      if side and side.mode != "160000"}  # fmt: skip
            files = self._history.files(wanted)
            for commit, listed in zip(some, steps, strict=True):
                self._one(commit, listed, files)
                taken.take(commit, listed, files)

    def point_out(self) -> None:
        """Note the entries of keys that, as is known by now, somebody else may have used at that time."""
        standing = self.standing()
        rows = standing.roster.people if standing else ()
        since = {key.key: key.doubted for person in rows for key in person.keys if key.doubted}
        for identifier, (signer, _) in self._signed.items():
            day = since.get(signer.key.key)
            if day is not None and utc_day(self._times[identifier]) >= day:
                told = f"{signer.person.title} says that somebody else may have had this key since {day}; ask about it"
                self._note(self._history.commit(identifier), "doubtful", told)

    def standing(self) -> Standing | None:
        """Return the roster that stands after the last entry; None before trust was adopted."""
        return self._standing(self.court.roster)

    def _one(self, commit: RawCommit, steps: Sequence[FileStep], files: Mapping[str, bytes]) -> None:
        court = self.court
        self._parents[commit.identifier] = commit.parents
        self._times[commit.identifier] = commit.committer.at
        self._order(commit)
        before = self._rosters.get(commit.parents[0]) if commit.parents else None
        merges = len(commit.parents) > 1
        after = self._merge(commit, before) if merges else self._plain(commit, steps, files, before)
        self._rosters[commit.identifier] = after
        court.before += after is None
        if after is not None and court.introduced is None:
            court.introduced, court.introduced_at = commit.identifier, commit.committer.at
        court.entries += 1
        court.first = court.first or commit.identifier
        court.tip, court.tip_at, court.roster = commit.identifier, commit.committer.at, after

    def _order(self, commit: RawCommit) -> None:
        if not commit.parents and self.court.entries:
            self._fault(commit, Fault("beginning", "it is a second beginning, tied to nothing before it"))
        if any(commit.committer.at < self._times[parent] for parent in commit.parents):
            self._fault(commit, Fault("date", "it is dated before the entry that it stands on"))

    def _plain(
        self, commit: RawCommit, steps: Sequence[FileStep], files: Mapping[str, bytes], before: str | None
    ) -> str | None:
        """Judge an entry with one parent or none; return the roster that stands after it."""
        own = next((step for step in steps if step.path == self.place.roster), None)
        try:
            after = self._roster_after(own, files, before)
        except NotVouchedError as error:
            self._fault(commit, Fault(error.code, str(error)))
            after = before
        judged_by = self._standing(after if self._is_renewal(commit, own, after) else before or after)
        if judged_by is None:
            return None
        making = files_rules.is_making(commit, steps)
        many = making or files_rules.is_upgrade(self.place, commit, steps, files)
        many_or_notice = many or redaction.notice(commit) is not None
        needed = files_rules.needed_roles(self.place, steps, many=many_or_notice)
        right = self._signer(commit, judged_by, needed)
        for fault in files_rules.file_faults(self.place, steps, making=making):
            self._fault(commit, fault)
        if not many:
            self._single(commit, steps, files)
        return after if right or after == before else before

    def _is_renewal(self, commit: RawCommit, own: FileStep | None, after: str | None) -> bool:
        """Whether the minutes vouch for an entry with which the roster begins anew."""
        if own is None or after is None or not any(commit.identifier.startswith(one) for one in self._vouched):
            return False
        standing = self._standing(after)
        if standing is None or standing.roster.adopted_after not in commit.parents:
            return False
        self.renewed.append(commit.identifier)
        self._note(commit, "renewed", "the roster begins anew with it; the minutes vouch for that")
        return True

    def _single(self, commit: RawCommit, steps: Sequence[FileStep], files: Mapping[str, bytes]) -> None:
        """Look at an entry that should be about one record."""
        for fault in files_rules.message_faults(commit, steps, files):
            self._fault(commit, fault)
        claimed = "Record" in trailers_of(commit.message)
        if not claimed and redaction.notice(commit) is None:
            self._note(commit, "by-hand", "it was made with plain git; its message says nothing that could be checked")
        elif claimed and len(steps) > 1:
            self._fault(commit, Fault("several", f"it touches {len(steps)} files; an entry touches one"))

    def _signer(self, commit: RawCommit, standing: Standing, needed: frozenset[Role]) -> Signer | None:
        """Return who signed an entry, None where that does not count."""
        try:
            signer = standing.signer(commit)
        except NotVouchedError as error:
            self._fault(commit, Fault(error.code, str(error)))
            return None
        self.court.signers[signer.person.email] += 1
        self._signed[commit.identifier] = signer, needed
        if signer.has("administrator") and self._is_redaction(commit):
            return signer
        if not signer.has(*needed):
            held = " and ".join(signer.person.roles) or "nothing"
            wanted = " or ".join(sorted(needed))
            told = f"{signer.person.title} is {held} on the roster; such an entry needs {wanted}"
            self._fault(commit, Fault("role", told))
            return None
        return signer

    def _is_redaction(self, commit: RawCommit) -> bool:
        """Whether an administrator wrote an entry anew, or gives notice of that."""
        old, told = redaction.stands_for(commit), redaction.notice(commit)
        if old is not None:
            self.again[old] = commit.identifier
            self._note(commit, "signed-again", f"it was written anew at a redaction; it was {old[:12]} before")
        if told is not None:
            self.notices.append((commit, told))
            self._note(commit, "redaction", f"it gives notice of a redaction: {told}")
        return old is not None or told is not None

    def _roster_after(self, own: FileStep | None, files: Mapping[str, bytes], before: str | None) -> str | None:
        """Return the roster that an entry leaves behind.

        Raises:
            NotVouchedError: It leaves one that cannot stand.

        """
        if own is None:
            return before
        if own.new is None:
            raise NotVouchedError("roster", "it removes the roster")
        new = self._standings[own.new.identifier] = read_standing(files.get(own.new.identifier), own.new.identifier)
        old = self._standing(before)
        if old is not None and new.roster.version <= old.roster.version:
            told = f"it sets the roster back from version {old.roster.version} to {new.roster.version}"
            raise NotVouchedError("rollback", told)
        return own.new.identifier

    def _merge(self, commit: RawCommit, before: str | None) -> str | None:
        """Judge an entry that brings two copies together; return the roster that stands after it."""
        if not any(self._rosters.get(parent) for parent in commit.parents):
            return None
        if len(commit.parents) > 2:
            told = f"it merges {len(commit.parents)} copies at once; two can be checked, more cannot"
            self._fault(commit, Fault("octopus", told))
            return before
        first, second = commit.parents
        rosters = [self._rosters.get(first), self._rosters.get(second)]
        ancestors = [self._ancestors(first), self._ancestors(second)]
        base = self._base(ancestors[0] & ancestors[1])
        if base is None:
            self._fault(commit, Fault("merge", "its two sides have no single beginning in common"))
            return before
        for roster in {one for one in rosters if one}:
            standing = self._standing(roster)
            if standing is not None:
                self._signer(commit, standing, frozenset({"administrator"}))
        came_from = self._rosters.get(base)
        self._both_rosters(commit, rosters, came_from, (ancestors[0] - ancestors[1], ancestors[1] - ancestors[0]))
        self._merged_files(commit, base)
        return self._merged_roster(commit, rosters, came_from)

    def _both_rosters(
        self, commit: RawCommit, rosters: list[str | None], base: str | None, sides: tuple[set[str], set[str]]
    ) -> None:
        """Hold the entries of each side to what the roster became on the other, where their signers may have left.

        A roster that did not change on the other side is the one that they began with, and were judged by.
        """
        for roster, side in zip(reversed(rosters), sides, strict=True):
            standing = self._standing(roster)
            if standing is None or roster == base:
                continue
            for identifier in sorted(side):
                signed = self._signed.get(identifier)
                if signed is None or not standing.still_knows(*signed):
                    whose = f"signed by {signed[0].person.title}" if signed else "for which nobody on it signed"
                    told = f"it brings in {identifier[:12]}, {whose}; by the other side's roster that does not count"
                    self._fault(commit, Fault("leaver", told))

    def _merged_files(self, commit: RawCommit, base: str) -> None:
        start = self._history.tree_of(base)
        trees = [self._history.tree_of(parent) for parent in commit.parents]
        sides = merging.sides_of(*self._history.steps([(start, tree) for tree in (*trees, commit.tree)]))
        files = self._history.files(merging.needed_files(sides))
        for path in merging.wrong_files(sides, files, self.place.model_of):
            self._fault(commit, Fault("merge", f"it puts something into {path} that neither side held"))

    def _merged_roster(self, commit: RawCommit, rosters: list[str | None], base: str | None) -> str | None:
        changed = [roster for roster in rosters if roster != base]
        if len(set(changed)) > 1:
            self._fault(commit, Fault("roster", "the roster was changed on both sides"))
            return rosters[0]
        return changed[0] if changed else base

    def _ancestors(self, commit: str) -> set[str]:
        found, waiting = set[str](), [commit]
        while waiting:
            one = waiting.pop()
            if one not in found:
                found.add(one)
                waiting += self._parents.get(one, ())
        return found

    def _base(self, common: set[str]) -> str | None:
        """Return the newest commit that both sides have, None where there are several or none."""
        behind = {parent for one in common for parent in self._parents.get(one, ())}
        newest = common - behind
        return newest.pop() if len(newest) == 1 else None

    def _standing(self, blob: str | None) -> Standing | None:
        if blob is None:
            return None
        if blob not in self._standings:
            self._standings[blob] = read_standing(self._history.files([blob])[blob], blob)
        return self._standings[blob]

    def _fault(self, commit: RawCommit, fault: Fault) -> None:
        self.court.faults.append(_finding(commit, fault.code, fault.reason))

    def _note(self, commit: RawCommit, code: str, reason: str) -> None:
        self.court.notes.append(_finding(commit, code, reason))


class Taken(Protocol):
    """Is handed each entry once it is judged."""

    def take(self, commit: RawCommit, steps: Sequence[FileStep], files: Mapping[str, bytes]) -> None:
        """Take note of one entry, the files that it changed, and their bytes by id."""


def settle(court: Court, standing: Standing | None) -> tuple[list[Finding], list[Finding]]:
    """Return what does not hold, and what should be known, after administrators' later word on it."""
    if standing is None:
        return list(court.faults), list(court.notes)
    vouched = {row.commit: row.reason for row in standing.roster.accepted}
    faults = [fault for fault in court.faults if fault.commit not in vouched or fault.code not in FORGIVABLE]
    notes = list(court.notes)
    for fault in court.faults:
        if fault not in faults:
            told = f"{fault.reason}; an administrator vouched for it later: {vouched[fault.commit]}"
            notes.append(Finding(fault.commit, fault.entry, "vouched-later", told))
    return faults, notes


def _finding(commit: RawCommit, code: str, reason: str) -> Finding:
    told = trailers_of(commit.message).get("Entry", [])
    name = told[0] if len(told) == 1 else commit.identifier[:12]
    return Finding(commit.identifier, name, code, reason)
