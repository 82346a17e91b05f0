"""What a filter line may go on with: fields, operators, and the values that the register holds."""

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bscp_tui.model.fields import Shape, fields_of
from bscp_tui.model.filters import SHORT, bodies_of, fields_for
from bscp_tui.model.ordering import natural
from bscp_tui.model.record import Kind
from bscp_tui.model.text import one_line
from bscp_tui.model.view import View
from bscp_tui.model.words import label_of
from bscp_tui.model.workflow import words
from bscp_tui.store.snapshot import Snapshot

OFFERED = 5  # lines; who types on is offered others
SAYABLE = 60  # letters; a longer value is a text that nobody filters by as a whole
MOST = 2_000  # different values; of more, the most frequent are offered
DATES = (("today", "today"), ("30d", "within 30 days"), ("90d", "within 90 days"))
_LAST = re.compile(r'(?:([A-Za-z_][\w-]*)\s*(!=|<=|>=|=|~|<|>)\s*)?("[^"]*|\S*)$')


@dataclass(frozen=True)
class Value:
    """A value that records of the register have.

    Attributes:
        written: As it stands in a filter.
        said: As people say it.
        count: How many records have it.

    """

    written: str
    said: str
    count: int


@dataclass(frozen=True)
class Offer:
    """A way to go on.

    Attributes:
        line: The whole filter line once it is taken.
        written: What would be added.
        said: What that means, in words.

    """

    line: str
    written: str
    said: str


def field_in(text: str, kind: Kind) -> str | None:
    """Return the field whose value is being typed at the end of ``text``; None where that is no known field's."""
    match = _LAST.search(text)
    name = _stored(match[1]) if match and match[1] else None
    return name if name in fields_for(kind) else None


def offers(text: str, kind: Kind, values: Sequence[Value] | None) -> list[Offer]:
    """Return how ``text`` may go on.

    Args:
        text: What stands in the filter line.
        kind: The list's kind.
        values: The values of the field that is being typed, as ``values_of`` returns them; None while unknown.

    """
    match = _LAST.search(text)
    if match is None or (text and not match[0]):
        return []
    before = text[: match.start()]
    if not match[1]:
        return list(_fields(before, match[3].strip('"').lower(), kind))[:OFFERED]
    return list(_values(before, match, values or ()))[:OFFERED]


def values_of(snapshot: Snapshot, kind: Kind, name: str) -> list[Value]:
    """Return the values that records of ``kind`` have under ``name``, the usual order of a choice kept.

    Takes as long as reading the field of every record; for a worker thread.
    """
    facts = fields_of(kind.model).get(name)
    found: Counter[str] = Counter()
    none = 0
    for view in snapshot.views(kind):
        held = set(_written(view, name))
        found.update(held)
        none += not held
    told = [Value(choice, words(choice), found.pop(choice, 0)) for choice in (facts.choices if facts else ())]
    rest = sorted((value for value, _ in found.most_common(MOST)), key=natural)
    told += [Value(value, _said(snapshot, value), found[value]) for value in rest]
    if _is_dated(snapshot, kind, name):
        told = [*(Value(written, said, 0) for written, said in DATES), *told]
    return [*told, Value("none", "not recorded", none)] if none else told


def _fields(before: str, typed: str, kind: Kind) -> Iterator[Offer]:
    names = fields_for(kind)
    if not typed and not before:
        names = [name for name in kind.columns if name in names]
    ranked = [(_rank(typed, name, label_of(kind, name)), name) for name in names]
    for _, name in sorted((pair for pair in ranked if pair[0] is not None), key=lambda pair: pair[0] or 0):
        written = f"{name.replace('_', '-')}="
        yield Offer(f"{before}{written}", written, label_of(kind, name))


def _values(before: str, match: re.Match[str], values: Sequence[Value]) -> Iterator[Offer]:
    typed = match[3].strip('"').lower()
    ranked = [(_rank(typed, value.written, value.said), value) for value in values]
    fitting = sorted((pair for pair in ranked if pair[0] is not None), key=lambda pair: pair[0] or 0)
    if any(value.written.lower() == typed for _, value in fitting):
        return
    for _, value in fitting:
        quoted = f'"{value.written}"' if " " in value.written else value.written
        written = f"{match[1]}{match[2]}{quoted}"
        count = f" · {value.count:,}" if value.count else ""
        said = value.said if value.said != value.written else ""
        yield Offer(f"{before}{written} ", written, f"{said}{count}".removeprefix(" · "))


def _rank(typed: str, *names: str) -> int | None:
    """Return 0 where a name begins with what is typed, 1 where it holds it, None where it does not."""
    lowered = [name.lower().replace("_", "-") for name in names]
    wanted = typed.replace("_", "-")
    if any(name.startswith(wanted) for name in lowered):
        return 0
    return 1 if any(wanted in name for name in lowered) else None


def _stored(name: str) -> str:
    name = name.replace("-", "_")
    return SHORT.get(name, name)


def _written(view: View, name: str) -> Iterator[str]:
    """Yield a record's values as a filter finds them; texts that are too long to be typed are left out."""
    if name == "agency":
        yield from bodies_of(view)
        return
    value = view.value(name)
    for item in value if isinstance(value, (list, tuple)) else (value,):
        if isinstance(item, bool):
            yield "yes" if item else "no"
        elif isinstance(item, dt.date):
            yield item.isoformat()
        elif isinstance(item, (str, int, float)):
            text = one_line(str(item))
            if text == str(item) and len(text) <= SAYABLE and '"' not in text:
                yield text


def _said(snapshot: Snapshot, value: str) -> str:
    return snapshot.name_of(value) if snapshot.knows(value) else value


def _is_dated(snapshot: Snapshot, kind: Kind, name: str) -> bool:
    facts = fields_of(kind.model).get(name)
    if facts is not None:
        return facts.shape is Shape.DAY
    first = next((value for view in snapshot.views(kind)[:100] if (value := view.value(name)) is not None), None)
    return isinstance(first, dt.date)
