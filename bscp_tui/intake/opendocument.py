"""OpenDocument texts and spreadsheets: tables with covered cells, numbered lists and colours."""

import io
import re
from collections.abc import Iterator
from typing import Any

from bscp_tui.intake import bounds
from bscp_tui.intake.cleaning import Cleaner, tidied
from bscp_tui.intake.document import EMPTY, Cell, IntakeError, Progress, Table, squared
from bscp_tui.intake.fragments import asides, worded

Rows = list[tuple[list[Cell], str, bool]]
# What is not read as text: notes, comments, deleted words.
_LEFT_OUT = frozenset(
    {"office:annotation", "office:annotation-end", "text:note", "text:tracked-changes", "text:sequence-decls"}
)
_BLOCKS = frozenset({"text:p", "text:h"})
_UNSEEN = frozenset({"collapse", "filter"})


def read_text(data: bytes, name: str, cleaner: Cleaner, progress: Progress) -> tuple[list[Table], list[str], list[str]]:
    """Return the tables of a text document, the lines after the last one, and what a person should know."""
    styles, body = _opened(data)
    reader = _Reader(styles, cleaner, progress, name)
    tables: list[Table] = []
    above: list[str] = []
    for element in _top(body):
        if element.tag != "table:table":
            above += [line for line in tidied(cleaner("".join(reader.words(element)))).split("\n") if line]
            continue
        place = f"table {len(tables) + 1}"
        squares = squared(reader.rows(element, place), reader.hidden)
        if squares:
            tables.append(Table(squares, place, tuple(above)))
            above = []
    return tables, above, reader.told(body)


def read_sheets(
    data: bytes, name: str, cleaner: Cleaner, progress: Progress
) -> tuple[list[Table], list[str], list[str]]:
    """Return the sheets of a spreadsheet as tables, and what a person should know; hidden ones are marked."""
    styles, body = _opened(data)
    reader = _Reader(styles, cleaner, progress, name)
    tables, told = [], []
    for element in [child for child in body.children if child.tag == "table:table"]:
        title = cleaner(element.get_attribute_string("table:name") or "")
        place = f"sheet “{title}”"
        squares = squared(reader.rows(element, place), reader.hidden)
        told += [f"{place}: column {number} is hidden; it was read like the others."
                 for number in _hidden_columns(element) if squares and number <= len(squares[0].cells)]  # fmt: skip
        if squares:
            hidden = styles.hidden(element.get_attribute_string("table:style-name"))
            tables.append(Table(squares, place, (title,), hidden))
            told += [f"{place} is hidden."] if hidden else []
    return tables, [], [*told, *reader.told(body)]


def _hidden_columns(table: Any) -> list[int]:
    found: list[int] = []
    number = 0
    for column in table.get_elements("table:table-column|table:table-column-group//table:table-column"):
        times = min(_times(column, "table:number-columns-repeated"), bounds.MOST_COLUMNS)
        if column.get_attribute_string("table:visibility") in _UNSEEN:
            found += range(number + 1, number + times + 1)
        number += times
    return found


def _opened(data: bytes) -> tuple["_Styles", Any]:
    import odfdo

    document = odfdo.Document(io.BytesIO(data))
    return _Styles(document), document.body


def _top(element: Any) -> Iterator[Any]:
    """Yield paragraphs, lists and tables in order; sections and frames are looked into."""
    for child in element.children:
        boxed = child.get_elements("descendant::draw:text-box//table:table") if child.tag in _BLOCKS else []
        if boxed:
            yield from (inner for box in child.get_elements("descendant::draw:text-box") for inner in _top(box))
        elif child.tag in {"table:table", "text:list", *_BLOCKS}:
            yield child
        elif child.tag not in _LEFT_OUT:
            yield from _top(child)


class _Styles:
    """What styles say: cells' colours, hidden sheets, numbered lists."""

    def __init__(self, document: Any) -> None:
        self._colours: dict[str, str] = {}
        self._hidden: set[str] = set()
        self._numbered: set[str] = set()
        for part in ("styles", "content"):
            root = document.get_part(part).root
            for style in root.get_elements("//style:style"):
                self._style(style)
            for style in root.get_elements("//text:list-style"):
                first = next(
                    (level for level in style.children if level.get_attribute_string("text:level") == "1"), None
                )
                if first is not None and first.tag == "text:list-level-style-number":
                    self._numbered.add(style.get_attribute_string("style:name") or "")

    def _style(self, style: Any) -> None:
        name = style.get_attribute_string("style:name") or ""
        for properties in style.children:
            shade = properties.get_attribute_string("fo:background-color") or ""
            if properties.tag == "style:table-cell-properties" and re.fullmatch(r"#[0-9A-Fa-f]{6}", shade):
                self._colours[name] = shade[1:].upper()
            if (
                properties.tag == "style:table-properties"
                and properties.get_attribute_string("table:display") == "false"
            ):
                self._hidden.add(name)

    def colour(self, style: str | None) -> str | None:
        found = self._colours.get(style or "")
        return found if found != "FFFFFF" else None

    def hidden(self, style: str | None) -> bool:
        return (style or "") in self._hidden

    def numbered(self, style: str | None) -> bool:
        return (style or "") in self._numbered


