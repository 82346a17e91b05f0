"""A published figure of a number on a screen: its sentence, its day, and the question that gives the number again."""

import shlex
from collections.abc import Iterable, Mapping

from bscp_tui.model.dates import in_words
from bscp_tui.model.filter_line import terms_of
from bscp_tui.model.filters import FilterError, Term
from bscp_tui.model.kinds import KINDS
from bscp_tui.model.record import Kind
from bscp_tui.model.workflow import DONE
from bscp_tui.tui.figures import Figure, Place, PriorityFigures
from bscp_tui.tui.session import Session

NO_QUESTION = "This number counts no records of one list, so that no question could give it again."


def of_list(session: Session, kind: Kind, narrowed: str) -> Mapping[str, str] | str:
    """Return the fields of a figure that counts the records of a list; why there is none, where it cannot be asked.

    Args:
        session: The open register.
        kind: The list's kind.
        narrowed: Its filter, as typed.

    """
    try:
        terms = terms_of(narrowed, kind)
        count = session.count(kind, terms)
    except FilterError as error:
        return str(error)
    told = ", ".join(f"{term.field.replace('_', ' ')} {term.operator} {term.value}".strip(" ~") for term in terms)
    what = f"{kind.plural}: {told}" if told else kind.plural
    return _fields(session, what, count, question(kind, terms), f"List “{kind.plural}”")


def of_home(session: Session, figure: Figure) -> Mapping[str, str] | str:
    """Return the fields of a figure that Home counts under "Needs attention"; why there is none."""
    place = figure.opens
    if not isinstance(place, Place) or place.kind not in KINDS:
        return NO_QUESTION
    kind = KINDS[place.kind]
    terms = terms_of(place.filter, kind)
    if session.count(kind, terms) != figure.count:
        return NO_QUESTION
    said = f"{kind.plural} {figure.said}" if figure.said.startswith(("due", "of ")) else figure.said
    return _fields(session, f"{said[:1].upper()}{said[1:]}", figure.count, question(kind, terms), "Home")


def of_priority(session: Session, figure: PriorityFigures) -> Mapping[str, str] | str:
    """Return the fields of a figure that says how much of a priority is done."""
    plan = session.snapshot.settings.current_plan
    rows = session.snapshot.views(KINDS["key-action"], names={"plan": plan})
    kind = KINDS["key-action" if rows else "action"]
    within = f"plan={plan} priority={figure.number}"
    workflow = kind.model.workflow
    done = [status for status in (workflow.statuses if workflow else ()) if status in DONE]
    asked = " plus ".join(question(kind, terms_of(f"{within} status={status}", kind)) for status in done)
    return _fields(session, f"{kind.plural} of priority {figure.number} done", figure.done, asked, "Home")


def question(kind: Kind, terms: Iterable[Term]) -> str:
    """Return the question that counts what meets ``terms``, in the grammar of ``model/questions.py``."""
    words = (f"{term.field}{term.operator}{term.value}" if term.field else term.value for term in terms)
    return " ".join(["count", kind.name, *map(shlex.quote, words)])


def command(fields: Mapping[str, str]) -> str:
    """Return the command that adds the same figure."""
    told = " ".join(shlex.quote(f"{name}={value}") for name, value in fields.items())
    return f"bscp add published-figure {told} --reason TEXT"


def _fields(session: Session, what: str, count: int, asked: str, where: str) -> Mapping[str, str]:
    day = in_words(session.today)
    return {
        "title": what,
        "figure": str(count),
        "unit": "records",
        "as_at": day,
        "question": asked,
        "place": f"{where} of the register",
        "text": f"On {day}, {what[:1].lower()}{what[1:]}: {count:,}.",
    }
