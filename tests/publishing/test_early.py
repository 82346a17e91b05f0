"""What is looked at while the program is loaded changes nothing of what is published, whatever becomes of the look."""

import os
import random
from pathlib import Path

import pytest

from bscp_tui.__main__ import main
from bscp_tui.cli import publishing
from bscp_tui.publishing import kept
from bscp_tui.publishing.kept import Memory
from bscp_tui.publishing.publish import publish
from bscp_tui.store import apart, early, sources
from tests.publishing.test_again import invented, step  # noqa: F401 - a fixture
from tests.publishing.test_pages import bytes_of
from tests.support import TODAY, opened

HERE = os.getpid()


@pytest.fixture
def looked(monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """Let another process look at sites of any size, and trust any stamp; tell of each look whether it came."""
    found: list[bool] = []
    moved = Memory.moved

    def told(memory: Memory, folder: Path, pages: early.Pages) -> set[str] | None:
        others = moved(memory, folder, pages)
        found.append(others is not None)
        return others

    monkeypatch.setattr(publishing, "LARGE", 0)
    monkeypatch.setattr(apart, "is_possible", lambda: True)
    monkeypatch.setattr(kept, "is_young", lambda *_: False)
    monkeypatch.setattr(Memory, "moved", told)
    return found


def published(folder: Path, site: Path) -> None:
    assert main(["publish", str(site), "--register", str(folder), "--today", TODAY.isoformat()]) == 0


def meddled(site: Path, chance: random.Random) -> None:
    """Take a page away, change another one and keep its size and time, and put a third one anew as it was."""
    first, second, third = chance.sample(sorted(site.rglob("*.html")), 3)
    first.unlink()
    facts = second.stat()
    second.write_bytes(second.read_bytes()[::-1])
    os.utime(second, ns=(facts.st_atime_ns, facts.st_mtime_ns))
    data = third.read_bytes()
    third.unlink()
    third.write_bytes(data)


def test_an_early_look_gives_the_pages_that_are_made_afresh(
    invented: Path,  # noqa: F811 - the fixture
    tmp_path: Path,
    looked: list[bool],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    chance, site = random.Random(8), tmp_path / "site"  # noqa: S311 - the same each time
    published(invented, site)
    for number in range(6):
        if number < 5:
            step(invented, number, chance)
        if number:
            meddled(site, chance)
        published(invented, site)
    assert looked.count(True) == 6
    monkeypatch.setenv("BSCP_CACHE", str(tmp_path / "nothing-kept"))
    publish(opened(invented), tmp_path / "afresh", "partnership")
    assert bytes_of(site) == bytes_of(tmp_path / "afresh")


def test_a_look_that_fails_is_had_again(
    invented: Path,  # noqa: F811 - the fixture
    tmp_path: Path,
    looked: list[bool],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def failed(*_: object) -> None:
        assert os.getpid() != HERE
        raise ValueError

    site = tmp_path / "site"
    published(invented, site)
    monkeypatch.setattr(publishing, "look", failed)
    meddled(site, random.Random(3))  # noqa: S311 - the same each time
    published(invented, site)
    assert looked == [False, False]
    publish(opened(invented), tmp_path / "afresh", "partnership")
    assert bytes_of(site) == bytes_of(tmp_path / "afresh")


def test_edits_by_hand_are_told_by_an_early_look_as_by_a_later_one(
    invented: Path,  # noqa: F811 - the fixture
    tmp_path: Path,
    looked: list[bool],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    site = tmp_path / "site"
    published(invented, site)
    records = sorted(invented.glob("records/plans/*/actions/*.toml"))
    records[0].write_text(records[0].read_text() + "# edited\n")
    records[1].unlink()
    records[2].with_name("99.99.toml").write_bytes(records[2].read_bytes())
    (invented / "records" / "notes.txt").write_text("no record")
    expected = sorted(opened(invented).snapshot().marked())
    assert len(expected) == 3
    capsys.readouterr()
    with monkeypatch.context() as patch:
        patch.setattr(sources, "stamped", lambda *_: pytest.fail("the files were looked at again"))
        published(invented, site)
    assert "3 files were edited by hand" in capsys.readouterr().err
    assert looked == [False, True]
