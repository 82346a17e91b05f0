"""Registers in odd states: a save works, or says what stands in its way, and changes nothing."""

import os
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from bscp_tui.store.errors import SaveError
from bscp_tui.store.prepared import remember_trust
from tests.faults.harness import saved
from tests.support import RECORD, change, count, git, head, opened, status


def _state(folder: Path) -> tuple[str, str, bytes]:
    return head(folder), status(folder), (folder / RECORD).read_bytes()


def _refused(folder: Path, words: str) -> None:
    """Try to record a change; it must be refused in these words and leave all as it was."""
    before = _state(folder)
    with pytest.raises(SaveError, match=words) as refusal:
        opened(folder).record(change(opened(folder), status="in-progress"))
    assert str(refusal.value).startswith("Nothing was recorded: ")
    assert _state(folder) == before


def _works(folder: Path) -> tuple[str, ...]:
    """Record a change, and return its warnings."""
    before = count(folder)
    entry = opened(folder).record(change(opened(folder), status="in-progress"))
    assert entry is not None
    assert (entry.commit, count(folder)) == (head(folder), before + 1)
    return entry.warnings


def _conflict(folder: Path) -> None:
    """Make two branches that cannot be joined without a person."""
    register = folder / "records" / "bscp.toml"
    text = register.read_text()
    git(folder, "switch", "--quiet", "--create", "other")
    register.write_text(text.replace('short_name = "BSCP"', 'short_name = "Theirs"'))
    git(folder, "commit", "--quiet", "--all", "--message", "theirs")
    git(folder, "switch", "--quiet", "main")
    register.write_text(text.replace('short_name = "BSCP"', 'short_name = "Ours"'))
    git(folder, "commit", "--quiet", "--all", "--message", "ours")


def test_a_stale_lock_on_the_index_does_not_keep_a_change_from_being_recorded(folder: Path) -> None:
    lock = folder / ".git" / "index.lock"
    lock.touch()
    warnings = _works(folder)
    assert len(warnings) == 1
    assert "index is locked by another program" in warnings[0]
    assert lock.exists()
    lock.unlink()
    opened(folder)
    assert status(folder) == ""


def test_somebody_elses_lock_on_the_branch_is_named_with_its_age_and_never_deleted(folder: Path) -> None:
    lock = folder / ".git" / "refs" / "heads" / "main.lock"
    lock.touch()
    hour_ago = lock.stat().st_mtime - 3600
    os.utime(lock, (hour_ago, hour_ago))
    _refused(folder, rf"holds main\.lock, for 6\d minutes.*{re.escape(str(lock))}")
    assert lock.exists()
    lock.unlink()
    assert _works(folder) == ()
    assert status(folder) == ""


def test_a_fresh_lock_on_the_branch_is_not_deleted_either(folder: Path) -> None:
    lock = folder / ".git" / "refs" / "heads" / "main.lock"
    lock.touch()
    _refused(folder, re.escape(str(lock)))
    _refused(folder, re.escape(str(lock)))
    assert lock.exists()


def test_nothing_is_recorded_while_an_older_version_is_checked_out(folder: Path) -> None:
    git(folder, "switch", "--quiet", "--detach", "HEAD~1")
    _refused(folder, "shows an older version")
    git(folder, "switch", "--quiet", "main")
    assert _works(folder) == ()


def _merge(folder: Path) -> None:
    git(folder, "merge", "other", check=False)


def _rebase(folder: Path) -> None:
    git(folder, "rebase", "other", check=False)


def _cherry_pick(folder: Path) -> None:
    git(folder, "cherry-pick", "other", check=False)


def _revert(folder: Path) -> None:
    (folder / "records" / "bscp.toml").write_text((folder / "records" / "bscp.toml").read_text() + "extra = 1\n")
    git(folder, "revert", "--no-commit", "HEAD~1..HEAD", check=False)
    git(folder, "checkout", "--quiet", "HEAD", "--", "records")
    git(folder, "revert", "HEAD", "--no-edit", "--no-commit", check=False)


def _bisect(folder: Path) -> None:
    git(folder, "bisect", "start", "HEAD", "HEAD~2")


