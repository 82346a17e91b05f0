"""Values as people read them: for a cell of a list and for a line of a record's detail."""

import datetime as dt
from collections.abc import Iterator
from typing import TYPE_CHECKING

from pydantic import BaseModel
from rich.table import Table
from rich.text import Text

from bscp_tui.model.dates import in_short, in_words
from bscp_tui.model.fields import FieldFacts, Shape, fields_of
from bscp_tui.model.parts import Link
from bscp_tui.model.record import Kind
from bscp_tui.model.spoken import spoken
from bscp_tui.model.text import one_line
from bscp_tui.model.view import View
from bscp_tui.model.words import NOT_RECORDED, figure_in_words
from bscp_tui.model.workflow import SIGNS, words
from bscp_tui.tui.lineage import above
from bscp_tui.tui.safe_text import grid, plain, plain_line, stacked
from bscp_tui.tui.tones import Tones

if TYPE_CHECKING:
    from bscp_tui.history.rows import HistoryRow

LATE, SOON, BROKEN, BY_HAND, EMBARGO = "▲", "◷", "✗", "✎", "⊖"
SOON_DAYS = 30
# Derived values that others of the same record already say.
SAID_OTHERWISE = frozenset({"open", "overdue", "days_late", "days_late_original", "leads", "embargoed"})


def label_of(kind: Kind, name: str) -> str:
    """Return a field's or derived value's name as a heading."""
    facts = fields_of(kind.model).get(name)
    return facts.label if facts else name.replace("_", " ").capitalize()


def cell(view: View, name: str, tones: Tones) -> Text:
    """Return a value as a list shows it, on one line."""
    value = view.value(name)
    if name == "timeliness":
        return _timeliness(view, str(value), tones)
    if value is None or value in ((), []):
        return plain("", tones.quiet)
    if isinstance(value, dt.date):
        return plain(in_short(value))
    return plain_line(_said(view, name, value), style_of(value, tones))


def _said(view: View, name: str, value: object) -> str:
    """Return a field or derived value in words; a derived figure as its kind tells it."""
    shape = view.shape(name)
    if isinstance(value, (int, float)) and shape in {Shape.AMOUNT, Shape.MONEY}:
        return figure_in_words(value, shape)
    return in_people_words(view, view.field(name), value)


def in_people_words(view: View, facts: FieldFacts | None, value: object) -> str:
    """Return a value in words, names instead of references."""
    if value is None or value in ((), []):
        return NOT_RECORDED
    if isinstance(value, (bool, dt.date)):
        return _scalar(value)
    if isinstance(value, (int, float)) and facts is not None and facts.shape in {Shape.AMOUNT, Shape.MONEY}:
        return figure_in_words(value, facts.shape)
    if isinstance(value, BaseModel):
        return part_in_words(view, value)
    if isinstance(value, (list, tuple)):
        inner = facts if facts is not None and facts.shape is Shape.BODIES else None
        return "; ".join(in_people_words(view, inner, item) for item in value)
    if facts is not None and facts.shape in {Shape.BODY, Shape.BODIES}:
        return view.name_of(str(value))
    return _token(str(value), facts)


def _scalar(value: bool | dt.date) -> str:  # noqa: FBT001 - a field's value
    if isinstance(value, bool):
        return "yes" if value else "no"
    return in_words(value)


def _token(text: str, facts: FieldFacts | None) -> str:
    if text in SIGNS:
        return f"{SIGNS[text]} {words(text)}"
    return words(text) if facts is not None and facts.shape is Shape.CHOICE else text


def part_in_words(view: View, part: BaseModel) -> str:
    """Return a row of a table on one line: its values, the title first, random ids left out."""
    facts = fields_of(type(part))
    told = []
    for name, field in facts.items():
        value = getattr(part, name)
        if name == "id" or value is None or value in ((), []):
            continue
        said = in_people_words(view, field, value)
        plainly = field.shape in {Shape.LINE, Shape.LONG, Shape.BODY, Shape.BODIES, Shape.DAY, Shape.CHOICE}
        told.append(said if plainly else f"{field.label.lower()} {said}")
    return " · ".join(told)


def style_of(value: object, tones: Tones) -> str:
    """Return the colour that repeats what a status or RAG word says."""
    styles = {"complete": tones.good, "embedded": tones.good, "deferred": tones.quiet, "superseded": tones.quiet}
    return styles.get(value, "") if isinstance(value, str) else ""


def detail(view: View, tones: Tones) -> Iterator[tuple[str, Text]]:
    """Yield (label, value) for a record: its columns first, then what else is recorded, then what is not."""
    kind = view.kind
    first = [name for name in kind.columns if name not in {"ref", "title"}]
    for name in first:
        text = cell(view, name, tones) if view.value(name) not in (None, (), []) else plain(NOT_RECORDED, tones.quiet)
        if name == "timeliness":
            text = _timeliness(view, str(view.value(name)), tones, pad="")
        yield label_of(kind, name), text
    quiet = SAID_OTHERWISE | {other.replace("-", "_") for other in above(kind)} | {kind.name} | set(first)
    for name in kind.model.derivations:
        value = view.value(name)
        if name not in quiet and value and value != view.value("due"):
            yield label_of(kind, name), plain(_said(view, name, value))
    yield from _fields(view, set(first) | {"title"}, tones)


def _fields(view: View, told: set[str], tones: Tones) -> Iterator[tuple[str, Text]]:
    empty = []
    for name, facts in fields_of(type(view.item)).items():
        value = getattr(view.item, name)
        if name in told or name == "id" or facts.part is Link:  # links are told from both ends
            continue
        if value is None or value in ((), []):
            if facts.editable or facts.shape is Shape.PARTS:
                empty.append(facts.label.lower())
        elif facts.shape in {Shape.PARTS, Shape.LINES}:
            items = [one_line(in_people_words(view, None, item)) for item in value]
            yield facts.label, stacked(*(plain(f"• {item}") for item in items))
        else:
            yield facts.label, plain(in_people_words(view, facts, value))
    for name, value in (view.item.model_extra or {}).items():
        yield one_line(name), plain(value)
    if empty:
        yield "Not recorded", plain(", ".join(empty), tones.quiet)


def row_told(row: "HistoryRow", tones: Tones, seal: str) -> Table:
    """Return one change of the history whole, a line for each thing that is known of it; ``seal`` says who vouches."""
    told: list[tuple[str, str | None]] = [("record", f"{row.ref}  {row.title}"), ("change", row.words)]
    told += [("reason", row.reason), ("effective", in_words(row.effective) if row.effective else None)]
    told += [("decided at", row.decided_at), ("evidence", ", ".join(row.evidence) or None)]
    recorded = f"{row.recorded:%H:%M} on {in_words(row.recorded.date())} by {row.by} <{row.email}>"
    told += [("recorded", recorded), ("register version", f"{row.commit[:10]} ({seal})"), ("file", row.path)]
    if row.change == "changed" and row.field is not None:
        told += [("old", spoken(row.old)), ("new", spoken(row.new))]
    return grid(((plain(name, tones.quiet), plain(value)) for name, value in told if value), 16)


def _timeliness(view: View, said: str, tones: Tones, pad: str = "  ") -> Text:
    due = view.value("due")
    if view.value("overdue") is True:
        return plain(f"{LATE} {said}", tones.late)
    if said.startswith("due") and isinstance(due, dt.date) and (due - view.today).days <= SOON_DAYS:
        return plain(f"{SOON} {said}", tones.soon)
    return plain(f"{pad}{said}", tones.quiet if said == "no target" else "")
