"""Reports as files: whole or not there, never over another unasked; and a file is what the register gives, or not."""

import csv
import io
import os
import random
import re
import subprocess
import sys
from pathlib import Path

import pytest

from bscp_tui.reports.forms.all_forms import FORMS
from bscp_tui.reports.making import Wanted
from bscp_tui.reports.producing import produced
from bscp_tui.reports.verifying import verified
from bscp_tui.store.handing_over import HandOverError, hand_over
from bscp_tui.store.register import Register
from tests.cli.support import TODAY, bscp, done
from tests.support import DYING, opened

VERIFIED = ("text", "html", "csv")


def made(register: Register, form: str, wanted: Wanted | None = None) -> bytes:
    return produced(register, wanted or Wanted("summary")).written(FORMS[form])


def test_a_file_takes_its_form_from_its_ending_and_never_anothers_place(folder: Path, tmp_path: Path) -> None:
    for form in FORMS.values():
        target = tmp_path / f"pack{form.ending}"
        assert str(target) in done(folder, "report", "themes", "--out", str(target)).out
        assert target.read_bytes()
    target = tmp_path / "pack.html"
    target.write_text("mine")
    refused = bscp(folder, "report", "summary", "--out", str(target))
    assert refused.status == 2
    assert "--replace" in refused.err
    assert target.read_text() == "mine"
    assert "Replaced" in done(folder, "report", "summary", "--out", str(target), "--replace").err
    assert b"All priorities" in target.read_bytes()


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--out", "pack.pdf"], ".docx"),
        (["--out", "nowhere/pack.html"], "no folder"),
        (["--out", "."], "ending"),
        (["--out", "/dev/null", "--format", "text"], "no plain file"),
        (["--format", "docx"], "--out"),
        (["--width", "12"], "from 40"),
        (["--verify", "nothing.txt"], "cannot be read"),
    ],
)
def test_what_cannot_be_written_is_told_with_what_can(
    folder: Path, tmp_path: Path, words: list[str], told: str
) -> None:
    ran = subprocess.run(
        [sys.executable, "-m", "bscp_tui", "--today", TODAY, "--register", str(folder), "report", "summary", *words],
        cwd=tmp_path, check=False, capture_output=True, encoding="utf-8",
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])},
    )  # fmt: skip
    assert ran.returncode == 2
    assert told in ran.stderr
    assert "Traceback" not in ran.stderr
    assert not [path for path in tmp_path.iterdir() if path.name.startswith((".bscp", "pack"))]


def test_a_link_is_not_followed(tmp_path: Path) -> None:
    secret, link = tmp_path / "secret.txt", tmp_path / "link.txt"
    secret.write_text("secret")
    link.symlink_to(secret)
    with pytest.raises(HandOverError, match="--replace"):
        hand_over(link, b"report")
    assert hand_over(link, b"report", replace=True)
    assert secret.read_text() == "secret"
    assert not link.is_symlink()
    assert link.read_bytes() == b"report"


def test_a_disk_that_refuses_leaves_what_was_there(tmp_path: Path) -> None:
    target = tmp_path / "pack.txt"
    target.write_text("old")
    script = (
        "import resource, signal, sys; from pathlib import Path\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))\n"
        "from bscp_tui.store.handing_over import HandOverError, hand_over\n"
        "try: hand_over(Path(sys.argv[1]), b'x' * 100_000, replace=True)\n"
        "except HandOverError as error: print(error)\n"
    )
    ran = subprocess.run(
        [sys.executable, "-B", "-c", script, str(target)], check=True, capture_output=True, encoding="utf-8"
    )
    assert "was not written" in ran.stdout
    assert target.read_text() == "old"
    assert [path.name for path in tmp_path.iterdir() if path.is_file()] == ["pack.txt"]


def test_a_folder_that_takes_no_files_is_told(tmp_path: Path) -> None:
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o500)
    # Whoever is root may write into any folder of a disk, but not into what the system shows as one.
    for folder in [Path("/proc"), *([closed] if os.geteuid() else [])]:
        with pytest.raises(HandOverError, match="was not written"):
            hand_over(folder / "pack.txt", b"report")
    assert list(closed.iterdir()) == []


KILLED = f"""{DYING}
from pathlib import Path
from bscp_tui.store.handing_over import hand_over
for name in ("open", "write", "fsync", "link", "replace", "unlink", "close"):
    counted(name)
hand_over(Path(sys.argv[1]), b"new" * 1000, replace=True)
"""


@pytest.mark.parametrize("before", [b"old", None])
def test_a_file_is_the_old_one_or_the_new_one_wherever_its_writing_is_killed(
    tmp_path: Path, before: bytes | None
) -> None:
    target, ended, seen = tmp_path / "pack.txt", [], set()
    for steps in range(12):
        target.unlink(missing_ok=True)
        if before is not None:
            target.write_bytes(before)
        words = [sys.executable, "-B", "-c", KILLED, str(target), str(steps)]
        ended.append(subprocess.run(words, check=False, capture_output=True).returncode)
        found = target.read_bytes() if target.exists() else None
        assert found in (before, b"new" * 1000)
        seen.add(found)
    assert {0, 9} == set(ended)
    assert seen == {before, b"new" * 1000}


