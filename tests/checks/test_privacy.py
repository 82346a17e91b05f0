"""What looks like somebody's particulars, and what only looks a little like it."""

import datetime as dt
from pathlib import Path

import pytest

from bscp_tui.checks.privacy import signs

TODAY = dt.date(2026, 7, 1)
PROSE = Path(__file__).with_name("board_prose.txt")


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("NHS no 943 476 5919", "an NHS number"),
        ("number 9434765919.", "an NHS number"),
        ("Seen, 943 476 5919, at last", "an NHS number"),
        ("(9434765919)", "an NHS number"),
        ("943-476-5919 was seen", "an NHS number"),
        ("UPN H801200001001", "a unique pupil number"),
        ("He was born on 12 March 2015.", "a date of birth"),
        ("DOB: 12/03/2015", "a date of birth"),
        ("d.o.b. 12.3.15", "a date of birth"),
        ("2015-03-12 is the date of birth", "a date of birth"),
        ("a child aged 11 (12/03/2015)", "a date of birth"),
        ("lives at 12 Acacia Avenue, Birmingham B15 2TT", "a home's address"),
        ("Flat 3, 14 Mill Lane, B1 1BB", "a home's address"),
        ("call 0121 496 0123", "a telephone number"),
        ("mobile 07700 900123", "a telephone number"),
        ("+44 7700 900123", "a telephone number"),
        ("write to jo.bloggs@example.org", "an e-mail address"),
        ("Tyrell, aged 14, was seen", "a child's name beside an age"),
        ("Mia (7) and her brother", "a child's name beside an age"),
        ("Amira Khan, 9-year-old", "a child's name beside an age"),
        ("the 12-year-old boy Callum", "a child's name beside an age"),
        ("Jayden, 15, ran away", "a child's name beside an age"),
        ("Leo is seven years old", "a child's name beside an age"),
        ("Ruby was 9.", "a child's name beside an age"),
    ],
)
def test_it_is_seen(text: str, what: str) -> None:
    assert what in {sign.what for sign in signs(text, TODAY)}


@pytest.mark.parametrize(
    "text",
    [
        "The board met on 12 March 2015.", "943 476 5918", "Due 31/03/2026; agreed 14.05.2025.",
        "£929,371 and £207,786",
        "Children aged 10 to 14 in Birmingham", "pupils aged 5", "B15 2TT is the office's postcode",
        "Working Together 2023 (Part 3)", "Priority 4 (7)", "records/plans/2025-27/actions/4.1.toml", "LP-0042",
        "babies born between 1 April 2024 and 31 March 2025", "report on 31 March 2025, children aged 16",
        "48% of 2,300 children", "version 1.2.3", "9999999999", "section 47 (2)", "Figure 5 was 12.",
    ],
)  # fmt: skip
def test_it_stops_nobody(text: str) -> None:
    assert signs(text, TODAY) == []


def test_false_alarms_are_rare_in_ordinary_board_prose() -> None:
    sentences = [line for line in PROSE.read_text().splitlines() if line.strip()]
    assert len(sentences) >= 200
    stopped = [line for line in sentences if signs(line, TODAY)]
    assert stopped == []
