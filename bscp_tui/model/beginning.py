"""What another partnership's register begins with: asked in a few questions, each answer a text."""

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from bscp_tui.model.additions import RESERVED, slug_of
from bscp_tui.model.amendment import validated
from bscp_tui.model.bodies import AGENCY, GROUP
from bscp_tui.model.dates import DateError, in_words, read_date
from bscp_tui.model.document import Document, with_ids
from bscp_tui.model.fields import fields_of
from bscp_tui.model.plan import PLAN, PRIORITY, LegendEntry
from bscp_tui.model.record import NAME, Kind
from bscp_tui.model.text import TypedTextError, typed
from bscp_tui.model.theme import THEME
from bscp_tui.model.view import RefusedChangeError
from bscp_tui.model.workflow import token
from bscp_tui.model.working_days import WorkingDays

UNNAMED = "Safeguarding partnership"
MOST = 500  # answers to one question
_SHORT = re.compile(r"(?P<name>.+?)\s*\((?P<short>[^()]{1,20})\)")
_DAY_THEN_WHY = re.compile(r"(?P<day>\S+(?:\s+[A-Za-z]+\s+\d{4})?)\s*(?P<why>.*)")


class AnswerError(ValueError):
    """An answer that cannot stand; the message names the question, and what is allowed."""

    def __init__(self, question: str, told: str) -> None:
        """Say ``told`` of the question of that name."""
        super().__init__(f"{question}: {told}")
        self.question = question


@dataclass(frozen=True)
class Question:
    """One thing that is asked of whoever begins a register.

    Attributes:
        name: As in a file of answers.
        label: As people are asked.
        hint: What an answer looks like.
        several: Whether any number of answers is taken, one a line.

    """

    name: str
    label: str
    hint: str = ""
    several: bool = False


QUESTIONS = (
    Question("name", "The partnership's name"),
    Question("short_name", "Its short name", "four or five letters"),
    Question("bank_holidays", "Bank holidays of", "GB-ENG (England, if empty), GB-WLS, GB-SCT or GB-NIR"),
    Question("closed_days", "Other days on which you do not work", "24 December 2026 Offices close", several=True),
    Question("agencies", "Agencies", "Hill Valley Police (HVP)", several=True),
    Question("groups", "Boards and groups", "Executive Board (EB): board", several=True),
    Question("themes", "Themes that your audits and reviews use", "Voice of the child", several=True),
    Question("plan", "The current plan's short name, if there is one", "2026-28; it begins every reference"),
    Question("plan_title", "The plan's title", "as it is published"),
    Question("plan_start", "Its first day", "1 April 2026"),
    Question("plan_end", "Its last day", "31 March 2028"),
    Question("priorities", "Its priorities, in their order", "Early help", several=True),
    Question(
        "legend", "Its RAG legend, none if it uses no colours", "green: done; amber: …; one colour a line", several=True
    ),
)
_BY_NAME = {question.name: question for question in QUESTIONS}


@dataclass(frozen=True)
class Beginning:
    """What a new register holds.

    Attributes:
        settings: What ``bscp.toml`` says beside layout, rules and clocks.
        records: (path inside ``records/``, document, kind) of each record.

    """

    settings: Document
    records: tuple[tuple[str, Document, Kind], ...] = ()


def beginning(answers: Mapping[str, object]) -> Beginning:
    """Return what the answers mean.

    Args:
        answers: By the questions' names; a text, a date, or a list of these.

    Raises:
        AnswerError: One cannot stand, or answers no question.

    """
    unknown = [name for name in answers if name not in _BY_NAME]
    if unknown:
        raise AnswerError(unknown[0], f"there is no such question. The questions are: {', '.join(_BY_NAME)}.")
    texts = {name: _texts(name, answers.get(name)) for name in _BY_NAME}
    records = tuple(_records(texts))
    paths = [path for path, _, _ in records]
    twice = next((path for place, path in enumerate(paths) if path in paths[:place]), None)
    if twice is not None:
        raise AnswerError(twice.partition("/")[0], f"two of the answers would both be kept as {twice}; name one apart.")
    return Beginning(_settings(texts), records)


def _texts(name: str, answer: object) -> list[str]:
    question = _BY_NAME[name]
    given = answer if isinstance(answer, (list, tuple)) else str(answer or "").split("\n")
    try:
        lines = [typed(_said(item), field=question.label, lines=False).strip() for item in given]
    except TypedTextError as error:
        raise AnswerError(name, str(error)) from None
    lines = [line for line in lines if line]
    if len(lines) > (MOST if question.several else 1):
        raise AnswerError(name, f"one answer is wanted, not {len(lines)}." if not question.several else "too many.")
    return lines


def _said(item: object) -> str:
    if isinstance(item, dt.date):
        return in_words(item)
    return "" if item is None else str(item)