class _Reader:
    """Reads the tables of one document."""

    def __init__(self, styles: _Styles, cleaner: Cleaner, progress: Progress, name: str) -> None:
        self._styles, self._cleaner, self._progress, self._name = styles, cleaner, progress, name
        self.hidden: set[str] = set()

    def told(self, body: Any) -> list[str]:
        """Return what a person should know of what is not in the tables."""
        tracked = body.get_elements("descendant::text:tracked-changes/text:changed-region")
        told = ["Changes that the document tracks were read as if accepted."] if tracked else []
        for tag, kind in (("office:annotation", "comment"), ("text:note", "footnote")):
            notes = body.get_elements(f"descendant::{tag}")
            texts = [" ".join("".join(part.inner_text for part in note.get_elements("descendant::text:p")).split())
                     for note in notes]  # fmt: skip
            numbered = [(f"{kind} {number}", text) for number, text in enumerate(texts, 1) if text]
            told += asides(kind, numbered, self._cleaner)
        return told

    def rows(self, table: Any, place: str) -> Rows:
        """Return a table's rows; rows and cells that are said to repeat do so only where they hold something."""
        rows: Rows = []
        number, parted = 0, False
        for element in _rows(table):
            times = _times(element, "table:number-rows-repeated")
            cells = self._cells(element)
            if not any(cell.text or cell.unread for cell in cells):
                parted = bool(rows)
                number += times
                continue
            if len(rows) + times > bounds.MOST_ROWS:
                raise IntakeError(f"{self._name}: {place} has more than {bounds.MOST_ROWS:,} rows. Divide it.")
            unseen = element.get_attribute_string("table:visibility") in _UNSEEN
            for _ in range(times):
                number += 1
                rows.append((cells, f"{place}, row {number}", parted))
                self.hidden |= {rows[-1][1]} if unseen else set()
                parted = False
            if number % 100 == 0:
                self._progress(f"Reading {place}", number, 0)
        return rows

    def _cells(self, row: Any) -> list[Cell]:
        cells: list[Cell] = []
        empty: list[Cell] = []
        rights = 0
        for element in [
            child for child in row.children if child.tag in {"table:table-cell", "table:covered-table-cell"}
        ]:
            times = _times(element, "table:number-columns-repeated")
            if element.tag == "table:covered-table-cell":
                covered = Cell("", merged="left" if rights > 0 else "up")
                rights -= times
                empty += [covered] * min(times, bounds.MOST_COLUMNS)
                continue
            rights = _times(element, "table:number-columns-spanned") - 1
            cell = self._cell(element)
            if not (cell.text or cell.unread):
                empty += [cell] * min(times, bounds.MOST_COLUMNS)
                continue
            cells += [*empty, *[cell] * min(times, bounds.MOST_COLUMNS)]
            empty = []
            if len(cells) > bounds.MOST_COLUMNS:
                raise IntakeError(f"{self._name} has a table of more than {bounds.MOST_COLUMNS} columns. Divide it.")
        return [*cells, *empty[: max(bounds.MOST_COLUMNS - len(cells), 0)]]

    def _cell(self, element: Any) -> Cell:
        colour = self._styles.colour(element.get_attribute_string("table:style-name"))
        read = worded("".join(self.words(element)), self._cleaner, colour)
        text = read.text
        if element.get_attribute_string("office:value-type") == "date":
            text = self._cleaner(element.get_attribute_string("office:date-value") or text)[:10]
        if read.unread:
            return read
        if not text and element.get_attribute_string("table:formula"):
            return Cell("", colour, unread="a formula without a value: open and save the spreadsheet, and try again")
        return Cell(text, colour) if text or colour else EMPTY

    def words(self, element: Any) -> Iterator[str]:
        """Yield the words below an element; paragraphs are lines, items of numbered lists have their numbers."""
        if element.tag in _LEFT_OUT:
            return
        if element.tag == "text:list":
            yield from self._items(element)
            return
        yield "\n" if element.tag in _BLOCKS else " " if element.tag == "table:table-cell" else ""
        yield element.text or ""
        for child in element.children:
            yield {"text:line-break": "\n", "text:tab": " ", "text:s": " "}.get(child.tag, "")
            yield from self.words(child)
            yield child.tail or ""
        yield "\n" if element.tag in _BLOCKS else ""

    def _items(self, listed: Any) -> Iterator[str]:
        numbered = self._styles.numbered(listed.get_attribute_string("text:style-name"))
        items = [child for child in listed.children if child.tag == "text:list-item"]
        for number, item in enumerate(items, _first(items)):
            text = tidied("".join("".join(self.words(child)) for child in item.children))
            own = re.match(r"\(?\d{1,3}[.)]\s", text)
            yield f"\n{number}. {text}\n" if numbered and text and not own else f"\n{text}\n"


def _first(items: list[Any]) -> int:
    told = items[0].get_attribute_string("text:start-value") if items else None
    return int(told) if told and told.isdigit() and len(told) < 4 else 1


def _rows(table: Any) -> Iterator[Any]:
    for child in table.children:
        if child.tag == "table:table-row":
            yield child
        elif child.tag in {"table:table-header-rows", "table:table-rows", "table:table-row-group"}:
            yield from _rows(child)


def _times(element: Any, name: str) -> int:
    told = element.get_attribute_string(name) or "1"
    return max(int(told), 1) if re.fullmatch(r"[0-9]{1,8}", told) else 1
