"""From a document to a preview: tables found, columns matched, rows read, compared with the register."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from bscp_tui.intake.bodies import Bodies
from bscp_tui.intake.columns import Match, matched, named_columns, plain_heading
from bscp_tui.intake.document import Document, IntakeError, Progress, Row, Table, silently
from bscp_tui.intake.headings import Headings, headings_of
from bscp_tui.intake.rows import Gathering, Layout, heads_section
from bscp_tui.intake.shapes.all_shapes import shapes_for
from bscp_tui.intake.shapes.shape import Shape, Stream
from bscp_tui.intake.wanted import Line, Wanted, doubted, lines_of
from bscp_tui.store.garbage import unhurried
from bscp_tui.store.snapshot import Snapshot
from bscp_tui.store.toml_text import UnreadableError

# How far down a table its headings may stand.
HEADINGS_WITHIN = 12
# Of a hundred: how well a table's headings must fit a shape on the whole.
FITS = 60
# From here on no row below can be the headings instead.
SURELY_FITS = 99


# What stands at the foot or the head of a page, between two parts of a table.
_FOOT = re.compile(r".{0,3}|(?:.{0,60}\W)?page\s+\d+(?:\s+of\s+\d+)?|\d+\s*(?:of|/)\s*\d+", re.IGNORECASE)


@dataclass(frozen=True)
class Choices:
    """What a person said of an import.

    Attributes:
        kind: The kind of its records; None to guess it.
        plan: The plan; None to take the document's.
        columns: Heading (or "column 3") to a field's name; "" leaves a column out.
        bodies: Names as printed, to references of the register.

    """

    kind: str | None = None
    plan: str | None = None
    columns: Mapping[str, str] = field(default_factory=dict)
    bodies: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class TableRead:
    """One table of the document, as it was understood.

    Attributes:
        place: Where it stands.
        shape: What it was taken for; None where it was left out.
        columns: What its columns hold.
        rows: How many rows it has.
        why: Why it was left out, or taken for that.

    """

    place: str
    shape: Shape | None
    columns: tuple[Match, ...]
    rows: int
    why: str


@dataclass(frozen=True)
class Preview:
    """What a document proposes.

    Attributes:
        document: The document.
        tables: Its tables, as they were understood.
        proposals: Each record with its lines, in the order in which they are recorded.
        told: What a person should know.

    """

    document: Document
    tables: tuple[TableRead, ...]
    proposals: tuple[tuple[Wanted, tuple[Line, ...]], ...]
    told: tuple[str, ...]

    @property
    def lines(self) -> list[Line]:
        """Every line, in order."""
        return [line for _, lines in self.proposals for line in lines]

    @property
    def nothing(self) -> str:
        """Why there is nothing to record, as a sentence; "" where there is something."""
        if any(line.offered for line in self.lines):
            return ""
        if self.lines:
            return "Nothing to record: the register says all of it already."
        return "Nothing to record: no row was taken for a record. Above stands what was not read."


@dataclass
class _Open:
    """Tables that are one, so far."""

    shape: Shape
    layout: Layout
    width: int
    gathering: Gathering
    above: list[str]


def preview(document: Document, snapshot: Snapshot, choices: Choices, progress: Progress = silently) -> Preview:
    """Return what a document proposes to a register; nothing is recorded.

    Args:
        document: As it was read.
        snapshot: The register's records.
        choices: What the person said.
        progress: Told how far the work is; may raise to stop it.

    Raises:
        IntakeError: No table in it fits anything, or the plan is not known.

    """
    with unhurried(sum(len(table.rows) for table in document.tables)):
        return _preview(document, snapshot, choices, progress)


def _preview(document: Document, snapshot: Snapshot, choices: Choices, progress: Progress) -> Preview:
    streams, tables = _streams(document, choices, snapshot)
    if not streams:
        raise IntakeError(_nothing_found(document, tables))
    bodies = Bodies(snapshot, dict(choices.bodies))
    told = list(document.told)
    found: list[Wanted] = []
    for number, opened in enumerate(streams):
        progress("Reading rows", number, len(streams))
        stream = Stream(opened.gathering.gathered, opened.above, snapshot, bodies, document.name, document.sha256,
                        choices.plan, snapshot.today)  # fmt: skip
        unseen = {row.place for row in opened.gathering.gathered if any(part.hidden for part in row.parts)}
        for done, wanted in enumerate(opened.shape.read(stream)):
            if done % 50 == 0:
                progress(f"Reading the {opened.shape.name}", done, len(opened.gathering.gathered))
            if wanted.place in unseen:
                doubted(wanted, "its row is hidden in the document")
            found.append(wanted)
        told += [*stream.told, *(f"{place} was not read: “{text[:120]}”" for place, text in opened.gathering.loose)]
    ordered = [*bodies.proposed.values(), *found]
    proposals = []
    for done, wanted in enumerate(_merged(ordered)):
        if done % 100 == 0:
            progress("Comparing with the register", done, len(ordered))
        lines = tuple(lines_of(wanted, _standing(wanted, snapshot)))
        if lines:
            proposals.append((wanted, lines))
    told += [f"{table.place} was left out: {table.why}" for table in tables if table.shape is None]
    return Preview(document, tuple(tables), tuple(proposals), tuple(dict.fromkeys(told)))


def _merged(wanted: Sequence[Wanted]) -> list[Wanted]:
    """Return the records, those that several tables tell put together; the same record twice is listed."""
    found: dict[str, Wanted] = {}
    for each in wanted:
        before = found.get(each.ref)
        if before is None:
            found[each.ref] = each
            continue
        for name, reading in each.fields.items():
            if name in before.fields and before.fields[name].value != reading.value:
                told = f"{each.place} says otherwise than {before.place}"
                before.unread.append((name, str(reading.told or reading.value), told))
            before.fields.setdefault(name, reading)
        for table, rows in each.rows.items():
            before.rows.setdefault(table, rows)
    return list(found.values())


def _standing(wanted: Wanted, snapshot: Snapshot) -> "dict[str, object] | None":
    view = snapshot.view(wanted.ref)
    if view is None:
        return None
    try:
        return snapshot.document(view.path)
    except UnreadableError:
        return None


def _streams(document: Document, choices: Choices, snapshot: Snapshot) -> tuple[list[_Open], list[TableRead]]:
    shapes = shapes_for(choices.kind)
    remembered = _remembered(snapshot)
    streams: list[_Open] = []
    tables: list[TableRead] = []
    last: _Open | None = None
    passed: list[str] = []  # the lines above tables that hold no records
    for table in document.tables:
        if table.hidden:
            tables.append(TableRead(table.place, None, (), len(table.rows), "it is hidden"))
            continue
        begun = _begun(table, shapes, choices, remembered)
        if begun is None:
            goes_on = last is not None and table.width <= last.width and (not _is_headed(table) or _fits(table, last))
            if goes_on and last is not None:
                _take(last, table.rows, table.above)
                tables.append(TableRead(table.place, last.shape, last.layout.columns, len(table.rows),
                                        "it goes on with the table before"))  # fmt: skip
            else:
                last = None
                passed += table.above
                tables.append(TableRead(table.place, None, (), len(table.rows), "its headings fit no kind of record"))
            continue
        shape, layout, first = begun
        same = last is not None and last.shape is shape and not _other_plan(table.above)
        if not same or last is None:
            last = _Open(shape, layout, table.width, Gathering(shape.roles), [*passed])
            streams.append(last)
        last.layout, last.width = layout, table.width
        own = [text for row in table.rows[:first] for text in row.texts if text]
        _take(last, table.rows[first + 1 :], (*table.above, *own))
        tables.append(TableRead(table.place, shape, layout.columns, len(table.rows) - first - 1, shape.name))
    return streams, tables


def _take(opened: _Open, rows: Sequence[Row], above: Sequence[str]) -> None:
    for line in above:
        opened.above.append(line)
        if heads_section(line):
            opened.gathering.begin_section(line.lstrip("# "))
    for row in rows:
        opened.gathering.take(row, opened.layout)


def _other_plan(above: Sequence[str]) -> bool:
    return any(re.search(r"plan\b.*20\d\d\s*[-/–]", line, re.IGNORECASE) for line in above)


def _is_headed(table: Table) -> bool:
    """Whether a table seems to have headings of its own, so that it is none that goes on."""
    return bool(table.above) and not all(heads_section(line) or _FOOT.fullmatch(line) for line in table.above)


def _fits(table: Table, opened: _Open) -> bool:
    """Whether a table's first row begins with a number as those of the table before do."""
    layout = opened.layout
    place = layout.column(layout.key)
    number = table.rows[0].texts[place] if place is not None and table.width == opened.width else ""
    return layout.key == "code" and layout.fits is not None and "." in number and bool(layout.fits.match(number))


