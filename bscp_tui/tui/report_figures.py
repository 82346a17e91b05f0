"""A published figure of a number in a report: its sentence, its day, and the question that gives the number again."""

import shlex
from collections.abc import Mapping

from bscp_tui.model.dates import in_words
from bscp_tui.model.kinds import KINDS
from bscp_tui.model.questions import QuestionError, answer
from bscp_tui.reports.cells import Counted
from bscp_tui.reports.making import Made
from bscp_tui.store.snapshot import Snapshot
from bscp_tui.tui.publishing_figures import NO_QUESTION
from bscp_tui.tui.report_lines import Told


def of_report(told: Told, made: Made) -> Mapping[str, str] | str:
    """Return the fields of a figure that a report tells; why there is none.

    Args:
        told: The number.
        made: The report as it was made; a question counts only if it gives the number again from the same records.

    """
    snapshot = made.asked.snapshot
    asked = told.value.question if isinstance(told.value, Counted) else _of_record(snapshot, told)
    try:
        again = answer(asked, snapshot, KINDS).number if asked else None
    except QuestionError as error:
        return f"{NO_QUESTION} {error}"
    if again != told.value:
        return NO_QUESTION
    day = in_words(made.asked.as_at)
    figure = f"{told.value:g}" if isinstance(told.value, float) else str(told.value)
    return {
        "title": told.what,
        "figure": figure,
        "unit": "records" if isinstance(told.value, Counted) else "",
        "as_at": day,
        "question": asked,
        "place": f"Report “{made.report.title}”",
        "text": f"On {day}, {told.what[:1].lower()}{told.what[1:]}: {figure}.",
    }


def _of_record(snapshot: Snapshot, told: Told) -> str:
    """Return the question that gives what a field of one record says; "" where it is no field of one."""
    view = snapshot.view(told.ref) if told.ref else None
    if view is None or not view.has(told.column):
        return ""
    return f"sum {view.kind.name}.{told.column} {shlex.quote(f'ref={view.ref}')}"
