"""Word documents: tables with merged cells, numbered lists, shading and content controls."""

import io
import re
import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from bscp_tui.intake import bounds
from bscp_tui.intake.cleaning import Cleaner
from bscp_tui.intake.document import Cell, IntakeError, Progress, Table, squared
from bscp_tui.intake.fragments import asides, worded

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
# What is not read as text: deleted words, instructions of fields, a compatible copy of what was read already.
_LEFT_OUT = frozenset({f"{_W}del", f"{_W}moveFrom", f"{_W}instrText", f"{_W}rPr", f"{_W}pPr", f"{_W}txbxContent",
                       _FALLBACK})  # fmt: skip
# The colours of a marker pen that may be a RAG's.
_MARKS = {"red": "FF0000", "darkRed": "C00000", "yellow": "FFC000", "darkYellow": "FFC000", "green": "00FF00",
          "darkGreen": "008000", "blue": "0000FF", "darkBlue": "000080"}  # fmt: skip
_SYMBOLS = {"F0FC": "✓", "F0FE": "☑", "F0FB": "✗", "F0FD": "☒", "F0A8": "☐", "F0B7": "•", "F0A7": "•"}  # Wingdings
_TYPES = "[Content_Types].xml"
# Documents with macros and templates hold the same text; the macros are not looked at.
_KINDS = re.compile(rb"application/vnd\.(?:ms-word\.(?:document|template)\.macroEnabled\S*?\+xml"
                    rb"|openxmlformats-officedocument\.wordprocessingml\.template\.main\+xml)")  # fmt: skip
_PLAIN = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"


def read(data: bytes, name: str, cleaner: Cleaner, progress: Progress) -> tuple[list[Table], list[str], list[str]]:
    """Return the tables of a Word document, the lines after the last one, and what a person should know."""
    import docx

    document = docx.Document(io.BytesIO(_without_macros(data)))
    numbers = _Numbers(document)
    tables: list[Table] = []
    above: list[str] = []
    blocks = list(_blocks(document.element.body))
    for done, block in enumerate(blocks):
        progress("Reading the document", done, len(blocks))
        if block.tag == f"{_W}p":
            above += [line for line in cleaner(_paragraph(block, numbers)).split("\n") if line.strip()]
        else:
            tables += _table(block, tuple(above), _Reading(f"table {len(tables) + 1}", cleaner, numbers, name))
            above = []
    return tables, above, _told(document, cleaner)


class _Reading:
    """What reading one table needs."""

    def __init__(self, place: str, cleaner: Cleaner, numbers: "_Numbers", name: str) -> None:
        self.place, self.cleaner, self.numbers, self.name = place, cleaner, numbers, name


def _without_macros(data: bytes) -> bytes:
    """Return the document with its kind said to be a plain document, so that it can be opened at all."""
    archive = bounds.opened(data, "the document")
    types = archive.read(_TYPES)
    if not _KINDS.search(types):
        return data
    plain = io.BytesIO()
    with zipfile.ZipFile(plain, "w", zipfile.ZIP_DEFLATED) as copy:
        for member in archive.infolist():
            content = archive.read(member)
            copy.writestr(member.filename, _KINDS.sub(_PLAIN, content) if member.filename == _TYPES else content)
    return plain.getvalue()


def _told(document: Any, cleaner: Cleaner) -> list[str]:
    """Return what a person should know of what is not in the tables, or not seen there."""
    body = document.element.body
    told = []
    if next(body.iter(*(f"{_W}{mark}" for mark in ("ins", "del", "moveFrom", "cellDel"))), None) is not None:
        told.append("Changes that Word tracks were read as if accepted.")
    if any(_is_hidden(run) for run in body.iter(f"{_W}r")):
        told.append("Text that Word hides was left out.")
    for kind in ("comment", "footnote", "endnote"):
        told += asides(kind, _notes(document, kind), cleaner)
    return told


def _notes(document: Any, kind: str) -> list[tuple[str, str]]:
    """Return the comments or footnotes of a document: what each is called, and what it says."""
    from lxml import etree

    found: list[tuple[str, str]] = []
    for related in document.part.rels.values():
        if related.is_external or not related.reltype.endswith(f"/{kind}s"):
            continue
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
        for note in etree.fromstring(related.target_part.blob, parser).iterchildren(f"{_W}{kind}"):
            text = " ".join("".join(_runs(paragraph)) for paragraph in note.iter(f"{_W}p"))
            if text.strip() and note.get(f"{_W}type", "normal") == "normal":
                found.append((f"{kind} {len(found) + 1}", text))
    return found


