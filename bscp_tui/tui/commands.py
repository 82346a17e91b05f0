"""Every command of the screens: one class each, from which keys, footer, palette and help derive.

The class's name is the label, its docstring the help; a screen lists the classes that it obeys
and has a method ``action_…`` of the same name.
"""

from bscp_tui.tui.command import Command as Command  # noqa: PLC0414 - handed on
from bscp_tui.tui.command import bindings_of as bindings_of  # noqa: PLC0414 - handed on
from bscp_tui.tui.command import key_named as key_named  # noqa: PLC0414 - handed on


class Open(Command):
    """Open what is highlighted: what lies below it, or the record itself."""

    key, short = "enter", "open"


class OpenEntry(Command):
    """Show one entry whole: its sentence, reason and evidence, old and new beside each other."""

    key, short = "enter", "open"


class OpenItsRecord(Command):
    """Open the record that was changed, where it stands in its list."""

    key, short = "enter", "record"


class Unfold(Command):
    """Show one by one what was done together (a sitting, a bulk change), or fold it again."""

    key, short = "space", "unfold"


class ChangeStatus(Command):
    """Record a new status, with its reason and date."""

    key, short, writes = "s", "status", True


class EditRecord(Command):
    """Change other fields of the record, with a reason."""

    key, short, writes = "e", "edit", True


class AddRecord(Command):
    """Add a record of the list's kind."""

    key, writes = "a", True


class PublishFigure(Command):
    """Make a published figure of the number: its sentence, its day, and the question that gives it again."""

    key, writes = "P", True


class WithdrawRecord(Command):
    """Withdraw the record, with a reason; it is never deleted."""

    key, writes = "w", True


class Sitting(Command):
    """Work down a meeting's agenda; meeting, date and reason are entered once, each decision is an entry."""

    key, writes = "S", True


class DecideHere(Command):
    """Record what the meeting decided of the record under the cursor."""

    key, short, writes = "enter", "decide", True


class SittingReason(Command):
    """Go to the reason and the day, which are entered once for the whole sitting."""

    key, short = "r", "reason"


class RecordHistory(Command):
    """Show who changed what of this record, when and why."""

    key, short = "h", "history"


class RecordLinks(Command):
    """Show what the record names and what names it, and follow, add or take away a link."""

    key = "l"


class RowsOfRecord(Command):
    """Show the rows inside the record (legend, grades, posts, evidence, stages …): add, change or take one away."""

    key = "plus"


class AddEvidence(Command):
    """Add evidence to the record: what shows that something was done, or that it helped."""

    key, writes = "v", True


class OpenLinked(Command):
    """Open the record at the other end of the link."""

    key, short = "enter", "follow"


class AddLink(Command):
    """Link the record to another."""

    key, short, writes = "a", "add", True


class TakeLinkAway(Command):
    """Take the link under the cursor away, with a reason; the history keeps it."""

    key, short, writes = "w", "take away", True


class ChangeRow(Command):
    """Change the row under the cursor, or add the one that the line offers."""

    key, short, writes = "enter", "change", True


class AddRow(Command):
    """Add a row to the table under the cursor."""

    key, short, writes = "a", "add", True


class TakeRowAway(Command):
    """Take the row under the cursor away, with a reason; the history keeps it."""

    key, short, writes = "w", "take away", True


class RecordHandEdit(Command):
    """Record what somebody changed in the record's file by hand, as an entry of its own."""

    key, writes = "i", True


class PutBack(Command):
    """Put a file that was edited by hand back to what is recorded."""

    key, writes = "b", True


class Find(Command):
    """Find by part of a reference, title or lead, or by a filter such as status=complete."""

    key, short = "slash", "find"


class ShowWithdrawn(Command):
    """Show withdrawn records too, or leave them out again."""


class TravelInTime(Command):
    """Choose another day on the time bar; every screen then shows it, until t leads back to today."""

    key, short = "t", "time"


class ChooseAnotherDay(Command):
    """Open the time bar, also while a past day is shown."""

    key = "T"


class CompareDays(Command):
    """Show what changed between the day that is shown and another: added, changed, withdrawn, by whom and why."""

    key, short = "d", "other day"


class UndoEntry(Command):
    """Take back the entry under the cursor of the history, elsewhere your last one, by a new entry with its reason."""

    key, writes = "ctrl+z", True


class SendAndReceive(Command):
    """Send your changes to the shared copy and receive those of others; first it shows what will go."""

    key, short = "y", "send and receive"


