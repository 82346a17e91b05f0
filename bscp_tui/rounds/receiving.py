"""Returns from files to entries: read, proposed, accepted line by line, and ticked off in their round."""

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Literal

from bscp_tui.intake.document import Document, IntakeError, Progress, silently
from bscp_tui.intake.reading import read_file
from bscp_tui.model.amendment import Amendment, amend
from bscp_tui.model.dates import in_words
from bscp_tui.model.view import Circumstances, RefusedChangeError
from bscp_tui.rounds.proposals import Back, Proposal, asked_for, proposals
from bscp_tui.rounds.returned import ReturnError, code_of, read
from bscp_tui.rounds.together import grouped
from bscp_tui.store.snapshot import Snapshot

Wanted = Literal["all", "sure", "none"]
MOST_FILES = 1000
# What lies in a folder of returns beside them: drafts, locks of office programs, hidden files.
_PASSED_OVER = (".eml", ".msg", ".tmp")


@dataclass
class Reading:
    """What was read.

    Attributes:
        backs: The returns.
        proposals: What they propose.
        refused: (file, why) of each that could not be read.
        told: What a person should know beside that.

    """

    backs: list[Back] = field(default_factory=list)
    proposals: list[Proposal] = field(default_factory=list)
    refused: list[tuple[str, str]] = field(default_factory=list)
    told: list[str] = field(default_factory=list)


def is_return(document: Document) -> bool:
    """Whether a document is one of the forms that are sent out for rounds.

    Raises:
        ReturnError: It is several at once.

    """
    return code_of(document) is not None


def files_in(paths: Iterable[Path]) -> list[Path]:
    """Return the files that are named, and those that lie in the folders that are named.

    Raises:
        IntakeError: There is nothing at a path, or too much.

    """
    found: list[Path] = []
    for path in paths:
        if path.is_dir():
            inside = sorted(each for each in path.iterdir() if each.is_file() and not each.name.startswith((".", "~$")))
            found += [each for each in inside if not each.name.lower().endswith(_PASSED_OVER)]
        elif path.exists():
            found.append(path)
        else:
            raise IntakeError(f"There is nothing at {path}. Name the returns, or the folder that they lie in.")
    if len(found) > MOST_FILES:
        raise IntakeError(f"{len(found):,} files are more than are read at once ({MOST_FILES:,}). Name some of them.")
    return found


def read_returns(snapshot: Snapshot, paths: Iterable[Path], came: dt.date, progress: Progress = silently) -> Reading:
    """Read the returns in files and say what they propose; what cannot be read is refused, each with the reason.

    Args:
        snapshot: The register.
        paths: Files, and folders that hold some.
        came: The day on which they came in.
        progress: Told how far the reading is; may raise to stop it.

    """
    reading = Reading()
    files = files_in(paths)
    for done, path in enumerate(files):
        progress("Reading the returns", done, len(files))
        try:
            reading.backs.append(_back(snapshot, read_file(path), came))
        except IntakeError as error:
            reading.refused.append((path.name, str(error)))
    return _proposed(snapshot, reading)


def read_document(snapshot: Snapshot, document: Document, came: dt.date) -> Reading:
    """Say what one return proposes that was read already.

    Raises:
        ReturnError: It cannot be read.

    """
    return _proposed(snapshot, Reading([_back(snapshot, document, came)]))


def _proposed(snapshot: Snapshot, reading: Reading) -> Reading:
    made = proposals(snapshot, reading.backs)
    reading.proposals = _held_to_rules(snapshot, made)
    for back in reading.backs:
        reading.told += [f"{back.returned.name}: {told}" for told in back.returned.told]
        for key in back.returned.missing:
            reading.told.append(f"{back.returned.name}: there is no column for “{key}”, so nothing of it was read.")
    return reading


def _back(snapshot: Snapshot, document: Document, came: dt.date) -> Back:
    code = code_of(document)
    known = asked_for(snapshot, code) if code else None
    if code and known is None:
        msg = (
            f"{document.name} is the return {code}, which this register did not ask for. If somebody else began that "
            "round, send and receive first."
        )
        raise ReturnError(msg)
    view, row = known or (None, None)
    if view is None or row is None:
        return _not_ours(document)
    return Back(read(document, row.asks), view, row, came)


def _not_ours(document: Document) -> Back:
    read(document, ())  # says what is wrong with it
    raise ReturnError(f"{document.name} is not one of the forms that were sent out.")


def _held_to_rules(snapshot: Snapshot, made: Sequence[Proposal]) -> list[Proposal]:
    """Return the proposals; a record's sure ones that a rule refuses together are doubtful, with what it says."""
    refused: dict[str, str] = {}
    for ref in dict.fromkeys(proposal.ref for proposal in made):
        mine = [proposal for proposal in made if proposal.ref == ref and proposal.state in {"new", "changed"}]
        if not mine:
            continue
        try:
            amendment_of(snapshot, mine, None)
        except RefusedChangeError as error:
            refused[ref] = str(error)
    return [replace(proposal, state="doubtful", why=f"cannot be recorded as it is: {refused[proposal.ref]}")
            if proposal.ref in refused and proposal.state in {"new", "changed"} else proposal
            for proposal in made]  # fmt: skip


