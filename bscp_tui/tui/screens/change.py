"""What every dialog that records something has: reason, date, evidence, meeting; sentence; draft; saving."""

from abc import abstractmethod
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.screen import ModalScreen
from textual.timer import Timer
from textual.widget import Widget
from textual.widgets import Button, Input, Select, TextArea

from bscp_tui.model.amendment import Amendment, OvertakenError
from bscp_tui.model.dates import DateError, in_words, read_date
from bscp_tui.model.meeting import MEETING, decided_at
from bscp_tui.model.text import TypedTextError, typed
from bscp_tui.model.view import Circumstances
from bscp_tui.store.errors import IdentityError
from bscp_tui.tui import commands as c
from bscp_tui.tui.safe_text import joined, plain, plain_line, stacked
from bscp_tui.tui.screens.asked_name import AskedName
from bscp_tui.tui.screens.base import Hosted, after_typing
from bscp_tui.tui.tones import Tones
from bscp_tui.tui.widgets.asked import Asked
from bscp_tui.tui.widgets.differences import Differences
from bscp_tui.tui.widgets.fitting_dialog import FittingDialog
from bscp_tui.tui.widgets.typing_fields import LineField, TextField
from bscp_tui.tui.widgets.words import Words

if TYPE_CHECKING:
    from bscp_tui.model.entry import Entry
    from bscp_tui.model.sitting import Sitting

WAIT = 0.15  # seconds without a key before the sentence and the draft are brought up to date
WHY = {
    "reason": ("Reason", "why, in your words; “reason awaited” is one"),
    "effective": ("Effective", "31 March 2026, 31/03/2026, today"),
    "evidence": ("Evidence", "what shows it (if anything)"),
    "decided_at": ("Decided at", "the meeting that decided it (if any)"),
}


