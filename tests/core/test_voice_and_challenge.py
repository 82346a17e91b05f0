"""Feedback is told back, challenges are replied to, promises are chased, and a figure says what it means."""

from tests.core.conftest import Tell


def show(tell: Tell, ref: str) -> dict[str, object]:
    """Return what a program reads of a record."""
    shown = tell("show", ref, "--format", "json")
    assert shown.status == 0, shown.err
    row: dict[str, object] = shown.json
    return row


def owed(tell: Tell) -> set[tuple[str, str, str]]:
    """Return who owes what, and how late it is."""
    tables = tell("report", "chase", "--format", "json").json["tables"][1:]
    return {(table["title"], row["ref"], row["state"]) for table in tables for row in table["rows"]}


def test_feedback_is_told_back_with_what_was_done_and_the_day(tell: Tell) -> None:
    added = tell("add", "feedback", "ref=FB-0001", "title=Conferences", "who=parents", "sample=12", "heard=1/6/2026",
                 "owner=CT", "due=20/6/2026")  # fmt: skip
    assert added.status == 0, added.err
    assert owed(tell) == {("Children's Trust", "FB-0001", "11 days late")}
    refused = tell("status", "FB-0001", "told-back", "--reason", "Letter")
    assert (refused.status, "response=TEXT (what was done), told_back=DATE" in refused.err) == (1, True)
    early = tell("status", "FB-0001", "told-back", "response=New room", "told_back=31/5/2026", "--reason", "Letter")
    assert "lies before" in early.err
    done = tell("status", "FB-0001", "told-back", "response=New room", "told_back=30/6/2026", "--reason", "Letter")
    assert done.status == 0, done.err
    assert show(tell, "FB-0001")["days_to_tell"] == 29
    assert owed(tell) == set()


def test_a_handful_of_people_is_not_made_public_unseen(tell: Tell) -> None:
    tell("add", "feedback", "ref=FB-0001", "title=Conferences", "who=children", "sample=4")
    warned = tell("set", "FB-0001", "audience=public", "--reason", "Yearly report")
    assert warned.status == 0
    assert "so few may be recognised" in warned.err
    assert tell("set", "FB-0001", "sample=-1", "--reason", "x").status == 1


def test_a_challenge_is_replied_to_in_words_and_its_promise_is_chased_until_it_is_kept(tell: Tell) -> None:
    tell("add", "challenge", "ref=CH-0001", "title=Home education", "raised_by=POL", "owner=CT", "raised=1/3/2026",
         "due=1/4/2026")  # fmt: skip
    assert show(tell, "CH-0001")["days_open"] == 122
    assert owed(tell) == {("Children's Trust", "CH-0001", "91 days late")}
    assert "reply is missing" in tell("status", "CH-0001", "replied", "--reason", "Letter").err
    assert "Record the reply first" in tell("status", "CH-0001", "assured", "--reason", "Letter").err
    tell("status", "CH-0001", "replied", "reply=More advisers", "replied=15/3/2026", "--reason", "Letter")
    tell("add", "commitment", "challenge=CH-0001", "text=18 advisers", "owner=CT", "due=1/6/2026")
    assert owed(tell) == {("Children's Trust", "CH-0001.1", "30 days late")}
    assert "CH-0001.1 is promised" in tell("status", "CH-0001", "assured", "--reason", "Board").err
    kept = tell("status", "CH-0001.1", "kept", "--evidence", "Staff list of June 2026", "--reason", "Seen")
    assert (kept.status, kept.err) == (0, "")
    assert (show(tell, "CH-0001")["days_to_reply"], show(tell, "CH-0001")["promises_open"]) == (14, 0)


def test_a_promise_that_became_an_action_point_is_chased_there_only(tell: Tell) -> None:
    tell("add", "challenge", "ref=CH-0001", "title=Home education", "reply=Yes", "status=replied")
    tell("add", "action-point", "ref=AP-0001", "title=18 advisers", "owner=CT", "target=1/6/2026")
    tell("add", "commitment", "challenge=CH-0001", "text=18 advisers", "owner=CT", "chased_as=AP-0001")
    assert owed(tell) == {("Children's Trust", "AP-0001", "30 days late")}


