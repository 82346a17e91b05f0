"""What tests share: a person, a day, git as an onlooker runs it, a change to record."""

import datetime as dt
import os
import subprocess
from collections.abc import Mapping
from pathlib import Path

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from bscp_tui.model.amendment import Amendment, amend
from bscp_tui.model.bodies import AGENCY
from bscp_tui.model.view import Circumstances, View
from bscp_tui.store import signing
from bscp_tui.store.identity import Identity
from bscp_tui.store.register import Register, open_register

TODAY = dt.date(2026, 7, 1)
PERSON = Identity("Robin Holder", "robin.holder@example.org")
RECORD = "records/plans/2025-27/actions/4.1.toml"


def give_key(seed: int = 0) -> Path:
    """Put a key into the person's own folder, the same in every run, as if it had been made there before."""
    private = Ed25519PrivateKey.from_private_bytes(bytes([seed]) * 32)
    form = (serialization.Encoding.PEM, serialization.PrivateFormat.OpenSSH, serialization.NoEncryption())
    public = (serialization.Encoding.OpenSSH, serialization.PublicFormat.OpenSSH)
    place = signing.folder() / "signing"
    place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    place.touch(mode=0o600)
    place.write_bytes(private.private_bytes(*form))
    place.with_name("signing.pub").write_bytes(private.public_key().public_bytes(*public) + b" bscp\n")
    return place


def git(folder: Path, *arguments: str, given: str | None = None, check: bool = True, **environment: str) -> str:
    """Run git as an onlooker would, and return what it prints."""
    done = subprocess.run(
        ["git", *arguments],
        cwd=folder,
        capture_output=True,
        check=False,
        encoding="utf-8",
        input=given,
        env=os.environ | environment,
    )
    assert not check or done.returncode == 0, f"git {' '.join(arguments)}: {done.stderr}"
    return done.stdout.strip()


def head(folder: Path) -> str:
    """Return the newest commit's id, "" before the first."""
    return git(folder, "rev-parse", "--verify", "--quiet", "HEAD", check=False)


def status(folder: Path) -> str:
    """Return what git says differs, untracked and ignored files among it."""
    return git(folder, "status", "--porcelain", "--ignored", "--untracked-files=all")


def count(folder: Path) -> int:
    """Return how many entries can be reached."""
    return int(git(folder, "rev-list", "--count", "HEAD"))


def opened(folder: Path) -> Register:
    """Return the register in ``folder``."""
    return open_register(folder, TODAY)


def because(reason: str | None = "The board agreed it.", evidence: str | None = None) -> Circumstances:
    """Return why a change is made."""
    return Circumstances(reason, TODAY, evidence)


def change(register: Register, ref: str = "4.1.3", why: Circumstances | None = None, **values: object) -> Amendment:
    """Return an amendment of the record that ``ref`` names, as it is read now."""
    snapshot = register.snapshot()
    view = snapshot.resolve(ref)
    assert isinstance(view, View), view
    return amend(view, snapshot.document(view.path), values, why or because())


def addition(slug: str, **fields: object) -> Amendment:
    """Return the amendment that adds an agency."""
    fields = {"title": slug.title(), **fields}
    changes: Mapping[tuple[str, ...], object] = {(name,): value for name, value in fields.items()}
    path = f"records/agencies/{slug}.toml"
    return Amendment(AGENCY, path, slug, str(fields["title"]), (), changes, because(), None, "added")


# What a program begins with that ends for good at one of its calls to the system: the last of its arguments says how
# many are still done. ``counted(NAME)`` counts the calls of a function of ``os``.
DYING = """
import os, sys
left = int(sys.argv[-1])
def counted(name):
    real = getattr(os, name)
    def call(*given, **named):
        global left
        left -= 1
        if left < 0:
            os._exit(9)
        return real(*given, **named)
    setattr(os, name, call)
"""
