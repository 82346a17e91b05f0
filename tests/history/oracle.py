"""The history read the slow and obvious way: every commit, every file, every field, with plain git and tomllib."""

import subprocess
import tomllib
from pathlib import Path
from typing import Any

Told = tuple[str, str, tuple[str, ...], object, object, str]
_READ: dict[str, dict[str, Any] | None] = {}


def git(folder: Path, *arguments: str) -> bytes:
    return subprocess.run(["git", *arguments], cwd=folder, check=True, capture_output=True).stdout


def order(folder: Path, commit: str, seen: list[str]) -> list[str]:
    """What lies behind the first parent, then what each other one adds, then the commit itself."""
    if commit not in seen:
        for parent in parents(folder, commit):
            order(folder, parent, seen)
        seen.append(commit)
    return seen


def parents(folder: Path, commit: str) -> list[str]:
    heading = git(folder, "cat-file", "-p", commit).decode().split("\n\n")[0]
    return [line.split(" ")[1] for line in heading.split("\n") if line.startswith("parent ")]


def files(folder: Path, commit: str) -> dict[str, str]:
    listed = git(folder, "ls-tree", "-r", commit, "records/").decode().splitlines()
    return {line.split("\t")[1]: line.split("\t")[0].split(" ")[2] for line in listed}


def document(folder: Path, blob: str | None) -> dict[str, Any] | None:
    """The record, None where it cannot be read."""
    if blob is None:
        return None
    if blob not in _READ:
        try:
            _READ[blob] = tomllib.loads(git(folder, "cat-file", "blob", blob).decode("utf-8"))
        except ValueError:
            _READ[blob] = None
    return _READ[blob]


def told(folder: Path, tip: str) -> list[Told]:
    """Every change, in the history's order: (commit, path, place, old, new, what)."""
    found: list[Told] = []
    versions: dict[str, list[str]] = {}
    for commit in order(folder, tip, []):
        now = files(folder, commit)
        before = [files(folder, parent) for parent in parents(folder, commit)] or [{}]
        for path in sorted({*now, *(path for side in before for path in side)}):
            olds = [side.get(path) for side in before]
            new = now.get(path)
            if any(old == new for old in olds):
                continue
            found += [(commit, path, *change) for change in changes(folder, olds, new, versions.get(path, []))]
            if new is not None:
                versions.setdefault(path, []).append(new)
    return found


def changes(
    folder: Path, olds: list[str | None], new: str | None, earlier: list[str]
) -> list[tuple[tuple[str, ...], object, object, str]]:
    now, old = document(folder, new), document(folder, olds[0])
    if new is None:
        return [((), None, None, "removed")]
    if now is None:
        return [((), None, None, "could not be read")]
    if olds[0] is None:
        return [((), None, None, "added")]
    if old is None:
        good = [found for blob in earlier if (found := document(folder, blob)) is not None]
        return [((), None, None, "can be read again"), *(fields(good[-1], now) if good else [])]
    others = [found for blob in olds[1:] if (found := document(folder, blob)) is not None]
    return [change for change in fields(old, now) if not any(at(side, change[0]) == change[2] for side in others)]


def fields(old: Any, new: Any, place: tuple[str, ...] = ()) -> list[tuple[tuple[str, ...], object, object, str]]:
    """What differs; tables go deeper, rows are known by their ids."""
    if isinstance(old, dict) and isinstance(new, dict):
        return [each for key in {**old, **new} for each in fields(old.get(key), new.get(key), (*place, key))]
    if is_table(old) or is_table(new):
        before = {row["id"]: row for row in old or []}
        after = {row["id"]: row for row in new or []}
        found = [
            each for key in {**before, **after} for each in fields(before.get(key), after.get(key), (*place, f"#{key}"))
        ]
        if set(before) == set(after) and list(before) != list(after):
            found.append((place, list(before), list(after), "changed"))
        return found
    if old == new:
        return []
    return [(place, old, new, "added" if old is None else "removed" if new is None else "changed")]


def is_table(value: object) -> bool:
    return isinstance(value, list) and bool(value) and isinstance(value[0], dict)


def at(value: Any, place: tuple[str, ...]) -> object:
    for step in place:
        if value is None:
            return None
        value = next((row for row in value if row["id"] == step[1:]), None) if step[0] == "#" else value.get(step)
    return value
