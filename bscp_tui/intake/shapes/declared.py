"""A table whose columns are the fields of a kind, one record a row; read by the kind's declaration alone."""

import hashlib
import re
from collections.abc import Callable, Iterator, Mapping, Sequence

from bscp_tui.intake import cells
from bscp_tui.intake.columns import Role
from bscp_tui.intake.joining import Joined
from bscp_tui.intake.rows import Gathered
from bscp_tui.intake.shapes.shape import Shape, Stream
from bscp_tui.intake.wanted import Reading, Wanted
from bscp_tui.model.additions import slug_of
from bscp_tui.model.fields import BODY_KINDS, FieldFacts, typed_fields
from bscp_tui.model.fields import Shape as Form
from bscp_tui.model.kinds import KINDS
from bscp_tui.model.reading import ValueReadError, read_value
from bscp_tui.model.record import Kind
from bscp_tui.model.view import View
from bscp_tui.model.workflow import words

# What headings call fields that several kinds have, beside their labels.
ALSO = {
    "title": ("name", "title", "subject"),
    "text": ("description", "details", "wording", "learning point", "recommendation", "text"),
    "status": ("status", "progress", "state"),
    "target": ("target", "due", "due date", "target date", "deadline", "by when"),
    "agencies": ("agency", "agencies", "owner", "owners", "responsible agency"),
    "lead": ("lead", "owner", "responsible", "lead officer"),
    "update": ("update", "progress update", "comments", "latest position"),
    "date": ("date", "when"),
    "rag": ("rag", "rag rating"),
    "aliases": ("also known as", "aliases", "other names"),
    "short_name": ("short name", "abbreviation", "acronym", "initials"),
}
_LISTS = frozenset({Form.LINES, Form.BODIES, Form.RECORDS, Form.LONG})
_SAYABLE = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
Refine = Callable[[dict[str, Reading], Gathered, Stream], None]


def shape_for(kind: Kind, also: Mapping[str, tuple[str, ...]] | None = None, refine: Refine | None = None) -> Shape:
    """Return the shape of a table of records of ``kind``.

    Args:
        kind: A kind with files of its own.
        also: Further headings of its fields.
        refine: Called with the fields of each row; changes what the kind's tables tell otherwise.

    """
    names = {name: facts for name, facts in typed_fields(kind.model).items() if facts.editable and name != "links"}
    roles = [Role("ref", ("ref", "reference", "id", kind.name.replace("-", " ")))]
    roles += [_role(facts, (also or {}).get(name, ())) for name, facts in names.items()]
    keys = tuple(name for name in ("ref", "title", "text", "number", "name") if name == "ref" or name in names)
    needed = frozenset(name for name, facts in names.items() if facts.required)
    wanting = needed or frozenset({"title"})
    return Shape(
        f"table of {kind.plural.lower()}", kind, tuple(roles), keys[1:] + keys[:1], (wanting,),
        lambda stream: _read(kind, names, stream, refine),
    )  # fmt: skip


def _role(facts: FieldFacts, also: Sequence[str]) -> Role:
    label = re.sub(r"[^a-z& ]+", " ", facts.label.lower()).strip()
    aliases = dict.fromkeys([label, facts.name.replace("_", " "), *ALSO.get(facts.name, ()), *also])
    holds = cells.is_dates if facts.shape is Form.DAY and facts.name == "target" else None
    return Role(facts.name, tuple(aliases), holds, "dates", listed=facts.shape in _LISTS)


def _read(kind: Kind, names: Mapping[str, FieldFacts], stream: Stream, refine: Refine | None) -> Iterator[Wanted]:
    known = stream.snapshot.views(kind)
    taken: set[str] = set()
    for row in stream.rows:
        if row.total:
            _total(row, stream)
            continue
        fields: dict[str, Reading] = {}
        unread: list[tuple[str, str, str]] = []
        for name, facts in names.items():
            cell = row.cell(name)
            if cell.text or (cell.colour and facts.name == "rag"):
                _field(facts, cell, row, stream, (fields, unread))
        if refine is not None:
            refine(fields, row, stream)
        wanted = _placed(kind, fields, row, stream, [view for view in known if view.ref not in taken])
        taken.add(wanted.ref)
        wanted.unread = [*unread, *row.unread()]
        yield wanted


