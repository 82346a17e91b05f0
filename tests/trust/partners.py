"""A partnership whose people each have a computer of their own, and attackers who know git well."""

import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from bscp_tui.model.roster import Role
from bscp_tui.store import signing, starter
from bscp_tui.store.identity import Identity
from bscp_tui.store.register import Register, open_register
from bscp_tui.store.repository import Repository, find
from bscp_tui.trust.joining import JoinRequest, ask_to_join, read_request
from bscp_tui.trust.rostering import office
from bscp_tui.trust.verdict import Verdict
from bscp_tui.trust.verifying import verify
from tests.support import TODAY, because, change, git, give_key

NAMES = ("Robin Holder", "Alice Able", "Bob Best", "Sam Scrutineer", "Mallory Stranger")
EDITOR: tuple[Role, ...] = ("editor",)
RECORD = "records/plans/2025-27/actions/4.1.toml"
ANOTHER = "records/plans/2025-27/actions/4.2.toml"
DAY = 86_400
NOON = 1_782_907_200  # 1 July 2026, 12:00 UTC, in seconds since 1970; every entry stands a minute after the last


@dataclass(frozen=True)
class Person:
    """Somebody with a computer: a home, a name that git knows, a key."""

    identity: Identity
    home: Path

    @contextmanager
    def at_work(self, at: int | None = None) -> Iterator[None]:
        """Sit this person at the computer; with ``at``, the clock stands at that second."""
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("HOME", str(self.home))
            for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME"):
                patch.setenv(name, str(self.home / name.lower()))
            for role in ("AUTHOR", "COMMITTER"):
                patch.setenv(f"GIT_{role}_NAME", self.identity.name)
                patch.setenv(f"GIT_{role}_EMAIL", self.identity.email)
                if at is not None:
                    patch.setenv(f"GIT_{role}_DATE", f"@{at} +0000")
            yield

    def key(self) -> str:
        """Return where this person's private key lies."""
        with self.at_work():
            return str(signing.folder() / "signing")

    def request(self) -> JoinRequest:
        """Return this person's request to join."""
        with self.at_work():
            return read_request(ask_to_join(self.identity, signing.SigningKey(self.key(), "made")))


