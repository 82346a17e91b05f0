"""Publishing again gives what publishing afresh gives, byte for byte, whatever was recorded meanwhile."""

import contextlib
import datetime as dt
import os
import random
import re
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from bscp_tui.model.document import Document
from bscp_tui.model.fields import Audience, Shape, fields_of
from bscp_tui.model.kinds import place_of
from bscp_tui.publishing.publish import publish
from bscp_tui.publishing.remembered import _lines_with
from bscp_tui.publishing.sorted_rows import Change as Exchange
from bscp_tui.publishing.sorted_rows import Entry, Rows
from bscp_tui.store.derived import cache_folder
from bscp_tui.store.importing import make_from
from bscp_tui.store.register import open_register
from bscp_tui.store.toml_text import dumped, parse
from bscp_tui.synthetic.story import story
from tests.publishing.test_boards import at
from tests.publishing.test_pages import bytes_of
from tests.support import git, opened

Change = Callable[[Path, Document, random.Random], None]


@pytest.fixture
def invented(tmp_path: Path) -> Path:
    """A register with records of every kind, and with a past."""
    make_from(tmp_path / "invented", story(70, 250, 5), lambda _count: None)
    git(tmp_path / "invented", "reset", "-q", "--hard")
    return tmp_path / "invented"


def changed(folder: Path, path: Path, change: Change, chance: random.Random) -> None:
    """Write a record's file anew, with something changed in it."""
    place = place_of(str(path.relative_to(folder / "records")))
    assert place is not None
    document = parse(path.read_bytes())
    change(path, document, chance)
    path.write_text(dumped(document, place[0].model))


def retitled(_path: Path, document: Document, chance: random.Random) -> None:
    document["title"] = f"Another title {chance.randrange(1000)}, [with] <marks> & “quotes”"


def opened_or_closed(_path: Path, document: Document, chance: random.Random) -> None:
    document["audience"] = chance.choice(("public", "partnership", "group"))


def held_back(_path: Path, document: Document, chance: random.Random) -> None:
    document["embargo"] = parse(f"day = 2026-0{chance.randrange(5, 10)}-15".encode())["day"]


def withdrawn(_path: Path, document: Document, _chance: random.Random) -> None:
    document["withdrawn"] = parse(b"day = 2026-06-30")["day"]


def linked(path: Path, document: Document, chance: random.Random) -> None:
    """Name other records in every way that the kind has."""
    folder = next(one for one in path.parents if one.name == "records")
    place = place_of(str(path.relative_to(folder)))
    assert place is not None
    others = [place_of(str(one.relative_to(folder))) for one in sorted(folder.rglob("*.toml"))]
    refs = [kind.reference.format(**names) for kind, names in filter(None, others)]
    for name, facts in fields_of(place[0].model).items():
        if facts.shape is Shape.RECORDS:
            document[name] = sorted(chance.sample(refs, 2))
        elif facts.shape in {Shape.BODY, Shape.RECORD} and chance.random() < 0.3:
            document[name] = chance.choice(refs)
    document["links"] = [{"id": "ln01", "to": chance.choice(refs), "kind": "leads-to"}]


CHANGES: tuple[Change, ...] = (retitled, retitled, opened_or_closed, held_back, withdrawn, linked, linked)


def step(folder: Path, number: int, chance: random.Random) -> None:
    """Record something: a few changes of files, one that goes or comes, a broken one, settings, a merge."""
    files = sorted(
        path for path in folder.glob("records/**/*.toml") if place_of(str(path.relative_to(folder / "records")))
    )
    kind, day = chance.random(), f"2026-0{3 + number % 4}-{1 + number % 28:02}"  # which may lie before a board's day
    if kind < 0.1:
        chance.choice(files).unlink()
    elif kind < 0.2:
        path = chance.choice(files)
        path.with_name(f"{path.stem}{number}.toml").write_bytes(path.read_bytes())
        if chance.random() < 0.5:
            path.unlink()  # by another name from now on
    elif kind < 0.25:
        chance.choice(files).write_text("title = ")
    elif kind < 0.3:
        place = folder / "records" / "bscp.toml"
        place.write_text(re.sub(r"^name = .*", f'name = "Register {number}"', place.read_text(), flags=re.MULTILINE))
    else:
        for path in chance.sample(files, chance.choice((1, 1, 3))):
            try:
                changed(folder, path, chance.choice(CHANGES), chance)
            except ValueError:
                continue  # the broken one
    git(folder, "add", "-A")
    at(folder, day, "commit", "-q", "--allow-empty", "-m", f"Step {number}\n\nDecided-at: board")
    if kind > 0.9:  # work of somebody else's, which began before and comes in now
        git(folder, "checkout", "-q", "-b", f"aside{number}", "HEAD~1")
        (folder / "records/agencies" / f"aside{number}.toml").write_text(f'title = "Aside {number}"\n')
        git(folder, "add", "-A")
        at(folder, day, "commit", "-q", "-m", "Aside")
        git(folder, "checkout", "-q", "-")
        at(folder, day, "merge", "-q", "--no-ff", "-m", "Both", f"aside{number}")


def meddle(site: Path, chance: random.Random) -> None:
    """Take some pages of a site away, or put something else into them, as large and as old as what was there."""
    for name in ("lists/action.html", "search/*.js", "calendar.ics", "records/**/*.html", "history/*.html"):
        place = chance.choice(sorted(site.glob(name)))
        kind, stamp = chance.random(), place.stat()
        if kind < 0.15:
            place.unlink()
        elif kind < 0.3:
            place.write_bytes(place.read_bytes()[:-1] + b"!")
            os.utime(place, ns=(stamp.st_atime_ns, stamp.st_mtime_ns))


