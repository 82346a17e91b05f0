"""A person, a home and a register for each test; nothing of the computer that runs them."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from bscp_tui.store import starter
from bscp_tui.store.register import Register, open_register
from tests.support import PERSON, TODAY, git, give_key

_FOLDERS = ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME")

_LONGEST_NAME = 60


def pytest_make_parametrize_id(val: object, argname: str) -> str | None:
    """Name a test by its argument where a value is bytes or long text.

    A test's name has to be the same in every process that collects it, or xdist runs none at all; an archive made while
    a file is collected holds the clock's two seconds, and would stand in the name with them.
    """
    if isinstance(val, bytes) or (isinstance(val, str) and len(val) > _LONGEST_NAME):
        return argname
    return None


def _isolate(patch: pytest.MonkeyPatch, home: Path) -> None:
    home.mkdir(parents=True, exist_ok=True)
    for name in [name for name in os.environ if name.startswith(("GIT_", "BSCP_"))]:
        patch.delenv(name)
    patch.setenv("HOME", str(home))
    for name in _FOLDERS:
        patch.setenv(name, str(home / name.lower()))
    patch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    for role in ("AUTHOR", "COMMITTER"):
        patch.setenv(f"GIT_{role}_NAME", PERSON.name)
        patch.setenv(f"GIT_{role}_EMAIL", PERSON.email)
    give_key()


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home folder of the test's own, and a person whom git knows."""
    folder = tmp_path / "home"
    _isolate(monkeypatch, folder)
    return folder


@pytest.fixture(scope="session")
def _starter(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    folder = tmp_path_factory.mktemp("starter")
    with pytest.MonkeyPatch.context() as patch:
        _isolate(patch, folder / "home")
        starter.make(folder / "register", empty=False, today=TODAY, person=PERSON)
        starter.make(folder / "empty", empty=True, today=TODAY, person=PERSON, name="Anywhere SCP")
        for name in ("register", "empty"):
            git(folder / name, "gc", "--quiet")  # one pack instead of hundreds of files to copy for each test
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def folder(_starter: Path, tmp_path: Path) -> Path:
    """A copy of the starter register, in a folder of its own."""
    return Path(shutil.copytree(_starter / "register", tmp_path / "register"))


@pytest.fixture
def empty_folder(_starter: Path, tmp_path: Path) -> Path:
    """A register that holds nothing yet."""
    return Path(shutil.copytree(_starter / "empty", tmp_path / "empty"))


@pytest.fixture
def register(folder: Path) -> Register:
    """The starter register's copy, opened."""
    return open_register(folder, TODAY)
