"""The application's part in dialogs: which are opened, and what is said when they have recorded something."""

from abc import abstractmethod
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from rich.text import Text

from bscp_tui.model.additions import slug_of
from bscp_tui.model.kinds import KINDS
from bscp_tui.model.record import Kind
from bscp_tui.model.saved_view import VIEW
from bscp_tui.model.shown_list import ShownList
from bscp_tui.model.view import View
from bscp_tui.tui.safe_text import joined, plain, plain_line, stacked
from bscp_tui.tui.session import Row
from bscp_tui.tui.travelling import Travelling

if TYPE_CHECKING:
    from bscp_tui.model.sitting import Sitting
    from bscp_tui.store.identity import Identity
    from bscp_tui.tui.drafts import Draft


class Asking(Travelling):
    """The part of the application that opens dialogs."""

    @abstractmethod
    def open_record(self, view: View) -> None:
        """Open the list that a record stands in, at the record."""

    def open_draft(self, draft: "Draft") -> None:
        """Open the dialog that a draft was typed in."""
        if draft.dialog == "undo":
            self.open_undo(draft.ref)
            return
        if draft.dialog == "many":
            self._open_many(draft)
            return
        row = self.session.row_at(draft.ref) if draft.dialog != "add" else None
        if isinstance(row, View):
            self.open_record(row)
            self.ask(draft.dialog, row)
        elif draft.dialog == "add":
            name, _, about = draft.ref.removeprefix("new ").partition(" ")
            self.ask_add(KINDS[name], "", about=about)
        else:
            self.tell(plain_line(f"{draft.ref} cannot be read now; what was typed for it is kept."))

    def ask(self, dialog: str, view: View, sitting: "Sitting | None" = None, at: str = "") -> None:
        """Open the dialog that changes a record, at a field.

        Args:
            dialog: Its name.
            view: The record.
            sitting: What was entered once for the sitting that the change belongs to; None for a change by itself.
            at: The field that has the focus first; "" for the first of the form.

        """
        from bscp_tui.tui.screens import dialogs

        if self.say_why_not():
            return
        made = dialogs.make(dialog, view, self.session)
        if isinstance(made, str):
            self.tell(plain(made))
        else:
            made.sitting = sitting
            made.begin_at(at)
            self.push_screen(made)

    def ask_many(self, kind: Kind, views: Sequence[View]) -> None:
        """Open the dialog that changes many records of a kind at once."""
        from bscp_tui.tui.screens.many import ManyDialog

        if not self.say_why_not():
            self.push_screen(ManyDialog(kind, views))

    def _open_many(self, draft: "Draft") -> None:
        """Open that dialog for the records that a draft was typed for, as far as they are there still."""
        rows = [self.session.row_at(ref) for ref in draft.values.get("marked", "").split()]
        views = [row for row in rows if isinstance(row, View)]
        if views:
            self.ask_many(views[0].kind, views)
        else:
            self.tell(plain("The records that were marked cannot be read now; what was typed for them is kept."))

    def ask_keep_view(self, shown: ShownList) -> None:
        """Ask for a name, then open the form that keeps a list as a view in the register, for everybody."""
        from bscp_tui.tui.screens.add import AddForm
        from bscp_tui.tui.screens.naming import NameDialog
        from bscp_tui.tui.views import known_of

        def named(name: str | None) -> None:
            if name:
                self.push_screen(AddForm(VIEW, {"slug": slug_of(name)}, known_of(replace(shown, title=name))))

        told = "It is recorded in the register like everything else, so that all who share it see the same list."
        if not self.say_why_not():
            self.push_screen(NameDialog(plain("Keep what this list shows, for everybody", "bold"), plain(told)), named)

    def ask_keep_own_view(self, shown: ShownList) -> None:
        """Ask for the name under which a person keeps a list for themselves."""
        from bscp_tui.store import own_views
        from bscp_tui.tui.screens.naming import NameDialog

        def named(name: str | None) -> None:
            if name:
                keep = partial(own_views.keep, replace(shown, title=name))
                self.fetch("own-view", keep, partial(self._view_kept, name))

        told = "You alone see it, on this computer; it opens with f in its list, with ctrl+p, and below the lists of 0."
        self.push_screen(NameDialog(plain("Keep what this list shows, for me alone", "bold"), plain(told)), named)

    def _view_kept(self, name: str, outcome: object) -> None:
        if not self._failed(outcome):
            self.tell(plain_line(f"Kept: “{name}”, in {outcome}"))

    def let_marks_go(self) -> None:
        """Let the marks of every list go."""
        for screen in self.screen_stack:
            let_go = getattr(screen, "let_marks_go", None)
            if let_go is not None:
                let_go()

    def ask_add(self, kind: Kind, narrowed: str, beside: View | None = None, about: str = "") -> None:
        """Open the form that adds a record of a kind, or a row that is one to the record that ``beside`` lies in.

        Args:
            kind: The kind.
            narrowed: The list's filter; what it says is filled in.
            beside: The record under the cursor, None where there is none.
            about: What a draft of it was about; "" for nothing else.

        """
        from bscp_tui.tui.screens import dialogs

        if self.say_why_not():
            return
        self.push_screen(dialogs.make_add(kind, narrowed, self.session, beside, about))

    def ask_published(self, fields: Mapping[str, str] | str) -> None:
        """Open the form for a published figure with what a screen counted; or say why the number has no question."""
        from bscp_tui.tui import publishing_figures
        from bscp_tui.tui.screens.add import AddForm

        if isinstance(fields, str):
            self.tell(plain(fields))
        elif not self.say_why_not():
            also = publishing_figures.command(fields)
            self.push_screen(AddForm(KINDS["published-figure"], {}, fields, also=also, about=fields.get("title", "")))

    def ask_published_or_say(self, counted: object) -> None:
        """Open that form with what a thread counted, if the screen that asked for it still stands there."""
        if isinstance(counted, (str, Mapping)):
            self.ask_published(counted)
        else:
            self.tell(plain(counted), serious=True)

    def action_import_document(self) -> None:
        """Open the screen that takes a document's tables over into records."""
        from bscp_tui.tui.screens.importing import ImportScreen

        if hasattr(self, "session") and not self.say_why_not():
            self.push_screen(ImportScreen())

    def action_make_pages_for_scrutineers(self) -> None:
        """Ask for a folder and the readers, and make the pages; what is open for reading only can be told too."""
        from bscp_tui.tui.screens.publishing import PublishDialog

        if hasattr(self, "session"):
            self.push_screen(PublishDialog())

    def ask_put_back(self, row: Row) -> None:
        """Put a file back to what is recorded, after asking."""
        from bscp_tui.tui.screens.simple import ConfirmDialog

        if self.say_why_not():
            return
        told = "What was changed in this file by hand is lost; what is recorded comes back."
        text = stacked(plain_line(row.path), plain(told))
        put = partial(self.session.register.put_back, row.path)
        said = plain_line(f"{row.ref} is as it was last recorded.")
        self.push_screen(
            ConfirmDialog(plain_line(f"Put {row.ref} back?", "bold"), text),
            lambda yes: self.write(put, partial(self._put_back, said)) if yes else None,
        )

    def ask_identity(self, then: Callable[[], object]) -> None:
        """Ask who is working here, tell git, and go on."""
        from bscp_tui.store import identity
        from bscp_tui.tui.screens.simple import IdentityDialog

        repository = self.session.register.repository

        def told(person: "Identity | None") -> None:
            if person is not None:
                remember = partial(identity.remember, repository, person.name, person.email)
                self.write(remember, lambda outcome: self._failed(outcome) or then())

        self.push_screen(IdentityDialog(), told)

    def waiting(self, sentence: str) -> None:
        """Say that another writer is waited for; called from the writer's thread."""
        self.call_from_thread(self.tell, plain(sentence))

    def recorded(self, entry: object) -> None:
        """Say what was recorded, and what could not be finished although it is safe."""
        if entry is None:
            self.tell(plain("Nothing was changed, so nothing was recorded."))
            return
        self.tell(joined(plain("Recorded: "), plain_line(getattr(entry, "sentence", ""))))
        for warning in getattr(entry, "warnings", ()):
            self.tell(plain(warning), serious=True)

    def _failed(self, outcome: object) -> bool:
        if isinstance(outcome, Exception):
            self.tell(plain(outcome), serious=True)
            return True
        return False

    def _put_back(self, said: Text, outcome: object) -> None:
        if not self._failed(outcome):
            self.tell(said)
