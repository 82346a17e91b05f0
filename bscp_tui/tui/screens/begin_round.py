"""Beginning an update round, and reminding those who have not replied: forms and drafts go into a folder."""

from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from rich.text import Text
from textual.widget import Widget
from textual.widgets import Select

from bscp_tui.model.amendment import Amendment, amend
from bscp_tui.model.dates import DateError, in_words, read_date
from bscp_tui.model.kinds import KINDS
from bscp_tui.model.text import typed
from bscp_tui.model.view import View
from bscp_tui.rounds.starting import Asked as AskedOf
from bscp_tui.rounds.starting import as_begun, forms_of, round_begun, waiting, whom_to_ask, write_forms
from bscp_tui.store.fresh import fresh_folder
from bscp_tui.store.snapshot import Snapshot
from bscp_tui.tui.safe_text import joined, plain, plain_line
from bscp_tui.tui.screens.change import ChangeDialog
from bscp_tui.tui.screens.update_round import folder_from
from bscp_tui.tui.widgets.asked import Asked
from bscp_tui.tui.widgets.typing_fields import LineField
from bscp_tui.tui.widgets.words import Words

if TYPE_CHECKING:
    from bscp_tui.model.entry import Entry


def _folder_field(value: str) -> Widget:
    return Asked(plain("Folder"), LineField(value, placeholder="a new folder for the forms", id="folder",
                                            classes="field", compact=True, select_on_focus=False))  # fmt: skip


def meetings_ahead(snapshot: Snapshot) -> list[str]:
    """Return the titles of the meetings that are still to come, the next one first."""
    kinds = [kind for kind in KINDS.values() if kind.model.decides]
    days = {view.title: getattr(view.item, "date", None) for kind in kinds for view in snapshot.views(kind)}
    coming = {title: day for title, day in days.items() if day is not None and day >= snapshot.today}
    return sorted(coming, key=lambda title: (coming[title], title))


class BeginRoundDialog(ChangeDialog):
    """Asks for the meeting, the deadline, and the folder for the forms."""

    name_of_dialog: str = "round"
    why_fields: ClassVar[tuple[str, ...]] = ("reason", "effective")
    AUTO_FOCUS = "#meeting"

    def __init__(self) -> None:
        """Ask about a new round."""
        super().__init__("new update round")
        self._asked: list[AskedOf] | None = None
        self._drawn = ""  # the round's reference, once it was drawn: what is shown is what is recorded

    def heading(self) -> Text:
        """Say what is begun."""
        return plain("Begin an update round: a form in Word and Excel, and a draft, for everybody who owes")

    def questions(self) -> Iterator[Widget]:
        """Yield meeting, deadline and folder."""
        yield Words(plain("Looking who owes what …", self.tones.quiet), id="owing")
        ahead = [(plain_line(title), title) for title in meetings_ahead(self.session.snapshot)]
        if ahead:
            chosen = Select(ahead, prompt="another, written below", id="which", classes="field", compact=True)
            yield Asked(plain("For the meeting"), chosen)
        label = plain("or another" if ahead else "For the meeting")
        yield Asked(label, LineField(placeholder="Executive Board 8 July 2026", id="meeting", classes="field",
                                     compact=True))  # fmt: skip
        yield Asked(plain("Returns due"), LineField(placeholder="31 March 2026, 31/03/2026", id="deadline",
                                                    classes="field", compact=True))  # fmt: skip
        yield _folder_field(str(Path.home() / f"returns-{self.session.today.isoformat()}"))

    def on_mount(self) -> None:
        """Put back what was typed before, and look who owes what."""
        super().on_mount()
        self.rebase()

    def rebase(self) -> None:
        """Look in a worker thread who owes what: every record is read for that."""
        self.host.fetch("owing", partial(whom_to_ask, self.session.snapshot), self._found)

    def _found(self, outcome: object) -> None:
        if not self.is_mounted:
            return
        if not isinstance(outcome, tuple):
            self.query_one("#owing", Words).say(plain(outcome, self.tones.bad))
            return
        self._asked, nobody = outcome
        things = sum(len(each.lines) for each in self._asked)
        untold = f"; {len(nobody)} more are owed by nobody who is named" if nobody else ""
        told = f"{len(self._asked)} will be asked, about {things} things{untold}."
        self.query_one("#owing", Words).say(plain(told, self.tones.quiet))
        self.preview()

    def amendment(self) -> Amendment:
        """Return the new round."""
        if self._asked is None:
            raise ValueError("Looking who owes what …")
        values = self.typed_values()
        written = typed(values["meeting"], field="For the meeting", lines=False).strip()
        meeting = written or values.get("which", "")
        if not meeting:
            raise ValueError("For the meeting: choose one, or write its name and date.")
        try:
            deadline = read_date(values["deadline"], today=self.session.today)
        except DateError as error:
            raise ValueError(f"Returns due: {error}") from None
        folder_from(values["folder"])
        snapshot, prefix, why = self.session.snapshot, self.session.register.repository.prefix, self.circumstances()
        ref = "" if snapshot.knows(self._drawn) else self._drawn
        made = round_begun(snapshot, meeting, deadline, self._asked, why, prefix=prefix, ref=ref)
        self._drawn = made.ref
        return made

    def record(self, amendment: Amendment) -> "Entry | None":
        """Write the forms and record the round, neither without the other; runs in a worker thread."""
        snapshot = self.session.snapshot
        told: list[str] = []
        folder = folder_from(self.typed_values()["folder"])
        with fresh_folder(folder) as work:
            forms = forms_of(snapshot, as_begun(snapshot, amendment))
            write_forms(work, snapshot, forms, [each.party for each in self._asked or ()], told.append)
            entry = super().record(amendment)
        for sentence in (f"The forms are in {folder}.", *told):
            self.host.waiting(sentence)
        return entry


