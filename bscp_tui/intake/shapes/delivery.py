"""A delivery plan: its rows become actions with key actions, its headings priorities, its title the plan."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bscp_tui.intake import cells
from bscp_tui.intake.columns import Role
from bscp_tui.intake.joining import Joined
from bscp_tui.intake.leads import LeadRead, leads_in, officer_in
from bscp_tui.intake.rows import Gathered
from bscp_tui.intake.shapes.plans import PlanRead, plan_of, priority_of
from bscp_tui.intake.shapes.shape import Shape, Stream
from bscp_tui.intake.wanted import Reading, Wanted, WantedRow
from bscp_tui.model.kinds import KINDS
from bscp_tui.model.text import shortened
from bscp_tui.model.workflow import token

ROLES = (
    Role("code", ("ref", "reference", "number", "no", "action no", "action number", "action ref", "item"),
         cells.is_code, "numbers such as 4.1"),
    Role("text", ("key actions", "key action", "actions", "action", "what we set out to achieve", "what we will do",
                  "action required", "agreed action", "activity", "objective", "task", "recommendation"),
         cells.is_numbered, "numbered actions"),
    Role("outcomes", ("desired outcomes", "outcomes", "outcome", "desired outcome", "key action and desired outcomes",
                      "expected outcomes", "intended outcomes", "what difference will it make"), listed=True),
    Role("measures", ("evidence and measures of progress", "measures of progress", "measures", "measures of success",
                      "success measures", "how will we know", "how we will measure progress"), listed=True),
    Role("evidence", ("evidence of progress", "summary and evidence of progress", "evidence", "summary of progress")),
    Role("leads", ("lead", "leads", "lead officer", "owner", "owners", "responsible", "responsible officer",
                   "lead agency", "who", "by whom", "who will lead", "action owner", "led by", "accountable"),
         lambda text, colour: bool(re.search(r"senior responsible|operational lead|\(K\.?\s?A", text, re.IGNORECASE))
         and not colour, "officers and leads"),
    Role("target", ("target", "target date", "targets", "deadline", "due", "due date", "by when", "timescale",
                    "completion date", "date for completion", "when", "due by", "timeframe"),
         cells.is_dates, "dates", listed=True),
    Role("update", ("update on progress", "progress update", "update", "progress", "latest update", "comments",
                    "latest position", "current position", "commentary", "position")),
    Role("rag", ("rag", "rag rating", "rag status", "brag", "brag rating"), cells.is_rag, "colours"),
    Role("status", ("status", "progress status", "action status")),
)  # fmt: skip
_STATUSES = {
    "not started": "not-started", "in progress": "in-progress", "ongoing": "in-progress", "started": "in-progress",
    "on track": "in-progress", "complete": "complete", "completed": "complete", "done": "complete",
    "embedded": "embedded", "deferred": "deferred", "superseded": "superseded", "paused": "deferred",
}  # fmt: skip
_NUMBER = re.compile(r"\s*\(?(\d{1,2})[.)]\s+")
_OWN_NUMBER = re.compile(r"\d{1,2}\.\d{1,2}")
_CODE = re.compile(r"\d{1,2}\.\d{1,2}|^\s*\d{1,2}[.)]?\s*$|\b(?:KA|action|ref|cont(?:inued|'d|d)?)\b", re.IGNORECASE)
_YEARS_AT_END = re.compile(r"\s*\(Years?[^()]*\)$")
_YEARS = re.compile(r"\s*\(Years?[^()]*\)")
START = "the register's own starting value; the document gives no progress"


@dataclass(frozen=True)
class _Row:
    """A row being read."""

    row: Gathered
    plan: PlanRead
    number: str
    stream: Stream


def read(stream: Stream) -> Iterator[Wanted]:
    """Yield the plan, its priorities and its actions."""
    plan = plan_of(stream)
    priorities: dict[str, Wanted] = {}
    actions: list[Wanted] = []
    for row in stream.rows:
        number = _number(row, len(priorities))
        if row.total or number is None:
            why = "it is a total of the others" if row.total else "it has no number, and stands under no priority"
            stream.told.append(f"{row.place} was not read: {why}.")
            continue
        first = number.partition(".")[0]
        officer, _ = officer_in(row.cell("leads").text)
        priority = priorities.setdefault(first, priority_of(plan, first, row))
        if officer is not None:
            _officer(priority, officer, row, stream)
        actions.append(_action(_Row(row, plan, number, stream)))
    yield plan.wanted
    yield from (priority for priority in priorities.values() if priority.fields.get("title"))
    yield from actions


def _number(row: Gathered, priorities: int) -> str | None:
    """Return an action's number: its own, or its priority's with its place under it."""
    del priorities
    own = _OWN_NUMBER.search(row.cell("code").text)
    if own:
        return own[0]
    section = re.search(r"\d+", row.section or "")
    listed = _NUMBER.match(row.cell("text").text) or re.fullmatch(r"\s*(\d{1,2})[.)]?\s*", row.cell("code").text)
    return f"{section[0]}.{listed[1]}" if section and listed else None


def _officer(priority: Wanted, officer: str, row: Gathered, stream: Stream) -> None:
    found = stream.bodies.found(officer, row.place, "person", row.cell("leads").doubt)
    why = f"“{officer}” is the senior responsible officer of its rows"
    before = priority.fields.get("senior_responsible_officer")
    if before is not None and before.value != found.ref:
        doubt = f"its rows name several: {stream.bodies.name(str(before.value))} and {officer}"
        priority.fields["senior_responsible_officer"] = before._replace(doubt=doubt)
    elif before is None:
        priority.fields["senior_responsible_officer"] = Reading(
            found.ref, why, found.doubt, needs=frozenset({found.ref})
        )


def _action(at: _Row) -> Wanted:
    row, text = at.row, at.row.cell("text")
    coded = _OWN_NUMBER.search(row.cell("code").text) is not None
    wanted = Wanted(
        KINDS["action"], f"{at.plan.name}/{at.number}", {"plan": at.plan.name, "number": at.number}, row.place,
        {"number": Reading(at.number, "its number" if coded else "its priority's number and its own")},
    )  # fmt: skip
    key_actions = _wording(wanted, text, at) if coded else _single(wanted, text)
    _lists(wanted, row)
    _targets(wanted, key_actions, at)
    _leads(wanted, key_actions, at)
    _judgements(wanted, key_actions, at)
    if key_actions:
        wanted.rows["key_actions"] = key_actions
    beside = _CODE.sub(" ", row.cell("code").text).strip(" .,;:()")
    wanted.unread += [("code", beside, "it is no part of a number")] if beside else []
    wanted.unread += row.unread()
    return wanted


def _wording(wanted: Wanted, text: Joined, at: _Row) -> list[WantedRow]:
    """Read a cell that holds a title and numbered key actions; return these."""
    title, items, doubt = cells.numbered(text.text)
    lines = [" ".join(line.split()) for line in title.split("\n") if line.strip()]
    heading = " ".join(lines).rstrip(": ")
    why = "what stands before the numbered key actions" if items else "its only text"
    if not heading:
        wanted.fields["title"] = Reading(f"Action {at.number}", "the cell has no title", only_new=True)
    elif items or len(heading) <= 120:
        wanted.fields["title"] = Reading(_YEARS_AT_END.sub("", heading) if not items else heading, why)
    else:
        wanted.fields["title"] = Reading(shortened(heading, 100), "the beginning of its text", only_new=True)
    if not items:
        single = "the row has no numbered key action; it gets this one"
        return [_key_action(1, heading, at, single, text.doubt)] if heading else []
    return [_key_action(number, item, at, "numbered in the cell", doubt or _doubt_of(text, item), doubt)
            for number, item in items]  # fmt: skip


def _doubt_of(text: Joined, item: str) -> str | None:
    """A doubt of how the parts of a cell were put together concerns the item that holds the place."""
    if text.doubt is None:
        return None
    ends = re.findall(r"“…?([^“”]+?)…?”", text.doubt)
    return text.doubt if any(" ".join(end.split()) in item for end in ends) else None


def _key_action(
    number: int, text: str, at: _Row, why: str, doubt: str | None, misnumbered: str | None = None
) -> WantedRow:
    years, stages = _years(text)
    broken = "; the row runs over to the next page" if len(at.row.parts) > 1 else ""
    fields = {
        "number": Reading(number, why, misnumbered),
        "title": Reading(_short_title(text), "the beginning of its text", misnumbered, only_new=True),
        "text": Reading(text, f"{why}{broken}", doubt),
        "status": Reading("not-started", START, only_new=True),
    }
    if years:
        fields["years"] = Reading(years, "the years in brackets")
    row = WantedRow(fields, ("number",), {}, KINDS["key-action"], f"{at.plan.name}/{at.number}.{number}")
    if stages:
        row.rows["stages"] = stages
    return row


def _short_title(text: str) -> str:
    return shortened(_YEARS.sub("", text) if "(" in text else text, 60)


def _years(text: str) -> tuple[tuple[int, ...], list[WantedRow]]:
    """Return the years that a key action names, and its stages where it names years for several steps."""
    marks = cells.years_in(text)
    if len(marks) == 1:
        return tuple(sorted(marks[0][0])), []
    years = tuple(sorted({year for each, _, _ in marks for year in each}))
    if len(marks) < 2:
        return years, []
    stages, begin = [], 0
    for each, start, end in marks:
        step = re.sub(r"^(?:and|then|to|,|;)\s+(?:to\s+)?", "", " ".join(text[begin:start].split()))
        begin = end
        fields = {"title": Reading(step or text[:40], ""), "year": Reading(each[-1], ""),
                  "status": Reading("not-started", START)}  # fmt: skip
        told = f"{step} (year {each[-1]})"
        why = "each step has its own year in brackets" + (f"; printed for years {each[0]} to {each[-1]}"
                                                          if len(each) > 1 else "")  # fmt: skip
        stages.append(WantedRow(fields, ("year", "title"), reading=Reading(told, why, told=told, only_new=True)))
    return years, stages


def _single(wanted: Wanted, text: Joined) -> list[WantedRow]:
    """Read a cell that is one action, numbered or not; it has no key actions."""
    whole = cells.prose_of(_NUMBER.sub("", text.text, count=1)).replace("\n", " ")
    wanted.fields["title"] = Reading(_short_title(whole), "the beginning of its text", only_new=True)
    wanted.fields["text"] = Reading(whole, "its text", text.doubt)
    years = tuple(sorted({year for each, _, _ in cells.years_in(whole) for year in each}))
    if years:
        wanted.fields["years"] = Reading(years, "the years in brackets")
    return []


def _lists(wanted: Wanted, row: Gathered) -> None:
    for name in ("outcomes", "measures"):
        cell = row.cell(name)
        if cell.text:
            wanted.fields[name] = Reading(cells.items_of(cell.text), "one item a line" + _over(cell), cell.doubt)
    update = row.cell("update")
    if update.text:
        wanted.fields["update"] = Reading(cells.prose_of(update.text), f"its cell{_over(update)}", update.doubt)
    evidence = row.cell("evidence")
    for paragraph in cells.prose_of(evidence.text).split("\n") if evidence.text else ():
        doubt = evidence.doubt if evidence.doubt and _doubt_of(evidence, paragraph) else None
        fields = {"shows": Reading("output", ""), "text": Reading(paragraph, "")}
        reading = Reading(paragraph, f"a paragraph of its evidence, taken as output{_over(evidence)}", doubt, paragraph)
        wanted.rows.setdefault("evidence", []).append(WantedRow(fields, ("text",), reading=reading))


def _over(cell: Joined) -> str:
    return "; the cell runs over to the next page" if cell.broken else ""


def _targets(wanted: Wanted, key_actions: Sequence[WantedRow], at: _Row) -> None:
    cell = at.row.cell("target")
    days, rest = cells.dates_in(cell.text)
    if rest:
        wanted.unread.append(("target", rest, "it is no date"))
    if not days:
        return
    labelled = all(day.label is not None for day in days)
    if len(days) == 1 and len(key_actions) != 1:
        told = f"the row's one target for its {len(key_actions)} key actions" if key_actions else "its cell"
        wanted.fields["target"] = _target(days[0], told, at, None)
    elif labelled:
        _by_label(days, key_actions, wanted, at)
    elif len(days) == len(key_actions):
        many = len(days) > 1
        why = (
            f"the row lists {len(days)} targets for {len(days)} key actions: paired in their order"
            if many
            else "its cell"
        )
        doubt = "targets stand on two pages: confirm that they line up with the key actions" if cell.broken else None
        for row, day in zip(key_actions, days, strict=True):
            row.fields["target"] = _target(day, why, at, doubt)
            if many:
                row.fields["target_basis"] = Reading("order-assumed", "paired in their order", only_new=True)
    else:
        beside = f"{len(days)} targets stand beside {len(key_actions) or 'no'} key actions"
        why = f"{beside}: which belongs to which is not said"
        wanted.unread.append(("target", ", ".join(day.written for day in days), why))


def _by_label(days: Sequence[cells.Day], key_actions: Sequence[WantedRow], wanted: Wanted, at: _Row) -> None:
    for day in days:
        row = next((row for row in key_actions if row.fields["number"].value == day.label), None)
        if row is None:
            wanted.unread.append(("target", f"{day.label}. {day.written}", "there is no key action of that number"))
        else:
            row.fields["target"] = _target(day, f"the target numbered {day.label}", at, None)


def _target(day: cells.Day, why: str, at: _Row, doubt: str | None) -> Reading:
    start, end = at.plan.start, at.plan.end
    outside = (start is not None and day.day < start) or (end is not None and day.day > end)
    told = f"{day.written} lies outside the plan's period" if outside else None
    return Reading(day.day, why, "; ".join(each for each in (told, day.doubt, doubt) if each) or None)


def _leads(wanted: Wanted, key_actions: Sequence[WantedRow], at: _Row) -> None:
    cell = at.row.cell("leads")
    _, rest = officer_in(cell.text)
    reads = leads_in(rest, at.row.place, at.stream.bodies, cell.doubt)
    numbers = [row.fields["number"].value for row in key_actions]
    rows = [_lead(read, reads, numbers, cell, at) for read in reads]
    if rows:
        wanted.rows["leads"] = rows
    led = {number for read in reads for number in (read.numbers or numbers)}
    for row in key_actions:
        number = row.fields["number"].value
        if reads and number not in led:
            told = "The document names no lead for this key action."
            row.fields["note"] = Reading(
                told, "the numbers beside the leads leave it out", "no lead is named for it", only_new=True
            )


def _lead(read: LeadRead, reads: Sequence[LeadRead], numbers: Sequence[object], cell: Joined, at: _Row) -> WantedRow:
    fields: dict[str, Reading] = {}
    if read.party is not None:
        fields["party"] = Reading(read.party.ref, "")
    elif read.post:
        fields["post"] = Reading(read.post, "")
    if read.to_be_agreed:
        fields["to_be_agreed"] = Reading(True, "")  # noqa: FBT003
    if read.numbers:
        fields["key_actions"] = Reading(read.numbers, "")
    if read.note:
        fields["note"] = Reading(read.note, "", only_new=True)
    doubts = [read.doubt, cell.doubt]
    twice = sorted(
        {number for number in read.numbers for other in reads if other is not read and number in other.numbers}
    )
    if twice:
        doubts.append(f"key action {', '.join(map(str, twice))} stands under two leads")
    strange = [number for number in read.numbers if number not in numbers]
    if strange:
        doubts.append(f"the row has no key action {', '.join(map(str, strange))}")
    if read.to_be_agreed:
        doubts.append("the lead is still to be agreed")
    name = at.stream.bodies.name(read.party.ref) if read.party else read.post or ""
    told = f"{name}{' (to be agreed)' if read.to_be_agreed else ''}" + _told(read.numbers)
    why = f"printed as “{read.text}”" + (f"; {read.party.why}" if read.party and read.party.why else "")
    needs = frozenset({read.party.ref}) if read.party else frozenset()
    doubt = "; ".join(dict.fromkeys(each for each in doubts if each)) or None
    by = tuple(name for name in ("party", "post", "key_actions") if name in fields)
    matching = WantedRow({name: each for name, each in fields.items() if name != "note"}, by)
    matching.reading = Reading(told, why + _over(cell), doubt, told, needs=needs)
    if "note" in fields:
        matching.fields["note"] = fields["note"]
    return matching


def _told(numbers: Sequence[int]) -> str:
    return f" (key actions {', '.join(map(str, numbers))})" if numbers else ""


def _judgements(wanted: Wanted, key_actions: Sequence[WantedRow], at: _Row) -> None:
    """Read RAG and progress; what the register's rules would refuse is listed, never recorded unseen."""
    cell = at.row.cell("rag")
    found, why, sure = cells.rag_of(cell.text, cell.colour)
    if found is not None:
        if at.plan.legend and found in at.plan.legend:
            wanted.fields["rag"] = Reading(found, why, None if sure else "the colour is not clear")
        else:
            wanted.unread.append(("rag", found, f"{why}, but its plan has no RAG legend that says what it means"))
    elif cell.text:
        wanted.unread.append(("rag", cell.text, why or "it is no colour"))
    status = at.row.cell("status").text
    if not status:
        return
    read = _STATUSES.get(token(status).replace("-", " "))
    if read in {"complete", "embedded"}:
        wanted.unread.append(
            ("status", status, "progress is recorded as done only with dated evidence: record it on its own")
        )
    elif read is None or len(key_actions) > 1:
        reason = (
            "it is no progress that the register knows"
            if read is None
            else "which key action it belongs to is not said"
        )
        wanted.unread.append(("status", status, reason))
    else:
        fields = key_actions[0].fields if key_actions else wanted.fields
        fields["status"] = Reading(read, f"the cell says “{status}”")


DELIVERY = Shape(
    "delivery plan",
    KINDS["action"],
    ROLES,
    keys=("code", "text"),
    needs=tuple(
        frozenset({"text", other}) for other in ("code", "outcomes", "measures", "evidence", "leads", "target")
    ),
    read=read,
    fits={"code": re.compile(r"(?:KA|Action)?\s*\d{1,2}(?:\.\d{1,2})?\.?\s*(?:\(?cont.*)?$"), "text": _NUMBER},
)
