"""Three versions of a record's file become one file, field by field, in the layout of the side that stands."""

from dataclasses import dataclass

from bscp_tui.model.kinds import place_of
from bscp_tui.model.merging import Choose, Conflict, merged
from bscp_tui.model.record import Part
from bscp_tui.store.toml_text import UnreadableError, edited, is_ours, parse, written


@dataclass(frozen=True)
class MergedFile:
    """What three versions of a file become.

    Attributes:
        data: The file; None where it is not there.
        conflicts: The fields that both sides gave a value of their own.
        told: What a person should know: rows that were given another number.

    """

    data: bytes | None
    conflicts: tuple[Conflict, ...] = ()
    told: tuple[str, ...] = ()


def model_at(inner: str | None) -> type[Part] | None:
    """Return what declares the record at a path inside the records folder; None for a file that is no record."""
    place = place_of(inner) if inner is not None else None
    return place[0].model if place else None


def merged_files(
    versions: tuple[bytes | None, bytes | None, bytes | None],
    model: type[Part] | None,
    choose: Choose | None = None,
) -> MergedFile:
    """Return ``theirs`` with what ``ours`` changed since the ancestor.

    A file that is no record, or cannot be read, is taken from the side that alone changed it; where both
    did, the whole file is in conflict.

    Args:
        versions: The ancestor, ours and theirs; None where the file is not there.
        model: What declares the record; None for a file that is no record.
        choose: Asked for the value of each field in conflict; without it the other side's value stays.

    """
    ancestor, ours, theirs = versions
    if ours in (ancestor, theirs):
        return MergedFile(theirs)
    if theirs == ancestor:
        return MergedFile(ours)
    if model is None or ours is None or theirs is None:
        return _whole(versions, choose)
    try:
        found = merged(parse(ancestor) if ancestor else {}, parse(ours), parse(theirs), model, choose)
        data = _written((ours, theirs), found.document, model)
    except UnreadableError:
        return _whole(versions, choose)
    told = tuple(f"{name}: number {old} was taken meanwhile; yours is now {new}" for name, old, new in found.renumbered)
    return MergedFile(data, found.conflicts, told)


def _written(sides: tuple[bytes, bytes], document: dict[str, object], model: type[Part]) -> bytes:
    """Return the file in the layout of the side that somebody laid out by hand, theirs before ours.

    Raises:
        UnreadableError: A comment would be lost.

    """
    ours, theirs = sides
    by_hand = [data for data in (theirs, ours) if not is_ours(data, parse(data), model)]
    return edited(by_hand[0], document, model) if by_hand else written(document, model)


def _whole(versions: tuple[bytes | None, bytes | None, bytes | None], choose: Choose | None) -> MergedFile:
    """Return a file that can only be taken from one side or the other."""
    conflict = Conflict((), "", *map(_in_words, versions))
    takes_ours = choose is not None and choose(conflict) == conflict.ours
    return MergedFile(versions[1] if takes_ours else versions[2], (conflict,))


def _in_words(data: bytes | None) -> str | None:
    """Return what stands for a version of a file as a whole; None where it is not there."""
    from bscp_tui.store.objects import blob_id

    return None if data is None else f"the file as a whole ({blob_id(data)[:12]})"
