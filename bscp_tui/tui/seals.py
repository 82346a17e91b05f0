"""Whether the history, or one entry of it, is vouched for: said kindly where nobody has looked yet."""

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bscp_tui.trust.verdict import Verdict
    from bscp_tui.tui.session import Session

NOT_YET = "not checked on this computer yet"


@dataclass(frozen=True)
class Seals:
    """What is known of the history.

    Attributes:
        verdict: The verdict on it.
        checked: Whether every entry was read for it; else only what came since the last good verdict was.
        head: The register version that it is about.

    """

    verdict: "Verdict"
    checked: bool
    head: str | None

    def of_history(self) -> str:
        """Return what is said of the history as a whole."""
        from bscp_tui.trust.verdict import seal_of

        return self._unknown() or seal_of(self.verdict)

    def of_entry(self, commit: str, recorded: dt.datetime) -> str:
        """Return what is said of one entry."""
        from bscp_tui.trust.verdict import seal_of

        return self._unknown() or seal_of(self.verdict, commit, recorded)

    def _unknown(self) -> str:
        if self.verdict.outcome != "cannot tell":
            return ""
        return "nobody vouches for it yet" if self.checked else NOT_YET


def glance(session: "Session") -> Seals:
    """Return what can be said at once: what a check on this screen found, or what came since; for a worker thread."""
    from bscp_tui.trust.verifying import glanced_at

    head = session.register.head
    known = session.seals
    if known is not None and known.checked and known.head == head:
        return known
    session.seals = Seals(glanced_at(session.register.repository), checked=False, head=head)
    return session.seals


def check(session: "Session") -> Seals:
    """Read and judge every entry; for a worker thread."""
    from bscp_tui.trust.verifying import verify

    register = session.register
    head = register.head
    verdict = verify(register.repository, remember=register.read_only is None)
    session.seals = Seals(verdict, checked=True, head=head)
    return session.seals
