"""The roster as it stood at a moment, ready to say whether a signature counts."""

import datetime as dt
from dataclasses import dataclass
from functools import cached_property

from pydantic import ValidationError

from bscp_tui.model.roster import Role, Roster, RosterKey, RosterPerson
from bscp_tui.store.raw_history import RawCommit, Stamp
from bscp_tui.store.toml_text import UnreadableError, parse
from bscp_tui.trust import keys, sshsig
from bscp_tui.trust.keys import PublicKey
from bscp_tui.trust.redaction import stands_for
from bscp_tui.trust.wire import MalformedError

# Faults that an administrator may vouch for later: who signed, not what was done.
UNSIGNED, STRANGER, ENDED, FORGED, DOUBTFUL = "unsigned", "stranger", "ended", "forged", "doubtful"
FORGIVABLE = frozenset({UNSIGNED, STRANGER, ENDED})


class NotVouchedError(ValueError):
    """A signature that does not count; ``code`` is a word for programs, ``str()`` the reason for people."""

    def __init__(self, code: str, reason: str) -> None:
        """Keep the code beside the reason."""
        super().__init__(reason)
        self.code = code


@dataclass(frozen=True)
class Signer:
    """Who signed an entry, and with which key."""

    person: RosterPerson
    key: RosterKey

    def has(self, *roles: Role) -> bool:
        """Whether the person has one of these roles."""
        return not set(roles).isdisjoint(self.person.roles)


@dataclass(frozen=True)
class Standing:
    """A roster that entries are judged by.

    Attributes:
        roster: What it says.
        blob: The id of its bytes.

    """

    roster: Roster
    blob: str

    @cached_property
    def _by_key(self) -> dict[str, tuple[RosterPerson, RosterKey]]:
        rows = ((person, row) for person in self.roster.people for row in person.keys)
        return {" ".join(row.key.split()[:2]): (person, row) for person, row in rows}

    def signer(self, commit: RawCommit) -> Signer:
        """Return who signed a commit; only one that an administrator wrote anew may have another author.

        Raises:
            NotVouchedError: Nobody whom this roster knows, or somebody in another's name.

        """
        signature = _signature(commit)
        if not signature.holds(commit.signed):
            raise NotVouchedError(FORGED, "its signature does not fit what it says")
        signer = self._holder(signature.key, commit.committer)
        day = utc_day(commit.committer.at)
        if not signer.key.counts_on(day):
            when = f"until {signer.key.until}" if signer.key.until and day >= signer.key.until else "not yet"
            told = f"it was signed on {day} with a key of {signer.person.title} that counted {when}"
            raise NotVouchedError(ENDED, told)
        _same_person(signer.person, commit.committer, "recorded")
        if stands_for(commit) is None or not signer.has("administrator"):
            _same_person(signer.person, commit.author, "made")
        return signer

    def still_knows(self, signer: Signer, needed: frozenset[Role]) -> bool:
        """Whether the signer's key has not ended here, and its holder has one of the roles."""
        found = self._by_key.get(" ".join(signer.key.key.split()[:2]))
        return found is not None and found[1].until is None and bool(needed.intersection(found[0].roles))

    def _holder(self, key: PublicKey, stamp: Stamp) -> Signer:
        found = self._by_key.get(key.text)
        if found is not None and not found[1].authority:
            return Signer(*found)
        certificate = key.certificate
        if certificate is not None:
            by = self._by_key.get(keys.read(certificate.authority).text)
            if by is not None and by[1].authority:
                if by[0].email not in certificate.principals or not certificate.after <= stamp.at < certificate.before:
                    raise NotVouchedError(STRANGER, "its certificate is another person's, or did not hold at that time")
                return Signer(*by)
        raise NotVouchedError(STRANGER, f"it was signed with a key that is not on the roster ({key.fingerprint})")


def read_standing(data: bytes | None, blob: str) -> Standing:
    """Return the roster that ``data`` holds; None stands for what is no file.

    Raises:
        NotVouchedError: It is no whole roster; the reason says what is wrong.

    """
    if data is None:
        raise NotVouchedError("roster", "its roster is not a file")
    try:
        roster = Roster.model_validate(parse(data))
        found = [keys.read_text(row.key).text for person in roster.people for row in person.keys]
    except (UnreadableError, ValidationError, MalformedError) as error:
        raise NotVouchedError("roster", f"its roster cannot be read: {_first_line(error)}") from error
    emails = [person.email.casefold() for person in roster.people]
    if len(set(found)) != len(found) or len(set(emails)) != len(emails):
        raise NotVouchedError("roster", "its roster names one key, or one address, twice")
    return Standing(roster, blob)


def utc_day(at: int) -> dt.date:
    """Return the day of a moment, by UTC, so that every computer says the same."""
    return dt.datetime.fromtimestamp(at, dt.UTC).date()


def _signature(commit: RawCommit) -> sshsig.Signature:
    if commit.signature is None:
        raise NotVouchedError(UNSIGNED, "it is not signed")
    try:
        return sshsig.read(commit.signature)
    except MalformedError as error:
        raise NotVouchedError(UNSIGNED, f"its signature counts for nothing: {error}") from error


def _same_person(person: RosterPerson, stamp: Stamp, role: str) -> None:
    if stamp.email.casefold() != person.email.casefold() or stamp.name not in person.names:
        told = f"it says {stamp.name} <{stamp.email}> {role} it, but {person.title} <{person.email}> signed it"
        raise NotVouchedError(FORGED, told)


def _first_line(error: Exception) -> str:
    if isinstance(error, ValidationError):
        from bscp_tui.model.amendment import explained

        return explained(error)
    return str(error).splitlines()[0]
