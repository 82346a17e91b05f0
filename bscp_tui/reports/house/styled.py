"""A report in the house style of its register, as that stood at the report's own version."""

import base64
import binascii
from dataclasses import replace

from bscp_tui.model.house import HouseStyle, ReportStyle
from bscp_tui.reports.forms.house import House, Logo
from bscp_tui.reports.house.templates import HouseError, media_of
from bscp_tui.reports.report import Chart, Report, ReportTable, Section
from bscp_tui.reports.statement import LABEL
from bscp_tui.store.snapshot import Snapshot

# What a report is verified by is called the same everywhere.
_FIXED = frozenset({"As at", "Register version", "Proof line", LABEL})


def style_of(snapshot: Snapshot) -> HouseStyle | None:
    """Return the house style that the register names; None where it names none, or has it no longer."""
    name = snapshot.settings.house_style
    found = snapshot.whole.view(name) if name else None
    return found.item if found is not None and isinstance(found.item, HouseStyle) else None


def house_of(style: HouseStyle | None) -> House:
    """Return the logo and the templates of a house style.

    Raises:
        HouseError: One of them is no longer whole; the message names the field.

    """
    if style is None:
        return House()
    data = _data(style, "logo")
    logo = Logo(data, media_of(data) or "image/png", style.logo_told or style.title) if data else None
    return House(logo, _data(style, "word_template"), _data(style, "opendocument_template"))


def styled(report: Report, style: HouseStyle | None) -> Report:
    """Return a report as the house style wants it: its wording, its order, its own opening and closing."""
    if style is None:
        return report
    own = next((each for each in style.reports if each.report == report.name), None)
    return _worded(_ordered(report, own) if own else report, _words(style))


def _data(style: HouseStyle, field: str) -> bytes | None:
    text = getattr(style, field)
    if not text:
        return None
    try:
        return base64.b64decode("".join(text.split()), validate=True)
    except binascii.Error as error:
        msg = f"The house style “{style.title}”, {field}: it is not whole ({error}). Record it anew: bscp house FILE."
        raise HouseError(msg) from None


def _ordered(report: Report, own: ReportStyle) -> Report:
    sections = [section for section in report.sections if section.name not in own.left_out]
    gone = [section.name for section in report.sections if section.name in own.left_out]
    first = {name: place for place, name in enumerate(own.sections)}
    sections.sort(key=lambda section: first.get(section.name, len(first)))
    notes = [*report.notes, *([own.closing] if own.closing else [])]
    if gone:
        notes.append(f"The house style leaves out: {', '.join(gone)}.")
    opening = [*report.opening, *([own.opening] if own.opening else [])]
    return replace(report, title=own.title or report.title, sections=sections, notes=notes, opening=opening)


def _words(style: HouseStyle) -> dict[str, str]:
    pairs = [pair.partition(" = ") for pair in style.wording]
    return {theirs.casefold(): ours for theirs, _, ours in pairs if ours}


def _worded(report: Report, words: dict[str, str]) -> Report:
    """Return the report with headings and labels in the house's words; figures and cells stay."""
    if not words:
        return report

    def said(text: str) -> str:
        return words.get(text.casefold(), text)

    def table(given: ReportTable) -> ReportTable:
        return replace(given, title=said(given.title), columns=[(name, said(text)) for name, text in given.columns])

    def shown(given: ReportTable | Chart) -> ReportTable | Chart:
        return replace(given, table=table(given.table)) if isinstance(given, Chart) else table(given)

    def section(given: Section) -> Section:
        return replace(given, heading=said(given.heading), shown=[shown(each) for each in given.shown])

    facts = [(name, label if label in _FIXED else said(label), value) for name, label, value in report.facts]
    return replace(report, title=said(report.title), facts=facts, sections=[section(each) for each in report.sections])