@dataclass
class Partnership:
    """A register and the people around it; every entry is made a minute after the last one."""

    folder: Path
    people: Mapping[str, Person]
    clock: int = NOON

    def tick(self) -> int:
        """Let a minute pass; return the time."""
        self.clock += 60
        return self.clock

    def merges(self, who: str, other: str, *extra: str, at: int | None = None) -> str:
        """Merge a branch into the one that is checked out, with plain git; return the commit."""
        person = self.people[who]
        with person.at_work(at or self.tick()):
            settings = ("-c", "gpg.format=ssh", "-c", f"user.signingkey={person.key()}")
            git(self.folder, *settings, "merge", "--quiet", "-S", "--no-ff", *extra, "-m", "Together", other)
        return git(self.folder, "rev-parse", "HEAD")

    def splits(self, mine: str, theirs: str) -> None:
        """Record a status on each of two branches, ``main`` and ``side``."""
        git(self.folder, "branch", "side")
        self.saves("Alice", "in-progress", ref=mine)
        git(self.folder, "switch", "--quiet", "side")
        self.saves("Bob", "in-progress", ref=theirs)
        git(self.folder, "switch", "--quiet", "main")

    def saves(self, who: str, status: str, *, ref: str = "4.1.3", at: int | None = None) -> str:
        """Record a status as this person would with the program; return the entry's commit."""
        with self.people[who].at_work(at or self.tick()):
            entry = self.register().record(change(self.register(), ref, because("Agreed."), status=status))
            assert entry is not None
            return entry.commit

    def register(self) -> Register:
        """Return the register as it lies in the folder now."""
        return open_register(self.folder, TODAY)

    def repository(self) -> Repository:
        """Return where the register lies, which may be damaged."""
        return find(self.folder)

    def admits(self, who: str, roles: tuple[Role, ...], *, by: str = "Robin") -> None:
        """Put somebody on the roster."""
        request = self.people[who].request()
        with self.people[by].at_work(self.tick()):
            self.register().record(office(self.register()).admit(request, roles, because("Joined.")))

    def removes(self, who: str, *, by: str = "Robin", at: int | None = None) -> None:
        """Take note that somebody leaves."""
        with self.people[by].at_work(at or self.tick()):
            held = office(self.register())
            person = held.roster.person(self.people[who].identity.email)
            assert person is not None
            self.register().record(held.remove(person, because("Left.")))

    def commits(
        self,
        who: str,
        message: str,
        *,
        key: str | None = "own",
        at: int | None = None,
        claims: Identity | None = None,
        extra: tuple[str, ...] = (),
    ) -> str:
        """Commit what lies in the folder with plain git, as an attacker does; return the commit."""
        person = self.people[who]
        claimed = claims or person.identity
        signed = ("-S",) if key else ()
        path = person.key() if key == "own" else key or ""
        with person.at_work(at or self.tick()):
            facts = {
                f"GIT_{role}_{part}": getattr(claimed, part.lower())
                for role in ("AUTHOR", "COMMITTER") for part in ("NAME", "EMAIL")
            }  # fmt: skip
            settings = ("-c", "gpg.format=ssh", "-c", f"user.signingkey={path}")
            git(self.folder, "add", "--all")
            git(self.folder, *settings, "commit", "--quiet", *signed, *extra, "--message", message, **facts)
        return git(self.folder, "rev-parse", "HEAD")

    def edits(self, path: str = RECORD, old: str = "not-started", new: str = "in-progress") -> None:
        """Change a file by hand."""
        file = self.folder / path
        text = file.read_text()
        assert old in text
        file.write_text(text.replace(old, new, 1))

    def slips_in(self, who: str, key: str | None = None, further: str = "") -> None:
        """Put somebody on the roster by hand, with a version that rises."""
        identity = self.people[who].identity
        roster = self.folder / "records" / "roster.toml"
        text = roster.read_text().replace("version = 4", "version = 5")
        person = f'[[people]]\nid = "mmmmmm"\ntitle = "{identity.name}"\nemail = "{identity.email}"\n'
        named = f'key = "{key or self.people[who].request().key}"\nstart = 2026-07-01\n{further}'
        keys = f'roles = [\n    "editor",\n]\n\n[[people.keys]]\nid = "kkkkkk"\n{named}'
        roster.write_text(f"{text}\n{person}{keys}")

    def verdict(self, *proofs: object, by: str = "Sam") -> Verdict:
        """Return what somebody who was handed the folder finds, on a computer of their own."""
        from bscp_tui.trust.proof import read_proofs

        with self.people[by].at_work():
            return verify(self.repository(), [one for proof in proofs for one in read_proofs(str(proof))])

    def copied(self, to: Path) -> "Partnership":
        """Return the same partnership with a copy of the folder."""
        return Partnership(Path(shutil.copytree(self.folder, to, symlinks=True)), self.people, self.clock)


def made(place: Path) -> Partnership:
    """Make the register, with Robin, Alice and Bob on its roster, and Sam who may ask."""
    people = {}
    for seed, name in enumerate(NAMES, start=1):
        first, last = name.split()
        home = place / first.lower()
        home.mkdir(parents=True)
        people[first] = Person(Identity(name, f"{first}.{last}@example.org".lower()), home)
        with people[first].at_work():
            give_key(seed)
    partnership = Partnership(place / "register", people)
    with people["Robin"].at_work(partnership.tick()):
        starter.make(partnership.folder, empty=False, today=TODAY, person=people["Robin"].identity)
    git(partnership.folder, "gc", "--quiet")
    for who, roles in (("Alice", EDITOR), ("Bob", EDITOR), ("Sam", ("scrutineer",))):
        partnership.admits(who, roles)
    partnership.saves("Alice", "in-progress")
    return partnership
