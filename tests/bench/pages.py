"""Publishing: every page of a register against as many trivial pages, and again after one entry."""

import os
import resource
import shutil
import subprocess
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from statistics import median
from typing import NamedTuple

from jinja2 import Environment

from tests.bench.figures import Figure
from tests.bench.large import BSCP

TRIVIAL = """<!DOCTYPE html>
<html lang="en"><head><title>{{ title }}</title></head>
<body><h1>{{ title }}</h1><table>{% for row in rows %}<tr>{% for cell in row %}<td>{{ cell }}</td>{% endfor %}</tr>
{% endfor %}</table></body></html>"""
AGAIN = 7  # publishings after one more entry each, of which the one in the middle counts
ROWS = 11  # entries of a record of the large register
CELLS = ("30 June 2026", "2025-27/4.1.3", "status: not started → in progress", "The board agreed it.", "Robin Holder")


class Taken(NamedTuple):
    """Milliseconds by the clock, and of processor time in all processes, which a busy machine spoils less."""

    clock: float
    processor: float


def figures(folder: Path, work: Path) -> list[Figure]:
    """Measure the first publishing of a register whose history is known, and one after each of some single entries."""
    site = work / "site"
    # A program that was installed finds its modules compiled.
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    run = partial(subprocess.run, cwd=folder, check=True, capture_output=True, env=environment)
    run([*BSCP, "proof"])
    publish = partial(run, [*BSCP, "publish", str(site)])
    first = _taken(publish)
    pages = sum(path.suffix == ".html" for path in site.rglob("*.html"))
    base = _taken(partial(_trivial, work / "trivial", pages))
    taken = []
    for place in sorted(folder.glob("records/plans/2025-27/actions/*.toml"))[:AGAIN]:
        place.write_text(place.read_text().replace('title = "', 'title = "Once more: ', 1))
        run(["git", "-c", "user.name=Bench", "-c", "user.email=bench@example.org", "commit", "-qam", "One more"])
        taken.append(_taken(publish))
    again = Taken(*map(median, zip(*taken, strict=True)))
    shutil.rmtree(site)
    return [
        Figure("publish / jinja2 rendering as many trivial pages", first.clock, base.clock, 5),
        Figure("the same, processor time", first.processor, base.processor, None),
        Figure("publish again after one entry / the first time", again.clock, first.clock, 0.05),
        Figure("the same, processor time", again.processor, first.processor, None),
    ]


def _taken(work: Callable[[], object]) -> Taken:
    begun, before = time.perf_counter(), _spent()
    work()
    return Taken((time.perf_counter() - begun) * 1000, (_spent() - before) * 1000)


def _spent() -> float:
    """Return the seconds of processor time of this process and of all that it waited for."""
    both = [resource.getrusage(whose) for whose in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in both)


def _trivial(folder: Path, pages: int) -> None:
    folder.mkdir()
    template = Environment(autoescape=True).from_string(TRIVIAL)
    for number in range(pages):
        (folder / f"{number}.html").write_text(template.render(title=f"Page {number}", rows=[CELLS] * ROWS))
    shutil.rmtree(folder)
