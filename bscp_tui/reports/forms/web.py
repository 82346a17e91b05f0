"""One web page that opens anywhere, offline, from an e-mail: nothing is loaded from elsewhere, nothing runs."""

import base64
from collections.abc import Iterator
from functools import lru_cache
from importlib.resources import files
from typing import Any

from bscp_tui.reports.forms.drawing import Ink, svg
from bscp_tui.reports.forms.paper import Drawing, Grid, Heading, Paper, Part

_INK = Ink("currentColor", "#ffffff")


def write(paper: Paper) -> bytes:
    """Return the paper as an HTML page in UTF-8."""
    logo = paper.house.logo
    picture = f"data:{logo.media};base64,{base64.b64encode(logo.data).decode()}" if logo else None
    page: str = _template().render(paper=paper, parts=list(_told(paper.parts)), logo=picture)
    return page.encode()


@lru_cache(maxsize=1)
def _template() -> Any:
    from jinja2 import Environment, StrictUndefined

    environment = Environment(autoescape=True, undefined=StrictUndefined, keep_trailing_newline=True)
    return environment.from_string(files(__package__).joinpath("report.html.jinja").read_text(encoding="utf-8"))


def _told(parts: tuple[Part, ...] | Any) -> Iterator[dict[str, object]]:
    """Yield the parts as the template takes them; tables and charts are numbered."""
    from markupsafe import Markup

    tables = charts = 0
    titles: set[str] = set()
    for part in parts:
        if isinstance(part, Heading):
            yield {"kind": "heading", "level": part.level, "text": part.text}
        elif isinstance(part, Drawing):
            charts += 1
            if part.chart.labels:
                yield {"kind": "drawing", "svg": Markup(svg(part.chart, charts, _INK))}  # noqa: S704 - escaped by it
        elif isinstance(part, Grid):
            tables += 1
            title = part.title or "Table"
            # Two regions of one name cannot be told apart by who is read the page aloud.
            label = f"{title}, table {tables}" if title in titles else ""
            titles.add(title)
            yield {"kind": "table", "id": f"table-{tables}", "title": title, "label": label, "headings": part.headings,
                   "rows": part.rows}  # fmt: skip
        else:
            yield {"kind": "paragraph", "text": part.text}
