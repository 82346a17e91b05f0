"""The three screens that are seen most, in the themes that the other pictures do not show, and without colours."""

from pathlib import Path

import pytest
from syrupy.assertion import SnapshotAssertion

from bscp_tui.tui.preferences import Preferences
from tests.tui.conftest import opened
from tests.tui.picture import picture
from tests.tui.test_pictures import Picture, home, settled, status
from tests.tui.test_pictures import key_actions as list_with_detail

THEMES = ("textual-light", "high-contrast", "high-contrast-light", "no-colour")


@pytest.mark.parametrize("theme", THEMES)
async def test_the_screens_seen_most_look_as_they_did(
    theme: str, small: Path, snapshot: SnapshotAssertion, monkeypatch: pytest.MonkeyPatch
) -> None:
    if theme == "no-colour":
        monkeypatch.setenv("NO_COLOR", "1")
    app = opened(small)
    async with app.run_test(size=(80, 24)) as pilot:
        if theme != "no-colour":
            app.choose(Preferences(colours=theme))
        for steps in (home, list_with_detail, status):
            app.go_home()
            await steps(pilot)
            await settled(pilot, app)
            assert picture(app) == snapshot(extension_class=Picture, name=steps.__name__)
