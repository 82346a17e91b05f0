"""A house style as a partnership writes it: a TOML file, with its logo and templates beside it."""

import base64
import hashlib
import re
import tomllib
from collections.abc import Callable, Mapping
from pathlib import Path

from bscp_tui.model.document import with_ids
from bscp_tui.model.text import TypedTextError, typed
from bscp_tui.reports.all_reports import REPORTS
from bscp_tui.reports.house.templates import HouseError, checked_logo, checked_opendocument, checked_word

FILES: dict[str, Callable[[Path], bytes]] = {
    "logo": checked_logo, "word_template": checked_word, "opendocument_template": checked_opendocument,
}  # fmt: skip
_TEXTS = ("title", "logo_told")
_REPORT_TEXTS = ("report", "title", "opening", "closing")
_REPORT_LISTS = ("sections", "left_out")
_LINE = 76  # signs of base64


def read_style(path: Path) -> dict[str, object]:
    """Return the fields of a house style.

    Args:
        path: The TOML file; what it names lies beside it.

    Raises:
        HouseError: It cannot be used; the message names the file and the line, or the template's part.

    """
    try:
        text = path.read_text(encoding="utf-8")
        found = tomllib.loads(text)
    except OSError as error:
        msg = f"{path} cannot be read: {error.strerror or error}."
        raise HouseError(msg) from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        msg = f"{path}: {error}."
        raise HouseError(msg) from None
    return _StyleFile(path, text).fields(found)


def slug_of(fields: Mapping[str, object]) -> str:
    """Return the name under which a house style is recorded: the same for the same style."""
    parts = sorted((name, value) for name, value in fields.items() if name != "reports")
    rows = [{key: value for key, value in row.items() if key != "id"} for row in fields.get("reports", ())]  # type: ignore[attr-defined]
    return f"style-{hashlib.sha256(repr((parts, rows)).encode()).hexdigest()[:10]}"


class _StyleFile:
    """A style file that is being read; it knows where its words stand."""

    def __init__(self, path: Path, text: str) -> None:
        """Read ``text``, which lies at ``path``."""
        self._path, self._lines = path, text.split("\n")

    def fields(self, found: Mapping[str, object]) -> dict[str, object]:
        """Return the record's fields."""
        allowed = (*_TEXTS, *FILES, "wording", "reports")
        self._known(found, allowed)
        fields: dict[str, object] = {name: self._text(name, found[name]) for name in _TEXTS if name in found}
        fields.setdefault("title", "House style")
        for name, checked in FILES.items():
            if name in found:
                place = self._path.parent / self._text(name, found[name])
                fields[name] = _as_text(checked(place))
        if "logo" in fields and "logo_told" not in fields:
            self._refuse("logo", "say in logo_told what the logo shows, for those who do not see it")
        fields["wording"] = self._wording(found.get("wording", {}))
        fields["reports"] = self._reports(found.get("reports", []))
        return {name: value for name, value in fields.items() if value}

    def _wording(self, found: object) -> list[str]:
        if not isinstance(found, dict):
            self._refuse("wording", 'it is a table: [wording] and below it "their words" = "our words"')
            return []
        told = []
        for theirs, ours in found.items():
            if "=" in theirs:
                self._refuse(theirs, "the words that are replaced hold no =")
            told.append(f"{theirs} = {self._text(theirs, ours)}")
        return told

    def _reports(self, found: object) -> list[dict[str, object]]:
        if not isinstance(found, list) or not all(isinstance(row, dict) for row in found):
            self._refuse("reports", "each report is a table of its own: [[reports]]")
            return []
        return with_ids(self._report(row, place) for place, row in enumerate(found))

    def _report(self, row: Mapping[str, object], place: int) -> dict[str, object]:
        self._known(row, (*_REPORT_TEXTS, *_REPORT_LISTS), place)
        if row.get("report") not in REPORTS:
            self._refuse("report", f"there is no report “{row.get('report')}”; there are: {', '.join(REPORTS)}", place)
        kind = REPORTS[str(row["report"])]
        told: dict[str, object] = {name: self._text(name, row[name], place) for name in _REPORT_TEXTS if name in row}
        for name in (name for name in _REPORT_LISTS if name in row):
            listed = row[name]
            if not isinstance(listed, list) or not set(listed) <= set(kind.sections):
                self._refuse(name, f"the sections of {kind.name} are: {', '.join(kind.sections)}", place)
            told[name] = list(listed)  # type: ignore[call-overload]
        return told

    def _known(self, found: Mapping[str, object], allowed: tuple[str, ...], place: int | None = None) -> None:
        for name in found:
            if name not in allowed:
                self._refuse(name, f"it is not known here; known are: {', '.join(allowed)}", place)

    def _text(self, name: str, value: object, place: int | None = None) -> str:
        try:
            if isinstance(value, str) and value.strip():
                return typed(value, field=name, lines=name in {"opening", "closing"})
        except TypedTextError as error:
            self._refuse(name, str(error).rstrip("."), place)
        self._refuse(name, "it is a text in quotation marks", place)
        return ""

    def _refuse(self, name: str, why: str, place: int | None = None) -> None:
        """Refuse what stands under ``name``: in the ``place``-th report, or at the file's first such name."""
        start = 0
        if place is not None:
            heads = [at for at, line in enumerate(self._lines) if line.strip().startswith("[[reports]]")]
            start = heads[place] if place < len(heads) else 0
        sign = re.compile(rf"^\s*(\[+\s*)?[\"']?{re.escape(name)}[\"']?\s*(=|\])")
        line = next((at for at in range(start, len(self._lines)) if sign.match(self._lines[at])), start)
        msg = f"{self._path}, line {line + 1}: {name}: {why}."
        raise HouseError(msg)


def _as_text(data: bytes) -> str:
    whole = base64.b64encode(data).decode()
    return "\n".join(whole[at : at + _LINE] for at in range(0, len(whole), _LINE))