def _begun(
    table: Table, shapes: Sequence[Shape], choices: Choices, remembered: "Sequence[Remembered]"
) -> tuple[Shape, Layout, int] | None:
    """Return the shape that a table's headings fit best, how its columns are read, and where the headings stand."""
    best: tuple[float, int, Shape, Headings, list[Match]] | None = None
    for headings in headings_of(table.rows[: HEADINGS_WITHIN + 1]):
        texts = headings.texts
        if sum(bool(text) for text in texts) < 2 or any(len(text) > 200 for text in texts):
            continue
        for place, shape in enumerate(shapes):
            told = {**_remembered_for(texts, shape, remembered), **_told(choices.columns)}
            if not told and len(named_columns(texts, shape.roles)) < 2 and choices.kind is None:
                continue
            matches = matched(texts, table.rows[headings.last + 1 :], shape.roles, told)
            score = _score(matches, shape, choices.kind)
            if score >= (FITS if choices.kind is None else 1) and (
                best is None or (score, -place) > (best[0], -best[1])
            ):
                best = (score, place, shape, headings, matches)
        if best is not None and best[0] >= SURELY_FITS:
            break
    if best is None:
        return None
    _, _, shape, headings, matches = best
    roles = {match.role.name for match in matches if match.role}
    key = next(name for name in shape.keys if name in roles)
    upper = tuple(row.texts for row in table.rows[: headings.last + 1])
    return shape, Layout(tuple(matches), headings.texts, key, shape.fits.get(key), upper), headings.last


