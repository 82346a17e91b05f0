"""The commands of the time bar: stepping through entries, decisions and months, and taking a day."""

from bscp_tui.tui.command import Command


class TakeMoment(Command):
    """Take the day: every screen then shows it."""

    key, short, priority = "enter", "take", True


class EarlierEntry(Command):
    """Step to the entry before."""

    key, short, priority = "left", "", True


class LaterEntry(Command):
    """Step to the next entry; after the last comes today."""

    key, short, priority = "right", "entry", True


class EarlierDecision(Command):
    """Step back to the last entry that names the meeting which decided it."""

    key, short, priority = "up,shift+left", "", True


class LaterDecision(Command):
    """Step on to the next entry that names the meeting which decided it."""

    key, short, priority = "down,shift+right", "decision", True


class MonthBack(Command):
    """Step thirty days back."""

    key, priority = "pageup,ctrl+left", True


class MonthOn(Command):
    """Step thirty days on."""

    key, priority = "pagedown,ctrl+right", True


class OtherRow(Command):
    """Go to the second row, the position: what was true on a day, by what was recorded up to the first row's day."""

    key, short = "p", "position"


class Beginning(Command):
    """Go to the register's first entry."""

    key, priority = "home", True


class PresentDay(Command):
    """Go to today."""

    key, short, priority = "end", "today", True