class JoinASharedCopy(Command):
    """Work on a register that others share: asks for the address of the shared copy."""


class Join(Command):
    """Receive a copy of the shared register, and go on with it."""

    key, short, priority = "ctrl+s,f10", "join", True


class Decide(Command):
    """Keep the choice; once every field is decided on, send and receive."""

    key, short, priority = "ctrl+s,f10", "decide", True


class PutOff(Command):
    """Decide later; nothing is changed meanwhile, and nothing is sent until then."""

    key, short = "escape", "put off"


class Back(Command):
    """Go back to the screen before."""

    key, short = "escape", "back"


class Home(Command):
    """Go to the first screen."""

    key = "H"


class Reload(Command):
    """Read the register's files again."""

    key = "f5"


class Help(Command):
    """Say what the screen is for, and show every command with its key."""

    key, short = "question_mark,f1", "help"


class Commands(Command):
    """Find a command or a record by typing part of its name."""

    key, priority = "ctrl+p", True


class Tour(Command):
    """Show the first five minutes on a few pages: finding, recording, looking back, working with others."""


class NextPage(Command):
    """Go on to the next page."""

    key, short = "enter,right,space", "next"


class PageBefore(Command):
    """Go back a page."""

    key, short = "left", "before"


class Settings(Command):
    """Choose colours, signs and keys; see who you are in the history, and where everything lies."""


class ChangeKey(Command):
    """Give the command under the cursor another key."""

    key, short = "enter", "other key"


class OwnKey(Command):
    """Give the command under the cursor its own key back."""

    key, short = "backspace", "its own key"


class ChangeColours(Command):
    """Choose other colours: light, dark or high contrast."""


class ImportDocument(Command):
    """Take the tables of a Word, Excel or other document over into records, after a look at each change."""

    writes = True


class PicturesOfProgress(Command):
    """Look at pictures: progress by priority, done against due over time, what is due when, themes, measures."""

    key = "percent_sign"


class MakePagesForScrutineers(Command):
    """Write a folder of web pages: every list, every record with its history, what changed between boards."""


class AcceptLine(Command):
    """Accept the proposed change under the cursor, or leave it out again."""

    key, short = "enter", "accept"


class MatchColumns(Command):
    """Say what the document holds where the guess is wrong: the kind of its records, their plan, its columns."""

    key, short = "f4", "what it holds"


class CheckThatThisHistoryIsWhole(Command):
    """Read every entry anew: is the history whole, in order, signed, and not rewritten?"""


class SeeQueries(Command):
    """Look the register over: what a careful scrutineer would ask about, where, and what would mend it."""

    key = "exclamation_mark"


class AcceptQuery(Command):
    """Let the query stand as it is: why, who accepts it, and until when."""

    key, short, writes = "a", "accept", True


class OnlyNewQueries(Command):
    """Show only the queries that came after the register was made, or all of them again."""

    key, short = "n", "new only"


class Quit(Command):
    """Leave the program; everything recorded is safe, and what is typed is kept."""

    key = "q,ctrl+q"


class UpdateRound(Command):
    """Ask every lead or agency how far they are before a meeting, and read what comes back."""


class StepToTheNextPlan(Command):
    """Close a plan, carry forward what is open, open the next plan and make it the current one."""

    writes = True


class BeginAnEmptyRegister(Command):
    """Begin the register of another partnership, in a folder of its own, with a few questions."""


class Record(Command):
    """Record the change as the sentence says."""

    key, short, priority = "ctrl+s,f10", "record", True


class TakeColumns(Command):
    """Show the list with these columns."""

    key, short, priority = "ctrl+s,f10", "done", True


class Discard(Command):
    """Throw away what is typed here."""

    key, short = "ctrl+t", "discard"


# Everywhere, but in the footer only where a screen asks for them: there is room for six.
TIME: tuple[type[Command], ...] = (TravelInTime, ChooseAnotherDay, CompareDays, UndoEntry)
ELSEWHERE: tuple[type[Command], ...] = (*TIME, SendAndReceive)
APP_COMMANDS: tuple[type[Command], ...] = (
    *ELSEWHERE, Sitting, UpdateRound, StepToTheNextPlan, BeginAnEmptyRegister, JoinASharedCopy, ImportDocument,
    PicturesOfProgress, MakePagesForScrutineers,
    Commands, Help, Reload, CheckThatThisHistoryIsWhole, SeeQueries, Tour, Settings, ChangeColours, Quit,
)  # fmt: skip
