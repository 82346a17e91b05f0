"""Themes: how often audits found each, and the matrix of theme by source by year."""

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Sequence

from bscp_tui.model.dates import read_month
from bscp_tui.model.kinds import KINDS
from bscp_tui.model.view import View
from bscp_tui.reports.asked import Asked
from bscp_tui.reports.clocks import financial_year
from bscp_tui.reports.report import Chart, Content, ReportTable, Shown, each, report
from bscp_tui.store.snapshot import Snapshot

COUNTED = ("theme", "audit")
NO_YEAR = "not dated"
# The day that says to which year a record belongs, the most telling first.
DAYS = ("published", "date", "reported", "returned", "submitted", "started", "asked_on", "issued", "aware")


@report(
    "themes",
    "Themes",
    reader="the board, and whoever plans training and audits",
    sections=("issues", "good-practice", "matrix", "messages"),
    counts=COUNTED,
)
def themes(asked: Asked) -> Content:
    """Return the frequency of themes across audits, and where else they come up."""
    snapshot = asked.snapshot
    found = snapshot.views(KINDS["theme"])
    issues, good_practice = frequencies(snapshot)
    shown: Shown = {
        "issues": issues,
        "good-practice": good_practice,
        "matrix": _matrix(snapshot, found),
        "messages": _messages(found),
    }
    notes = [] if found else ["No theme is recorded yet."]
    if found and not _with_theme(snapshot):
        notes.append("No finding is recorded with a theme, so the frequencies are not known.")
    return Content(each(shown), [], notes)


def frequencies(snapshot: Snapshot) -> list[Chart]:
    """Return how often audits found each theme: as an issue that needs improvement, and as good practice."""
    found = snapshot.views(KINDS["theme"])
    return [
        _frequencies(snapshot, found, "improvement", "Recurring issues that need improvement"),
        _frequencies(snapshot, found, "good-practice", "Recurring areas of good practice"),
    ]


def _frequencies(snapshot: Snapshot, found: Sequence[View], type_: str, title: str) -> Chart:
    """In how many audits each theme was found as an improvement or as good practice, and how often in all."""
    columns = (("ref", "ref"), ("theme", "theme"), ("audits", "audits"), ("findings", "findings"))
    findings = [view for view in _with_theme(snapshot) if view.value("type") == type_]
    rows: list[list[object]] = []
    for theme in found:
        mine = [view for view in findings if view.value("theme") == theme.ref]
        if mine or theme.value("type") == type_:
            audits = {view.value("audit") for view in mine}
            rows.append([theme.ref, theme.title, len(audits) if findings else None, len(mine) if findings else None])
    rows.sort(key=lambda row: (-int(str(row[2] or 0)), str(row[1])))
    return Chart("bars", ReportTable(title, columns, rows), ("theme",), ("audits", "findings"))


def _with_theme(snapshot: Snapshot) -> list[View]:
    return [view for view in snapshot.views(KINDS["finding"]) if view.value("theme")]


def _matrix(snapshot: Snapshot, found: Sequence[View]) -> ReportTable:
    """Theme by source by year: how many records of each kind name the theme."""
    counts = Counter((theme, view.kind.plural.lower(), _year(view)) for theme, view in _named(snapshot))
    columns = (("theme", "theme"), ("source", "source"), ("year", "year"), ("records", "records"))
    titles = {view.ref: view.title for view in found}
    rows = [[titles.get(theme, theme), source, year, count] for (theme, source, year), count in counts.items()]
    return ReportTable(
        "Theme by source by year", columns, sorted(rows, key=lambda row: [str(cell) for cell in row[:3]])
    )


def _named(snapshot: Snapshot) -> Iterator[tuple[str, View]]:
    for kind in KINDS.values():
        if kind.model.model_fields.keys() & {"theme", "themes"}:
            for view in snapshot.views(kind):
                several, one = view.value("themes"), view.value("theme")
                yield from ((str(ref), view) for ref in (several if isinstance(several, tuple) else ()))
                if one:
                    yield str(one), view


def _year(view: View) -> str:
    told = view.value("year")
    if isinstance(told, str) and told:
        return told
    days = (view.value(name) for name in DAYS)
    day = next((day for day in days if isinstance(day, dt.date)), None) or read_month(str(view.value("published_as")))
    return financial_year(day) if day else NO_YEAR


def _messages(found: Sequence[View]) -> ReportTable:
    columns = (("theme", "theme"), ("message", "key message"))
    rows = [[view.title, message] for view in found for message in view.value("key_messages") or ()]  # type: ignore[attr-defined]
    return ReportTable("Key messages", columns, rows)
