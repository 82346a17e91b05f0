"""Verification: is this history whole, in order, signed, and the one that was seen before?"""

import contextlib
import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from bscp_tui.history.tree import Tree
from bscp_tui.store.raw_history import DamagedError, FileStep, RawCommit, RawHistory
from bscp_tui.store.repository import Repository
from bscp_tui.trust import kept, seen
from bscp_tui.trust.files_of_entry import Place, twins
from bscp_tui.trust.heads import leaf_of
from bscp_tui.trust.judging import Court, Finding, Judge, settle
from bscp_tui.trust.proof import Proof
from bscp_tui.trust.seen import Seen
from bscp_tui.trust.standing import Standing, utc_day
from bscp_tui.trust.surroundings import shared_tip, troubles
from bscp_tui.trust.verdict import Signed, Verdict, cannot_tell, faulty

_WRONG_PROOF = "Or the line was mistyped: compare it with the minutes"


@dataclass
class Reading:
    """What is gathered while entries are judged, oldest first.

    Attributes:
        tree: The tree over all entries so far.
        order: The entries judged in this reading.
        leaves: Their leaves, by commit.

    """

    tree: Tree = field(default_factory=Tree)
    order: list[RawCommit] = field(default_factory=list)
    leaves: dict[str, bytes] = field(default_factory=dict)

    def take(self, commit: RawCommit, steps: Sequence[FileStep], files: Mapping[str, bytes]) -> None:
        """Add an entry that was judged."""
        self.leaves[commit.identifier] = leaf = leaf_of(commit, steps, files)
        self.order.append(commit)
        self.tree = self.tree.grown(leaf)

    def head_up_to(self, commit: str) -> tuple[int, str]:
        """Return how many entries lead up to ``commit``, and the tree head over them."""
        parents = {one.identifier: one.parents for one in self.order}
        wanted, waiting = set[str](), [commit]
        while waiting:
            one = waiting.pop()
            if one not in wanted:
                wanted.add(one)
                waiting += parents[one]
        tree = Tree()
        for entry in self.order:
            if entry.identifier in wanted:
                tree = tree.grown(self.leaves[entry.identifier])
        return tree.size, tree.head.hex()


def verify(repository: Repository, proofs: Sequence[Proof] = (), *, remember: bool = True) -> Verdict:
    """Return what can be said of a register's history, everything read and judged anew.

    Args:
        repository: The register.
        proofs: Proof lines that it must agree with.
        remember: Whether a good verdict is remembered, so that a later one sees what was cut away.

    """
    return _surrounded(repository, lambda tip, outer: _whole(repository, tip, proofs, outer, remember=remember))


def verify_quickly(repository: Repository) -> Verdict:
    """Return what can be said of a history; if that will do, only what came since the last good verdict is read."""
    return _surrounded(
        repository,
        lambda tip, outer: _rest(repository, tip, outer) or _whole(repository, tip, (), outer, remember=True),
    )


def glanced_at(repository: Repository) -> Verdict:
    """Return what can be said at once, for a screen: only what came since the last good verdict is read."""
    untold = cannot_tell("the history was not verified here yet, or not since it was merged; see: bscp verify")
    return _surrounded(repository, lambda tip, outer: _rest(repository, tip, outer) or untold)


def _surrounded(repository: Repository, judged: Callable[[str, list[Finding]], Verdict]) -> Verdict:
    if repository.git_dir is None:
        return cannot_tell(f"{repository.folder} is not in a git repository, so it has no history")
    around = list(troubles(repository))
    hidden = next((trouble for trouble in around if trouble.hides), None)
    if hidden is not None:
        return cannot_tell(hidden.reason)
    outer = [Finding("", "", trouble.code, trouble.reason) for trouble in around]
    try:
        tip = repository.head()
        return judged(tip, outer) if tip else cannot_tell("nothing is recorded in this register yet")
    except DamagedError as error:
        return Verdict("does not match", str(error), faults=(Finding("", "", "damaged", str(error)), *outer))


def _rest(repository: Repository, tip: str, outer: list[Finding]) -> Verdict | None:
    """Judge what came after the last good verdict; None where it does not simply follow, so that all must be read."""
    before = kept.load(repository)
    history = RawHistory(repository)
    new = history.since(tip, before.court.tip) if before else None
    if before is None or new is None:
        return None
    known = {before.court.tip, before.pin, *(commit.identifier for commit in new)}
    found = seen.last_seen(repository.root, before.court.first)
    if any(one.tip not in known or one.first != before.court.first for one in found):
        return None
    reading = Reading(before.tree)
    judge = Judge(history, _place(repository), before.court)
    stood = before.court.roster
    judge.judge(new, reading)
    if judge.court.roster != stood:  # what a roster says of keys may change what is to be said of older entries
        return None
    return _concluded(repository, judge, reading, (), outer, found=found, remember=True)


def _whole(
    repository: Repository, tip: str, proofs: Sequence[Proof], outer: list[Finding], *, remember: bool
) -> Verdict:
    history = RawHistory(repository)
    commits = history.back_from(tip)
    found = seen.last_seen(repository.root, commits[0].identifier)
    reading = Reading()
    renewals = [*(one for known in found for one in known.accepted), *(proof.version for proof in proofs)]
    judge = Judge(history, _place(repository), Court(), tuple(renewals))
    judge.judge(commits, reading)
    judge.point_out()
    lost = [*_proof_faults(reading, proofs), *_seen_faults(reading, found)]
    twin_faults = _twin_faults(judge, history, commits[-1])
    return _concluded(repository, judge, reading, proofs, [*outer, *twin_faults, *lost], found=found, remember=remember)


