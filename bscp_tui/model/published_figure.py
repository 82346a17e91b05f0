"""Published figures and statements, each with the question, or the other statements, that should agree with it."""

import datetime as dt
from typing import Annotated

from bscp_tui.model.fields import Amount, Line, LongText, Numbers, Refers, asked, required
from bscp_tui.model.parts import Record
from bscp_tui.model.questions import Answer, QuestionError, answer
from bscp_tui.model.record import declare, derived
from bscp_tui.model.view import View

FigureRef = Annotated[str, Refers(("published-figure",))]
ReportRef = Annotated[str, Refers(("report",))]


class PublishedFigure(Record):
    """One figure, or one statement, of a published document."""

    # Whether it is computed from other records, so that no question may ask for what it computes.
    asks_questions = True

    title: Line = required("What is published", hint="in a few words: actions completed")
    figure: Amount | None = asked("Figure", hint="as printed: 47; a statement has none", people="figure")
    unit: Line | None = asked("Unit", hint="actions, children, %, £")
    said: Line | None = asked("Said, in words", hint="for a statement: January 2024", people="share")
    as_at: dt.date | None = asked("As at")
    question: LongText | None = asked("Question", hint="count learning-point status=completed")
    report: ReportRef | None = asked("Report")
    place: Line | None = asked("Place", hint="Part 5, page 34")
    text: LongText | None = asked("Sentence", hint="what the sentence says, in your own words")
    subject: Line | None = asked("About", hint="statements about one thing must agree")
    event: bool | None = asked("An event that was over", hint="its date cannot lie after “as at”")
    part_of: FigureRef | None = asked("Part of", hint="the total that it is a part of")
    of_people: bool | None = asked("Counts people")
    base: Line | None = asked("Share of", hint="what a share is of")
    unclear: LongText | None = asked("What is unclear", hint="what the print does not say")
    numbering: Numbers = asked("Numbers given", default=(), hint="the numbers of its figures or tables")

    @derived
    def published(self, view: View) -> float | str | None:
        """What was printed: the figure, else the words."""
        del view
        return self.figure if self.figure is not None else self.said

    @derived
    def computed(self, view: View) -> float | None:
        """What the register answers to its question at its date, rounded as the print is; None without an answer."""
        found = self.answered(view)
        if found is None or isinstance(found, str):
            return None
        return _rounded_as(self.figure, found.number)

    @derived
    def difference(self, view: View) -> float | None:
        """The published figure less the computed one; None where there is no such pair."""
        computed = self.computed(view)
        if self.figure is None or computed is None:
            return None
        return _rounded_as(self.figure, self.figure - computed)

    @derived
    def agrees(self, view: View) -> bool | None:
        """Whether the register answers what was published; None where it cannot be asked."""
        difference = self.difference(view)
        return None if difference is None else difference == 0

    def answered(self, view: View) -> Answer | str | None:
        """Return what the register answers at the figure's date, why it cannot, or None without a question."""
        from bscp_tui.model.kinds import KINDS

        if not self.question:
            return None
        try:
            return answer(self.question, view.register.on(self.as_at), KINDS)
        except QuestionError as error:
            return str(error)


def _rounded_as(figure: float | None, number: float) -> float:
    """Return ``number`` with as many decimals as ``figure`` has."""
    digits = len(str(figure).partition(".")[2]) if isinstance(figure, float) else 0
    rounded = round(number + (1e-9 if number >= 0 else -1e-9), digits)
    return int(rounded) if digits == 0 else rounded


PUBLISHED_FIGURE = declare(
    "published-figure",
    PublishedFigure,
    plural="Published figures",
    where="figures/{block}/PF-{code}.toml",
    reference="PF-{code}",
    columns=("ref", "title", "published", "unit", "computed", "difference", "place"),
)
