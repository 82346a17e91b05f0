"""Beginning a round: whom to ask about what, the record of it, and the forms that go out."""

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from bscp_tui.model.additions import new_record, slug_of
from bscp_tui.model.amendment import Amendment
from bscp_tui.model.document import with_ids
from bscp_tui.model.ordering import natural
from bscp_tui.model.update_round import BACK, UPDATE_ROUND, UpdateReturn, UpdateRound, asked_line
from bscp_tui.model.view import Circumstances, RefusedChangeError, View
from bscp_tui.reports.chased import owed_now, parties_of
from bscp_tui.rounds.draft import draft, is_address
from bscp_tui.rounds.form import Form, Line, line_for
from bscp_tui.store.snapshot import Snapshot

Told = Callable[[str], None]


@dataclass(frozen=True)
class Asked:
    """One party, and what it is asked about.

    Attributes:
        party: Its reference.
        name: As people say it.
        lines: What it is asked about, by reference.

    """

    party: str
    name: str
    lines: tuple[Line, ...]


def whom_to_ask(snapshot: Snapshot, only: Sequence[str] = ()) -> tuple[list[Asked], list[View]]:
    """Return who owes what, by name, and what is owed by nobody who could be asked.

    Args:
        snapshot: The register.
        only: References of the parties that are wanted; none means all.

    """
    found: dict[str, dict[str, Line]] = {}
    nobody = []
    for view in owed_now(snapshot):
        parties = parties_of(view)
        if not parties:
            nobody.append(view)
        for party in parties:
            answers = snapshot.view(view.item.answered_at(view, party)) or view
            if not only or party in only:
                found.setdefault(party, {})[answers.ref] = line_for(answers)
    asked = [Asked(party, snapshot.name_of(party), tuple(lines[ref] for ref in sorted(lines, key=natural)))
             for party, lines in found.items()]  # fmt: skip
    return sorted(asked, key=lambda each: natural(each.name.lower())), nobody


def round_begun(  # noqa: PLR0913 - what a round is, and the register around it
    snapshot: Snapshot,
    meeting: str,
    deadline: dt.date,
    asked: Sequence[Asked],
    why: Circumstances,
    *,
    prefix: str,
    ref: str = "",
) -> Amendment:
    """Return the amendment that records a new round.

    Args:
        snapshot: The register.
        meeting: A meeting's title or reference, or what else it is called.
        deadline: When the returns are due.
        asked: Who is asked about what.
        why: Reason and day.
        prefix: What the path of every record begins with.
        ref: Its reference, where one was drawn before; "" draws one.

    Raises:
        RefusedChangeError: Nobody owes anything, or the deadline has passed.

    """
    if not asked:
        msg = "Nobody who could be asked owes anything, so there is no round to begin. See: bscp report chase."
        raise RefusedChangeError(msg)
    if deadline < why.effective:
        msg = f"The deadline {deadline.isoformat()} lies before the day on which the round begins."
        raise RefusedChangeError(msg, field="deadline")
    known = snapshot.view(meeting)
    title = known.title if known is not None and known.title else meeting
    rows = with_ids(
        {"number": number, "title": each.name, "party": each.party, "status": "asked",
         "asked_about": [asked_line(line.ref, line.shown) for line in each.lines]}
        for number, each in enumerate(asked, start=1)
    )  # fmt: skip
    values: dict[str, object] = {"title": f"Update for {title}", "meeting": known.ref if known else meeting,
                                 "deadline": deadline, "started": why.effective, "returns": rows}  # fmt: skip
    return new_record(
        UPDATE_ROUND, {"ref": ref}, values, why, prefix=prefix, taken=snapshot.has_path, register=snapshot
    )  # fmt: skip


def as_begun(snapshot: Snapshot, amendment: Amendment) -> View:
    """Return the round as it will stand once it is recorded."""
    item = amendment.kind.model.model_validate(amendment.applied_to(None))
    return View(amendment.kind, amendment.ref, amendment.path, item, {}, snapshot)


