"""Whether a merge holds what both of its sides held, field by field, and nothing else."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from bscp_tui.model.document import Change, Document, differences, put, same
from bscp_tui.store.raw_history import Content, FileStep
from bscp_tui.store.toml_text import UnreadableError, parse


@dataclass(frozen=True)
class Sides:
    """A file on both sides of a merge, and in what they began from; None where it is not there."""

    path: str
    base: Content | None
    first: Content | None
    second: Content | None
    result: Content | None


def sides_of(first: Sequence[FileStep], second: Sequence[FileStep], result: Sequence[FileStep]) -> list[Sides]:
    """Return every file that a side or the merge itself changed, from steps that all begin at the common base."""
    by_path = [{step.path: step for step in steps} for steps in (first, second, result)]
    found = []
    for path in sorted(set().union(*by_path)):
        step = next(steps[path] for steps in by_path if path in steps)
        base = step.old
        after = [steps[path].new if path in steps else base for steps in by_path]
        found.append(Sides(path, base, *after))
    return found


def wrong_files(sides: Sequence[Sides], files: Mapping[str, bytes]) -> Iterator[str]:
    """Yield each file in which a merge holds something that neither side held."""
    return (file.path for file in sides if not _is_right(file, files))


def needed_files(sides: Sequence[Sides]) -> set[str]:
    """Return the ids of the files that must be read to tell."""
    torn = [file for file in sides if not _is_plain(file)]
    found = {content for file in torn for content in (file.base, file.first, file.second, file.result)}
    return {content.identifier for content in found if content}


def _is_plain(file: Sides) -> bool:
    """Whether one side alone changed the file, or both alike, and the merge took just that."""
    if file.second in (file.first, file.base):
        return file.result == file.first
    return file.first == file.base and file.result == file.second


def _is_right(file: Sides, files: Mapping[str, bytes]) -> bool:
    if _is_plain(file):
        return True
    if file.result is None or file.first is None or file.second is None:
        return False
    try:
        base = parse(files[file.base.identifier]) if file.base else {}
        first, second, result = (parse(files[one.identifier]) for one in (file.first, file.second, file.result))
    except UnreadableError:
        return False
    return is_field_merge(base, first, second, result)


def is_field_merge(base: Document, first: Document, second: Document, result: Document) -> bool:
    """Whether ``result`` is ``base`` with what each side changed; a field that both changed has either's value."""
    ours = {change.path: change for change in differences(base, first)}
    theirs = {change.path: change for change in differences(base, second)}
    expected = base
    try:
        for path, change in {**ours, **theirs}.items():
            expected = put(expected, path, change.new)
    except KeyError:  # one side removed a row that the other went on with
        return False
    return all(_is_choice(change, ours, theirs) for change in differences(expected, result))


def _is_choice(
    change: Change, ours: Mapping[tuple[str, ...], Change], theirs: Mapping[tuple[str, ...], Change]
) -> bool:
    """Whether a value that is not theirs is ours, in a field that both gave a value."""
    mine = ours.get(change.path)
    return mine is not None and change.path in theirs and same(mine.new, change.new)
