"""Places that refuse: folders that may only be read, full disks, signing that fails."""

import contextlib
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from bscp_tui.store.errors import SaveError
from tests.cli.support import bscp
from tests.faults.harness import IN_CI, command, environment, saved
from tests.support import RECORD, addition, change, git, head, opened, status

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="users, mounts and signals as Linux has them")
NOBODY = 65534


def _cannot(reason: str) -> None:
    """Leave a test out where the computer cannot run it; in CI that is a failure."""
    assert not IN_CI, reason
    pytest.skip(reason)


@pytest.fixture
def public() -> Iterator[Path]:
    """A folder that every user of the computer can reach, unlike pytest's own."""
    folder = Path(tempfile.mkdtemp(prefix="bscp-test-"))
    folder.chmod(0o755)
    yield folder
    subprocess.run(["chmod", "-R", "u+w", str(folder)], check=True)
    shutil.rmtree(folder)


def test_in_a_folder_that_may_only_be_read_the_register_is_read_and_changes_are_refused(
    folder: Path, public: Path
) -> None:
    here = Path(shutil.copytree(folder, public / "register"))
    prefix: list[str] = []
    if os.geteuid() == 0:
        if shutil.which("setpriv") is None:
            _cannot("root may write everywhere, and there is no setpriv to become somebody else")
        for path in [here, *here.rglob("*")]:
            os.chown(path, NOBODY, NOBODY, follow_symlinks=False)
        prefix = ["setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups"]
    subprocess.run(["chmod", "-R", "a-w", str(here)], check=True)
    added = environment({"HOME": str(public), "XDG_CONFIG_HOME": str(public)})
    shown = [*prefix, sys.executable, "-c", "import tests.support as s; print(s.opened(s.Path('.')).read_only)"]
    reading = subprocess.run(shown, capture_output=True, check=False, encoding="utf-8", env=added, cwd=here)
    denied = "Permission denied" in reading.stderr and "site-packages" in reading.stderr
    if denied or "No module named 'tests'" in reading.stderr:
        _cannot("another user cannot read this Python, or where the project lies")
    assert (reading.stdout.strip(), reading.returncode) == ("None", 0), reading.stderr
    line = [*prefix, *command(here, "status", "4.1.3", "in-progress")]
    writing = subprocess.run(line, capture_output=True, check=False, encoding="utf-8", env=added)
    assert writing.returncode == 1, writing.stderr
    assert "refused: Nothing was recorded: you may not write there" in writing.stdout
    assert (here / RECORD).read_bytes() == (folder / RECORD).read_bytes()


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of one megabyte."""
    place = tmp_path / "disk"
    place.mkdir()
    line = ["mount", "-t", "tmpfs", "-o", "size=1200k,mode=755", "none", str(place)]
    if os.geteuid() != 0 or subprocess.run(line, capture_output=True, check=False).returncode != 0:
        pytest.skip("only root can mount a small disk, and not everywhere")
    yield place
    subprocess.run(["umount", str(place)], check=True)


def _fill(disk: Path) -> None:
    with (disk / "ballast").open("wb", buffering=0) as ballast, contextlib.suppress(OSError):
        while True:
            ballast.write(bytes(4096))


def test_on_a_disk_that_is_full_a_change_is_refused_and_once_there_is_space_it_is_recorded(
    small_disk: Path, empty_folder: Path
) -> None:
    here = Path(shutil.copytree(empty_folder, small_disk / "register"))
    _fill(small_disk)
    before = head(here)
    outcome = saved(here, "add", "first")
    assert outcome.status == 1, outcome
    assert "the disk is full" in (outcome.said("refused: ") or "")
    assert head(here) == before
    (small_disk / "ballast").unlink()
    assert saved(here, "add", "first").status == 0
    assert status(here) == ""


@pytest.mark.parametrize("is_full", [True, False], ids=["full", "too small"])
def test_a_register_that_a_full_disk_cannot_hold_is_refused_in_a_sentence(small_disk: Path, *, is_full: bool) -> None:
    if is_full:
        _fill(small_disk)
    told = bscp(None, "init", str(small_disk / "register"))
    assert told.status == 3
    assert "the disk is full" in told.err
    assert len(told.err) < 600
    assert [path.name for path in small_disk.iterdir()] == (["ballast"] if is_full else [])


def test_signing_that_fails_changes_nothing(folder: Path, home: Path) -> None:
    (home / ".gitconfig").write_text(
        "[commit]\n\tgpgsign = true\n[gpg]\n\tformat = ssh\n[user]\n\tsigningkey = /nowhere/key.pub\n"
    )
    before = head(folder)
    with pytest.raises(SaveError, match="signing failed"):
        opened(folder).record(change(opened(folder), status="in-progress"))
    assert (head(folder), status(folder)) == (before, "")


def test_no_signing_program_changes_nothing(folder: Path, home: Path) -> None:
    (home / ".gitconfig").write_text('[gpg "ssh"]\n\tprogram = /nowhere/ssh-keygen\n')
    before = head(folder)
    with pytest.raises(SaveError, match="signing failed"):
        opened(folder).record(change(opened(folder), status="in-progress"))
    assert (head(folder), status(folder)) == (before, "")


def test_with_a_good_key_the_entry_is_signed(folder: Path, home: Path) -> None:
    if shutil.which("ssh-keygen") is None:
        _cannot("there is no ssh-keygen to sign with")
    key = home / "key"
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(key)], check=True)
    signers = home / "signers"
    signers.write_text(f'robin.holder@example.org namespaces="git" {key.with_suffix(".pub").read_text()}')
    (home / ".gitconfig").write_text(
        f"[commit]\n\tgpgsign = true\n[gpg]\n\tformat = ssh\n[user]\n\tsigningkey = {key}\n"
        f'[gpg "ssh"]\n\tallowedSignersFile = {signers}\n'
    )
    entry = opened(folder).record(change(opened(folder), status="in-progress"))
    assert entry is not None
    assert git(folder, "log", "-1", "--format=%G?") == "G"
    assert status(folder) == ""


def test_the_first_entry_of_a_repository_without_any_is_recorded(tmp_path: Path) -> None:
    here = tmp_path / "new"
    (here / "records").mkdir(parents=True)
    (here / "records" / "bscp.toml").write_text('layout = 1\nname = "Anywhere SCP"\n')
    git(tmp_path, "init", "--quiet", "--template=", "--initial-branch=main", str(here))
    entry = opened(here).record(addition("first"))
    assert entry is not None
    assert head(here) == entry.commit
    assert git(here, "ls-tree", "-r", "--name-only", "HEAD") == "records/agencies/first.toml"
    assert status(here) == "?? records/bscp.toml"


def test_a_saved_entry_says_what_it_could_not_bring_up_to_date(folder: Path) -> None:
    """The file cannot be replaced where its folder became a file; the entry stands all the same."""
    amendment = addition("deep")
    (folder / "records" / "agencies").rename(folder / "elsewhere")
    (folder / "records" / "agencies").write_text("in the way")
    entry = opened(folder).record(amendment)
    assert entry is not None
    assert entry.commit == head(folder)
    assert "could not be brought up to date" in " ".join(entry.warnings)


def test_a_folder_that_became_a_link_is_not_written_through(folder: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    (folder / "records/plans").rename(elsewhere)
    (folder / "records/plans").symlink_to(elsewhere)
    before = (elsewhere / "2025-27/actions/4.1.toml").read_bytes()
    register = opened(folder)
    with pytest.raises(SaveError, match="link"):
        register.record(change(register, status="in-progress"))
    assert (elsewhere / "2025-27/actions/4.1.toml").read_bytes() == before
