"""The budget: each year by source and use, spending by business area and priority, every line."""

from collections.abc import Callable, Sequence

from bscp_tui.model.kinds import KINDS
from bscp_tui.model.view import View
from bscp_tui.reports.asked import Asked
from bscp_tui.reports.report import Chart, Content, ReportTable, Shown, each, report, table_of

NO_AREA, NO_PRIORITY = "no area recorded", "no priority recorded"
MONEY = ("amount", "spent", "carried")


@report(
    "budget",
    "Budget",
    reader="the partners who pay, and the public",
    sections=("years", "areas", "priorities", "contributions", "lines"),
    counts=("budget",),
)
def budget(asked: Asked) -> Content:
    """Return what each year's money is, where it comes from, and what became of it."""
    snapshot = asked.snapshot
    lines = snapshot.views(KINDS["budget"])
    uses = [view for view in lines if view.value("type") == "allocation"]
    shown: Shown = {
        "years": _years(lines),
        "areas": _grouped("Set aside and spent, by business area", "area", "business area", uses, _area),
        "priorities": _grouped("Set aside and spent, by priority", "priority", "priority", uses, _priority),
        "contributions": _contributions(lines),
        "lines": _lines(lines),
    }
    facts = [("lines", "Lines", len(lines))]
    notes = ["Sums are in pounds."] if lines else ["No budget is recorded yet."]
    return Content(each(shown), facts, notes)


def _years(lines: Sequence[View]) -> ReportTable:
    columns = (("year", "year"), ("set", "budget, £"), ("carried_in", "of it carried in, £"),
               ("contributions", "contributions, £"), ("allocated", "set aside, £"), ("spent", "spent of that, £"),
               ("not_allocated", "not set aside, £"))  # fmt: skip
    rows: list[Sequence[object]] = []
    for year in sorted({str(view.value("year")) for view in lines}):
        own = [view for view in lines if view.value("year") == year]
        whole = _sum(_of(own, "budget"), "amount")
        allocated = _sum(_of(own, "allocation"), "amount")
        rest = None if whole is None or allocated is None else _exact(whole - allocated)
        rows.append([year, whole, _sum(_of(own, "carry-forward"), "amount"), _sum(_of(own, "contribution"), "amount"),
                     allocated, _sum(_of(own, "allocation"), "spent"), rest])  # fmt: skip
    return ReportTable("Years", columns, rows)


def _grouped(title: str, name: str, heading: str, uses: Sequence[View], by: Callable[[View], list[str]]) -> Chart:
    """Return a table of sums; a line of several priorities stands under each, whole."""
    columns = (
        ("year", "year"),
        (name, heading),
        ("set", "set aside, £"),
        ("spent", "spent, £"),
        ("balance", "balance, £"),
    )
    found: dict[tuple[str, str], list[View]] = {}
    for view in uses:
        for group in by(view):
            found.setdefault((str(view.value("year")), group), []).append(view)
    rows = [[*key, _sum(views, "amount"), _sum(views, "spent"), _sum(views, "balance")]
            for key, views in sorted(found.items())]  # fmt: skip
    return Chart("bars", ReportTable(title, columns, rows), (name, "year"), ("set", "spent"))


def _contributions(lines: Sequence[View]) -> Chart:
    columns = (("ref", "ref"), ("year", "year"), ("lead", "agency"), ("amount", "contributes, £"))
    table = table_of("Contributions", columns, _of(lines, "contribution"))
    return Chart("bars", table, ("lead", "year"), ("amount",))


def _lines(lines: Sequence[View]) -> ReportTable:
    columns = (("ref", "ref"), ("title", "line"), ("year", "year"), ("type", "type"), ("amount", "set, £"),
               ("committed", "committed, £"), ("spent", "spent, £"), ("carried", "carried forward, £"),
               ("balance", "balance, £"), ("spent_share", "spent, %"))  # fmt: skip
    return table_of("Every line", columns, lines)


def _area(view: View) -> list[str]:
    return [str(view.value("area") or NO_AREA)]


def _priority(view: View) -> list[str]:
    refs = view.value("priorities")
    return [str(ref) for ref in refs] if isinstance(refs, tuple) and refs else [NO_PRIORITY]


def _of(views: Sequence[View], kind: str) -> list[View]:
    return [view for view in views if view.value("type") == kind]


def _sum(views: Sequence[View], name: str) -> float | None:
    """Return the sum of what is recorded, in pounds; None where nothing is."""
    known = [value for view in views if isinstance(value := view.value(name), (int, float))]
    return _exact(sum(known)) if known else None


def _exact(value: float) -> float:
    found = round(value, 2)
    return int(found) if float(found).is_integer() else found
