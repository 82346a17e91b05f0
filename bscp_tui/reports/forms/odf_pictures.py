"""Pictures in OpenDocument files: charts and logos, each with its title and its words."""

from typing import Any, NamedTuple

from bscp_tui.model.text import shown
from bscp_tui.reports.forms.drawing import WIDTH, height_of, svg
from bscp_tui.reports.report import Chart

CHART = 16  # centimetres of a chart's width


class Part(NamedTuple):
    """A picture as an archive holds it: its bytes, its place, its media type."""

    data: bytes
    path: str
    media: str


class Told(NamedTuple):
    """A picture for those who do not see it: its title, and what it shows."""

    title: str
    words: str


def drawn_chart(document: Any, chart: Chart, number: int, anchor: str = "as-char") -> Any:
    """Return the frame that shows a chart; its picture is put into the document.

    Args:
        document: An odfdo document.
        chart: The chart.
        number: Its number in the document.
        anchor: To what it is bound: "as-char" to the text around it, "page" to a sheet.

    """
    size = (f"{CHART}cm", f"{CHART * height_of(chart) / WIDTH:.2f}cm")
    data = svg(chart, number).encode()
    told = Told(shown(chart.title), shown(chart.alternative))
    return picture(document, Part(data, f"Pictures/chart-{number}.svg", "image/svg+xml"), told, size, anchor)


def picture(document: Any, part: Part, told: Told, size: tuple[str, str], anchor: str = "as-char") -> Any:
    """Return the frame that shows a picture, which is put into the document.

    Args:
        document: An odfdo document.
        part: The picture.
        told: Its words.
        size: Its width and height; an empty width follows from the height.
        anchor: To what it is bound.

    """
    from odfdo import Element, Frame

    document.container.set_part(part.path, part.data)
    document.manifest.add_full_path(part.path, part.media)
    frame = Frame.image_frame(part.path, size=size, anchor_type=anchor, name=part.path.rpartition("/")[2])
    if not size[0]:
        frame.del_attribute("svg:width")
        frame.set_attribute("style:rel-width", "scale")
    for tag, text in (("svg:title", told.title), ("svg:desc", told.words)):
        words = Element.from_tag(tag)
        words.text = text
        frame.append(words)
    return frame