def test_nobody_challenges_itself_and_a_challenge_can_be_raised_again(tell: Tell) -> None:
    assert tell("add", "challenge", "title=x", "raised_by=CT; POL", "owner=CT").status == 1
    tell("add", "challenge", "ref=CH-0001", "title=x", "owner=CT", "reply=Soon", "status=replied")
    again = tell("status", "CH-0001", "re-raised", "due=1/9/2026", "--reason", "Nothing came")
    assert again.status == 0, again.err
    assert owed(tell) == {("Children's Trust", "CH-0001", "to come")}


def test_a_benchmark_counts_what_is_met_and_is_closed_when_every_position_is_known(tell: Tell) -> None:
    tell("add", "benchmark", "ref=BM-0001", "title=It's Silent", "owner=CT")
    for _ in range(2):
        tell("add", "benchmark-line", "benchmark=BM-0001")
    assert "BM-0001.1, BM-0001.2 is not recorded" in tell("status", "BM-0001", "closed", "--reason", "Done").err
    assert "stands is not said" in tell("status", "BM-0001.1", "met", "--reason", "Seen").err
    tell("status", "BM-0001.2", "not-met", "position=No adviser", "--reason", "Seen")
    row = show(tell, "BM-0001")
    assert (row["counted"], row["met"], row["not_assessed"]) == (2, 1, 0)
    assert tell("status", "BM-0001", "closed", "--reason", "Done").status == 0


def test_a_share_lies_within_the_whole_and_a_comparison_names_whose_it_is(tell: Tell) -> None:
    for wrong, said in (
        (("value=109", "unit=per-cent"), "per-cent-change"),
        (("value=32.5", "unit=per-cent", "compared_with=14.2"), "compared_to"),
        (("value=2%", "unit=per-cent"), "unit"),
        (("value=2", "unit=per-mille"), "per cent change"),
        (("value=2", "unit=number", "published=1/1/2027"), "still to come"),
    ):
        refused = tell("add", "statistic", "title=x", *wrong)
        assert refused.status in {1, 2}
        assert said in refused.err
    assert tell("add", "statistic", "ref=ST-0001", "title=x", "value=109", "unit=per-cent-change").status == 0
    assert show(tell, "ST-0001")["told"] == "+109%"


def test_a_reach_says_of_whom(tell: Tell) -> None:
    assert "reach_of" in tell("add", "communication", "title=Week", "type=campaign", "reach=1400").err
    tell("add", "communication", "ref=CM-0001", "title=Week", "type=campaign", "reach=1400", "reach_of=practitioners",
         "at_least=yes")  # fmt: skip
    assert show(tell, "CM-0001")["reached"] == "over 1,400 practitioners"


def test_a_milestone_is_late_as_an_action_is_and_a_second_day_is_a_revision(tell: Tell) -> None:
    tell("add", "milestone", "ref=MS-0001", "title=Evaluate", "target=31/10/2025", "owner=CT")
    tell("set", "MS-0001", "target=1/6/2026", "--reason", "Posts vacant", "--decided-at", "Board")
    row = show(tell, "MS-0001")
    assert (row["revised"], row["days_late"], row["days_late_original"], row["overdue"]) == (1, 30, 243, True)
    assert tell("status", "MS-0001", "complete", "--reason", "Done").status == 1


def test_a_term_goes_by_its_abbreviation_and_may_share_it_with_a_body(tell: Tell) -> None:
    tell("add", "group", "title=Risk conference", "short_name=MARAC", "slug=marac")
    added = tell("add", "term", "title=Multi-agency risk assessment conference", "short_name=MARAC")
    assert added.status == 0, added.err
    assert show(tell, "term/marac")["title"] == "Multi-agency risk assessment conference"
    assert show(tell, "marac")["kind"] == "group"
    tell("add", "term", "title=High risk", "slug=high-risk", "see=MARAC")
    assert show(tell, "term/high-risk")["see"] == ["term/marac"]