@pytest.mark.parametrize(
    ("begin", "abort", "what"),
    [
        (_merge, ("merge", "--abort"), "a merge"),
        (_rebase, ("rebase", "--abort"), "a rebase"),
        (_cherry_pick, ("cherry-pick", "--abort"), "a cherry-pick"),
        (_revert, ("revert", "--abort"), "a revert"),
        (_bisect, ("bisect", "reset"), "a bisection"),
    ],
)
def test_nothing_is_recorded_while_git_work_is_under_way(
    folder: Path, begin: Callable[[Path], None], abort: tuple[str, ...], what: str
) -> None:
    _conflict(folder)
    begin(folder)
    # A conflict stands in bscp.toml itself, so that the register cannot be read: mend the file alone.
    (folder / "records" / "bscp.toml").write_text('layout = 1\nname = "BSCP"\ncurrent_plan = "2025-27"\n')
    _refused(folder, f"{what} was begun with git")
    git(folder, "checkout", "--quiet", "--force", "HEAD", "--", "records", check=False)
    git(folder, *abort)
    assert _works(folder) == ()


def test_who_makes_a_change_is_never_made_up(folder: Path, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for role in ("AUTHOR", "COMMITTER"):
        monkeypatch.delenv(f"GIT_{role}_NAME")
        monkeypatch.delenv(f"GIT_{role}_EMAIL")
    _refused(folder, "git does not know your name and e-mail")
    (home / ".gitconfig").write_text("[user]\n\tname = Robin Holder\n\temail = robin.holder@example.org\n")
    _works(folder)
    assert git(folder, "log", "-1", "--format=%an <%ae> %cn") == "Robin Holder <robin.holder@example.org> Robin Holder"


def test_only_half_an_identity_is_refused_too(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for role in ("AUTHOR", "COMMITTER"):
        monkeypatch.delenv(f"GIT_{role}_EMAIL")
    monkeypatch.setenv("EMAIL", "")
    _refused(folder, "git does not know your name and e-mail")


def test_an_edit_by_hand_is_refused_recorded_or_put_back(folder: Path) -> None:
    path = folder / RECORD
    recorded = path.read_bytes()
    edited = recorded.replace(b'title = "Operational practice"', b'title = "Practice"')
    path.write_bytes(edited)
    _refused(folder, "holds an edit that was made by hand")
    opened(folder).put_back(RECORD)
    assert (path.read_bytes(), status(folder)) == (recorded, "")
    path.write_bytes(edited)
    entry = opened(folder).record_hand_edit(RECORD, change(opened(folder), status="in-progress").why)
    assert entry is not None
    assert [(step.field, step.new) for step in entry.changes] == [("title", "Practice")]
    assert (path.read_bytes(), status(folder)) == (edited, "")
    assert _works(folder) == ()


def test_a_record_deleted_by_hand_is_refused_and_put_back(folder: Path) -> None:
    (folder / RECORD).unlink()
    with pytest.raises(SaveError, match="was deleted by hand"):
        opened(folder).record(change(opened(folder), status="in-progress"))
    opened(folder).put_back(RECORD)
    assert _works(folder) == ()
    assert status(folder) == ""


def test_other_peoples_files_stay_as_they_are_staged_or_not(folder: Path) -> None:
    staged, unstaged = folder / "records/agencies/mash.toml", folder / "records/agencies/nhs.toml"
    staged.write_text(staged.read_text() + "# staged\n")
    git(folder, "add", str(staged))
    staged.write_text(staged.read_text() + "# and more, not staged\n")
    unstaged.write_text(unstaged.read_text() + "# not staged\n")
    (folder / "notes.txt").write_text("untracked\n")
    (folder / "letter.txt").write_text("new\n")
    git(folder, "add", "letter.txt")
    before = status(folder), git(folder, "diff", "--cached"), git(folder, "diff")
    assert _works(folder) == ()
    assert (status(folder), git(folder, "diff", "--cached"), git(folder, "diff")) == before
    assert git(folder, "show", "--name-only", "--format=", "HEAD") == RECORD


def test_what_is_staged_of_the_record_itself_stays_and_is_said(folder: Path) -> None:
    path = folder / RECORD
    recorded = path.read_bytes()
    path.write_bytes(recorded.replace(b'title = "Operational practice"', b'title = "Practice"'))
    git(folder, "add", RECORD)
    path.write_bytes(recorded)
    before = git(folder, "ls-files", "--stage", RECORD)
    warnings = _works(folder)
    assert "what somebody staged" in " ".join(warnings)
    assert git(folder, "ls-files", "--stage", RECORD) == before


def test_an_edit_that_is_recorded_between_reading_and_saving_is_merged_field_by_field(folder: Path) -> None:
    mine = change(opened(folder), "4.1.3", status="in-progress")
    path = folder / RECORD
    path.write_bytes(path.read_bytes().replace(b'title = "Operational practice"', b'title = "Practice"'))
    git(folder, "commit", "--quiet", "--all", "--message", "with another program")
    assert opened(folder).record(mine) is not None
    assert status(folder) == ""
    assert b'title = "Practice"' in path.read_bytes()
    shown = git(folder, "show", "--format=", "--unified=0", "HEAD")
    assert '+status = "in-progress"' in shown
    assert "Practice" not in shown


def test_hooks_never_run_and_make_the_copy_read_only_until_it_is_trusted(folder: Path, tmp_path: Path) -> None:
    canary = tmp_path / "ran"
    hooks = folder / ".git" / "hooks"
    hooks.mkdir(exist_ok=True)
    for name in ("pre-commit", "commit-msg", "post-commit", "reference-transaction", "post-index-change"):
        (hooks / name).write_text(f"#!/bin/sh\ntouch {canary}\n")
        (hooks / name).chmod(0o755)
    with pytest.raises(SaveError, match="hooks/pre-commit"):
        opened(folder).record(change(opened(folder), status="in-progress"))
    assert not canary.exists()
    register = opened(folder)
    remember_trust(register.repository.root, register.repository.doubts)
    assert opened(folder).record(change(opened(folder), status="in-progress")) is not None
    assert not canary.exists()


def test_a_register_without_git_is_read_and_refuses_changes(folder: Path, tmp_path: Path) -> None:
    (folder / ".git").rename(tmp_path / "git-elsewhere")
    register = opened(folder)
    assert register.read_only == "it is not in a git repository"
    with pytest.raises(SaveError, match="not in a git repository"):
        register.record(change(register, status="in-progress"))


def test_a_missing_git_is_explained(folder: Path, tmp_path: Path) -> None:
    nowhere = tmp_path / "nowhere"
    nowhere.mkdir()
    outcome = saved(folder, "status", "4.1.3", "in-progress", added={"PATH": str(nowhere)})
    assert outcome.status == 1
    assert (outcome.said("refused: ") or "").startswith("git is not installed on this computer")
    assert status(folder) == ""


HOSTILE = {
    "GIT_DIR": "{elsewhere}/.git",
    "GIT_WORK_TREE": "{elsewhere}",
    "GIT_INDEX_FILE": "{elsewhere}/index",
    "GIT_OBJECT_DIRECTORY": "{elsewhere}/objects",
    "GIT_ALTERNATE_OBJECT_DIRECTORIES": "{elsewhere}/objects",
    "GIT_COMMON_DIR": "{elsewhere}/.git",
    "GIT_NAMESPACE": "elsewhere",
    "GIT_EXTERNAL_DIFF": "{program}",
    "GIT_SSH_COMMAND": "{program}",
    "GIT_EXEC_PATH": "{elsewhere}",
    "GIT_TEMPLATE_DIR": "{elsewhere}",
    "GIT_CONFIG_COUNT": "2",
    "GIT_CONFIG_KEY_0": "core.hooksPath",
    "GIT_CONFIG_VALUE_0": "{elsewhere}/hooks",
    "GIT_CONFIG_KEY_1": "core.fsmonitor",
    "GIT_CONFIG_VALUE_1": "{program}",
    "GIT_CONFIG_PARAMETERS": "'core.fsmonitor={program}'",
    "GIT_TRACE": "{elsewhere}/trace",
}


def test_variables_that_mislead_git_change_nothing(folder: Path, tmp_path: Path) -> None:
    elsewhere, canary, program = tmp_path / "elsewhere", tmp_path / "ran", tmp_path / "program"
    program.write_text(f"#!/bin/sh\ntouch {canary}\n")
    program.chmod(0o755)
    hooks = elsewhere / "hooks"
    hooks.mkdir(parents=True)
    for name in ("reference-transaction", "post-index-change", "pre-commit"):
        (hooks / name).symlink_to(program)
    git(elsewhere, "init", "--quiet", "--template=")
    before = sorted(path.name for path in elsewhere.iterdir())
    added = {name: value.format(elsewhere=elsewhere, program=program) for name, value in HOSTILE.items()}
    outcome = saved(folder, "status", "4.1.3", "in-progress", added=added)
    assert (outcome.status, outcome.said("saved ")) == (0, head(folder))
    assert status(folder) == ""
    assert not canary.exists()
    assert sorted(path.name for path in elsewhere.iterdir()) == before
    assert head(elsewhere) == ""
