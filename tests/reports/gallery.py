"""Every report of the starter register, for ``docs/gallery``: ``python -m tests.reports.gallery``."""

import shutil
import sys
import tempfile
from pathlib import Path

from bscp_tui.reports.all_reports import REPORTS
from bscp_tui.reports.forms.all_forms import FORMS
from bscp_tui.reports.making import Wanted
from bscp_tui.reports.producing import produced
from bscp_tui.store import starter
from bscp_tui.store.register import open_register
from tests.support import PERSON, TODAY

PLACE = Path(__file__).parents[2] / "docs" / "gallery"
AGENCY, RECORD = "West Midlands Police", "4.1.3"


def draw(place: Path) -> None:
    """Write each report as text and as a web page into ``place``, and a page that lists them."""
    shutil.rmtree(place, ignore_errors=True)
    place.mkdir(parents=True)
    lines = [
        "# Gallery",
        "",
        "Each report, made from the starter register as at 1 July 2026: `make gallery` makes them.",
        "",
    ]
    with tempfile.TemporaryDirectory() as folder:
        starter.make(Path(folder) / "register", empty=False, today=TODAY, person=PERSON)
        register = open_register(Path(folder) / "register", TODAY)
        for kind in REPORTS.values():
            wanted = Wanted(
                kind.name,
                agency=AGENCY if "agency" in kind.needs else None,
                record=RECORD if "record" in kind.needs else None,
            )
            product = produced(register, wanted)
            for form in (FORMS["text"], FORMS["html"]):
                (place / f"{kind.name}{form.ending}").write_bytes(product.written(form))
            lines.append(f"- {kind.title}, for {kind.reader}: [text]({kind.name}.txt), [page]({kind.name}.html)")
    (place / "README.md").write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    draw(Path(sys.argv[1]) if len(sys.argv) > 1 else PLACE)
