"""The gate before recording: the same rules, asked of the record before and after; only what a change brings counts."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from bscp_tui.checks.places import named
from bscp_tui.checks.rule import Rule, Severity
from bscp_tui.checks.running import doubts_of
from bscp_tui.model.kinds import kinds_inside
from bscp_tui.model.rules import Step
from bscp_tui.model.view import RefusedChangeError, View

# Rules whose queries a change only warns of: what is missing may follow with the next change.
MAY_FOLLOW = frozenset(
    {"no-lead", "text-missing", "figure-against-records", "question-unreadable", "stages-against-status"}
)
Brought = dict[tuple[str, str, str, str], tuple[Rule, Severity]]


def brought(step: Step) -> tuple[str, ...]:
    """Return what a step brings that is questionable.

    Raises:
        RefusedChangeError: It brings an error; the message says which, and how to mend it.

    """
    earlier = _earlier(step)
    before = _found(earlier) if earlier is not None else {}
    told = []
    new_row = step.new if step.old is None and step.new.parent is not None else None
    for key, (rule, severity) in _found(_whole(step.new), new_row).items():
        if key in before or rule.held_as is not None or severity == "info":
            continue
        _, ref, field, message = key
        sentence = f"{ref}: {message} (query “{rule.about.id}”)"
        if severity == "error" and not step.why.as_published and rule.about.id not in MAY_FOLLOW:
            told_how = rule.about.mend.format(ref=ref)
            msg = f"{sentence}. {rule.about.means} {told_how}"
            raise RefusedChangeError(msg, field=field.rpartition(".")[2] or None)
        told.append(sentence)
    return tuple(told)


def _earlier(step: Step) -> View | None:
    """Return the whole record before the step; a new row is added to one that has its own faults already."""
    if step.old is not None:
        return _whole(step.old)
    parent = step.new.parent
    return None if parent is None else step.new.register.view(parent.ref)


def _whole(view: View) -> View:
    """Return the record of a file: a row's parent, in which the row stands as it is in ``view``."""
    return view.parent if view.parent is not None else view


def _found(view: View, new_row: View | None = None) -> Brought:
    found: Brought = {}
    for each in [view, *_rows(view), *([new_row] if new_row is not None else [])]:
        for rule, doubt in doubts_of(each):
            key = (rule.about.id, doubt.view.ref, named(doubt.view, doubt.at), doubt.message)
            found[key] = (rule, doubt.severity or rule.about.severity)
    return found


def _rows(view: View) -> Iterator[View]:
    for kind in kinds_inside(view.kind):
        assert kind.inside is not None  # noqa: S101 - it lies inside
        table = kind.inside[1]
        for row in getattr(view.item, table):
            number = str(getattr(row, "number", None) or row.id)
            ref = kind.reference.format(**view.names, item=number)
            names = {**view.names, "item": number}
            item: Any = row
            yield replace(view, kind=kind, ref=ref, item=item, names=names, parent=view, inside=(table, f"#{row.id}"))
