"""Templates and logos that a partnership gives: looked into before they are recorded, for a broken one says where."""

import io
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

from lxml import etree

MOST = 2_000_000  # bytes of a file that is recorded
_UNPACKED = 60_000_000
_HEADINGS = ("heading 1", "heading 2", "heading 3")
_MACROS = re.compile(r"vbaProject|\.bas$|^Basic/|^Scripts/", re.IGNORECASE)
_MIMETYPE = b"application/vnd.oasis.opendocument.text"
_EXTERNAL = re.compile(rb'TargetMode="External"')
MEDIA = {b"\x89PNG\r\n\x1a\n": "image/png", b"\xff\xd8\xff": "image/jpeg"}


class HouseError(ValueError):
    """A house style that cannot be used; the message names the file and the line, or the part."""


def media_of(data: bytes) -> str | None:
    """Return a picture's media type by how it begins; None for what is no PNG or JPEG."""
    return next((media for beginning, media in MEDIA.items() if data.startswith(beginning)), None)


def checked_logo(path: Path) -> bytes:
    """Return a logo.

    Raises:
        HouseError: It cannot be read, or is no PNG or JPEG picture.

    """
    data = _read(path)
    if media_of(data) is None:
        msg = f"{path}: a logo is a PNG or JPEG picture, and this is neither."
        raise HouseError(msg)
    return data


def checked_word(path: Path) -> bytes:
    """Return a Word template.

    Raises:
        HouseError: It is broken, brings macros or loads something from elsewhere, or has no headings.

    """
    data, parts = _parts(path, "word/document.xml")
    for name, content in parts.items():
        if (
            name.endswith(".rels")
            and name != "_rels/.rels"
            and _EXTERNAL.search(content)
            and b"hyperlink" not in content
        ):
            msg = f"{path}, part {name}: it loads something from elsewhere; a template holds all that it needs."
            raise HouseError(msg)
    names = {name.lower() for name in _attributes(parts.get("word/styles.xml", b"<none/>"), "name", "val")}
    _need_headings(path, "word/styles.xml", names)
    return data


def checked_opendocument(path: Path) -> bytes:
    """Return an OpenDocument text template.

    Raises:
        HouseError: It is broken, brings macros, or has no headings.

    """
    data, parts = _parts(path, "content.xml")
    if not parts.get("mimetype", b"").startswith(_MIMETYPE):
        msg = f"{path}, part mimetype: it is no OpenDocument text (.odt, .ott)."
        raise HouseError(msg)
    names = _attributes(parts.get("styles.xml", b"<none/>"), "style", "name")
    _need_headings(path, "styles.xml", {name.lower().replace("_20_", " ") for name in names})
    return data


def _read(path: Path) -> bytes:
    try:
        size = path.stat().st_size
        if size > MOST:
            msg = f"{path}: it has {size:,} bytes; a register keeps up to {MOST:,}. Make its pictures smaller."
            raise HouseError(msg)
        return path.read_bytes()
    except OSError as error:
        msg = f"{path} cannot be read: {error.strerror or error}."
        raise HouseError(msg) from None


def _parts(path: Path, main: str) -> tuple[bytes, dict[str, bytes]]:
    """Return a document and its parts, every XML one of them well formed."""
    data = _read(path)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if sum(member.file_size for member in archive.infolist()) > _UNPACKED:
                msg = f"{path}: unpacked it is larger than {_UNPACKED:,} bytes."
                raise HouseError(msg)
            parts = {name: archive.read(name) for name in archive.namelist()}
    except (zipfile.BadZipFile, ValueError, RuntimeError, NotImplementedError, EOFError) as error:
        if isinstance(error, HouseError):
            raise
        msg = f"{path}: it is no whole document ({error})."
        raise HouseError(msg) from None
    if main not in parts:
        msg = f"{path}, part {main}: it is missing, so this is no such document."
        raise HouseError(msg)
    for name, content in parts.items():
        if _MACROS.search(name):
            msg = f"{path}, part {name}: it brings macros; save the template without them."
            raise HouseError(msg)
        if name.endswith((".xml", ".rels")) and content:
            _well_formed(path, name, content)
    return data, parts


def _well_formed(path: Path, name: str, content: bytes) -> None:
    try:
        root = etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False))
    except etree.XMLSyntaxError as error:
        msg = f"{path}, part {name}, line {error.lineno}: {error.msg}."
        raise HouseError(msg) from None
    if root.getroottree().docinfo.internalDTD is not None and b"<!ENTITY" in content:
        msg = f"{path}, part {name}, line 1: it declares entities, which no office program writes."
        raise HouseError(msg)


def _attributes(content: bytes, tag: str, attribute: str) -> Iterator[str]:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    for element in etree.fromstring(content, parser).iter():
        if isinstance(element.tag, str) and etree.QName(element).localname == tag:
            yield from (str(value) for key, value in element.attrib.items() if etree.QName(key).localname == attribute)


def _need_headings(path: Path, part: str, names: set[str]) -> None:
    missing = [heading for heading in _HEADINGS if heading not in names]
    if missing:
        msg = f"{path}, part {part}: it has no style “{missing[0].title()}”, in which reports are headed."
        raise HouseError(msg)
