"""A backup: one file that holds a register whole, what was typed and not recorded too.

It is an ordinary zip file. The history lies in it as git packs one for travelling, so that a backup
can be unpacked without this program. A list of contents gives each part's length and digest and the
proof line of the newest entry; a backup counts only after it has been restored once, on trial.
"""

import datetime as dt
import hashlib
import json
import os
import tempfile
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from bscp_tui.store.errors import FolderTakenError, RegisterError
from bscp_tui.store.files import flush_folder
from bscp_tui.store.git import GitError
from bscp_tui.store.register import Register
from bscp_tui.store.repository import Repository

FORMAT = 1
CONTENTS, HISTORY, TYPED, EDITED = "backup.json", "register.bundle", "typed.json", "edited/"
LARGEST_EDIT = 1_000_000  # bytes; a record's file is never so large


@dataclass(frozen=True)
class Typed:
    """What was typed into a dialog and not recorded: a draft, without the folder that it was typed for."""

    ref: str
    dialog: str
    values: dict[str, str]


@dataclass(frozen=True)
class Contents:
    """What a backup says of itself.

    Attributes:
        name: The partnership.
        made: When it was made, ISO 8601.
        branch: The branch that was checked out, ``refs/heads/main``.
        head: The newest entry's commit.
        entries: How many entries there are.
        proof: The proof line of the newest entry.
        address: The shared copy's, None where the register has none.
        parts: Length and SHA-256 of each part, by its name in the file.

    """

    name: str
    made: str
    branch: str
    head: str
    entries: int
    proof: str
    address: str | None
    parts: dict[str, tuple[int, str]]

    @property
    def edited(self) -> list[str]:
        """The files that were edited by hand, not recorded, as paths in the register's folder."""
        return sorted(name.removeprefix(EDITED) for name in self.parts if name.startswith(EDITED))


def make(register: Register, file: Path, typed: Sequence[Typed]) -> Contents:
    """Write a backup of ``register`` to ``file``, and restore it once on trial before it counts.

    Args:
        register: The register; one that is open for reading only will do.
        file: Where; nothing may be there yet.
        typed: What is typed and not recorded.

    Raises:
        FolderTakenError: Something is there already.
        RegisterError: It cannot be made; nothing is left behind.

    """
    from bscp_tui.sharing.restoring import try_out

    file = file.expanduser().absolute()
    if file.exists():
        msg = f"{file} is there already, and a backup never takes another's place. Name a file that does not exist yet."
        raise FolderTakenError(msg)
    _refuse_part(register.repository)
    try:
        with tempfile.TemporaryDirectory(prefix=f".{file.name}-", dir=file.parent) as place:
            work = Path(place)
            contents = _packed(register, work, typed)
            try_out(work / "backup", work)
            with (work / "backup").open("rb") as written:
                os.fsync(written.fileno())
            os.link(work / "backup", file)  # unlike a rename, never in another file's place
        flush_folder(file.parent)
    except FileExistsError as error:
        msg = f"{file} is there already, and a backup never takes another's place."
        raise FolderTakenError(msg) from error
    except (OSError, GitError) as error:
        msg = f"the backup {file} cannot be made: {error}"
        raise RegisterError(msg) from error
    return contents


def _refuse_part(repository: Repository) -> None:
    """Refuse to call a backup what holds part of a history."""
    from bscp_tui.trust.surroundings import troubles

    if repository.git_dir is None or repository.head() is None:
        msg = f"{repository.folder} has no history yet, so there is nothing to back up."
        raise RegisterError(msg)
    if repository.branch() is None:
        msg = "No backup was made: no branch is checked out here, so it is not clear which entries are the register's."
        raise RegisterError(msg)
    hidden = next((trouble for trouble in troubles(repository) if trouble.hides), None)
    if hidden is not None:
        msg = f"No backup was made: {hidden.reason}."
        raise RegisterError(msg)


def _packed(register: Register, work: Path, typed: Sequence[Typed]) -> Contents:
    """Write the parts into ``work / "backup"``."""
    from bscp_tui.trust.proving import proof_at

    repository = register.repository
    bundle = work / HISTORY
    repository.read("bundle", "create", "--quiet", str(bundle), "HEAD", "--branches", "--remotes")
    head = _head_of(bundle)
    parts: dict[str, bytes | Path] = {HISTORY: bundle}
    parts[TYPED] = json.dumps([asdict(one) for one in typed], ensure_ascii=False).encode()
    parts |= {f"{EDITED}{path}": data for path, data in edited_by_hand(repository)}
    proof = proof_at(repository, head)
    contents = Contents(
        name=register.snapshot_at(head).settings.name,
        made=dt.datetime.now(dt.UTC).isoformat(timespec="seconds"),
        branch=repository.branch() or "refs/heads/main",
        head=head,
        entries=proof.entries,
        proof=str(proof),
        address=address_of(repository),
        parts={name: _measured(part) for name, part in parts.items()},
    )
    with zipfile.ZipFile(work / "backup", "x") as packed:
        for name, part in parts.items():
            if isinstance(part, Path):
                packed.write(part, name)
            else:
                packed.writestr(name, part, zipfile.ZIP_DEFLATED)
        packed.writestr(CONTENTS, json.dumps({"format": FORMAT, **asdict(contents)}, ensure_ascii=False, indent=1))
    bundle.unlink()
    return contents


def _head_of(bundle: Path) -> str:
    """Return the newest entry that the packed history holds: others may have recorded something meanwhile."""
    with bundle.open("rb") as lines:
        for line in lines:
            commit, _, name = line.strip().partition(b" ")
            if name == b"HEAD":
                return commit.decode()
            if not line.strip():
                break
    msg = f"git packed no newest entry into {bundle.name}"
    raise RegisterError(msg)


def edited_by_hand(repository: Repository) -> Iterator[tuple[str, bytes]]:
    """Yield path and bytes of each file of the register that lies in the folder otherwise than it is recorded."""
    if repository.doubts and not repository.trusted:
        return  # git would look at the files through settings that nobody trusts
    told = repository.write("status", "--porcelain", "-z", "--no-renames", "--untracked-files=all", "--", ":/")
    for line in told.decode("utf-8", "surrogateescape").split("\0"):
        path = repository.root / line[3:]
        if not line or path.is_symlink() or not path.is_file() or path.stat().st_size > LARGEST_EDIT:
            continue
        if repository.inner(line[3:]) is not None:
            yield line[3:], path.read_bytes()


def address_of(repository: Repository) -> str | None:
    """Return the shared copy's address, None where there is none; a password in it stays behind."""
    try:
        address = repository.read("config", "--get", "remote.origin.url").decode().strip()
    except GitError:
        return None
    scheme, mark, rest = address.partition("://")
    host, slash, path = rest.partition("/")
    user, at, name = host.rpartition("@")
    return f"{scheme}{mark}{user.partition(':')[0]}{at}{name}{slash}{path}" if mark else address


def _measured(part: bytes | Path) -> tuple[int, str]:
    if isinstance(part, bytes):
        return len(part), hashlib.sha256(part).hexdigest()
    with part.open("rb") as data:
        return part.stat().st_size, hashlib.file_digest(data, "sha256").hexdigest()
