"""A record that is read part by part holds what it holds when it is read as a whole."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some

from bscp_tui.history.parts import Parts
from bscp_tui.model.document import same
from bscp_tui.store.toml_text import UnreadableError, parse

LINES = (
    'title = "Teams"',
    "number = 3",
    "day = 2026-06-30",
    "open = true",
    'words = [\n    "one",\n    "two",\n]',
    "cut = [",
    "]",
    "",
    "[a]",
    "[a.b]",
    "[b]",
    "[[a]]",
    "[[a.b]]",
    "[[b]]",
    "[[b.a.c]]",
    "[ a ]",
    "# said by hand",
    'text = """',
    '[[a]]"""',
    'odd."key" = 1.5',
)
texts = some.lists(some.sampled_from(LINES), max_size=14).map("\n".join)
versions = some.lists(some.tuples(texts, some.sampled_from(("", "\n"))).map("".join), min_size=1, max_size=6)


def read(reader: Any, text: str) -> tuple[Any, str]:
    """What a reader makes of a file: what it holds, or why it cannot be read."""
    try:
        return reader(text.encode()), ""
    except UnreadableError as error:
        return None, f"{error.line}: {error}"


@given(versions)
def test_parts_hold_what_the_whole_file_holds(found: list[str]) -> None:
    parts = Parts()
    for text in [*found, *found]:
        (apart, why), (whole, said) = read(parts.read, text), read(parse, text)
        assert same(apart, whole)
        assert why == said


def test_every_starter_record_is_the_same_in_parts(folder: Path) -> None:
    parts = Parts()
    for place in sorted(folder.rglob("*.toml")):
        assert same(parts.read(place.read_bytes()), parse(place.read_bytes()))


def test_rows_that_two_versions_share_are_read_once() -> None:
    row = '\n[[rows]]\nid = "{}"\ntitle = "{}"\n'
    parts = Parts()
    old = parts.read(("number = 1\n" + row.format("a", "One") + row.format("b", "Two")).encode())
    new = parts.read(("number = 2\n" + row.format("a", "One") + row.format("b", "Three")).encode())
    assert new["rows"][0] is old["rows"][0]
    assert new["rows"][1] == {"id": "b", "title": "Three"}


@pytest.mark.parametrize("data", [b"\xff", b"\xef\xbb\xbfnumber = 1\n", b"<<<<<<< ours\n", b"a = 1\na = 2\n"])
def test_what_cannot_be_read_is_explained_as_ever(data: bytes) -> None:
    with pytest.raises(UnreadableError) as whole:
        parse(data)
    with pytest.raises(UnreadableError) as apart:
        Parts().read(data)
    assert (str(apart.value), apart.value.line) == (str(whole.value), whole.value.line)
