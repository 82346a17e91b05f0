"""The first page: as at which day and register version, the proof line, progress, and what is recorded."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from bscp_tui.model.dates import in_words
from bscp_tui.model.words import NOT_RECORDED
from bscp_tui.model.workflow import PROGRESS, words
from bscp_tui.publishing.charts import chart
from bscp_tui.publishing.edition import Edition
from bscp_tui.publishing.frame import Frame, environment, page
from bscp_tui.publishing.gathering import Lists
from bscp_tui.publishing.ledger import month_in_words
from bscp_tui.publishing.sheet import Fact
from bscp_tui.reports.asked import Asked
from bscp_tui.reports.summary import at_a_glance
from bscp_tui.store.errors import RegisterError
from bscp_tui.store.naming import UnknownReferenceError
from bscp_tui.trust.proving import current_proof

MONTHS_DRAWN = 24


@dataclass(frozen=True)
class TableTold:
    """A table of a report, in words."""

    title: str
    columns: Sequence[str]
    rows: Sequence[Sequence[str]]


@dataclass(frozen=True)
class Progress:
    """How far the current plan is.

    Attributes:
        title: What it is headed.
        facts: (label, figure) of what stands at the top of the page.
        html: Its charts and tables.

    """

    title: str
    facts: Sequence[tuple[str, str]]
    html: str


def overview(
    edition: Edition,
    frame: Frame,
    progress: Progress,
    lists: Lists,
    months: Mapping[str, int],
    left_out: Sequence[str],
) -> bytes:
    """Return the overview.

    Args:
        edition: The edition.
        frame: What stands around the page.
        progress: How far the current plan is.
        lists: (kind, heading, how many) of each list.
        months: How many changes are told of each month, the earliest first.
        left_out: What is left out, in sentences.

    """
    proof, no_proof, notes = _proof(edition)
    notes += left_out
    if edition.public:
        notes.append("People's names, and counts of people under five or whatever would give one away, are withheld.")
    drawn = [(month_in_words(month), float(count), str(count)) for month, count in months.items()][-MONTHS_DRAWN:]
    return page(
        frame, "index.html", "overview.html", as_at=in_words(edition.readers.today), version=edition.commit[:12],
        proof=proof, no_proof=no_proof, facts=[Fact(label, [told]) for label, told in progress.facts], notes=notes,
        summary_title=progress.title,
        progress=Markup(progress.html),  # noqa: S704 - a template made it
        lists=lists, months=chart("Changes recorded", ("Month", "Changes"), drawn),
    )  # fmt: skip


def progress_of(edition: Edition) -> Progress:
    """Return how far the current plan is, as the overview tells it."""
    plan = edition.snapshot.settings.current_plan
    try:
        made = at_a_glance(Asked(edition.snapshot, plan, edition.readers.today, edition.commit[:12]))
    except UnknownReferenceError:
        return Progress("Progress", [("Current plan", "not told to these readers")], "")
    table = made.priorities.table
    totals = dict(zip([name for name, _ in table.columns], table.rows[-1], strict=True))
    figures = [(words(status), totals.get(status.replace("-", "_"))) for status in (*PROGRESS.statuses, "not-recorded")]
    bars = [(label, float(count), str(count)) for label, count in figures if isinstance(count, int)]
    drawn = chart("Key actions by progress", ("Progress", "Key actions"), bars)
    told = TableTold(
        table.title,
        [label for _, label in table.columns],
        [[_cell(edition, cell) for cell in row] for row in table.rows],
    )
    facts = [(label, _cell(edition, value)) for _, label, value in made.facts]
    html = environment().get_template("progress.html").render(charts=[drawn], tables=[told]).strip()
    return Progress(edition.text(made.title), facts, html)


def _cell(edition: Edition, value: object) -> str:
    if value is None:
        return NOT_RECORDED
    if isinstance(value, dt.date):
        return in_words(value)
    return edition.text(str(value))


def _proof(edition: Edition) -> tuple[str, str, list[str]]:
    try:
        proven = current_proof(edition.register.repository, edition.commit)
    except RegisterError as error:
        return "", str(error), []
    return str(proven.proof), "", [proven.told] if proven.unsent else []
