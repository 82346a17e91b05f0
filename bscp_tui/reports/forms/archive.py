"""Zip archives of office documents, the same bytes for the same members."""

import io
import re
import zipfile
from collections.abc import Callable, Mapping
from datetime import datetime

_FIRST = {"mimetype": 0, "[Content_Types].xml": 1, "_rels/.rels": 2, "META-INF/manifest.xml": 3}
_EARLIEST = (1980, 1, 1, 0, 0, 0)  # zip knows no day before
_TIMES = re.compile(rb"(<(dcterms:created|dcterms:modified|meta:creation-date|dc:date)\b[^>]*>)[^<]*(?=</)")

Mend = Callable[[bytes], bytes]


def settled(data: bytes, made: datetime, mends: Mapping[str, Mend] | None = None) -> bytes:
    """Return an archive with its members stored, in a fixed order, all of one time.

    Args:
        data: The archive as a library wrote it.
        made: The time that every member, and the document's own properties, bear.
        mends: What is done to the member of a name, beside its times.

    """
    whole = io.BytesIO()
    when = max(made.timetuple()[:6], _EARLIEST)
    with zipfile.ZipFile(io.BytesIO(data)) as given, zipfile.ZipFile(whole, "w", zipfile.ZIP_STORED) as archive:
        for name in sorted(given.namelist(), key=lambda name: (_FIRST.get(name, 9), name)):
            content = given.read(name)
            if name in {"docProps/core.xml", "meta.xml"}:
                content = _TIMES.sub(rb"\g<1>" + made.strftime("%Y-%m-%dT%H:%M:%SZ").encode(), content)
            if mends and name in mends:
                content = mends[name](content)
            member = zipfile.ZipInfo(name, when)
            member.create_system, member.external_attr = 3, 0o600 << 16
            archive.writestr(member, content)
    return whole.getvalue()
