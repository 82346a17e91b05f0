"""Changes of the roster: each is a value that is recorded like any other change, by an administrator."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bscp_tui.model.amendment import Amendment
from bscp_tui.model.document import Document
from bscp_tui.model.record import FieldPath
from bscp_tui.model.roster import ROSTER, Role, Roster, RosterPerson, row_id
from bscp_tui.model.view import Circumstances, RefusedChangeError
from bscp_tui.store import identity, signing
from bscp_tui.store.raw_history import RawHistory
from bscp_tui.store.register import Register
from bscp_tui.store.starter import first_roster
from bscp_tui.store.toml_text import parse
from bscp_tui.trust.joining import JoinRequest
from bscp_tui.trust.recorded import committed_roster
from bscp_tui.trust.verifying import verify_quickly

NONE_YET = "This register has no roster yet. Take it in hand with: bscp trust adopt"


@dataclass(frozen=True)
class Office:
    """The roster as an administrator works on it.

    Attributes:
        register: The register.
        document: The roster's document as it is recorded.
        roster: The same, read.
        day: The day, by UTC, that an entry would be given now.

    """

    register: Register
    document: Document
    roster: Roster
    day: dt.date

    def admit(self, request: JoinRequest, roles: Sequence[Role], why: Circumstances) -> Amendment:
        """Return the change that puts somebody on the roster, or gives a further key to one who is.

        Raises:
            RefusedChangeError: The key is somebody's already.

        """
        if any(True for _ in self.roster.holders(request.key)):
            msg = f"That key is on the roster already ({request.fingerprint}); a key is never used again."
            raise RefusedChangeError(msg)
        row = {"id": row_id(request.key), "key": request.key, "start": self.day}
        known = next((one for one in self.roster.people if one.email.casefold() == request.email.casefold()), None)
        if known is None:
            if not roles:
                msg = f"Say what {request.name} may do: --role editor, --role scrutineer, …"
                raise RefusedChangeError(msg)
            person: Document = {"id": row_id(request.email), "title": request.name, "email": request.email}
            person |= {"roles": list(roles), "keys": [row]}
            told = f"{request.name} joins as {' and '.join(roles)}"
            return self._change(told, {("people", f"#{person['id']}"): person}, why)
        changes: dict[FieldPath, object] = {("people", f"#{known.id}", "keys", f"#{row['id']}"): row}
        if request.name not in known.names:
            changes["people", f"#{known.id}", "aliases"] = [*known.aliases, request.name]
        if roles:
            changes["people", f"#{known.id}", "roles"] = list(roles)
        return self._change(f"{known.title} signs with a further key", changes, why)

    def remove(self, person: RosterPerson, why: Circumstances, until: dt.date | None = None) -> Amendment:
        """Return the change with which all keys of a leaver end: now, or from a day to come.

        Raises:
            RefusedChangeError: Nobody could change the roster afterwards, or they have left already.

        """
        if not person.standing_keys():
            msg = f"{person.title} has no key that still counts."
            raise RefusedChangeError(msg)
        self._keep_one(person)
        day = until or self.day
        ended: dict[FieldPath, object] = {
            ("people", f"#{person.id}", "keys", f"#{key.id}", "until"): day for key in person.standing_keys()
        }
        return self._change(f"{person.title} leaves", ended, why)

    def revoke(
        self, person: RosterPerson, why: Circumstances, *, since: dt.date | None, fingerprint: str | None = None
    ) -> Amendment:
        """Return the change with which a lost or stolen key (or all of a person's) ends now.

        Args:
            person: Whose key it is.
            why: Why.
            since: The day from which somebody else may have used it; such entries are pointed out.
            fingerprint: The key, where the person has several and only one is meant.

        Raises:
            RefusedChangeError: There is no such key.

        """
        from bscp_tui.trust import keys

        meant = [
            row for row in person.standing_keys()
            if fingerprint is None or keys.read_text(row.key).fingerprint.removeprefix("SHA256:").startswith(
                fingerprint.removeprefix("SHA256:"))
        ]  # fmt: skip
        if not meant:
            msg = f"{person.title} has no such key that still counts. The keys are listed by: bscp trust list"
            raise RefusedChangeError(msg)
        if len(meant) == len(person.standing_keys()):
            self._keep_one(person)
        changes: dict[FieldPath, object] = {}
        for row in meant:
            place = ("people", f"#{person.id}", "keys", f"#{row.id}")
            changes[*place, "until"] = self.day
            if since is not None:
                changes[*place, "doubted"] = since
        return self._change(f"a key of {person.title} no longer counts", changes, why)

    def give_roles(self, person: RosterPerson, roles: Sequence[Role], why: Circumstances) -> Amendment:
        """Return the change that gives a person just these roles.

        Raises:
            RefusedChangeError: Nobody could change the roster afterwards.

        """
        if "administrator" not in roles:
            self._keep_one(person)
        told = f"{person.title} is {' and '.join(roles)}"
        return self._change(told, {("people", f"#{person.id}", "roles"): list(roles)}, why)

    def vouch(self, commit: str, name: str, why: Circumstances) -> Amendment:
        """Return the change with which an administrator vouches for an entry that nobody on the roster had signed."""
        row = {"id": row_id(commit), "commit": commit, "reason": why.reason or ""}
        return self._change(f"entry {name} is vouched for", {("accepted", f"#{row['id']}"): row}, why)

    def _keep_one(self, leaver: RosterPerson) -> None:
        others = [one for one in self.roster.administrators() if one.id != leaver.id]
        if leaver in self.roster.administrators() and not others:
            msg = f"{leaver.title} is the last administrator. Give somebody else that role first: bscp trust role"
            raise RefusedChangeError(msg)

    def _change(self, told: str, changes: Mapping[FieldPath, object], why: Circumstances) -> Amendment:
        whole = {("version",): self.roster.version + 1, **changes}
        return Amendment(ROSTER, _path(self.register), "roster", told, (), whole, why, self.document)


def office(register: Register) -> Office:
    """Return the roster as an administrator works on it.

    Raises:
        RefusedChangeError: There is none, not the one that is vouched for, or this person is no administrator.

    """
    found = committed_roster(register.repository)
    if found is None:
        raise RefusedChangeError(NONE_YET)
    verdict = verify_quickly(register.repository)
    if verdict.roster != found.blob:
        msg = (
            f"The roster was changed by somebody who may not: {verdict.reason or 'it does not match'}. Look into it, "
            "then put the roster back that is vouched for: bscp trust restore"
        )
        raise RefusedChangeError(msg)
    _administrator(register, found.roster)
    return Office(register, found.document, found.roster, identity.entry_day(register.repository))


def restoration(register: Register, why: Circumstances) -> Amendment:
    """Return the change with which an administrator puts back the roster that is vouched for.

    Raises:
        RefusedChangeError: It stands already, or this person is no administrator by it.

    """
    found = committed_roster(register.repository)
    blob = verify_quickly(register.repository).roster
    if found is None or blob is None or blob == found.blob:
        msg = NONE_YET if found is None else "The roster is the one that is vouched for; there is nothing to put back."
        raise RefusedChangeError(msg)
    data = RawHistory(register.repository).files([blob])[blob]
    good = parse(data)
    _administrator(register, Roster.model_validate(good))
    good["version"] = max(found.roster.version, int(good["version"])) + 1
    names = [*good, *(name for name in found.document if name not in good)]
    changes: dict[FieldPath, object] = {(name,): good.get(name) for name in names}
    told = "the roster that is vouched for is put back"
    return Amendment(ROSTER, _path(register), "roster", told, (), changes, why, found.document)


def adoption(register: Register, why: Circumstances, *, anew: bool) -> Amendment:
    """Return the change with which this person takes an unsigned register in hand, or begins its roster anew.

    Raises:
        RefusedChangeError: There is a roster already, or there is nothing to sign with.

    """
    found = committed_roster(register.repository)
    if (found is not None) != anew:
        msg = "There is a roster already; see bscp trust list." if found else NONE_YET
        raise RefusedChangeError(msg)
    key = signing.key_for(register.repository)
    person = identity.known(register.repository)
    if key is None or person is None:
        what = "OpenSSH is not installed" if key is None else "git does not know your name and e-mail yet"
        msg = f"A roster begins with a signed entry, and {what}."
        raise RefusedChangeError(msg)
    document = first_roster(person, key, identity.entry_day(register.repository))
    document["adopted_after"] = register.head or ""
    if found is not None:
        document["version"] = found.roster.version + 1
        old = [row for row in found.document.get("people", []) if row.get("id") != document["people"][0]["id"]]
        document["people"] = [*document["people"], *({**row, "roles": ["scrutineer"]} for row in old)]
    changes: dict[FieldPath, object] = {(name,): value for name, value in document.items()}
    base = found.document if found else None
    told = f"{person.name} takes the register in hand"
    return Amendment(ROSTER, _path(register), "roster", told, (), changes, why, base, "changed" if base else "added")


def _administrator(register: Register, roster: Roster) -> None:
    """Refuse whoever is no administrator on ``roster``."""
    me = own_person(register, roster)
    if me is None or "administrator" not in me.roles:
        who = "You are not on the roster with this computer's key" if me is None else f"{me.title} is no administrator"
        names = ", ".join(one.title for one in roster.administrators()) or "nobody"
        msg = f"{who}. The roster is changed by an administrator: {names}."
        raise RefusedChangeError(msg)


def own_person(register: Register, roster: Roster) -> RosterPerson | None:
    """Return who on the roster holds the key that this computer signs with; by address where it is not readable."""
    key = signing.key_for(register.repository)
    public = key.public() if key else None
    if public is not None:
        return next((person for person, row in roster.holders(public) if row.until is None), None)
    known = identity.known(register.repository)
    return roster.person(known.email) if known else None


def _path(register: Register) -> str:
    return f"{register.repository.prefix}roster.toml"
