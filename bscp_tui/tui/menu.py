"""The menu: the register's lists, each reached by a digit; 0 shows all of them."""

from typing import ClassVar

from bscp_tui.model.kinds import KINDS
from bscp_tui.model.record import Kind
from bscp_tui.tui.commands import Command


class GoTo(Command):
    """Open one of the register's lists.

    Attributes:
        kind: The name of the list's kind; "" for what is no list of one kind.

    """

    kind: ClassVar[str] = ""

    @classmethod
    def action(cls) -> str:
        """Return the action that opens the list."""
        return f"go_to('{cls.kind}')"


class Plan(GoTo):
    """Open the plans: their priorities, actions and key actions lie below."""

    key, kind = "1", "plan"


class Learning(GoTo):
    """Open the learning points; their owners' lines lie below."""

    key, kind = "2", "learning-point"


class Audits(GoTo):
    """Open the audits; their findings lie below."""

    key, kind = "3", "audit"


class Reviews(GoTo):
    """Open the reviews, with their clocks."""

    key, kind = "4", "review"


class Scrutiny(GoTo):
    """Open the scrutiny programme; its recommendations lie below."""

    key, kind = "5", "scrutiny"


class Measures(GoTo):
    """Open the measures, with their values drawn."""

    key, kind = "6", "measure"


class Meetings(GoTo):
    """Open the meetings; S works down the agenda of one."""

    key, kind = "7", "meeting"


class Reports(GoTo):
    """Open the reports: each is read here first, and kept as a file in the form that is wanted."""

    key = "8"

    @classmethod
    def action(cls) -> str:
        """Return the action that shows the reports."""
        return "every_report"


class History(GoTo):
    """Open the history of the whole register."""

    key = "9"

    @classmethod
    def action(cls) -> str:
        """Return the action that opens the history."""
        return "whole_history"


class More(GoTo):
    """Show every list of the register: agencies, groups, people, rules and clocks too."""

    key = "0"

    @classmethod
    def action(cls) -> str:
        """Return the action that shows every list."""
        return "every_list"


MENU: tuple[type[GoTo], ...] = (Plan, Learning, Audits, Reviews, Scrutiny, Measures, Meetings, Reports, History, More)


def _list_of(kind: Kind) -> type[GoTo]:
    """Return the command that opens a kind's list, so that every kind of the registry can be reached."""
    name = kind.plural.title().replace(" ", "")
    return type(name, (GoTo,), {"kind": kind.name, "__doc__": f"Open the list: {kind.plural.lower()}."})


LISTS: tuple[type[GoTo], ...] = (
    *MENU,
    *(_list_of(kind) for kind in KINDS.values() if kind.name not in {goes.kind for goes in MENU}),
)
