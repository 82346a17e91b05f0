"""What was questionable when a register was made is looked for once, however often somebody asks what came since."""

from pathlib import Path

from bscp_tui.checks.running import Identities, new_queries
from tests.support import RECORD, git, opened


def test_new_queries_are_the_same_whether_those_from_before_are_known_or_not(folder: Path) -> None:
    before: Identities = {}
    register = opened(folder)
    assert new_queries(register, register.snapshot(), before) == new_queries(register, register.snapshot())
    assert len(before) == 1
    place = folder / RECORD
    place.write_text(place.read_text().replace("2026-", "1926-"))  # targets a century early
    git(folder, "commit", "-qam", "By hand")
    register = opened(folder)
    found = new_queries(register, register.snapshot(), before)
    assert found == new_queries(register, register.snapshot())
    assert found
    assert len(before) == 1