def _is_hidden(run: Any) -> bool:
    vanish = run.find(f"{_W}rPr/{_W}vanish")
    return vanish is not None and vanish.get(f"{_W}val", "1") not in {"0", "false", "off"}


def _blocks(element: Any) -> Iterator[Any]:
    """Yield paragraphs and tables in order; content controls, inserted parts and text boxes are looked into."""
    for child in element.iterchildren():
        if child.tag in {f"{_W}p", f"{_W}tbl"}:
            yield child
            for box in child.iter(f"{_W}txbxContent") if child.tag == f"{_W}p" else ():
                if next(box.iterancestors(_FALLBACK, f"{_W}txbxContent"), None) is None:
                    yield from _blocks(box)
        elif child.tag == f"{_W}sdt":
            content = child.find(f"{_W}sdtContent")
            yield from _blocks(content) if content is not None else ()
        elif child.tag in {f"{_W}ins", f"{_W}smartTag", f"{_W}customXml"}:
            yield from _blocks(child)


def _table(table: Any, above: tuple[str, ...], reading: _Reading) -> list[Table]:
    rows: list[tuple[list[Cell], str, bool]] = []
    hidden = set()
    for number, row in enumerate(_inside(table, "tr"), 1):
        if row.find(f"{_W}trPr/{_W}del") is not None:
            continue  # a tracked change that takes the row out
        if row.find(f"{_W}trPr/{_W}hidden") is not None:
            hidden.add(f"{reading.place}, row {number}")
        cells = list(_cells(row, reading))
        if number > bounds.MOST_ROWS or len(cells) > bounds.MOST_COLUMNS:
            raise IntakeError(
                f"{reading.name}: {reading.place} is too large; at most {bounds.MOST_ROWS:,} rows are read."
            )
        rows.append((cells, f"{reading.place}, row {number}", False))
    squares = squared(rows, hidden)
    return [Table(squares, reading.place, above)] if squares else []


def _inside(element: Any, name: str) -> Iterator[Any]:
    """Yield the rows of a table or the cells of a row, those in content controls too."""
    for child in element.iterchildren():
        if child.tag == f"{_W}{name}":
            yield child
        elif child.tag in {f"{_W}sdt", f"{_W}sdtContent", f"{_W}ins", f"{_W}customXml"}:
            yield from _inside(child, name)


def _cells(row: Any, reading: _Reading) -> Iterator[Cell]:
    properties = row.find(f"{_W}trPr")
    before = properties.find(f"{_W}gridBefore") if properties is not None else None
    yield from [Cell("")] * _number(before, most=bounds.MOST_COLUMNS)
    for cell in _inside(row, "tc"):
        properties = cell.find(f"{_W}tcPr")
        merge = properties.find(f"{_W}vMerge") if properties is not None else None
        span = properties.find(f"{_W}gridSpan") if properties is not None else None
        if merge is not None and merge.get(f"{_W}val", "continue") != "restart":
            yield Cell("", merged="up")
        else:
            yield worded(_text(cell, reading.numbers), reading.cleaner, _shading(properties) or _marked(cell))
        across = Cell("", merged="left")
        yield from [across] * (_number(span, most=bounds.MOST_COLUMNS) - 1)


def _number(element: Any, most: int) -> int:
    try:
        return min(int(element.get(f"{_W}val")), most) if element is not None else 0
    except (TypeError, ValueError):
        return 0


def _shading(properties: Any) -> str | None:
    shading = properties.find(f"{_W}shd") if properties is not None else None
    fill = shading.get(f"{_W}fill", "") if shading is not None else ""
    return fill.upper() if re.fullmatch(r"[0-9A-Fa-f]{6}", fill) and fill.upper() != "FFFFFF" else None


def _marked(cell: Any) -> str | None:
    """Return the colour that a cell's words are marked with, where it is one for all."""
    shades = {_shading(properties) for properties in cell.iter(f"{_W}rPr", f"{_W}pPr")}
    marks = {_MARKS.get(mark.get(f"{_W}val", "")) for mark in cell.iter(f"{_W}highlight")}
    found = (shades | marks) - {None}
    return found.pop() if len(found) == 1 else None


