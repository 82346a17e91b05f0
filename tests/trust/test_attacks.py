"""Attacks on the history, each on a real repository: caught, with the reason in words.

``docs/attacks.md`` has a row for each.
"""

import re
from pathlib import Path

import pytest

from bscp_tui.store import starter
from bscp_tui.store.derived import cache_folder
from bscp_tui.store.identity import Identity
from bscp_tui.trust.proving import current_proof
from bscp_tui.trust.rostering import office
from bscp_tui.trust.standing import utc_day
from bscp_tui.trust.verifying import verify_quickly
from tests.support import TODAY, because, change, git
from tests.trust.partners import ANOTHER, DAY, NOON, RECORD, Partnership


def caught(partnership: Partnership, reason: str, *proofs: object) -> None:
    """Verify; it must not match, for this reason before all others."""
    verdict = partnership.verdict(*proofs)
    assert verdict.outcome == "does not match", verdict.sentence
    assert re.search(reason, verdict.reason or ""), verdict.sentence


def trailers(path: str, *changes: str) -> str:
    """Return a message as the program writes one."""
    lines = [f"Entry: aaaa-bbbb\nRecord: {path}", *(f"Change: {one}" for one in changes), "Effective: 2026-07-01"]
    return "2025-27/4.1 Something: told\n\n> A reason.\n\n" + "\n".join(lines)


def test_an_honest_register_matches(partnership: Partnership) -> None:
    verdict = partnership.verdict()
    assert verdict.outcome == "matches", verdict.sentence
    assert {signer.name: signer.entries for signer in verdict.signers} == {"Robin Holder": 6, "Alice Able": 1}
    assert not verdict.faults
    assert not verdict.notes


def test_an_unsigned_entry(partnership: Partnership) -> None:
    partnership.edits()
    partnership.commits("Alice", "By hand", key=None)
    caught(partnership, "because it is not signed")


def test_a_stranger(partnership: Partnership) -> None:
    partnership.saves("Mallory", "in-progress", ref="4.1.4")
    caught(partnership, "a key that is not on the roster")


def test_a_stranger_under_the_name_of_an_editor(partnership: Partnership) -> None:
    partnership.edits()
    partnership.commits("Mallory", "By hand", claims=partnership.people["Alice"].identity)
    caught(partnership, "a key that is not on the roster")


def test_one_person_signing_as_another(partnership: Partnership) -> None:
    partnership.edits()
    partnership.commits("Alice", "By hand", claims=partnership.people["Bob"].identity)
    caught(partnership, "it says Bob Best .* recorded it, but Alice Able .* signed it")


def test_an_author_who_is_not_the_signer(partnership: Partnership) -> None:
    partnership.edits()
    partnership.commits("Alice", "By hand", extra=("--author", "Bob Best <bob.best@example.org>"))
    caught(partnership, "it says Bob Best .* made it, but Alice Able")


def test_a_name_borrowed_with_one_s_own_address(partnership: Partnership) -> None:
    partnership.edits()
    partnership.commits("Alice", "By hand", claims=Identity("Bob Best", "alice.able@example.org"))
    caught(partnership, "it says Bob Best <alice.able@example.org> recorded it")


def test_a_leaver(partnership: Partnership) -> None:
    partnership.removes("Bob")
    partnership.saves("Bob", "in-progress", ref="4.1.4")
    caught(partnership, "signed on 2026-07-01 with a key of Bob Best that counted until 2026-07-01")


def test_a_leaver_who_dates_back_at_the_tip(partnership: Partnership) -> None:
    partnership.removes("Bob", at=partnership.clock + 2 * DAY)
    partnership.saves("Bob", "in-progress", ref="4.1.4", at=partnership.clock + DAY)
    caught(partnership, "dated before the entry that it stands on")


def test_a_leaver_who_dates_back_on_a_side_branch_merged_later(partnership: Partnership) -> None:
    git(partnership.folder, "branch", "side")
    partnership.removes("Bob", at=partnership.clock + 2 * DAY)
    git(partnership.folder, "switch", "--quiet", "side")
    partnership.saves("Bob", "in-progress", ref="4.1.4")
    git(partnership.folder, "switch", "--quiet", "main")
    partnership.merges("Robin", "side", at=partnership.clock + 3 * DAY)
    caught(partnership, "it brings in [0-9a-f]{12}, signed by Bob Best; by the other side's roster that does not count")


