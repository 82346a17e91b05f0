"""Reading a document of any kind: what it is, is told from its content, never from its name."""

import hashlib
import zipfile
from collections.abc import Callable
from pathlib import Path

from bscp_tui.intake import bounds, plain
from bscp_tui.intake.cleaning import Cleaner
from bscp_tui.intake.document import Document, IntakeError, Progress, StoppedError, Table, silently
from bscp_tui.store.garbage import unhurried

Found = tuple[list[Table], list[str], list[str]]
"""The tables, the lines after the last one, and what a person should know."""

_ADVICE = {
    b"%PDF": "a PDF. Select the table in it, copy it, and paste it into a text file; or import the Word file behind it",
    b"\xd0\xcf\x11\xe0": "an old Word or Excel file, or locked with a password. Save it as .docx or .xlsx, unlocked",
    b"{\\rtf": "a rich text file. Save it as .docx",
    b"\x1f\x8b": "a packed file. Unpack it first",
    b"BZh": "a packed file. Unpack it first",
    b"7z\xbc\xaf": "a packed file. Unpack it first",
    b"\xfd7zXZ": "a packed file. Unpack it first",
    b"Rar!": "a packed file. Unpack it first",
    b"\x89PNG": "a picture. Its table must be typed, or taken from the document behind it",
    b"\xff\xd8\xff": "a picture. Its table must be typed, or taken from the document behind it",
    b"GIF8": "a picture. Its table must be typed, or taken from the document behind it",
}


def read_file(path: Path, progress: Progress = silently) -> Document:
    """Return the document in a file.

    Raises:
        IntakeError: It cannot be read, or is refused; the message says why and what to do.

    """
    try:
        size = path.stat().st_size
        if not path.is_file():
            raise IntakeError(f"{path} is no file. Name the document that holds the table.")
        if size > bounds.LARGEST_FILE:
            told = (
                f"{path.name} is {size / bounds.MEGABYTE:.0f} MB; at most {bounds.LARGEST_FILE // bounds.MEGABYTE} MB"
            )
            raise IntakeError(f"{told} are read. Take the pictures out, or save the tables alone.")
        data = path.read_bytes()
    except (OSError, ValueError) as error:
        if isinstance(error, IntakeError):
            raise
        raise IntakeError(f"{path} cannot be read: {getattr(error, 'strerror', None) or error}.") from None
    return read_document(data, path.name, progress)


def read_document(data: bytes, name: str, progress: Progress = silently) -> Document:
    """Return the document that ``data`` holds; nothing that it links to or embeds is looked at.

    Args:
        data: The bytes of a DOCX, ODT, XLSX, ODS, CSV, HTML or text file.
        name: What it is called, for messages and as the source.
        progress: Told how far the reading is; may raise to stop it.

    Raises:
        IntakeError: It is refused; the message says why and what to do.

    """
    cleaner = Cleaner()
    name = cleaner(name).replace("\n", " ")[:200]
    bounds.hold_to_size(data, name)
    form, reader = _form(data, name)
    progress(f"Reading {name}", 0, 1)
    try:
        with unhurried(len(data)):
            tables, below, told = reader(data, name, cleaner, progress)
    except (IntakeError, StoppedError):
        raise
    except RecursionError:
        raise IntakeError(f"{name} is nested too deeply. It is refused.") from None
    except Exception as error:
        # The libraries raise whatever their parsers do where a part is missing, or is not what it claims to be.
        raise IntakeError(f"{name} is damaged ({_short(error)}). Open it in its program and save it anew.") from error
    sha256 = hashlib.sha256(data).hexdigest()
    return Document(name, form, sha256, tuple(tables), (*told, *Cleaner.told(cleaner)), tuple(below))


def _short(error: Exception) -> str:
    return Cleaner()(f"{type(error).__name__}: {error}").replace("\n", " ")[:120]


Reader = Callable[[bytes, str, Cleaner, Progress], Found]


def _form(data: bytes, name: str) -> tuple[str, Reader]:
    """Return what a document is, in words, and what reads it."""
    if data.startswith(b"PK\x03\x04"):
        return _packed(data, name)
    for mark, told in _ADVICE.items():
        if data.startswith(mark):
            raise IntakeError(f"{name} is {told}.")
    if data.startswith(b"PK"):
        raise IntakeError(f"{name} is an empty or damaged archive.")
    text = plain.head(data, name)
    if plain.looks_like_html(text):
        from bscp_tui.intake import web

        return "web page", web.read
    if text.lstrip("\ufeff \r\n\t").startswith("<?xml"):
        raise IntakeError(f"{name} is an XML file. Save it as .docx, .xlsx, .odt or .ods.")
    return ("CSV table" if plain.looks_like_csv(text) else "text"), plain.read


def _packed(data: bytes, name: str) -> tuple[str, Reader]:
    archive = bounds.opened(data, name)
    names = set(archive.namelist())
    if "mimetype" in names:
        return _opendocument(archive, name)
    if "_rels/.rels" in names and b"//purl.oclc.org/ooxml" in bounds.part(archive, "_rels/.rels", name):
        raise IntakeError(f"{name} is saved in the “Strict” form. Save it as an ordinary .docx or .xlsx.")
    types = bounds.part(archive, "[Content_Types].xml", name) if "[Content_Types].xml" in names else b""
    if b"wordprocessingml" in types or b"ms-word" in types:
        from bscp_tui.intake import word

        return "Word document", word.read
    if b"binary.macroEnabled" in types:
        raise IntakeError(f"{name} is a binary Excel workbook. Save it as .xlsx.")
    if b"spreadsheetml" in types or b"ms-excel" in types:
        from bscp_tui.intake import workbook

        return "Excel workbook", workbook.read
    inside = ", ".join(sorted(Cleaner()(each)[:40] for each in names)[:3])
    raise IntakeError(f"{name} is an archive of other files ({inside} …). Unpack it and import one document from it.")


def _opendocument(archive: zipfile.ZipFile, name: str) -> tuple[str, Reader]:
    from bscp_tui.intake import opendocument

    mimetype = bounds.part(archive, "mimetype", name).strip()
    if b"opendocument.text" in mimetype:
        return "OpenDocument text", opendocument.read_text
    if b"opendocument.spreadsheet" in mimetype:
        return "OpenDocument spreadsheet", opendocument.read_sheets
    raise IntakeError(f"{name} is an OpenDocument file without tables of its own. Save it as .odt or .ods.")
