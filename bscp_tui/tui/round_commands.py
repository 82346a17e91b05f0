"""The commands of update rounds: asking for returns, and deciding on what comes back."""

from bscp_tui.tui.command import Command


class BeginRound(Command):
    """Begin an update round: a form in Word and Excel, and an e-mail draft, for everybody who owes something."""

    key, short, writes = "a", "new round", True


class ReadReturns(Command):
    """Read the returns that came back, and decide line by line what is recorded of them."""

    key, short, writes = "u", "read returns", True


class RemindOthers(Command):
    """Write forms and reminders for those who have not replied, and record that they were chased."""

    key, short, writes = "R", "remind", True


class TakeOrLeave(Command):
    """Take the answer under the cursor, or leave it; of two that contradict each other, the other is left."""

    key, short, writes = "enter", "take/leave", True


class ChangeAnswer(Command):
    """Change the answer under the cursor before it is taken."""

    key, short, writes = "e", "change", True


class SetAside(Command):
    """Set the answer under the cursor aside: it is not recorded, and not proposed again."""

    key, short, writes = "w", "set aside", True
