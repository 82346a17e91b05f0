"""Findings lead somewhere, questions are answered, and the chain says where it breaks."""

from tests.core.conftest import Tell


def audit(tell: Tell) -> None:
    """Add AU-0001 with two findings for improvement and one of good practice, and a theme."""
    tell("add", "theme", "title=Information sharing", "key_messages=Never assume that others know")
    assert tell("add", "audit", "ref=AU-0001", "title=Neglect", "year=2025/26", "status=reported").status == 0
    for title in ("Outcomes of meetings are not shared", "Plans are not reviewed"):
        tell("add", "finding", "audit=AU-0001", f"title={title}", "theme=Information sharing")
    tell("add", "finding", "audit=AU-0001", "title=Good joint work", "type=good-practice")


def test_every_finding_for_improvement_leads_somewhere_before_the_audit_goes_on(tell: Tell) -> None:
    audit(tell)
    refused = tell("status", "AU-0001", "actions", "--reason", "Agreed")
    assert refused.status == 1
    assert "AU-0001.1, AU-0001.2 lead to nothing" in refused.err
    tell(
        "add", "action-point", "ref=AP-0001", "title=Share outcomes", "owner=CT", "target=1/9/2026", "origin=AU-0001.1"
    )
    tell("set", "AU-0001.1", "leads_to=AP-0001", "--reason", "Agreed")
    tell("set", "AU-0001.2", "no_action=The new plan covers it", "--reason", "Agreed")
    assert tell("status", "AU-0001", "actions", "--reason", "Agreed").status == 0


def test_the_chain_says_where_it_breaks(tell: Tell) -> None:
    audit(tell)
    tell("add", "action-point", "ref=AP-0001", "title=Share outcomes", "owner=CT", "origin=AU-0001.1")
    tell("set", "AU-0001.2", "no_action=The new plan covers it", "--reason", "Agreed")
    tell("add", "audit", "ref=AU-0002", "title=Neglect again", "re_audit_of=AU-0001")
    rows = tell("report", "chain", "--format", "json").json["tables"][0]["rows"]
    assert [(row["ref"], row["action"], row["re_audit"], row["breaks"]) for row in rows] == [
        ("AU-0001.1", ["AP-0001"], ["AU-0002"], "no training"),
        ("AU-0001.2", [], ["AU-0002"], "ends with a reason"),
    ]


def test_themes_are_counted_across_audits_and_sources(tell: Tell) -> None:
    audit(tell)
    tell("add", "learning-point", "text=x", "agencies=POL", "themes=information-sharing")
    tables = tell("report", "themes", "--format", "json").json["tables"]
    assert tables[0]["rows"] == [
        {"ref": "information-sharing", "theme": "Information sharing", "audits": 1, "findings": 2}
    ]
    assert [list(row.values())[1:] for row in tables[2]["rows"]] == [
        ["findings", "2025/26", 2],
        ["learning points", "not dated", 1],
    ]


def test_themes_are_suggested_from_the_records_that_a_text_resembles(tell: Tell) -> None:
    audit(tell)
    found = tell("suggest", "Outcomes of strategy meetings were not shared", "--format", "json").json
    assert found[0]["theme"] == "information-sharing"
    assert "AU-0001.1" in found[0]["because"]
    added = tell("add", "learning-point", "text=The outcomes of meetings were not shared", "agencies=CT")
    assert "themes=information-sharing" in added.err
    assert tell("suggest", "Zebras graze", "--format", "json").json == []


def test_a_question_stands_beside_its_record_and_is_chased_until_it_is_replied_to(tell: Tell) -> None:
    audit(tell)
    asked = ("about=AU-0001", "text=What changed for children?", "owner=CT", "due=1 June 2026")
    assert tell("add", "question", "ref=Q-0001", *asked).status == 0
    linked = tell("show", "AU-0001", "--format", "json").json["linked_from"]
    assert ("Q-0001", "about") in [(link["ref"], link["field"]) for link in linked]
    chased = tell("report", "chase", "--format", "json").json["tables"]
    assert [row["overdue"] for row in chased[0]["rows"] if row["party"] == "Children's Trust"] == [1]
    assert tell("status", "Q-0001", "replied", "--reason", "Answered").status == 1
    assert (
        tell("status", "Q-0001", "replied", "reply=Fewer re-referrals", "replied=1/7/2026", "--reason", "x").status == 0
    )
    assert tell("report", "chase", "--format", "json").json["overdue"] == 0


def test_a_question_about_nothing_is_refused(tell: Tell) -> None:
    refused = tell("add", "question", "about=AU-9999", "text=Why?")
    assert refused.status == 2
    assert "About" in refused.err


def test_scrutiny_closes_when_its_recommendations_are_closed(tell: Tell) -> None:
    tell("add", "scrutiny", "ref=IS-0001", "title=Neglect", "status=published")
    tell("add", "recommendation", "scrutiny=IS-0001", "text=Measure the difference made")
    assert "IS-0001.1 is still open" in tell("status", "IS-0001", "closed", "--reason", "Done").err
    tell("status", "IS-0001.1", "closed", "response=Agreed", "--reason", "Done")
    assert tell("status", "IS-0001", "closed", "--reason", "Done").status == 0


def test_returns_are_chased_and_their_grades_shared_out_by_year(tell: Tell) -> None:
    for number, grade in enumerate(("good", "inadequate", ""), start=1):
        words = [f"ref=RT-000{number}", "title=Section 11", "type=section-11", "agency=POL", "year=2025/26"]
        assert tell("add", "agency-return", *words, *([f"grade={grade}"] if grade else [])).status == 0
    shares = tell("report", "audits", "--format", "json").json["tables"][1]["rows"]
    assert shares == [{"year": "2025/26", "graded": 2, "good": 1, "share": 50}]


def test_a_link_is_shown_from_both_ends_and_can_be_taken_away(tell: Tell) -> None:
    audit(tell)
    assert tell("link", "AU-0001", "relates-to", "information-sharing", "--note", "Its main subject").status == 0
    seen = tell("show", "information-sharing", "--format", "json").json["linked_from"]
    assert ("AU-0001", "links", "relates to") in [(link["ref"], link["field"], link["said"]) for link in seen]
    row = tell("show", "AU-0001", "--format", "json").json["links"][0]
    assert tell("set", "AU-0001", f"links.{row['id']}=", "--reason", "A mistake").status == 0
    assert tell("show", "AU-0001", "--format", "json").json["links"] == []
    wrong = tell("link", "AU-0001", "likes", "information-sharing")
    assert wrong.status == 2
    assert "leads to" in wrong.err
