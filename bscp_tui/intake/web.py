"""Web pages: tables with merged cells, lists and colours; nothing is fetched, no script is run."""

import re
from collections.abc import Iterator
from typing import Any

from bscp_tui.intake import bounds, plain
from bscp_tui.intake.cleaning import Cleaner, tidied
from bscp_tui.intake.document import Cell, IntakeError, Progress, Table, squared
from bscp_tui.intake.fragments import worded

_SILENT = frozenset(["script", "style", "template", "noscript", "head", "title", "iframe", "object", "svg", "math"])
_BLOCKS = frozenset(["p", "div", "li", "ul", "ol", "br", "h1", "h2", "h3", "h4", "h5", "h6", "tr", "table", "section"])
_SHADE = re.compile(r"background(?:-color)?\s*:\s*([^;]+)", re.IGNORECASE)
_HEX = re.compile(r"#([0-9a-f]{6}|[0-9a-f]{3})\b", re.IGNORECASE)
_RGB = re.compile(r"rgba?\(\s*(\d{1,3})\D+(\d{1,3})\D+(\d{1,3})")
_NAMES = {
    "red": "FF0000", "amber": "FFC000", "orange": "FFA500", "gold": "FFD700", "yellow": "FFFF00",
    "green": "008000", "lime": "00FF00", "limegreen": "32CD32", "lightgreen": "90EE90", "blue": "0000FF",
}  # fmt: skip
_DEEPEST = 200


def read(data: bytes, name: str, cleaner: Cleaner, progress: Progress) -> tuple[list[Table], list[str], list[str]]:
    """Return the tables of a web page, the lines after the last one, and what a person should know."""
    from bs4 import BeautifulSoup

    page = BeautifulSoup(plain.decoded(data, name)[0], "lxml")
    tables: list[Table] = []
    above: list[str] = []
    told: list[str] = []
    for done, (kind, node) in enumerate(_parts(page)):
        if done % 50 == 0:
            progress("Reading the page", done, 0)
        if kind == "text":
            above += [line for line in tidied(cleaner(node)).split("\n") if line]
            continue
        place = f"table {len(tables) + 1}"
        grid = _Grid(node, place, cleaner, name)
        squares = squared(grid.rows(), grid.hidden)
        if squares:
            tables.append(Table(squares, place, tuple(above), _is_hidden(node)))
            told += [f"{place} is hidden."] if _is_hidden(node) else []
            above = []
    return tables, above, told


def _parts(page: Any) -> Iterator[tuple[str, Any]]:
    """Yield ("text", lines) and ("table", element) in the page's order; tables inside tables belong to their cell."""
    text: list[str] = []
    for table in [each for each in page.find_all("table") if each.find_parent("table") is None]:
        for node in table.find_all_previous(string=True):
            if node.find_parent("table") is not None:
                break
            if type(node).__name__ == "NavigableString" and not any(each.name in _SILENT for each in node.parents):
                text.insert(0, f"{node}")
        yield "text", "\n".join(line for line in text if line.strip())
        yield "table", table
        text = []


class _Grid:
    """One table with the cells that others cover."""

    def __init__(self, table: Any, place: str, cleaner: Cleaner, name: str) -> None:
        self._table, self._place, self._cleaner, self._name = table, place, cleaner, name
        self._covered: dict[tuple[int, int], Cell] = {}
        self.hidden: set[str] = set()

    def rows(self) -> list[tuple[list[Cell], str, bool]]:
        """Return the rows with the cells that merged ones cover."""
        rows = []
        own = (row for row in self._table.find_all("tr") if row.find_parent("table") is self._table)
        for number, row in enumerate(own):
            if number >= bounds.MOST_ROWS:
                raise IntakeError(f"{self._name}: {self._place} has more than {bounds.MOST_ROWS:,} rows. Divide it.")
            rows.append((self._cells(row, number), f"{self._place}, row {number + 1}", False))
            if _is_hidden(row):
                self.hidden.add(rows[-1][1])
        return rows

    def _cells(self, row: Any, number: int) -> list[Cell]:
        cells: list[Cell] = []
        for element in row.find_all(["td", "th"], recursive=False):
            while (number, len(cells)) in self._covered:
                cells.append(self._covered[number, len(cells)])
            down, across = _span(element, "rowspan", 2000), _span(element, "colspan", bounds.MOST_COLUMNS)
            column = len(cells)
            for below in range(number + 1, min(number + down, bounds.MOST_ROWS)):
                self._covered |= {(below, column + right): Cell("", merged="up") for right in range(across)}
            cells += [
                worded(_lines(element), self._cleaner, _colour(element)),
                *[Cell("", merged="left")] * (across - 1),
            ]
            if len(cells) > bounds.MOST_COLUMNS:
                raise IntakeError(f"{self._name}: {self._place} has more than {bounds.MOST_COLUMNS} columns.")
        while (number, len(cells)) in self._covered:
            cells.append(self._covered[number, len(cells)])
        return cells


def _is_hidden(element: Any) -> bool:
    told = re.sub(r"\s", "", str(element.get("style", "")).lower())
    return element.has_attr("hidden") or "display:none" in told or "visibility:hidden" in told \
        or "visibility:collapse" in told  # fmt: skip


def _span(element: Any, name: str, most: int) -> int:
    told = str(element.get(name, "1")).strip()
    return max(1, min(int(told), most)) if re.fullmatch(r"[0-9]{1,5}", told) else 1


def _lines(element: Any) -> str:
    return "".join(_words(element, 0)).replace("\n\n", "\n")


def _one_line(space: "re.Match[str]") -> str:
    """Where a web page's source breaks a line, its reader sees a space."""
    return " " if "\n" in space[0] or "\r" in space[0] else space[0]


def _words(element: Any, depth: int) -> Iterator[str]:
    """Yield the words below an element; blocks begin lines, items of numbered lists have their numbers."""
    if depth > _DEEPEST:
        return
    number = _first(element)
    for child in element.children:
        if child.name is None:
            if type(child).__name__ == "NavigableString":
                yield re.sub(r"[ \t\r\n]+", _one_line, f"{child}")
        elif child.name not in _SILENT:
            yield "\n" if child.name in _BLOCKS else " " if child.name in {"td", "th"} else ""
            if child.name == "li" and element.name == "ol" and not re.match(r"\s*\(?\d{1,3}[.)]", child.get_text()):
                yield f"{number}. "
            number += child.name == "li"
            yield from _words(child, depth + 1)
            yield "\n" if child.name in _BLOCKS else ""


def _first(element: Any) -> int:
    told = str(element.get("start", "1")) if element.name == "ol" else "1"
    return int(told) if re.fullmatch(r"[0-9]{1,4}", told) else 1


def _colour(element: Any) -> str | None:
    """Return a cell's background, its own or its row's."""
    for each in (element, element.parent):
        shade = _SHADE.search(str(each.get("style", "")))
        told = (shade[1] if shade else str(each.get("bgcolor", ""))).strip().lower()
        if found := _HEX.search(told):
            digits = found[1] if len(found[1]) == 6 else "".join(2 * digit for digit in found[1])
            return digits.upper() if digits.upper() != "FFFFFF" else None
        if found := _RGB.match(told):
            return "".join(f"{min(int(part), 255):02X}" for part in found.groups())
        if told in _NAMES:
            return _NAMES[told]
    return None
