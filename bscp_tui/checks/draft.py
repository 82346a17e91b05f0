"""A draft of a report read against the register: every number in it confirmed, contradicted or unsupported.

A number is held against the published figures and questions whose words stand around it. Years, dates,
numbers of pages, figures and priorities are no figures, and are passed over.
"""

import re
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from bscp_tui.model.published_figure import PUBLISHED_FIGURE
from bscp_tui.model.view import View
from bscp_tui.store.files import in_plain_words
from bscp_tui.store.snapshot import Snapshot

LARGEST = 30_000_000  # bytes
LARGEST_UNPACKED = 200_000_000  # bytes, pictures among them
_AROUND = 500  # characters before and behind a number that are told of a longer sentence
_NO_TEXT = (b"%PDF", b"{\\rtf")  # formats that may look like text, and whose words are not as they are written
NEEDED = 2  # words in common, or all that a figure's title has
_NUMBER = re.compile(r"(?<![\w./-])£?\d{1,3}(?:,\d{3})+(?:\.\d+)?%?|(?<![\w./-])£?\d+(?:\.\d+)?%?(?![\w/-]|\.\d)")
_PASSED_OVER = re.compile(
    r"\b(?:19|20)\d\d(?:\s?[/–-]\s?(?:19|20)?\d\d)?\b|\b\d{1,2}(?:st|nd|rd|th)?\s+(?:January|February|March|April|May|June|"
    r"July|August|September|October|November|December)\b|\b\d{1,2}[./]\d{1,2}[./]\d{2,4}\b|"
    r"\b(?:Figure|Table|Part|Appendix|Page|Priority|Year|Section|Action|Chapter|Item|Stage|Level)\s+\d+(?:\.\d+)*",
    re.IGNORECASE,
)
# What a file that is damaged, locked, or another thing than its name says, comes to when it is taken for a document.
_NO_DOCUMENT = (
    zipfile.BadZipFile, zlib.error, KeyError, ValueError, AttributeError, NotImplementedError, RuntimeError, EOFError,
)  # fmt: skip
_WORD = re.compile(r"[A-Za-z][a-z'’]{2,}")
_LITTLE = """
the and for with were was are has have had that this from been which who whose their its not all but than also
year years during into over under more most other per cent total number table prose
"""
_COMMON = frozenset(_LITTLE.split())


class DraftError(ValueError):
    """A draft that cannot be read; the message says why."""


@dataclass(frozen=True)
class Held:
    """A number of a draft.

    Attributes:
        place: The paragraph, from 1.
        number: As it stands there.
        verdict: "confirmed", "contradicted" or "unsupported".
        against: The published figure that it was held against; None where there is none.
        register: What the register answers; None where it answers nothing.
        sentence: The sentence that it stands in; of a very long one what stands around it.

    """

    place: int
    number: str
    verdict: str
    against: str | None
    register: float | None
    sentence: str


def paragraphs(path: Path) -> list[str]:
    """Return the paragraphs of a Word or text document, those of its tables among them.

    Raises:
        DraftError: It cannot be read.

    """
    try:
        if path.stat().st_size > LARGEST:
            msg = f"{path} is larger than {LARGEST // 1_000_000} MB."
            raise DraftError(msg)
        if path.suffix.lower() == ".docx":
            return _of_word(path)
        return _of_text(path)
    except OSError as error:
        msg = f"{path} cannot be read: {in_plain_words(error)}."
        raise DraftError(msg) from None
    except UnicodeError:
        msg = f"{path} is no text in UTF-8. Give one, or a Word document (.docx) that is not locked with a password."
        raise DraftError(msg) from None


def held(texts: Sequence[str], snapshot: Snapshot) -> list[Held]:
    """Return every number of a draft with what the register says of it."""
    figures = [_Known.of(view) for view in snapshot.views(PUBLISHED_FIGURE)]
    known = [figure for figure in figures if figure is not None]
    found = []
    for place, text in enumerate(texts, start=1):
        for sentence in re.split(r"(?<=[.!?;])\s+(?=[A-Z£0-9“])", text):
            bare = _PASSED_OVER.sub(lambda match: " " * len(match[0]), sentence)
            near = _near(sentence, known)
            found += [_held(place, match, sentence, near[match[0].endswith("%")]) for match in _NUMBER.finditer(bare)]
    return found