def test_an_editor_who_adds_a_key(partnership: Partnership) -> None:
    partnership.slips_in("Mallory")
    partnership.commits("Alice", "A further key")
    caught(partnership, "Alice Able is editor on the roster; such an entry needs administrator")
    partnership.saves("Mallory", "in-progress", ref="4.1.4")
    assert [fault.code for fault in partnership.verdict().faults] == ["role", "stranger"]


def test_the_roster_set_back(partnership: Partnership) -> None:
    old = git(partnership.folder, "show", "HEAD:records/roster.toml") + "\n"
    partnership.removes("Bob")
    (partnership.folder / "records" / "roster.toml").write_text(old)
    partnership.commits("Robin", "As it was")
    caught(partnership, "sets the roster back from version 5 to 4")


def test_the_roster_removed(partnership: Partnership) -> None:
    (partnership.folder / "records" / "roster.toml").unlink()
    partnership.commits("Robin", "No roster")
    caught(partnership, "it removes the roster")


def test_a_history_rewritten_by_insiders_with_valid_keys(partnership: Partnership) -> None:
    """Only what was fixed outside can tell: the proof line in the minutes, or what somebody saw before."""
    proof = current_proof(partnership.repository()).proof
    git(partnership.folder, "reset", "--quiet", "--hard", "HEAD~1")
    partnership.saves("Alice", "in-progress", ref="4.1.4")
    caught(partnership, "which is not here: entries were cut away or rewritten", proof)
    with partnership.people["Robin"].at_work():
        assert partnership.verdict(by="Robin").outcome == "matches"


def test_a_whole_new_history_under_the_same_names(partnership: Partnership, tmp_path: Path) -> None:
    proof = current_proof(partnership.repository()).proof
    with partnership.people["Robin"].at_work():
        starter.make(tmp_path / "other", empty=False, today=TODAY, person=partnership.people["Robin"].identity)
    other = Partnership(tmp_path / "other", partnership.people)
    caught(other, "belongs to another register, or this one's first entry was replaced", proof)


def test_entries_cut_away_after_somebody_saw_them(partnership: Partnership) -> None:
    assert partnership.verdict().outcome == "matches"
    git(partnership.folder, "reset", "--quiet", "--hard", "HEAD~1")
    caught(partnership, r"\(7 entries\), seen on .* is no longer here")
    assert partnership.verdict(by="Bob").outcome == "matches"  # who never saw them cannot know without a proof


def test_entries_cut_away_before_a_proof(partnership: Partnership) -> None:
    proof = current_proof(partnership.repository()).proof
    git(partnership.folder, "reset", "--quiet", "--hard", "HEAD~2")
    caught(partnership, "names 7 entries up to the register version", proof)


def test_a_replacement(partnership: Partnership) -> None:
    git(partnership.folder, "replace", "HEAD", "HEAD~1")
    caught(partnership, "a replacement")
    git(partnership.folder, "pack-refs", "--all")
    caught(partnership, "a replacement")


def test_a_graft(partnership: Partnership) -> None:
    info = partnership.folder / ".git" / "info"
    info.mkdir(exist_ok=True)
    (info / "grafts").write_text(git(partnership.folder, "rev-parse", "HEAD") + "\n")
    caught(partnership, "a file of grafts")


def test_a_shallow_copy_cannot_be_judged(partnership: Partnership, tmp_path: Path) -> None:
    git(tmp_path, "clone", "--quiet", "--depth", "2", f"file://{partnership.folder}", "shallow")
    verdict = Partnership(tmp_path / "shallow", partnership.people).verdict()
    assert verdict.outcome == "cannot tell"
    assert "shallow" in verdict.sentence


def test_a_copy_that_borrows_cannot_be_judged(partnership: Partnership, tmp_path: Path) -> None:
    git(tmp_path, "clone", "--quiet", "--shared", str(partnership.folder), "borrowed")
    verdict = Partnership(tmp_path / "borrowed", partnership.people).verdict()
    assert verdict.outcome == "cannot tell"
    assert "lies in another folder" in verdict.sentence


