"""Each report, and a record's history, as the one page that is sent: it keeps nobody out and asks for nothing."""

from pathlib import Path
from typing import Any

from bscp_tui.reports.all_reports import REPORTS
from bscp_tui.reports.forms.all_forms import FORMS
from bscp_tui.reports.making import Wanted
from bscp_tui.reports.producing import produced
from bscp_tui.store.register import Register
from tests.publishing.test_browser import browser, pytestmark, violations  # noqa: F401 - a fixture, and when it is there

AGENCY, RECORD = "West Midlands Police", "4.1.3"
CHARTED = ("board-pack", "summary", "history")


def test_every_report_as_a_page_is_for_everybody_on_a_telephone_and_in_the_dark(
    browser: Any,  # noqa: F811 - the fixture
    register: Register,
    tmp_path: Path,
) -> None:
    page = browser.new_page(viewport={"width": 320, "height": 640})
    asked: list[str] = []
    faults: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda said: faults.append(said.text) if said.type == "error" else None)
    for kind in REPORTS.values():
        wanted = Wanted(
            kind.name,
            agency=AGENCY if "agency" in kind.needs else None,
            record=RECORD if "record" in kind.needs else None,
        )
        place = tmp_path / f"{kind.name}.html"
        place.write_bytes(produced(register, wanted).written(FORMS["html"]))
        page.emulate_media(color_scheme="light")
        page.goto(place.as_uri())
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, kind.name
        assert violations(page) == [], kind.name
        if kind.name in CHARTED:
            page.emulate_media(color_scheme="dark")
            assert violations(page) == [], (kind.name, "dark")
    page.close()
    assert faults == []
    assert [url for url in asked if not url.startswith((tmp_path.as_uri(), "data:"))] == []
