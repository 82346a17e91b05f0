"""Charts as Word and Excel draw them themselves: figures and labels stand in the chart, patterns beside colours."""

from typing import Any

from bscp_tui.model.text import shown
from bscp_tui.reports.forms.drawing import ACCENTS
from bscp_tui.reports.report import Chart, Series

_PATTERNS = ("pct90", "wdUpDiag", "dkHorz", "wdDnDiag", "dkVert", "smGrid")
_MARKERS = ("circle", "square", "triangle", "diamond", "x", "plus")


def chart_xml(chart: Chart) -> bytes:
    """Return a chart as DrawingML."""
    from lxml import etree
    from openpyxl.xml.functions import tostring

    written = tostring(native_chart(chart)._write())  # noqa: SLF001 - the one way in which openpyxl hands over a chart
    return etree.tostring(etree.fromstring(written), xml_declaration=True, encoding="UTF-8", standalone=True)


def native_chart(chart: Chart, sheet: str | None = None) -> Any:
    """Return a chart as openpyxl holds it.

    Args:
        chart: The chart.
        sheet: The worksheet that holds its table below one row of headings: the chart then follows the cells, where
            they stand below each other. Without one the figures stand in the chart alone.

    """
    from openpyxl.chart import BarChart, LineChart
    from openpyxl.chart.label import DataLabelList

    drawn: Any = LineChart() if chart.drawn == "line" else BarChart(barDir="bar")
    if chart.drawn == "stacked":
        drawn.grouping, drawn.overlap = "stacked", 100
    if chart.drawn != "line":
        drawn.x_axis.scaling.orientation = "maxMin"  # the first label on top, as in the table
    drawn.x_axis.delete = drawn.y_axis.delete = False
    drawn.series = [_series(series, chart, place, sheet) for place, series in enumerate(chart.series)]
    drawn.dataLabels = DataLabelList(showVal=True, showSerName=False, showCatName=False, showLegendKey=False)
    if len(chart.series) < 2:
        drawn.legend = None
    return drawn


def _series(series: Series, chart: Chart, place: int, sheet: str | None) -> Any:
    from openpyxl.chart.data_source import AxDataSource, NumData, NumDataSource, NumRef, NumVal, StrData, StrVal
    from openpyxl.chart.series import Series as Made
    from openpyxl.chart.series import SeriesLabel

    numbers = [NumVal(idx=at, v=number) for at, number in enumerate(series.numbers) if number is not None]
    labels = [StrVal(idx=at, v=shown(label)) for at, label in enumerate(chart.labels)]
    made = Made(idx=place, order=place)
    made.tx = SeriesLabel(v=shown(series.name))
    figures = NumData(ptCount=len(series.numbers), pt=numbers)
    cells = _cells(chart, place, sheet) if sheet else None
    made.val = NumDataSource(numRef=NumRef(f=cells, numCache=figures)) if cells else NumDataSource(numLit=figures)
    made.cat = AxDataSource(strLit=StrData(ptCount=len(labels), pt=labels))
    _coloured(made, chart, place)
    return made


def _cells(chart: Chart, place: int, sheet: str) -> str | None:
    """Return the cells that a series draws; None where rows between them are not drawn."""
    from openpyxl.utils import get_column_letter, quote_sheetname

    drawn = chart.drawn_rows
    if not drawn or drawn[-1] - drawn[0] + 1 != len(drawn):
        return None
    names = [name for name, _ in chart.table.columns]
    column = get_column_letter(names.index(chart.counted[place]) + 1)
    return f"{quote_sheetname(sheet)}!${column}${drawn[0] + 2}:${column}${drawn[-1] + 2}"


def _coloured(made: Any, chart: Chart, place: int) -> None:
    from openpyxl.chart.marker import Marker
    from openpyxl.chart.shapes import GraphicalProperties
    from openpyxl.drawing.fill import PatternFillProperties
    from openpyxl.drawing.line import LineProperties

    colour = ACCENTS[place % len(ACCENTS)].lstrip("#")
    if chart.drawn == "line":
        made.graphicalProperties = GraphicalProperties(ln=LineProperties(solidFill=colour))
        made.marker = Marker(symbol=_MARKERS[place % len(_MARKERS)], size=7)  # type: ignore[arg-type]
        made.smooth = False
        return
    fill = PatternFillProperties(prst=_PATTERNS[place % len(_PATTERNS)])  # type: ignore[arg-type]
    fill.foreground, fill.background = _colour(colour), _colour("FFFFFF")
    made.graphicalProperties = GraphicalProperties(pattFill=fill, ln=LineProperties(solidFill="000000"))


def _colour(value: str) -> Any:
    from openpyxl.drawing.colors import ColorChoice

    return ColorChoice(srgbClr=value)  # type: ignore[arg-type]
