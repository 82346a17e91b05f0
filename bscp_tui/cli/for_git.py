"""What git calls in a copy that was set up for it: merging a record's file, and showing one a field a line."""

import sys
from argparse import Namespace
from collections.abc import Iterator
from pathlib import Path

from bscp_tui.cli.main import DONE, REFUSED, say
from bscp_tui.model.document import by_key, row_name
from bscp_tui.model.kinds import place_of
from bscp_tui.model.merging import Conflict
from bscp_tui.model.record import Part
from bscp_tui.model.spoken import spoken
from bscp_tui.model.text import one_line
from bscp_tui.store import git
from bscp_tui.store.git import GitError
from bscp_tui.store.merging import merged_files
from bscp_tui.store.toml_text import UnreadableError, parse


def run_merge_driver(options: Namespace) -> int:
    """Merge three versions of a file into ``ours``; return 1 where both sides gave a field different values."""
    place = Path(options.ours)
    versions = (Path(options.ancestor).read_bytes(), place.read_bytes(), Path(options.theirs).read_bytes())
    model = _model_at(options.path)
    try:
        readable = [parse(data) for data in versions if data]
    except UnreadableError:
        readable = []
    if model is None or not readable:
        return _as_text(place, versions)
    found = merged_files(_present(versions), model)
    if not found.conflicts:
        place.write_bytes(found.data or b"")
        return DONE
    for conflict in found.conflicts:
        say(f"{options.path}: {conflict.field or 'the file'} was given two values: "
            f"{one_line(spoken(conflict.ours))} and {one_line(spoken(conflict.theirs))}")  # fmt: skip
    # All else is settled; only the fields in question stand twice, between git's marks.
    sides = [merged_files(_present(versions), model, choice).data or b"" for choice in (_ancestor, _ours, _theirs)]
    return _as_text(place, (sides[0], sides[1], sides[2]))


def run_as_lines(options: Namespace) -> int:
    """Print a record, a field a line."""
    data = Path(options.file).read_bytes()
    try:
        document = parse(data)
    except UnreadableError:
        sys.stdout.write(data.decode("utf-8", "replace"))
        return DONE
    for line in _lines(document, ""):
        print(line)
    return DONE


def _lines(value: object, name: str) -> Iterator[str]:
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _lines(inner, f"{name}.{key}" if name else key)
    elif isinstance(value, list) and value and all(isinstance(row, dict) for row in value):
        rows = by_key(value)
        for key, row in rows.items():
            yield from _lines(row, f"{name}.{row_name(row, rows, key)}")
    elif isinstance(value, str):
        for line in value.split("\n"):
            yield f"{name}: {one_line(spoken(line) if ' ' not in line else line)}"
    else:
        yield f"{name}: {one_line(spoken(value))}"


def _model_at(path: str) -> type[Part] | None:
    """Return what declares the record at a path of the repository; its records may lie in a folder of their own."""
    for inner in (path.partition("/")[2], path):
        place = place_of(inner)
        if place is not None:
            return place[0].model
    return None


def _present(versions: tuple[bytes, bytes, bytes]) -> tuple[bytes | None, bytes | None, bytes | None]:
    """Return the versions; git hands over an empty file for one that is not there."""
    ancestor, ours, theirs = versions
    return ancestor or None, ours, theirs


def _as_text(place: Path, versions: tuple[bytes, bytes, bytes]) -> int:
    """Merge three versions line by line, as git does without us."""
    names = [place.with_name(f"{place.name}.{side}") for side in ("before", "ours", "theirs")]
    for name, data in zip(names, versions, strict=True):
        name.write_bytes(data)
    before, ours, theirs = (str(name.resolve()) for name in names)
    labels = ("-L", "ours", "-L", "before", "-L", "theirs")
    try:
        git.run(place.resolve().parent, "merge-file", *labels, ours, before, theirs)
        status = DONE
    except GitError:
        status = REFUSED
    place.write_bytes(names[1].read_bytes())
    for name in names:
        name.unlink()
    return status


def _ancestor(conflict: Conflict) -> object:
    return conflict.ancestor


def _ours(conflict: Conflict) -> object:
    return conflict.ours


def _theirs(conflict: Conflict) -> object:
    return conflict.theirs