def _score(matches: Sequence[Match], shape: Shape, kind: str | None) -> float:
    """Return how well columns fit a shape, of a hundred; 0 where what it needs is not there.

    Where a person said which kind it is, one column may be enough.
    """
    roles = {match.role.name for match in matches if match.role}
    if not any(need <= roles for need in shape.needs) or not any(key in roles for key in shape.keys):
        return 0
    filled = [match for match in matches if match.heading or match.role]
    known = sum(1.0 if match.sure else 0.7 for match in filled if match.role)
    if len([match for match in matches if match.role]) < (2 if kind is None else 1):
        return 0
    return 100 * known / max(len(filled), 1)


def _told(columns: Mapping[str, str]) -> dict[str, str]:
    return {
        heading if heading.startswith("column ") else plain_heading(heading): name for heading, name in columns.items()
    }


@dataclass(frozen=True)
class Remembered:
    """A layout that the register remembers: headings, and what a person said of them."""

    kind: str
    headings: tuple[str, ...]
    columns: Mapping[str, str]


def _remembered(snapshot: Snapshot) -> list[Remembered]:
    return [
        Remembered(layout.kind, tuple(layout.headings), {column.heading: column.field for column in layout.columns})
        for layout in snapshot.settings.layouts
    ]


def _remembered_for(texts: Sequence[str], shape: Shape, remembered: Sequence[Remembered]) -> dict[str, str]:
    headings = tuple(sorted(plain_heading(text) for text in texts if text))
    for layout in remembered:
        if layout.kind == shape.kind.name and tuple(sorted(layout.headings)) == headings:
            return _told(layout.columns)
    return {}


def _nothing_found(document: Document, tables: Sequence[TableRead]) -> str:
    if not document.tables:
        return f"{document.name} ({document.form}) holds no table. Import the document that the table stands in."
    listed = "; ".join(f"{table.place}: {table.why}" for table in tables[:5])
    return (
        f"No table of {document.name} was understood ({listed}). Say what its records are and what its columns hold: "
        "--kind and --map, or f4 on the screen."
    )
