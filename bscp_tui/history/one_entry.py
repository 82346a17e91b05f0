"""One entry of the history, whole: what it says of itself, and every change that its files show."""

from collections.abc import Sequence
from dataclasses import dataclass

from bscp_tui.history.ledger import HistoryRow, Query, rows
from bscp_tui.model import entry as entries
from bscp_tui.store.log import RawCommit, raw_commits
from bscp_tui.store.register import Register


@dataclass(frozen=True)
class WholeEntry:
    """An entry with all that it changed.

    Attributes:
        facts: The commit, as it says of itself.
        rows: Its changes, from the differences of the files.

    """

    facts: RawCommit
    rows: Sequence[HistoryRow]

    @property
    def sentence(self) -> str:
        """The first line of what it says; the changes are what it did."""
        return self.facts.message.partition("\n")[0].strip()

    def said(self, name: str) -> list[str]:
        """Return what its lines for programs say under ``name``."""
        return entries.trailers_of(self.facts.message).get(name, [])


def whole_entry(register: Register, commit: str) -> WholeEntry:
    """Return the entry that ``commit`` is.

    Raises:
        RegisterError: There is no such commit, or it cannot be read.

    """
    facts = next(raw_commits(register.repository, [commit]))
    found = rows(register, Query(at=commit, after=facts.parents[0] if facts.parents else None))
    return WholeEntry(facts, [row for row in found if row.commit == commit])