def _field(
    facts: FieldFacts, cell: Joined, row: Gathered, stream: Stream,
    into: tuple[dict[str, Reading], list[tuple[str, str, str]]],
) -> None:  # fmt: skip
    fields, unread = into
    if facts.shape in {Form.BODY, Form.BODIES} and facts.kinds == BODY_KINDS:
        fields[facts.name] = _bodies(facts, cell, row, stream)
        return
    if facts.shape is Form.DAY:
        days, rest = cells.dates_in(cell.text)
        if len(days) == 1 and not rest:
            fields[facts.name] = Reading(days[0].day, "its cell", days[0].doubt or cell.doubt)
        else:
            unread.append((facts.name, cell.text, "it is not one date"))
        return
    if facts.shape is Form.LINES:
        fields[facts.name] = Reading(cells.items_of(cell.text), "one item a line", cell.doubt)
        return
    text = cells.rag_of(cell.text, cell.colour)[0] or cell.text if facts.name == "rag" else cells.prose_of(cell.text)
    try:
        line = text.replace("\n", " ") if facts.shape is Form.LINE else text
        value = read_value(facts, line, today=stream.today, finder=stream.snapshot)
    except ValueReadError as error:
        unread.append((facts.name, cell.text, str(error).rstrip(".")))
        return
    if value is not None:
        fields[facts.name] = Reading(value, "its cell", cell.doubt)


def _bodies(facts: FieldFacts, cell: Joined, row: Gathered, stream: Stream) -> Reading:
    lines = [line for line in re.split(r"\n|\s{2,}|;", cell.text) if line.strip()]
    several = facts.shape is Form.BODIES
    names = [name for line in lines for name in (stream.bodies.split(line) if several else [" ".join(line.split())])]
    found = [stream.bodies.found(name, row.place, "agency") for name in names]
    refs = tuple(dict.fromkeys(each.ref for each in found))
    doubts = [each.doubt for each in found if each.doubt]
    if not several and len(refs) > 1:
        doubts.append(f"the field holds one of them: {', '.join(names)}")
    told = "; ".join(stream.bodies.name(ref) for ref in refs)
    return Reading(
        refs if several else refs[0], "its cell", "; ".join(doubts) or cell.doubt, told, needs=frozenset(refs)
    )


def _placed(kind: Kind, fields: dict[str, Reading], row: Gathered, stream: Stream, known: Sequence[View]) -> Wanted:
    """Return a row's record: the register's where it names one, else a new one."""
    named = row.cell("ref").text
    ref = stream.snapshot.reference(named, (kind.name,)) if named else None
    view = stream.snapshot.view(ref) if ref else next((each for each in known if _same(each, fields)), None)
    if view is not None:
        return Wanted(kind, view.ref, dict(view.names), row.place, fields)
    names = _names(kind, named, fields, stream)
    return Wanted(kind, kind.reference.format_map(_Missing(names)), names, row.place, fields)


class _Missing(dict[str, str]):
    def __missing__(self, key: str) -> str:
        return "?"


def _same(view: View, fields: Mapping[str, Reading]) -> bool:
    """Whether a record has the title, or where the kind has none the wording, of a row; and its year."""
    name = "title" if "title" in fields else "text"
    reading = fields.get(name)
    if reading is None or " ".join(str(getattr(view.item, name, "")).split()).lower() != str(reading.value).lower():
        return False
    other = [fields[each] for each in ("year", "plan") if each in fields]
    return all(getattr(view.item, "year", each.value) in {each.value, None} for each in other)


def _names(kind: Kind, named: str, fields: Mapping[str, Reading], stream: Stream) -> dict[str, str]:
    wanted = re.findall(r"\{(\w+)\}", kind.where or "")
    names = {"plan": (stream.plan or stream.snapshot.settings.current_plan)} if "plan" in wanted else {}
    if "code" in wanted:
        prefix = kind.reference.partition("{")[0]
        own = re.sub(r"[^0-9A-Z]", "", named.upper().removeprefix(prefix.upper()))
        names["code"] = own if 4 <= len(own) <= 8 else _code(kind, fields)
        names["block"] = names["code"][:2]
    for name in wanted:
        if name not in names and name != "block":
            told = fields[name].value if name in fields else named or fields.get("title", Reading("", "")).value
            names[name] = slug_of(str(told))
    return names


def _code(kind: Kind, fields: Mapping[str, Reading]) -> str:
    """Return a reference that the same row gives wherever it is read."""
    told = "|".join(str(fields[name].value) for name in ("title", "text", "year", "mode") if name in fields)
    return "".join(_SAYABLE[byte % 32] for byte in hashlib.sha256(f"{kind.name}|{told}".encode()).digest()[:6])


def _total(row: Gathered, stream: Stream) -> None:
    """Compare a printed total with the rows above it."""
    for match in row.layout.columns:
        printed = cells.count_in(row.cell(match.role.name).text) if match.role else None
        if match.role is None or printed is None:
            continue
        counts = [cells.count_in(other.cell(match.role.name).text) for other in stream.rows if not other.total]
        added = sum(count or 0 for count in counts)
        if added != printed:
            stream.told.append(f"{row.place}: the total of {words(match.role.name)} is printed as {printed}; the rows "
                               f"add up to {added}.")  # fmt: skip


def kinds_read() -> Iterator[Kind]:
    """Yield the kinds that such tables may hold."""
    for kind in KINDS.values():
        fields = typed_fields(kind.model)
        if kind.where and {"title", "text"} & fields.keys() and kind.name not in {"register", "roster", "plan"}:
            yield kind
