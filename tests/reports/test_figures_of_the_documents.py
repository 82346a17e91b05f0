"""The figures that the two published documents print, as the reports of the starter register give them."""

from tests.reports.conftest import Make, fact, rows_of


def test_appendix_3_has_its_lines_its_total_and_its_shares(made: Make) -> None:
    report = made("learning-by-agency")
    *lines, total = rows_of(report, "By owners, as published")
    assert len(lines) == 40
    assert [total[name] for name in ("total", "completed", "pending", "overdue")] == [123, 99, 24, 0]
    first = {str(row["agency"]): [row["total"], row["completed"], row["pending"], row["overdue"]] for row in lines}
    assert first["BSCP"] == [33, 29, 4, 0]
    assert first["BCT"] == [11, 10, 1, 0]
    assert first["RSPG"] == [3, 0, 3, 0]
    assert any("80 % completed, 20 % pending, 0 % overdue" in note for note in report.notes)


def test_appendix_2_has_68_modules(made: Make) -> None:
    report = made("training")
    assert fact(report, "modules") == 68
    modules = {row["ref"]: row["modules"] for row in rows_of(report, "Courses")}
    assert len(modules) == 16
    assert max(int(str(count)) for count in modules.values()) == 23


def test_the_plan_for_2023_25_sets_out_49_actions_in_four_priorities(made: Make) -> None:
    report = made("progress", plan="2023-25")
    assert fact(report, "actions") == 49
    tables = report.sections[1].tables
    assert len(tables) == 4
    assert len(tables[0].rows) == 14
    assert sum(len(table.rows) for table in tables) == 49


def test_the_budget_of_2024_25_is_told_with_what_was_carried_in(made: Make) -> None:
    [year] = rows_of(made("budget"), "Years")
    assert (year["set"], year["carried_in"], year["allocated"]) == (929371, 207786, 120037)


def test_the_delivery_plan_of_2025_27_has_44_key_actions_in_11_rows(made: Make) -> None:
    report = made("delivery-plan")
    assert (fact(report, "actions"), fact(report, "key_actions")) == (11, 44)
