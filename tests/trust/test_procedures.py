"""Joining, leaving, a new laptop, a stolen key, a new administrator, none left, adopting: as people do it."""

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.cli.support import Ran, bscp
from tests.support import git, give_key
from tests.trust.partners import RECORD, Partnership


def runs(partnership: Partnership, who: str, *words: str, status: int = 0) -> Ran:
    """Run a command as this person, on their own computer."""
    with partnership.people[who].at_work(partnership.tick()):
        ran = bscp(partnership.folder, *words)
    assert ran.status == status, ran.err + ran.out
    return ran


def joins(partnership: Partnership, who: str, *roles: str, by: str = "Robin") -> Ran:
    request = runs(partnership, who, "trust", "join-request").out
    words = [word for role in roles for word in ("--role", role)]
    return runs(partnership, by, "trust", "add", request, *words)


def changes(partnership: Partnership, who: str, ref: str = "4.2.1", status: int = 0) -> Ran:
    return runs(partnership, who, "status", ref, "in-progress", "--reason", "Agreed.", status=status)


def matches(partnership: Partnership, *words: str) -> str:
    return runs(partnership, "Sam", "verify", *words).out


def refuted(partnership: Partnership, *words: str) -> str:
    return runs(partnership, "Sam", "verify", *words, status=1).out


def test_joining(partnership: Partnership) -> None:
    told = joins(partnership, "Mallory", "editor").out
    assert told.startswith("roster Mallory Stranger joins as editor")
    changes(partnership, "Mallory")
    assert "Mallory Stranger <mallory.stranger@example.org>: 1" in matches(partnership)


def test_a_request_that_was_altered_on_its_way_is_refused(partnership: Partnership) -> None:
    import base64

    request = runs(partnership, "Mallory", "trust", "join-request").out
    facts = json.loads(base64.b64decode("".join(request.split()[1:])))
    facts["email"] = "alice.able@example.org"
    forged = "bscp-join1 " + base64.b64encode(json.dumps(facts).encode()).decode()
    assert "its key did not sign it" in runs(partnership, "Robin", "trust", "add", forged, status=2).err
    assert "begins with bscp-join1" in runs(partnership, "Robin", "trust", "add", "hello", status=2).err


def test_only_an_administrator_changes_the_roster(partnership: Partnership) -> None:
    request = runs(partnership, "Mallory", "trust", "join-request").out
    refused = runs(partnership, "Alice", "trust", "add", request, "--role", "editor", status=1).err
    assert "Alice Able is no administrator. The roster is changed by an administrator: Robin Holder." in refused
    stranger = runs(partnership, "Mallory", "trust", "add", request, "--role", "editor", status=1).err
    assert "You are not on the roster" in stranger
    assert (
        "not changed with set"
        in runs(partnership, "Robin", "set", "roster", "version=9", "--reason", "x", status=2).err
    )


def test_leaving(partnership: Partnership) -> None:
    changes(partnership, "Bob")
    runs(partnership, "Robin", "trust", "remove", "Bob Best")
    matches(partnership)
    changes(partnership, "Bob", "4.1.4")
    assert "a key of Bob Best that counted until" in refuted(partnership)


def test_a_new_laptop(partnership: Partnership) -> None:
    with partnership.people["Bob"].at_work():
        give_key(40)
    joins(partnership, "Bob")
    changes(partnership, "Bob")
    matches(partnership)


def test_a_new_laptop_of_an_administrator_is_signed_in_by_the_old_key(partnership: Partnership) -> None:
    told = runs(partnership, "Robin", "trust", "new-key").out
    assert "Robin Holder signs with a further key" in told
    changes(partnership, "Robin")
    matches(partnership)
    listed = runs(partnership, "Robin", "trust", "list", "--format", "json").json
    assert sum(row["name"] == "Robin Holder" for row in listed["people"]) == 2


