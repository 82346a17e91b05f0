"""A backup holds the register whole, and what was not recorded yet; a damaged or forged one makes nothing."""

import hashlib
import json
import subprocess
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from bscp_tui.sharing.restoring import BackupError, restore
from bscp_tui.store.errors import RegisterError
from bscp_tui.tui import drafts
from tests.cli.support import bscp, done
from tests.support import RECORD, change, count, git, head, opened, status

Forged = Callable[[dict[str, bytes]], Mapping[str, bytes]]


@pytest.fixture
def file(folder: Path, tmp_path: Path) -> Path:
    """Back the register up, with an entry, an edit by hand and a draft more than it was made with."""
    register = opened(folder)
    register.record(change(register, status="in-progress"))
    drafts.keep(str(register.repository.folder), "2025-27/4.1.3", "status", {"reason": "Half a sen"})
    with (folder / "records/agencies/birmingham-city-council.toml").open("a") as agency:
        agency.write('note = "by hand"\n')
    (folder / "records/agencies/new.toml").write_text('title = "New"\n')
    made = done(folder, "backup", str(tmp_path / "register.backup"))
    assert "2 files edited by hand" in made.out
    assert "1 change typed" in made.out
    return tmp_path / "register.backup"


def test_what_is_restored_is_what_was_there(folder: Path, file: Path, tmp_path: Path) -> None:
    again = tmp_path / "again"
    assert bscp(None, "restore", str(file), str(again)).status == 0
    assert head(again) == head(folder)
    assert status(again) == status(folder)
    assert git(again, "fsck", "--full", "--strict") == ""
    for path in ("agencies/birmingham-city-council.toml", "agencies/new.toml"):
        assert (again / "records" / path).read_bytes() == (folder / "records" / path).read_bytes()
    kept = drafts.all_of(str(again / "records"))
    assert [(one.ref, dict(one.values)) for one in kept] == [("2025-27/4.1.3", {"reason": "Half a sen"})]
    assert bscp(again, "proof").out == bscp(folder, "proof").out


def test_the_restored_register_goes_on(file: Path, tmp_path: Path) -> None:
    again = tmp_path / "again"
    assert bscp(None, "restore", str(file), str(again)).status == 0
    before = count(again)
    done(again, "status", "4.1.2", "deferred", "--reason", "Agreed.")
    assert count(again) == before + 1


def test_the_shared_copy_is_named_without_its_password(folder: Path, tmp_path: Path) -> None:
    git(folder, "remote", "add", "origin", "https://alice:secret@git.example.org/register.git")
    git(folder, "update-ref", "refs/remotes/origin/main", "HEAD")
    made = tmp_path / "b"
    done(folder, "backup", str(made))
    assert b"secret" not in made.read_bytes()
    assert bscp(None, "restore", str(made), str(tmp_path / "again")).status == 0
    assert git(tmp_path / "again", "remote", "get-url", "origin") == "https://alice@git.example.org/register.git"
    assert git(tmp_path / "again", "rev-parse", "refs/remotes/origin/main") == head(folder)


def test_a_backup_never_takes_another_files_place(folder: Path, tmp_path: Path) -> None:
    other = tmp_path / "letter.odt"
    other.write_text("Dear board")
    ran = bscp(folder, "backup", str(other))
    assert (ran.status, other.read_text()) == (2, "Dear board")


def test_nothing_is_left_where_no_backup_can_be_made(folder: Path, tmp_path: Path) -> None:
    target = tmp_path / "there"
    target.mkdir()
    git(folder, "checkout", "--quiet", "--detach")
    assert bscp(folder, "backup", str(target / "b")).status == 3
    git(folder, "switch", "--quiet", "main")
    blob = git(folder, "rev-parse", f"HEAD:{RECORD}")
    _lose(folder, blob)
    ran = bscp(folder, "backup", str(target / "b"))
    assert ran.status == 3, ran
    assert list(target.iterdir()) == []


def _lose(folder: Path, blob: str) -> None:
    """Take one object out of a repository."""
    pack = next((folder / ".git/objects/pack").glob("*.pack"))
    data = pack.read_bytes()
    for part in (folder / ".git/objects/pack").iterdir():
        part.chmod(0o644)
        part.unlink()
    subprocess.run(["git", "unpack-objects", "-q"], cwd=folder, input=data, check=True)
    loose = folder / ".git/objects" / blob[:2] / blob[2:]
    loose.chmod(0o644)
    loose.unlink()


def test_a_backup_in_which_one_byte_is_other_or_that_was_cut_short_makes_nothing(file: Path, tmp_path: Path) -> None:
    data = file.read_bytes()
    for at in (0.02, 0.4, 0.7, 0.9):
        damaged = bytearray(data)
        damaged[int(len(data) * at)] ^= 0x20
        file.write_bytes(damaged)
        _makes_nothing(file, tmp_path)
    for share in (0.0, 0.5, 0.99):
        file.write_bytes(data[: int(len(data) * share)])
        _makes_nothing(file, tmp_path)
    ran = bscp(None, "restore", str(file), str(tmp_path / "again"))
    assert ran.status == 2
    assert ran.err.startswith(f"bscp: {file} is no backup of a register")


def _edits(name: str) -> Forged:
    def forge(parts: dict[str, bytes]) -> Mapping[str, bytes]:
        return parts | {name: b"evil\n"}

    return forge


def _says(**facts: object) -> Forged:
    def forge(parts: dict[str, bytes]) -> Mapping[str, bytes]:
        return parts | {"backup.json": json.dumps(json.loads(parts["backup.json"]) | facts).encode()}

    return forge


def _without(name: str) -> Forged:
    return lambda parts: {other: data for other, data in parts.items() if other != name}


FORGED = {
    "outside": _edits("edited/../../evil.toml"),
    "absolute": _edits("edited//tmp/evil.toml"),
    "git": _edits("edited/.git/hooks/post-checkout"),
    "git-capitals": _edits("edited/records/.GIT/config"),
    "unlisted": lambda parts: parts | {"edited/records/x.toml": b"x"},
    "address": _says(address="ext::sh -c evil"),
    "option": _says(address="--upload-pack=evil"),
    "branch": _says(branch="refs/heads/-evil"),
    "head": _says(head="--evil"),
    "proof": _says(proof="bscp1 something else"),
    "newer": _says(format=2),
    "entries": _says(entries="many"),
    "no-history": _without("register.bundle"),
    "no-list": _without("backup.json"),
}


def test_a_forged_backup_makes_nothing_and_touches_nothing(file: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(file) as packed:
        parts = {part: packed.read(part) for part in packed.namelist()}
    for name, forge in FORGED.items():
        forged = dict(forge(dict(parts)))
        if "backup.json" in forged and name != "unlisted":
            forged["backup.json"] = _listed_anew(forged)
        with zipfile.ZipFile(file, "w") as packed:
            for part, data in forged.items():
                packed.writestr(part, data)
        _makes_nothing(file, tmp_path)


def _listed_anew(parts: Mapping[str, bytes]) -> bytes:
    """Return a list of contents that fits what is there, so that only what was forged is wrong."""
    facts = json.loads(parts["backup.json"])
    listed = {part: data for part, data in parts.items() if part != "backup.json"}
    facts["parts"] = {part: (len(data), hashlib.sha256(data).hexdigest()) for part, data in listed.items()}
    return json.dumps(facts).encode()


def _makes_nothing(file: Path, tmp_path: Path) -> None:
    before = sorted(tmp_path.iterdir())
    with pytest.raises((BackupError, RegisterError)):
        restore(file, tmp_path / "again")
    assert sorted(tmp_path.iterdir()) == before
