"""Sending and receiving: fetch, make one's own entries again on top of what came, send; again if others were quicker.

The register is held for writing only while its own branch moves, so that the work goes on while the
network takes its time. Whatever stops it, the next one begins anew from what is there: what was received
stays received, what was not sent is still one's own.
"""

import contextlib
import os
import random
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace

from filelock import FileLock, Timeout

from bscp_tui.model.settings import LAYOUT
from bscp_tui.sharing import problems
from bscp_tui.sharing.conflicts import Decisions
from bscp_tui.sharing.lines import Lines, lines
from bscp_tui.sharing.outcome import Outcome, moved
from bscp_tui.sharing.problems import Problem
from bscp_tui.sharing.replaying import Own, Replay
from bscp_tui.sharing.standing import NOT_SHARED, why_not
from bscp_tui.store import advancing, composing, saving, signing
from bscp_tui.store.errors import RegisterError, SaveError
from bscp_tui.store.git import GitError
from bscp_tui.store.locks import Told, Workshop, holder_in_words, noted
from bscp_tui.store.raw_history import RawCommit, RawHistory
from bscp_tui.store.register import Register
from bscp_tui.store.remote import OvertakenError, RewrittenError, Shared, shared
from bscp_tui.store.repository import CONFIG
from bscp_tui.store.toml_text import UnreadableError, parse

TRIES = 30  # times that others may be quicker before we say so
_FAR_OFF = 600  # seconds by which two computers' clocks may differ without a word
_LONGEST_WAIT = 3.0  # seconds between two tries


class _StoppedError(Exception):
    """Something keeps entries from going or coming."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.words)
        self.problem = problem


@dataclass
class _Run:
    """One sending and receiving under way."""

    register: Register
    shared: Shared
    workshop: Workshop
    told: Told
    outcome: Outcome = field(default_factory=Outcome)

    @property
    def head(self) -> str:
        """The copy's newest entry."""
        head = self.register.repository.head()
        if head is None:
            raise _StoppedError(Problem("empty", "The register holds nothing yet.", "Make it whole, then try again."))
        return head


def sync(register: Register, *, told: Told = lambda _: None, wait: Callable[[float], None] = time.sleep) -> Outcome:
    """Receive what others sent, and send what was recorded here.

    Args:
        register: The person's own copy.
        told: Called with a sentence while somebody else is waited for.
        wait: Lets some seconds pass before the next try, where others were quicker.

    Returns:
        What went and came; what is to be decided first; what kept entries from going or coming.

    """
    repository = register.repository
    problem = why_not(register)
    branch = repository.branch()
    copy = shared(repository, branch) if branch and problem is None else None
    if copy is None:
        return Outcome(problem=problem or NOT_SHARED)
    run = _Run(register, copy, Workshop(repository), told)
    try:
        with _alone(run):
            _to_and_fro(run, wait)
    except _StoppedError as stopped:
        run.outcome = replace(run.outcome, problem=stopped.problem)
    except (SaveError, RegisterError) as error:
        run.outcome = replace(run.outcome, problem=Problem("register", str(error), ""))
    except GitError as error:
        run.outcome = replace(run.outcome, problem=problems.explained(error))
    return replace(run.outcome, unsent=_unsent(run))


def _to_and_fro(run: _Run, wait: Callable[[float], None]) -> None:
    """Receive and send, until both copies hold the same.

    Raises:
        _StoppedError: Others were quicker each time.

    """
    for attempt in range(TRIES):
        is_there = _received(run)
        if not is_there:
            _first(run)
        tip = run.shared.repository.tip(run.shared.tracked) if is_there else None
        ready = _together(run, tip) if tip is not None else run.head
        if ready is None:
            return
        try:
            _send(run, ready, tip)
        except OvertakenError:
            wait(random.uniform(0.3, 1.0) * min(0.1 * 1.5**attempt, _LONGEST_WAIT))  # noqa: S311 - no secret
            continue
        return
    told = f"Others sent before you {TRIES} times in a row, so yours are not sent yet."
    raise _StoppedError(Problem("overtaken", told, "They are safe here. Try again in a moment."))


