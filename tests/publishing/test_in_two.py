"""Pages that two processes made are those that one makes, whatever becomes of the second one."""

import os
import signal
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from bscp_tui.publishing import writing
from bscp_tui.publishing.page import Page
from bscp_tui.publishing.publish import StoppedError, publish
from bscp_tui.publishing.writing import Writer
from bscp_tui.store import apart
from tests.publishing.test_again import invented  # noqa: F401 - a fixture
from tests.publishing.test_pages import bytes_of
from tests.support import opened

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

HERE = os.getpid()
EVERY = 40  # pages that the second process makes before it comes to grief


@pytest.fixture
def heard(monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """Make any number of pages in two processes; tell how often the first one heard of the second one's."""
    found: list[bool] = []
    come = apart._come  # noqa: SLF001 - only when it is asked is changed

    def told(done: "Connection") -> object:
        done.poll(None)  # without waiting, one of the two might have done it all
        theirs = come(done)
        found.append(theirs is not None)
        return theirs

    monkeypatch.setattr(writing, "IN_TWO", 0)
    monkeypatch.setattr(writing, "is_possible", lambda: True)
    monkeypatch.setattr(apart, "BLOCK", 10)
    monkeypatch.setattr(apart, "_come", told)
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
    assert heard.count(True) > 2  # blocks
    assert (False in heard) == (fate != "well")
    assert done.written == done.pages
    assert max(told) == (done.pages, done.pages)
    monkeypatch.setattr(writing, "is_possible", lambda: False)
    publish(opened(invented), one, "partnership")
    assert bytes_of(two) == bytes_of(one)
    publish(opened(invented), two, "partnership")  # what two processes remembered serves, too
    assert publish(opened(invented), two, "partnership").written == 0
    assert bytes_of(two) == bytes_of(one)


@pytest.mark.usefixtures("heard")
def test_both_processes_stop_where_one_is_stopped(invented: Path, tmp_path: Path) -> None:  # noqa: F811
    site, whole = tmp_path / "site", tmp_path / "whole"
    with pytest.raises(StoppedError):
        publish(opened(invented), site, "group", stopped=lambda: len(list(site.rglob("*.html"))) > EVERY)
    assert not list(site.glob(".bscp-*"))
    publish(opened(invented), site, "group")
    publish(opened(invented), whole, "group")
    assert bytes_of(site) == bytes_of(whole)
