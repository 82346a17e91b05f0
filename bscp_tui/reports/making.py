"""A report of a register, from the words in which it is asked for: commands, screens and pages all come here."""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from bscp_tui.history.for_readers import leaves_out, rows_for
from bscp_tui.history.ledger import rows
from bscp_tui.history.position import Position, position
from bscp_tui.history.rows import HistoryRow, Query
from bscp_tui.model.audience import Readers
from bscp_tui.model.dates import read_date
from bscp_tui.model.fields import BODY_KINDS, Audience
from bscp_tui.model.kinds import KINDS
from bscp_tui.model.view import View
from bscp_tui.reports.all_reports import REPORTS
from bscp_tui.reports.asked import Asked
from bscp_tui.reports.report import Parameter, Report, ReportKind
from bscp_tui.reports.since import earlier
from bscp_tui.store.errors import RegisterError
from bscp_tui.store.moments import NoSuchMomentError, commit_of, instant
from bscp_tui.store.register import Register
from bscp_tui.store.snapshot import Snapshot
from bscp_tui.trust.proving import current_proof


class ReportError(ValueError):
    """A report that cannot be made as it was asked for; the message says why and what is allowed."""


@dataclass(frozen=True)
class Wanted:
    """A report as people ask for it; every text is as it was typed.

    Attributes:
        report: Its name.
        plan: The plan; the register's current one without.
        as_of: As the register stood: a date, a moment, or a register version.
        position: The day whose position is told.
        since: The moment, or the meeting, since which changes are told; "last meeting" is one.
        within: How many days "due soon" and "no update" reach.
        agency: The agency, group or person that it is about.
        record: The record that it is about.
        audience: Whom it is made for; None for those who have the whole register.
        today: The day that it tells of, where somebody names one; else that of ``as_of``, of the position, or today.

    """

    report: str
    plan: str | None = None
    as_of: str | None = None
    position: str | None = None
    since: str | None = None
    within: int | None = None
    agency: str | None = None
    record: str | None = None
    audience: Audience | None = None
    today: dt.date | None = None


@dataclass(frozen=True)
class Made:
    """A report that was made.

    Attributes:
        report: It, with its proof line and whom it was made for.
        asked: What it was made from.
        commit: The register version that it tells of.
        told: What whoever asked should know beside it: what is provisional, what was left out.

    """

    report: Report
    asked: Asked
    commit: str
    told: Sequence[str]


def make(register: Register, wanted: Wanted) -> Made:
    """Return a report of what is recorded.

    Raises:
        ReportError: There is no such report, or what is asked of it cannot be used.
        NoSuchMomentError: A moment cannot be read, or lies before the register began.
        DateError: A day cannot be read.
        UnknownReferenceError: There is no such plan, agency or record.
        RegisterError: The register has no history, or it cannot be read.

    """
    kind = report_kind(wanted.report)
    if kind.at_year_end:  # it tells of that day, whatever day it is asked on
        wanted = replace(wanted, position=wanted.position or _year_end(_day(register, wanted)).isoformat(), today=None)
    aside = _checked(kind, wanted)
    commit = commit_of(register, wanted.as_of) if wanted.as_of else register.head
    if commit is None:
        msg = f"{register.repository.folder} has no history yet; a report tells only what is recorded."
        raise RegisterError(msg)
    asked = asked_of(register, kind, wanted, commit)
    found = kind(asked)
    found = replace(found, opening=[*register.settings.caution, *_position_told(asked.position)])
    found, provisional = _with_proof(found, register, commit)
    found, left_out = _with_readers(found, register, asked)
    late = asked.position.told if asked.position else ()
    return Made(found, asked, commit, [*aside, *late, *provisional, *left_out])


def report_kind(name: str) -> ReportKind:
    """Return the report of that name.

    Raises:
        ReportError: There is none.

    """
    if name not in REPORTS:
        msg = f"There is no report “{name}”. The reports are: {', '.join(REPORTS)}."
        raise ReportError(msg)
    return REPORTS[name]


def asked_of(register: Register, kind: ReportKind, wanted: Wanted, commit: str) -> Asked:
    """Return what a report is made from: the records, and what else it takes."""
    today, at = _day(register, wanted), None
    made_for = _made_for(register, wanted)
    if wanted.position:
        at = position(register, commit, read_date(wanted.position, today=register.today))
        at = replace(at, snapshot=made_for(at.snapshot), late=tuple(_for_readers(register, wanted, at.late)))
    snapshot = at.snapshot if at else made_for(register.snapshot_at(commit))
    snapshot.today = today
    snapshot.read_ahead({*kind.counts, *BODY_KINDS})

    def ledger(query: Query) -> Sequence[HistoryRow]:
        return _for_readers(register, wanted, rows(register, replace(query, at=commit)))

    def then(moment: str) -> Snapshot:
        return made_for(register.snapshot_at(moment))

    return Asked(
        snapshot,
        _plan(snapshot, wanted),
        today,
        commit[:12],
        ledger,
        at,
        earlier(register, snapshot, (wanted.since, kind.since), commit, then) if "since" in kind.takes else None,
        kind.days if wanted.within is None else wanted.within,
        _body(snapshot, wanted.agency) if wanted.agency else None,
        _record(snapshot, wanted.record) if wanted.record else None,
        wanted.audience,
    )


