"""The three places where copies meet, looked at from the people who use them."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path

from tests.sharing.page import block
from tests.support import git
from tests.trust.partners import Person


@dataclass(frozen=True)
class Place:
    """A shared copy somewhere.

    Attributes:
        kind: "folder", "ssh" or "http".
        address: What a person joins.
        bare: Where the server keeps it, for a test to look at or to damage.
        equip: Gives a person's computer what their own git needs to reach it.
        stop: Lets nobody reach it; None where it is a folder.
        start: Lets it be reached again.

    """

    kind: str
    address: str
    bare: Path
    equip: Callable[[str, Path], None]
    stop: Callable[[], None] | None = None
    start: Callable[[], None] | None = None

    def heads(self) -> dict[str, str]:
        """Return the branches and tags of the shared copy with what they name."""
        told = self.owned("for-each-ref", "--format=%(refname) %(objectname)")
        return dict(line.split(" ") for line in told.splitlines())

    def owned(self, *arguments: str, check: bool = True) -> str:
        """Ask the server's repository with git, whoever owns it."""
        return git(
            self.bare, "-c", f"safe.directory={self.bare}", "-c", "safe.bareRepository=all", *arguments, check=check
        )


def make_folder(path: Path) -> None:
    """Make a shared copy in a folder, by the commands of the page."""
    import subprocess

    commands = block("a bare folder", **{"/srv/register.git": str(path)})
    subprocess.run(["sh", "-e", "-c", commands], check=True)


def seat(person: Person, place: Place) -> AbstractContextManager[None]:
    """Sit a person at their computer, which can reach the place."""
    place.equip(person.identity.name.partition(" ")[0].lower(), person.home)
    return person.at_work()
