"""What people's words refer to among the records of one moment: by reference, in short, by name."""

from abc import ABC, abstractmethod
from collections.abc import Mapping

from bscp_tui.model.fields import BODY_KINDS
from bscp_tui.model.kinds import KINDS
from bscp_tui.model.record import Kind
from bscp_tui.model.settings import Settings
from bscp_tui.model.view import View
from bscp_tui.store.loading import Unreadable
from bscp_tui.store.naming import UnknownReferenceError, names_of, nearest

NOT_NAMED = "(not named here)"


class Referring(ABC):
    """Finds a record by what people call it."""

    @property
    @abstractmethod
    def settings(self) -> Settings:
        """What ``bscp.toml`` says of the register."""

    @abstractmethod
    def views(self, kind: Kind, *, withdrawn: bool = False, names: Mapping[str, str] | None = None) -> list[View]:
        """Return every readable record of ``kind``, by reference."""

    @abstractmethod
    def knows(self, ref: str) -> bool:
        """Whether a record of that full reference has a file."""

    @abstractmethod
    def _at(self, ref: str) -> View | Unreadable | None:
        """Return what ``ref`` is, for the readers."""

    @abstractmethod
    def _anybodys(self, ref: str) -> View | Unreadable | None:
        """Return what ``ref`` is, whoever may read it."""

    @abstractmethod
    def _shows(self, view: View) -> bool:
        """Whether a record is there for the readers."""

    def resolve(self, text: str) -> View | Unreadable:
        """Return the record or row that ``text`` names, in the current plan where it names none.

        Raises:
            UnknownReferenceError: There is none.

        """
        wanted = text.strip()
        found = self._referred(wanted)
        if found is not None:
            return found
        by_name = self._named(wanted, BODY_KINDS)
        if by_name is not None:
            return by_name
        raise UnknownReferenceError(wanted, self.nearest(wanted))

    def reference(self, text: str, kinds: tuple[str, ...] = ()) -> str | None:
        """Return the full reference of the one record of ``kinds`` (any without) that ``text`` names.

        Bodies, and whatever ``kinds`` asks for, also go by their names and other spellings.
        """
        found = self._referred(text.strip())
        if isinstance(found, View) and (not kinds or found.kind.name in kinds):
            return found.ref
        by_name = self._named(text, kinds or BODY_KINDS)
        return by_name.ref if by_name else None

    def nearest(self, text: str, kinds: tuple[str, ...] = ()) -> tuple[str, ...]:
        """Return the references that may have been meant, the closest first."""
        return nearest(text, [view for name in kinds or KINDS for view in self.views(KINDS[name])])

    def name_of(self, slug: str) -> str:
        """Return the name of an agency, group or person; the slug itself if it is unknown."""
        view = self._body(slug)
        if view is not None and not self._shows(view):
            return NOT_NAMED
        return view.title if view else slug

    def name_matches(self, slug: str, text: str) -> bool:
        """Whether ``text`` is a body's or theme's reference, name, short name or other spelling."""
        view = self._anybodys(slug) if self.knows(slug) else None
        return text.strip().lower() in (names_of(view) if isinstance(view, View) else {slug.lower()})

    def _referred(self, text: str) -> View | Unreadable | None:
        """Return what ``text`` refers to as people write references: in any case, the current plan's in short."""
        refs = [text, f"{self.settings.current_plan}/{text}", text.lower(), text.upper()]
        return next((found for ref in dict.fromkeys(refs) if (found := self._at(ref)) is not None), None)

    def _body(self, slug: str) -> View | None:
        found = self._anybodys(slug) if self.knows(slug) else None
        return found if isinstance(found, View) and found.kind.name in BODY_KINDS else None

    def _named(self, text: str, kinds: tuple[str, ...]) -> View | None:
        """Return the one record of ``kinds`` that goes by the name ``text``."""
        wanted = text.strip().lower()
        named = [view for name in kinds for view in self.views(KINDS[name]) if wanted in names_of(view)]
        return named[0] if len(named) == 1 else None