def _checked(kind: ReportKind, wanted: Wanted) -> list[str]:
    """Say what of the question the report does not take; a plan is told of, all else is refused."""
    named: dict[Parameter, object] = {"plan": wanted.plan, "since": wanted.since, "within": wanted.within,
                                      "agency": wanted.agency, "record": wanted.record}  # fmt: skip
    missing = [name for name, value in named.items() if name in kind.needs and value in {None, ""}]
    if missing:
        msg = f"The report “{kind.name}” needs to know which {missing[0]} it is about: say --{missing[0]}."
        raise ReportError(msg)
    taken = ", ".join(f"--{name}" for name in named if name in kind.takes) or "none of these"
    aside = [name for name, value in named.items() if value not in {None, ""} and name not in kind.takes]
    if [name for name in aside if name != "plan"]:
        msg = f"The report “{kind.name}” takes no --{aside[-1]}; it takes {taken}, --as-of, --position and --audience."
        raise ReportError(msg)
    if wanted.within is not None and wanted.within < 0:
        msg = f"--within {wanted.within}: days are counted from 0."
        raise ReportError(msg)
    return (
        [f"The report “{kind.name}” is not of one plan, so the plan that you named changes nothing."] if aside else []
    )


def _year_end(day: dt.date) -> dt.date:
    """Return the last 31 March that has passed by ``day``."""
    end = dt.date(day.year, 3, 31)
    return end if end < day else dt.date(day.year - 1, 3, 31)


def _day(register: Register, wanted: Wanted) -> dt.date:
    if wanted.today is not None:
        return wanted.today
    if wanted.position:
        return read_date(wanted.position, today=register.today)
    if wanted.as_of:
        try:
            return instant(register, wanted.as_of).date()
        except NoSuchMomentError:
            return register.today
    return register.today


def _made_for(register: Register, wanted: Wanted) -> Callable[[Snapshot], Snapshot]:
    """Return what leaves out of records what the readers may not have; an embargo counts by today."""
    if wanted.audience is None:
        return lambda snapshot: snapshot
    withheld = leaves_out(Readers(wanted.audience, register.today), register.snapshot())
    return lambda snapshot: snapshot.made_for(withheld)


def _for_readers(register: Register, wanted: Wanted, found: Sequence[HistoryRow]) -> Sequence[HistoryRow]:
    if wanted.audience is None:
        return found
    return rows_for(Readers(wanted.audience, register.today), register, found)[0]


def _plan(snapshot: Snapshot, wanted: Wanted) -> str:
    return wanted.plan or snapshot.settings.current_plan


def _body(snapshot: Snapshot, text: str) -> View:
    ref = snapshot.reference(text, BODY_KINDS)
    found = snapshot.view(ref) if ref else None
    if found is None:
        meant = snapshot.nearest(text, BODY_KINDS)
        msg = f"There is no agency, group or person “{text}”." + (f" Did you mean {', '.join(meant)}?" if meant else "")
        raise ReportError(msg)
    return found


def _record(snapshot: Snapshot, text: str) -> View:
    found = snapshot.resolve(text)
    if not isinstance(found, View):
        msg = f"{found.path}, line {found.line}, cannot be read: {found.reason}."
        raise ReportError(msg)
    return found


def _position_told(at: Position | None) -> list[str]:
    return [at.title, *at.told] if at else []


def _with_proof(report: Report, register: Register, commit: str) -> tuple[Report, list[str]]:
    """Return the report with the proof line of what it tells; what is provisional is said beside it, not in it."""
    try:
        proven = current_proof(register.repository, commit)
    except RegisterError as error:
        return report, [f"The report has no proof line: {error}."]
    return report.with_facts(("proof", "Proof line", str(proven.proof))), [proven.told] if proven.unsent else []


def _with_readers(report: Report, register: Register, asked: Asked) -> tuple[Report, list[str]]:
    """Return the report with whom it was made for, and how many records it left out."""
    if asked.audience is None:
        return report, []
    snapshot = asked.snapshot
    told = [Readers(asked.audience, register.today).told(snapshot.left_out.values())]
    broken = sum(len(snapshot.whole.unreadable(kind)) for kind in KINDS.values() if kind.where)
    if broken:
        told.append(f"{broken} more cannot be read, so nobody can tell whom they are for; they are left out.")
    facts = (("audience", "Audience", asked.audience), ("not_for_them", "Records left out", len(snapshot.left_out)))
    return report.with_facts(*facts, notes=told), told