@pytest.mark.parametrize(("audience", "seed"), [("partnership", 1), ("partnership", 2), ("public", 3)])
def test_again_is_as_afresh_after_random_changes(invented: Path, tmp_path: Path, audience: Audience, seed: int) -> None:
    chance, site, afresh = random.Random(seed), tmp_path / "site", tmp_path / "afresh"  # noqa: S311 - the same each time
    publish(opened(invented), site, audience)
    fewer = 0
    for number in range(12):
        step(invented, number, chance)
        if audience == "public":  # what was out already is part of what may be told
            shutil.copytree(site, afresh)
        meddle(site, chance)
        again = publish(opened(invented), site, audience)
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("BSCP_CACHE", str(tmp_path / f"nothing-kept-{number}"))
            whole = publish(opened(invented), afresh, audience)
        before, now = bytes_of(site), bytes_of(afresh)
        assert {name for name in before | now if before.get(name) != now.get(name)} == set(), number
        fewer += again.written < whole.written / 2
        shutil.rmtree(afresh)
        shutil.rmtree(tmp_path / f"nothing-kept-{number}")
    assert audience == "public" or fewer >= 6  # most steps touch a few pages only


def test_whatever_becomes_of_what_is_remembered_the_pages_are_right(
    invented: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    chance, site = random.Random(4), tmp_path / "site"  # noqa: S311 - the same each time
    publish(opened(invented), site, "group")
    for number in range(9):
        step(invented, number, chance)
        for place in cache_folder().rglob("pages-group.sqlite*"):
            spoil(place, number, chance)
        publish(opened(invented), site, "group")
    monkeypatch.setenv("BSCP_CACHE", str(tmp_path / "nothing-kept"))
    publish(opened(invented), tmp_path / "afresh", "group")
    assert bytes_of(site) == bytes_of(tmp_path / "afresh")


def spoil(place: Path, number: int, chance: random.Random) -> None:
    """Flip some bytes of a file, cut it short, take it away, or take rows out of it."""
    data = bytearray(place.read_bytes())
    if number == 0 or not data:
        place.unlink()
    elif number == 1:
        place.write_bytes(data[: len(data) // 2])
    elif number < 6:
        if place.suffix == ".sqlite":
            table, key = (("pieces", "%a%"), ("columns", "told"), ("rows", "%"), ("state", "names"))[number - 2]
            with contextlib.closing(sqlite3.connect(place)) as file, file:
                assert file.execute(f"DELETE FROM {table} WHERE key LIKE '{key}'").rowcount  # noqa: S608
    else:
        for at in chance.sample(range(len(data)), 40):
            data[at] ^= 1 << chance.randrange(8)
        place.write_bytes(data)


def test_a_moved_day_and_another_folder_in_turn_give_the_pages_that_are_made_afresh(
    invented: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    chance, sites = random.Random(6), [tmp_path / "one", tmp_path / "two"]  # noqa: S311 - the same each time
    for number in range(5):
        step(invented, number, chance)
        register = open_register(invented, dt.date(2026, 7, 1 + number // 3))  # the embargoes end by and by
        publish(register, sites[number % 2], "partnership")
    monkeypatch.setenv("BSCP_CACHE", str(tmp_path / "nothing-kept"))
    publish(register, tmp_path / "afresh", "partnership")
    assert bytes_of(sites[0]) == bytes_of(tmp_path / "afresh")


def test_rows_that_are_put_in_and_taken_out_lie_as_if_all_were_put_together() -> None:
    chance = random.Random(5)  # noqa: S311 - the same each time
    keys = ["4.2", "4.10", "4.02", "4.2", "b", "B", "é", "ab-1", "AB-01"]  # some of which sort as the same number
    entries = [
        Entry("x", chance.choice(keys), chance.choice("äöbc") * chance.randrange(1, 4), [chance.choice("12"), "z"])
        for _ in range(300)
    ]
    held, rest = entries[:150], entries[150:]
    for _ in range(60):
        out = [held.pop(chance.randrange(len(held))) for _ in range(chance.randrange(3))]
        come = [rest.pop() for _ in range(chance.randrange(min(3, len(rest) + 1)))]
        now = Rows(held + out)
        page = b"\xc3\xa9head" + now.body + b"tail"
        again = Rows.unpacked(now.packed(6), page)
        assert again is not None
        assert again.change(Exchange(out, come))
        held += come
        chance.shuffle(held)
        whole = Rows(held)
        assert (again.body, again.packed(6), again.values(0)) == (whole.body, whole.packed(6), whole.values(0))
    assert again is not None
    assert not again.change(Exchange([Entry("x", "4.2", "nowhere")], []))
    assert Rows.unpacked(now.packed(6), page[:10]) is None


def test_lines_that_hold_a_text_are_found_as_by_looking_into_each() -> None:
    chance = random.Random(9)  # noqa: S311 - the same each time
    for _ in range(300):
        text = "\n".join("".join(chance.choices("ab", k=chance.randrange(6))) for _ in range(chance.randrange(9)))
        sought = "".join(chance.choices("ab", k=chance.randrange(1, 4)))
        assert list(_lines_with(text, sought)) == [at for at, line in enumerate(text.split("\n")) if sought in line]
