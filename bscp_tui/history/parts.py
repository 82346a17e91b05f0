"""Records read part by part: what two versions of a file share is read once, and is the same object in both.

From one version of a record to the next, one row changes as a rule. A file in the plain form is its
first lines and then its tables; each part is read by itself and remembered by its text, so that the next
version costs the reading of what is new in it, and unchanged rows are known by being the same object.
Whatever is not in the plain form, or would mean something else when taken apart, is read as a whole.
"""

from typing import Any

from bscp_tui.model.document import Document
from bscp_tui.store.toml_text import LARGEST, parse, plain_part

_KEPT = 40_000  # parts; of two generations, so that what is used stays


class Parts:
    """Reads documents, which are to be looked at and never changed: they share what is the same in them."""

    def __init__(self) -> None:
        """Remember nothing yet."""
        self._fresh: dict[str, Document | None] = {}
        self._stale: dict[str, Document | None] = {}

    def read(self, data: bytes) -> Document:
        """Return what ``toml_text.parse`` returns.

        Raises:
            UnreadableError: As ``parse`` does.

        """
        found = self._taken_apart(data) if len(data) <= LARGEST else None
        return parse(data) if found is None else found

    def _taken_apart(self, data: bytes) -> Document | None:
        """Return what the parts hold together; None where the file is to be read as a whole."""
        try:
            text = data.decode("utf-8")
        except UnicodeDecodeError:
            return None
        top, *rest = text.split("\n[")
        document = self._part(f"{top}\n" if rest else top)
        if document is None:
            return None
        document = dict(document)
        name, row = "", ""
        for part in rest:
            heading = part[: part.find("]")].lstrip("[")
            outer, _, inner = heading.partition(".")
            if not inner:
                if row and not self._add(document, name, row):
                    return None
                if outer != name and outer in document:
                    return None
                name, row = outer, f"[{part}\n"
            elif outer == name:
                row += f"[{part}\n"
            else:
                return None
        if row and not self._add(document, name, row.removesuffix("\n")):
            return None
        return document

    def _add(self, document: Document, name: str, text: str) -> bool:
        """Put a table, or one more row of one, in its place; tell whether it has one."""
        part = self._part(text)
        if part is None or list(part) != [name]:
            return False
        value: Any = part[name]
        known = document.get(name)
        if known is None:
            document[name] = list(value) if isinstance(value, list) else value
            return True
        if not isinstance(known, list) or not isinstance(value, list):
            return False
        known += value
        return True

    def _part(self, text: str) -> Document | None:
        if text in self._fresh:
            return self._fresh[text]
        found = self._stale[text] if text in self._stale else plain_part(text)
        if len(self._fresh) >= _KEPT:
            self._stale, self._fresh = self._fresh, {}
        self._fresh[text] = found
        return found
