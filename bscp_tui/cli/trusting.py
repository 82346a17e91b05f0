"""``bscp trust``: keys, the roster, and copies that somebody else prepared."""

from argparse import Namespace
from collections.abc import Callable
from pathlib import Path

from bscp_tui.cli.main import DONE, say
from bscp_tui.cli.opening import register_of, text_given
from bscp_tui.cli.output import Table, emit
from bscp_tui.cli.usage import UsageError
from bscp_tui.model.amendment import Amendment
from bscp_tui.model.dates import in_short, read_date
from bscp_tui.model.roster import ROLES, Role, RosterPerson
from bscp_tui.model.text import one_line, shown, typed
from bscp_tui.model.view import Circumstances, RefusedChangeError
from bscp_tui.store import identity, signing
from bscp_tui.store.commits import commit_of_entry
from bscp_tui.store.errors import IdentityError
from bscp_tui.store.prepared import remember_trust
from bscp_tui.store.register import Register
from bscp_tui.trust import keys
from bscp_tui.trust.joining import MARK, JoinRequest, RequestError, ask_to_join, read_request
from bscp_tui.trust.proving import proof_at
from bscp_tui.trust.recorded import committed_roster
from bscp_tui.trust.rostering import NONE_YET, Office, adoption, office, restoration
from bscp_tui.trust.verifying import verify
from bscp_tui.trust.wire import MalformedError

COLUMNS = (
    ("name", "name"), ("email", "e-mail"), ("roles", "roles"), ("key", "key"), ("start", "from"),
    ("until", "no longer from"), ("doubted", "doubted since"),
)  # fmt: skip


def run_trust(options: Namespace) -> int:
    """Do what the word after ``trust`` says."""
    register = register_of(options)
    return _DOES[options.what](register, options)


def _copy(register: Register, options: Namespace) -> int:
    """Trust this register's folder with the git settings that it has now, or no longer."""
    repository = register.repository
    if options.forget:
        remember_trust(repository.root, None)
        print(f"{repository.root} is no longer trusted.")
        return DONE
    if not repository.doubts:
        print(f"{repository.root} has no setting that needs trust.")
        return DONE
    for doubt in repository.doubts:
        print(f"{one_line(doubt.key)}: {one_line(doubt.value)}")
    remember_trust(repository.root, repository.doubts)
    print(f"You trust {repository.root} with these settings; if they change, you will be asked again.")
    return DONE


def _list(register: Register, options: Namespace) -> int:
    found = committed_roster(register.repository)
    if found is None:
        raise RefusedChangeError(NONE_YET)
    rows: list[list[object]] = []
    people: list[list[str]] = []
    for person, key in ((one, key) for one in found.roster.people for key in one.keys):
        fingerprint, days = keys.read_text(key.key).fingerprint, (key.start, key.until, key.doubted)
        rows.append([person.title, person.email, list(person.roles), fingerprint, *days])
        words = [in_short(day) if day else "" for day in days]
        people.append([person.title, person.email, ", ".join(person.roles), fingerprint, *words])
    data = [dict(zip([name for name, _ in COLUMNS], row, strict=True)) for row in rows]
    title = f"Roster, version {found.roster.version}"
    emit(options, [Table(title, COLUMNS, people, rows)], {"version": found.roster.version, "people": data})
    return DONE


def _key(register: Register, _options: Namespace) -> int:
    key = signing.key_for(register.repository)
    if key is None:
        raise RefusedChangeError(signing.UNSIGNED)
    public = key.public()
    print(f"Your entries are signed with the key {shown(key.value)}")
    print(keys.read_text(public).fingerprint if public else "Its public part is not there.")
    return DONE


def _join_request(register: Register, options: Namespace) -> int:
    text = _request(register)
    if options.out:
        Path(options.out).write_text(f"{text}\n", encoding="utf-8")
        print(f"Written to {Path(options.out).absolute()}")
    else:
        print(text)
    say("Hand this to an administrator, who says: bscp trust add FILE --role editor")
    say(f"Tell them on the telephone how the key begins: {read_request(text).fingerprint}")
    return DONE


def _request(register: Register) -> str:
    key = signing.key_for(register.repository)
    person = identity.known(register.repository)
    if key is None:
        raise RefusedChangeError(signing.UNSIGNED)
    if person is None:
        msg = "git does not know your name and e-mail yet. Set them with git config --global user.name and user.email."
        raise IdentityError(msg)
    return ask_to_join(person, key)


def _add(register: Register, options: Namespace) -> int:
    request = _read(options.request)
    amendment = office(register).admit(request, _roles(options.role), _why(register, options, "Joined."))
    say(f"Their key is {request.fingerprint}; compare its beginning with them on the telephone.")
    return _recorded(register, amendment)


