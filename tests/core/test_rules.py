"""What a change is held to is the register's own: each rule refuses, warns or is off, and says what it asks."""

from pathlib import Path

import pytest

from bscp_tui.model.all_rules import RULES
from tests.cli.support import bscp, done
from tests.support import RECORD, git


def strictness(folder: Path, rule: str, level: str) -> None:
    """Set how strictly the register holds to a rule, adding the setting where it is not there yet."""
    ran = bscp(folder, "set", f"register.{rule}", f"level={level}", "--reason", "The board decided so")
    if ran.status != 0:
        done(folder, "add", "rule", f"ref={rule}", f"level={level}")


def embed(folder: Path, *words: str) -> str:
    """Try to record 4.1.1 as embedded, and return what was refused."""
    ran = bscp(folder, "status", "4.1.1", "embedded", *words, "--reason", "It holds")
    return ran.err if ran.status == 1 else ""


def test_complete_needs_dated_evidence_and_the_rule_is_explained(folder: Path) -> None:
    refused = bscp(folder, "status", "4.1.3", "complete", "--reason", "Done")
    assert refused.status == 1
    assert "no dated evidence" in refused.err
    assert RULES["complete-needs-evidence"].means in refused.err
    done(folder, "status", "4.1.3", "complete", "--reason", "Done", "--evidence", "Minutes of 1 June 2026")


def test_evidence_that_serves_several_records_counts_for_each(folder: Path) -> None:
    done(folder, "add", "evidence", "title=Evaluation", "date=1 June 2026", "supports=4.1.3; 4.1.4", "ref=EV-0001")
    done(folder, "status", "4.1.3", "complete", "--reason", "Evaluated")
    done(folder, "status", "4.1.4", "complete", "--reason", "Evaluated")
    assert bscp(folder, "status", "4.1.5", "complete", "--reason", "Not this one").status == 1


def test_evidence_may_be_dated_up_to_the_day_on_which_it_is_recorded(folder: Path) -> None:
    ahead = bscp(folder, "set", "4.1.3", "--evidence", "Report", "--on", "2 July 2026", "--reason", "x")
    assert ahead.status == 1
    assert "still to come" in ahead.err
    done(folder, "set", "4.1.3", "--evidence", "Report", "--on", "1 July 2026", "--reason", "x")
    late = bscp(folder, "add", "evidence", "title=Plan", "date=2 July 2026", "supports=4.1.3")
    assert late.status == 1
    assert "still to come" in late.err


def test_embedded_needs_impact_and_a_confirmation_by_somebody_else(folder: Path) -> None:
    done(folder, "status", "4.1.1", "complete", "--reason", "Done", "--evidence", "Minutes")
    impact = ("--evidence", "impact: fewer boys came to harm")
    assert "shows impact" in embed(folder)
    assert "confirmed_by_group" in embed(folder, *impact)
    named = ("confirmed_by=Helen Kelly", "confirmed_at=Executive Board 8 July 2026")
    assert "nobody confirms their own work" in embed(folder, *impact, "confirmed_by_group=VRP", *named)
    assert embed(folder, *impact, "confirmed_by_group=Executive Board", *named) == ""
    shown = done(folder, "show", "4.1.1", "--format", "json").json
    assert (shown["status"], shown["confirmed_by"]) == ("embedded", "helen-kelly")
    assert shown["evidence"][-1]["shows"] == "impact"


def test_a_person_whose_post_lies_with_the_lead_does_not_confirm_its_work(folder: Path) -> None:
    done(folder, "add", "person", "title=Jo Green", "slug=jo-green")
    done(folder, "add", "row", "of=jo-green", "in=posts", "title=Analyst", "organisation=VRP")
    done(folder, "status", "4.1.1", "complete", "--reason", "Done", "--evidence", "Minutes")
    words = ("confirmed_by_group=Executive Board", "confirmed_by=Jo Green", "confirmed_at=x", "--evidence", "impact: y")
    assert "Jo Green leads it" in embed(folder, *words)


def test_a_confirmation_that_was_wrong_already_stands_in_no_other_changes_way(folder: Path) -> None:
    place = folder / RECORD
    text = place.read_text(encoding="utf-8")
    row = text.index("[[key_actions]]") + len("[[key_actions]]\n")
    place.write_text(
        f'{text[:row]}confirmed_by_group = "violence-reduction-partnership"\n{text[row:]}', encoding="utf-8"
    )
    git(folder, "commit", "-qam", "By hand")
    done(folder, "set", "4.1.1", "update=The team has begun.", "--reason", "Heard")
    raised = bscp(folder, "check", "--format", "json").json
    assert "confirmed-by-another" in {query["rule"] for query in raised if query["ref"] == "2025-27/4.1.1"}
    done(folder, "set", "4.1.1", "confirmed_by_group=Executive Board", "--reason", "It was the board")
    assert "nobody confirms" in bscp(folder, "set", "4.1.1", "confirmed_by_group=VRP", "--reason", "x").err


