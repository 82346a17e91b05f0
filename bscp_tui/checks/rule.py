"""What a rule of plausibility is, and what it finds; a rule looks and never changes anything."""

from collections.abc import Callable, Iterable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Any, Literal, TypeVar

from bscp_tui.model.record import Part
from bscp_tui.model.view import View
from bscp_tui.store.snapshot import Snapshot

Severity = Literal["error", "warning", "info"]
SEVERITIES: tuple[Severity, ...] = ("error", "warning", "info")
# Where in a record: names of fields and tables, and the positions of rows and of lines of a list.
Steps = tuple[str | int, ...]
Note = TypeVar("Note")


@dataclass(frozen=True)
class Doubt:
    """What a rule finds questionable.

    Attributes:
        view: The record, or the row of one.
        message: What is wrong, in one sentence.
        at: Where inside ``view``: ``("evidence", 2, "date")``; nothing means the record as a whole.
        severity: How bad it is, where the rule's own severity does not say it.

    """

    view: View
    message: str
    at: Steps = ()
    severity: Severity | None = None


@dataclass(frozen=True)
class About:
    """What people read of a rule.

    Attributes:
        id: Its name, as in queries and acceptances.
        severity: "error": arithmetic that is wrong, or what cannot be; "warning": a contradiction or a
            weak claim; "info": what is lost, assumed or still to be asked.
        means: What it raises, as a sentence.
        why: Why it matters to children, or to those who answer for them.
        example: A case of it.
        mend: What would mend it; ``{ref}`` stands for the record.

    """

    id: str
    severity: Severity
    means: str
    why: str
    example: str
    mend: str


@dataclass(frozen=True)
class Rule:
    """A rule of plausibility.

    Attributes:
        about: What people read of it.
        each: Looks at one record or row; None for a rule that looks at the register as a whole.
        on: What ``each`` looks at: kinds whose model is one of these classes.
        whole: Looks at the whole register, and at what was noted of each record; None for a rule of one record.
        note: Notes what ``whole`` goes by of a record or row of the classes ``on``, also of a withdrawn one; None for
            nothing. It is asked of each while it is read anyway, so that ``whole`` need not go through all of them.
        held_as: The register's own rule that a change is held to in this rule's place, if there is one.
        only: Says which of the models in ``on`` it looks at; None for all of them.
        needs: Fields one of which a record must hold for the rule to find anything; none means that it may always.
        statuses: The statuses that it is about; none means any.
        through: Names of lists of a walk (``Walk``), one or two, one of which must hold something for the rule to find
            anything; none means that it always may.

    """

    about: About
    each: Callable[[View, Any], Iterable[Doubt]] | None = None
    on: tuple[type[Part], ...] = (Part,)
    whole: Callable[[Snapshot, Sequence[Any]], Iterable[Doubt]] | None = None
    note: Callable[[View, Any], object | None] | None = None
    held_as: str | None = None
    only: Callable[[type[Part]], bool] | None = None
    needs: frozenset[str] = frozenset()
    statuses: frozenset[str] = frozenset()
    through: tuple[str, ...] = ()

    def looks_at(self, model: type[Part]) -> bool:
        """Whether it looks at records of that model one by one, or notes something of them."""
        if (self.each is None and self.note is None) or not issubclass(model, self.on):
            return False
        return self.only is None or self.only(model)

    def can_find(self, held: AbstractSet[str], status: object) -> bool:
        """Whether it can find anything in a record whose file holds just these fields, and that has that status."""
        return (not self.needs or not self.needs.isdisjoint(held)) and (not self.statuses or status in self.statuses)


Each = Callable[[View, Any], Iterable[Doubt]]


def of_each(
    about: About,
    *on: type[Part],
    held_as: str | None = None,
    needs: Iterable[str] = (),
    through: tuple[str, ...] = (),
    only: Callable[[type[Part]], bool] | None = None,
) -> Callable[[Each], Rule]:
    """Make a rule of a function that looks at one record or row: its view, and its fields; see ``Rule``."""
    return lambda look: Rule(
        about, each=look, on=on or (Part,), held_as=held_as, needs=frozenset(needs), through=through, only=only
    )


def of_all(about: About) -> Callable[[Callable[[Snapshot], Iterable[Doubt]]], Rule]:
    """Make a rule of a function that looks at the register as a whole."""
    return lambda look: Rule(about, whole=lambda snapshot, _: look(snapshot))


def of_notes(
    about: About, *on: type[Part], note: Callable[[View, Any], Note | None], needs: Iterable[str] = ()
) -> Callable[[Callable[[Snapshot, Sequence[Note]], Iterable[Doubt]]], Rule]:
    """Make a rule of a function that looks at what ``note`` says of each record, which is plain data; see ``Rule``."""
    return lambda look: Rule(about, on=on or (Part,), whole=look, note=note, needs=frozenset(needs))