def _received(run: _Run) -> bool:
    """Fetch; return whether the shared copy has the branch.

    Raises:
        _StoppedError: It no longer holds what it held.

    """
    seen = run.shared.last_seen()
    try:
        is_there = run.shared.receive()
    except RewrittenError as error:
        raise _StoppedError(_rewritten(run, seen)) from error
    tip = run.shared.repository.tip(run.shared.tracked) if is_there else None
    if seen is not None and (tip is None or not _holds(run, tip, seen)):
        raise _StoppedError(_rewritten(run, seen))
    if tip is not None:
        run.shared.take_note(tip)
    return is_there


def _holds(run: _Run, tip: str, seen: str) -> bool:
    if tip == seen:
        return True
    try:
        run.shared.repository.read("merge-base", "--is-ancestor", seen, tip)
    except GitError:
        return False
    return True


def _rewritten(run: _Run, seen: str | None) -> Problem:
    return Problem(
        "rewritten",
        f"Take care: the shared copy no longer holds what it held when you last looked (register version "
        f"{(seen or '')[:12]}). Somebody rewrote or cut its history. Nothing was received, nothing was sent, and your "
        "copy is as it was.",
        "Keep this copy as it is, and ask the administrator at once. If it was a redaction that the partnership "
        f"agreed, join the shared copy anew: bscp join {run.shared.shown} ANOTHER-FOLDER.",
    )


def _first(run: _Run) -> None:
    """Look whether the shared copy is empty, so that this is the first sending.

    Raises:
        _StoppedError: It holds something else.

    """
    others = run.shared.branches()
    if others:
        named = ", ".join(others[:5])
        told = f"The shared copy holds no {run.shared.branch}, but {named}."
        advice = f"Ask its administrator which one is meant; yours is {run.shared.branch}."
        raise _StoppedError(Problem("branch", told, advice))


def _together(run: _Run, tip: str) -> str | None:
    """Bring the copy to what came with one's own entries on top; return its newest entry, None where it cannot be.

    Raises:
        _StoppedError: It cannot be at all.

    """
    if tip == run.head:
        return tip
    _refuse_newer(run, tip)
    repository = run.register.repository
    with run.workshop.locked("sending and receiving", run.told):
        saving.recover(repository, run.workshop)
        while True:
            parting = lines(repository, RawHistory(repository), run.head, tip)
            _refuse_foreign(run, parting)
            made = _made(run, parting)
            if made is None:
                return None
            try:
                _advance(run, parting, made)
            except advancing.MovedError:
                continue
            return made


def _made(run: _Run, parting: Lines) -> str | None:
    """Return the newest entry of what came and one's own on top of it; None where something is to be decided."""
    if not parting.own:
        return parting.tip
    if not parting.received and not parting.has_merges:
        return parting.head
    decisions = Decisions(run.workshop.folder).all()
    open_ones = [conflict for conflict in parting.conflicts if conflict.key not in decisions]
    if open_ones:
        received = tuple(moved(commit) for commit in parting.received)
        run.outcome = replace(run.outcome, conflicts=tuple(open_ones), received=(*run.outcome.received, *received))
        return None
    by = _by(run, parting)
    tip = parting.history.commit(parting.tip)
    replay = Replay(run.register.repository, parting.history, tip, parting.decided(decisions), parting.received_at)
    for own in (*parting.owns, *_of_merges(run, parting)):
        if own.commit.identifier not in parting.came_back:
            replay.take(own)
    made = replay.make(by)
    run.outcome = replace(run.outcome, told=(*run.outcome.told, *replay.told, *_clock(by[0], tip)))
    return made[-1].identifier if made else parting.tip


def _of_merges(run: _Run, parting: Lines) -> list[Own]:
    """Return what somebody put into the register while merging with plain git: an entry of its own, if anything."""
    merges = [commit for commit in parting.own if len(commit.parents) > 1]
    if not merges or parting.base is None:
        return []
    onto = parting.history.commit(parting.base)
    trial = Replay(run.register.repository, parting.history, onto, {}, lambda _: ())
    for own in parting.owns:
        trial.take(own)
    steps = parting.history.steps([(trial.stored(), parting.history.tree_of(parting.head))])[0]
    return [Own(merges[-1], steps)] if steps else []


