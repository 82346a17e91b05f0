"""A return as a Word document: content controls to fill in, everything else protected."""

import io
from typing import Any

from bscp_tui.rounds.form import CHOOSE, COLUMNS, GUIDE, NOTHING, SENDER, WRITE_HERE, Form, Line

DAYS = frozenset({"since", "target"})


def document(form: Form) -> bytes:
    """Return the bytes of the form as a Word document."""
    import docx
    from docx.enum.section import WD_ORIENT
    from docx.shared import Mm, Pt

    made = docx.Document()
    section = made.sections[0]
    section.orientation, section.page_width, section.page_height = WD_ORIENT.LANDSCAPE, Mm(297), Mm(210)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Mm(12)
    made.styles["Normal"].font.size = Pt(9)
    made.core_properties.title = form.title
    made.core_properties.author = form.partnership
    made.core_properties.comments = ""
    made.add_heading(form.title, level=1)
    _head(made, form)
    made.add_paragraph(GUIDE)
    _table(made, form)
    _protect(made)
    data = io.BytesIO()
    made.save(data)
    return data.getvalue()


def _head(made: Any, form: Form) -> None:
    table = made.add_table(rows=0, cols=2, style="Table Grid")
    for label, value in form.facts:
        row = table.add_row().cells
        row[0].text, row[1].text = label, value
    for label, kind in ((SENDER, "text"), (NOTHING, "choice")):
        row = table.add_row().cells
        row[0].text = label
        _control(row[1], f"{form.ref}|{kind}", label, "", ("yes", "no") if kind == "choice" else None)


def _table(made: Any, form: Form) -> None:
    from docx.shared import Mm

    table = made.add_table(rows=1, cols=len(COLUMNS), style="Table Grid")
    table.autofit = False
    whole = sum(column.width for column in COLUMNS)
    widths = [Mm(273 * column.width / whole) for column in COLUMNS]
    for cell, column in zip(table.rows[0].cells, COLUMNS, strict=True):
        cell.text = ""
        cell.paragraphs[0].add_run(column.heading).bold = True
    _repeated(table.rows[0])
    for line in form.lines:
        for cell, column in zip(table.add_row().cells, COLUMNS, strict=True):
            if column.answer and column.key in line.takes:
                _answer(cell, line, column.key, column.heading)
            else:
                cell.text = line.text(column.key) if not column.answer else ""
    for row in table.rows:
        for cell, width in zip(row.cells, widths, strict=True):
            cell.width = width


def _answer(cell: Any, line: Line, key: str, heading: str) -> None:
    tag = f"{line.ref}|{key}"
    choices = line.choices if key == "status" else None
    _control(cell, tag, heading, line.text(key), choices, day=key in DAYS)


def _control(cell: Any, tag: str, title: str, text: str, choices: tuple[str, ...] | None, *, day: bool = False) -> None:
    """Put a content control into a cell: it can be filled in, and not be deleted."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    def element(name: str, **attributes: str) -> Any:
        made = OxmlElement(f"w:{name}")
        for attribute, value in attributes.items():
            made.set(qn(f"w:{attribute}"), value)
        return made

    control, properties, content = element("sdt"), element("sdtPr"), element("sdtContent")
    properties.append(element("alias", val=title[:60]))
    properties.append(element("tag", val=tag[:64]))
    properties.append(element("lock", val="sdtLocked"))
    if not text:
        properties.append(element("showingPlcHdr"))
    if choices is not None:
        listed = element("dropDownList")
        for choice in choices:
            listed.append(element("listItem", displayText=choice, value=choice))
        properties.append(listed)
    elif day:
        picker = element("date")
        for name, value in (("dateFormat", "d MMMM yyyy"), ("lid", "en-GB"), ("storeMappedDataAs", "date"),
                            ("calendar", "gregorian")):  # fmt: skip
            picker.append(element(name, val=value))
        properties.append(picker)
    else:
        properties.append(element("text", multiLine="1"))
    control.append(properties)
    control.append(content)
    paragraph = cell.paragraphs[0]
    run = paragraph.add_run(text or (CHOOSE if choices is not None else WRITE_HERE))
    if not text:
        run.font.italic = True
    content.append(run._r)  # noqa: SLF001 - python-docx has no content controls of its own
    paragraph._p.append(control)  # noqa: SLF001


def _repeated(row: Any) -> None:
    """Let a row head the table on every page."""
    from docx.oxml import OxmlElement

    row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))  # noqa: SLF001


def _protect(made: Any) -> None:
    """Let people fill in the controls, and nothing else."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    protection = OxmlElement("w:documentProtection")
    protection.set(qn("w:edit"), "forms")
    protection.set(qn("w:enforcement"), "1")
    settings = made.settings.element
    # The schema wants it before these; Word refuses a document whose settings stand in another order.
    later = [qn(f"w:{name}") for name in ("autoFormatOverride", "styleLockTheme", "styleLockQFSet", "defaultTabStop",
             "autoHyphenation", "characterSpacingControl", "compat", "rsids", "themeFontLang", "clrSchemeMapping",
             "decimalSymbol", "listSeparator", "shapeDefaults", "drawingGridHorizontalSpacing",
             "displayHorizontalDrawingGridEvery", "noPunctuationKerning", "savePreviewPicture", "hdrShapeDefaults",
             "footnotePr", "endnotePr", "mathPr", "evenAndOddHeaders", "bookFoldPrinting")]  # fmt: skip
    place = next((number for number, child in enumerate(settings) if child.tag in later), len(settings))
    settings.insert(place, protection)
