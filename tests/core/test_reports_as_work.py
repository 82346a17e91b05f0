"""A report is written in sections, signed off, published, presented and, where it erred, corrected."""

from tests.core.conftest import Tell


def report(tell: Tell, *values: str) -> None:
    """Add RP-0001, a yearly report with one section that the Trust writes."""
    assert tell("add", "report", "ref=RP-0001", "title=Yearly Report 2025/26", "due=30/9/2026", *values).status == 0
    added = tell("add", "report-section", "report=RP-0001", "title=Learning", "author=CT", "due=1/6/2026")
    assert added.status == 0, added.err


def sign(tell: Tell, *parties: str) -> None:
    for party in parties:
        added = tell("add", "row", "of=RP-0001", "in=sign_offs", f"party={party}", "signed=20/6/2026", "--reason", "x")
        assert added.status == 0, added.err


def test_a_draft_is_the_partnerships_own_and_its_sections_are_chased_from_their_authors(tell: Tell) -> None:
    report(tell)
    assert tell("show", "RP-0001", "--format", "json").json["audience"] == "partnership"
    owed = tell("report", "chase", "--format", "json").json["tables"][1:]
    assert {(table["title"], row["ref"], row["state"]) for table in owed for row in table["rows"]} == {
        ("Children's Trust", "RP-0001.1", "30 days late"),
        ("Nobody named", "RP-0001", "to come"),
    }


def test_it_is_published_with_every_section_endorsed_three_sign_offs_and_its_day(tell: Tell) -> None:
    report(tell)
    tell("add", "agency", "title=The Council", "short_name=CC", "slug=council")
    publish = ("status", "RP-0001", "published", "published=30/6/2026", "--reason", "Out")
    assert "RP-0001.1 is not endorsed" in tell(*publish).err
    assert tell("status", "RP-0001.1", "endorsed", "endorsed=21/6/2026", "--reason", "Agreed").status == 0
    sign(tell, "CT", "POL")
    refused = tell(*publish)
    assert refused.status == 1
    assert "2 of 3 safeguarding partners" in refused.err
    twice = tell("add", "row", "of=RP-0001", "in=sign_offs", "party=CT", "signed=20/6/2026", "--reason", "x")
    assert twice.status == 1
    assert "stands twice" in twice.err
    sign(tell, "CC")
    undated = tell("status", "RP-0001", "published", "--reason", "Out")
    assert "the day of publication is not said" in undated.err
    assert tell(*publish).status == 0


def test_how_many_must_sign_is_for_the_partnership_to_say_and_only_a_yearly_report_is_signed(tell: Tell) -> None:
    tell("add", "report", "ref=RP-0002", "title=Board report", "type=board-report")
    assert tell("status", "RP-0002", "published", "published=30/6/2026", "--reason", "Out").status == 0
    tell("add", "report", "ref=RP-0003", "title=Yearly Report")
    allowed = tell("set", "register.report-needs-sign-offs", "limit=1", "--reason", "One signs for all")
    assert allowed.status == 0, allowed.err
    tell("add", "row", "of=RP-0003", "in=sign_offs", "party=CT", "signed=20/6/2026", "--reason", "x")
    assert tell("status", "RP-0003", "published", "published=30/6/2026", "--reason", "Out").status == 0


def test_what_is_published_is_corrected_by_an_erratum_and_never_a_draft_again(tell: Tell) -> None:
    tell("add", "report", "ref=RP-0002", "title=Board report", "type=board-report")
    assert "follows publication" in tell("status", "RP-0002", "erratum", "--reason", "Wrong").err
    tell("status", "RP-0002", "published", "published=30/6/2026", "--reason", "Out")
    assert "record an erratum" in tell("status", "RP-0002", "draft", "--reason", "Wrong").err
    assert "what was wrong is not said" in tell("status", "RP-0002", "erratum", "--reason", "Wrong").err
    wrong = ("add", "row", "of=RP-0002", "in=errata", "printed=100", "correct=99", "date=1/7/2026", "--reason", "Sum")
    assert tell(*wrong).status == 0
    assert tell("status", "RP-0002", "erratum", "--reason", "Sum").status == 0


def test_days_that_have_not_come_or_stand_in_the_wrong_order_are_refused(tell: Tell) -> None:
    report(tell)
    future = tell("set", "RP-0001", "endorsed=2/7/2026", "--reason", "x")
    assert "still to come" in future.err
    assert future.status == 1
    tell("set", "RP-0001", "endorsed=1/7/2026", "--reason", "x")
    order = tell("set", "RP-0001", "published=30/6/2026", "--reason", "x")
    assert "lies before" in order.err
    signed = tell("add", "row", "of=RP-0001", "in=sign_offs", "party=CT", "signed=2/7/2026", "--reason", "x")
    assert "still to come" in signed.err


def test_who_does_not_have_it_yet_is_counted(tell: Tell) -> None:
    report(tell)
    add = ("add", "row", "of=RP-0001", "in=recipients")
    tell(*add, "body=CT", "way=sent", "sent=1/7/2026", "--reason", "x")
    tell(*add, "body=POL", "way=presented", "as_told=in autumn", "--reason", "x")
    shown = tell("show", "RP-0001", "--format", "json").json
    assert (shown["recipients_open"], shown["sections_open"], shown["signed_off"]) == (1, 1, 0)
