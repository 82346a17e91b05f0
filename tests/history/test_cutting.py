"""Where the history took another way, what the index holds of the common part is not read again."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from bscp_tui.history import index
from bscp_tui.history.ledger import HistoryRow, Query, rows
from bscp_tui.store import log
from bscp_tui.store.derived import cache_folder
from bscp_tui.store.repository import Repository
from tests.history.test_graph import grow
from tests.support import change, git, opened


def everything(folder: Path) -> list[HistoryRow]:
    return rows(opened(folder), Query())


def anew(folder: Path, empty: Path) -> list[HistoryRow]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("BSCP_CACHE", str(empty))
        return everything(folder)


@pytest.mark.parametrize("way", ["rewritten", "replayed", "gone back"])
def test_only_what_came_after_the_common_part_is_read(
    folder: Path, way: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    grow(folder, 300)
    git(folder, "reset", "--hard", "-q")
    everything(folder)
    register = opened(folder)
    register.record(change(register, "4.1.3", status="in-progress"))
    everything(folder)
    register.record(change(register, "4.1", update="Ours"))
    everything(folder)
    if way == "rewritten":
        git(folder, "commit", "-q", "--amend", "-m", "Said otherwise")
    elif way == "gone back":
        git(folder, "reset", "-q", "--hard", "HEAD~1")
    else:
        git(folder, "switch", "-q", "-c", "theirs", "HEAD~2")
        git(folder, "commit", "-q", "--allow-empty", "-m", "Theirs")
        git(folder, "switch", "-q", "main")
        git(folder, "rebase", "-q", "theirs")
    read: list[str] = []
    ask = log.raw_commits

    def noted(repository: Repository, commits: Sequence[str]) -> object:
        read.extend(commits)
        return ask(repository, commits)

    monkeypatch.setattr("bscp_tui.history.building.log.raw_commits", noted)
    after = everything(folder)
    assert len(read) <= 3
    assert after == anew(folder, tmp_path / "none")
    assert any(cache_folder().rglob(index.NAME))