def amendment_of(snapshot: Snapshot, accepted: Sequence[Proposal], decided_at: str | None) -> Amendment:
    """Return the change that records the accepted proposals of one record, the sender named as its source.

    Raises:
        RefusedChangeError: A rule forbids it.

    """
    first = accepted[0]
    view = snapshot.view(first.ref)
    if view is None:
        msg = f"{first.ref} is no longer in the register."
        raise RefusedChangeError(msg)
    evidence = [str(each.new) for each in accepted if each.field == "evidence"]
    values = {each.field: each.new for each in accepted if each.field != "evidence"}
    senders = dict.fromkeys(f"{each.sender}, return {each.back}, {each.document[0]}" for each in accepted)
    why = Circumstances(
        reason=f"Return for the update round: {'; '.join(senders)}.",
        effective=min(each.effective for each in accepted),
        evidence="; ".join(dict.fromkeys(evidence)) or None,
        decided_at=decided_at,
    )
    return amend(view, snapshot.document(view.path), values, why)


def wanted_of(made: Iterable[Proposal], accept: Wanted) -> list[Proposal]:
    """Return the proposals that ``accept`` takes; of what contradicts neither side is ever taken unseen."""
    if accept == "none":
        return []
    return [each for each in made if each.recordable and (accept == "all" or each.state != "doubtful")]


@dataclass(frozen=True)
class Outcome:
    """What accepting comes to.

    Attributes:
        amendments: The changes, one a record, as one group; the rounds' own last.
        refused: (reference, why) of records that a rule keeps from being changed so.

    """

    amendments: tuple[Amendment, ...]
    refused: tuple[tuple[str, str], ...]


def outcome_of(
    snapshot: Snapshot,
    reading: Reading,
    accepted: Sequence[Proposal],
    *,
    set_aside: Sequence[Proposal] = (),
    decided_at: str | None = None,
    told: Callable[[str], None] | None = None,
) -> Outcome:
    """Return what is to be recorded: the accepted answers, and in each round what came back."""
    amendments, refused = [], []
    for ref in dict.fromkeys(each.ref for each in accepted):
        mine = [each for each in accepted if each.ref == ref]
        try:
            amendment = amendment_of(snapshot, mine, decided_at)
        except RefusedChangeError as error:
            refused.append((ref, str(error)))
            continue
        amendments += [amendment] if amendment.changes else []
        for caution in amendment.cautions:
            if told is not None:
                told(f"{ref}: {caution}")
    codes = dict.fromkeys(back.returned.ref for back in reading.backs)
    ticked = [made for code in codes if (made := _ticked(snapshot, code, reading, set_aside)) is not None]
    return Outcome(tuple(grouped([*amendments, *ticked])), tuple(refused))


def _ticked(snapshot: Snapshot, code: str, reading: Reading, set_aside: Sequence[Proposal]) -> Amendment | None:
    """Return what a round says now of a return that came in; None where it says so already."""
    view = snapshot.view(code)
    if view is None:
        return None
    backs = [back for back in reading.backs if back.returned.ref == code]
    values: dict[str, object] = {}
    for back in backs:
        values |= _row_values(back, reading, values)
    aside = [each.line for each in set_aside if each.back == code]
    if aside:
        values["set_aside"] = tuple(dict.fromkeys((*backs[0].row.set_aside, *aside)))
    came = max(back.came for back in backs)
    names = "; ".join(dict.fromkeys(f"{back.sender}, {back.returned.name}" for back in backs))
    why = Circumstances(f"Came in by {in_words(came)}: {names}.", came)
    amendment = amend(view, snapshot.document(view.path), values, why)
    return amendment if amendment.changes else None


def _row_values(back: Back, reading: Reading, before: dict[str, object]) -> dict[str, object]:
    """Return what a return's row says once it came in; a document that was read before changes nothing."""
    mark = back.returned.sha256[:16]
    read_before = before.get("documents", back.row.documents)
    assert isinstance(read_before, tuple)  # noqa: S101 - for the type checker
    if any(each.rpartition(" ")[2] == mark for each in read_before):
        return {}
    said = any(each.back == back.returned.ref and each.state != "unchanged" for each in reading.proposals)
    nothing = back.returned.nothing and not said and back.row.status != "replied"
    values: dict[str, object] = {"status": "nothing-to-report" if nothing else "replied"}
    values["documents"] = (*read_before, f"{back.returned.name} {mark}")
    if back.row.returned is None:
        values["returned"] = back.came
    if back.returned.sender:
        values["sender"] = back.returned.sender
    return values
