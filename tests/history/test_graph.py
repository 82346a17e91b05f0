"""Git's own short cut follows the ledger, where the copy is one's own to write to."""

from pathlib import Path

import pytest

from bscp_tui.history.ledger import rows
from bscp_tui.store import graph
from bscp_tui.store.register import open_register
from tests.support import TODAY, git, opened


def grow(folder: Path, entries: int) -> None:
    """Let the history grow by so many entries of plain git."""
    who = "Robin <robin@example.org> 1900000000 +0000"
    tip = git(folder, "rev-parse", "HEAD").strip()
    stream = "".join(
        f"commit refs/heads/main\ncommitter {who}\ndata 3\nOne\n" + (f"from {tip}\n" if number == 0 else "") + "\n"
        for number in range(entries)
    )
    place = folder / ".git" / "stream"
    place.write_text(stream)
    import subprocess

    with place.open("rb") as given:
        subprocess.run(["git", "fast-import", "--quiet", "--force"], cwd=folder, stdin=given, check=True)


def chain(folder: Path) -> Path:
    return folder / ".git/objects/info/commit-graphs/commit-graph-chain"


def finish() -> None:
    """Wait for what nobody waits for."""
    for process in graph._BEGUN:  # noqa: SLF001
        process.wait()


def test_the_short_cut_follows_the_ledger_and_git_finds_it_sound(folder: Path) -> None:
    grow(folder, graph.DUE)
    rows(opened(folder))
    finish()
    assert chain(folder).is_file()
    git(folder, "commit-graph", "verify")
    written = chain(folder).read_text()
    rows(opened(folder))
    finish()
    assert chain(folder).read_text() == written, "it is not written again for nothing"


@pytest.mark.parametrize("how", ["read only", "not trusted"])
def test_a_copy_that_is_not_ours_to_write_to_is_left_as_it_is(folder: Path, how: str) -> None:
    grow(folder, graph.DUE)
    if how == "not trusted":
        git(folder, "config", "core.fsmonitor", "./run-me")
    assert rows(open_register(folder, TODAY, read_only=how == "read only"))
    finish()
    assert not chain(folder).exists()
