"""Cells and facts of reports as people read them; every form for people says them so."""

import datetime as dt
from typing import Self

from bscp_tui.model.dates import in_words
from bscp_tui.model.words import NOT_RECORDED
from bscp_tui.model.workflow import PROGRESS, words


class Counted(int):
    """A number that a question of the register gives again, in the grammar of ``model/questions.py``."""

    question: str

    def __new__(cls, number: int, question: str) -> Self:
        """Return ``number``, with its question."""
        made = super().__new__(cls, number)
        made.question = question
        return made


def told(value: object, name: str = "") -> str:
    """Return a cell or fact as people read it: "31 March 2026", "not recorded", "in progress".

    Args:
        value: Text, a number, a date, a list of these, or None where not recorded.
        name: The name of its column or fact.

    """
    if value is None:
        return NOT_RECORDED
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, dt.date):
        return in_words(value)
    if isinstance(value, (list, tuple)):
        return "; ".join(told(item) for item in value)
    return words(str(value)) if name == "status" and value in PROGRESS.statuses else str(value)