@pytest.mark.parametrize("form", VERIFIED)
def test_a_file_as_it_was_made_matches_also_later(folder: Path, tmp_path: Path, form: str) -> None:
    target = tmp_path / f"pack{FORMS[form].ending}"
    done(folder, "report", "summary", "--out", str(target))
    done(folder, "status", "4.1.3", "in-progress", "--reason", "Later")
    ran = bscp(folder, "report", "--verify", str(target), today="2026-09-30")
    assert (ran.status, "is what the register gives" in ran.out) == (0, True)
    target.write_bytes(target.read_bytes().replace(b"\r\n", b"\n").replace(b"\n", b"\r\n"))  # as post may change it
    assert bscp(folder, "report", "summary", "--verify", str(target)).status == 0
    assert bscp(folder, "report", "themes", "--verify", str(target)).status == 1


@pytest.mark.parametrize("form", VERIFIED)
def test_any_digit_that_is_changed_is_found(register: Register, form: str) -> None:
    data = made(register, form).decode()
    body = data.index("<h1>") if form == "html" else 0
    places = [match.start() for match in re.finditer(r"\d", data) if match.start() > body]
    chance = random.Random(7)  # noqa: S311 - chance that can be repeated
    for place in chance.sample(places, 12):
        other = chance.choice([digit for digit in "0123456789" if digit != data[place]])
        verdict = verified(register, (data[:place] + other + data[place + 1 :]).encode())
        assert verdict.outcome != "matches", data[place - 40 : place + 40]


@pytest.mark.parametrize("form", VERIFIED)
def test_a_changed_figure_is_told_with_its_place(register: Register, form: str) -> None:
    data = made(register, form).decode()
    old, new = {
        "text": ("Overdue: 35", "Overdue: 34"),
        "html": ("<dd>35</dd>", "<dd>34</dd>"),
        "csv": ('"Overdue","35"', '"Overdue","34"'),
    }[form]
    verdict = verified(register, data.replace(old, new).encode())
    assert verdict.outcome == "does not match"
    assert len(verdict.places) == 1
    assert "34" in verdict.places[0]
    assert "35" in verdict.places[0]


@pytest.mark.parametrize("form", VERIFIED)
def test_a_removed_row_and_an_added_note_are_found(register: Register, form: str) -> None:
    data = made(register, form).decode()
    row = {
        "text": r"\n2025-27/4\.1\.2 .*",
        "html": r"<tr><th scope=\"row\">2025-27/4\.1\.2<.*\n",
        "csv": r'"Progress and timeliness","2025-27/4\.1\.2".*\r\n',
    }[form]
    cut, count = re.subn(row, "", data, count=1)
    assert count == 1
    missing = verified(register, cut.encode())
    assert missing.outcome == "does not match"
    assert any("2025-27/4.1.2" in place for place in missing.places)
    note = {"text": "\nAll is well.\n", "html": "<p>All is well.</p>", "csv": '"note","All is well."\r\n'}[form]
    added = verified(register, (data.replace("</main>", f"{note}</main>") if form == "html" else data + note).encode())
    assert added.outcome == "does not match"
    assert any("All is well." in place for place in added.places)


def test_what_no_reader_sees_in_a_page_is_found_too(register: Register) -> None:
    data = made(register, "html").decode()
    assert verified(register, data.replace("<main>", "<main><!-- x -->").encode()).outcome == "does not match"


@pytest.mark.parametrize("data", [b"", b"Minutes of a meeting", b"\xff\xfe\x00", b"PK\x03\x04"])
def test_what_is_no_report_cannot_be_told(register: Register, data: bytes) -> None:
    assert verified(register, data).outcome == "cannot tell"


def test_a_version_that_is_not_here_cannot_be_told(register: Register, empty_folder: Path) -> None:
    assert verified(opened(empty_folder), made(register, "text")).outcome == "cannot tell"


def test_a_csv_written_anew_by_another_program_still_matches(register: Register) -> None:
    rows = csv.reader(io.StringIO(made(register, "csv").decode(), newline=""))
    anew = io.StringIO()
    csv.writer(anew).writerows(rows)
    assert verified(register, anew.getvalue().encode()).outcome == "matches"


def test_readers_and_days_are_part_of_what_is_verified(folder: Path, tmp_path: Path) -> None:
    target = tmp_path / "chase.html"
    words = ("--audience", "public", "--as-of", "2026-07-01", "--position", "2026-06-01")
    done(folder, "report", "clocks", *words[:2], "--out", str(target))
    assert bscp(folder, "report", "--verify", str(target), today="2026-12-01").status == 0


def test_without_a_name_the_reports_are_told(folder: Path) -> None:
    rows = done(folder, "report", "--format", "json").json
    assert {"summary", "chase", "themes"} <= {row["name"] for row in rows}


def test_a_record_s_history_is_one_page_to_send(folder: Path, tmp_path: Path) -> None:
    target = tmp_path / "history.html"
    done(folder, "history", "4.1.3", "--out", str(target))
    page = target.read_text(encoding="utf-8")
    assert page.startswith("<!DOCTYPE html>")
    assert "2025-27/4.1.3" in page
    assert bscp(folder, "report", "--verify", str(target)).status == 0
