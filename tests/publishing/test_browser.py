"""Pages in a real browser: for everybody (WCAG 2.2 AA), by keyboard alone, on a telephone, printed, without script."""

import os
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from bscp_tui.publishing.publish import publish
from bscp_tui.store.register import open_register
from tests.support import TODAY

CHROMIUM = shutil.which("chromium")
QUIET = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)  # fmt: skip
LEVELS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
PAGES = (
    "index.html",
    "lists/index.html",
    "lists/key-action.html",
    "records/plans/2025-27/actions/4.1.html",
    "history/index.html",
    "changes/index.html",
    "search.html",
)

try:
    from playwright import sync_api
except ModuleNotFoundError:  # a computer without the tests' browser driver
    sync_api = None

pytestmark = pytest.mark.skipif(
    (CHROMIUM is None or sync_api is None) and "CI" not in os.environ,
    reason="no Chromium, or no playwright: apt-get install chromium; pip install playwright axe-playwright-python",
)


@pytest.fixture(scope="module")
def site(_starter: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The starter register's pages, made once."""
    place = tmp_path_factory.mktemp("pages") / "site"
    publish(open_register(_starter / "register", TODAY), place, "group")
    return place


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """Debian's Chromium."""
    with sync_api.sync_playwright() as driver:
        found = driver.chromium.launch(executable_path=CHROMIUM, args=list(QUIET))
        yield found
        found.close()


@pytest.fixture
def opened(browser: Any, site: Path) -> Iterator[Any]:
    """Open a page of the site; ``open(name, **context)``."""
    contexts = []

    def open_page(name: str, **context: Any) -> Any:
        made = browser.new_context(**{"viewport": {"width": 1000, "height": 800}, **context})
        contexts.append(made)
        page = made.new_page()
        page.faults = []
        page.asked = []
        page.on("pageerror", lambda error: page.faults.append(str(error)))
        page.on("console", lambda said: page.faults.append(said.text) if said.type == "error" else None)
        page.on("request", lambda request: page.asked.append(request.url))
        page.goto((site / name).as_uri())
        return page

    yield open_page
    for made in contexts:
        made.close()


def told(page: Any, name: str, pattern: str) -> None:
    """Wait until an element says what it is to say.

    By the driver's own look at the page: a condition given as words would be evaluated again and again by the page,
    whose policy forbids that; it passes only where the first look finds it kept.
    """
    sync_api.expect(page.locator(name)).to_have_text(re.compile(pattern), timeout=30_000)


def every_sort(site: Path) -> list[str]:
    """Return a page of every sort, and of every kind a record: the one that says most."""
    folders: dict[str, Path] = {}
    for path in (site / "records").rglob("*.html"):
        kind = str(path.relative_to(site / "records")).split("/")[0] + (
            "/" + path.parent.name if "plans" in str(path) else ""
        )
        if kind not in folders or path.stat().st_size > folders[kind].stat().st_size:
            folders[kind] = path
    records = sorted(str(path.relative_to(site)) for path in folders.values())
    months = sorted(str(path.relative_to(site)) for path in (site / "history").glob("2*.html"))[:1]
    boards = sorted(str(path.relative_to(site)) for path in (site / "changes").glob("2*.html"))[-1:]
    lists = sorted(str(path.relative_to(site)) for path in (site / "lists").glob("*.html"))[::12]
    return list(dict.fromkeys([*PAGES, *months, *boards, *lists, *records]))


def violations(page: Any) -> list[Any]:
    """Return what axe-core finds wrong with a page."""
    import axe_playwright_python

    axe = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text()
    # Put in by the debugger, past the page's own policy, which allows no script but the site's.
    page.evaluate(f"() => {{ {axe}; window.axe = axe; }}")
    found: list[Any] = page.evaluate(
        """levels => axe.run(document, {runOnly: levels, preload: false}).then(
            done => done.violations.map(one => [one.id, one.nodes.map(node => node.failureSummary + node.html)]))""",
        LEVELS,
    )
    return found


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_page_of_any_sort_keeps_anybody_out(opened: Any, site: Path, scheme: str) -> None:
    page = opened("index.html", color_scheme=scheme)
    # The colours are the same on every page, so that the dark ones are looked at on a page of each template.
    for name in every_sort(site) if scheme == "light" else PAGES:
        page.goto((site / name).as_uri())
        assert violations(page) == [], name
        assert page.faults == [], name


def test_nothing_is_wider_than_a_telephone_and_nothing_is_lost_on_it(opened: Any, site: Path) -> None:
    page = opened("index.html", viewport={"width": 320, "height": 640})
    for name in every_sort(site):
        page.goto((site / name).as_uri())
        width = page.evaluate("document.documentElement.scrollWidth")
        assert width <= 320, (name, width)
    assert violations(page) == []


def test_no_request_leaves_the_site(opened: Any, site: Path) -> None:
    page = opened("index.html")
    for name in every_sort(site):
        page.goto((site / name).as_uri())
    outside = [url for url in page.asked if not url.startswith((site.as_uri(), "data:"))]
    assert outside == []
    assert len(page.asked) > 20


def test_the_keyboard_alone_reaches_everything_and_shows_where_it_is(opened: Any) -> None:
    page = opened("lists/key-action.html")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the content"
    assert page.evaluate("document.activeElement.getBoundingClientRect().top") >= 0
    page.keyboard.press("Enter")
    page.wait_for_url("**/key-action.html#*")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.id") == "words"
    page.keyboard.type("zzzz")
    told(page, "#shown", "^0 of ")
    seen = []
    page.goto(page.url.partition("#")[0])
    for _ in range(16):
        page.keyboard.press("Tab")
        seen.append(page.evaluate(
            """() => { const it = document.activeElement; const style = getComputedStyle(it);
                return [it.tagName, parseFloat(style.outlineWidth), style.outlineStyle]; }"""
        ))  # fmt: skip
    assert all(width >= 2 and style != "none" for _, width, style in seen), seen
    assert {"A", "INPUT", "SELECT", "BUTTON", "DIV"} <= {tag for tag, _, _ in seen}
    order = page.evaluate("[...document.querySelectorAll('[tabindex]')].map(one => one.tabIndex)")
    assert all(place in {0, -1} for place in order)


def test_a_list_is_filtered_by_words_and_by_choice_and_says_how_many_are_left(opened: Any) -> None:
    page = opened("lists/key-action.html")
    rows = page.locator("#rows tbody tr")
    whole = rows.count()
    page.fill("#words", "youth violence")
    some = rows.locator("visible=true").count()
    texts = [text.lower() for text in rows.locator("visible=true").all_text_contents()]
    assert page.locator("#shown").text_content() == f"{some} of {whole} shown."
    assert all("youth" in text and "violence" in text for text in texts)
    page.click("button[type=reset]")
    told(page, "#shown", r"in the list\.$")
    choice = page.locator("select").first
    values = choice.locator("option").all_text_contents()[1:]
    page.select_option("select", values[0])
    cells = int(choice.get_attribute("data-column"))
    shown = rows.locator("visible=true")
    assert shown.count() > 0
    assert {shown.nth(at).locator("th, td").nth(cells).text_content() for at in range(shown.count())} == {values[0]}


def test_the_search_finds_records_and_rows_and_leads_to_them(opened: Any) -> None:
    page = opened("search.html")
    page.fill("#wanted", "serious youth violence team")
    found = page.locator("#found a")
    assert found.count() >= 1
    assert page.locator("#told").text_content() == f"{found.count()} found."
    found.first.click()
    page.wait_for_url("**/records/**")
    assert "violence" in page.locator("main").text_content().lower()


def test_any_two_boards_are_compared_by_what_lies_between(opened: Any, site: Path) -> None:
    page = opened("changes/index.html")
    keys = page.locator("#from option").evaluate_all("all => all.map(one => one.value)")
    assert len(keys) > 2
    page.select_option("#from", keys[0])
    told(page, "#told", "change")
    assert page.faults == []
    page.select_option("#to", page.locator("#to option").first.get_attribute("value"))
    page.select_option("#from", keys[-1])
    told(page, "#told", "^Choose")
    assert (site / "changes").is_dir()


def test_what_was_chosen_last_is_shown_whichever_file_comes_last(opened: Any) -> None:
    page, held = opened("changes/index.html"), list[Any]()
    page.route("**/changes/*.js", lambda route: held.append(route))  # noqa: PLW0108 - it is given attributes
    page.goto(page.url, wait_until="domcontentloaded")  # the files of the first choice are on their way from here on
    sync_api.expect(page.locator("form.between")).to_be_visible(timeout=30_000)
    keys = page.locator("#from option").evaluate_all("all => all.map(one => one.value)")
    page.select_option("#to", page.locator("#to option").first.get_attribute("value"))
    page.select_option("#from", keys[-1])
    told(page, "#told", "^Choose")
    page.evaluate(
        """() => { window.come = Promise.all([...document.head.querySelectorAll("script[src^='2']")].map(
            one => new Promise(done => one.addEventListener("load", done)))); }"""
    )
    assert held
    for route in held:
        route.continue_()
    page.evaluate("() => window.come.then(() => new Promise(done => setTimeout(done)))")
    assert str(page.locator("#told").text_content()).startswith("Choose")
    assert page.locator("#between li").count() == 0


def test_changes_of_which_a_part_is_missing_are_said_to_be(opened: Any) -> None:
    page = opened("changes/index.html")
    page.route("**/changes/*.js", lambda route: route.abort())
    page.goto(page.url)
    keys = page.locator("#from option").evaluate_all("all => all.map(one => one.value)")
    page.select_option("#from", keys[0])
    told(page, "#told", "cannot be read")


def test_without_a_script_everything_is_there_and_what_needs_one_says_so(opened: Any, site: Path) -> None:
    for name in ("lists/key-action.html", "search.html", "changes/index.html"):
        page = opened(name, java_script_enabled=False)
        assert page.locator("noscript").count() == 1
        assert "needs JavaScript" in page.locator("main").inner_text()
        assert page.locator("form:visible").count() == 0
    page = opened("lists/key-action.html", java_script_enabled=False)
    assert page.locator("#rows tbody tr:visible").count() > 30
    assert (site / "index.html").is_file()


def test_printed_pages_leave_out_what_only_a_screen_needs(opened: Any) -> None:
    page = opened("lists/key-action.html")
    page.emulate_media(media="print")
    assert page.locator("form:visible").count() == 0
    assert page.locator("header nav:visible").count() == 0
    assert page.locator("#rows tbody tr:visible").count() > 30
    assert page.evaluate("getComputedStyle(document.documentElement).color") == "rgb(0, 0, 0)"
