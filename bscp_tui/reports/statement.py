"""With what a report was made: a line in every form, from which the same report can be made again."""

import datetime as dt
import re
import shlex
from dataclasses import dataclass, replace

from bscp_tui.reports.making import Made, Wanted, report_kind

LABEL = "Made with"
NAME = "made_with"
WIDTH = 80
_VERSION = re.compile(r"[0-9a-f]{12}")
# What the line may hold beside the report's name, in its order.
_WORDS = (
    "as-of",
    "today",
    "plan",
    "position",
    "since",
    "within",
    "agency",
    "record",
    "audience",
    "embargo-by",
    "width",
)


class StatementError(ValueError):
    """A line that does not say how a report was made; the message says what is wrong with it."""


@dataclass(frozen=True)
class Statement:
    """How a report was made.

    Attributes:
        wanted: What was asked; its ``as_of`` is the register version, its ``today`` the day that it tells of.
        day: The day on which embargoes were looked at.
        width: How wide its text is.

    """

    wanted: Wanted
    day: dt.date
    width: int = WIDTH

    def __str__(self) -> str:
        """Return the line, as it would be typed."""
        wanted = self.wanted
        told: dict[str, object] = {
            "as-of": wanted.as_of,
            "today": wanted.today,
            "plan": wanted.plan,
            "position": wanted.position,
            "since": wanted.since,
            "within": wanted.within,
            "agency": wanted.agency,
            "record": wanted.record,
            "audience": wanted.audience,
            "embargo-by": self.day if self.day != wanted.today else None,
            "width": self.width if self.width != WIDTH else None,
        }
        words = [f"--{name} {shlex.quote(str(value))}" for name, value in told.items() if value is not None]
        return " ".join(["bscp report", wanted.report, *words])


def statement_of(wanted: Wanted, made: Made, day: dt.date, width: int = WIDTH) -> Statement:
    """Return how a report was made, in words that mean the same at any later time.

    Args:
        wanted: What was asked.
        made: What came of it.
        day: What counted as today.
        width: How wide its text is.

    """
    asked = made.asked
    settled = replace(
        wanted,
        plan=asked.plan if "plan" in report_kind(wanted.report).takes else None,
        as_of=made.commit[:12],
        position=str(asked.position.day) if asked.position else None,
        agency=asked.agency.ref if asked.agency else None,
        record=asked.record.ref if asked.record else None,
        today=asked.as_at,
    )
    return Statement(settled, day, width)


def read_statement(line: str) -> Statement:
    """Return what a line says.

    Raises:
        StatementError: It is no such line, or not a whole one.

    """
    try:
        words = shlex.split(line)
    except ValueError:
        words = []
    names, values = words[3::2], words[4::2]
    allowed = {f"--{name}" for name in _WORDS}
    if words[:2] != ["bscp", "report"] or len(names) != len(values) or not set(names) <= allowed:
        msg = f"“{line}” does not say how a report was made."
        raise StatementError(msg)
    said = {name[2:]: value for name, value in zip(names, values, strict=True)}
    if not _VERSION.fullmatch(said.get("as-of", "")) or len(said) != len(names):
        msg = f"“{line}” does not name the register version (12 signs)."
        raise StatementError(msg)
    return _statement(words[2], said, line)


def _statement(report: str, said: dict[str, str], line: str) -> Statement:
    try:
        today = dt.date.fromisoformat(said["today"])
        day = dt.date.fromisoformat(said.get("embargo-by", said["today"]))
        within = int(said["within"]) if "within" in said else None
        width = int(said.get("width", WIDTH))
    except (KeyError, ValueError):
        msg = f"“{line}” has no day, or a number that is none."
        raise StatementError(msg) from None
    audience = said.get("audience")
    if audience not in {None, "public", "partnership", "group"}:
        msg = f"“{audience}” is no audience: public, partnership or group."
        raise StatementError(msg)
    wanted = Wanted(report, said.get("plan"), said["as-of"], said.get("position"), said.get("since"), within,
                    said.get("agency"), said.get("record"), audience, today)  # type: ignore[arg-type]  # fmt: skip
    return Statement(wanted, day, width)
