"""Pictures: months agree with positions worked out the slow way, and every form that draws a chart draws its table."""

import datetime as dt
import io
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from odfdo import Document
from openpyxl import load_workbook
from wcwidth import wcswidth

from bscp_tui.history.position import position
from bscp_tui.model.kinds import KINDS
from bscp_tui.model.questions import answer
from bscp_tui.model.view import View
from bscp_tui.model.workflow import DONE
from bscp_tui.reports.across import across
from bscp_tui.reports.all_reports import REPORTS
from bscp_tui.reports.cells import Counted
from bscp_tui.reports.drawing import drawn
from bscp_tui.reports.forms.all_forms import FORMS
from bscp_tui.reports.making import Wanted, asked_of, make
from bscp_tui.reports.month_grid import ASCII_SIGNS, SIGNS, month_grid
from bscp_tui.reports.over_time import month_ends, over_time
from bscp_tui.reports.plans import STATUSES, items_of
from bscp_tui.reports.producing import Product, produced
from bscp_tui.reports.report import Chart, Drawn, ReportTable
from bscp_tui.store.register import Register, open_register
from tests.cli.support import done

TODAY = dt.date(2026, 7, 1)
PLAN = "2025-27"
patient = settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)  # a busy computer draws values slowly


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("demo") / "register"
    done(folder, "demo", str(folder), "--records", "120", "--entries", "900", "--seed", "11")
    return folder


@pytest.fixture
def lived(demo: Path) -> Register:
    return open_register(demo, TODAY)


@pytest.fixture
def product(lived: Register) -> Product:
    return produced(lived, Wanted("pictures", PLAN))


def _place(view: View) -> tuple[str, tuple[str, ...]]:
    return view.path, view.inside


def test_every_month_agrees_with_the_position_on_its_last_day(lived: Register) -> None:
    head = lived.head
    assert head
    asked = asked_of(lived, REPORTS["pictures"], Wanted("pictures", PLAN), head)
    now = {_place(view) for view in items_of(asked.snapshot, PLAN)}
    burn_up, by_status = over_time(asked).tables
    months: Mapping[object, dict[str, object]] = {
        row[0]: dict(zip([name for name, _ in by_status.columns], row, strict=True)) for row in by_status.rows
    }
    finished = {row[0]: row[-1] for row in burn_up.rows}
    days = [day for day in months if isinstance(day, dt.date)]
    assert len(days) > 12
    for day in days:
        then = items_of(position(lived, head, day).snapshot, PLAN)
        stood = [str(view.value("status") or "not-recorded") for view in then if _place(view) in now]
        assert months[day]["total"] == len(stood)
        for status in STATUSES:
            assert months[day].get(status.replace("-", "_"), 0) == stood.count(status), (day, status)
        assert finished[day] == sum(status in DONE for status in stood)
    assert {finished[day] for day in finished if isinstance(day, dt.date) and day > TODAY} == {"to come"}


@patient
@given(st.dates(dt.date(1990, 1, 1), dt.date(2100, 12, 31)), st.integers(0, 1500))
def test_month_ends_are_the_days_before_a_first_from_month_to_month(first: dt.date, days: int) -> None:
    last = first + dt.timedelta(days)
    ends = month_ends(first, last)
    assert all((end + dt.timedelta(1)).day == 1 for end in ends)
    assert [(end.year, end.month) for end in ends] == sorted({(end.year, end.month) for end in ends})
    assert ends[0] >= first
    assert last <= ends[-1] <= last + dt.timedelta(31)


def _charts(product: Product) -> list[Chart]:
    shown = [one for section in product.made.report.sections for one in section.shown]
    return [one for one in shown if isinstance(one, Chart) and one.labels]


def test_a_workbook_draws_each_chart_from_the_cells_of_its_table(product: Product) -> None:
    book: Any = load_workbook(io.BytesIO(product.written(FORMS["xlsx"])))
    found = [(sheet, chart) for sheet in book.worksheets for chart in sheet._charts]  # noqa: SLF001
    charts = _charts(product)
    assert len(charts) == len(found) > 4
    for chart, (sheet, made) in zip(charts, found, strict=True):
        assert len(made.series) == len(chart.series)
        for series, drawn_as in zip(chart.series, made.series, strict=True):
            name, _, cells = drawn_as.val.numRef.f.rpartition("!")
            assert name.strip("'").replace("''", "'") == sheet.title
            values = [cell.value for (cell,) in sheet[cells.replace("$", "")]]
            assert [value if isinstance(value, (int, float)) else None for value in values] == list(series.numbers)
    with zipfile.ZipFile(io.BytesIO(product.written(FORMS["xlsx"]))) as archive:
        told = [archive.read(name).decode() for name in archive.namelist() if name.startswith("xl/drawings/drawing")]
    assert sum("Stacked bar chart" in each or "Line chart" in each or "Bar chart" in each for each in told) == len(
        charts
    )


