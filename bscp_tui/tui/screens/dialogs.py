"""Which dialog is opened by which name."""

from bscp_tui.model.record import Kind
from bscp_tui.model.view import View
from bscp_tui.tui.screens.add import AddForm
from bscp_tui.tui.screens.by_hand import ByHandDialog
from bscp_tui.tui.screens.change import ChangeDialog
from bscp_tui.tui.screens.form import EditForm, WithdrawDialog
from bscp_tui.tui.screens.status import StatusDialog
from bscp_tui.tui.session import Session


def make(dialog: str, view: View, session: Session) -> ChangeDialog | str:
    """Return the dialog of that name for a record, or why there is none."""
    if dialog == ByHandDialog.name_of_dialog:
        return ByHandDialog(view)
    if view.mark:
        return f"{view.ref}: its file was edited by hand. Record that first (r), or put it back (b)."
    base = session.snapshot.document(view.path)
    if dialog == StatusDialog.name_of_dialog:
        if view.kind.workflow is None:
            return f"{view.ref}: a record of this kind has no status."
        return StatusDialog(view, base)
    if dialog == WithdrawDialog.name_of_dialog:
        return WithdrawDialog(view, base)
    return EditForm(view, base)


def make_add(kind: Kind, narrowed: str) -> AddForm | str:
    """Return the form that adds a record of ``kind``, with what the list's filter says filled in."""
    if kind.where is None:
        return f"{kind.plural} lie inside other records; they cannot be added from here yet."
    known = dict(part.split("=", 1) for part in narrowed.split() if "=" in part and "!" not in part)
    return AddForm(kind, known)
