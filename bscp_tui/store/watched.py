"""A snapshot that keeps what was asked of it, so that what was made from the answers can be told to be out of date."""

import datetime as dt
from collections.abc import Callable, Sequence

from bscp_tui.model.audience import Withheld
from bscp_tui.model.kinds import KINDS
from bscp_tui.model.view import View
from bscp_tui.store.register import Register
from bscp_tui.store.snapshot import Snapshot
from bscp_tui.store.sources import CommittedFiles

# What was asked: a file ("p:records/…"), all records of a kind ("k:meeting"), who names a record ("l:LP-0042").
Asked = str


class Watched(Snapshot):
    """The records as a commit holds them.

    Attributes:
        asked: What was asked since it was last emptied.
        named: Says who names a reference, where that is known without reading all records.

    """

    asked: set[Asked]
    named: Callable[[str], Sequence[str]] | None = None

    @classmethod
    def at(cls, register: Register, commit: str) -> "Watched":
        """Return the records of ``register`` as ``commit`` holds them."""
        plain = register.snapshot_at(commit)
        files = CommittedFiles(register.repository, commit)
        found = cls(files, register.repository.prefix, register.today, commit, register._kept)  # noqa: SLF001 - a snapshot is made by the register
        found.gate, found.past, found.asked = plain.gate, plain.past, set()
        return found

    def made_for(self, leaves_out: Callable[[View], Withheld | None]) -> "Watched":
        """Return the same records for readers from whom some are withheld; what is asked of them is kept here too."""
        other = super().made_for(leaves_out)
        assert isinstance(other, Watched)  # noqa: S101 - for the type checker; it is made as this one is
        other.asked = self.asked
        return other

    def view(self, ref: str) -> View | None:
        """Return the readable record or row of that full reference, None if there is none."""
        found = super().view(ref)
        self.asked.add(f"p:{found.path}" if found is not None else f"r:{ref}")
        return found

    def name_of(self, slug: str) -> str:
        """Return the name of an agency, group or person."""
        self.asked.add(self._file(slug))
        return super().name_of(slug)

    def name_matches(self, slug: str, text: str) -> bool:
        """Whether ``text`` is one of a body's or theme's names."""
        self.asked.add(self._file(slug))
        return super().name_matches(slug, text)

    def of_kind(self, name: str) -> Sequence[View]:
        """Return the readable records of a kind."""
        kind = KINDS[name]
        self.asked.add(f"k:{kind.inside[0] if kind.inside else name}")
        return super().of_kind(name)

    def linking(self, ref: str) -> Sequence[View]:
        """Return the records and rows that name ``ref``."""
        self.asked.add(f"l:{ref}")
        if self.named is None:
            return super().linking(ref)
        views = (super(Watched, self).view(source) for source in self.named(ref))
        return tuple(dict.fromkeys(view for view in views if view is not None))

    def on(self, day: dt.date | None) -> Snapshot:
        """Return the records as they stood at the end of a past day, for the same readers."""
        self.asked.add("on")
        past = self.whole.past
        if day is None or day >= self.today or past is None:
            return self
        if day not in self._days:
            found = past(day)
            why = self._leaves_out
            self._days[day] = self if found is None else found if why is None else found.made_for(why)
        return self._days[day]

    def _file(self, slug: str) -> Asked:
        path = self._refs.get(slug)
        return f"p:{path}" if path else f"r:{slug}"
