"""A partnership for each test, copied from one that is made once."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.trust.partners import Partnership, Person, made


@pytest.fixture(scope="session")
def _made_once(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Partnership]:
    if shutil.which("ssh-keygen") is None:
        pytest.skip("OpenSSH is not on this computer, so nothing can be signed")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("GIT_CONFIG_NOSYSTEM", "1")
        yield made(tmp_path_factory.mktemp("partners"))


@pytest.fixture
def partnership(_made_once: Partnership, tmp_path: Path) -> Partnership:
    """A register of four people, with computers of their own."""
    people = {}
    for name, person in _made_once.people.items():
        home = Path(shutil.copytree(person.home, tmp_path / "homes" / name))
        people[name] = Person(person.identity, home)
    once = Partnership(_made_once.folder, people, _made_once.clock)
    return once.copied(tmp_path / "partners")
