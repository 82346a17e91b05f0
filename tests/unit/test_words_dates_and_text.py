"""Dates, text and words as people write and read them."""

import datetime as dt
import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bscp_tui.model.dates import DateError, in_short, in_words, read_date
from bscp_tui.model.entry import quoted, reason_of, trailers_of
from bscp_tui.model.text import TypedTextError, one_line, shown, typed


@pytest.mark.parametrize(
    "text",
    [
        "31 March 2026",
        "31 Mar 2026",
        "31st March 2026",
        "31/03/2026",
        "31.03.2026",
        "31/3/26",
        "2026-03-31",
        " 31 march, 2026 ",
    ],
)
def test_dates_are_read_as_people_write_them(text: str) -> None:
    assert read_date(text) == dt.date(2026, 3, 31)


@pytest.mark.parametrize(
    "text", ["31 February 2026", "30/02/2026", "2026-13-01", "31 Ma 2026", "03-31-2026", "", "soon"]
)
def test_impossible_dates_are_refused_with_an_example(text: str) -> None:
    with pytest.raises(DateError, match="31 March 2026"):
        read_date(text)


@given(st.dates(min_value=dt.date(1900, 1, 1)))
def test_a_date_in_words_is_read_back(day: dt.date) -> None:
    assert read_date(in_words(day)) == read_date(in_short(day)) == day


def test_no_character_there_is_acts_or_hides_when_it_is_shown() -> None:
    hidden = {"Cc", "Cf", "Cs", "Zl", "Zp", "Co", "Cn"}
    every = "".join(map(chr, range(sys.maxunicode + 1)))
    left = {character for character in shown(every) if unicodedata.category(character) in hidden}
    assert left == {"\n", "\u200c", "\u200d"}
    assert "\n" not in one_line(every)


@given(st.text(alphabet=st.characters(categories=["L", "N", "P", "S", "Zs"]), max_size=40))
def test_ordinary_text_is_shown_as_it_is(text: str) -> None:
    assert shown(text) == text


@pytest.mark.parametrize("character", ["\x00", "\x1b", "\x7f", "\x9b", "\u202e", "\u2066"])
def test_text_that_a_terminal_would_obey_is_not_recorded(character: str) -> None:
    with pytest.raises(TypedTextError, match="U\\+"):
        typed(f"a{character}b")


def test_line_ends_and_accents_are_recorded_in_one_way() -> None:
    assert typed("a\r\nb\rc\u2028d") == "a\nb\nc\nd"
    assert typed("Cafe\u0301") == "Café"
    assert typed("family \U0001f468\u200d\U0001f469") == "family \U0001f468\u200d\U0001f469"


@given(st.text(max_size=200))
def test_what_people_type_can_be_no_trailer(text: str) -> None:
    message = f"Sentence\n\n{quoted(text)}\n\nEntry: aaaa-bbbb\n"
    assert trailers_of(message) == {"Entry": ["aaaa-bbbb"]}
    lines = message.split("\n")[2:-3]
    assert all(line.startswith(">") for line in lines)


def test_a_reason_is_read_back_as_it_was_given() -> None:
    assert reason_of(f"Sentence\n\n{quoted('One.' + chr(10) + chr(10) + 'Two.')}\n\nEntry: a\n") == "One.\n\nTwo."
