"""What is kept to save work: whole or noticed, never in the way."""

import os
import random
import sqlite3
import stat
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

import pytest

from bscp_tui.store.derived import DamagedError, Derived, Shelf, cache_folder, open_derived
from bscp_tui.store.register import Register

LINES, WORDS = Shelf("lines", int), Shelf("words", str)
HELD = {number: f"line {number} ".encode() * (number % 40 + 1) for number in range(400)}


def made(place: Path | None, version: str = "1") -> Derived:
    return Derived(place, version, (LINES, WORDS))


def filled(place: Path | None) -> Derived:
    kept = made(place)

    def fill() -> None:
        kept.put(LINES, HELD.items())
        kept.put(WORDS, [(f"word {number}", value) for number, value in HELD.items()])

    kept.change(fill)
    return kept


def test_what_was_put_is_there_the_next_time_and_nobody_else_can_read_it(tmp_path: Path) -> None:
    place = tmp_path / "kept.sqlite"
    filled(place).close()
    again = made(place)
    assert dict(again.span(LINES, 0, 400)) == HELD
    assert next(again.span(LINES, 0, 400, backwards=True)) == (399, HELD[399])
    assert again.get(WORDS, "word 7") == HELD[7]
    assert again.get(WORDS, "word 400") is None
    assert len(again.get_many(WORDS, [f"word {number}" for number in range(1000)])) == 400
    assert all(stat.S_IMODE(path.stat().st_mode) == 0o600 for path in tmp_path.glob("kept.sqlite*"))


def test_another_versions_rows_are_not_read(tmp_path: Path) -> None:
    place = tmp_path / "kept.sqlite"
    filled(place).close()
    assert made(place, "2").get(LINES, 3) is None


@pytest.mark.parametrize("seed", range(40))
def test_damage_is_noticed_or_does_no_harm(tmp_path: Path, seed: int) -> None:
    place = tmp_path / "kept.sqlite"
    filled(place).close()
    chance = random.Random(seed)  # noqa: S311 - chance, not secrecy
    data = bytearray(place.read_bytes())
    if seed % 4 == 0:
        del data[chance.randrange(len(data)) :]
    else:
        for _ in range(chance.choice((1, 5, 200))):
            data[chance.randrange(len(data))] = chance.randrange(256)
    place.write_bytes(data)
    kept = made(place)
    try:
        assert dict(kept.span(LINES, 0, 400)) == HELD
        for number, value in HELD.items():
            assert kept.get(WORDS, f"word {number}") in (value, None)
    except DamagedError:
        kept.discard()
    kept.change(lambda: kept.put(LINES, [(0, b"anew")]))
    assert kept.get(LINES, 0) == b"anew"


def test_a_missing_row_is_noticed(tmp_path: Path) -> None:
    kept = filled(tmp_path / "kept.sqlite")
    for gone in (0, 200, 399):
        kept.change(partial(kept.remove, LINES, [gone]))
        with pytest.raises(DamagedError):
            list(kept.span(LINES, 0, 400))
        kept.change(partial(kept.put, LINES, [(gone, HELD[gone])]))
    assert len(list(kept.span(LINES, 0, 400))) == 400


def test_two_programs_write_and_read_at_once(tmp_path: Path) -> None:
    place = tmp_path / "kept.sqlite"
    made(place).close()

    def write(first: int) -> bool:
        kept = made(place)
        for number in range(first, 400, 4):
            kept.change(partial(kept.put, LINES, [(number, HELD[number])]))
        return kept.in_memory

    with ThreadPoolExecutor(4) as beside:
        assert not any(beside.map(write, range(4)))
    assert dict(made(place).span(LINES, 0, 400)) == HELD


def test_work_that_fails_half_way_leaves_nothing(tmp_path: Path) -> None:
    kept = filled(tmp_path / "kept.sqlite")

    def half() -> None:
        kept.put(LINES, [(0, b"half")])
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        kept.change(half)
    assert kept.get(LINES, 0) == HELD[0]


def test_a_file_that_another_program_holds_for_too_long_is_gone_on_with_in_memory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bscp_tui.store.derived.PATIENCE", 0.05)
    place = tmp_path / "kept.sqlite"
    filled(place).close()
    holder = sqlite3.connect(place, isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    kept = made(place)
    kept.change(lambda: kept.put(LINES, [(400, b"more")]))
    assert kept.in_memory
    assert kept.get(LINES, 399) == HELD[399]
    assert kept.get(LINES, 400) == b"more"


@pytest.mark.parametrize("mode", [0o666, 0o620])
def test_a_file_that_others_may_write_is_not_read(tmp_path: Path, mode: int) -> None:
    place = tmp_path / "kept.sqlite"
    filled(place).close()
    place.chmod(mode)
    kept = made(place)
    assert kept.in_memory
    assert kept.get(LINES, 1) is None
    assert place.stat().st_size > 0


def test_a_link_is_not_followed(tmp_path: Path) -> None:
    filled(tmp_path / "elsewhere.sqlite").close()
    place = tmp_path / "kept.sqlite"
    place.symlink_to(tmp_path / "elsewhere.sqlite")
    assert made(place).in_memory


def test_it_lies_in_the_persons_own_cache_and_never_inside_the_register(
    register: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = open_derived(register.repository, "kept.sqlite", "1", (LINES,))
    assert kept.place is not None
    assert cache_folder() in kept.place.parents
    assert "bscp" in cache_folder().parts
    monkeypatch.setenv("BSCP_CACHE", str(register.repository.root / "cache"))
    assert open_derived(register.repository, "kept.sqlite", "1", (LINES,)).in_memory
    assert not (register.repository.root / "cache").exists()


def test_a_cache_folder_that_cannot_be_made_is_done_without(
    register: Register, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("BSCP_CACHE", os.fspath(tmp_path / "file"))
    kept = open_derived(register.repository, "kept.sqlite", "1", (LINES,))
    kept.change(lambda: kept.put(LINES, [(0, b"held")]))
    assert kept.in_memory
    assert kept.get(LINES, 0) == b"held"