@pytest.mark.parametrize(
    ("mode", "words"), [("120000", "makes .* a link"), ("160000", "another repository"), ("100755", "a program")]
)
def test_what_is_no_plain_file(partnership: Partnership, mode: str, words: str) -> None:
    named = "HEAD" if mode == "160000" else f"HEAD:{RECORD}"
    identifier = git(partnership.folder, "rev-parse", named)
    for path in (RECORD, "records/agencies/odd.toml"):
        git(partnership.folder, "update-index", "--add", "--cacheinfo", f"{mode},{identifier},{path}")
        _commit_index(partnership, "Alice", "Odd")
        caught(partnership, words)
        git(partnership.folder, "reset", "--quiet", "--hard", "HEAD~1")


def test_a_second_beginning(partnership: Partnership) -> None:
    git(partnership.folder, "switch", "--quiet", "--orphan", "other")
    (partnership.folder / "records" / "agencies").mkdir(parents=True)
    (partnership.folder / "records" / "agencies" / "new.toml").write_text('title = "New"\n')
    partnership.commits("Robin", "Another beginning")
    git(partnership.folder, "switch", "--quiet", "main")
    partnership.merges("Robin", "other", "--allow-unrelated-histories")
    caught(partnership, "second beginning")


def test_a_message_that_lies_about_its_file(partnership: Partnership) -> None:
    partnership.edits()
    partnership.commits("Alice", trailers(ANOTHER, 'key_actions.3.status: "not-started" → "in-progress"'))
    caught(partnership, f"its message speaks of {ANOTHER}, but it changes {RECORD}")


def test_a_message_that_lies_about_its_change(partnership: Partnership) -> None:
    partnership.edits(old='status = "in-progress"', new='status = "complete"')
    partnership.commits("Alice", trailers(RECORD, 'key_actions.1.title: "A" → "B"'))
    caught(partnership, "its message says .* but the file says .*complete")


def test_a_trailer_forged_in_a_reason_is_no_trailer(partnership: Partnership) -> None:
    forged = "Agreed.\n\nEntry: zzzz-zzzz\nRecord: records/agencies/other.toml\nChange: added"
    with partnership.people["Alice"].at_work(partnership.tick()):
        register = partnership.register()
        register.record(change(register, "4.1.4", because(forged), status="in-progress"))
    assert partnership.verdict().outcome == "matches"


def test_a_trailer_forged_by_hand(partnership: Partnership) -> None:
    partnership.edits()
    partnership.commits("Alice", trailers(RECORD, "added"))
    caught(partnership, "its message says “added”")


def test_a_record_s_file_moved(partnership: Partnership) -> None:
    git(partnership.folder, "mv", ANOTHER, "records/plans/2025-27/actions/4.99.toml")
    partnership.commits("Alice", "Moved")
    caught(partnership, f"removes {ANOTHER}|moves {ANOTHER}")


def test_a_record_removed(partnership: Partnership) -> None:
    (partnership.folder / RECORD).unlink()
    partnership.commits("Alice", "Removed")
    caught(partnership, f"it removes {RECORD}; a record is withdrawn")


def test_two_records_with_one_identity(partnership: Partnership) -> None:
    blob = git(partnership.folder, "rev-parse", f"HEAD:{RECORD}")
    twin = RECORD.replace("actions/4.1.toml", "Actions/4.1.toml")
    git(partnership.folder, "update-index", "--add", "--cacheinfo", f"100644,{blob},{twin}")
    _commit_index(partnership, "Alice", "A twin")
    caught(partnership, "claim to be one record")


def test_an_entry_that_touches_something_else(partnership: Partnership) -> None:
    (partnership.folder / "notes.txt").write_text("Harmless\n")
    partnership.commits("Alice", "A note")
    caught(partnership, "it touches notes.txt, which is no record")


def test_an_entry_of_the_program_s_form_that_touches_two_records(partnership: Partnership) -> None:
    partnership.edits()
    partnership.edits(ANOTHER, old="status", new="# status")
    partnership.commits("Alice", trailers(RECORD, 'key_actions.3.status: "not-started" → "in-progress"'))
    caught(partnership, "its message speaks of")


