"""Which status may follow which, and why another may not."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Workflow:
    """The statuses of a kind and the steps between them.

    Attributes:
        statuses: Every token, in the order in which things progress.
        refused: (old, new) to the rule that forbids that step; every other step is allowed.
        asks: Status to the fields that are asked for when it is recorded.

    """

    statuses: tuple[str, ...]
    refused: Mapping[tuple[str, str], str] = field(default_factory=dict)
    asks: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def start(self) -> str:
        """The status of a new record."""
        return self.statuses[0]

    def refusal(self, old: str | None, new: str) -> str | None:
        """Return the rule that forbids going from ``old`` to ``new``, or None if it is allowed."""
        if old is None or old == new:
            return None
        return self.refused.get((old, new))


def _progress_rules() -> dict[tuple[str, str], str]:
    embedded = "Embedded follows complete: record it as complete first."
    parked = "What is already done cannot be {new}: record it as in progress first."
    rules = {(old, "embedded"): embedded for old in ("not-started", "in-progress", "deferred", "superseded")}
    for old in ("complete", "embedded"):
        rules[old, "deferred"] = parked.format(new="deferred")
        rules[old, "not-started"] = parked.format(new="not started")
    return rules


PROGRESS = Workflow(
    statuses=("not-started", "in-progress", "complete", "embedded", "deferred", "superseded"),
    refused=_progress_rules(),
    asks={
        "embedded": ("confirmed_by_group", "confirmed_by", "confirmed_at"),
        "superseded": ("superseded_by",),
    },
)
PUBLICATION = Workflow(statuses=("draft", "agreed", "published", "closed"))

OPEN = frozenset({"not-started", "in-progress", "pending"})
DONE = frozenset({"complete", "embedded", "completed"})

# One sign and one word for each status; colour only repeats what they say.
SIGNS: Mapping[str, str] = {
    "not-started": "○",
    "in-progress": "◐",
    "complete": "●",
    "embedded": "◉",
    "deferred": "◌",
    "superseded": "⊘",
    "draft": "○",
    "agreed": "◐",
    "published": "●",
    "closed": "◉",
    "pending": "○",
    "completed": "●",
    "asked": "○",
    "chased": "◔",
    "nothing-to-report": "◌",
    "accepted": "◐",
    "not-accepted": "⊘",
    "done": "●",
    "no-longer-applicable": "◌",
    "open": "○",
    "planned": "○",
    "fieldwork": "◐",
    "reported": "◐",
    "responded": "◐",
    "replied": "●",
    "issued": "○",
    "returned": "◐",
    "challenged": "◐",
    "offered": "○",
    "verified": "●",
    "endorsed": "◐",
    "presented": "◉",
    "erratum": "⊘",
    "awaited": "○",
    "raised": "○",
    "re-raised": "○",
    "escalated": "◐",
    "resolved": "●",
    "learning": "◉",
    "assured": "◉",
    "promised": "○",
    "kept": "●",
    "given-up": "⊘",
    "heard": "○",
    "themed": "◐",
    "acted-on": "●",
    "told-back": "◉",
    "benchmarked": "◐",
    "workshop": "◐",
    "task-and-finish": "◐",
    "not-assessed": "○",
    "not-met": "○",
    "partly-met": "◐",
    "met": "●",
    "not-applicable": "◌",
    "drafted": "◐",
    "proposed": "○",
    "baselined": "◐",
    "reviewed": "●",
    "scheduled": "○",
    "held": "◐",
    "minuted": "●",
    "commissioned": "◐",
    "delivered": "◐",
    "evaluated": "●",
    "set": "○",
    "committed": "◐",
    "spent": "●",
    "carried": "◉",
}


def words(token: str) -> str:
    """Return a token as people say it: ``in-progress`` is "in progress"."""
    return token.replace("-", " ")


def token(text: str) -> str:
    """Return what a person wrote as a token: "In progress" is ``in-progress``."""
    return "-".join(text.strip().lower().replace("_", " ").replace("-", " ").split())