class RemindDialog(ChangeDialog):
    """Asks for the folder for the forms and reminders of those who have not replied."""

    name_of_dialog: str = "remind"
    why_fields: ClassVar[tuple[str, ...]] = ("reason", "effective")
    AUTO_FOCUS = "#folder"

    def __init__(self, view: View) -> None:
        """Ask about the round ``view``."""
        super().__init__(view.ref)
        self.view = view

    def heading(self) -> Text:
        """Say who is reminded."""
        count = len(waiting(self.view))
        told = f": {count} have not replied; due {in_words(self.view.value('deadline'))}"  # type: ignore[arg-type]
        return joined(plain("Remind "), plain_line(self.view.ref, self.tones.accent), plain(told))

    def questions(self) -> Iterator[Widget]:
        """Yield the folder."""
        yield _folder_field(str(Path.home() / f"reminders-{self.session.today.isoformat()}"))

    def amendment(self) -> Amendment:
        """Return what the round says once they are reminded."""
        folder_from(self.typed_values()["folder"])
        why = self.circumstances()
        rows = waiting(self.view)
        names = ", ".join(row.title for row in rows)
        why = replace(why, reason=why.reason or f"Chased: {names}.")
        values: dict[str, object] = {}
        for row in rows:
            values |= {f"returns.#{row.id}.status": "chased", f"returns.#{row.id}.chased_on": why.effective}
        return amend(self.view, self.session.snapshot.document(self.view.path), values, why)

    def rebase(self) -> None:
        """Take the round as others left it."""
        found = self.session.row_at(self.ref)
        if isinstance(found, View):
            self.view = found

    def record(self, amendment: Amendment) -> "Entry | None":
        """Write the forms and record the reminder; runs in a worker thread."""
        snapshot, rows = self.session.snapshot, waiting(self.view)
        told: list[str] = []
        folder = folder_from(self.typed_values()["folder"])
        with fresh_folder(folder) as work:
            forms = forms_of(snapshot, self.view, rows)
            write_forms(work, snapshot, forms, [row.party for row in rows], told.append, chasing=True)
            entry = super().record(amendment)
        for sentence in (f"The forms are in {folder}.", *told):
            self.host.waiting(sentence)
        return entry
