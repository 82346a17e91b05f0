"""Whether a merge holds what both of its sides held, field by field, and nothing else."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from bscp_tui.model.document import Document, get
from bscp_tui.model.merging import Conflict, alike, merged
from bscp_tui.model.record import Part
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


def wrong_files(
    sides: Sequence[Sides], files: Mapping[str, bytes], model_of: Callable[[str], type[Part] | None]
) -> Iterator[str]:
    """Yield each file in which a merge holds something that neither side held; ``model_of`` tells what it is."""
    return (file.path for file in sides if not _is_right(file, files, model_of(file.path)))


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


def _is_right(file: Sides, files: Mapping[str, bytes], model: type[Part] | None) -> bool:
    if _is_plain(file):
        return True
    if file.result is None or file.first is None or file.second is None:
        return False
    try:
        base = parse(files[file.base.identifier]) if file.base else {}
        first, second, result = (parse(files[one.identifier]) for one in (file.first, file.second, file.result))
    except UnreadableError:
        return False
    return is_field_merge(base, first, second, result, model)


def is_field_merge(
    base: Document, first: Document, second: Document, result: Document, model: type[Part] | None = None
) -> bool:
    """Whether ``result`` is ``base`` with what each side changed; a field that both changed has either's value.

    Args:
        base: What both sides began with.
        first: The one side.
        second: The other side.
        result: What the merge holds.
        model: What declares the record; None where that is not known.

    """

    def choose(conflict: Conflict) -> object:
        held = result if conflict.field.endswith(" (order)") else get(result, conflict.path)
        return conflict.ours if alike(held, conflict.ours) else conflict.theirs

    # What both appended may stand in either order; git alone, without our driver, merges lines of text.
    sides = ((first, second), (second, first))
    return any(alike(merged(base, *each, by, choose).document, result) for each in sides for by in (model, None))
