"""Markdown, as GitHub and most editors read it; what a record holds is never taken for marks."""

import re

from bscp_tui.model.text import shown
from bscp_tui.reports.drawing import drawn
from bscp_tui.reports.forms.paper import Drawing, Grid, Heading, Paper, Paragraph, Part
from bscp_tui.reports.report import Chart

_MARKS = re.compile(r"[\\`*_\[\]<>#|~&!]")
_BEGINS = re.compile(r"^(\s*)([-+=:]|\d+(?=[.)]))", re.MULTILINE)


def write(paper: Paper) -> bytes:
    """Return the paper as Markdown in UTF-8."""
    blocks = [f"# {_line(paper.title)}"]
    if paper.house.logo:
        blocks.append(_line(paper.house.logo.told))
    blocks += [_text(sentence) for sentence in (paper.partnership, *paper.opening) if sentence]
    blocks.append("\n".join(f"- **{_line(label)}:** {_line(words)}" for label, words in paper.facts))
    blocks += [_part(part) for part in paper.parts]
    return ("\n\n".join(blocks) + "\n").encode()


def _part(part: Part) -> str:
    if isinstance(part, Heading):
        return f"{'#' * part.level} {_line(part.text)}"
    if isinstance(part, Paragraph):
        return _text(part.text)
    if isinstance(part, Drawing):
        return _drawing(part.chart)
    return _table(part)


def _drawing(chart: Chart) -> str:
    """Return a chart drawn with blocks, and in words for those who do not see it."""
    told, lines = _text(shown(chart.alternative)), drawn(chart)
    return "\n".join([told, "", *(f"    {line}".rstrip() for line in lines)]) if lines else told


def _table(grid: Grid) -> str:
    import tabulate

    if not grid.rows:
        return "(no rows)"
    tabulate.PRESERVE_WHITESPACE = True
    rows = [[_line(cell.text) for cell in row] for row in grid.rows]
    headings = [_line(heading) for heading in grid.headings]
    return tabulate.tabulate(rows, headers=headings, tablefmt="github", disable_numparse=True)


def _line(text: str) -> str:
    return _escaped(text).replace("\n", "<br>")


def _text(text: str) -> str:
    return _BEGINS.sub(_begun, _escaped(text)).replace("\n", "  \n")


def _begun(match: re.Match[str]) -> str:
    """A line that begins like a list or an underlined heading is kept from becoming one."""
    return f"{match[1]}{match[2]}&#8203;" if match[2].isdigit() else f"{match[1]}\\{match[2]}"


def _escaped(text: str) -> str:
    return _MARKS.sub(lambda mark: f"\\{mark.group()}", text).replace("\t", "␉")
