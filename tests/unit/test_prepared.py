"""A copy that somebody prepared runs nothing of theirs, and says which settings it doubts."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from bscp_tui.model.kinds import KINDS
from bscp_tui.sharing.deciding import status as status_of_sharing
from bscp_tui.store.errors import ReadOnlyError
from bscp_tui.store.git import GitError
from bscp_tui.store.identity import known
from bscp_tui.store.prepared import remember_trust
from bscp_tui.store.register import Register
from bscp_tui.store.remote import shared
from tests.support import RECORD, change, count, git, opened, status

# A setting that could run or redirect something, and its value; CANARY is a program that leaves a mark.
DANGEROUS = {
    "core.fsmonitor": "CANARY",
    "core.sshCommand": "CANARY",
    "core.hooksPath": "HOOKS",
    "core.worktree": "ELSEWHERE",
    "core.editor": "CANARY",
    "core.pager": "CANARY",
    "core.askPass": "CANARY",
    "core.gitProxy": "CANARY",
    "core.attributesFile": "ELSEWHERE/attributes",
    "core.alternateRefsCommand": "CANARY",
    "filter.x.clean": "CANARY",
    "filter.x.smudge": "CANARY",
    "filter.x.process": "CANARY",
    "diff.x.textconv": "CANARY",
    "diff.x.command": "CANARY",
    "diff.external": "CANARY",
    "merge.x.driver": "CANARY",
    "gpg.program": "CANARY",
    "gpg.ssh.program": "CANARY",
    "gpg.ssh.defaultKeyCommand": "CANARY",
    "gpg.x509.program": "CANARY",
    "credential.helper": "CANARY",
    "credential.https://example.org.helper": "CANARY",
    "include.path": "ELSEWHERE/config",
    "includeIf.gitdir:/.path": "ELSEWHERE/config",
    "remote.x.uploadpack": "CANARY",
    "remote.x.receivepack": "CANARY",
    "remote.x.proxy": "CANARY",
    "remote.x.vcs": "x",
    "remote.x.promisor": "true",
    "remote.x.url": "ext::CANARY",
    "remote.x.pushurl": "-oProxyCommand=CANARY",
    "remote.y.url": "ssh://-oProxyCommand=CANARY/x",
    "url.ext::CANARY.insteadOf": "https://",
    "alias.rev-list": "!CANARY",
    "uploadpack.packObjectsHook": "CANARY",
    "sequence.editor": "CANARY",
    "pager.log": "CANARY",
    "http.proxy": "http://localhost:1",
    "protocol.ext.allow": "always",
    "extensions.partialClone": "x",
    "submodule.x.update": "!CANARY",
    "trailer.x.command": "CANARY",
    "browser.x.cmd": "CANARY",
    "interactive.diffFilter": "CANARY",
    "gc.recentObjectsHook": "CANARY",
    "safe.directory": "*",
    "transfer.credentialsInUrl": "allow",
}
HARMLESS = {
    "user.name": "Robin Holder",
    "commit.gpgsign": "false",
    "remote.origin.fetch": "+refs/heads/*:refs/remotes/origin/*",
    "remote.origin.url": "https://git.example.org/bscp/register.git",
    "remote.share.url": "/mnt/shared-drive/bscp-register.git",
    "remote.far.url": "git@git.example.org:bscp/register.git",
    "remote.ssh.url": "ssh://git@git.example.org:22022/bscp-register.git",
    "branch.main.remote": "origin",
    "branch.main.merge": "refs/heads/main",
    "core.autocrlf": "false",
    "gc.auto": "0",
    "pull.rebase": "true",
}


@pytest.fixture
def canary(tmp_path: Path) -> Iterator[Path]:
    """A program that leaves a mark; after the test there must be none."""
    mark = tmp_path / "ran"
    program = tmp_path / "canary"
    program.write_text(f'#!/bin/sh\necho "$0 $*" >>{mark}\n')
    program.chmod(0o755)
    hooks = tmp_path / "hooks"
    hooks.mkdir()
    for name in ("pre-commit", "reference-transaction", "post-index-change", "post-commit", "fsmonitor-watchman"):
        (hooks / name).symlink_to(program)
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "config").write_text(f"[core]\n\tfsmonitor = {program}\n\thooksPath = {hooks}\n")
    (elsewhere / "attributes").write_text("* filter=x diff=x merge=x\n")
    yield program
    assert not mark.exists(), mark.read_text()


def _prepare(folder: Path, canary: Path, key: str, value: str) -> None:
    near = canary.parent
    for name, place in (("CANARY", canary), ("HOOKS", near / "hooks"), ("ELSEWHERE", near / "elsewhere")):
        key, value = key.replace(name, str(place)), value.replace(name, str(place))
    git(folder, "config", "--file", ".git/config", key, value)
    (folder / ".git" / "info").mkdir(exist_ok=True)
    (folder / ".git" / "info" / "attributes").write_text("* filter=x diff=x merge=x\n")
    for path in (folder / RECORD, folder / "records" / "bscp.toml"):
        os.utime(path, (1, 1))  # git would have to look at the files again, through filters and monitors


def _branch(folder: Path) -> str:
    """Return the branch's newest entry, whatever the copy's settings say of its work tree."""
    return git(folder / ".git", "--git-dir=.", "rev-parse", "refs/heads/main")


def _read_all(register: Register) -> None:
    """Open, list, show, look into the history."""
    snapshot = register.snapshot()
    assert all(snapshot.views(KINDS[name]) for name in ("plan", "key-action", "agency", "register"))
    assert not any(snapshot.unreadable(kind) for kind in KINDS.values())
    assert snapshot.resolve("4.1.3")
    assert known(register.repository)
    commits = register.repository.read("rev-list", "--topo-order", "HEAD", "--", RECORD).decode().split()
    for commit in commits:
        assert register.snapshot_at(commit).resolve("4.1.3")
        assert register.repository.read("cat-file", "commit", commit)
        assert register.repository.read("diff-tree", "--root", "-r", "-p", "--no-ext-diff", "--no-textconv", commit)
    assert commits


@pytest.mark.parametrize("key", DANGEROUS)
def test_a_setting_that_could_do_harm_runs_nothing_and_makes_the_copy_read_only(
    folder: Path, canary: Path, key: str
) -> None:
    before = _branch(folder)
    _prepare(folder, canary, key, DANGEROUS[key])
    register = opened(folder)
    _read_all(register)
    named = key.replace("CANARY", str(canary))
    assert named.lower() in (register.read_only or "").lower()
    with pytest.raises(ReadOnlyError, match="open for reading only"):
        register.record(change(register, status="in-progress"))
    with pytest.raises(ReadOnlyError):
        register.put_back(RECORD)
    with pytest.raises(ReadOnlyError):
        register.record_hand_edit(RECORD, change(register, status="in-progress").why)
    assert _branch(folder) == before


@pytest.mark.parametrize(
    ("url", "key", "value"),
    [
        ("ssh://git.example.invalid/register.git", "core.sshCommand", "CANARY"),
        ("ELSEWHERE", "remote.origin.uploadpack", "CANARY"),
        ("https://127.0.0.1:1/register.git", "credential.helper", "CANARY"),
    ],
)
def test_whether_the_shared_copy_answers_is_not_asked_through_settings_that_nobody_trusts(
    folder: Path, canary: Path, url: str, key: str, value: str
) -> None:
    _prepare(folder, canary, "remote.origin.url", url)
    _prepare(folder, canary, key, value)
    found = status_of_sharing(opened(folder))
    assert found.reachable is None
    assert found.problem is not None
    assert found.problem.code == "doubts"
    assert key.lower() in str(found.problem).lower()
    copy = shared(opened(folder).repository, "refs/heads/main")
    assert copy is not None
    for ask in (copy.branches, copy.receive, lambda: copy.send(_branch(folder))):
        with pytest.raises(GitError, match="not trusted"):
            ask()


# Trusting a copy means that its work tree, its signer and its promised objects are meant to be used.
_MEANT = frozenset({"core.worktree", "extensions.partialClone", "remote.x.promisor"})


@pytest.mark.parametrize("key", [key for key in DANGEROUS if key not in _MEANT])
def test_a_copy_that_is_trusted_is_written_to_and_still_runs_nothing(folder: Path, canary: Path, key: str) -> None:
    _prepare(folder, canary, key, DANGEROUS[key])
    register = opened(folder)
    remember_trust(register.repository.root, register.repository.doubts)
    trusted = opened(folder)
    assert trusted.read_only is None
    _read_all(trusted)
    entry = trusted.record(change(trusted, status="in-progress"))
    assert entry is not None
    assert _branch(folder) == entry.commit


def test_trust_ends_when_the_settings_change_or_it_is_taken_back(folder: Path, canary: Path) -> None:
    _prepare(folder, canary, "core.editor", "CANARY")
    register = opened(folder)
    remember_trust(register.repository.root, register.repository.doubts)
    assert opened(folder).read_only is None
    _prepare(folder, canary, "core.editor", "CANARY --other")
    assert "core.editor" in (opened(folder).read_only or "")
    _prepare(folder, canary, "core.editor", "CANARY")
    assert opened(folder).read_only is None
    remember_trust(register.repository.root, None)
    assert "core.editor" in (opened(folder).read_only or "")


def test_a_program_that_replaces_a_trusted_hook_ends_the_trust(folder: Path, canary: Path) -> None:
    hook = folder / ".git" / "hooks" / "pre-commit"
    hook.parent.mkdir(exist_ok=True)
    hook.symlink_to(canary)
    register = opened(folder)
    assert "hooks/pre-commit" in (register.read_only or "")
    remember_trust(register.repository.root, register.repository.doubts)
    assert opened(folder).read_only is None
    (hook.parent / "post-commit").symlink_to(canary)
    assert "hooks/post-commit" in (opened(folder).read_only or "")


def test_trust_is_remembered_in_the_persons_own_folder_for_that_copy_alone(
    folder: Path, empty_folder: Path, canary: Path
) -> None:
    for place in (folder, empty_folder):
        _prepare_without_records(place, canary)
    register = opened(folder)
    remember_trust(register.repository.root, register.repository.doubts)
    assert opened(folder).read_only is None
    assert "core.pager" in (opened(empty_folder).read_only or "")
    assert status(folder) == ""


def _prepare_without_records(folder: Path, canary: Path) -> None:
    git(folder, "config", "--file", ".git/config", "core.pager", str(canary))


def test_harmless_settings_leave_a_copy_open_for_writing(folder: Path) -> None:
    for key, value in HARMLESS.items():
        git(folder, "config", "--file", ".git/config", key, value)
    register = opened(folder)
    assert register.read_only is None
    before = count(folder)
    assert register.record(change(register, status="in-progress")) is not None
    assert (count(folder), status(folder)) == (before + 1, "")


def test_a_copy_that_git_made_is_open_for_writing(folder: Path, tmp_path: Path) -> None:
    for number, source in enumerate([str(folder), f"file://{folder}"]):
        git(tmp_path, "clone", "--quiet", "--template=", source, f"clone-{number}")
        clone = opened(tmp_path / f"clone-{number}")
        assert clone.read_only is None
        assert clone.record(change(clone, status="in-progress")) is not None
        assert status(tmp_path / f"clone-{number}") == ""


def test_a_second_work_tree_of_a_register_is_written_to_on_its_own_branch(folder: Path, tmp_path: Path) -> None:
    git(folder, "worktree", "add", "--quiet", "-b", "draft", str(tmp_path / "draft"))
    register = opened(tmp_path / "draft")
    assert register.read_only is None
    entry = register.record(change(register, status="in-progress"))
    assert entry is not None
    assert git(folder, "rev-parse", "draft") == entry.commit
    assert (status(folder), status(tmp_path / "draft")) == ("", "")


def test_settings_that_cannot_be_read_make_the_copy_read_only(folder: Path) -> None:
    (folder / ".git" / "config").write_text("[core\n\tbroken")
    register = opened(folder)
    assert "config" in (register.read_only or "")
    assert register.snapshot().resolve("4.1.3")


def test_a_tracked_attributes_file_runs_nothing(folder: Path, canary: Path) -> None:
    (folder / ".gitattributes").write_text("* filter=x diff=x\n")
    git(folder, "commit", "--quiet", "--all", "--message", "attributes")
    _prepare(folder, canary, "filter.x.clean", "CANARY")
    _read_all(opened(folder))
