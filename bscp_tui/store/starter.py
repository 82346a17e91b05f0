"""Making a register: from the starter records, or an empty one for another partnership."""

import datetime as dt
import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING

from bscp_tui.model import entry as entries
from bscp_tui.model.document import Document
from bscp_tui.model.fields import fields_of
from bscp_tui.model.roster import Roster, row_id
from bscp_tui.model.settings import LAYOUT, NATIONAL_CLOCKS, REGISTER, Settings
from bscp_tui.store import git, plain_git, signing
from bscp_tui.store.errors import RegisterError
from bscp_tui.store.fresh import fresh_folder
from bscp_tui.store.identity import Identity, day_in
from bscp_tui.store.repository import CONFIG
from bscp_tui.store.toml_text import dumped, parse

if TYPE_CHECKING:
    from bscp_tui.model.beginning import Beginning

# The program, not a person, copies the starter records where git knows no person yet.
PROGRAM = Identity("bscp_tui (starter records)", "bscp_tui@localhost.invalid")
ATTRIBUTES = "# Records are kept byte for byte, whatever the computer's line ends.\n* -text\n"


@dataclass(frozen=True)
class _Batch:
    """Files that become one entry."""

    sentence: str
    effective: dt.date
    paths: tuple[str, ...]


def starter_records() -> Path:
    """Return the folder of the starter records: in the package, or beside it in a checkout.

    Raises:
        RegisterError: They are not there.

    """
    package = Path(str(resources.files("bscp_tui")))
    for folder in (package / "starter", package.parent / "records"):
        if (folder / CONFIG).is_file():
            return folder
    msg = "the starter records are missing from this installation; install the program again"
    raise RegisterError(msg)


def make(
    folder: Path,
    *,
    empty: bool,
    today: dt.date,
    person: Identity | None,
    name: str | None = None,
    begins: "Beginning | None" = None,
) -> None:
    """Make a register in ``folder``, whole or not at all.

    Args:
        folder: Where; it must not be there, or be empty.
        empty: Whether to leave the starter records out.
        today: What counts as today.
        person: Who makes it; None where git does not know, and nobody can be asked.
        name: The partnership's name, for an empty one.
        begins: What an empty one holds from the start, its name among it; None for nothing.

    Raises:
        FolderTakenError: Something is there already.
        RegisterError: It cannot be written.

    """
    with fresh_folder(folder) as work:
        _fill(work, begins or _named(name) if empty else None, today=today, person=person or PROGRAM)


def _named(name: str | None) -> "Beginning":
    from bscp_tui.model.beginning import beginning

    return beginning({"name": name} if name else {})


def _fill(work: Path, begins: "Beginning | None", *, today: dt.date, person: Identity) -> None:
    _begun(work)
    plain_git.set_up(work)
    (work / ".gitattributes").write_text(ATTRIBUTES, encoding="utf-8", newline="\n")
    settings = _copy(work) if begins is None else _blank(work, begins)
    # Where git knows no person, the program makes the register, and vouches for nothing.
    key = signing.key_for(None) if person is not PROGRAM else None
    if key is not None:
        day = day_in(git.run(work, "var", "GIT_COMMITTER_IDENT", environment=_as(person)))
        roster = first_roster(person, key, day)
        (work / "records" / "roster.toml").write_text(dumped(roster, Roster), encoding="utf-8", newline="\n")
    for batch in _batches(work, settings, today):
        _commit(work, batch, person, key)


def _begun(work: Path) -> None:
    """Begin an empty repository, without a template: hooks and settings of the computer stay out of the register."""
    from git import GitCommandError, Repo

    try:
        Repo.init(work, allow_unsafe_options=True, template="", initial_branch="main").close()
    except GitCommandError as error:
        raise git.GitError(str(error.stderr).strip(" '\n").removeprefix("stderr: '"), 1) from error


