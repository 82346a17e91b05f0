"""Beginning the register of another partnership: the questions of ``bscp init --empty``, on one form."""

from collections.abc import Iterator
from functools import partial
from pathlib import Path

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.widget import Widget
from textual.widgets import Button, Input, TextArea

from bscp_tui.checks.at_the_gate import open_guarded
from bscp_tui.model.beginning import QUESTIONS, AnswerError, Beginning, beginning
from bscp_tui.store import starter
from bscp_tui.store.identity import known_to_git, remember
from bscp_tui.tui.safe_text import plain
from bscp_tui.tui.screens.taking import TakingDialog
from bscp_tui.tui.session import Session
from bscp_tui.tui.widgets.asked import Asked
from bscp_tui.tui.widgets.typing_fields import LineField, TextField
from bscp_tui.tui.widgets.words import Words

NEEDED = "Only the folder and the name are needed; all the rest can be added later."


class BeginEmptyDialog(TakingDialog[Session]):
    """Asks what a new register begins with; only its folder and the partnership's name are needed."""

    def __init__(self) -> None:
        """Begin with nothing being made."""
        super().__init__(classes="change")
        self._making = False

    def compose(self) -> ComposeResult:
        """Lay out a field a question."""
        with Vertical(classes="dialog"):
            yield Words(plain("Begin the register of another partnership"), classes="heading")
            with VerticalScroll(classes="questions", can_focus=False):
                yield from self._fields()
            yield Words(plain(NEEDED, self.tones.quiet), id="sentence")
            with Horizontal(classes="buttons"):
                yield Button("Begin  ctrl+s", id="record", variant="primary", compact=True)
                yield Button("Close  esc", id="close", compact=True)

    def _fields(self) -> Iterator[Widget]:
        folder = LineField(placeholder="a folder that does not exist yet", id="folder", classes="field", compact=True)
        yield Asked(plain("Folder *"), folder)
        for question in QUESTIONS:
            name = f"q_{question.name}"
            label = plain(f"{question.label}{' *' if question.name == 'name' else ''}")
            if question.several:
                yield Asked(label, TextField(id=name, classes="field", placeholder=f"{question.hint}; one a line"))
            else:
                yield Asked(label, LineField(placeholder=question.hint, id=name, classes="field", compact=True))

    def action_back(self) -> None:
        """Close; nothing is made."""
        if not self._making:
            self.dismiss(None)

    def take(self) -> None:
        """Make the register in a worker thread, unless an answer cannot stand."""
        if self._making:
            return
        folder = self.query_one("#folder", Input).value.strip()
        if not folder:
            self._say("Folder: say where the register goes.")
            return
        answers = {question.name: self._answer(f"#q_{question.name}") for question in QUESTIONS}
        if not answers["name"].strip():
            self._say("The partnership's name is needed.")
            return
        try:
            begins = beginning(answers)
        except AnswerError as error:
            label = next((each.label for each in QUESTIONS if each.name == error.question), error.question)
            self._say(str(error).replace(error.question, label, 1))
            return
        self._making = True
        self._say("Making the register …")
        self.host.fetch("making", partial(self._make, Path(folder).expanduser().absolute(), begins), self._made)

    def _answer(self, name: str) -> str:
        field = self.query_one(name)
        return field.text if isinstance(field, TextArea) else field.value if isinstance(field, Input) else ""

    def _make(self, folder: Path, begins: Beginning) -> Session:
        from bscp_tui.store.identity import known

        me = known(self.session.register.repository)
        starter.make(folder, empty=True, today=self.host.today, person=me, begins=begins)
        register = open_guarded(folder, self.host.today)
        if me is not None and known_to_git() is None:
            remember(register.repository, me.name, me.email)
        return Session(register)

    def _made(self, outcome: object) -> None:
        self._making = False
        if isinstance(outcome, Session):
            self.dismiss(outcome)
        else:
            self._say(str(outcome))

    def _say(self, text: str) -> None:
        self.query_one("#sentence", Words).say(plain(text, self.tones.soon))
