"""Figures and money: typed as people write them, kept as numbers, told with thousands apart."""

import datetime as dt
from typing import ClassVar

import pytest
from pydantic import ValidationError

from bscp_tui.model.amendment import explained
from bscp_tui.model.fields import Amount, Money, Shape, asked, fields_of
from bscp_tui.model.reading import ValueReadError, read_value
from bscp_tui.model.record import Part
from bscp_tui.model.words import figure_in_words


class Nobody:
    """A register without records."""

    found: ClassVar[None] = None

    def reference(self, text: str, kinds: tuple[str, ...] = ()) -> str | None:
        """Find nothing."""
        del text, kinds
        return self.found

    def nearest(self, text: str, kinds: tuple[str, ...] = ()) -> tuple[str, ...]:
        """Mean nothing."""
        del text, kinds
        return ()


class Sums(Part):
    """A figure and an amount of money."""

    figure: Amount | None = asked("Figure")
    money: Money | None = asked("Money")


def read(name: str, text: str) -> object:
    return read_value(fields_of(Sums)[name], text, today=dt.date(2026, 7, 1), finder=Nobody())


@pytest.mark.parametrize(
    ("text", "value"),
    [("1905", 1905), ("1,905", 1905), ("4.43", 4.43), ("68.0", 68), ("-3", -3), ("1,140,000", 1140000), ("0", 0)],
)
def test_a_figure_is_read_as_people_write_it_and_a_whole_one_stays_whole(text: str, value: float) -> None:
    found = read("figure", text)
    assert found == value
    assert type(found) is type(value)


@pytest.mark.parametrize(
    "text", ["68%", "£5", "1,90", "19,05", "1e5", "nan", "inf", "about 60", "1.2.3", "١٢", "1 905"]
)
def test_a_figure_with_a_unit_or_in_no_known_form_is_refused(text: str) -> None:
    with pytest.raises(ValueReadError, match=r"Figure: .* is not a number"):
        read("figure", text)


@pytest.mark.parametrize(
    ("text", "value"),
    [("£929,371", 929371), ("67931.50", 67931.5), ("-£12", -12), ("£ 1,000.05", 1000.05), ("120037", 120037)],
)
def test_money_is_read_with_its_sign_or_without(text: str, value: float) -> None:
    assert read("money", text) == value


@pytest.mark.parametrize("text", ["£12.345", "$5", "12p", "£1,00", "free"])
def test_what_is_no_amount_in_pounds_is_refused(text: str) -> None:
    with pytest.raises(ValueReadError, match=r"Money: .* is not an amount in pounds"):
        read("money", text)


def test_money_and_figures_are_told_with_thousands_apart() -> None:
    assert figure_in_words(929371, Shape.MONEY) == "£929,371"
    assert figure_in_words(-1000.5, Shape.MONEY) == "-£1,000.50"
    assert figure_in_words(16992, Shape.AMOUNT) == "16,992"
    assert figure_in_words(4.43, Shape.AMOUNT) == "4.43"


@pytest.mark.parametrize("value", [float("nan"), float("inf"), "68", True])
def test_a_file_that_holds_no_number_there_is_explained_once(value: object) -> None:
    with pytest.raises(ValidationError) as caught:
        Sums.model_validate({"figure": value})
    assert explained(caught.value) == f"figure: must be a number, is {value!r}"