def _copy(work: Path) -> Settings:
    """Copy the starter records; the copy is a register of its own, no starter."""
    shutil.copytree(starter_records(), work / "records")
    config = work / "records" / CONFIG
    document = parse(config.read_bytes())
    document.pop("starter", None)
    config.write_text(dumped(document, Settings), encoding="utf-8", newline="\n")
    return Settings.model_validate(document)


def _blank(work: Path, begins: "Beginning") -> Settings:
    from bscp_tui.model.all_rules import RULES

    rules = [{"id": rule.name, "level": rule.level} | ({"limit": rule.limit} if rule.limit else {})
             for rule in RULES.values()]  # fmt: skip
    clocks = [clock.model_dump(exclude_unset=True) for clock in NATIONAL_CLOCKS.values()]
    document = {"layout": LAYOUT, "time_zone": "Europe/London", "clocks": clocks, "rules": rules} | begins.settings
    document = {name: document[name] for name in fields_of(Settings) if name in document}
    for path, content, kind in [(CONFIG, document, REGISTER), *begins.records]:
        place = work / "records" / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(dumped(content, kind.model), encoding="utf-8", newline="\n")
    return Settings.model_validate(document)


def _batches(work: Path, settings: Settings, today: dt.date) -> Iterable[_Batch]:
    """Yield the register itself, then what each document gives, under that document's date."""
    files = sorted(path.relative_to(work).as_posix() for path in (work / "records").rglob("*") if path.is_file())
    by_document: dict[str, list[str]] = {}
    for path in files:
        source = parse((work / path).read_bytes()).get("source", {}) if path.endswith(".toml") else {}
        by_document.setdefault(source.get("document", ""), []).append(path)
    known = {document.title: document for document in settings.documents}
    own = [path for title, paths in by_document.items() if title not in known for path in paths]
    yield _Batch(f"{settings.name}: register made", today, (".gitattributes", *own))
    for title, document in known.items():
        paths = tuple(by_document.get(title, ()))
        if paths:
            told = f"{len(paths)} records taken from {title}"
            yield _Batch(told, document.effective, paths)


def first_roster(person: Identity, key: signing.SigningKey, day: dt.date) -> Document:
    """Return the roster of a register that ``person`` makes or takes in hand: administrator and editor."""
    public = " ".join((key.public() or "").split()[:2])
    row = {"id": row_id(public), "key": public, "start": day}
    roles = ["administrator", "editor"]
    maker = {"id": row_id(person.email), "title": person.name, "email": person.email, "roles": roles, "keys": [row]}
    return {"version": 1, "people": [maker]}


def _as(person: Identity) -> dict[str, str]:
    return {
        "GIT_AUTHOR_NAME": person.name,
        "GIT_AUTHOR_EMAIL": person.email,
        "GIT_COMMITTER_NAME": person.name,
        "GIT_COMMITTER_EMAIL": person.email,
    }


def _commit(work: Path, batch: _Batch, person: Identity, key: signing.SigningKey | None) -> None:
    trailers = f"Entry: {entries.new_entry_id()}\nRecord: records\nChange: added\nEffective: {batch.effective}"
    message = f"{batch.sentence}\n\n{trailers}\n"
    listed = "".join(f"{path}\0" for path in batch.paths).encode()
    settings = ("-c", "core.autocrlf=false", "-c", "core.safecrlf=false")
    git.run(work, *settings, "update-index", "--add", "-z", "--stdin", given=listed)
    tree = git.run(work, "write-tree").decode().strip()
    head = _head(work)
    parents = ["-p", head] if head else []
    signed = (*key.settings, "commit-tree", "-S") if key else ("commit-tree",)
    made = git.run(work, *signed, tree, *parents, "-F", "-", given=message.encode(), environment=_as(person))
    git.run(work, "update-ref", "refs/heads/main", made.decode().strip())


def _head(work: Path) -> str | None:
    try:
        return git.run(work, "rev-parse", "--verify", "--quiet", "HEAD").decode().strip()
    except git.GitError:
        return None
