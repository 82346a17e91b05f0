"""Several changes that belong together: one entry a record, shown and undone as one."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from bscp_tui.model.amendment import Amendment
from bscp_tui.model.entry import Entry, new_entry_id
from bscp_tui.store.errors import SaveError
from bscp_tui.store.register import Register


def grouped(amendments: Sequence[Amendment]) -> list[Amendment]:
    """Return the changes with one name for all of them; a single one needs none."""
    if len(amendments) < 2:
        return list(amendments)
    group = new_entry_id()
    return [replace(amendment, group=group) for amendment in amendments]


def record_together(
    register: Register,
    amendments: Sequence[Amendment],
    told: Callable[[str], None] | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> list[Entry]:
    """Record the changes, which ``grouped`` named; return their entries.

    Args:
        register: The register.
        amendments: The changes.
        told: Called with a sentence while another writer is waited for.
        progress: Told before each how many are recorded, of how many.

    Raises:
        RefusedChangeError: A rule forbids one of them; nothing was recorded.
        SaveError: It could not be recorded; where a part of it was, the message says which.

    """
    for amendment in amendments:  # all of them can be recorded, or none is
        register.preview(amendment)
    entries: list[Entry] = []
    for place, amendment in enumerate(amendments):
        if progress is not None:
            progress(place, len(amendments))
        try:
            entry = register.record(amendment, told)
        except (SaveError, ValueError) as error:
            if not entries:
                raise
            left = ", ".join(dict.fromkeys(each.ref for each in amendments[place:]))
            done = f"Only {len(entries)} of {len(amendments)} changes were recorded"
            msg = (
                f"{done}; {amendment.ref} could not be: {error} "
                f"Not recorded: {left}. Do the same again for the rest, or take back what was recorded: "
                f"bscp undo {entries[-1].entry}."
            )
            raise SaveError(msg) from error
        entries += [entry] if entry is not None else []
    return entries