def test_what_is_superseded_names_what_takes_its_place(folder: Path) -> None:
    assert bscp(folder, "status", "4.1.3", "superseded", "--reason", "Merged").status == 1
    unknown = bscp(folder, "status", "4.1.3", "superseded", "superseded_by=4.2.77", "--reason", "Merged")
    assert unknown.status == 2
    assert "Superseded by" in unknown.err
    assert "2025-27/4.2.1" in unknown.err
    done(folder, "status", "4.1.3", "superseded", "superseded_by=4.2.1", "--reason", "Merged")
    named_by = done(folder, "show", "4.2.1", "--format", "json").json["linked_from"]
    assert [(link["ref"], link["field"]) for link in named_by] == [("2025-27/4.1.3", "superseded_by")]


def test_a_colour_needs_a_legend_that_the_plan_has_adopted(folder: Path) -> None:
    refused = bscp(folder, "set", "4.1", "rag=amber", "--reason", "Slow")
    assert refused.status == 1
    assert "adopted no RAG legend" in refused.err
    done(folder, "add", "row", "of=2025-27", "in=legend", "rag=amber", "means=Progressing, not yet there")
    done(folder, "set", "4.1", "rag=amber", "--reason", "Slow")
    assert "not in its plan's legend" in bscp(folder, "set", "4.1", "rag=blue", "--reason", "x").err


def test_a_date_outside_the_plan_is_recorded_with_a_warning_or_refused(folder: Path) -> None:
    words = ("set", "4.1.3", "target=1 May 2027", "--reason", "Slipped", "--decided-at", "Executive Board")
    warned = done(folder, *words)
    assert "outside its plan" in warned.err
    strictness(folder, "target-within-plan", "refuse")
    assert bscp(folder, "set", "4.1.4", *words[2:]).status == 1


def test_a_limit_on_revisions_is_the_registers_own(folder: Path) -> None:
    for month in ("April", "May"):
        done(folder, "set", "4.1.3", f"target=30 {month} 2026", "--reason", "Slipped", "--decided-at", "Board")
    strictness(folder, "revisions-at-most", "refuse")
    done(folder, "set", "register.revisions-at-most", "limit=2", "--reason", "The board decided so")
    refused = bscp(folder, "set", "4.1.3", "target=30 June 2026", "--reason", "Again", "--decided-at", "Board")
    assert refused.status == 1
    assert "3th time" not in refused.err
    assert "3 times" in refused.err


def test_a_rule_that_is_off_is_not_held_to(folder: Path) -> None:
    strictness(folder, "complete-needs-evidence", "off")
    done(folder, "status", "4.1.3", "complete", "--reason", "Done")


def test_a_misprint_is_corrected_beside_the_printed_date_and_is_no_slippage(folder: Path) -> None:
    words = ("set", "4.1.2", "target=31 March 2026", "--correct", "The board's paper", "--reason", "Misprinted year")
    assert "corrected to 31 March 2026 (printed 31 March 2025)" in done(folder, *words).out
    row = done(folder, "show", "4.1.2", "--format", "json").json
    assert (row["target"], row["original_target"], row["due"]) == ("2025-03-31", "2026-03-31", "2026-03-31")
    assert (row["revised"], row["days_late_original"]) == (0, 92)
    assert row["corrections"][0]["according_to"] == "The board's paper"


@pytest.mark.parametrize("table", ["revisions", "corrections"])
def test_slippage_cannot_be_taken_away_again(folder: Path, table: str) -> None:
    correct = ("--correct", "Paper") if table == "corrections" else ()
    done(folder, "set", "4.1.3", "target=30 June 2026", *correct, "--reason", "x", "--decided-at", "Board")
    row = done(folder, "show", "4.1.3", "--format", "json").json[table][0]["id"]
    refused = bscp(folder, "set", "4.1.3", f"{table}.{row}=", "--reason", "Hide it")
    assert refused.status == 1
    assert "stays" in refused.err


def test_every_rule_of_the_starter_register_is_one_that_there_is(folder: Path) -> None:
    rows = done(folder, "list", "rule", "--format", "json").json
    assert {row["id"] for row in rows} <= set(RULES)
    assert all(row["means"] for row in rows)