@dataclass(frozen=True)
class _Known:
    ref: str
    words: frozenset[str]
    percent: bool
    register: float

    @staticmethod
    def of(view: View) -> "_Known | None":
        computed, item = view.value("computed"), view.item
        if not isinstance(computed, (int, float)):
            return None
        unit = getattr(item, "unit", None)
        told = f"{view.title} {unit or ''} {getattr(item, 'subject', None) or ''}"
        return _Known(view.ref, frozenset(_words(told)), unit == "%", computed)


def _near(sentence: str, known: Sequence[_Known]) -> dict[bool, list[_Known]]:
    """Return the figures that a sentence is about, the nearest first: those in percent (True), and the others."""
    around = frozenset(_words(sentence))
    fitting = sorted(
        (figure for figure in known if _fits(figure, around)),
        key=lambda figure: -len(figure.words & around) / max(len(figure.words), 1),
    )
    return {percent: [figure for figure in fitting if figure.percent == percent] for percent in (True, False)}


def _held(place: int, match: re.Match[str], sentence: str, near: Sequence[_Known]) -> Held:
    number, told = match[0], _excerpt(sentence, match.start(), match.end())
    value = float(number.strip("£%").replace(",", ""))
    same = next((figure for figure in near if abs(figure.register - value) < 1e-9), None)
    if same is not None:
        return Held(place, number, "confirmed", same.ref, same.register, told)
    if near:
        return Held(place, number, "contradicted", near[0].ref, near[0].register, told)
    return Held(place, number, "unsupported", None, None, told)


def _excerpt(sentence: str, start: int, end: int) -> str:
    """Return a sentence, of a very long one only what stands around a number: each number tells its own."""
    if len(sentence) <= 2 * _AROUND:
        return sentence.strip()
    first, last = max(start - _AROUND, 0), end + _AROUND
    return f"{'…' if first else ''}{sentence[first:last].strip()}{'…' if last < len(sentence) else ''}"


def _fits(figure: _Known, around: frozenset[str]) -> bool:
    return len(figure.words & around) >= min(NEEDED, len(figure.words)) and bool(figure.words & around)


def _words(text: str) -> Iterator[str]:
    """Yield what a text is about: its words in small letters, without endings that come and go."""
    for match in _WORD.finditer(text):
        word = match[0].lower()
        if word not in _COMMON:
            yield re.sub(r"(?:ed|es|s|ing)$", "", word)


def _of_text(path: Path) -> list[str]:
    data = path.read_bytes()
    if data.startswith(_NO_TEXT):
        raise UnicodeError(path)
    return data.decode("utf-8").splitlines()


def _of_word(path: Path) -> list[str]:
    from docx.opc.exceptions import PackageNotFoundError
    from lxml.etree import LxmlError

    try:
        _hold_to_size(path)
        return _texts_of(path)
    except (PackageNotFoundError, LxmlError, *_NO_DOCUMENT):
        most = LARGEST_UNPACKED // 1_000_000
        told = (
            f"{path} is no Word document that can be read: it is damaged, locked, unpacks to more than {most} MB, or "
        )
        told += "is something else than its name says. Save it again as .docx, or give a text in UTF-8."
        raise DraftError(told) from None


def _texts_of(path: Path) -> list[str]:
    """Return the paragraphs of a Word document, then the rows of its tables.

    The cells are taken as they stand there: one that says it is as wide as millions is read once.
    """
    import docx
    from docx.oxml.ns import qn

    body = docx.Document(str(path)).element.body
    rows = (row for table in body.iterchildren(qn("w:tbl")) for row in table.iterchildren(qn("w:tr")))
    cells = ([*row.iterchildren(qn("w:tc"))] for row in rows)
    return [
        *(paragraph.text for paragraph in body.iterchildren(qn("w:p"))),
        *(" ".join("\n".join(each.text for each in cell.iterchildren(qn("w:p"))) for cell in row) for row in cells),
    ]


def _hold_to_size(path: Path) -> None:
    with zipfile.ZipFile(path) as archive:
        unpacked = sum(member.file_size for member in archive.infolist())
    if unpacked > LARGEST_UNPACKED:
        raise ValueError(unpacked)
