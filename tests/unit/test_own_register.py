"""Which register opens where nobody names one."""

from pathlib import Path

import pytest

from bscp_tui.store import own_register
from bscp_tui.store.errors import NoRegisterError


def test_the_first_one_opens_until_another_is_chosen_and_again_when_it_is_chosen_back(
    tmp_path: Path, home: Path
) -> None:
    first = own_register.own_folder()
    assert first.is_relative_to(home)
    other = tmp_path / "a folder\u00e9"
    other.mkdir()
    own_register.choose(other)
    assert own_register.own_folder() == other
    own_register.choose(first)
    assert own_register.own_folder() == first


def test_one_that_is_not_there_is_named_and_nothing_else_opens(tmp_path: Path, home: Path) -> None:
    assert home.is_dir()
    other = tmp_path / "drive"
    own_register.choose(other)
    with pytest.raises(NoRegisterError, match=r"not there now: .*drive"):
        own_register.own_folder()
    other.mkdir()
    assert own_register.own_folder() == other


@pytest.mark.parametrize("told", [b"", b"\n", b"relative/place\n"])
def test_a_choice_that_says_nothing_is_none(told: bytes, home: Path, tmp_path: Path) -> None:
    assert home.is_dir()
    own_register.choose(tmp_path)
    (own_register.first_folder().parent / own_register.NAME).write_bytes(told)
    assert own_register.own_folder() == own_register.first_folder()
