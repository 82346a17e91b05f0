"""OpenDocument text: real headings, tables whose heading row repeats on every page, pictures with words for them."""

import io
from typing import Any

from bscp_tui.reports.forms.archive import settled
from bscp_tui.reports.forms.odf_pictures import Part, Told, drawn_chart, picture
from bscp_tui.reports.forms.paper import TITLE, Cell, Drawing, Grid, Heading, Paper, Paragraph
from bscp_tui.reports.report import Chart

_WIDE = 5  # columns; a document with a table of more lies on its side
_HEADING, _BODY, _STRONG = "Report-cell-heading", "Report-cell", "Report-strong"


def write(paper: Paper) -> bytes:
    """Return the paper as an OpenDocument text, in the partnership's template where it has one."""
    from odfdo import Document
    from odfdo import Paragraph as Made

    document: Any = Document(io.BytesIO(paper.house.odt)) if paper.house.odt is not None else Document("text")
    body = document.body
    body.clear()
    _styles(document, lying=paper.house.odt is None and any(len(grid.headings) > _WIDE for grid in paper.grids))
    if paper.house.logo:
        _logo(document, paper)
    body.append(_heading(TITLE, paper.title))
    for sentence in (paper.partnership, *paper.opening):
        if sentence:
            body.append(Made(sentence, style="Text_20_body"))
    for label, words in paper.facts:
        line = Made(f"{label}: {words}", style="Standard")
        line.set_span(_STRONG, offset=0, length=len(label) + 1)
        body.append(line)
    charts = 0
    for part in paper.parts:
        if isinstance(part, Heading):
            body.append(_heading(part.level, part.text))
        elif isinstance(part, Paragraph):
            body.append(Made(part.text, style="Text_20_body"))
        elif isinstance(part, Drawing):
            charts += 1
            _chart(document, part.chart, charts)
        elif isinstance(part, Grid):
            body.append(_table(part, f"Table-{len(body.tables) + 1}"))
    _described(document, paper)
    data = io.BytesIO()
    document.save(data)
    return settled(data.getvalue(), paper.made)


def _heading(level: int, text: str) -> Any:
    from odfdo import Header

    made = Header(level, text)
    made.set_attribute("text:style-name", f"Heading_20_{level}")
    return made


def _described(document: Any, paper: Paper) -> None:
    meta = document.meta
    meta.title, meta.language = paper.title, "en-GB"
    meta.creator = meta.initial_creator = paper.partnership
    meta.creation_date = meta.date = paper.made.replace(tzinfo=None)


def _styles(document: Any, *, lying: bool) -> None:
    """Add the styles of tables; speak British English; lay a page with a wide table on its side."""
    from odfdo import Style

    edges = {"fo:border": "0.5pt solid #000000", "fo:padding": "0.1cm"}
    for name in (_HEADING, _BODY):
        cell = Style("table-cell", name=name)
        cell.set_properties(edges, area="table-cell")
        document.insert_style(cell, automatic=True)
    strong = Style("text", name=_STRONG)
    strong.set_properties({"fo:font-weight": "bold"}, area="text")
    document.insert_style(strong, automatic=True)
    for properties in document.styles.get_elements("//style:default-style/style:text-properties"):
        properties.set_attribute("fo:language", "en")
        properties.set_attribute("fo:country", "GB")
    if lying:
        for properties in document.styles.get_elements("//style:page-layout/style:page-layout-properties"):
            properties.set_attribute("fo:page-width", "29.7cm")
            properties.set_attribute("fo:page-height", "21cm")
            properties.set_attribute("style:print-orientation", "landscape")


def _table(grid: Grid, name: str) -> Any:
    from odfdo import Column, Element, Row, Table
    from odfdo import Paragraph as Made

    if not grid.rows:
        return Made("(no rows)", style="Text_20_body")
    table = Table(name)
    for _ in grid.headings:
        table.append(Column())
    header, heading = Element.from_tag("table:table-header-rows"), Row()
    for text in grid.headings:
        heading.append(_cell(Cell(text), _HEADING))
    header.append(heading)
    table.append(header)
    for cells in grid.rows:
        row = Row()
        for cell in cells:
            row.append(_cell(cell, _BODY))
        table.append(row)
    described = Element.from_tag("table:title")
    described.text = grid.title
    table.insert(described, position=0)  # it stands before the columns
    return table


def _cell(cell: Cell, style: str) -> Any:
    from odfdo import Cell as Made
    from odfdo import Paragraph as Line

    made = Made(style=style)
    made.set_attribute("office:value-type", "string")
    for text in cell.text.split("\n"):
        line = Line(text, style="Standard")
        if style == _HEADING and text:
            line.set_span(_STRONG, offset=0, length=len(text))
        made.append(line)
    return made


def _chart(document: Any, chart: Chart, number: int) -> None:
    if chart.labels:
        _in_line(document, drawn_chart(document, chart, number))


def _logo(document: Any, paper: Paper) -> None:
    logo = paper.house.logo
    if logo is not None:
        path = f"Pictures/logo.{logo.media.rpartition('/')[2]}"
        _in_line(document, picture(document, Part(logo.data, path, logo.media), Told("Logo", logo.told), ("", "1.8cm")))


def _in_line(document: Any, frame: Any) -> None:
    """Put a picture into a paragraph of its own."""
    from odfdo import Paragraph as Line

    line = Line("", style="Standard")
    line.append(frame)
    document.body.append(line)