def test_a_key_with_a_passphrase_that_an_agent_holds(partnership: Partnership, tmp_path: Path) -> None:
    key = tmp_path / "guarded"
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "a secret", "-f", str(key)], check=True)
    runs(partnership, "Bob", "trust", "new-key", "--use", str(key))
    joins_without_agent = runs(partnership, "Bob", "trust", "join-request", status=1)
    assert "could not be signed" in joins_without_agent.err
    before = git(partnership.folder, "rev-parse", "HEAD")
    refused = changes(partnership, "Bob", status=1).err
    assert "signing failed" in refused
    assert "bscp trust key" in refused
    assert (git(partnership.folder, "rev-parse", "HEAD"), git(partnership.folder, "status", "--short")) == (before, "")


def test_a_stolen_key(partnership: Partnership) -> None:
    changes(partnership, "Bob")
    runs(partnership, "Robin", "trust", "revoke", "Bob Best", "--since", "2026-07-01", "--reason", "Laptop stolen.")
    told = matches(partnership)
    assert "Bob Best says that somebody else may have had this key since 2026-07-01; ask about it" in told
    changes(partnership, "Bob", "4.1.4")
    refuted(partnership)


def test_a_new_administrator_and_the_old_one_leaves(partnership: Partnership) -> None:
    last = runs(partnership, "Robin", "trust", "remove", "Robin Holder", status=1).err
    assert "Robin Holder is the last administrator" in last
    runs(partnership, "Robin", "trust", "role", "Alice Able", "administrator", "editor", "--reason", "Follows Robin.")
    runs(partnership, "Alice", "trust", "remove", "robin.holder@example.org")
    joins(partnership, "Mallory", "editor", by="Alice")
    matches(partnership)


def test_the_last_administrator_is_gone(partnership: Partnership) -> None:
    """A new roster counts only for whoever holds the proof line that the board minuted with it."""
    told = runs(partnership, "Alice", "trust", "adopt", "--anew", "--reason", "Robin died; the board decided.").out
    assert "Put this proof line into the minutes" in told
    proof = runs(partnership, "Alice", "proof").out
    assert proof in told
    assert "such an entry needs administrator" in refuted(partnership)
    changes(partnership, "Alice")
    later = runs(partnership, "Alice", "proof").out
    refuted(partnership, "--proof", later)
    assert "the roster begins anew with it; the minutes vouch for that" in matches(partnership, "--proof", proof)
    joins(partnership, "Mallory", "editor", by="Alice")
    matches(partnership)


def test_adopting_an_unsigned_register(partnership: Partnership, tmp_path: Path) -> None:
    folder = tmp_path / "plain"
    with partnership.people["Robin"].at_work(partnership.tick()):
        (folder / "records").mkdir(parents=True)
        shutil.copy(partnership.folder / "records" / "bscp.toml", folder / "records")
        shutil.copytree(partnership.folder / "records" / "plans", folder / "records" / "plans")
        git(tmp_path, "init", "--quiet", "--template=", "--initial-branch=main", str(folder))
        git(folder, "add", "--all")
        git(folder, "commit", "--quiet", "--message", "By hand")
    plain = Partnership(folder, partnership.people, partnership.clock)
    untold = runs(plain, "Sam", "verify", status=2).out
    assert untold.startswith("Cannot tell: this register has no roster yet")
    runs(plain, "Robin", "trust", "adopt", "--reason", "Taken in hand.")
    changes(plain, "Robin")
    told = matches(plain)
    assert "Nobody vouches for the 1 entry before that" in told
    assert "Matches: 2 entries by 1 person" in told


def test_an_administrator_vouches_for_an_entry_of_a_stranger(partnership: Partnership) -> None:
    words = ("status", "4.2.1", "in-progress", "--reason", "x", "--format", "json")
    entry = runs(partnership, "Mallory", *words).json["entry"]
    assert f"entry {entry}, because it was signed with a key that is not on the roster" in refuted(partnership)
    runs(partnership, "Robin", "trust", "vouch", entry, "--reason", "Checked with Mallory on the telephone.")
    assert "an administrator vouched for it later: Checked with Mallory on the telephone." in matches(partnership)


def test_an_administrator_cannot_vouch_away_what_was_done(partnership: Partnership) -> None:
    (partnership.folder / RECORD).unlink()
    commit = partnership.commits("Alice", "Removed")
    runs(partnership, "Robin", "trust", "vouch", commit[:12], "--reason", "It is fine.")
    assert f"it removes {RECORD}" in refuted(partnership)


