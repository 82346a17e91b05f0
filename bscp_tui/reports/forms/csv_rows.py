"""CSV for spreadsheets and programs: one table of all rows, each with the name of its own table."""

from collections.abc import Iterator, Sequence

from bscp_tui.model.exchange import as_csv
from bscp_tui.reports.forms.paper import Heading, Paper, Paragraph

ABOUT = "About this report"
ITEM = ("about_item", "about_value")  # columns that no table has


def write(paper: Paper) -> bytes:
    """Return the paper as CSV in UTF-8: ``table`` names each row's table, ``about_…`` tell the facts."""
    names = list(dict.fromkeys(name for table in paper.report.tables for name, _ in table.columns))
    return as_csv([["table", *names, *ITEM], *_rows(paper, names)]).encode()


def about(paper: Paper) -> list[tuple[str, object]]:
    """Return what is no table, as (item, value): title, facts, sentences under the heading that they stand below."""
    told: list[tuple[str, object]] = [("Report", paper.title), ("Partnership", paper.partnership)]
    told += [("", sentence) for sentence in paper.opening]
    told += [(label, value) for _, label, value in paper.report.facts]
    heading = ""
    for part in paper.parts:
        if isinstance(part, Heading):
            heading = part.text
        elif isinstance(part, Paragraph):
            told.append((heading, part.text))
    return told


def _rows(paper: Paper, names: Sequence[str]) -> Iterator[list[object]]:
    for table in paper.report.tables:
        places = {name: place for place, (name, _) in enumerate(table.columns)}
        for row in table.rows:
            yield [table.title, *(row[places[name]] if name in places else None for name in names), None, None]
    for item, value in about(paper):
        yield [ABOUT, *(None for _ in names), item, value]
