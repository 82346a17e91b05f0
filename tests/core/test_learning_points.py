"""Learning points: a line for each owner, closed when all are settled and shown by evidence."""

from tests.core.conftest import Tell


def point(tell: Tell, *words: str) -> None:
    """Add LP-0001 with two owners."""
    assert tell("add", "learning-point", "ref=LP-0001", "text=Confirm that a referral arrived",
                "agencies=CT; POL", *words).status == 0  # fmt: skip


def test_each_owner_has_a_line_the_accountable_one_first(tell: Tell) -> None:
    point(tell)
    lines = tell("list", "owner-line", "--format", "json").json
    assert [(line["ref"], line["agency"], line["accountable"]) for line in lines] == [
        ("LP-0001.1", "trust", True),
        ("LP-0001.2", "police", False),
    ]
    row = tell("show", "lp-0001", "--format", "json").json
    assert (row["agencies"], row["joint"], row["path"]) == (
        ["trust", "police"],
        True,
        "records/learning/00/LP-0001.toml",
    )


def test_it_is_completed_when_every_owner_has_settled_with_evidence(tell: Tell) -> None:
    point(tell)
    early = tell("status", "LP-0001", "completed", "--reason", "Done", "--evidence", "Audit of June 2026")
    assert early.status == 1
    assert "Children's Trust, The Police has not settled" in early.err
    assert tell("status", "LP-0001.1", "done", "--reason", "Done", "--evidence", "Audit").status == 0
    assert tell("status", "LP-0001.2", "no-longer-applicable", "--reason", "Merged into another").status == 0
    assert tell("status", "LP-0001", "completed", "--reason", "All settled").status == 0
    row = tell("show", "LP-0001", "--format", "json").json
    assert (row["status"], row["open"], row["leads"]) == ("completed", False, [])


def test_without_dated_evidence_it_is_not_completed(tell: Tell) -> None:
    point(tell)
    for line in ("LP-0001.1", "LP-0001.2"):
        tell("status", line, "not-accepted", "--reason", "Out of remit")
    refused = tell("status", "LP-0001", "completed", "--reason", "Nobody accepts it")
    assert refused.status == 1
    assert "dated evidence" in refused.err


def test_it_is_overdue_only_with_a_target(tell: Tell) -> None:
    point(tell)
    assert tell("list", "learning-point", "overdue=yes", "--format", "json").json == []
    tell("set", "LP-0001", "target=30 June 2026", "--reason", "Agreed")
    row = tell("list", "learning-point", "overdue=yes", "--format", "json").json[0]
    assert (row["days_late"], row["timeliness"]) == (1, "1 day late")


def test_owners_that_stay_keep_their_lines_when_others_come_or_go(tell: Tell) -> None:
    point(tell)
    tell("status", "LP-0001.2", "accepted", "--reason", "Agreed")
    tell("add", "agency", "title=Somewhere SCP", "slug=somewhere", "out_of_area=yes")
    assert tell("set", "LP-0001", "agencies=POL; Somewhere SCP", "--reason", "The Trust is not concerned").status == 0
    lines = tell("list", "owner-line", "--format", "json").json
    assert [(line["number"], line["agency"], line["status"]) for line in lines] == [
        (1, "police", "accepted"),
        (2, "somewhere", "asked"),
    ]
    assert tell("show", "LP-0001", "--format", "json").json["out_of_area"] is True


def test_a_joint_point_stands_under_each_owner_and_counts_once(tell: Tell) -> None:
    point(tell)
    tell("add", "learning-point", "ref=LP-0002", "text=Another", "agencies=POL")
    tables = tell("report", "learning-by-agency", "--format", "json").json["tables"]
    assert [[row["agency"], row["total"]] for row in tables[0]["rows"]] == [
        ["Children's Trust; The Police", 1],
        ["The Police", 1],
        ["Total", 2],
    ]
    assert [[row["agency"], row["total"]] for row in tables[1]["rows"]] == [
        ["Children's Trust", 1],
        ["The Police", 2],
        ["All points, each once", 2],
    ]


def test_an_unknown_owner_is_named_with_the_nearest(tell: Tell) -> None:
    refused = tell("add", "learning-point", "text=x", "agencies=CT; The Polise")
    assert refused.status == 2
    assert "Owners" in refused.err
    assert "police" in refused.err


def test_a_published_status_is_spared_the_evidence_until_it_is_recorded_here(tell: Tell, empty_folder) -> None:  # type: ignore[no-untyped-def]  # noqa: ANN001
    point(tell)
    path = empty_folder / "records/learning/00/LP-0001.toml"
    told = 'status = "completed"\nstatus_basis = "as-published"'
    path.write_text(path.read_text().replace('status = "pending"', told))
    assert tell("set", "LP-0001", "--by-hand", "--reason", "As the annual report counts it").status == 0
    assert tell("status", "LP-0001", "pending", "--reason", "Looked at again").status == 0
    assert tell("show", "LP-0001", "--format", "json").json["status_basis"] is None
    assert tell("status", "LP-0001", "completed", "--reason", "As before").status == 1
