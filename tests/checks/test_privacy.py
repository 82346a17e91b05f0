"""What looks like somebody's particulars, and what only looks a little like it."""

import datetime as dt
import hashlib
from pathlib import Path

import pytest

from bscp_tui.checks.privacy import signs
from tests.checks.asking import by_hand
from tests.cli.support import bscp, done
from tests.support import git

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
        ("NHS 943.476.5919", "an NHS number"),
        ("943\u00a0476\u00a05919", "an NHS number"),
        ("943  476  5919", "an NHS number"),
        ("upn H 8012 0000 1001", "a unique pupil number"),
        ("born 3.4.2015", "a date of birth"),
        ("DOB 2015/04/03", "a date of birth"),
        ("d o b 03/04/15", "a date of birth"),
        ("date-of-birth 3 Apr 2015", "a date of birth"),
        ("born April 3, 2015", "a date of birth"),
        ("born on the 3rd of April 2015", "a date of birth"),
        ("at 12 Acacia Avenue, Handsworth, Birmingham b15 2tt", "a home's address"),
        ("She lives with an aunt at 14 Mill Lane.", "a home's address"),
        ("+44 (0)7700 900123", "a telephone number"),
        ("0044 7700 900123", "a telephone number"),
        ("(0121) 496 0123", "a telephone number"),
        ("the lead (jo.bloggs@example.org) replied", "an e-mail address"),
        ("jo.bloggs [at] example.org", "an e-mail address"),
        ("Sophie, age 7", "a child's name beside an age"),
        ("Tyler is aged 7", "a child's name beside an age"),
        ("aged 7, Tyler lives with his father", "a child's name beside an age"),
        ("Sophie turned 7.", "a child's name beside an age"),
        ("Zainab (12 yrs)", "a child's name beside an age"),
        ("12yo Zainab", "a child's name beside an age"),
        ("Arthur, 6 months old", "a child's name beside an age"),
        ("NHS No. 943/476/5919", "an NHS number"),
        ("Patient (NHS 9434 765919)", "an NHS number"),
        ("11yo, 12/03/2015", "a date of birth"),
        ("baby Jack, 6 weeks old", "a child's name beside an age"),
        ("Jack (6 months)", "a child's name beside an age"),
        ("ruby aged 9 was seen", "a child's name beside an age"),
        ("AISHA AGED 12", "a child's name beside an age"),
        ("Tyrell's age is 12", "a child's name beside an age"),
        ("Name: Tyrell, age: 12", "a child's name beside an age"),
        ("When Tyrell was aged 14", "a child's name beside an age"),
        ("With Tyrell, aged 14", "a child's name beside an age"),
        ("Mia who is 7", "a child's name beside an age"),
        ("Aisha, now 12, was seen", "a child's name beside an age"),
        ("Aisha turned 12 in May", "a child's name beside an age"),
        ("Tyrell (14) and Kofi, 9, were seen", "a child's name beside an age"),
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
        "Section 11 Return Q1 2nd draft", "12 Members In Q1 3rd quarter", "the home visits of 12 Health Visitors",
        "In May 2025, 12 months after", "June, 12 years on", "a plan aged 7 months", "Grace period of 5 years",
        "Data is two years old", "Evidence was 3 months old", "The Framework, 6 years old", "BSCP, aged 7",
        "a Birmingham teenager aged 15", "young people in Solihull aged 15", "people across the West Midlands aged 16",
        "Children Missing aged 10", "in the summer, 12 meetings", "NHS trusts: 1905 1291 68 attended",
        "Solihull 3 year olds took part", "Year 9 14-year-olds",
    ],
)  # fmt: skip
def test_it_stops_nobody(text: str) -> None:
    assert signs(text, TODAY) == []


@pytest.mark.parametrize("length", [16, 40, 64])
def test_what_fixes_a_document_is_nobodys_number(length: int) -> None:
    for number in range(3_000):
        told = hashlib.sha256(str(number).encode()).hexdigest()[:length]
        # A short one may be all digits; then nothing tells it from a number.
        assert not signs(f"return.xlsx {told}") or told[1:-1].isdecimal(), told


def test_false_alarms_are_rare_in_ordinary_board_prose() -> None:
    sentences = [line for line in PROSE.read_text().splitlines() if line.strip()]
    assert len(sentences) >= 200
    stopped = [line for line in sentences if signs(line, TODAY)]
    assert stopped == []


def test_an_edit_by_hand_passes_it_too(folder: Path) -> None:
    place = by_hand(folder, "records/agencies/nspcc.toml", 'audience = "public"', 'audience = "public"\nnote = "x"')
    place.write_text(place.read_text().replace('note = "x"', 'note = "NHS number 943 476 5919"'))
    refused = bscp(folder, "set", "nspcc", "--by-hand", "--reason", "As told")
    assert refused.status != 0
    assert "an NHS number" in refused.err
    assert "943" not in refused.err
    assert git(folder, "status", "--porcelain") != ""
    words = ("--privacy-reason", "A number of a test record")
    done(folder, "set", "nspcc", "--by-hand", "--reason", "As told", *words)
    assert "Privacy-Reason: A number of a test record" in git(folder, "log", "-1", "--format=%B")
    assert bscp(folder, "history", "nspcc").status == 0


def test_an_import_passes_it_row_by_row(folder: Path, tmp_path: Path) -> None:
    table = tmp_path / "points.csv"
    rows = ("LP-0901,Sophie aged 7 was not heard,NSPCC,Pending", "LP-0902,Children should be heard,NSPCC,Pending")
    table.write_text("\n".join(["Reference,Learning point,Agency,Status", *rows, ""]))
    words = ("import", str(table), "--kind", "learning-point", "--accept", "all", "--reason", "As sent")
    refused = bscp(folder, *words)
    assert refused.status == 1
    assert "a child's name beside an age" in refused.err
    assert "Sophie" not in refused.err
    assert bscp(folder, "show", "LP-0902").status == 0
    assert bscp(folder, "show", "LP-0901").status != 0
    done(folder, *words, "--privacy-reason", "Invented for a test")
    assert bscp(folder, "show", "LP-0901").status == 0


def test_a_text_without_end_is_looked_through_once() -> None:
    """Looked for from each letter or gap, it would take minutes to be missed in a long word, or in a row of spaces."""
    for filler in (
        "x",
        "a.",
        "Ab ",
        " ",
        "\n",
        "Ab" + 2000 * " ",
        "aged" + 2000 * " ",
        "7 years old" + 2000 * " ",
        "12\t",
    ):
        text = f"{filler * (200_000 // len(filler))} ann@example.org"
        assert "an e-mail address" in {sign.what for sign in signs(text, TODAY)}
