"""A sitting: one meeting's decisions, each an entry of its own, shown as one group."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace

from bscp_tui.model.amendment import Amendment, amend
from bscp_tui.model.document import Document
from bscp_tui.model.view import Circumstances, View


@dataclass(frozen=True)
class Sitting:
    """What is said once for every decision of a meeting.

    Attributes:
        meeting: The meeting's reference.
        group: What names the sitting in the history, drawn anew for each.
        effective: The day from which its decisions count.
        reason: Why, where a decision gives no reason of its own; None where each must.

    """

    meeting: str
    group: str
    effective: dt.date
    reason: str | None

    def decision(
        self,
        view: View,
        base: Document,
        values: Mapping[str, object],
        *,
        reason: str | None = None,
        evidence: str | None = None,
    ) -> Amendment:
        """Return the amendment that records one decision.

        Args:
            view: The record or row decided on.
            base: Its file's document as it was read.
            values: New values by field.
            reason: Its own reason, in place of the sitting's.
            evidence: What shows it, if anything.

        Raises:
            RefusedChangeError: A rule forbids it, or no reason is given.

        """
        why = Circumstances(reason or self.reason, self.effective, evidence, self.meeting)
        return replace(amend(view, base, values, why), group=self.group)
