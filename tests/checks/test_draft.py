"""A draft report read against the register: each number confirmed, contradicted or unsupported."""

import zipfile
from pathlib import Path

import docx
import pytest

from tests.cli.support import bscp

TEXT = (
    "In 2024/25 the reviews had 123 learning points, and 99 learning points were completed by 31 March 2025.",
    "81% of all learning points were completed; see Figure 5.",
    "The choir sang 17 songs.",
)


@pytest.mark.parametrize("form", ["txt", "docx"])
def test_every_number_has_its_verdict_and_place(folder: Path, tmp_path: Path, form: str) -> None:
    draft = tmp_path / f"draft.{form}"
    if form == "txt":
        draft.write_text("\n".join(TEXT))
    else:
        document = docx.Document()
        for text in TEXT:
            document.add_paragraph(text)
        document.save(str(draft))
    ran = bscp(folder, "check", "--draft", str(draft), "--format", "json")
    found = [(row["place"], row["number"], row["verdict"]) for row in ran.json]
    assert found == [
        (1, "123", "confirmed"), (1, "99", "confirmed"), (2, "81%", "contradicted"), (3, "17", "unsupported"),
    ]  # fmt: skip
    assert ran.status == 1


def test_what_is_no_document_is_answered(folder: Path, tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.docx"
    wrong.write_text("no zip")
    assert bscp(folder, "check", "--draft", str(wrong)).status == 2
    assert bscp(folder, "check", "--draft", str(tmp_path / "none.txt")).status == 2


_OTHER = "<w:document xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/main'/>"


@pytest.mark.parametrize(
    ("part", "times"),
    [("<!DOCTYPE d [<!ENTITY e 'x'>]><d>&f;</d>", 1), ("<w:document", 1), (" ", 210_000_000), ("<d/>", 1), (_OTHER, 1)],
)
def test_a_word_document_that_is_damaged_or_a_bomb_is_answered(
    folder: Path, tmp_path: Path, part: str, times: int
) -> None:
    whole, odd = tmp_path / "whole.docx", tmp_path / "odd.docx"
    docx.Document().save(str(whole))
    with zipfile.ZipFile(whole) as archive, zipfile.ZipFile(odd, "w", zipfile.ZIP_DEFLATED) as other:
        for member in archive.namelist():
            other.writestr(member, part * times if member == "word/document.xml" else archive.read(member))
    ran = bscp(folder, "check", "--draft", str(odd))
    assert (ran.status, "is no Word document" in ran.err) == (2, True)


def test_a_cell_that_says_it_is_as_wide_as_millions_is_read_once(folder: Path, tmp_path: Path) -> None:
    draft, document = tmp_path / "wide.docx", docx.Document()
    cell = document.add_table(1, 1).cell(0, 0)
    cell.text = "There were 123 learning actions in all."
    cell._tc.get_or_add_tcPr().get_or_add_gridSpan().val = 99_999_999  # noqa: SLF001 - as only a hostile file has it
    document.save(str(draft))
    ran = bscp(folder, "check", "--draft", str(draft), "--format", "json")
    assert [row["number"] for row in ran.json] == ["123"]


def test_each_number_of_an_endless_sentence_is_told_with_what_stands_around_it(folder: Path, tmp_path: Path) -> None:
    """A list of sums is one sentence; told whole beside each of its numbers, it would be gigabytes."""
    draft = tmp_path / "draft.txt"
    draft.write_text("the learning points completed were " + " and ".join(f"{number} audits" for number in range(3000)))
    rows = bscp(folder, "check", "--draft", str(draft), "--format", "json").json
    passed_over = 200  # 1900 to 2099, which are years
    assert len(rows) == 3000 - passed_over
    assert all(row["number"] in row["sentence"] for row in rows)
    assert max(len(row["sentence"]) for row in rows) < 1100
    assert {row["verdict"] for row in rows} == {"confirmed", "contradicted"}


@pytest.mark.parametrize(
    "data", [b"%PDF-1.7\n99 audits\n%%EOF", b"{\\rtf1 99 audits}", b"\xd0\xcf\x11\xe0" + bytes(999)]
)
def test_what_is_no_text_is_not_read_as_one(folder: Path, tmp_path: Path, data: bytes) -> None:
    draft = tmp_path / "draft.txt"
    draft.write_bytes(data)
    ran = bscp(folder, "check", "--draft", str(draft))
    assert (ran.status, ran.out) == (2, "")
    assert "is no text in UTF-8" in ran.err
    assert "codec" not in ran.err