class RecordingDialog(Hosted, ModalScreen[None]):
    """A dialog at whose end something is recorded; what is typed in it is never lost."""

    commands: ClassVar[tuple[type[c.Command], ...]] = (c.Record, c.Back, c.Discard)
    BINDINGS: ClassVar[list[BindingType]] = c.bindings_of(commands)
    why_fields: ClassVar[tuple[str, ...]] = tuple(WHY)
    name_of_dialog: str = ""
    # Whether its fields begin with what the record holds. What others record meanwhile is then no part of a draft.
    fills_in_record: ClassVar[bool] = False
    # What was entered once for the sitting that it belongs to, None for a change by itself.
    sitting: "Sitting | None" = None
    first_field: str = ""  # the widget that has the focus first; "" for the first of all

    def __init__(self, ref: str) -> None:
        """Ask about the record that ``ref`` names."""
        super().__init__(classes="change")
        self.ref = ref
        self.saving = False
        self.may_stand: str | None = None
        self._timer: Timer | None = None
        self._first: Mapping[str, str] = {}

    def begin_at(self, field: str) -> None:
        """Let a field of the record have the focus first; most dialogs ask for one thing, and begin there anyway."""

    def own_labels(self) -> Collection[str]:
        """Return how the record's own fields are labelled, beside which reason and date stand; () in most dialogs."""
        return ()

    @abstractmethod
    def heading(self) -> Text:
        """Return what the dialog is about."""

    @abstractmethod
    def questions(self) -> Iterator[Widget]:
        """Yield what is asked besides reason, date, evidence and meeting."""

    def why_questions(self) -> Iterator[Widget]:
        """Yield what is asked of every change: reason, date, evidence, meeting."""
        for name in self.why_fields:
            said = f"{WHY[name][0]} of entry" if WHY[name][0] in self.own_labels() else WHY[name][0]
            label, field = plain(said), self._why_field(name)
            if name == "decided_at" and isinstance(field, LineField):
                yield AskedName(label, field, (MEETING.name,))
            else:
                yield Asked(label, field)

    def previewed(self) -> Iterator[Widget]:
        """Yield what stands above the sentence; nothing in most dialogs."""
        yield from ()

    def rebase(self) -> None:
        """Take the record as others left it, after they overtook this change."""

    def compose(self) -> ComposeResult:
        """Lay out heading, questions, sentence and buttons."""
        with FittingDialog(classes="dialog"):
            yield Words(self.heading(), classes="heading")
            with VerticalScroll(classes="questions", can_focus=False):
                yield from self.questions()
                yield from self.why_questions()
            yield Words(id="kept")
            yield from self.previewed()
            yield Words(id="sentence")
            with Horizontal(classes="buttons"):
                yield Button("Record  ctrl+s", id="record", variant="primary", compact=True)
                yield Button("Close  esc", id="close", compact=True)
                yield Button("Discard  ctrl+t", id="discard", compact=True)

    def on_mount(self) -> None:
        """Put back what was typed before, if anything was."""
        self._first = dict(self.typed_values())
        kept = self.host.drafts.of(self.session.key, self.ref, self.name_of_dialog)
        if kept is not None:
            self.fill(kept.values)
            told = f"What you typed at {kept.when} was kept and is here again; ctrl+t throws it away."
            self.query_one("#kept", Words).say(plain(told, self.tones.soon))
        if self.first_field:
            self.set_focus(self.query_one(f"#{self.first_field}"))
        self.preview()

    def typed_values(self) -> dict[str, str]:
        """Return what stands in every field, by the field's id."""
        values: dict[str, str] = {}
        for widget in self.query(".field"):
            if widget.id is None:
                continue
            if isinstance(widget, Input):
                values[widget.id] = widget.value
            elif isinstance(widget, TextArea):
                values[widget.id] = widget.text
            elif isinstance(widget, Select):
                values[widget.id] = "" if widget.value is Select.NULL else str(widget.value)
        return values

    def fill(self, values: Mapping[str, str]) -> None:
        """Put ``values`` into the fields."""
        for name, value in values.items():
            widget = next(iter(self.query(".field").filter(f"#{name}")), None) if name.isidentifier() else None
            if isinstance(widget, Input):
                widget.value = value
            elif isinstance(widget, TextArea):
                widget.load_text(value)
            elif isinstance(widget, Select):
                allowed = {str(option) for _, option in widget._options}  # noqa: SLF001 - Textual offers no other way
                widget.value = value if value in allowed else Select.NULL

    def circumstances(self) -> Circumstances:
        """Return why and when, as typed.

        Raises:
            ValueError: The date cannot be read, or a text holds what a terminal would obey.

        """
        values = self.typed_values()
        try:
            effective = read_date(values["effective"], today=self.session.today)
        except DateError as error:
            raise ValueError(f"Effective: {error}") from None
        return Circumstances(
            reason=_text("Reason", values["reason"], lines=True),
            effective=effective,
            evidence=_text("Evidence", values.get("evidence", ""), lines=False),
            decided_at=decided_at(
                _text("Decided at", values.get("decided_at", ""), lines=False), self.session.snapshot
            ),
            privacy_reason=self.may_stand,
        )

    @on(Input.Changed)
    @on(TextArea.Changed)
    @on(Select.Changed)
    def changed(self) -> None:
        """Bring the sentence and the draft up to date once the typing rests; what may stand is the text as it was."""
        self.may_stand = None
        if self._timer is not None:
            self._timer.stop()
        self._timer = self.set_timer(WAIT, self._rested)

    @on(Button.Pressed)
    def pressed(self, event: Button.Pressed) -> None:
        """Do what the button says."""
        {"record": self.action_record, "close": self.action_back, "discard": self.action_discard}[
            str(event.button.id)
        ]()

    @abstractmethod
    def preview(self) -> None:
        """Show what will be recorded, or why it cannot be."""

    def stop_previewing(self) -> None:
        """Let no sentence that is still to come stand in place of what became of the recording."""
        if self._timer is not None:
            self._timer.stop()

    @abstractmethod
    def record_typed(self) -> None:
        """Record what is typed, unless it is refused at once."""

    def say(self, text: Text) -> None:
        """Show a sentence at the foot."""
        self.query_one("#sentence", Words).say(text)

    def action_record(self) -> None:
        """Record the change in a worker thread, unless it is refused at once."""
        after_typing(self, self.record_typed)

    def write(self, record: Callable[[], object]) -> None:
        """Record in a worker thread, what is typed kept until that is done."""
        self.saving = True
        self.stop_previewing()
        self.keep_draft()
        self.say(plain("Recording …", self.tones.quiet))
        self.host.write(record, self._recorded)

    def action_back(self) -> None:
        """Close; what is typed is kept."""
        self.keep_draft()
        self.dismiss()

    def action_discard(self) -> None:
        """Throw away what is typed and close."""
        self._first = self.typed_values()
        self.host.drafts.drop(self.session.key, self.ref, self.name_of_dialog)
        self.dismiss()

    def keep_draft(self) -> None:
        """Keep what is typed, if anything is."""
        values = self.typed_values()
        place = (self.session.key, self.ref, self.name_of_dialog)
        if values != self._first:
            if self.fills_in_record:
                values = {name: value for name, value in values.items() if value != self._first.get(name)}
            self.host.drafts.keep(*place, values)
        else:
            self.host.drafts.drop(*place)

    def _why_field(self, name: str) -> Widget:
        sitting = self.sitting
        if name == "reason":
            text = (sitting.reason or "") if sitting else ""
            return TextField(text, id=name, classes="field reason", placeholder=WHY[name][1])
        value = in_words(sitting.effective if sitting else self.session.today) if name == "effective" else ""
        if name == "decided_at" and sitting is not None:
            value = sitting.meeting
        return LineField(value, placeholder=WHY[name][1], id=name, classes="field", compact=True, select_on_focus=False)

    def _rested(self) -> None:
        if self.is_mounted and not self.saving:
            self.preview()
            self.keep_draft()

    def _recorded(self, outcome: object) -> None:
        """Close after success; after a refusal say why and leave everything as typed."""
        self.saving = False
        if isinstance(outcome, IdentityError):
            self.host.ask_identity(then=self.action_record)
        elif isinstance(outcome, OvertakenError):
            self.rebase()
        if isinstance(outcome, Exception):
            if self.is_mounted:
                self.say(_explained(outcome, self.tones))
            return
        self.host.drafts.drop(self.session.key, self.ref, self.name_of_dialog)
        if self.is_mounted and self in self.app.screen_stack:
            self._first = self.typed_values()
            self.dismiss()
        self.say_recorded(outcome)

    def say_recorded(self, outcome: object) -> None:
        """Say what was recorded."""
        self.host.recorded(outcome)