def forms_of(snapshot: Snapshot, view: View, rows: Iterable[UpdateReturn] | None = None) -> list[Form]:
    """Return the forms of a round (of ``rows`` of it) as the register stands; what is settled since is left out."""
    item = view.item
    assert isinstance(item, UpdateRound)  # noqa: S101 - for the type checker
    known = snapshot.view(item.meeting or "")
    meeting = known.title if known is not None and known.title else item.meeting or item.title
    made = []
    for row in item.returns if rows is None else rows:
        views = [snapshot.view(ref) for ref in row.asks]
        lines = tuple(line_for(each) for each in views if each is not None and not each.withdrawn)
        made.append(Form(f"{view.ref}.{row.number}", snapshot.settings.name, meeting, item.deadline, row.title, lines))
    return made


def write_forms(
    folder: Path, snapshot: Snapshot, forms: Sequence[Form], parties: Sequence[str | None], told: Told,
    *, chasing: bool = False,
) -> list[str]:  # fmt: skip
    """Write each form as Word, Excel and e-mail draft into ``folder``; return the files' names.

    Args:
        folder: A folder that is there.
        snapshot: The register, for the addresses.
        forms: The forms.
        parties: Who each is for, by reference.
        told: Called with what a person should know.
        chasing: Whether they were asked before.

    """
    from bscp_tui.rounds import excel, word

    names, without = [], []
    for form, party in zip(forms, parties, strict=True):
        name = f"{form.ref}-{slug_of(form.party)}"
        files = [(f"{name}.docx", word.document(form)), (f"{name}.xlsx", excel.workbook(form))]
        address = _address(snapshot, party)
        if address is not None and not is_address(address):
            told(f"{form.party}: “{address}” is no e-mail address; its draft is addressed to nobody.")
            address = None
        without += [form.party] if address is None else []
        files.append((f"{name}.eml", draft(form, address, files, chasing=chasing)))
        for each, data in files:
            (folder / each).write_bytes(data)
            names.append(each)
    if without:
        few = ", ".join(without[:5]) + (f" and {len(without) - 5} more" if len(without) > 5 else "")
        told(f"No e-mail address is recorded for {few}; add it with: bscp set REF email=ADDRESS.")
    return names


def _address(snapshot: Snapshot, party: str | None) -> str | None:
    found = snapshot.view(party) if party else None
    address = getattr(found.item, "email", None) if found is not None else None
    return address.strip() if isinstance(address, str) and address.strip() else None


def waiting(view: View) -> list[UpdateReturn]:
    """Return the returns of a round that have not come in."""
    assert isinstance(view.item, UpdateRound)  # noqa: S101 - for the type checker
    return [row for row in view.item.returns if row.status not in BACK]


def round_named(snapshot: Snapshot, name: str | None) -> View:
    """Return the round of that reference; without one the open round that began last.

    Raises:
        RefusedChangeError: There is none such.

    """
    rounds = snapshot.views(UPDATE_ROUND)
    if name:
        wanted = name.strip().upper()
        found = next((view for view in rounds if view.ref in {wanted, f"UR-{wanted}"}), None)
    else:
        still = [view for view in rounds if view.value("status") == "open"] or rounds
        found = max(still, key=_began, default=None)
    if found is None:
        known = ", ".join(view.ref for view in rounds)
        msg = f"There is no round “{name}”. " if name else "There is no update round yet. "
        msg += (
            f"The rounds are: {known}." if known else "Begin one: bscp round start MEETING --deadline DATE --out DIR."
        )
        raise RefusedChangeError(msg)
    return found


def _began(view: View) -> tuple[dt.date, dt.date, str]:
    started, deadline = view.value("started"), view.value("deadline")
    return (started if isinstance(started, dt.date) else dt.date.min,
            deadline if isinstance(deadline, dt.date) else dt.date.min, view.ref)  # fmt: skip
