"""Parts of pages that need thousands of records, remembered until one of what they were made from changes."""

from collections.abc import Callable
from dataclasses import asdict
from functools import cached_property
from typing import TYPE_CHECKING, Any

from bscp_tui.publishing.between import days_of_boards
from bscp_tui.publishing.looking import Looked
from bscp_tui.publishing.watching import Token

if TYPE_CHECKING:
    from bscp_tui.publishing.overview import Progress


Part = tuple[list[Token], Any]  # what was asked for while a part was made, and the part


class SlowParts:
    """What is worked out from many records for single pages.

    Attributes:
        remembered: Name to what was asked for while a part was made, and the part.

    """

    def __init__(self, looked: Looked) -> None:
        """Use what is remembered where nothing of it was touched."""
        self._looked = looked
        self.remembered: dict[str, Part] = {}

    @cached_property
    def days_of_boards(self) -> list[tuple[str, str]]:
        """(day, label) of the days on which boards met."""
        found = self._part("boards", lambda: days_of_boards(self._looked.edition))
        return [(day, label) for day, label in found]

    @cached_property
    def progress(self) -> "Progress":
        """How far the current plan is."""
        from bscp_tui.publishing.overview import Progress, progress_of

        return Progress(**self._part("progress", lambda: asdict(progress_of(self._looked.edition))))

    def is_known(self, name: str) -> bool:
        """Whether a part is as it is remembered."""
        return self._known(name) is not None

    def _known(self, name: str) -> Part | None:
        known = self._looked.memory.state.parts.get(name)
        return None if known is None or self._looked.is_touched(known[0]) else known

    def _part(self, name: str, make: Callable[[], Any]) -> Any:
        known = self._known(name)
        if known is None:
            with self._looked.edition.snapshot.watched() as asked:
                made = make()
            known = (sorted(asked), made)
        self.remembered[name] = known
        return known[1]
