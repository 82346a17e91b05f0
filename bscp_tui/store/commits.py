"""Which commit is meant: by a moment, an id or an entry's name; and which files differ between two."""

import datetime as dt
import re
from typing import NamedTuple

from bscp_tui.store.git import GitError
from bscp_tui.store.log import FIRST, LAST, ordered
from bscp_tui.store.repository import Repository

NOTHING = "0" * 40
MAKING = 12  # entries at most that make a register: one for each document that it is taken from
ENTRY_ID = re.compile(r"[0-9a-z]{4}-[0-9a-z]{4}")


class FileChange(NamedTuple):
    """A file that a commit changed: the ids of its content before and after, None where there was none."""

    commit: str
    path: str
    old: str | None
    new: str | None


def changed_between(repository: Repository, earlier: str, later: str) -> list[FileChange]:
    """Return the record files that differ between two commits, by path."""
    limit = [repository.prefix] if repository.prefix else []
    arguments = ("diff-tree", "-r", "-z", "--no-renames", "--no-abbrev", "--no-ext-diff", earlier, later, "--")
    fields = iter(repository.read(*arguments, *limit).decode("utf-8", "surrogateescape").split("\0"))
    found = []
    for field in fields:
        if field.startswith(":"):
            _, _, old, new, _ = field.split(" ")
            found.append(FileChange(later, next(fields), _present(old), _present(new)))
    return sorted(found, key=lambda file: file.path)


def commit_at(repository: Repository, moment: dt.datetime) -> str | None:
    """Return the last commit, in the history's order, that was recorded by ``moment``; None if there is none."""
    limit = moment.timestamp()
    return next((name for name, recorded in _times(repository) if recorded <= limit), None)


def began(repository: Repository) -> dt.datetime:
    """Return when the first entry, in the history's order, was recorded."""
    return dt.datetime.fromtimestamp(_times(repository)[-1][1]).astimezone()


def made_with(repository: Repository) -> str:
    """Return the last of the first entries that made the register: it then held what was taken over."""
    first = [name for name, _ in _times(repository)[-MAKING:]][::-1]
    told = repository.read("show", "-s", "--format=%H%x00%B%x01", *first).decode("utf-8", "replace").split("\x01")
    messages = dict(one.strip().split("\0", 1) for one in told if "\0" in one)
    last = first[0]
    for name in first:
        if "\nRecord: records\n" not in messages.get(name, ""):
            break
        last = name
    return last


def _times(repository: Repository) -> list[tuple[str, int]]:
    """Return each commit with the time that its committer's clock gave, newest first in the history's order."""
    listed = repository.read("rev-list", "--format=%H %ct %P", "HEAD").decode().split("\n")
    facts = [line.split(" ") for line in listed if line and not line.startswith("commit ")]
    times = {name: seconds_told(recorded) for name, recorded, *_ in facts}
    parents = {name: tuple(filter(None, before)) for name, _, *before in facts}
    return [(name, times[name]) for name in reversed(ordered(parents, facts[0][0]))]


def seconds_told(told: str) -> int:
    """Return a time that git tells as it stands in a commit: nothing, or anything, where no clock said it.

    One before 1970 comes as one that is far ahead.
    """
    seconds = int(told[:20]) if told.isdecimal() else 0
    return max(min(seconds if seconds < 2**63 else seconds - 2**64, LAST), FIRST)


def commit_named(repository: Repository, text: str) -> str | None:
    """Return the full id of the commit that ``text`` (at least four digits of it) names, None if there is none."""
    if not 4 <= len(text) <= 40 or not all(letter in "0123456789abcdef" for letter in text.lower()):
        return None
    try:
        return repository.read("rev-parse", "--verify", "--quiet", f"{text}^{{commit}}").decode().strip()
    except GitError:
        return None


def commit_of_entry(repository: Repository, text: str) -> str | None:
    """Return the full id of the commit that ``text`` names: an entry's own id, or the beginning of a commit's."""
    if ENTRY_ID.fullmatch(text.strip().lower()):
        wanted = f"^Entry: {text.strip().lower()}$"
        found = repository.read("log", "--format=%H", "-E", f"--grep={wanted}", "HEAD").decode().split()
        return found[0] if len(found) == 1 else None
    return commit_named(repository, text)


def _present(identifier: str) -> str | None:
    return None if identifier == NOTHING else identifier
