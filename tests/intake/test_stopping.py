"""A long import is stopped between two records: what is recorded stays, and importing again goes on from there."""

import datetime as dt
import signal
from pathlib import Path

import pytest

from bscp_tui.cli.counting import counted
from bscp_tui.intake.document import StoppedError
from bscp_tui.intake.proposing import Choices, preview
from bscp_tui.intake.reading import read_document
from bscp_tui.intake.recording import everything, record
from bscp_tui.model.view import Circumstances
from bscp_tui.store.register import open_register
from tests.intake.converting import xlsx
from tests.intake.mutating import TITLE, table


def test_what_was_recorded_before_it_was_stopped_stays_and_the_rest_comes_next_time(empty_folder: Path) -> None:
    register = open_register(empty_folder, dt.date(2026, 7, 1))
    document = read_document(xlsx([(TITLE, table())]), "plan.xlsx")
    found = preview(document, register.snapshot(), Choices())

    def stop(doing: str, done: int, of: int) -> None:
        del doing, of
        if done == 3:
            raise StoppedError

    why = Circumstances(None, register.today)
    first = record(register, found, everything, why, progress=stop)
    assert len(first.entries) == 3
    assert first.left == len(found.proposals) - 3
    again = preview(document, register.snapshot(), Choices())
    second = record(register, again, everything, why)
    assert second.left == 0
    assert {line.state for line in preview(document, register.snapshot(), Choices()).lines} == {"unchanged"}


def test_ctrl_c_is_kept_until_nothing_is_half_done_and_acts_at_once_the_second_time() -> None:
    before = signal.getsignal(signal.SIGINT)
    with counted() as progress:
        progress("Recording", 1, 3)
        signal.raise_signal(signal.SIGINT)
        with pytest.raises(StoppedError):
            progress("Recording", 2, 3)
        with pytest.raises(KeyboardInterrupt):
            signal.raise_signal(signal.SIGINT)
    assert signal.getsignal(signal.SIGINT) is before
