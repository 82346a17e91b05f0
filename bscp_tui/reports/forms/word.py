"""Word documents: real headings, tables whose heading row repeats on every page, pictures with words for them."""

import io
from typing import Any

from bscp_tui.model.text import shown
from bscp_tui.reports.forms.archive import settled
from bscp_tui.reports.forms.drawing import WIDTH, height_of
from bscp_tui.reports.forms.native_chart import chart_xml
from bscp_tui.reports.forms.paper import TITLE, Drawing, Grid, Heading, Paper, Paragraph
from bscp_tui.reports.report import Chart

_EMU = 8_000  # of a unit of drawing, so that a chart is 16 cm wide
_WIDE = 5  # columns; a document with a table of more lies on its side
_CHART_TYPE = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"
_CHART_URI = "http://schemas.openxmlformats.org/drawingml/2006/chart"


def write(paper: Paper) -> bytes:
    """Return the paper as a Word document, in the partnership's template where it has one."""
    document = _begun(paper)
    properties = document.core_properties
    properties.title, properties.author, properties.language = paper.title[:255], paper.partnership[:255], "en-GB"
    properties.last_modified_by, properties.comments, properties.revision = paper.partnership[:255], "", 1
    properties.created = properties.modified = paper.made.replace(tzinfo=None)
    if paper.house.logo:
        _logo(document, paper)
    document.add_heading(paper.title, level=TITLE)
    for sentence in (paper.partnership, *paper.opening):
        if sentence:
            document.add_paragraph(sentence)
    for label, words in paper.facts:
        line = document.add_paragraph()
        line.paragraph_format.space_after = 0
        line.add_run(f"{label}: ").bold = True
        line.add_run(words)
    charts = 0
    for part in paper.parts:
        if isinstance(part, Heading):
            document.add_heading(part.text, level=part.level)
        elif isinstance(part, Paragraph):
            document.add_paragraph(part.text)
        elif isinstance(part, Drawing):
            charts += 1
            _chart(document, part.chart, charts)
        elif isinstance(part, Grid):
            _table(document, part)
    data = io.BytesIO()
    document.save(data)
    return settled(data.getvalue(), paper.made)


def _begun(paper: Paper) -> Any:
    """Return a document without a body: the template, or a plain page with the page's number below."""
    import docx
    from docx.enum.section import WD_ORIENT
    from docx.shared import Mm, Pt

    if paper.house.docx is not None:
        document: Any = docx.Document(io.BytesIO(paper.house.docx))
        for child in list(document.element.body):
            if not child.tag.endswith("}sectPr"):
                document.element.body.remove(child)
        return document
    document = docx.Document()
    _in_english(document)
    _light(document)
    document.styles["Normal"].font.size = Pt(10)
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    if any(len(grid.headings) > _WIDE for grid in paper.grids):
        section.orientation = WD_ORIENT.LANDSCAPE
        section.page_width, section.page_height = Mm(297), Mm(210)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Mm(18)
    _page_number(section.footer.paragraphs[0])
    return document


def _in_english(document: Any) -> None:
    from docx.oxml.ns import qn

    for language in document.styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), "en-GB")


def _light(document: Any) -> None:
    """Leave out what python-docx's own template brings and nobody needs: a picture, and styles of tables."""
    from docx.enum.style import WD_STYLE_TYPE
    from docx.opc.constants import RELATIONSHIP_TYPE

    for part in (document.part, document.part.package):
        for name, relation in list(part.rels.items()):
            if relation.reltype == RELATIONSHIP_TYPE.THUMBNAIL or relation.reltype.endswith("/stylesWithEffects"):
                del part.rels[name]
    for style in list(document.styles):
        if style.type == WD_STYLE_TYPE.TABLE and style.name not in {"Normal Table", "Table Grid"}:
            style.element.getparent().remove(style.element)


