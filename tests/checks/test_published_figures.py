"""Published figures against the records: the grammar of their questions, their date, and who accepted what."""

import datetime as dt
from pathlib import Path

import pytest

from bscp_tui.model.kinds import KINDS
from bscp_tui.model.questions import QuestionError, answer
from bscp_tui.store.register import open_register
from tests.checks.asking import TODAY, by_hand, queries, raised
from tests.cli.support import bscp, done
from tests.support import git


@pytest.mark.parametrize(
    ("question", "number"),
    [
        ("count learning-point", 123),
        ("count learning-point status=completed", 99),
        ("count learning-point status=completed minus count learning-point status=pending", 75),
        ("share learning-point status=completed", 99 * 100 / 123),
        ("share learning-point status=pending of owners_as_published=BSCP", 4 * 100 / 33),
        ("share count learning-point status=completed of count learning-point", 99 * 100 / 123),
        ("share 47 of count action plan=2023-25", 47 * 100 / 49),
        ("different learning-point.owners_as_published", 40),
        ("sum plan.revised", None),
        ("sum published-figure.figure part_of=PF-0026", 217),
        ("count learning-point owners_as_published='Contextual Safeguarding Board'", 13),
        ("3 plus 4 minus 0.5", 6.5),
    ],
)
def test_a_question_is_answered_from_the_records(folder: Path, question: str, number: float | None) -> None:
    snapshot = open_register(folder, TODAY).snapshot()
    if number is None:
        with pytest.raises(QuestionError):
            answer(question, snapshot, KINDS)
    else:
        assert answer(question, snapshot, KINDS).number == number


@pytest.mark.parametrize(
    "question",
    [
        "", "how many?", "count", "count nothing", "count action colour=blue", "sum action", "sum action.title",
        "share", "share action status=x of plan=2099-01", "count action plus", "count action 'open", "1 times 2",
        "sum published-figure.computed", "count published-figure agrees=no", "share 3 of 0", "count action due<soon",
    ],
)  # fmt: skip
def test_a_question_that_has_no_answer_says_what_is_allowed(folder: Path, question: str) -> None:
    with pytest.raises(QuestionError) as refused:
        answer(question, open_register(folder, TODAY).snapshot(), KINDS)
    assert len(str(refused.value)) > 20


def test_the_list_shows_what_was_published_what_the_records_say_and_the_difference(folder: Path) -> None:
    rows = {row["ref"]: row for row in done(folder, "list", "published-figure", "--format", "json").json}
    assert (rows["PF-0001"]["published"], rows["PF-0001"]["computed"], rows["PF-0001"]["agrees"]) == (49, 49, True)
    wrong = {ref: (row["published"], row["computed"], row["difference"]) for ref, row in rows.items()
             if row["agrees"] is False}  # fmt: skip
    assert wrong == {
        "PF-0007": (100, 99, 1), "PF-0008": (23, 24, -1), "PF-0009": (81, 80, 1), "PF-0010": (19, 20, -1),
        "PF-0021": (7, 11, -4), "PF-0026": (181, 217, -36), "PF-0033": (17, 16, 1),
    }  # fmt: skip


def test_check_raises_exactly_the_documents_own_errors(folder: Path) -> None:
    errors = {(query.rule, query.ref) for query in queries(folder) if query.severity == "error"}
    assert errors == {
        ("figure-against-records", "PF-0007"), ("figure-against-records", "PF-0008"),
        ("figure-against-records", "PF-0009"), ("figure-against-records", "PF-0010"),  # A1
        ("figures-disagree", "PF-0034"), ("figure-against-records", "PF-0033"),  # A2
        ("figure-against-records", "PF-0026"),  # A3
        ("target-before-plan", "2025-27/4.1.2"), ("target-before-plan", "2025-27/4.1.5"),  # B1
        ("events-disagree", "PF-0052"), ("events-disagree", "PF-0053"),  # B4
        ("no-lead", "2025-27/1.3.3"),  # D3
    }  # fmt: skip