def _role(register: Register, options: Namespace) -> int:
    held = office(register)
    return _recorded(
        register, held.give_roles(_person(held, options.who), _roles(options.roles), _why(register, options))
    )


def _remove(register: Register, options: Namespace) -> int:
    held = office(register)
    until = read_date(options.until, today=register.today) if options.until else None
    return _recorded(register, held.remove(_person(held, options.who), _why(register, options, "Left."), until))


def _revoke(register: Register, options: Namespace) -> int:
    held = office(register)
    since = read_date(options.since, today=register.today) if options.since else None
    why = _why(register, options)
    return _recorded(register, held.revoke(_person(held, options.who), why, since=since, fingerprint=options.key))


def _new_key(register: Register, options: Namespace) -> int:
    """Choose or make a key; an administrator's own office signs it in with the key that counted until now."""
    chosen = _usable(options.use) if options.use else None
    before = committed_roster(register.repository)
    held = _own_office(register) if before else None
    old = signing.choose(chosen, register.repository)
    fresh = signing.key_for(register.repository)
    print(f"From now on your entries are signed with the key {shown(fresh.value) if fresh else ''}")
    if held is None or old is None:
        say("It counts once an administrator has put it on the roster: bscp trust join-request")
        return DONE
    amendment = held.admit(read_request(_request(register)), (), _why(register, options, "A new key."))
    return _recorded(register, amendment, old)


def _vouch(register: Register, options: Namespace) -> int:
    held = office(register)
    commit = commit_of_entry(register.repository, options.entry)
    if commit is None:
        msg = f"There is no entry “{options.entry}” in this register. The entries are listed by: bscp history"
        raise UsageError(msg)
    return _recorded(register, held.vouch(commit, options.entry, _why(register, options)))


def _restore(register: Register, options: Namespace) -> int:
    return _recorded(register, restoration(register, _why(register, options)))


def _adopt(register: Register, options: Namespace) -> int:
    status = _recorded(register, adoption(register, _why(register, options), anew=options.anew))
    # Who does this vouches for it by doing so; everybody else needs the line from the minutes.
    proof = proof_at(register.repository, register.head or "")
    verify(register.repository, [proof])
    print(proof)
    print("Put this proof line into the minutes, so that everybody can tell that it is this roster.")
    return status


_DOES: dict[str, Callable[[Register, Namespace], int]] = {
    "copy": _copy,
    "list": _list,
    "key": _key,
    "join-request": _join_request,
    "add": _add,
    "role": _role,
    "remove": _remove,
    "revoke": _revoke,
    "new-key": _new_key,
    "vouch": _vouch,
    "restore": _restore,
    "adopt": _adopt,
}


def _recorded(register: Register, amendment: Amendment, key: signing.SigningKey | None = None) -> int:
    entry = register.record(amendment, say, key)
    if entry is None:
        print("Nothing to record: that is what the roster says already.")
        return DONE
    print(shown(entry.sentence))
    for warning in entry.warnings:
        say(warning)
    return DONE


def _own_office(register: Register) -> Office | None:
    try:
        return office(register)
    except RefusedChangeError:
        return None


def _usable(text: str) -> str:
    """Return a key as git names it.

    Raises:
        UsageError: It is not there, or not of a type that counts.

    """
    value = text if text.startswith("key::") else str(Path(text).expanduser().absolute())
    public = signing.SigningKey(value, "chosen").public()
    try:
        keys.read_text(public or "")
    except MalformedError as error:
        msg = f"{text} is no key that can be used: {error if public else 'its public part (.pub) is not there'}."
        raise UsageError(msg) from error
    return value


def _read(text: str) -> JoinRequest:
    try:
        return read_request(text_given(text, MARK))
    except RequestError as error:
        raise UsageError(str(error)) from error


def _roles(words: list[str]) -> list[Role]:
    unknown = [word for word in words if word not in ROLES]
    if unknown:
        told = "; ".join(f"{role}: {does}" for role, does in ROLES.items())
        msg = f"There is no role “{unknown[0]}”. The roles are: {told}."
        raise UsageError(msg)
    return [role for role in ROLES if role in words]


def _person(held: Office, who: str) -> RosterPerson:
    person = held.roster.person(who)
    if person is None:
        names = ", ".join(f"{one.title} <{one.email}>" for one in held.roster.people)
        msg = f"“{who}” names nobody on the roster, or several. On it are: {names}."
        raise UsageError(msg)
    return person


def _why(register: Register, options: Namespace, otherwise: str | None = None) -> Circumstances:
    reason = options.reason or otherwise
    if not reason:
        msg = "The reason is missing. Say why with --reason TEXT."
        raise UsageError(msg)
    return Circumstances(typed(reason, field="reason"), register.today)
