"""The roster: who may do what in this register, and with which keys they sign.

It is a record like others, so that its own history tells who let whom in. An entry is judged by
the roster as it stood before that entry; nobody can let themselves in.
"""

import datetime as dt
import hashlib
from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import Field

from bscp_tui.model.document import ALPHABET
from bscp_tui.model.fields import Line, Lines, LongText, asked, required, unchangeable
from bscp_tui.model.record import FieldPath, Item, Part, declare
from bscp_tui.model.view import RefusedChangeError

if TYPE_CHECKING:
    from bscp_tui.model.view import Circumstances, View

Role = Literal["editor", "confirmer", "administrator", "scrutineer"]
ROLES: dict[Role, str] = {
    "editor": "records changes",
    "confirmer": "records changes, and confirms that something is complete",
    "administrator": "changes the roster, makes and upgrades registers, merges copies",
    "scrutineer": "reads everything and may ask; changes nothing",
}
RECORDING: frozenset[Role] = frozenset({"editor", "confirmer"})


class RosterKey(Item):
    """A key that a person signs with, from a day to a day (both by UTC, as entries carry their times)."""

    key: Line = required("Key")
    start: dt.date = required("From")
    until: dt.date | None = asked("No longer from", hint="the first day on which it no longer counts")
    doubted: dt.date | None = asked("Doubted since", hint="the day from which somebody else may have used it")
    authority: bool | None = asked("Certifies the person's other keys")
    note: LongText | None = asked("Note")

    def counts_on(self, day: dt.date) -> bool:
        """Whether an entry recorded on ``day`` may be signed with it."""
        return self.start <= day and (self.until is None or day < self.until)


class RosterPerson(Item):
    """Somebody on the roster."""

    title: Line = required("Name")
    email: Line = required("E-mail")
    aliases: Lines = asked("Also written", default=())
    roles: Annotated[tuple[Role, ...], Field(strict=False)] = asked("Roles", default=())
    keys: Annotated[tuple[RosterKey, ...], Field(strict=False)] = asked("Keys", default=())

    @property
    def names(self) -> frozenset[str]:
        """Every way in which the person is written."""
        return frozenset({self.title, *self.aliases})

    def standing_keys(self) -> list[RosterKey]:
        """Return the keys that have not ended."""
        return [key for key in self.keys if key.until is None]

    def is_only_scrutineer(self) -> bool:
        """Whether the person may read and ask, and nothing else."""
        return set(self.roles) == {"scrutineer"}


class Accepted(Item):
    """An entry that an administrator vouches for although nobody on the roster had signed it."""

    commit: Line = required("Entry")
    reason: LongText = required("Reason")


class Roster(Part):
    """Who may do what."""

    version: int = unchangeable("Version", rises=True)
    adopted_after: Line | None = asked("Adopted after", editable=False)
    people: Annotated[tuple[RosterPerson, ...], Field(strict=False)] = asked("People", default=())
    accepted: Annotated[tuple[Accepted, ...], Field(strict=False)] = asked("Entries vouched for later", default=())

    @classmethod
    def amended(cls, view: "View", name: str, value: object, why: "Circumstances") -> dict[FieldPath, object]:
        """The roster has commands of its own, which look at the whole of it."""
        del view, value, why
        msg = "The roster is changed with: bscp trust add, remove, role, revoke. See bscp trust --help."
        raise RefusedChangeError(msg, field=name)

    def is_somebody(self) -> bool:
        """It names everybody who records."""
        return True

    @property
    def title(self) -> str:
        """What sentences call it."""
        return "who may do what"

    def holders(self, key: str) -> Iterator[tuple[RosterPerson, RosterKey]]:
        """Yield whoever signs with ``key`` ("ssh-ed25519 AAAA…"), with that key's row."""
        for person in self.people:
            for row in person.keys:
                if row.key.split()[:2] == key.split()[:2]:
                    yield person, row

    def person(self, who: str) -> RosterPerson | None:
        """Return the person with that e-mail address, or that name if only one has it."""
        wanted = who.strip().casefold()
        by_email = [person for person in self.people if person.email.casefold() == wanted]
        by_name = [person for person in self.people if wanted in {name.casefold() for name in person.names}]
        found = by_email or by_name
        return found[0] if len(found) == 1 else None

    def administrators(self) -> list[RosterPerson]:
        """Return who can change the roster with a key that has not ended."""
        return [person for person in self.people if "administrator" in person.roles and person.standing_keys()]


def row_id(text: str, length: int = 6) -> str:
    """Return the id of a row about ``text`` (an address, a key); the same wherever it is added."""
    digest = hashlib.sha256(text.casefold().encode()).digest()
    return "".join(ALPHABET[byte % len(ALPHABET)] for byte in digest[:length])


ROSTER = declare(
    "roster",
    Roster,
    plural="The roster",
    where="roster.toml",
    reference="roster",
    columns=("ref", "version", "people"),
)
