"""What people type into a field becomes the value that the register holds."""

import datetime as dt

import pytest

from bscp_tui.model.action import Action, KeyAction
from bscp_tui.model.bodies import Agency
from bscp_tui.model.fields import FieldFacts, fields_of
from bscp_tui.model.plan import Priority
from bscp_tui.model.reading import ValueReadError, read_value

TODAY = dt.date(2026, 11, 22)


class Bodies:
    """The register's bodies, as far as these tests need them."""

    def reference(self, text: str, kinds: tuple[str, ...] = ()) -> str | None:
        """Know one agency."""
        return {"WMP": "west-midlands-police"}.get(text) if "agency" in kinds else None

    def nearest(self, text: str, kinds: tuple[str, ...] = ()) -> tuple[str, ...]:
        """Mean that one."""
        return ("west-midlands-police",) if text and kinds else ()


def read(facts: FieldFacts, text: str) -> object:
    return read_value(facts, text, today=TODAY, finder=Bodies())


def test_choices_are_read_with_spaces_or_hyphens_in_any_case() -> None:
    status = fields_of(KeyAction)["status"]
    assert read(status, "In progress") == read(status, "in-progress") == read(status, " IN_PROGRESS ") == "in-progress"


def test_an_unknown_choice_lists_the_allowed_ones() -> None:
    with pytest.raises(ValueReadError, match=r"Progress: “done” is not one of: not started, in progress") as caught:
        read(fields_of(KeyAction)["status"], "done")
    assert "complete" in caught.value.allowed
    assert caught.value.field == "status"


def test_dates_are_read_as_people_write_them_and_impossible_ones_are_refused() -> None:
    target = fields_of(KeyAction)["target"]
    assert read(target, "31/03/2026") == read(target, "31 March 2026") == dt.date(2026, 3, 31)
    assert read(target, "today") == TODAY
    with pytest.raises(ValueReadError, match="Target: “31 June 2026” is not in the calendar"):
        read(target, "31 June 2026")


def test_lists_are_separated_by_semicolons_or_by_line_ends() -> None:
    outcomes = fields_of(Action)["outcomes"]
    assert read(outcomes, "safer; heard ;") == ("safer", "heard")
    assert read(outcomes, "safer; sooner\nheard\n") == ("safer; sooner", "heard")


def test_numbers_are_separated_by_commas_or_spaces() -> None:
    years = fields_of(Action)["years"]
    assert read(years, "1, 2") == read(years, "1 2") == (1, 2)
    with pytest.raises(ValueReadError, match="Years: “two” is not a whole number"):
        read(years, "1 two")


def test_a_flag_is_yes_or_no() -> None:
    flag = fields_of(Agency)["out_of_area"]
    assert read(flag, "Yes") is True
    assert read(flag, "no") is False
    with pytest.raises(ValueReadError, match="neither yes nor no"):
        read(flag, "perhaps")


def test_a_body_is_found_by_its_name_or_refused() -> None:
    officer = fields_of(Priority)["senior_responsible_officer"]
    assert read(officer, " WMP ") == "west-midlands-police"
    with pytest.raises(ValueReadError, match="no agency, group or person “Nobody”"):
        read(officer, "Nobody")


@pytest.mark.parametrize("empty", ["", "  ", "none", "None"])
def test_nothing_or_none_unsets_a_field_that_may_be_unset(empty: str) -> None:
    assert read(fields_of(KeyAction)["update"], empty) is None
    assert read(fields_of(Action)["outcomes"], empty) is None
    with pytest.raises(ValueReadError, match="Title: it is needed"):
        read(fields_of(KeyAction)["title"], empty)


def test_text_is_kept_as_typed_but_for_what_a_terminal_obeys() -> None:
    assert read(fields_of(KeyAction)["update"], " 007 | 1e5\n[sic] ") == " 007 | 1e5\n[sic] "
    with pytest.raises(ValueReadError, match="Update on progress: character 2"):
        read(fields_of(KeyAction)["update"], "a\x1b[2J")
    with pytest.raises(ValueReadError, match="Title: must be one line"):
        read(fields_of(KeyAction)["title"], "two\nlines")


def test_tables_are_changed_by_commands_of_their_own() -> None:
    with pytest.raises(ValueReadError, match="commands of its own"):
        read(fields_of(KeyAction)["evidence"], "x")
