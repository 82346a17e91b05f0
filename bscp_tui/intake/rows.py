"""From a table's rows to its records: repeated headings go, sections are told apart, broken rows are put together."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from bscp_tui.intake.columns import Match, Role, named_columns, plain_heading
from bscp_tui.intake.document import Cell, Row
from bscp_tui.intake.joining import NOTHING, Joined, joined, whole

_SECTION = re.compile(r"(?:strategic |our |shared )*priority\s+\d+\b", re.IGNORECASE)
_CONTINUED = re.compile(r"\s*\(?\b(?:continued|cont(?:'d|d)?\.?)\)?\s*$", re.IGNORECASE)
_TOTAL = re.compile(r"(?:grand |sub-?)?totals?\b:?|%|per ?cent(?:age)?\b", re.IGNORECASE)
_ONLY_TOTAL = re.compile(r"(?:grand |sub-?)?totals?\s*:?[\s\d,.£%]*", re.IGNORECASE)  # and no word beside it


@dataclass(frozen=True)
class Layout:
    """How one table is read.

    Attributes:
        columns: What each column holds.
        headings: The headings' row as it was found.
        key: The role by which rows are told apart.
        fits: What the key of a row's first line looks like; a row whose key does not is part of the one above.
        upper: The rows down to the headings; they may come again at the top of each page.

    """

    columns: tuple[Match, ...]
    headings: tuple[str, ...]
    key: str
    fits: re.Pattern[str] | None
    upper: tuple[tuple[str, ...], ...] = ()

    def column(self, role: str) -> int | None:
        """Return the number of the column that holds ``role``."""
        match = self.matches.get(role)
        return match.column if match else None

    @cached_property
    def matches(self) -> dict[str, Match]:
        """The column that holds each role: the first, where several do."""
        return {match.role.name: match for match in reversed(self.columns) if match.role}


@dataclass
class Gathered:
    """A record's row, as far as it was gathered: what each row of the document holds of it.

    Attributes:
        layout: How its table is read.
        parts: The document's rows that belong to it.
        section: The section that it stands in, as headed; None in none.
        total: Whether it is a total of the others.

    """

    layout: Layout
    parts: list[Row] = field(default_factory=list)
    section: str | None = None
    total: bool = False
    inherited: dict[int, Cell] = field(default_factory=dict)

    @property
    def place(self) -> str:
        """Where it stands, in words."""
        first, last = self.parts[0].place, self.parts[-1].place
        if first == last:
            return first
        word = re.match(r"(.*\b(?:row|line)) (\d+)$", last)
        return f"{first} to {word[2]}" if word else f"{first} to {last}"

    def cell(self, role: str) -> Joined:
        """Return what stands under a role, whole."""
        match = self.layout.matches.get(role)
        return self._cell(match.column, match.role) if match else NOTHING

    def unread(self) -> Iterator[tuple[str, str, str]]:
        """Yield (field or heading, text, why) of what stands in columns that nothing fits, or could not be read."""
        for match in self.layout.columns:
            cell = self._cell(match.column, match.role)
            name = match.role.name if match.role else match.heading or f"column {match.column + 1}"
            if cell.unread:
                yield name, "the cell", cell.unread
            elif cell.text and match.role is None and "map" not in match.why:
                yield name, cell.text, "no field fits its column"

    def _cell(self, column: int, role: Role | None) -> Joined:
        if len(self.parts) == 1 and not self.inherited:  # as nearly all are: nothing is to be put together
            own = self.parts[0].cells
            return whole(own[column]) if column < len(own) else NOTHING
        cells = [row.cells[column] for row in self.parts if column < len(row.cells)]
        if not any(cell.text for cell in cells) and column in self.inherited:
            cells = [self.inherited[column], *cells]
        if len(cells) == 1:
            return whole(cells[0])
        colour = next((cell.colour for cell in cells if cell.colour), None)
        unread = next((cell.unread for cell in cells if cell.unread), None)
        return joined([cell.text for cell in cells], listed=bool(role and role.listed), colour=colour, unread=unread)


def is_heading(row: Row, layout: Layout, roles: Sequence[Role]) -> bool:
    """Whether a row repeats the headings, in the same words or in others that mean the same."""
    texts = [text for text in row.texts if text]
    headings = [text for text in layout.headings if text]
    if row.texts in layout.upper or (len(texts) == len(headings) and all(map(_means_the_same, texts, headings))):
        return True
    place = layout.column(layout.key)
    if layout.fits is not None and place is not None and layout.fits.match(row.cells[place].text):
        return False  # it begins a record; most rows are told by this look
    named = named_columns(row.texts, roles)
    return len(named) > 1 and len(named) >= len(texts) - 1


def _means_the_same(text: str, heading: str) -> bool:
    return text == heading or plain_heading(text) == plain_heading(heading)


def section_of(row: Row) -> str | None:
    """Return what a row says that heads a section: the only cell of its row; None for any other row."""
    texts = [cell.text for cell in row.cells if cell.text]
    if len(set(texts)) == 1 and _SECTION.match(texts[0].lstrip("# ")):
        return texts[0].lstrip("# ")
    return None


def heads_section(line: str) -> bool:
    """Whether a line of text above a table heads a section of it."""
    return _SECTION.match(line.lstrip("# ")) is not None


class Gathering:
    """Gathers the records of one stream of rows, which may run over several tables."""

    def __init__(self, roles: Sequence[Role]) -> None:
        """Begin with nothing gathered."""
        self.gathered: list[Gathered] = []
        self.loose: list[tuple[str, str]] = []
        self._roles = roles
        self._section: str | None = None

    def begin_section(self, text: str) -> None:
        """Go on under another heading."""
        self._section = text

    def take(self, row: Row, layout: Layout) -> None:
        """Take one row of the document."""
        if is_heading(row, layout, self._roles):
            return
        section = section_of(row)
        if section is not None:
            self._section = section
        elif self._goes_on(row, layout):
            self.gathered[-1].parts.append(row)
        elif self._is_loose(row, layout):
            self.loose.append((row.place, " | ".join(text for text in row.texts if text)))
        else:
            total = bool(_TOTAL.match(self._key(row, layout)))
            self.gathered.append(Gathered(layout, [row], self._section, total, self._from_above(row)))

    def _is_loose(self, row: Row, layout: Layout) -> bool:
        """Whether a row begins no record: it has no key, or words where others have a number."""
        key = self._key(row, layout)
        if not key:
            return not any(cell.merged == "up" for cell in row.cells)
        return layout.key == "code" and layout.fits is not None and not layout.fits.match(key) \
            and not _TOTAL.match(key)  # fmt: skip

    def _from_above(self, row: Row) -> dict[int, Cell]:
        """Return what merged cells that began above say for this row too."""
        if not self.gathered:
            return {}
        above = self.gathered[-1]
        found = {}
        for column, cell in enumerate(row.cells):
            if cell.merged == "up":
                texts = [part.cells[column] for part in above.parts if column < len(part.cells)]
                begun = next((each for each in texts if each.text or each.colour), above.inherited.get(column))
                if begun is not None:
                    found[column] = begun
        return found

    def _key(self, row: Row, layout: Layout) -> str:
        column = layout.column(layout.key)
        return row.cells[column].text if column is not None and column < len(row.cells) else ""

    def _goes_on(self, row: Row, layout: Layout) -> bool:
        """Whether a row is the rest of the one above: it has no key of its own, or the same once more."""
        if not self.gathered or self.gathered[-1].section != self._section:
            return False
        above = self.gathered[-1]
        key = self._key(row, layout)
        if _ONLY_TOTAL.fullmatch(key or next((text for text in row.texts if text), "")):
            return False
        if not key:
            return True
        if layout.fits is not None:
            before = self._key(above.parts[0], above.layout)
            same = _CONTINUED.sub("", key) == before or _CONTINUED.search(key) is not None
            if layout.fits.match(key) and "." in key[:-1]:
                return same
            return not layout.fits.match(key) and (same or layout.key == "text" or len(set(row.texts) - {""}) > 1)
        rest = [text for column, text in enumerate(row.texts) if text and column != layout.column(layout.key)]
        return not rest and (row.parted or bool(re.match(r"[a-z(]", key))) and not _TOTAL.match(key)