def _concluded(  # noqa: PLR0913 - what a verdict rests on
    repository: Repository,
    judge: Judge,
    reading: Reading,
    proofs: Sequence[Proof],
    further: Sequence[Finding],
    *,
    found: Sequence[Seen],
    remember: bool,
) -> Verdict:
    court, standing = judge.court, judge.standing()
    faults, notes = settle(court, standing)
    verdict = _said(court, standing, [*faults, *further], notes, proofs)
    if verdict.outcome == "matches":
        pin = shared_tip(repository) or court.tip
        if reading.order:
            kept.keep(repository, kept.Kept(court, reading.tree, pin))
        if remember:
            _remember(repository, judge, pin, found)
    return verdict


def _said(
    court: Court,
    standing: Standing | None,
    faults: Sequence[Finding],
    notes: Sequence[Finding],
    proofs: Sequence[Proof],
) -> Verdict:
    known = standing.roster.people if standing else ()
    names = {person.email: person.title for person in known}
    signers = [Signed(names.get(email, email), email, count) for email, count in court.signers.most_common()]
    outcome, reason = ("does not match", faulty(faults)) if faults else ("matches", None)
    if standing is None and not faults:
        outcome = "cannot tell"
        reason = (
            "this register has no roster yet, so nobody vouches for its entries. An administrator takes it in hand "
            "with: bscp trust adopt"
        )
    return Verdict(
        outcome=outcome,  # type: ignore[arg-type]
        reason=reason,
        entries=court.entries,
        before=court.before,
        introduced=court.introduced,
        tip=court.tip,
        since=dt.datetime.fromtimestamp(court.introduced_at, dt.UTC) if court.introduced else None,
        faults=tuple(faults),
        notes=tuple(notes),
        signers=tuple(signers),
        proofs=tuple(proofs),
        roster=court.roster,
    )


def _proof_faults(reading: Reading, proofs: Sequence[Proof]) -> Iterator[Finding]:
    """Yield where the history is not the one that a proof line was made from."""
    first = reading.order[0].identifier
    for proof in proofs:
        line = f"the proof line of {proof.day}"
        if not first.startswith(proof.origin):
            told = f"{line} belongs to another register, or this one's first entry was replaced"
            yield Finding("", "", "proof", told)
            continue
        named = next((one for one in reading.order if one.identifier.startswith(proof.version)), None)
        if named is None:
            told = (
                f"{line} names {proof.entries:,} entries up to the register version {proof.version}, which is not here"
            )
            yield Finding("", "", "proof", f"{told}: entries were cut away or rewritten since. {_WRONG_PROOF}")
            continue
        size, head = reading.head_up_to(named.identifier)
        if (size, head) != (proof.entries, proof.head):
            told = (
                f"the {size:,} entries up to register version {proof.version} are not those of {line}. {_WRONG_PROOF}"
            )
            yield Finding(named.identifier, named.identifier[:12], "proof", told)
        elif utc_day(named.committer.at).isoformat() != proof.day:
            told = f"{line} gives another day than its last entry has. {_WRONG_PROOF}"
            yield Finding(named.identifier, named.identifier[:12], "proof", told)


def _seen_faults(reading: Reading, found: Sequence[Seen]) -> Iterator[Finding]:
    """Yield what this person saw before and what is no longer there."""
    here = {commit.identifier for commit in reading.order}
    for one in found:
        forget = "If that is right, let it be forgotten with: bscp verify --forget"
        if one.first not in here:
            told = f"another register, which began with {one.first[:12]}, was seen here on {one.day}. {forget}"
            yield Finding("", "", "seen", told)
        elif one.tip not in here:
            told = (
                f"the register version {one.tip[:12]} ({one.entries:,} entries), seen on {one.day}, is no longer here"
            )
            yield Finding("", "", "seen", f"{told}: entries were cut away or rewritten. {forget}")


def _twin_faults(judge: Judge, history: RawHistory, last: RawCommit) -> Iterator[Finding]:
    """Yield pairs of files that claim to be one record, as the register stands now."""
    if judge.standing() is None:
        return
    paths = [step.path for step in history.steps([(None, last.tree)])[0]]
    for one, other in twins(judge.place, paths):
        yield Finding("", "", "twins", f"{one} and {other} claim to be one record")


def _remember(repository: Repository, judge: Judge, pin: str, found: Sequence[Seen]) -> None:
    today = dt.datetime.now(dt.UTC).date().isoformat()
    accepted = tuple(dict.fromkeys([*(one for known in found for one in known.accepted), *judge.renewed]))
    told = Seen(judge.court.first, pin, judge.court.entries, today, accepted)
    if found and all((one.tip, one.accepted) == (pin, accepted) for one in found) and len(found) == 1:
        return
    with contextlib.suppress(OSError):  # a home that cannot be written to remembers nothing; the verdict stands
        seen.remember(repository.root, told)


def _place(repository: Repository) -> Place:
    records = str(repository.records)
    return Place("" if records == "." else f"{records}/")
