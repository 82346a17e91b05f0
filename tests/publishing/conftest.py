"""A small register, its pages, and what stands in them."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from bscp_tui.model.fields import Audience
from bscp_tui.publishing.publish import Outcome, publish
from tests.core.conftest import tell  # noqa: F401 - a fixture
from tests.support import git, opened

Publish = Callable[..., Outcome]


def committed(folder: Path, files: dict[str, str], words: str = "By hand") -> None:
    """Record files as plain git does."""
    for name, text in files.items():
        place = folder / "records" / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text)
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "-m", words)


def everything(site: Path) -> str:
    """Return all that a site says, whatever the file."""
    return "\n".join(path.read_text() for path in sorted(site.rglob("*")) if path.is_file())


def text_of(page: Path) -> str:
    """Return what a reader reads on a page."""
    found = BeautifulSoup(page.read_text(), "lxml").find("main")
    assert found is not None
    return re.sub(r"\s+", " ", found.get_text(" "))


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """The folder that pages go into."""
    return tmp_path / "site"


@pytest.fixture
def published(empty_folder: Path, site: Path) -> Publish:
    """Publish the small register."""

    def make(audience: Audience = "partnership", into: Path | None = None) -> Outcome:
        return publish(opened(empty_folder), into or site, audience)

    return make
