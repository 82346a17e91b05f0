"""Publishing: every page of a register against as many trivial pages, and again after one entry."""

import shutil
import subprocess
import time
from pathlib import Path

from jinja2 import Environment

from tests.bench.figures import Figure
from tests.bench.large import BSCP

TRIVIAL = """<!DOCTYPE html>
<html lang="en"><head><title>{{ title }}</title></head>
<body><h1>{{ title }}</h1><table>{% for row in rows %}<tr>{% for cell in row %}<td>{{ cell }}</td>{% endfor %}</tr>
{% endfor %}</table></body></html>"""
ROWS = 11  # entries of a record of the large register
CELLS = ("30 June 2026", "2025-27/4.1.3", "status: not started → in progress", "The board agreed it.", "Robin Holder")


def figures(folder: Path, work: Path) -> list[Figure]:
    """Measure the first publishing of a register whose history is known, and one after a single entry, once each."""
    site = work / "site"
    subprocess.run([*BSCP, "proof"], cwd=folder, check=True, capture_output=True)
    first = _published(folder, site)
    base = _trivial(work / "trivial", sum(path.suffix == ".html" for path in site.rglob("*.html")))
    place = next(iter(sorted(folder.glob("records/plans/2025-27/actions/*.toml"))))
    place.write_text(place.read_text().replace('title = "', 'title = "Once more: ', 1))
    words = ["git", "-c", "user.name=Bench", "-c", "user.email=bench@example.org", "commit", "-qam", "One more"]
    subprocess.run(words, cwd=folder, check=True)
    again = _published(folder, site)
    shutil.rmtree(site)
    return [
        Figure("publish / jinja2 rendering as many trivial pages", first * 1000, base * 1000, 5),
        Figure("publish again after one entry / the first time", again * 1000, first * 1000, 0.05),
    ]


def _published(folder: Path, site: Path) -> float:
    begun = time.perf_counter()
    subprocess.run([*BSCP, "publish", str(site)], cwd=folder, check=True, capture_output=True)
    return time.perf_counter() - begun


def _trivial(folder: Path, pages: int) -> float:
    folder.mkdir()
    begun = time.perf_counter()
    template = Environment(autoescape=True).from_string(TRIVIAL)
    for number in range(pages):
        (folder / f"{number}.html").write_text(template.render(title=f"Page {number}", rows=[CELLS] * ROWS))
    taken = time.perf_counter() - begun
    shutil.rmtree(folder)
    return taken
