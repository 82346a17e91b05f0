"""Verification: is this history whole, in order, signed, and the one that was seen before?"""

import contextlib
import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from bscp_tui.model.dates import in_words
from bscp_tui.store.raw_history import DamagedError, RawCommit, RawHistory
from bscp_tui.store.repository import Repository
from bscp_tui.trust import kept, seen
from bscp_tui.trust.files_of_entry import Place, twins
from bscp_tui.trust.judging import Court, Finding, Judge, settle
from bscp_tui.trust.proof import Proof
from bscp_tui.trust.reading import REDACTED, Reading, proof_faults, seen_faults
from bscp_tui.trust.seen import Seen
from bscp_tui.trust.standing import Standing, utc_day
from bscp_tui.trust.surroundings import shared_tip, troubles
from bscp_tui.trust.verdict import Signed, Verdict, cannot_tell, faulty


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
    # What a roster says of keys, or a notice of a redaction, may change what is to be said of older entries.
    if judge.court.roster != stood or judge.again or judge.notices:
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
    lost = [*proof_faults(reading, proofs, judge.again), *seen_faults(reading, found, judge.again)]
    if judge.again and not judge.notices:
        lost.append(Finding("", "", "redaction", "entries were written anew, and nobody gives notice of a redaction"))
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
    if verdict.faults and judge.notices and all(fault.code == REDACTED for fault in verdict.faults):
        commit, told = judge.notices[-1]
        day = in_words(utc_day(commit.committer.at))
        reason = f"{verdict.faults[0].reason}; {commit.committer.name} gave notice on {day}: {told}"
        return replace(verdict, outcome="redacted", reason=reason)
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
    return Place(repository.prefix)
