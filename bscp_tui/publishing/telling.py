"""The changes of the history as readers are told them: each is put into words, and escaped, once for all pages.

A register has ten times as many changes as records, and each stands on its record's page, in its month and, as far as
it lasted, between two boards. So the lines are put together here; a template takes ten times as long for them. Every
text that is not our own goes through ``escaped`` just once; what this returns as ``Markup`` is whole.
"""

import datetime as dt
from collections.abc import Iterable
from functools import lru_cache

from markupsafe import Markup

from bscp_tui.history.rows import HistoryRow
from bscp_tui.model.dates import in_words
from bscp_tui.model.text import shown
from bscp_tui.model.view import View
from bscp_tui.publishing.edition import Edition
from bscp_tui.publishing.frame import escaped
from bscp_tui.publishing.names import WITHHELD_NAME


class Told:
    """One change that may be told; it is put into words when the first page asks for them, and then stays so.

    Attributes:
        position: Where its entry stands in the history.
        row: The change.
        day: When it was recorded, in words.
        iso: The same for programs.

    """

    __slots__ = ("_edition", "_html", "_why", "day", "iso", "position", "row")

    def __init__(self, edition: Edition, position: int, row: HistoryRow) -> None:
        """Tell ``row`` of the entry at ``position`` as the readers of ``edition`` may have it."""
        self._edition, self.position, self.row = edition, position, row
        self.iso, self.day = _day(row.recorded.astimezone(edition.zone).date())
        self._html = self._why = ""

    @property
    def month(self) -> str:
        """The month in which it was recorded, ``2026-06``."""
        return self.iso[:7]

    @property
    def html(self) -> str:
        """Day, what changed, reason and the rest, as its record's page and its month tell it."""
        if not self._html:
            self._tell()
        return self._html

    @property
    def why(self) -> str:
        """Reason, day and the rest on one line, not escaped: what stands beside a change between boards."""
        if not self._why:
            self._tell()
        return self._why

    def _tell(self) -> None:
        edition, row = self._edition, self.row
        more = _more(edition, row)
        quiet = f'<p class="quiet">{escaped(more)}</p>'
        self._why = f"{self.day} · {more}"
        if row.reason:
            reason = edition.text(row.reason, row.path)
            quiet = f'<p class="reason">Reason: {escaped(reason)}</p>{quiet}'
            self._why = f"Reason: {reason} · {self._why}"
        words = escaped(edition.words(row))
        self._html = f'<p><time datetime="{self.iso}">{self.day}</time>: <strong>{words}</strong></p>{quiet}'


def of_record(edition: Edition, view: View, history: Iterable[Told]) -> Markup:
    """Return a record's changes as the lines of its page."""
    lines = []
    for one in history:
        row = one.row
        what = "" if row.ref == view.ref else f'<p class="what">{_named(edition, row)}</p>'
        lines.append(f"<li>{what}{one.html}</li>\n")
    return Markup("".join(lines))  # noqa: S704 - put together from what was escaped


def with_record(edition: Edition, one: Told, href: str) -> str:
    """Return a change as a line of a page that tells of many records; ``href`` leads to this one's."""
    row = one.row
    link = f'<a href="../{escaped(href)}">{escaped(shown(row.ref))}</a>'
    return f'<li><p class="what">{link} {escaped(edition.text(row.title))}</p>{one.html}</li>\n'


def _named(edition: Edition, row: HistoryRow) -> str:
    return f"{escaped(shown(row.ref))} {escaped(edition.text(row.title))}"


def _more(edition: Edition, row: HistoryRow) -> str:
    """Return what else an entry says: the date from which it counts, where decided, who, notes."""
    told = [f"Counts from {_day(row.effective)[1]}"] if row.effective is not None else []
    if row.decided_at:
        told.append(f"Decided at {edition.text(row.decided_at)}")
    told.append(f"Recorded by {WITHHELD_NAME if edition.public else shown(row.by)}")
    told += [edition.text(note) for note in row.notes]
    return " · ".join(told)


@lru_cache(maxsize=10_000)
def _day(day: dt.date) -> tuple[str, str]:
    """Return a day for programs and for people."""
    return day.isoformat(), in_words(day)
