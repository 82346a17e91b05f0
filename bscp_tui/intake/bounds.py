"""What a document may be before anything looks inside: its size, what it unpacks to, and its XML.

A document comes from anywhere. What lies in an archive is measured before it is unpacked; XML with a
document type (where bombs and outside files are declared) or in an unusual encoding is refused, as
no office program writes it; macros, embedded files and links are never looked at.
"""

import io
import re
import zipfile

from bscp_tui.intake.document import IntakeError

MEGABYTE = 1024 * 1024
LARGEST_FILE = 20 * MEGABYTE
LARGEST_UNPACKED = 120 * MEGABYTE
# Repetitive spreadsheets shrink to a fiftieth; a bomb to a thousandth.
HIGHEST_RATIO = 200
MOST_MEMBERS = 5_000
MOST_ROWS = 20_000
MOST_COLUMNS = 300
LONGEST_CELL = 100_000
_DECLARED = re.compile(rb"<\?xml[^>]*?encoding\s*=\s*[\"']([^\"']+)[\"']")
_ENCODINGS = frozenset({b"utf-8", b"utf8", b"utf-16", b"us-ascii", b"ascii", b"iso-8859-1"})
# Macros of OpenDocument files come with a document type; they are never read.
_NEVER_READ = ("Basic/", "Dialogs/", "Scripts/", "Configurations2/")
_MANIFEST = "META-INF/manifest.xml"
_LOCKED = "{} is locked with a password. Take the password off and try again."
_DOCTYPES = [mark.encode(code) for mark in ("<!DOCTYPE", "<!ENTITY") for code in ("utf-8", "utf-16-le", "utf-16-be")]


def hold_to_size(data: bytes, name: str) -> None:
    """Refuse a file that is empty or too large.

    Raises:
        IntakeError: It is.

    """
    if not data.strip(b"\0 \t\r\n"):
        raise IntakeError(f"{name} is empty. Choose the document that holds the table.")
    if len(data) > LARGEST_FILE:
        told = f"{name} is {len(data) / MEGABYTE:.0f} MB; at most {LARGEST_FILE // MEGABYTE} MB are read."
        raise IntakeError(f"{told} Take the pictures out, or save the tables alone.")


def opened(data: bytes, name: str) -> zipfile.ZipFile:
    """Return an archive whose content may be unpacked: its sizes, names and XML were looked at.

    Raises:
        IntakeError: It is damaged, locked, or would unpack to too much.

    """
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        members = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
        raise IntakeError(f"{name} is damaged: {error}. Open it in its program and save it anew.") from None
    unpacked = sum(member.file_size for member in members)
    if len(members) > MOST_MEMBERS or unpacked > LARGEST_UNPACKED:
        told = f"{name} would unpack to {unpacked / MEGABYTE:.0f} MB in {len(members)} parts"
        raise IntakeError(f"{told}; at most {LARGEST_UNPACKED // MEGABYTE} MB are read. It is refused.")
    for member in members:
        _hold_member(member, name)
    if any(b"encryption-data" in part(archive, each.filename, name) for each in members if each.filename == _MANIFEST):
        raise IntakeError(_LOCKED.format(name))
    _hold_xml(archive, members, name)
    return archive


def plain_xml(data: bytes, name: str, part: str) -> None:
    """Refuse XML that declares a document type or entities, or comes in an encoding that no office program uses.

    Raises:
        IntakeError: It does.

    """
    if any(mark in data for mark in _DOCTYPES):
        raise IntakeError(f"{name}: {part} declares entities or a document type, as XML bombs do. It is refused.")
    declared = _DECLARED.search(data[:400])
    strange = declared is not None and declared[1].lower() not in _ENCODINGS
    if strange or (data[:1] not in b"<\xef\xff\xfe \t\r\n\0" and data[:1]) or data[:4] == b"\0\0\0<":
        raise IntakeError(
            f"{name}: {part} is not in an encoding that is read. Open it in its program and save it anew."
        )


def _hold_member(member: zipfile.ZipInfo, name: str) -> None:
    if member.flag_bits & 0x1:
        raise IntakeError(_LOCKED.format(name))
    if member.file_size > MEGABYTE and member.file_size > HIGHEST_RATIO * max(member.compress_size, 1):
        told = f"{name}: {member.filename[:80]} unpacks to {member.file_size / MEGABYTE:.0f} MB"
        raise IntakeError(f"{told}, more than {HIGHEST_RATIO} times its size, as zip bombs do. It is refused.")


def _hold_xml(archive: zipfile.ZipFile, members: list[zipfile.ZipInfo], name: str) -> None:
    seen: set[str] = set()
    for member in members:
        if member.filename in seen:
            raise IntakeError(f"{name} holds two parts named {member.filename[:80]}. It is refused.")
        seen.add(member.filename)
        if not member.filename.lower().endswith((".xml", ".rels")) or member.filename.startswith(_NEVER_READ):
            continue
        plain_xml(part(archive, member.filename, name), name, member.filename[:80])


def part(archive: zipfile.ZipFile, member: str, name: str) -> bytes:
    """Return one part of an archive.

    Raises:
        IntakeError: It is damaged.

    """
    try:
        return archive.read(member)
    except Exception as error:  # noqa: BLE001 - zipfile and its decompressors raise many kinds for damaged data
        raise IntakeError(f"{name} is damaged: {error}. Open it in its program and save it anew.") from None
