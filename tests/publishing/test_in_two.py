"""Pages that two processes made are those that one makes, whatever becomes of the second one."""

import os
import signal
from pathlib import Path

import pytest

from bscp_tui.publishing import writing
from bscp_tui.publishing.page import Page
from bscp_tui.publishing.publish import StoppedError, publish
from bscp_tui.publishing.writing import Writer
from bscp_tui.store.apart import Apart
from tests.publishing.test_again import invented  # noqa: F401 - a fixture
from tests.publishing.test_pages import bytes_of
from tests.support import opened

HERE = os.getpid()
EVERY = 40  # pages that the second process makes before it comes to grief


@pytest.fixture
def heard(monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """Make two processes of any number of pages; tell whether the second one came back with its half."""
    found: list[bool] = []
    result = Apart.result

    def told(apart: Apart[object]) -> object:
        half = result(apart)
        found.append(half is not None)
        return half

    monkeypatch.setattr(writing, "IN_TWO", 0)
    monkeypatch.setattr(writing, "is_possible", lambda: True)
    monkeypatch.setattr(Apart, "result", told)
    return found


def grieved(fate: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the second process fail, or be killed, in the midst of its work."""
    settle_one, pages = Writer._settle_one, iter(range(10_000))  # noqa: SLF001 - where it comes to grief

    def settled(writer: Writer, one: Page) -> None:
        if os.getpid() != HERE and next(pages) == EVERY:
            (writer.site.folder / ".bscp-half").write_text("half a page")
            if fate == "killed":
                os.kill(os.getpid(), signal.SIGKILL)
            raise ValueError(fate)
        settle_one(writer, one)

    monkeypatch.setattr(Writer, "_settle_one", settled)


@pytest.mark.parametrize("fate", ["well", "failed", "killed"])
def test_two_processes_write_what_one_does(
    invented: Path,  # noqa: F811 - the fixture
    tmp_path: Path,
    heard: list[bool],
    monkeypatch: pytest.MonkeyPatch,
    fate: str,
) -> None:
    two, one = tmp_path / "two", tmp_path / "one"
    told: list[tuple[int, int]] = []
    with monkeypatch.context() as patch:
        if fate != "well":
            grieved(fate, patch)
        done = publish(opened(invented), two, "partnership", lambda *far: told.append(far))
    assert heard == [fate == "well"]
    assert done.written == done.pages
    assert max(told) == (done.pages, done.pages)
    monkeypatch.setattr(writing, "is_possible", lambda: False)
    publish(opened(invented), one, "partnership")
    assert bytes_of(two) == bytes_of(one)
    publish(opened(invented), two, "partnership")  # what two processes remembered serves, too
    assert publish(opened(invented), two, "partnership").written == 0
    assert bytes_of(two) == bytes_of(one)
    assert len(heard) == 1


def test_both_processes_stop_where_one_is_stopped(invented: Path, tmp_path: Path, heard: list[bool]) -> None:  # noqa: F811
    site, whole = tmp_path / "site", tmp_path / "whole"
    with pytest.raises(StoppedError):
        publish(opened(invented), site, "group", stopped=lambda: len(list(site.rglob("*.html"))) > EVERY)
    assert not heard
    assert not list(site.glob(".bscp-*"))
    publish(opened(invented), site, "group")
    publish(opened(invented), whole, "group")
    assert bytes_of(site) == bytes_of(whole)