def _text(cell: Any, numbers: "_Numbers") -> str:
    """Return a cell's text; a table inside it is read as lines, one a row."""
    lines = []
    for block in _blocks(cell):
        if block.tag == f"{_W}p":
            lines.append(_paragraph(block, numbers))
        else:
            rows = ([_text(inner, numbers) for inner in _inside(row, "tc")] for row in _inside(block, "tr"))
            lines += [" ".join(text.replace("\n", " ") for text in row if text) for row in rows]
    return "\n".join(lines)


def _paragraph(paragraph: Any, numbers: "_Numbers") -> str:
    text = "".join(_runs(paragraph))
    return numbers.before(paragraph) + text if text.strip() else text


def _runs(element: Any) -> Iterable[str]:
    for child in element.iterchildren():
        if child.tag in _LEFT_OUT or (child.tag == f"{_W}r" and _is_hidden(child)):
            continue
        if child.tag == f"{_W}t":
            yield child.text or ""
        elif child.tag == f"{_W}tab":
            yield " "
        elif child.tag in {f"{_W}br", f"{_W}cr"}:
            yield "\n"
        elif child.tag == f"{_W}sym":
            yield _SYMBOLS.get(child.get(f"{_W}char", "").upper(), "�")
        elif child.tag == f"{_W}noBreakHyphen":
            yield "-"
        else:
            yield from _runs(child)


class _Numbers:
    """The numbers that Word shows before the items of a numbered list; the document's text does not hold them."""

    def __init__(self, document: Any) -> None:
        self._formats = _formats(document)
        self._styled = _styled(document)
        self._counts: Counter[tuple[str, str]] = Counter()

    def before(self, paragraph: Any) -> str:
        """Return "3. " before the third item of a numbered list, nothing before any other paragraph."""
        properties = paragraph.find(f"{_W}pPr")
        if properties is None:
            return ""
        style = properties.find(f"{_W}pStyle")
        listed = properties.find(f"{_W}numPr")
        key = _list_of(listed) or (self._styled.get(style.get(f"{_W}val", "")) if style is not None else None)
        if key is None or self._formats.get(key, ("", 1))[0] != "decimal":
            return ""
        if not self._counts[key]:
            self._counts[key] = self._formats[key][1] - 1
        self._counts[key] += 1
        return f"{self._counts[key]}. "


def _list_of(listed: Any) -> tuple[str, str] | None:
    if listed is None:
        return None
    number, level = listed.find(f"{_W}numId"), listed.find(f"{_W}ilvl")
    if number is None:
        return None
    return number.get(f"{_W}val", ""), level.get(f"{_W}val", "0") if level is not None else "0"


def _styled(document: Any) -> dict[str, tuple[str, str]]:
    """Return the lists that styles ("List Number") bring."""
    found = {}
    for style in document.styles.element.iterchildren(f"{_W}style"):
        key = _list_of(style.find(f"{_W}pPr/{_W}numPr"))
        if key is not None:
            found[style.get(f"{_W}styleId", "")] = key
    return found


def _formats(document: Any) -> dict[tuple[str, str], tuple[str, int]]:
    """Return how each list is numbered at each level, and from where, by (list, level)."""
    try:
        numbering = document.part.numbering_part.element
    except (KeyError, NotImplementedError, AttributeError):
        return {}
    abstract: dict[str, dict[str, tuple[str, int]]] = {}
    for definition in numbering.iterchildren(f"{_W}abstractNum"):
        levels = {}
        for level in definition.iterchildren(f"{_W}lvl"):
            form, start = level.find(f"{_W}numFmt"), level.find(f"{_W}start")
            told = form.get(f"{_W}val", "") if form is not None else "decimal"
            levels[level.get(f"{_W}ilvl", "0")] = (told, _number(start, most=999) if start is not None else 1)
        abstract[definition.get(f"{_W}abstractNumId", "")] = levels
    found: dict[tuple[str, str], tuple[str, int]] = {}
    for listed in numbering.iterchildren(f"{_W}num"):
        base = listed.find(f"{_W}abstractNumId")
        levels = abstract.get(base.get(f"{_W}val", ""), {}) if base is not None else {}
        found |= {(listed.get(f"{_W}numId", ""), level): form for level, form in levels.items()}
    return found