def _by(run: _Run, parting: Lines) -> tuple[composing.Committer, signing.SigningKey | None]:
    """Return who makes the entries again, and with which key.

    Raises:
        _StoppedError: Others made some of them, and signed them.

    """
    repository = run.register.repository
    who = composing.committer(repository)
    key = signing.key_for(repository)
    foreign = [own.commit for own in parting.owns if own.commit.signature and own.commit.author.email != who.email]
    if foreign and (repository.folder / "roster.toml").exists():
        names = ", ".join(sorted({commit.author.name for commit in foreign}))
        told = f"Entries of {names} are not sent yet, and only they can sign them again on top of what others sent."
        advice = "Let them send from this copy, with their own name and key; then send yours."
        raise _StoppedError(Problem("signer", told, advice))
    return who, key


def _clock(who: composing.Committer, tip: RawCommit) -> tuple[str, ...]:
    """Say where this computer's clock, or that of whoever sent last, is far off."""
    ahead = tip.committer.at - who.at
    if ahead <= _FAR_OFF:
        return ()
    told = (
        f"The last entry of the shared copy is dated {ahead // 60} minutes after this computer's time. Look at your "
        "clock; yours are dated like that entry, since none may be dated before the one that it stands on."
    )
    return (told,)


def _advance(run: _Run, parting: Lines, made: str) -> None:
    """Move the copy on, and take note of what came."""
    repository = run.register.repository
    if made != parting.head:
        told = f"received {len(parting.received)}, to be sent {len(parting.own)}"
        warnings = advancing.advance(repository, run.workshop, run.shared.head, (parting.head, made), told)
        run.outcome = replace(run.outcome, told=(*run.outcome.told, *warnings))
    came = tuple(moved(commit) for commit in parting.received)
    run.outcome = replace(run.outcome, received=(*run.outcome.received, *came))


def _send(run: _Run, ready: str, tip: str | None) -> None:
    """Send what the shared copy does not hold.

    Raises:
        OvertakenError: Somebody else sent first.
        GitError: It cannot be reached, or refuses.

    """
    if ready == tip:
        return
    repository = run.register.repository
    limit = [f"^{tip}"] if tip else []
    names = repository.read("rev-list", "--topo-order", "--reverse", ready, *limit, "--").decode().split()
    history = RawHistory(repository)
    going = tuple(moved(history.commit(name)) for name in names)
    run.shared.send(ready)
    run.shared.take_note(ready)
    Decisions(run.workshop.folder).forget()
    run.outcome = replace(run.outcome, sent=going)


def _refuse_newer(run: _Run, tip: str) -> None:
    """Refuse what a newer version of the program made.

    Raises:
        _StoppedError: The shared copy was upgraded.

    """
    repository = run.register.repository
    name = f"{tip}:{repository.prefix}{CONFIG}"
    found = repository.objects([name])[name]
    try:
        layout = parse(found[2]).get("layout") if found else None
    except UnreadableError:
        layout = None
    if isinstance(layout, int) and layout > LAYOUT:
        told = f"A newer version of the program upgraded the shared copy (layout {layout}; this one knows {LAYOUT})."
        raise _StoppedError(Problem("layout", f"{told} Nothing was received or sent.", "Ask for the newer version."))


def _refuse_foreign(run: _Run, parting: Lines) -> None:
    """Refuse a shared copy of something else.

    Raises:
        _StoppedError: The two have no beginning in common.

    """
    if parting.base is None:
        told = "The shared copy is that of another register: the two have no entry in common."
        raise _StoppedError(Problem("other", told, f"Look at its address: {run.shared.shown}."))


def _unsent(run: _Run) -> int:
    from bscp_tui.sharing.standing import standing

    try:
        return standing(run.register).unsent
    except RegisterError:
        return 0


@contextlib.contextmanager
def _alone(run: _Run) -> Iterator[None]:
    """Send and receive one at a time in one copy.

    Raises:
        _StoppedError: Another program is at it.

    """
    note = run.workshop.folder / "sync-holder.json"
    try:
        run.workshop.folder.mkdir(exist_ok=True)
        lock = FileLock(run.workshop.folder / "sync.lock")
        lock.acquire(timeout=0)
    except Timeout as error:
        told = f"Sending and receiving is under way in this copy already, by {holder_in_words(note)}."
        raise _StoppedError(Problem("busy", told, "Wait until it has finished.")) from error
    except OSError as error:
        told = f"Nothing was sent or received: {os.strerror(error.errno or 0).lower()} ({run.workshop.folder})."
        raise _StoppedError(Problem("disk", told, "The register is as it was.")) from error
    try:
        with noted(note, run.register.who):
            yield
    finally:
        lock.release()
