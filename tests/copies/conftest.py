"""People with copies of one register, and the shared copy between them: a folder, as on a file share."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from bscp_tui.model.amendment import Amendment
from bscp_tui.model.entry import Entry
from bscp_tui.sharing.joining import join
from bscp_tui.sharing.outcome import Outcome
from bscp_tui.sharing.syncing import sync
from bscp_tui.store.identity import Identity
from bscp_tui.store.register import Register, open_register
from tests.support import TODAY, because, change, git, give_key

PEOPLE = (
    Identity("Alice Able", "alice.able@example.org"),
    Identity("Bob Best", "bob.best@example.org"),
    Identity("Carol Cole", "carol.cole@example.org"),
    Identity("Dan Dean", "dan.dean@example.org"),
)


@dataclass(frozen=True)
class Copy:
    """Somebody's copy of the register."""

    folder: Path
    person: Identity
    seed: int

    @contextmanager
    def at_work(self) -> Iterator[None]:
        """Sit this person at the computer, with their own key."""
        with pytest.MonkeyPatch.context() as patch:
            for role in ("AUTHOR", "COMMITTER"):
                patch.setenv(f"GIT_{role}_NAME", self.person.name)
                patch.setenv(f"GIT_{role}_EMAIL", self.person.email)
            give_key(self.seed)
            yield

    def register(self) -> Register:
        """Return the register as it lies in the folder now."""
        return open_register(self.folder, TODAY)

    def records(self, amendment: Amendment) -> Entry:
        """Record a change that was made up before."""
        with self.at_work():
            entry = self.register().record(amendment)
        assert entry is not None
        return entry

    def sets(self, ref: str, reason: str = "The board agreed it.", **values: object) -> Entry:
        """Record fields of a record, as they are read now."""
        return self.records(change(self.register(), ref, because(reason), **values))

    def syncs(self) -> Outcome:
        """Send and receive."""
        with self.at_work():
            return sync(self.register(), wait=lambda _: None)

    def value(self, ref: str, field: str) -> object:
        """Return what the register says of a field."""
        view = self.register().snapshot().resolve(ref)
        return getattr(view.item, field)  # type: ignore[union-attr]

    def git(self, *words: str) -> str:
        """Run git in the copy as an onlooker does."""
        return git(self.folder, *words)


Partners = Callable[[int], list[Copy]]


@pytest.fixture
def shared(folder: Path, tmp_path: Path) -> Path:
    """A shared copy that holds the starter register."""
    place = tmp_path / "shared.git"
    git(tmp_path, "clone", "--quiet", "--bare", str(folder), str(place))
    return place


@pytest.fixture
def partners(shared: Path, tmp_path: Path) -> Partners:
    """Give so many people a copy of their own."""

    def joined(count: int) -> list[Copy]:
        first = tmp_path / PEOPLE[0].name.split()[0]
        join(str(shared), first)
        copies = [Copy(first, PEOPLE[0], 11)]
        for place, person in enumerate(PEOPLE[1:count], start=1):
            folder = Path(shutil.copytree(first, tmp_path / person.name.split()[0]))
            copies.append(Copy(folder, person, 11 + place))
        return copies

    return joined


def entries(folder: Path) -> list[str]:
    """Return the entries' own ids in a repository, oldest first."""
    told = git(folder, "log", "--reverse", "--format=%(trailers:key=Entry,valueonly)", "main")
    return [line for line in told.split("\n") if line]
