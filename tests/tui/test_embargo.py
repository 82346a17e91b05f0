"""A record under embargo says so wherever it is looked at."""

from pathlib import Path

from bscp_tui.cli.main import run
from tests.tui.conftest import current, on_screen, opened, wait_for


async def test_an_embargo_is_marked_in_the_list_and_said_in_the_detail_until_its_day(register: Path) -> None:
    at = ("--register", str(register), "--today", "2026-11-22")
    assert run([*at, "add", "action-point", "ref=AP-A009", "title=Publish", "owner=QIO", "embargo=1/12/2026"]) == 0
    assert run([*at, "add", "action-point", "ref=AP-A010", "title=Print", "owner=QIO", "embargo=22/11/2026"]) == 0
    app = opened(register)
    async with app.run_test(size=(120, 40)) as pilot:
        app.open_list("action-point", "ref~AP-A0")
        await wait_for(pilot, lambda: current(app) == "AP-A009", "the list")
        await wait_for(pilot, lambda: "Embargo: nothing" in on_screen(app), "the detail")
        shown = on_screen(app)
        assert "⊖ AP-A009" in shown
        assert "AP-A010" in shown
        assert "⊖ AP-A010" not in shown