def test_an_octopus(partnership: Partnership) -> None:
    for name, ref in (("one", "4.1.4"), ("two", "4.2.1")):
        git(partnership.folder, "switch", "--quiet", "--create", name, "main")
        partnership.saves("Alice", "in-progress", ref=ref)
    git(partnership.folder, "switch", "--quiet", "main")
    partnership.saves("Bob", "in-progress", ref="1.1.1")
    tree = git(partnership.folder, "rev-parse", "HEAD^{tree}")
    _commit_tree(partnership, "Robin", tree, "main", "one", "two")
    caught(partnership, "merges 3 copies at once")


def test_a_scrutineer_who_records_a_status(partnership: Partnership) -> None:
    partnership.edits()
    partnership.commits("Sam", "By hand")
    caught(partnership, "Sam Scrutineer is scrutineer on the roster; such an entry needs confirmer or editor")


def test_a_prepared_configuration_is_not_believed_and_runs_nothing(partnership: Partnership, tmp_path: Path) -> None:
    canary = tmp_path / "ran"
    program = tmp_path / "program"
    program.write_text(f"#!/bin/sh\ntouch {canary}\necho 'Good \"git\" signature'\n")
    program.chmod(0o755)
    partnership.saves("Mallory", "in-progress", ref="4.1.4")
    signers = tmp_path / "signers"
    signers.write_text("* ssh-ed25519 AAAA\n")
    for key, value in {
        "gpg.ssh.program": program, "gpg.ssh.allowedSignersFile": signers, "core.fsmonitor": program,
        "core.commitGraph": "true", "log.showSignature": "true",
    }.items():  # fmt: skip
        git(partnership.folder, "config", key, str(value))
    caught(partnership, "a key that is not on the roster")
    assert not canary.exists()


def test_a_prepared_cache_is_not_believed(partnership: Partnership, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither one that lies in the register, nor one of another copy, nor one that was altered."""
    assert partnership.verdict().outcome == "matches"
    with partnership.people["Sam"].at_work():
        kept = next(cache_folder().rglob("verdict.sqlite"))
    partnership.saves("Mallory", "in-progress", ref="4.1.4")
    inside = partnership.folder / ".git" / "bscp"
    (inside / "verdict.sqlite").write_bytes(kept.read_bytes())
    monkeypatch.setenv("BSCP_CACHE", str(inside))
    assert _quick(partnership) == "does not match"
    monkeypatch.delenv("BSCP_CACHE")
    data = kept.read_bytes()
    kept.write_bytes(data.replace(b'"faults"', b'"fau1ts"'))
    assert _quick(partnership) == "does not match"
    kept.write_bytes(b"nonsense")
    assert _quick(partnership) == "does not match"


def test_a_stolen_but_valid_key_is_pointed_out_once_it_is_reported(partnership: Partnership) -> None:
    """Nothing tells a thief from the holder, until the holder says since when."""
    stolen = partnership.saves("Bob", "in-progress", ref="4.1.4")
    assert partnership.verdict().outcome == "matches"
    with partnership.people["Robin"].at_work(partnership.tick()):
        held = office(partnership.register())
        bob = held.roster.person("bob.best@example.org")
        assert bob is not None
        partnership.register().record(held.revoke(bob, because("Stolen."), since=utc_day(NOON)))
    verdict = partnership.verdict()
    assert verdict.outcome == "matches"
    assert [(note.commit, note.code) for note in verdict.notes] == [(stolen, "doubtful")]
    partnership.saves("Bob", "in-progress", ref="4.2.1")
    caught(partnership, "a key of Bob Best that counted until")


def _quick(partnership: Partnership) -> str:
    with partnership.people["Sam"].at_work():
        return verify_quickly(partnership.repository()).outcome


def _commit_index(partnership: Partnership, who: str, message: str) -> None:
    person = partnership.people[who]
    with person.at_work(partnership.tick()):
        settings = ("-c", "gpg.format=ssh", "-c", f"user.signingkey={person.key()}")
        git(partnership.folder, *settings, "commit", "--quiet", "-S", "--message", message)


def _commit_tree(partnership: Partnership, who: str, tree: str, *parents: str) -> None:
    person = partnership.people[who]
    with person.at_work(partnership.tick()):
        settings = ("-c", "gpg.format=ssh", "-c", f"user.signingkey={person.key()}")
        named = [word for parent in parents for word in ("-p", parent)]
        commit = git(partnership.folder, *settings, "commit-tree", "-S", "-m", "Together", *named, tree)
    git(partnership.folder, "reset", "--quiet", "--hard", commit)
