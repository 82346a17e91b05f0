"""Before anything is recorded: what a change brings, and what must not enter the history."""

import re
from pathlib import Path

import pytest

import bscp_tui
from bscp_tui.checks.privacy import signs
from tests.checks.asking import by_hand
from tests.cli.support import bscp, done
from tests.support import git, head


def test_an_error_that_a_change_brings_refuses_it(folder: Path) -> None:
    before = head(folder)
    ran = bscp(folder, "set", "4.1.1", "target=2024-12-31", "--reason", "Sooner.")
    assert ran.status == 1
    assert "target-before-plan" in ran.err
    assert "lies before its plan begins" in ran.err
    assert head(folder) == before


def test_an_error_that_was_there_already_stops_nobody(folder: Path) -> None:
    done(folder, "set", "4.1.2", "update=The group has met.", "--reason", "Heard.")
    done(folder, "status", "1.3.3", "in-progress", "--reason", "Begun.")


def test_a_new_row_answers_for_itself_and_not_for_the_rows_beside_it(folder: Path) -> None:
    done(folder, "add", "key-action", "action=4.1", "title=Extra", "target=31.03.2027")
    ran = bscp(folder, "add", "key-action", "action=4.1", "title=Sooner", "target=31.12.2024")
    assert (ran.status, "target-before-plan" in ran.err) == (1, True)


def test_a_warning_stands_in_the_preview_and_stops_nobody(folder: Path) -> None:
    words = ["set", "4.1.1", "years=2", "--reason", "As the plan says."]
    tried = done(folder, *words, "--dry-run")
    assert "year-against-target" in tried.err
    assert "Take care" in tried.err
    done(folder, *words)


def test_an_error_elsewhere_in_the_same_file_that_the_change_brings_refuses_it(folder: Path) -> None:
    by_hand(folder, "records/bscp.toml", "starter = true\n", "") if "starter = true" in (
        folder / "records/bscp.toml"
    ).read_text() else None
    lead = next(row["id"] for row in done(folder, "show", "4.1", "--format", "json").json["leads"]
                if row["key_actions"] == [1])  # fmt: skip
    ran = bscp(folder, "set", "4.1", f"leads.{lead}=", "--reason", "Left.")
    assert (ran.status, "no-lead" in ran.err) == (0, True)  # it may follow with the next change, and is told


def test_particulars_are_stopped_with_their_place_and_never_repeated(folder: Path) -> None:
    before = head(folder)
    number = "943 476 5919"
    ran = bscp(folder, "set", "4.1.1", f"update=Seen at the clinic, {number}, last week.", "--reason", "Heard.")
    assert ran.status == 1
    assert "an NHS number" in ran.err
    assert "letter 21" in ran.err
    assert number not in ran.err
    assert bscp(folder, "set", "4.1.1", "update=Fine.", "--reason", f"Says {number}").status == 1
    assert head(folder) == before


def test_going_on_needs_a_reason_that_is_recorded_without_the_text(folder: Path) -> None:
    words = ["set", "4.1.1", "update=Office: 0121 496 0000.", "--reason", "For callers."]
    assert bscp(folder, *words, "--privacy-reason", "  ").status == 1
    done(folder, *words, "--privacy-reason", "The published number of an office")
    told = git(folder, "log", "-1", "--format=%B")
    assert "Privacy-Reason: The published number of an office" in told
    done(folder, "set", "4.1.1", "note=Later.", "--reason", "More.")  # what stands is not asked about again


def test_a_bare_date_stops_nobody(folder: Path) -> None:
    done(folder, "set", "4.1.1", "update=The board met on 12/03/2025 and on 14 May 2025.", "--reason", "On 1.5.2025.")


@pytest.mark.parametrize("room", ["cli", "tui"])
def test_no_command_and_no_screen_opens_a_register_but_through_the_gate(room: str) -> None:
    sources = sorted((Path(bscp_tui.__file__).parent / room).rglob("*.py"))
    assert sources
    past = [path.name for path in sources if re.search(r"\bopen_register\b", path.read_text(encoding="utf-8"))]
    assert past == []


def test_a_documents_digest_is_nobodys_number_and_hides_none(folder: Path) -> None:
    digest = "a9434765919" + "0" * 53
    assert signs(f"From plan.docx (SHA-256 {digest}).") == []
    found = signs(f"SHA-256 {digest}; the child is known as abc9434765919")
    assert [sign.what for sign in found] == ["an NHS number"]
    done(folder, "set", "4.1.2", f"update=As published: SHA-256 {digest}", "--reason", "Heard.")
