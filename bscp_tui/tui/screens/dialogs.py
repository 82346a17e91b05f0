"""Which dialog is opened by which name."""

from collections.abc import Callable, Mapping

from bscp_tui.model.document import Document
from bscp_tui.model.fields import Shape, fields_of
from bscp_tui.model.kinds import KINDS
from bscp_tui.model.record import Item, Kind
from bscp_tui.model.update_round import UPDATE_ROUND
from bscp_tui.model.view import View
from bscp_tui.tui.screens.add import AddForm
from bscp_tui.tui.screens.add_inside import AddInsideForm
from bscp_tui.tui.screens.by_hand import ByHandDialog, mend_first
from bscp_tui.tui.screens.change import ChangeDialog
from bscp_tui.tui.screens.form import EditForm, WithdrawDialog
from bscp_tui.tui.screens.row import CHANGES, TAKES_AWAY, RowForm, TakeRowAwayDialog
from bscp_tui.tui.screens.status import StatusDialog
from bscp_tui.tui.session import Session


def _begin_round() -> ChangeDialog:
    from bscp_tui.tui.screens.begin_round import BeginRoundDialog

    return BeginRoundDialog()


# Kinds of which none comes from a plain form: a round without those who are asked would be no round.
BEGUN_OTHERWISE: Mapping[str, Callable[[], ChangeDialog]] = {UPDATE_ROUND.name: _begin_round}


def row_dialog(table: str, row: str = "") -> str:
    """Return the name of the dialog that changes a row of a table, or adds one."""
    return f"{CHANGES}:{table}:{row}"


def away_dialog(table: str, row: str) -> str:
    """Return the name of the dialog that takes a row away."""
    return f"{TAKES_AWAY}:{table}:{row}"


def make(dialog: str, view: View, session: Session) -> ChangeDialog | str:
    """Return the dialog of that name for a record, or why there is none."""
    if dialog == ByHandDialog.name_of_dialog:
        return ByHandDialog(view)
    if view.mark:
        return mend_first(view.ref)
    base = session.snapshot.document(view.path)
    asks, table, row = (*dialog.split(":"), "", "")[:3]
    if asks in {CHANGES, TAKES_AWAY}:
        return _make_row(asks, table, row, view, base)
    if dialog == StatusDialog.name_of_dialog:
        if view.kind.workflow is None:
            return f"{view.ref}: a record of this kind has no status."
        return StatusDialog(view, base)
    if dialog == WithdrawDialog.name_of_dialog:
        return WithdrawDialog(view, base)
    return EditForm(view, base)


def _make_row(asks: str, table: str, identifier: str, view: View, base: Document) -> ChangeDialog | str:
    facts = fields_of(type(view.item)).get(table)
    if facts is None or facts.shape is not Shape.PARTS:
        return f"{view.ref}: a record of this kind keeps no {table}."
    row = next((row for row in getattr(view.item, table) if row.id == identifier), None)
    if identifier and not isinstance(row, Item):
        return f"{view.ref}: that row of {facts.label} is there no longer."
    return TakeRowAwayDialog(view, base, table, row) if asks == TAKES_AWAY else RowForm(view, base, table, row)


def make_add(kind: Kind, narrowed: str, session: Session, beside: View | None, about: str = "") -> ChangeDialog:
    """Return the form that adds a record of ``kind``.

    Args:
        kind: Its kind.
        narrowed: The list's filter; what it says is filled in.
        session: The open register.
        beside: The record under the cursor, or the one that is to hold the new one; None where there is none.
        about: What a draft of it was about; "" for nothing else.

    """
    known = dict(part.split("=", 1) for part in narrowed.split() if "=" in part and "!" not in part)
    if kind.name in BEGUN_OTHERWISE:
        return BEGUN_OTHERWISE[kind.name]()
    if kind.inside is None:
        return AddForm(kind, known, about=about)
    owner = KINDS[kind.inside[0]]
    holds = beside.parent if beside is not None and beside.kind is not owner else beside
    named = known.get(owner.name.replace("-", "_"), "")
    if holds is not None and holds.kind is owner:
        return AddInsideForm(kind, holds.ref)
    return AddInsideForm(kind, (named and session.snapshot.reference(named, (owner.name,))) or "")
