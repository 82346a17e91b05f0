"""Screens so small that a list has no room: its keys do nothing, and nothing fails."""

from pathlib import Path

from bscp_tui.tui.widgets.words import Lines
from tests.tui.conftest import opened


async def test_a_list_without_room_has_no_pages(lived: Path) -> None:
    app = opened(lived)
    app.endures = False
    async with app.run_test(size=(80, 24)) as pilot:
        lines = app.screen.query(Lines).first()
        lines.focus()
        lines.styles.max_height = 0
        lines.styles.min_height = 0
        await pilot.pause()
        assert not lines.scrollable_content_region
        await pilot.press("down", "pagedown", "pageup", "end", "pagedown")
        assert lines.lines