def test_a_spreadsheet_shows_each_chart_as_a_picture_on_the_sheet_of_its_table(product: Product) -> None:
    document: Any = Document(io.BytesIO(product.written(FORMS["ods"])))
    charts = _charts(product)
    told = [sheet.get_elements("table:shapes/draw:frame/svg:desc") for sheet in document.body.tables]
    assert [each[0].text for each in told if each] == [chart.alternative for chart in charts]
    pictures = [element.get_attribute("xlink:href") for element in document.body.get_elements("//draw:image")]
    assert all(b"<svg" in document.container.get_part(str(path)) for path in pictures)


def test_text_and_markdown_draw_charts_and_wide_text_gives_what_goes_on_over_time_more_room(lived: Register) -> None:
    for width in (80, 120):
        product = produced(lived, Wanted("pictures", PLAN), width)
        text, page = (product.written(FORMS[form]).decode() for form in ("text", "markdown"))
        for chart in _charts(product):
            assert all(line.rstrip() in text for line in drawn(chart, width=width))
            assert all(f"    {line}".rstrip() in page for line in drawn(chart))


days = st.lists(st.dates(dt.date(2020, 1, 1), dt.date(2030, 1, 1)), min_size=1, max_size=90, unique=True).map(sorted)
numbers = st.one_of(st.none(), st.integers(0, 5000), st.floats(0, 5000).map(lambda number: round(number, 1)))


@patient
@given(days, st.data(), st.sampled_from(["line", "stacked"]), st.integers(60, 140), st.integers(5, 30), st.booleans())
def test_what_goes_on_over_time_fits_and_each_series_that_is_seen_has_its_sign(
    moments: list[dt.date],
    data: st.DataObject,
    kind: Drawn,
    width: int,
    height: int,
    ascii_only: bool,  # noqa: FBT001 - drawn by hypothesis
) -> None:
    rows = [[day, data.draw(numbers), data.draw(numbers)] for day in moments]
    columns = (("day", "day"), ("a", "first"), ("b", "second"))
    chart = Chart(kind, ReportTable("Some", columns, rows), ("day",), ("a", "b"))
    lines = across(chart, width, height, ascii_only=ascii_only)
    assert bool(lines) == any(number for series in chart.series for number in series.numbers)
    assert all(wcswidth(line) <= width for line in lines)
    if lines:
        assert len(lines) >= height + 2
        assert not ascii_only or all(line.isascii() for line in lines)
        named = "".join(lines[height + 2 :])
        for series in chart.series:
            seen = any(number if kind == "stacked" else number is not None for number in series.numbers)
            assert (series.name in named) == seen


@pytest.mark.parametrize("name", ["summary", "board-pack", "pictures"])
def test_every_count_that_has_a_question_is_what_the_register_answers(lived: Register, name: str) -> None:
    made = make(lived, Wanted(name, PLAN))
    told = [value for _, _, value in made.report.facts]
    told += [cell for table in made.report.tables for row in table.rows for cell in row]
    counts = [value for value in told if isinstance(value, Counted)]
    assert len(counts) > 20
    for count in counts:
        assert answer(count.question, made.asked.snapshot, KINDS).number == count, count.question


days_due = st.dictionaries(st.dates(dt.date(2019, 1, 1), dt.date(2030, 1, 1)), st.booleans(), max_size=40)


@patient
@given(days_due, st.dates(dt.date(2024, 1, 1), dt.date(2026, 1, 1)), st.integers(30, 130), st.booleans())
def test_a_month_grid_shows_each_day_once_with_its_sign(
    due: dict[dt.date, bool],
    today: dt.date,
    width: int,
    ascii_only: bool,  # noqa: FBT001 - drawn by hypothesis
) -> None:
    lines = month_grid(due, today, width=width, ascii_only=ascii_only)
    signs = ASCII_SIGNS if ascii_only else SIGNS
    late, coming = signs[0], signs[1]
    before = [day for day in due if (day.year, day.month) < (today.year, today.month)]
    assert bool(lines) == bool(due)
    assert all(wcswidth(line) <= width for line in lines)
    if len({(day.year, day.month) for day in before}) <= 36 >= len({(day.year, day.month) for day in due}):
        legend = int(bool(due))
        assert "".join(lines).count(late) == sum(due.values()) + legend
        assert "".join(lines).count(coming) == len(due) - sum(due.values()) + legend


def test_a_report_of_a_plan_without_work_has_no_months(register: Register) -> None:
    found = make(register, Wanted("pictures", "2023-25")).report
    assert all(table.columns for table in found.tables)
