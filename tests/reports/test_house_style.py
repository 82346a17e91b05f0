"""House style: a partnership's words, order, logo and templates, without code; what is broken says where."""

import base64
import io
import zipfile
from pathlib import Path

import docx
import pytest
from odfdo import Document

from bscp_tui.reports.forms.all_forms import FORMS
from bscp_tui.reports.making import Wanted
from bscp_tui.reports.producing import produced
from tests.cli.support import bscp, done
from tests.support import git, opened

PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
STYLE = """
title = "House style of Riverton"
logo = "logo.png"
logo_told = "Riverton SCP"
word_template = "board.docx"
opendocument_template = "board.odt"

[wording]
"key actions" = "milestones"
"Counts by priority" = "Where each priority stands"

[[reports]]
report = "summary"
title = "Where the plan stands"
opening = "For the Executive Board."
closing = "Questions to the business unit."
left_out = []
"""


@pytest.fixture
def house(tmp_path: Path) -> Path:
    """A folder with a style file, a logo, and templates with a header of their own."""
    place = tmp_path / "house"
    place.mkdir()
    (place / "logo.png").write_bytes(PIXEL)
    word = docx.Document()
    word.sections[0].header.paragraphs[0].text = "OFFICIAL"
    word.add_paragraph("Text of the template that is not kept.")
    word.save(str(place / "board.docx"))
    Document("text").save(place / "board.odt")
    (place / "style.toml").write_text(STYLE, encoding="utf-8")
    return place


def test_words_order_logo_and_templates_come_from_the_register(folder: Path, house: Path, tmp_path: Path) -> None:
    before = produced(opened(folder), Wanted("summary"))
    done(folder, "house", str(house / "style.toml"), "--reason", "Agreed by the board")
    after = produced(opened(folder), Wanted("summary"))
    text = after.written(FORMS["text"]).decode()
    assert text.startswith("Where the plan stands\n")
    for words in ("milestones", "Where each priority stands", "For the Executive Board.", "Questions to the business"):
        assert words in text
    assert b'alt="Riverton SCP"' in after.written(FORMS["html"])
    document = docx.Document(io.BytesIO(after.written(FORMS["docx"])))
    assert document.sections[0].header.paragraphs[0].text == "OFFICIAL"
    assert "not kept" not in "".join(line.text for line in document.paragraphs)
    with zipfile.ZipFile(io.BytesIO(after.written(FORMS["odt"]))) as archive:
        assert "Pictures/logo.png" in archive.namelist()
    assert [grid.rows for grid in after.paper.grids] == [grid.rows for grid in before.paper.grids]
    old = git(folder, "rev-parse", "HEAD~2")
    assert "milestones" not in produced(opened(folder), Wanted("summary", as_of=old)).written(FORMS["text"]).decode()
    target = tmp_path / "pack.html"
    done(folder, "report", "summary", "--out", str(target))
    assert bscp(folder, "report", "--verify", str(target)).status == 0
    assert "Riverton" in done(folder, "house").out
    assert not [query for query in bscp(folder, "check", "--format", "json").json if "house" in query["path"]]


def test_sections_are_moved_and_left_out_and_that_is_said(folder: Path, house: Path) -> None:
    first = produced(opened(folder), Wanted("clocks"))
    names = [section.name for section in first.made.report.sections]
    (house / "style.toml").write_text(
        f'[[reports]]\nreport = "clocks"\nsections = ["{names[-1]}"]\nleft_out = ["{names[0]}"]\n', encoding="utf-8"
    )
    done(folder, "house", str(house / "style.toml"), "--reason", "Shorter")
    text = produced(opened(folder), Wanted("clocks")).written(FORMS["text"]).decode()
    assert f"The house style leaves out: {names[0]}." in text
    title = next(
        table.title for section in first.made.report.sections if section.name == names[-1] for table in section.tables
    )
    assert text.index(f"\n{title}\n") == min(
        text.index(f"\n{grid.title}\n") for grid in first.paper.grids if f"\n{grid.title}\n" in text
    )
    done(folder, "house", "none", "--reason", "Back to the usual one")
    assert produced(opened(folder), Wanted("clocks")).paper.parts == first.paper.parts


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('report = "summary"', 'report = "sumary"', "line 13: report: there is no report “sumary”"),
        ("left_out = []", 'left_out = ["charts"]', "line 17: left_out: the sections of summary are"),
        ("closing =", "closure =", "line 16: closure: it is not known here"),
        ('title = "House style of Riverton"', "title = House", "line 2"),
        ('"milestones"', "12", "line 9"),
        ('"logo.png"', '"style.toml"', "PNG or JPEG"),
        ('"logo.png"', '"gone.png"', "gone.png cannot be read"),
        ('"board.docx"', '"board.odt"', "part word/document.xml: it is missing"),
        ('"board.odt"', '"board.docx"', "content.xml"),
    ],
)
def test_what_is_wrong_is_told_with_file_and_line(folder: Path, house: Path, old: str, new: str, told: str) -> None:
    (house / "style.toml").write_text(STYLE.replace(old, new), encoding="utf-8")
    ran = bscp(folder, "house", str(house / "style.toml"), "--reason", "x")
    assert ran.status == 2
    assert told in ran.err
    assert git(folder, "status", "--porcelain") == ""


def _changed(path: Path, part: str, old: bytes, new: bytes) -> None:
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts[part] = parts[part].replace(old, new) if part in parts else new
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, data)


LOADS = b'<Relationship Id="x9" TargetMode="External" Target="http://x.example/a" Type="y/attachedTemplate"/>'


@pytest.mark.parametrize(
    ("place", "old", "new", "told"),
    [
        ("board.docx word/styles.xml", b"</w:styles>", b"", "board.docx, part word/styles.xml, line"),
        ("board.docx word/styles.xml", b'"heading 2"', b'"other"', "no style “Heading 2”"),
        ("board.docx word/vbaProject.bin", b"", b"x", "brings macros"),
        ("board.docx word/_rels/document.xml.rels", b"</Relationships>", LOADS + b"</Relationships>", "from elsewhere"),
        ("board.odt styles.xml", b"</office:document-styles>", b"", "board.odt, part styles.xml, line"),
    ],
)
def test_a_broken_template_is_told_with_its_part(
    folder: Path, house: Path, place: str, old: bytes, new: bytes, told: str
) -> None:
    name, part = place.split()
    _changed(house / name, part, old, new)
    ran = bscp(folder, "house", str(house / "style.toml"), "--reason", "x")
    assert ran.status == 2
    assert told in ran.err
