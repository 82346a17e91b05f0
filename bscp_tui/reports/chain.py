"""The chain from a finding to the proof that it helped: action, training, measure, re-audit; where it breaks."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bscp_tui.model.kinds import KINDS
from bscp_tui.model.references import named_by
from bscp_tui.model.view import View
from bscp_tui.reports.asked import Asked
from bscp_tui.reports.report import Content, ReportTable, Section, report
from bscp_tui.store.snapshot import Snapshot

COUNTED = ("audit", "action", "action-point", "learning-point")
WHOLE = "whole"
FARTHEST = 4  # links from the finding


@dataclass(frozen=True)
class ChainStep:
    """One place of the chain.

    Attributes:
        name: As its column is called.
        heading: As people read it.
        kinds: The kinds that stand there.
        missing: What is said where it is the first that is missing.

    """

    name: str
    heading: str
    kinds: tuple[str, ...]
    missing: str


STEPS = (
    ChainStep("action", "action", ("action", "key-action", "action-point", "learning-point"), "no action"),
    ChainStep("training", "training", ("training", "training-event"), "no training"),
    ChainStep("measure", "measure", ("measure",), "no measure"),
    ChainStep("re_audit", "re-audit", ("audit",), "no re-audit"),
)


@report(
    "chain",
    "From finding to proof",
    reader="whoever asks whether audits change practice",
    sections=("chain",),
    counts=COUNTED,
)
def chain(asked: Asked) -> Content:
    """Return, for every finding for improvement, what follows from it and where the chain breaks."""
    snapshot = asked.snapshot
    findings = [view for view in snapshot.views(KINDS["finding"]) if view.value("type") == "improvement"]
    columns = [
        ("ref", "ref"),
        ("title", "finding"),
        *((step.name, step.heading) for step in STEPS),
        ("breaks", "breaks at"),
    ]
    rows = [chain_of(snapshot, finding) for finding in findings]
    whole = sum(row[-1] == WHOLE for row in rows)
    facts = [
        ("findings", "Findings for improvement", len(rows)),
        ("whole", "Whole chains", whole),
    ]
    notes = [] if rows else ["No finding for improvement is recorded yet."]
    table = ReportTable("From finding to re-audit", columns, rows)
    return Content([Section("chain", [table])], facts, notes)


def chain_of(snapshot: Snapshot, finding: View) -> list[object]:
    """Return a finding's row: its reference and title, what stands at each step, and where it breaks."""
    reached = list(_reached(snapshot, finding))
    audit = str(finding.value("audit"))
    cells: list[list[str]] = []
    for step in STEPS:
        found = [view.ref for view in reached if view.kind.name in step.kinds and view.ref != audit]
        cells.append(list(dict.fromkeys([*found, *(_re_audits(snapshot, audit) if step.name == "re_audit" else ())])))
    first_missing = next((step.missing for step, cell in zip(STEPS, cells, strict=True) if not cell), WHOLE)
    if finding.value("no_action") and not cells[0]:
        first_missing = "ends with a reason"
    return [finding.ref, finding.title, *cells, first_missing]


def _reached(snapshot: Snapshot, start: View) -> Iterator[View]:
    """Yield what can be reached from a finding by links and fields of either end, but not back through its audit."""
    seen, edge = {start.ref, str(start.value("audit"))}, [start]
    for _ in range(FARTHEST):
        following: list[View] = []
        for view in edge:
            for ref in _neighbours(snapshot, view):
                found = snapshot.view(ref) if ref not in seen else None
                if found is not None:
                    seen.add(ref)
                    following.append(found)
        yield from following
        edge = following


def _neighbours(snapshot: Snapshot, view: View) -> Sequence[str]:
    steps = {kind for step in STEPS for kind in step.kinds}
    named = [found.ref for found in named_by(view.item)]
    naming = [other.ref for other in snapshot.linking(view.ref)]
    return [ref for ref in [*named, *naming] if (found := snapshot.view(ref)) is not None and found.kind.name in steps]


def _re_audits(snapshot: Snapshot, audit: str) -> list[str]:
    return [view.ref for view, named in snapshot.naming(audit) if named.field == "re_audit_of"]
