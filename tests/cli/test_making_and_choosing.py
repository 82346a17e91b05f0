"""Making a register, and finding the one that is meant."""

from pathlib import Path

import pytest

from bscp_tui.store.own_register import own_folder
from tests.cli.support import bscp, done
from tests.support import count, git, status


def test_a_register_is_made_whole_and_clean(tmp_path: Path) -> None:
    ran = bscp(None, "init", str(tmp_path / "new"))
    assert ran.status == 0, ran.err
    assert str(tmp_path / "new") in ran.out
    assert status(tmp_path / "new") == ""
    assert git(tmp_path / "new", "fsck", "--full", "--strict") == ""
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


def test_starter_entries_carry_their_documents_dates(folder: Path) -> None:
    rows = done(folder, "history", "--format", "json").json
    dates = {row["ref"]: row["effective"] for row in rows}
    assert dates["2025-27/4.1"] == "2025-05-31"
    assert dates["2023-25/4.10"] == "2025-09-30"


def test_an_empty_register_holds_nothing_of_birmingham(tmp_path: Path) -> None:
    made = tmp_path / "other"
    assert bscp(None, "init", str(made), "--empty", "--name", "Anywhere SCP").status == 0
    assert done(made, "list", "plan", "--format", "json").json == []
    assert "Birmingham" not in git(made, "grep", "-i", "birmingham", check=False)
    done(made, "add", "plan", "title=Plan of Anywhere", "plan=2026-28")
    assert done(made, "show", "2026-28", "--format", "json").json["title"] == "Plan of Anywhere"


def test_no_register_is_made_over_something(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("keep me")
    ran = bscp(None, "init", str(tmp_path))
    assert ran.status == 2
    assert "not empty" in ran.err
    assert (tmp_path / "letter.txt").read_text() == "keep me"


def test_without_a_name_git_knows_the_program_says_so_and_claims_no_person(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for role in ("AUTHOR", "COMMITTER"):
        monkeypatch.delenv(f"GIT_{role}_NAME")
        monkeypatch.delenv(f"GIT_{role}_EMAIL")
    made = tmp_path / "new"
    ran = bscp(None, "init", str(made))
    assert ran.status == 0
    assert "git does not know your name" in ran.err
    assert git(made, "log", "-1", "--format=%an") == "bscp_tui (starter records)"
    refused = bscp(made, "status", "4.1.3", "in-progress", "--reason", "x")
    assert refused.status == 1
    assert "git config" in refused.err


def test_a_persons_own_register_is_made_on_first_use_after_saying_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    ran = bscp(None, "list", "plan", "--format", "json")
    assert ran.status == 0
    assert str(own_folder()) in ran.err
    assert len(ran.json) == 2
    again = bscp(None, "list", "plan", "--format", "json")
    assert again.err == ""


def test_the_nearest_register_upwards_is_meant_and_never_a_starter(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(folder / "records" / "plans")
    assert bscp(None, "status", "4.1.3", "in-progress", "--reason", "x").status == 0
    assert count(folder) == 4
    config = folder / "records" / "bscp.toml"
    config.write_text(config.read_text().replace("layout = 1", "layout = 1\nstarter = true"))
    ran = bscp(None, "list", "plan", "--format", "json")
    assert "made from the starter records" in ran.err
    named = bscp(folder, "status", "4.1.4", "in-progress", "--reason", "x")
    assert named.status == 1
    assert "starter" in named.err
    del tmp_path


def test_the_environment_names_a_register(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert bscp(None, "show", "4.1.3", BSCP_REGISTER=str(folder)).status == 0


@pytest.mark.parametrize("broken", ["layout = ", "name = 3\nlayout = 1"])
def test_a_register_that_cannot_be_opened_is_explained(folder: Path, broken: str) -> None:
    (folder / "records" / "bscp.toml").write_text(broken)
    ran = bscp(folder, "list", "plan")
    assert ran.status == 3
    assert "bscp.toml" in ran.err


def test_a_folder_that_is_no_register_is_said_to_be_none(tmp_path: Path) -> None:
    ran = bscp(tmp_path, "list", "plan")
    assert ran.status == 3
    assert "bscp init" in ran.err


def test_a_newer_layout_is_read_and_not_written(folder: Path) -> None:
    config = folder / "records" / "bscp.toml"
    config.write_text(config.read_text().replace("layout = 1", "layout = 2"))
    git(folder, "commit", "-qam", "A newer program was here")
    assert bscp(folder, "show", "4.1.3").status == 0
    ran = bscp(folder, "status", "4.1.3", "in-progress", "--reason", "x")
    assert ran.status == 1
    assert "newer version" in ran.err


def test_a_register_in_a_synchronised_folder_draws_a_warning(tmp_path: Path) -> None:
    made = tmp_path / "OneDrive - Council" / "register"
    ran = bscp(None, "init", str(made))
    assert "cloud service" in ran.err
    assert "cloud service" in bscp(made, "list", "plan").err


def test_a_folder_outside_git_is_read_and_not_written(folder: Path, tmp_path: Path) -> None:
    (folder / "records").rename(tmp_path / "loose")
    assert bscp(tmp_path / "loose", "list", "key-action").status == 0
    assert bscp(tmp_path / "loose", "history").status == 3
    assert bscp(tmp_path / "loose", "status", "4.1.3", "in-progress", "--reason", "x").status == 1


def test_without_a_terminal_the_screens_say_what_to_use_instead(folder: Path) -> None:
    ran = bscp(folder)
    assert ran.status == 2
    assert "bscp --help" in ran.err


def test_a_record_added_or_deleted_by_hand_is_shown_and_can_be_settled(folder: Path) -> None:
    agencies = folder / "records/agencies"
    (agencies / "new-hub.toml").write_text('title = "New Hub"\n', encoding="utf-8")
    (agencies / "cafcass.toml").unlink()
    marks = {row["ref"]: row["mark"] for row in done(folder, "list", "agency", "--format", "json").json}
    assert marks["new-hub"] == "added by hand, not recorded"
    assert marks["cafcass"] == "deleted by hand, not recorded"
    done(folder, "set", "new-hub", "--by-hand", "--reason", "Made in an editor")
    done(folder, "set", "cafcass", "--put-back")
    assert status(folder) == ""
    assert bscp(folder, "set", "cafcass", "--by-hand", "--reason", "x").status == 0