class ChangeDialog(RecordingDialog):
    """A dialog that records one change, whose sentence stands at its foot."""

    @abstractmethod
    def amendment(self) -> Amendment:
        """Return the change as it is typed now.

        Raises:
            ValueError: It cannot be recorded so; the message says why.

        """

    def record(self, amendment: Amendment) -> "Entry | None":
        """Record the change, within a sitting as one of its group; runs in a worker thread."""
        if self.sitting is not None:
            amendment = replace(amendment, group=self.sitting.group)
        return self.session.register.record(amendment, self.host.waiting)

    def previewed(self) -> Iterator[Widget]:
        """Yield what the change does to each field, word by word."""
        yield Differences()

    def preview(self) -> None:
        """Show the sentence that will be recorded and what differs, or why it cannot be."""
        differences = self.query_one(Differences)
        try:
            amendment = self.amendment()
            sentence = self.told(amendment)
        except ValueError as error:
            differences.show_change(None)
            self.say(plain(error, self.tones.soon))
            return
        differences.show_change(amendment)
        said = joined(plain("Will be recorded: ", self.tones.quiet), plain_line(sentence, "bold"))
        cautions = [plain(f"Take care: {caution}", self.tones.soon) for caution in amendment.cautions]
        self.say(stacked(said, *cautions))

    def told(self, amendment: Amendment) -> str:
        """Return the sentence that recording ``amendment`` would make."""
        if amendment.base is not None and not amendment.changes:
            raise ValueError("Nothing is changed yet.")
        return self.session.register.preview(amendment)

    def record_typed(self) -> None:
        """Record what is typed, unless it is refused at once."""
        if self.saving:
            return
        try:
            amendment = self.amendment()
            self.told(amendment)
        except ValueError as error:
            self.say(plain(error, self.tones.bad))
            if getattr(error, "field", None) == "reason":
                self.set_focus(self.query_one("#reason"))
            elif getattr(error, "field", None) == "privacy_reason":
                self.ask_particulars(str(error))
            return
        self.write(partial(self.record, amendment))

    def ask_particulars(self, told: str) -> None:
        """Ask why the text may stand, and go on with the reason."""
        from bscp_tui.tui.screens.particulars import ParticularsDialog

        def answered(reason: str | None) -> None:
            if reason:
                self.may_stand = reason
                self.action_record()

        self.app.push_screen(ParticularsDialog(told), answered)


def _explained(error: Exception, tones: Tones) -> Text:
    if not isinstance(error, OvertakenError):
        return plain(error, tones.bad)
    lines = [plain("Somebody else changed the same meanwhile; nothing was recorded.", tones.bad)]
    for name, theirs, ours in error.clashes:
        lines.append(plain_line(f"{name}: now {theirs}, yours {ours}"))
    lines.append(plain("ctrl+s records yours over theirs; theirs stays in the history. Esc leaves theirs."))
    return stacked(*lines)


def _text(label: str, text: str, *, lines: bool) -> str | None:
    try:
        return typed(text, field=label, lines=lines).strip() or None
    except TypedTextError as error:
        raise ValueError(str(error)) from None
