"""A question that was asked before is answered at once, and anew as soon as anything has changed."""

import os
from pathlib import Path

import pytest

from bscp_tui.__main__ import main
from bscp_tui.store.derived import cache_folder
from bscp_tui.store.repository import find
from bscp_tui.store.standing import standing_of
from tests.cli.test_start_up import loaded
from tests.support import RECORD, change, git, opened

QUESTIONS = [
    ["list", "key-action"],
    ["list", "action", "--limit", "3", "--format", "json"],
    ["list", "key-action", "overdue=yes", "--sort", "due"],
    ["show", "4.1.3"],
    ["list", "action", "--as-of", "2031-01-01"],
    ["history", "4.1.3"],
    ["history", "--limit", "5", "--format", "json"],
    ["check"],
    ["check", "action", "--format", "json"],
]


@pytest.fixture
def settled(folder: Path) -> Path:
    """A register whose files were not touched for two seconds."""
    while not standing_of(find(folder)).settled:
        pass
    return folder


def _answer(capfd: pytest.CaptureFixture[str], folder: Path, words: list[str]) -> tuple[int, str]:
    status = main(["--register", str(folder), "--today", "2026-07-01", *words])
    return status, capfd.readouterr().out


def _anew(capfd: pytest.CaptureFixture[str], folder: Path, words: list[str], empty: Path) -> tuple[int, str]:
    """Ask with nothing remembered."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("BSCP_CACHE", str(empty))
        return _answer(capfd, folder, words)


@pytest.mark.parametrize("words", QUESTIONS, ids=" ".join)
def test_the_second_answer_is_the_first(
    settled: Path, words: list[str], capfd: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    first = _answer(capfd, settled, words)
    assert first[1]
    assert _answer(capfd, settled, words) == first == _anew(capfd, settled, words, tmp_path / "none")


def test_a_remembered_answer_loads_neither_records_nor_tables(settled: Path) -> None:
    words = ["--register", str(settled), "list", "key-action"]
    assert "pydantic" in loaded(*words)[1]
    status, modules = loaded(*words)
    assert status == 0
    assert not modules & {"pydantic", "tabulate", "subprocess", "tomli", "rtoml", "git", "textual"}


@pytest.mark.parametrize("how", ["same size and time", "removed", "added", "recorded", "reverted"])
def test_whatever_changes_the_answer_is_made_up_anew(
    settled: Path, how: str, capfd: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    words = ["list", "action", "--format", "json"]
    before = _answer(capfd, settled, words)
    _answer(capfd, settled, words)
    path = settled / RECORD
    facts, data = path.stat(), path.read_bytes()
    if how == "removed":
        path.unlink()
    elif how == "added":
        path.with_name("4.99.toml").write_bytes(data)
    else:
        path.write_bytes(data.replace(b"Operational", b"Operationel", 1))
        os.utime(path, ns=(facts.st_atime_ns, facts.st_mtime_ns))
        assert path.stat().st_size == facts.st_size
    if how in {"recorded", "reverted"}:
        git(settled, "commit", "--quiet", "--all", "--message", "by hand")
    if how == "reverted":
        git(settled, "reset", "--quiet", "--soft", "HEAD~1")
    after = _answer(capfd, settled, words)
    assert after != before
    assert after == _anew(capfd, settled, words, tmp_path / "none")


def test_a_date_is_read_from_the_history_whatever_lies_in_the_folder(
    settled: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    words = ["list", "action", "--as-of", "2031-01-01", "--format", "json"]
    before = _answer(capfd, settled, words)
    (settled / RECORD).write_text("by hand, and no record any more")
    assert _answer(capfd, settled, words) == before
    (settled / RECORD).unlink()
    assert _answer(capfd, settled, words) == before


def test_another_day_another_answer(settled: Path, capfd: pytest.CaptureFixture[str]) -> None:
    earlier = _answer(capfd, settled, ["list", "key-action"])
    main(["--register", str(settled), "--today", "2027-07-01", "list", "key-action"])
    assert capfd.readouterr().out != earlier[1]


@pytest.mark.parametrize("damage", [b"", b"no database at all" * 999])
def test_damage_to_what_is_remembered_does_no_harm(
    settled: Path, damage: bytes, capfd: pytest.CaptureFixture[str]
) -> None:
    first = _answer(capfd, settled, QUESTIONS[0])
    for place in cache_folder().rglob("answers.sqlite*"):
        place.write_bytes(damage)
    assert _answer(capfd, settled, QUESTIONS[0]) == first
    assert _answer(capfd, settled, QUESTIONS[0]) == first


def test_an_answer_that_complains_is_never_remembered(settled: Path, capfd: pytest.CaptureFixture[str]) -> None:
    (settled / RECORD).write_bytes(b"title = ")
    while not standing_of(find(settled)).settled:
        pass
    for _ in range(2):
        assert main(["--register", str(settled), "list", "action"]) == 1
        assert "All else works" in capfd.readouterr().err


def test_a_remembered_history_loads_neither_records_nor_tables(settled: Path) -> None:
    words = ["--register", str(settled), "history", "4.1.3"]
    first = loaded(*words)[0]
    status, modules = loaded(*words)
    assert first == status == 0
    assert not modules & {"pydantic", "tabulate", "subprocess", "tomli", "rtoml", "git", "textual"}


@pytest.mark.parametrize("how", ["recorded", "renumbered", "rewritten"])
def test_a_history_that_changed_is_told_anew(
    settled: Path, how: str, capfd: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    words = ["history", "4.1.3", "--format", "json"]
    register = opened(settled)
    assert register.record(change(register, "4.1.3", status="in-progress"))
    while not standing_of(find(settled)).settled:
        pass
    before = _answer(capfd, settled, words)
    path = settled / RECORD
    if how == "renumbered":  # by hand: what is key action 3 now was another
        path.write_text(path.read_text().replace("number = 3", "number = 33").replace("number = 4", "number = 3"))
    else:
        path.write_text(path.read_text().replace("not-started", "deferred"))
        git(settled, "commit", "--quiet", "--all", "--message", "by hand", *(["--amend"] if how == "rewritten" else []))
    while not standing_of(find(settled)).settled:
        pass
    after = _answer(capfd, settled, words)
    assert after != before
    assert after == _answer(capfd, settled, words) == _anew(capfd, settled, words, tmp_path / "none")


def _checked(capfd: pytest.CaptureFixture[str], folder: Path, **more: Path) -> tuple[int, str]:
    words = ["check", "--format", "json"]
    return _anew(capfd, folder, words, more["empty"]) if more else _answer(capfd, folder, words)


def test_a_remembered_check_ends_with_its_own_status(
    settled: Path, capfd: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    sound = _checked(capfd, settled)
    path = settled / RECORD
    good = path.read_text()
    path.write_text(good.replace('party = "violence-reduction-partnership"', 'party = "nobody-at-all"', 1))
    while not standing_of(find(settled)).settled:
        pass
    first = _checked(capfd, settled)
    assert first[0] == 1
    assert "nobody-at-all" in first[1]
    assert _checked(capfd, settled) == first == _checked(capfd, settled, empty=tmp_path / "none")
    words = ["--register", str(settled), "--today", "2026-07-01", "check", "--format", "json"]
    status, modules = loaded(*words)
    assert status == 1
    assert not modules & {"pydantic", "tabulate", "subprocess", "tomli", "rtoml", "git", "textual"}
    path.write_text(good)
    while not standing_of(find(settled)).settled:
        pass
    assert _checked(capfd, settled) == sound


def test_a_check_of_a_draft_is_never_remembered(
    settled: Path, capfd: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    draft = tmp_path / "draft.txt"
    draft.write_text("The partnership saw 4711 children.")
    words = ["check", "--draft", str(draft), "--format", "json"]
    assert "4711" in _answer(capfd, settled, words)[1]
    draft.write_text("The partnership saw 4712 children.")
    assert "4712" in _answer(capfd, settled, words)[1]
