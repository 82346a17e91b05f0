"""The status dialog: every status, those that a rule forbids greyed with the rule."""

from collections.abc import Iterator, Mapping
from typing import ClassVar

from rich.text import Text
from textual import on
from textual.binding import Binding, BindingType
from textual.widget import Widget
from textual.widgets import OptionList

from bscp_tui.model.amendment import Amendment, amend
from bscp_tui.model.fields import FieldFacts, typed_fields
from bscp_tui.model.reading import read_value
from bscp_tui.model.view import Circumstances, RefusedChangeError, View
from bscp_tui.model.workflow import SIGNS, words
from bscp_tui.tui.safe_text import joined, plain, plain_line
from bscp_tui.tui.screens.change import ChangeDialog
from bscp_tui.tui.screens.form import PREFIX, question, text_of
from bscp_tui.tui.widgets.words import Line, Lines


class StatusDialog(ChangeDialog):
    """Asks for a new status, its reason, date, evidence, meeting; below stands the sentence to be recorded."""

    name_of_dialog: str = "status"
    fills_in_record: ClassVar[bool] = True
    AUTO_FOCUS = "#statuses"
    # Heard before the key after it is handed on: what is typed behind Enter belongs to the reason, however fast.
    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "choose_status", show=False, priority=True)]

    def in_plain_text(self) -> str:
        """Return the command that says the same without a screen."""
        return f"bscp status {self.ref} STATUS --reason TEXT"

    def __init__(self, view: View, base: Mapping[str, object]) -> None:
        """Ask about ``view``, whose file holds ``base``."""
        super().__init__(view.ref)
        self.view, self.base = view, dict(base)
        self.chosen = ""
        self._questions: dict[str, Widget] = {}

    def heading(self) -> Text:
        """Say whose status."""
        return joined(
            plain("Status of "), plain_line(self.view.ref, self.tones.accent), plain_line(f" {self.view.title}")
        )

    def questions(self) -> Iterator[Widget]:
        """Yield the statuses, then what is asked where one of them is chosen."""
        yield Lines(self._lines(), id="statuses")
        for facts in self._asked():
            field = question(facts, text_of(facts, self.view.value(facts.name), self.session))
            field.display = False
            self._questions[facts.name] = field
            yield field

    def on_mount(self) -> None:
        """Stand on a status that it could have."""
        self._stand()

    def typed_values(self) -> dict[str, str]:
        """Return the fields, and the chosen status."""
        return super().typed_values() | {"status": self.chosen}

    def fill(self, values: Mapping[str, str]) -> None:
        """Put ``values`` into the fields, and choose the status."""
        super().fill(values)
        self.chosen = values.get("status", "")
        self._ask()
        self.query_one(Lines).show_lines(self._lines())
        self._stand()

    def amendment(self) -> Amendment:
        """Return the change of status."""
        if not self.chosen:
            raise ValueError("Choose a status: arrows and Enter, or a click.")
        return amend(self.view, self.base, {"status": self.chosen, **self._answers()}, self.circumstances())

    def rebase(self) -> None:
        """Take the record as others left it."""
        found = self.session.row_at(self.ref)
        if isinstance(found, View):
            self.view, self.base = found, self.session.snapshot.document(found.path)
            self.query_one(Lines).show_lines(self._lines())

    @on(OptionList.OptionSelected, "#statuses")
    def choose(self, event: OptionList.OptionSelected) -> None:
        """Choose the status that was clicked, and go on to the reason."""
        self.set_focus(self.query_one("#reason"))
        self._choose(event.option_index)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Enter chooses a status on their list only; elsewhere it is the field's."""
        if action == "choose_status":
            return self.focused is not None and self.focused.id == "statuses"
        return super().check_action(action, parameters)

    def action_choose_status(self) -> None:
        """Go on to the reason at once, and choose where the arrows, some perhaps still on their way, have led."""
        self.set_focus(self.query_one("#reason"))
        lines = self.query_one(Lines)
        lines.call_later(lambda: self._choose(lines.highlighted))

    def _choose(self, index: int | None) -> None:
        lines = self.query_one(Lines)
        if index is None or lines.lines[index].disabled:
            self.set_focus(lines)
            return
        self.chosen = str(lines.meant(index))
        self._ask()
        lines.show_lines(self._lines())
        self.changed()

    def _asked(self) -> list[FieldFacts]:
        """Return the fields that some status asks for, in the order of the statuses."""
        asks = self.view.kind.workflow.asks if self.view.kind.workflow else {}
        names = dict.fromkeys(name for asked in asks.values() for name in asked)
        fields = typed_fields(type(self.view.item))
        return [fields[name] for name in names if name in fields]

    def _asked_now(self) -> tuple[str, ...]:
        return self.view.kind.workflow.asks.get(self.chosen, ()) if self.view.kind.workflow else ()

    def _ask(self) -> None:
        """Show the fields that the chosen status asks for, and no others."""
        for facts in self._asked():
            self._questions[facts.name].display = facts.name in self._asked_now()

    def _answers(self) -> dict[str, object]:
        """Return what is typed into the fields that the chosen status asks for, where it is new."""
        texts, snapshot = self.typed_values(), self.session.snapshot
        fields = [facts for facts in self._asked() if facts.name in self._asked_now()]
        read = {facts.name: read_value(facts, texts.get(f"{PREFIX}{facts.name}", ""), today=self.session.today,
                                       finder=snapshot) for facts in fields}  # fmt: skip
        return {name: value for name, value in read.items() if value != self.view.value(name)}

    def _stand(self) -> None:
        lines = self.query_one(Lines)
        wanted = self.chosen or self.view.value("status")
        place = next((index for index, line in enumerate(lines.lines) if line.means == wanted), None)
        if place is None or lines.lines[place].disabled:
            place = next((index for index, line in enumerate(lines.lines) if not line.disabled), None)
        lines.highlighted = place

    def _lines(self) -> list[Line]:
        workflow = self.view.kind.workflow
        return [self._line(status) for status in workflow.statuses] if workflow else []

    def _line(self, status: str) -> Line:
        now = self.view.value("status")
        rule = self._rule(status)
        tick = plain("▶ " if status == self.chosen else "  ", self.tones.accent)
        name = plain(f"{SIGNS.get(status, ' ')} {words(status):<11}", "bold" if status == self.chosen else "")
        if status == now:
            return Line(joined(tick, name, plain(" as it is now")), status, disabled=True)
        if rule:
            return Line(joined(tick, name, plain_line(f" ✗ {rule}")), status, disabled=True)
        return Line(joined(tick, name), status)

    def _rule(self, status: str) -> str | None:
        """Return the rule that forbids the step to ``status``, None if it is allowed."""
        now = self.view.value("status")
        workflow = self.view.kind.workflow
        refusal = workflow.refusal(str(now) if now else None, status) if workflow else None
        if refusal:
            return refusal
        try:
            self.view.item.amended(self.view, "status", status, Circumstances("asked", self.session.today))
        except RefusedChangeError as error:
            return str(error)
        return None
