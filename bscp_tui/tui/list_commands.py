"""The commands of every list of records: order, columns, groups, marks."""

from bscp_tui.tui.command import Command


class SortRows(Command):
    """Sort the list by a column; chosen again, the other way round."""

    key = "o"


class ReverseOrder(Command):
    """Turn the order of the list round: the last first, or the first."""

    key = "O"


class ChooseColumns(Command):
    """Choose which columns the list shows, in which order and how wide."""

    key = "c"


class GroupRows(Command):
    """Group the list by priority, agency, status or another field, each group with its count."""

    key = "z"


class FoldGroups(Command):
    """Fold every group of the list to its heading, or unfold all; Enter folds the one under the cursor."""

    key = "Z"


class MarkRow(Command):
    """Mark the record under the cursor, or let it go; on a heading its group. Shift with an arrow marks on."""

    key = "space"


class MarkAll(Command):
    """Mark everything that the filter leaves, or let all go."""

    key = "asterisk"


class ChangeMarked(Command):
    """Change all marked records at once, after a look at every sentence; one undo takes all of it back."""

    key, writes = "m", True


class SavedViewsOfThisList(Command):
    """Open a saved view of this list, or keep what it shows (filter, columns, order, groups) under a name."""

    key = "f"


class OnlyOverdue(Command):
    """Show only what is overdue of the list, or everything again."""

    key = "L"


class ExportList(Command):
    """Put the list as it is shown (filter, order, columns) on the clipboard, or into a file."""

    key = "x"


OF_LISTS: tuple[type[Command], ...] = (
    SortRows, ReverseOrder, ChooseColumns, GroupRows, FoldGroups, MarkRow, MarkAll, ChangeMarked, SavedViewsOfThisList,
    OnlyOverdue, ExportList,
)  # fmt: skip