def test_an_administrator_does_not_build_on_a_roster_that_somebody_forged(partnership: Partnership) -> None:
    partnership.slips_in("Mallory")
    partnership.commits("Alice", "A further key")
    refused = runs(partnership, "Robin", "trust", "remove", "Bob Best", status=1).err
    assert "The roster was changed by somebody who may not" in refused
    runs(partnership, "Robin", "trust", "restore", "--reason", "Alice added a stranger.")
    runs(partnership, "Robin", "trust", "remove", "Bob Best")
    assert "Mallory" not in runs(partnership, "Robin", "trust", "list").out
    changes(partnership, "Mallory")
    assert "(and 1 further fault)" in refuted(partnership)


def test_a_scrutineer_changes_nothing_whatever_the_command(partnership: Partnership) -> None:
    before = git(partnership.folder, "rev-parse", "HEAD")
    for words in (
        ("status", "4.2.1", "in-progress", "--reason", "x"),
        ("set", "4.2.1", "title=x", "--reason", "x"),
        ("add", "agency", "title=New", "--reason", "x"),
        ("withdraw", "4.2", "--reason", "x"),
    ):
        assert "Sam Scrutineer is a scrutineer here" in runs(partnership, "Sam", *words, status=1).err
    assert git(partnership.folder, "rev-parse", "HEAD") == before


def test_a_scrutineer_asks_and_does_not_answer(partnership: Partnership) -> None:
    asked = runs(partnership, "Sam", "add", "question", "text=Who leads?", "about=4.2", "--reason", "Asked.").out
    ref = asked.split()[0]
    assert "Sam Scrutineer <sam.scrutineer@example.org>: 1" in matches(partnership)
    runs(partnership, "Sam", "set", ref, "reply=Nobody", "--reason", "x", status=1)
    path = next(partnership.folder.glob("records/questions/*/*.toml")).relative_to(partnership.folder)
    partnership.edits(str(path), "Who leads?", "Who follows?")
    partnership.commits("Sam", "By hand")
    assert "such an entry needs confirmer or editor" in refuted(partnership)


def test_verify_in_json_names_every_fault(partnership: Partnership) -> None:
    partnership.edits()
    commit = partnership.commits("Alice", "By hand", key=None)
    facts = json.loads(refuted(partnership, "--format", "json"))
    assert (facts["verdict"], facts["entries"]) == ("does not match", 8)
    assert [(fault["commit"], fault["code"]) for fault in facts["faults"]] == [(commit, "unsigned")]


def test_verify_says_what_a_wrong_proof_lacks(partnership: Partnership) -> None:
    assert "one begins with bscp1" in runs(partnership, "Sam", "verify", "--proof", "hello", status=2).err
    proof = runs(partnership, "Robin", "proof").out
    minutes = partnership.folder.parent / "minutes.txt"
    minutes.write_text("The board noted:\n" + proof.replace(" ", "\n  ") + "\nIt closed at noon.\n")
    assert "nothing was rewritten since the proof line" in matches(partnership, "--proof", str(minutes))


def test_what_was_last_seen_can_be_forgotten(partnership: Partnership) -> None:
    matches(partnership)
    git(partnership.folder, "reset", "--quiet", "--hard", "HEAD~1")
    assert "bscp verify --forget" in refuted(partnership)
    matches(partnership, "--forget")
    matches(partnership)


def test_without_openssh_entries_are_recorded_and_it_is_said_once(
    partnership: Partnership, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    tools = tmp_path / "tools"
    tools.mkdir()
    for name in ("git", "env", "python3", "sh"):
        found = shutil.which(name)
        assert found
        (tools / name).symlink_to(found)
    monkeypatch.setenv("PATH", str(tools))
    assert "OpenSSH is not installed" in changes(partnership, "Alice", "4.2.1").err
    assert "OpenSSH" not in changes(partnership, "Alice", "4.1.4").err
    monkeypatch.undo()
    told = refuted(partnership)
    assert "it is not signed (and 1 further fault)" in told
