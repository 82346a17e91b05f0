"""Asking what a report is to tell of: only what it takes, completed from the register."""

from collections.abc import Iterator
from dataclasses import replace

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.widget import Widget
from textual.widgets import Button, Input, Select

from bscp_tui.model.fields import BODY_KINDS
from bscp_tui.reports.all_reports import REPORTS
from bscp_tui.reports.making import Wanted
from bscp_tui.reports.report import Parameter
from bscp_tui.tui.readers import WHOM, chosen_readers
from bscp_tui.tui.safe_text import plain
from bscp_tui.tui.screens.asked_name import AskedName
from bscp_tui.tui.screens.taking import TakingDialog
from bscp_tui.tui.widgets.asked import Asked
from bscp_tui.tui.widgets.typing_fields import LineField
from bscp_tui.tui.widgets.words import Words

# What is asked: its label, what may be typed, and the kinds whose records are offered; None offers none.
QUESTIONS: dict[Parameter, tuple[str, str, tuple[str, ...] | None]] = {
    "record": ("Record", "part of its reference or title", ()),
    "agency": ("Agency", "part of the name of an agency, a group or a person", BODY_KINDS),
    "plan": ("Plan", "the current one", ("plan",)),
    "since": ("Since", "last meeting, last report, a date, or a meeting", ("meeting", "report")),
    "within": ("Days", "", None),
}


class AskReportDialog(TakingDialog[Wanted]):
    """Asks what a report takes: the plan, since when, how many days, of whom, of which record, and for whom it is."""

    enter_takes = True

    def __init__(self, wanted: Wanted) -> None:
        """Begin with what was asked before."""
        super().__init__(classes="change")
        self._wanted = wanted
        self._kind = REPORTS[wanted.report]

    def in_plain_text(self) -> str:
        """Return the command that takes the same answers."""
        return f"bscp report {self._kind.name} --help"

    def compose(self) -> ComposeResult:
        """Lay out a field for each thing that the report takes."""
        with Vertical(classes="dialog"):
            yield Words(plain(f"{self._kind.title}: what is it to tell of?"), classes="heading")
            with VerticalScroll(classes="questions", can_focus=False):
                yield from self._questions()
                audience = self._wanted.audience or Select.NULL
                yield Asked(plain("Made for"), Select(WHOM, value=audience, prompt="who has the whole register",
                                                      id="audience", classes="field", compact=True))  # fmt: skip
            day = self.session.moment.shown if self.session.moment else "as at today"
            yield Words(plain(f"It tells of the register {day}; t chooses another day.", self.tones.quiet), id="day")
            yield Words(id="sentence")
            with Horizontal(classes="buttons"):
                yield Button("Show  ctrl+s", id="record", variant="primary", compact=True)
                yield Button("Close  esc", id="close", compact=True)

    def _questions(self) -> Iterator[Widget]:
        for name, (label, said, kinds) in QUESTIONS.items():
            if name not in self._kind.takes:
                continue
            value = getattr(self._wanted, name)
            hint = said or f"{self._kind.days}; how many ahead “due soon” reaches, or “no update” lasts"
            field = LineField("" if value is None else str(value), placeholder=hint, id=name, classes="field",
                              compact=True, select_on_focus=False)  # fmt: skip
            told = plain(f"{label} *" if name in self._kind.needs else label)
            yield Asked(told, field) if kinds is None else AskedName(told, field, kinds)

    def take(self) -> None:
        """Answer with what is typed, or say what is missing."""
        typed = {field.id: field.value.strip() or None for field in self.query(Input) if field.id}
        within = typed.pop("within", None)
        missing = [QUESTIONS[name][0] for name in QUESTIONS if name in self._kind.needs and not typed.get(name)]
        if missing:
            self._say(f"{missing[0]}: say which one. Type part of it, and choose with the arrows and Enter.")
        elif within is not None and not (within.isdecimal() and int(within) < 100_000):
            self._say(f"Days: “{within}” is no number of days; write 30, or leave it empty.")
        else:
            audience = chosen_readers(self.query_one("#audience", Select))
            days = None if within is None else int(within)
            self.dismiss(replace(self._wanted, **typed, within=days, audience=audience))  # type: ignore[arg-type]

    def _say(self, sentence: str) -> None:
        self.query_one("#sentence", Words).say(plain(sentence, self.tones.soon))