def _page_number(line: Any) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    line.add_run("Page ")
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    line._p.append(field)  # noqa: SLF001 - python-docx has no fields of its own


def _logo(document: Any, paper: Paper) -> None:
    from docx.shared import Mm

    logo = paper.house.logo
    if logo is not None:
        picture = document.add_picture(io.BytesIO(logo.data), height=Mm(18))
        picture._inline.docPr.set("descr", logo.told)  # noqa: SLF001 - its alternative text has no other door


def _table(document: Any, grid: Grid) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    if not grid.rows:
        document.add_paragraph("(no rows)")
        return
    table = document.add_table(rows=len(grid.rows) + 1, cols=len(grid.headings))
    _styled(document, table)
    caption = OxmlElement("w:tblCaption")
    caption.set(qn("w:val"), grid.title[:255])
    table._tbl.tblPr.append(caption)  # noqa: SLF001 - python-docx has no captions of its own
    cells = table._cells  # noqa: SLF001 - asked for once; each row would work all of them out anew
    rows = [list(grid.headings), *([cell.text for cell in row] for row in grid.rows)]
    for cell, text in zip(cells, (text for row in rows for text in row), strict=True):
        cell.paragraphs[0].add_run(text)
    for cell in cells[: len(grid.headings)]:
        cell.paragraphs[0].runs[0].bold = True
    for number, row in enumerate(table._tbl.tr_lst):  # noqa: SLF001
        properties = row.get_or_add_trPr()
        properties.append(OxmlElement("w:cantSplit"))
        if number == 0:
            properties.append(OxmlElement("w:tblHeader"))
    document.add_paragraph()


def _styled(document: Any, table: Any) -> None:
    """Give a table lines: the template's grid where it has one, else its own."""
    from docx.enum.style import WD_STYLE_TYPE
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    if any(style.name == "Table Grid" and style.type == WD_STYLE_TYPE.TABLE for style in document.styles):
        table.style = "Table Grid"
        return
    borders = OxmlElement("w:tblBorders")
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        line = OxmlElement(f"w:{side}")
        for name, value in (("val", "single"), ("sz", "4"), ("space", "0"), ("color", "auto")):
            line.set(qn(f"w:{name}"), value)
        borders.append(line)
    look = table._tbl.tblPr.find(qn("w:tblLook"))  # noqa: SLF001
    look.addprevious(borders) if look is not None else table._tbl.tblPr.append(borders)  # noqa: SLF001


def _chart(document: Any, chart: Chart, number: int) -> None:
    """Put a chart that Word draws itself into the document, with its text alternative."""
    from docx.opc.constants import RELATIONSHIP_TYPE
    from docx.opc.packuri import PackURI
    from docx.opc.part import Part
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls, qn

    if not chart.labels:
        return
    part = Part(PackURI(f"/word/charts/chart{number}.xml"), _CHART_TYPE, chart_xml(chart), document.part.package)
    relation = document.part.relate_to(part, RELATIONSHIP_TYPE.CHART)
    size = f'cx="{WIDTH * _EMU}" cy="{height_of(chart) * _EMU}"'
    inline: Any = parse_xml(
        f'<w:drawing {nsdecls("w", "wp", "a", "r")}><wp:inline distT="0" distB="0" distL="0" distR="0">'
        f'<wp:extent {size}/><wp:docPr id="{1000 + number}" name="" descr=""/>'
        f'<wp:cNvGraphicFramePr/><a:graphic><a:graphicData uri="{_CHART_URI}">'
        f'<c:chart xmlns:c="{_CHART_URI}" r:id="{relation}"/></a:graphicData></a:graphic></wp:inline></w:drawing>'
    )
    named = inline.find(f".//{qn('wp:docPr')}")
    named.set("name", shown(chart.title))
    named.set("descr", shown(chart.alternative))
    document.add_paragraph().add_run()._r.append(inline)  # noqa: SLF001 - python-docx draws no charts
