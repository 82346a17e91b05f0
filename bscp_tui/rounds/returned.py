"""Reading a return that came back, from Word, Excel, LibreOffice or as text: only what it says counts.

Nothing hidden in the file is needed. The return is known by its reference, a record by its own, a
column by its heading (or by the key in the hidden row of a workbook), so that rows may be moved,
columns added, controls flattened, and the file kept in another format.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from bscp_tui.intake.document import Document, IntakeError, Row, Table
from bscp_tui.model.record import SAYABLE
from bscp_tui.model.text import shortened
from bscp_tui.rounds.excel import KEY
from bscp_tui.rounds.form import COLUMNS, NOTHING, PLACEHOLDERS, SENDER

CODE = re.compile(rf"(?<![\w-])UR-({SAYABLE}{{4,8}})\.(\d{{1,3}})(?!\w)")
ALIKE = 85  # of 100: headings that differ less are taken for the same
HEADINGS = {column.heading: column.key for column in COLUMNS}
ANSWERS = tuple(column.key for column in COLUMNS if column.answer)


class ReturnError(IntakeError):
    """A document that is no return, or one that cannot be read; the message says what is wrong with it."""


@dataclass(frozen=True)
class Answers:
    """What stands in one row of a return.

    Attributes:
        row: Its number among the rows that were read.
        ref: The record.
        texts: Answer column to what is written there; "" where nothing is.
        place: Where the row stands, in words.
        unread: Answer column to why its cell could not be read.
        added: (heading, text) of cells in columns that the form did not have.

    """

    row: int
    ref: str
    texts: dict[str, str]
    place: str
    unread: dict[str, str] = field(default_factory=dict)
    added: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Returned:
    """A return as it came back.

    Attributes:
        ref: The return's reference, ``UR-K7QX.3``.
        name: The file's name.
        sha256: The hash of its bytes.
        sender: Who filled it in, as they say; "" where they do not.
        nothing: Whether they say that there is nothing to report.
        answers: Row by row.
        guessed: Columns whose heading is another than asked: key to that heading.
        missing: Keys of answer columns that are not there.
        told: What a person should know of how it was read.

    """

    ref: str
    name: str
    sha256: str
    sender: str
    nothing: bool
    answers: tuple[Answers, ...]
    guessed: dict[str, str] = field(default_factory=dict)
    missing: tuple[str, ...] = ()
    told: tuple[str, ...] = ()


def code_of(document: Document) -> str | None:
    """Return the reference of the return that a document is, None where it is none.

    Raises:
        ReturnError: It names several returns.

    """
    texts = [text for table in document.tables for row in table.rows for text in row.texts]
    lines = [line for table in document.tables for line in table.above]
    found = dict.fromkeys(match[0] for text in (*texts, *lines, *document.below) for match in CODE.finditer(text))
    if len(found) > 1 and _has_headings(document):
        msg = f"{document.name} names several returns ({', '.join(list(found)[:5])}). Send each in a file of its own."
        raise ReturnError(msg)
    return next(iter(found), None) if len(found) == 1 and _has_headings(document) else None


def read(document: Document, asked: Iterable[str]) -> Returned:
    """Return what a return says.

    Args:
        document: The document.
        asked: The references of the records that it asks about.

    Raises:
        ReturnError: It cannot be read; the message says what is missing.

    """
    code = code_of(document)
    if code is None:
        told = "it shows no return's reference (UR-….…) beside a table with the form's headings"
        raise ReturnError(f"{document.name} is not one of the forms that were sent out: {told}.")
    refs = frozenset(asked)
    reading = _Reading(refs)
    for table in document.tables:
        reading.take(table)
    if not reading.found_refs:
        msg = f"{document.name}: no row holds the reference of a record that {code} asks about, so nothing can be read."
        raise ReturnError(msg)
    missing = tuple(key for key in ANSWERS if key not in reading.keys)
    if set(ANSWERS) == set(missing):
        msg = f"{document.name}: none of the columns {', '.join(HEADINGS)} is there, so no answer can be read."
        raise ReturnError(msg)
    sender = _beside(document, SENDER)
    nothing = _beside(document, NOTHING).strip().lower().rstrip(".!") in {"yes", "y", "true", "x", "✓", "☒"}
    return Returned(code, document.name, document.sha256, sender, nothing, tuple(reading.answers), reading.guessed,
                    missing, (*document.told, *reading.told))  # fmt: skip


def _has_headings(document: Document) -> bool:
    return any(_keys(row) or _columns(row) for table in document.tables for row in table.rows)


def _beside(document: Document, label: str) -> str:
    """Return what stands to the right of a label, or behind it in a line of text."""
    wanted = _plain(label)
    for table in document.tables:
        for row in table.rows:
            for place, text in enumerate(row.texts[:-1]):
                if _plain(text) == wanted or _plain(text) == _plain(label.partition("(")[0]):
                    rest = [other for other in row.texts[place + 1 :] if _filled(other)]
                    return " ".join(_filled(rest[0]).split())[:120] if rest else ""
    return ""


class _Reading:
    """The tables of a return while they are read."""

    def __init__(self, refs: frozenset[str]) -> None:
        self.refs = refs
        self.answers: list[Answers] = []
        self.told: list[str] = []
        self.guessed: dict[str, str] = {}
        self.keys: set[str] = set()
        self.found_refs = False

    def take(self, table: Table) -> None:
        """Read the rows below a row of headings; a heading that comes again begins anew."""
        places: dict[str, int] = {}
        headings: Sequence[str] = ()
        for row in table.rows:
            keyed = _keys(row)
            if keyed:
                self.guessed = {key: name for key, name in self.guessed.items() if key not in keyed}
                places = keyed
                self.keys |= set(places)
                continue
            found = _columns(row)
            if found:
                headings = row.texts
                places, guessed = _by_order(found, headings)
                self.guessed |= guessed
                self.keys |= set(places)
            elif places:
                self._row(row, places, headings)

    def _row(self, row: Row, places: dict[str, int], headings: Sequence[str]) -> None:
        texts = {key: _filled(row.texts[place]) for key, place in places.items()
                 if key in ANSWERS and place < len(row.cells)}  # fmt: skip
        ref = self._ref(row, places)
        if ref is None:
            said = "; ".join(shortened(text, 40) for text in row.texts if text.strip())
            if said and not CODE.search(said):
                self.told.append(f"{row.place} names no record that this return asks about, and was not read: {said}")
            return
        self.found_refs = True
        unread = {key: told for key, place in places.items()
                  if place < len(row.cells) and (told := row.cells[place].unread) is not None}  # fmt: skip
        known = set(places.values())
        added = tuple((headings[place] or f"column {place + 1}", _filled(text)) for place, text in enumerate(row.texts)
                      if place not in known and place < len(headings) and _filled(text) and text != ref)  # fmt: skip
        self.answers.append(Answers(len(self.answers) + 1, ref, texts, row.place, unread, added))

    def _ref(self, row: Row, places: dict[str, int]) -> str | None:
        """Return the record that a row is about: from its own column, else from any that holds nothing else."""
        own = places.get("ref")
        if own is not None and own < len(row.texts):
            named = {ref for ref in self.refs if _names(row.texts[own], ref)}
            if len(named) == 1:
                return named.pop()
        return next((ref for text in row.texts for ref in self.refs if _folded(text) == _folded(ref)), None)


def _names(text: str, ref: str) -> bool:
    """Whether a cell names a record: by its reference, or by the part of it that people say."""
    words = {_folded(word) for word in (text, *re.split(r"[\s,;()]+", text))}
    return bool(words & {_folded(ref), _folded(ref.rpartition("/")[2])})


def _folded(text: str) -> str:
    return re.sub("[\u2010-\u2015]", "-", "".join(text.split())).upper()


def _keys(row: Row) -> dict[str, int]:
    """Return column by key from the hidden row of a workbook."""
    known = {column.key for column in COLUMNS}
    found = {text.strip()[len(KEY) :]: place for place, text in enumerate(row.texts) if text.strip().startswith(KEY)}
    return {key: place for key, place in found.items() if key in known}


def _columns(row: Row) -> dict[str, int]:
    """Return column by key where a row is one of headings (three of ours at least, the reference or progress one)."""
    found: dict[str, int] = {}
    for key, place in _matches(row.texts):
        found.setdefault(key, place)
    return found if len(found) >= 3 and {"ref", "status", "update"} & set(found) else {}


def _matches(texts: Sequence[str]) -> Iterator[tuple[str, int]]:
    from rapidfuzz import fuzz

    for place, text in enumerate(texts):
        plain = _plain(text)
        if not plain or len(plain) > 60:
            continue
        scored = [(fuzz.ratio(plain, _plain(heading)), key) for heading, key in HEADINGS.items()]
        best, key = max(scored)
        if best >= ALIKE:
            yield key, place


def _by_order(found: dict[str, int], headings: Sequence[str]) -> tuple[dict[str, int], dict[str, str]]:
    """Give renamed columns their keys where they stand between the neighbours that the form gave them.

    Returns:
        All columns by key, and those that were taken by their place with the heading that they bear.

    """
    order = [column.key for column in COLUMNS]
    places, guessed = dict(found), {}
    for number, key in enumerate(order):
        if key in places:
            continue
        before = places.get(order[number - 1]) if number else -1
        after = places.get(order[number + 1]) if number + 1 < len(order) else len(headings)
        if before is None or after is None or after - before != 2:
            continue
        place = before + 1
        if place not in places.values() and headings[place].strip():
            places[key] = place
            guessed[key] = headings[place].strip()
    return places, guessed


def _plain(text: str) -> str:
    return " ".join(text.lower().split()).rstrip(":.*? ")


def _filled(text: str) -> str:
    """Return what was written; "" where only the form's own words stand."""
    return "" if " ".join(text.lower().split()) in PLACEHOLDERS else text.strip()
