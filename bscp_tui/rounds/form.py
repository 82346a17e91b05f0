"""A return before it takes a form: who is asked, about what, with which answers to choose from."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from bscp_tui.model.dates import in_words
from bscp_tui.model.fields import Shape
from bscp_tui.model.text import shown
from bscp_tui.model.view import View
from bscp_tui.model.words import NOT_RECORDED, in_people_words
from bscp_tui.model.workflow import words

# What stands in an empty answer of a Word form until somebody writes there.
WRITE_HERE, CHOOSE = "Click to write", "Choose"
PLACEHOLDERS = frozenset({WRITE_HERE.lower(), CHOOSE.lower(), "click or tap here to enter text.", "choose an item.",
                          "click or tap to enter a date."})  # fmt: skip
LONGEST = 30_000  # characters of a cell; spreadsheets hold 32,767


@dataclass(frozen=True)
class Column:
    """A column of the form.

    Attributes:
        key: What programs know it by.
        heading: What heads it.
        width: In characters, for spreadsheets and in proportion for documents.
        answer: Whether people fill it in.

    """

    key: str
    heading: str
    width: int
    answer: bool = False


COLUMNS = (
    Column("ref", "Reference", 15),
    Column("what", "What was asked", 42),
    Column("due", "Due", 16),
    Column("recorded", "Recorded so far", 15),
    Column("status", "Progress now", 15, answer=True),
    Column("since", "Since which day", 15, answer=True),
    Column("update", "Update on progress", 42, answer=True),
    Column("evidence", "What shows it", 30, answer=True),
    Column("target", "New date wanted", 15, answer=True),
)
RETURN, MEETING, ASKED_OF, DEADLINE = "Return", "For the meeting", "Asked of", "Please send back by"
SENDER, NOTHING = "Filled in by", "Nothing to report (yes or no)"
GUIDE = (
    "Change what has changed; leave the rest as it is. Say under “Since which day” from when it counts, under “What "
    "shows it” what a reader could look at, and ask for a new date only where the old one cannot be kept. If nothing "
    "has changed at all, answer yes to “Nothing to report”. Rows may be moved and columns added; please leave the "
    "references as they are, so that every answer finds its record."
)


@dataclass(frozen=True)
class Line:
    """One record that somebody is asked about.

    Attributes:
        ref: Its reference.
        what: What was asked, in words.
        due: When, in words.
        shown: Field to the text that the form shows as recorded.
        choices: The statuses to choose from, in words; none where it has no status to give.
        written: The field that takes the words of the answer: ``update``, ``note``, ``reply``; None where none does.
        takes: The keys of the answer columns that it has.

    """

    ref: str
    what: str
    due: str
    shown: dict[str, str]
    choices: tuple[str, ...]
    written: str | None
    takes: frozenset[str]

    def text(self, column: str) -> str:
        """Return what stands in a column when the form goes out."""
        told = {"ref": self.ref, "what": self.what, "due": self.due}
        told |= {"recorded": self.shown.get("status", ""), "status": self.shown.get("status", "")}
        told["update"] = self.shown.get(self.written or "", "")
        return told.get(column, "")


@dataclass(frozen=True)
class Form:
    """One return.

    Attributes:
        ref: The return's reference, ``UR-K7QX.3``.
        partnership: Who asks.
        meeting: For what.
        deadline: Until when.
        party: Who is asked.
        lines: What about.

    """

    ref: str
    partnership: str
    meeting: str
    deadline: dt.date
    party: str
    lines: tuple[Line, ...]

    @property
    def facts(self) -> tuple[tuple[str, str], ...]:
        """What stands at the head of the form: label and value."""
        return ((RETURN, self.ref), (MEETING, self.meeting), (ASKED_OF, self.party),
                (DEADLINE, in_words(self.deadline)))  # fmt: skip

    @property
    def title(self) -> str:
        """The heading."""
        return f"{self.partnership}: update for {self.meeting}"


def line_for(view: View) -> Line:
    """Return what a form asks about a record, with what is recorded filled in."""
    fields = [name for name in view.item.asked_in_returns if view.field(name) is not None]
    written = next((name for name in fields if view.shape(name) is Shape.LONG), None)
    takes = {"status", "since"} if "status" in fields else {"since"}
    takes |= {"update"} if written else set()
    takes |= {"target"} if "target" in fields else set()
    takes |= {"evidence"} if view.shape("evidence") is Shape.PARTS else set()
    text = getattr(view.item, "text", None)
    holder = f" ({view.parent.title})" if view.parent is not None and not text else ""
    what = in_a_cell(text or f"{view.title}{holder}")
    shows = {name: as_shown(view, name) for name in fields if name != "target"}
    due = view.value("due")
    return Line(view.ref, what, in_words(due) if isinstance(due, dt.date) else "", shows,
                _choices(view) if "status" in fields else (), written, frozenset(takes))  # fmt: skip


def as_shown(view: View, name: str) -> str:
    """Return a recorded value as a form shows it; empty where nothing is recorded, or it is too long for a cell."""
    if view.value(name) in (None, (), []):
        return ""
    told = in_people_words(view, name, short=False)
    return "" if told == NOT_RECORDED else in_a_cell(told)


def in_a_cell(text: str) -> str:
    """Return text as a cell can hold it: odd characters made visible, nothing where it is too long."""
    safe = shown(text).replace("\t", " ")
    return safe if len(safe) <= LONGEST else ""


def _choices(view: View) -> tuple[str, ...]:
    """Return the statuses that a lead can report: steps that need more than a form asks for are left out."""
    workflow = view.kind.workflow
    if workflow is None:
        return ()
    now = view.value("status")
    old = now if isinstance(now, str) else None
    allowed: Sequence[str] = [new for new in workflow.statuses if new == now or (
        workflow.refusal(old, new) is None and new not in workflow.asks)]  # fmt: skip
    return tuple(words(status) for status in allowed)