def test_a_record_that_changes_by_hand_is_held_against_every_figure_that_counts_it(folder: Path) -> None:
    by_hand(folder, "records/learning/00/LP-0001.toml", 'status = "completed"', 'status = "pending"')
    assert {"PF-0012", "PF-0013", "PF-0015"} <= {query.ref for query in raised(folder, "figure-against-records")} | {
        "PF-0015"
    }
    assert {query.ref for query in raised(folder, "figure-against-records")} >= {"PF-0012", "PF-0013"}


def test_what_is_recorded_later_changes_no_figure_of_before(folder: Path) -> None:
    place = by_hand(folder, "records/learning/00/LP-0001.toml", 'status = "completed"', 'status = "pending"')
    later = (dt.datetime.now().astimezone() + dt.timedelta(days=2)).isoformat()
    git(folder, "commit", "-qm", "Later", str(place.relative_to(folder)), GIT_COMMITTER_DATE=later)
    wrong = {query.ref for query in raised(folder, "figure-against-records")}
    assert wrong == {"PF-0007", "PF-0008", "PF-0009", "PF-0010", "PF-0021", "PF-0026", "PF-0033"}


def test_small_counts_are_raised_alone_by_what_is_left_and_across_editions(empty_folder: Path) -> None:
    def figure(title: str, number: int, *more: str) -> str:
        words = [f"title={title}", f"figure={number}", "of_people=yes", "place=page 1", *more]
        done(empty_folder, "add", "published-figure", *words, "--reason", "Published.")
        rows = done(empty_folder, "list", "published-figure", "--format", "json").json
        return str(next(row["ref"] for row in rows if row["title"] == title))

    total = figure("children seen", 20, "as_at=2026-03-31", "subject=seen")
    figure("girls seen", 17, f"part_of={total}")
    later = figure("children seen later", 22, "as_at=2026-06-30", "subject=seen")
    few = figure("children moved", 3)
    found = {(query.ref, query.severity) for query in raised(empty_folder, "small-count")}
    assert found == {(total, "warning"), (few, "warning"), (later, "info")}


def test_an_acceptance_is_shown_counts_until_its_day_and_the_query_comes_back(folder: Path) -> None:
    words = ["title=no-lead", "about=1.3.3", "reason=The board names somebody in May.", "--reason", "Agreed."]
    refused = bscp(folder, "add", "acceptance", *words)
    assert refused.status == 1
    assert "acceptance-ends" in refused.err
    done(folder, "add", "acceptance", *words, "until=2026-09-30")

    def of_lead(today: dt.date) -> list[str | None]:
        return [query.accepted for query in queries(folder, today) if query.ref == "2025-27/1.3.3"
                and query.rule == "no-lead"]  # fmt: skip

    (said,) = of_lead(dt.date(2026, 9, 30))
    assert said is not None
    assert said.startswith("accepted until 30 September 2026: The board names somebody in May.")
    assert of_lead(dt.date(2026, 10, 1)) == [None]
    rows = bscp(folder, "check", "no-lead", "2025-27/1.3.3", "--format", "json")
    assert [row["accepted"] is not None for row in rows.json if row["severity"] == "error"] == [True]
    assert bscp(folder, "check", "2025-27/1.3.3").status == 0


def test_what_was_published_so_stands_for_good(folder: Path) -> None:
    for ref in ("PF-0007", "PF-0008"):
        done(folder, "add", "acceptance", "title=figure-against-records", f"about={ref}", "published_so=yes",
             "reason=Erratum on the website.", "--reason", "Noted.")  # fmt: skip
    found = {query.ref: query.accepted for query in queries(folder, dt.date(2036, 1, 1))
             if query.rule == "figure-against-records"}  # fmt: skip
    assert found["PF-0007"] is not None
    assert found["PF-0009"] is None
