"""Every report is what it is declared to be: its sections, what it takes, its charts' figures."""

from pathlib import Path

import pytest

from bscp_tui.reports.all_reports import REPORTS
from bscp_tui.reports.making import ReportError, Wanted, make
from bscp_tui.reports.report import Chart, ReportTable
from bscp_tui.store.register import Register
from tests.cli.support import bscp, done


def wanted(name: str) -> Wanted:
    needs = REPORTS[name].needs
    agency = "West Midlands Police" if "agency" in needs else None
    return Wanted(name, agency=agency, record="4.1.3" if "record" in needs else None)


@pytest.mark.parametrize("name", REPORTS)
def test_a_report_has_the_sections_that_it_declares_in_their_order(register: Register, name: str) -> None:
    found = make(register, wanted(name)).report
    declared = list(REPORTS[name].sections)
    names = [section.name for section in found.sections]
    assert set(names) <= set(declared)
    assert names == sorted(names, key=declared.index)
    assert len(set(names)) == len(names)


@pytest.mark.parametrize("name", REPORTS)
def test_every_row_of_a_report_has_a_cell_for_each_column(register: Register, name: str) -> None:
    for table in make(register, wanted(name)).report.tables:
        assert {len(row) for row in table.rows} <= {len(table.columns)}, table.title
        assert len({column for column, _ in table.columns}) == len(table.columns)


@pytest.mark.parametrize("name", REPORTS)
def test_a_report_says_whom_it_is_for_and_what_it_holds(name: str) -> None:
    kind = REPORTS[name]
    assert kind.name == name
    assert kind.reader
    assert kind.told.endswith(".")
    assert kind.needs <= kind.takes


def test_a_charts_figures_are_those_of_its_table() -> None:
    columns = (("year", "year"), ("type", "type"), ("met", "in time"), ("late", "late"))
    table = ReportTable("Timeliness", columns, [["2023/24", "a", 3, 1], ["2024/25", "b", None, 2], ["All", "", 3, 3]])
    chart = Chart("stacked", table, ("year", "type"), ("met", "late"), frozenset({"All, "}))
    assert list(chart.labels) == ["2023/24, a", "2024/25, b"]
    assert [(series.name, list(series.numbers)) for series in chart.series] == [
        ("in time", [3, None]),
        ("late", [1, 2]),
    ]
    assert chart.alternative == (
        "Stacked bar chart “Timeliness”. in time: 2023/24, a 3, 2024/25, b not recorded. "
        "late: 2023/24, a 1, 2024/25, b 2."
    )


def test_what_a_report_does_not_take_is_refused_but_for_a_plan_which_is_told_of(
    folder: Path, register: Register
) -> None:
    with pytest.raises(ReportError, match=r"“clocks” takes no --within"):
        make(register, Wanted("clocks", within=3))
    with pytest.raises(ReportError, match=r"There is no report “clokcs”"):
        make(register, Wanted("clokcs"))
    ran = bscp(folder, "report", "clocks", "--agency", "WMP")
    assert (ran.status, "takes no --agency" in ran.err) == (2, True)
    ran = bscp(folder, "report", "clocks", "WMP")
    assert (ran.status, "takes nothing behind its name" in ran.err) == (2, True)
    assert "changes nothing" in done(folder, "report", "clocks", "--plan", "2023-25").err


def test_due_soon_reaches_as_far_as_it_is_asked_to(folder: Path) -> None:
    near = done(folder, "report", "chase", "--within", "0", "--format", "json").json
    far = done(folder, "report", "chase", "--within", "4000", "--format", "json").json
    dated = [row for table in far["tables"][1:] for row in table["rows"] if row["due"]]
    assert near["due_soon"] <= far["due_soon"]
    assert far["due_soon"] + far["overdue"] == len({row["ref"] for row in dated})