def _one(texts: Mapping[str, list[str]], name: str) -> str:
    return texts[name][0] if texts[name] else ""


def _day(name: str, text: str) -> dt.date:
    try:
        return read_date(text)
    except DateError as error:
        raise AnswerError(name, str(error)) from None


def _settings(texts: Mapping[str, list[str]]) -> Document:
    area = _one(texts, "bank_holidays") or "GB-ENG"
    try:
        WorkingDays(area).is_working_day(dt.date(2026, 1, 1))
    except ValueError as error:
        raise AnswerError("bank_holidays", f"{error}. Write GB-ENG, GB-WLS, GB-SCT or GB-NIR.") from None
    settings: Document = {"name": _one(texts, "name") or UNNAMED}
    settings |= {"bank_holidays": area} if texts["bank_holidays"] else {}
    settings |= {"short_name": _one(texts, "short_name")} if texts["short_name"] else {}
    settings |= {"current_plan": _one(texts, "plan")} if texts["plan"] else {}
    closed = with_ids(map(_closed_day, texts["closed_days"]))
    return settings | ({"closed_days": closed} if closed else {})


def _closed_day(line: str) -> Document:
    match = _DAY_THEN_WHY.fullmatch(line)
    words = match["day"] if match else line
    row: Document = {"date": _day("closed_days", words.rstrip(":,"))}
    return row | ({"title": match["why"]} if match and match["why"] else {})


def _records(texts: Mapping[str, list[str]]) -> Iterator[tuple[str, Document, Kind]]:
    for line in texts["agencies"]:
        yield _body("agencies", AGENCY, line)
    for line in texts["groups"]:
        name, colon, kind_of = line.rpartition(":")
        extra = {"type": token(kind_of)} if colon else {}
        yield _body("groups", GROUP, name if colon else line, extra)
    for line in texts["themes"]:
        yield _record("themes", THEME, {"slug": slug_of(line)}, {"title": line})
    yield from _plan(texts)


def _plan(texts: Mapping[str, list[str]]) -> Iterator[tuple[str, Document, Kind]]:
    plan = _one(texts, "plan")
    if not plan:
        about = next((name for name in ("plan_title", "plan_start", "plan_end", "priorities", "legend") if texts[name]),
                     None)  # fmt: skip
        if about:
            raise AnswerError(about, "it belongs to a plan; answer “plan” with the plan's short name, 2026-28.")
        return
    if not re.fullmatch(NAME, plan):
        raise AnswerError("plan", f"“{plan}” cannot begin a reference: use small letters, digits and hyphens, 2026-28.")
    document: Document = {"title": _one(texts, "plan_title") or plan, "status": "draft"}
    for name, field in (("plan_start", "start"), ("plan_end", "end")):
        document |= {field: _day(name, _one(texts, name))} if texts[name] else {}
    if document.get("start", dt.date.min) > document.get("end", dt.date.max):
        raise AnswerError("plan_end", "the plan ends before it begins.")
    legend = with_ids(map(_colour, texts["legend"]))
    yield _record("plan", PLAN, {"plan": plan}, document | ({"legend": legend} if legend else {}))
    for number, title in enumerate(texts["priorities"], start=1):
        names = {"plan": plan, "number": str(number)}
        yield _record("priorities", PRIORITY, names, {"number": number, "title": title, "status": "draft"})


def _colour(line: str) -> Document:
    colour, colon, means = line.partition(":")
    allowed = fields_of(LegendEntry)["rag"].choices
    if not colon or not means.strip() or token(colour) not in allowed:
        raise AnswerError("legend", f"“{line}” should be a colour, a colon and what it means: “green: done”. "
                                    f"The colours are {', '.join(allowed)}.")  # fmt: skip
    return {"rag": token(colour), "means": means.strip()}


def _body(question: str, kind: Kind, line: str, extra: Document | None = None) -> tuple[str, Document, Kind]:
    match = _SHORT.fullmatch(line.strip())
    title, short = (match["name"], match["short"].strip()) if match else (line.strip(), "")
    document = {"title": title} | ({"short_name": short} if short else {}) | (extra or {})
    return _record(question, kind, {"slug": slug_of(title)}, document)


def _record(question: str, kind: Kind, names: Mapping[str, str], document: Document) -> tuple[str, Document, Kind]:
    """Return a record's path, content and kind, held to the kind's declaration."""
    path = (kind.where or "").format(**names)
    if kind.names_in(path) is None or RESERVED & set(names.values()):
        told = f"“{document.get('title')}” gives no name for a file; write it with letters or digits."
        raise AnswerError(question, told)
    try:
        validated(kind, None, document)
    except RefusedChangeError as error:
        raise AnswerError(question, f"“{document.get('title')}”: {error}.") from None
    return path, document, kind
