"""Real servers, started once; a shared register and people for each test."""

import secrets
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.sharing import gitolite as ssh
from tests.sharing import web
from tests.sharing.places import Place, make_folder
from tests.trust.conftest import _made_once, partnership  # noqa: F401 - fixtures


@pytest.fixture(scope="session")
def gitolite(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ssh.Gitolite]:
    """Run gitolite behind sshd."""
    with ssh.gitolite(tmp_path_factory.mktemp("keys")) as server:
        yield server


@pytest.fixture(scope="session")
def http(tmp_path_factory: pytest.TempPathFactory) -> Iterator[web.Web]:
    """Run git's web service behind nginx."""
    del tmp_path_factory
    with web.web() as server:
        yield server


@pytest.fixture
def folder_place(tmp_path: Path) -> Place:
    """A shared copy in a folder."""
    bare = tmp_path / "share" / "register.git"
    bare.parent.mkdir()
    make_folder(bare)
    return Place("folder", str(bare), bare, lambda _who, _home: None)


@pytest.fixture
def ssh_place(gitolite: ssh.Gitolite) -> Iterator[Place]:
    """A shared copy of its own on gitolite; it is there once the administrator has sent something."""
    name = f"register-{secrets.token_hex(6)}"
    yield Place("ssh", gitolite.address(name), gitolite.bare(name), gitolite.equip, gitolite.stop, gitolite.start)
    if not gitolite.running:
        gitolite.start()


@pytest.fixture
def http_place(http: web.Web) -> Iterator[Place]:
    """A shared copy of its own behind the web server."""
    name = f"register-{secrets.token_hex(6)}"
    http.create(name)
    yield Place("http", http.address(name), http.bare(name), http.equip, http.stop, http.start)
    if not http.running:
        http.start()


@pytest.fixture(params=("folder_place", "ssh_place", "http_place"))
def place(request: pytest.FixtureRequest) -> Place:
    """Each of the three places in turn."""
    made = request.getfixturevalue(request.param)
    assert isinstance(made, Place)
    return made


@pytest.fixture(params=("ssh_place", "http_place"))
def server(request: pytest.FixtureRequest) -> Place:
    """Each of the two servers in turn."""
    made = request.getfixturevalue(request.param)
    assert isinstance(made, Place)
    return made
