"""What returns propose: each answer beside what the register says now, and how sure that is."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from bscp_tui.intake.days import any_date
from bscp_tui.model.dates import DateError, in_words
from bscp_tui.model.fields import FieldFacts, Shape
from bscp_tui.model.reading import ValueReadError, read_value
from bscp_tui.model.text import TypedTextError, shortened, typed
from bscp_tui.model.update_round import UPDATE_ROUND, UpdateReturn, UpdateRound, mark_of
from bscp_tui.model.view import View
from bscp_tui.model.workflow import token, words
from bscp_tui.rounds.form import Line, as_shown, line_for
from bscp_tui.rounds.returned import Answers, Returned
from bscp_tui.store.snapshot import Snapshot

State = Literal["new", "changed", "unchanged", "doubtful"]


@dataclass(frozen=True)
class Proposal:
    """One answer of a return.

    Attributes:
        ref: The record.
        kind: Its kind.
        field: The field, ``status``, ``update``, ``evidence``, ``target``; a heading of an added column.
        old: What the register says now.
        new: What the return says, as it would be recorded; None where it cannot be.
        written: What the return says, as it was written.
        state: Whether it is something new, a change, nothing new, or doubtful.
        why: What is doubtful, or why it is nothing new.
        sender: Who said so.
        back: The return's reference.
        document: (file's name, SHA-256) of what was read.
        place: Where it stands in it.
        effective: From which day it counts.
        contradicted: Whether another return says otherwise.

    """

    ref: str
    kind: str
    field: str
    old: object
    new: object
    written: str
    state: State
    why: str
    sender: str
    back: str
    document: tuple[str, str]
    place: str
    effective: dt.date
    contradicted: bool = False

    @property
    def recordable(self) -> bool:
        """Whether it could be recorded if a person says so."""
        return self.new is not None and self.state != "unchanged" and not self.contradicted

    @property
    def line(self) -> str:
        """What it proposes, as it is kept when somebody sets it aside."""
        return f"{self.ref} {self.field}: {mark_of(self.written)}"


@dataclass(frozen=True)
class Back:
    """A return that came back, with the row of the register that asked for it.

    Attributes:
        returned: What it says.
        round: The round.
        row: The row of the round that asked for it.
        came: When it came in.

    """

    returned: Returned
    round: View
    row: UpdateReturn
    came: dt.date

    @property
    def deadline(self) -> dt.date:
        """Until when it was wanted."""
        assert isinstance(self.round.item, UpdateRound)  # noqa: S101 - for the type checker
        return self.round.item.deadline

    @property
    def sender(self) -> str:
        """Who said so: the party, and the person where one is named."""
        person = self.returned.sender
        return f"{self.row.title} ({person})" if person and person != self.row.title else self.row.title


def asked_for(snapshot: Snapshot, code: str) -> tuple[View, UpdateReturn] | None:
    """Return the round and its row that a return's reference names, None where this register has none such."""
    name, _, number = code.rpartition(".")
    view = snapshot.view(name)
    if view is None or view.kind is not UPDATE_ROUND or not isinstance(view.item, UpdateRound):
        return None
    row = next((row for row in view.item.returns if row.number == int(number)), None)
    return None if row is None else (view, row)


def proposals(snapshot: Snapshot, backs: Sequence[Back]) -> list[Proposal]:
    """Return what the returns propose, in the order in which they stand; what contradicts is marked on both sides."""
    newer = _newer_rounds(snapshot)
    found = [proposal for back in backs for proposal in _of(snapshot, back, newer)]
    return list(_contradicted(found))


def rewritten(snapshot: Snapshot, proposal: Proposal, text: str) -> Proposal:
    """Return the proposal with another answer, which somebody typed who looked at it; it is then sure.

    Raises:
        ValueError: The field cannot hold it; the message says why.

    """
    view = snapshot.view(proposal.ref)
    if view is None or (view.field(proposal.field) is None and proposal.field != "evidence"):
        raise ValueError(f"{proposal.ref} has no field “{proposal.field}”, so nothing can be recorded there.")
    value, _ = value_of(snapshot, view, proposal.field, text, exactly=True)
    if value is None:
        raise ValueError("An empty answer changes nothing; leave it instead.")
    return replace(proposal, new=value, written=text, state="changed", why="changed when it was accepted",
                   contradicted=False)  # fmt: skip


def value_of(
    snapshot: Snapshot, view: View, name: str, text: str, *, exactly: bool = False
) -> tuple[object, list[str]]:
    """Return the value that ``text`` means for a field, and what is unsure about it.

    Args:
        snapshot: The register.
        view: The record.
        name: The field.
        text: As it was written.
        exactly: Whether a status must be spelt as it is.

    Raises:
        ValueError: The field cannot hold it.

    """
    facts = view.field(name)
    if name == "evidence":
        return typed(text.replace("\n", " "), field="What shows it", lines=False), []
    if facts is None:
        return None, []
    if facts.shape is Shape.DAY:
        day, unsure = any_date(text)
        return day, [unsure] if unsure else []
    if facts.shape is Shape.CHOICE and not exactly:
        return _chosen(snapshot, facts, text)
    return read_value(facts, text, today=snapshot.today, finder=snapshot), []


def _chosen(snapshot: Snapshot, facts: FieldFacts, text: str) -> tuple[object, list[str]]:
    """Return the status that was chosen; one that is spelt otherwise is taken for the nearest, and said."""
    wanted = token(text)
    if wanted in facts.choices:
        return wanted, []
    from rapidfuzz import fuzz, process

    near = process.extractOne(wanted, facts.choices, scorer=fuzz.WRatio, score_cutoff=75)
    if near is None:
        return read_value(facts, text, today=snapshot.today, finder=snapshot), []
    return near[0], [f"“{shortened(text, 40)}” was taken for “{words(str(near[0]))}”"]


def _of(snapshot: Snapshot, back: Back, newer: Mapping[str, tuple[dt.date, str]]) -> Iterator[Proposal]:
    asks = back.row.asks
    for answers in back.returned.answers:
        view = snapshot.view(answers.ref)
        if view is None or view.withdrawn:
            told = "was withdrawn since it was asked" if view else "is no longer in the register"
            yield _unread(back, answers, "ref", answers.ref, f"{answers.ref} {told}")
            continue
        reading = _Reading(snapshot, back, answers, view, line_for(view), asks.get(answers.ref, {}), newer)
        yield from reading.proposals()


def _unread(back: Back, answers: Answers, name: str, text: str, why: str) -> Proposal:
    document = (back.returned.name, back.returned.sha256)
    return Proposal(answers.ref, "", name, None, None, text, "doubtful", why, back.sender, back.returned.ref, document,
                    answers.place, back.came)  # fmt: skip


@dataclass
class _Reading:
    """One row of a return beside the record that it is about."""

    snapshot: Snapshot
    back: Back
    answers: Answers
    view: View
    line: Line
    marks: Mapping[str, str]
    newer: Mapping[str, tuple[dt.date, str]]
    doubts: list[str] = field(default_factory=list)

    def proposals(self) -> Iterator[Proposal]:
        """Yield a proposal for each answer of the row."""
        effective = self._effective()
        for key, text in self.answers.texts.items():
            name = {"update": self.line.written or "update"}.get(key, key)
            if key == "since" or (not text and key not in self.answers.unread):
                continue
            if key in self.answers.unread:
                yield self._made(name, None, text, effective, doubt=self.answers.unread[key])
            elif key not in self.line.takes:
                yield self._made(
                    name, None, text, effective, doubt=f"{self.view.ref} has no such field to be filled in"
                )
            else:
                yield self._proposal(key, name, text, effective)
        for heading, text in self.answers.added:
            doubt = "it stands in a column that the form did not have; nothing is recorded from it"
            yield self._made(shortened(heading, 40), None, text, effective, doubt=doubt)

    def _effective(self) -> dt.date:
        text = self.answers.texts.get("since", "")
        if not text:
            return self.back.came
        try:
            day, unsure = any_date(text)
        except DateError as error:
            self.doubts.append(f"since which day it counts, {error}")
            return self.back.came
        if unsure:
            self.doubts.append(unsure)
        if day > self.snapshot.today:
            self.doubts.append(f"it would count from {in_words(day)}, which is still to come")
        return day

    def _proposal(self, key: str, name: str, text: str, effective: dt.date) -> Proposal:
        try:
            value, unsure = value_of(self.snapshot, self.view, name, text)
        except (ValueReadError, DateError, TypedTextError) as error:
            return self._made(name, None, text, effective, doubt=str(error))
        same = self._nothing_new(name, text, value)
        if same is not None:
            return self._made(name, value, text, effective, same=same)
        doubts = [*unsure, *self._meanwhile(name)]
        if key == "target":
            doubts.append("a new date is for a body to agree: accept it with the meeting that did (--decided-at)")
        return self._made(name, value, text, effective, doubt="; ".join(doubts))

    def _nothing_new(self, name: str, text: str, value: object) -> str | None:
        """Return why an answer is nothing new, None where it is."""
        if name == "evidence":
            known = {mark_of(row.text) for row in getattr(self.view.item, "evidence", ())}
            shows = (
                str(value).partition(":")[2] if str(value).lower().startswith(("impact:", "output:")) else str(value)
            )
            return "it is recorded already" if mark_of(shows) in known else None
        if name == "target":
            return "that is its date already" if self.view.value("due") == value else None
        if value == self.view.value(name) or mark_of(text) == mark_of(as_shown(self.view, name)):
            return "that is what the register says already"
        if name in self.marks and mark_of(text) == self.marks[name]:
            return "it was left as it was asked; the register has changed meanwhile"
        return None

    def _meanwhile(self, name: str) -> list[str]:
        if name in self.marks and mark_of(as_shown(self.view, name)) != self.marks[name]:
            return ["the register was changed after this was asked"]
        return []

    def _made(
        self, name: str, value: object, text: str, effective: dt.date, *, doubt: str = "", same: str = ""
    ) -> Proposal:
        old = None if name == "evidence" else self.view.value("due" if name == "target" else name)
        doubts = [doubt] if doubt else []
        state: State = "unchanged" if same else "new" if old in (None, "", ()) else "changed"
        if not same:
            doubts += [*self.doubts, *self._of_the_whole(name)]
            state = "doubtful" if doubts else state
        document = (self.back.returned.name, self.back.returned.sha256)
        made = Proposal(
            self.view.ref, self.view.kind.name, name, old, value, text, state, same or "; ".join(doubts),
            self.back.sender, self.back.returned.ref, document, self.answers.place, effective,
        )  # fmt: skip
        if made.state != "unchanged" and made.line in self.back.row.set_aside:
            return replace(made, state="unchanged", why="it was set aside when it was read before")
        return made

    def _of_the_whole(self, name: str) -> Iterator[str]:
        """Yield what is doubtful about the return as a whole."""
        back = self.back
        if back.came > back.deadline:
            yield f"it came in on {in_words(back.came)}, after {in_words(back.deadline)}"
        later = self.newer.get(self.view.ref)
        if later is not None and later[1] != back.round.ref and later[0] > _start_of(back.round):
            yield f"it is from an older round; {later[1]} asks the same"
        if back.returned.nothing:
            yield "the return also says that there is nothing to report"
        key = "update" if name == self.line.written else name
        if key in back.returned.guessed:
            yield f"it stands under the heading “{shortened(back.returned.guessed[key], 40)}”, where “{key}” was"


def _newer_rounds(snapshot: Snapshot) -> dict[str, tuple[dt.date, str]]:
    """Return for each record the round that asked last: when it began, and its reference."""
    found: dict[str, tuple[dt.date, str]] = {}
    for view in snapshot.views(UPDATE_ROUND):
        assert isinstance(view.item, UpdateRound)  # noqa: S101 - for the type checker
        began = (_start_of(view), view.ref)
        for row in view.item.returns:
            for ref in row.asks:
                found[ref] = max(found.get(ref, began), began)
    return found


def _start_of(view: View) -> dt.date:
    started = view.value("started")
    return started if isinstance(started, dt.date) else dt.date.min


def _contradicted(found: Iterable[Proposal]) -> Iterator[Proposal]:
    """Yield the proposals; of those that say the same only one, and those that disagree marked as doubtful."""
    every = list(found)
    by_field: dict[tuple[str, str], list[Proposal]] = {}
    for proposal in every:
        if proposal.state != "unchanged" and proposal.new is not None and proposal.field != "evidence":
            by_field.setdefault((proposal.ref, proposal.field), []).append(proposal)
    for proposal in every:
        others = [other for other in by_field.get((proposal.ref, proposal.field), ()) if other is not proposal]
        if proposal.state == "unchanged" or proposal.new is None or not others:
            yield proposal
            continue
        against = [other for other in others if _said(other) != _said(proposal)]
        if against:
            told = "; ".join(
                f"{other.sender} says “{shortened(other.written, 60)}” ({other.place})" for other in against
            )
            why = "; ".join(part for part in (proposal.why, f"contradicted: {told}") if part)
            yield replace(proposal, state="doubtful", why=why, contradicted=True)
        elif every.index(proposal) > min(every.index(other) for other in others):
            yield replace(proposal, state="unchanged", why=f"{others[0].sender} says the same")
        else:
            yield proposal


def _said(proposal: Proposal) -> object:
    return mark_of(proposal.new) if isinstance(proposal.new, str) else proposal.new
