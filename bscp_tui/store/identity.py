"""Who is making changes: what git knows, and how to tell it; never made up."""

import datetime as dt
import re
from pathlib import Path
from typing import NamedTuple

from bscp_tui.model.text import TypedTextError, typed
from bscp_tui.store import git
from bscp_tui.store.git import GitError
from bscp_tui.store.repository import Repository

_IDENT = re.compile(r"(.*) <([^<>]*)> \d+ [+-]\d{4}")


class Identity(NamedTuple):
    """A person as git names them in an entry."""

    name: str
    email: str


def known(repository: Repository) -> Identity | None:
    """Return who git says is working here, None where it does not know."""
    try:
        return _read(repository.write("var", "GIT_AUTHOR_IDENT"))
    except GitError:
        return None


def known_to_git(folder: Path | None = None) -> Identity | None:
    """Return who git says is working on this computer (or in ``folder``); None where it does not know."""
    try:
        return _read(git.run(folder or Path.home(), "var", "GIT_AUTHOR_IDENT"))
    except GitError:
        return None


def entry_day(repository: Repository) -> dt.date:
    """Return the day, by UTC, that git would put on an entry now."""
    return day_in(repository.write("var", "GIT_COMMITTER_IDENT"))


def day_in(ident: bytes) -> dt.date:
    """Return the day, by UTC, in a line with which git names a person and a time."""
    return dt.datetime.fromtimestamp(int(ident.rsplit(b" ", 2)[1]), dt.UTC).date()


def _read(ident: bytes) -> Identity | None:
    match = _IDENT.fullmatch(ident.decode("utf-8", "replace").strip())
    return Identity(match[1], match[2]) if match else None


def remember(repository: Repository, name: str, email: str) -> Identity:
    """Tell git, for this register only, who is working here.

    Raises:
        TypedTextError: The name or the address cannot stand in an entry.

    """
    identity = checked(name, email)
    repository.write("config", "--local", "user.name", identity.name)
    repository.write("config", "--local", "user.email", identity.email)
    return identity


def checked(name: str, email: str) -> Identity:
    """Return a name and an address as they can stand in an entry.

    Raises:
        TypedTextError: One of them cannot; the message says which and why.

    """
    name = typed(name, field="Name", lines=False).strip()
    email = typed(email, field="E-mail", lines=False).strip()
    if not name or re.search(r"[<>]", name):
        msg = "Name: write your first and last name, without < or >."
        raise TypedTextError(msg)
    if not re.fullmatch(r"[^\s<>@]+@[^\s<>@]+", email):
        msg = "E-mail: write your work address, for instance sam.lee@example.org."
        raise TypedTextError(msg)
    return Identity(name, email)
