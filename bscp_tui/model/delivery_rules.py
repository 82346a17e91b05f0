"""The rules of a delivery plan: evidence, confirmation, slippage, RAG; the register sets each one's strictness."""

import datetime as dt
from typing import Any

from bscp_tui.model.dates import in_words
from bscp_tui.model.rules import EVIDENCE_NOT_IN_FUTURE, Rule, Step, dated_evidence
from bscp_tui.model.view import View
from bscp_tui.model.workflow import DONE


def _complete_without_evidence(step: Step) -> str | None:
    if not step.becomes("complete") or dated_evidence(step.new, until=step.new.today):
        return None
    return "it has no dated evidence. Add some with the change (--evidence TEXT, or the field Evidence)."


def _embedded_without_impact(step: Step) -> str | None:
    if not step.becomes("embedded") or dated_evidence(step.new, shows="impact", until=step.new.today):
        return None
    return "nothing recorded shows impact. Add evidence that begins with “impact:”, which says what difference it made."


def _embedded_unconfirmed(step: Step) -> str | None:
    if not step.becomes("embedded"):
        return None
    asked = {
        "confirmed_by_group": "the group",
        "confirmed_by": "the person",
        "confirmed_at": "the meeting",
    }
    missing = [f"{said} ({name})" for name, said in asked.items() if not getattr(step.new.item, name, None)]
    return f"who confirmed it is not said: {', '.join(missing)} is missing." if missing else None


def _confirms_own_work(step: Step) -> str | None:
    wrong = _lead_that_confirms(step.new)
    # What was so already does not stand in the way of any other change; a check raises it.
    return None if step.old is not None and wrong == _lead_that_confirms(step.old) else wrong


def _lead_that_confirms(view: View) -> str | None:
    item: Any = view.item
    leads = {getattr(lead, "party", lead) for lead in view.value("leads") or ()}  # type: ignore[attr-defined]
    for name in ("confirmed_by_group", "confirmed_by"):
        body = getattr(item, name, None)
        if body and (body in leads or leads & set(_organisations(view, body))):
            return f"{view.name_of(body)} leads it, and nobody confirms their own work. Name another ({name})."
    return None


def _organisations(view: View, person: str) -> list[str]:
    """The organisations and groups for which a person holds a post now."""
    found = view.register.view(person)
    posts = getattr(found.item, "posts", ()) if found is not None else ()
    return [post.organisation for post in posts if post.organisation and not (post.end and post.end < view.today)]


def _superseded_by_nothing(step: Step) -> str | None:
    if not step.becomes("superseded") or getattr(step.new.item, "superseded_by", None):
        return None
    return "what takes its place is not said. Name it with superseded_by=REF."


def _outside_plan(step: Step) -> str | None:
    new = step.new.value("due")
    if not isinstance(new, dt.date) or not step.changes("due"):
        return None
    plan = step.new.register.view(str(step.new.value("plan")))
    start, end = getattr(plan and plan.item, "start", None), getattr(plan and plan.item, "end", None)
    if (start and new < start) or (end and new > end):
        period = f"{in_words(start) if start else '…'} to {in_words(end) if end else '…'}"
        return f"{in_words(new)} lies outside its plan, which runs from {period}."
    return None


def _revised_too_often(step: Step) -> str | None:
    count = step.new.value("revised")
    if not isinstance(count, int) or count <= step.limit or not step.changes("revised"):
        return None
    return f"its target would have been revised {count} times; the register allows {step.limit}."


def _revised_without_approval(step: Step) -> str | None:
    revisions = getattr(step.new.item, "revisions", ())
    if not step.changes("revised") or not revisions or revisions[-1].approved_by:
        return None
    return "the body that agreed the new date is not said. Name it with --decided-at, or in the field Decided at."


def _rag_without_legend(step: Step) -> str | None:
    rag = getattr(step.new.item, "rag", None)
    if rag is None or not step.changes("rag"):
        return None
    plan = step.new.register.view(str(step.new.value("plan")))
    legend = {entry.rag for entry in getattr(plan and plan.item, "legend", ())}
    if rag in legend:
        return None
    if not legend:
        return "its plan has adopted no RAG legend, so a colour means nothing yet. Add the legend to the plan first."
    return f"{rag} is not in its plan's legend, which has: {', '.join(sorted(legend))}."


def _done_after_plan(step: Step) -> str | None:
    """Work carried forward is recorded where it went on."""
    if not step.becomes(*DONE) or not getattr(step.new.item, "carried_forward_to", None):
        return None
    return f"it was carried forward to {step.new.item.carried_forward_to}; record progress there."  # type: ignore[attr-defined]


COMPLETE_NEEDS_EVIDENCE = Rule(
    "complete-needs-evidence",
    "Complete is recorded with dated evidence that it was done.",
    _complete_without_evidence,
    statuses=("complete",),
)
EMBEDDED_NEEDS_IMPACT = Rule(
    "embedded-needs-impact",
    "Embedded is recorded with dated evidence of impact: the difference that it made, not only what was done.",
    _embedded_without_impact,
    statuses=("embedded",),
)
EMBEDDED_NEEDS_CONFIRMATION = Rule(
    "embedded-needs-confirmation",
    "Embedded is confirmed by a group, through a person, at a meeting; whoever types the entry is neither.",
    _embedded_unconfirmed,
    statuses=("embedded",),
)
CONFIRMED_BY_ANOTHER = Rule(
    "confirmed-by-another",
    "Nobody confirms work that they lead.",
    _confirms_own_work,
    field="confirmed_by",
    needs=("confirmed_by", "confirmed_by_group"),
)
SUPERSEDED_NAMES_SUCCESSOR = Rule(
    "superseded-names-successor",
    "What is superseded names what takes its place.",
    _superseded_by_nothing,
    field="superseded_by",
    statuses=("superseded",),
)
TARGET_WITHIN_PLAN = Rule(
    "target-within-plan", "A target falls between its plan's first and last day.", _outside_plan, "warn", "target"
)
REVISIONS_AT_MOST = Rule(
    "revisions-at-most",
    "A target is revised only so many times before the lead answers for it.",
    _revised_too_often,
    "off",
    "target",
    limit=2,
)
REVISION_NEEDS_APPROVAL = Rule(
    "revision-needs-approval",
    "A new date is agreed by a body that is named.",
    _revised_without_approval,
    "warn",
    "target",
)
RAG_NEEDS_LEGEND = Rule(
    "rag-needs-legend", "A colour is recorded only under a legend that its plan has adopted.", _rag_without_legend,
    field="rag", needs=("rag",),
)  # fmt: skip
CARRIED_FORWARD_GOES_ON_THERE = Rule(
    "carried-forward-goes-on-there",
    "What was carried forward is completed in the later plan.",
    _done_after_plan,
    "warn",
    needs=("carried_forward_to",),
)

DELIVERY_RULES = (
    COMPLETE_NEEDS_EVIDENCE,
    EMBEDDED_NEEDS_IMPACT,
    EMBEDDED_NEEDS_CONFIRMATION,
    CONFIRMED_BY_ANOTHER,
    SUPERSEDED_NAMES_SUCCESSOR,
    TARGET_WITHIN_PLAN,
    REVISIONS_AT_MOST,
    REVISION_NEEDS_APPROVAL,
    RAG_NEEDS_LEGEND,
    CARRIED_FORWARD_GOES_ON_THERE,
    EVIDENCE_NOT_IN_FUTURE,
)
