"""The quick reader of plain records finds what Python's own careful one finds, or leaves the text to it."""

import tomllib
from pathlib import Path
from typing import Any

from hypothesis import given
from hypothesis import strategies as some

from bscp_tui.model.document import Document, same
from bscp_tui.store.starter import starter_records
from bscp_tui.store.toml_text import UnreadableError, parse

KEYS = some.sampled_from(["a", "b", "title", "key_actions", "7", "a-b", "_", "A"])
VALUES = some.sampled_from(
    [
        '"text"', '""', '"# no comment"', '"with = and [brackets]"', '"inf nan 07:32 {x}"', '"é → ’"', '"a\\"b"',
        '"\\e"', '"', '"half', 'half"', '"#', '"\t"', '"\x7f"', '"\x85"', '"\u2028"',
        "1", "0", "007", "999999999999999999", "9223372036854775808", "-1", "+1", "1.5", "inf", "nan", "1_000", "0x1F",
        "2025-12-31", "2025-02-29", "2024-02-29", "0000-01-01", "9999-99-99", "2025-12-31T07:32", "07:32:00",
        "true", "false", "True", "[]", "[", "[1, 2]", "{a = 1}", "{a = 1,}", '"""', "'x'", "",
    ]
)  # fmt: skip
HEADS = some.sampled_from(["a", "b", "a.b", "a.b.c", "a..b", ".a", "key_actions", "key_actions.stages", "x y", '"q"'])
LINES = some.one_of(
    some.builds("{} = {}".format, KEYS, VALUES),
    some.builds("    {},".format, VALUES),
    some.builds("[{}]".format, HEADS),
    some.builds("[[{}]]".format, HEADS),
    some.sampled_from(["]", "", "# comment", "    ", "\r", "a = 1 ", "a=1", "a = [", '    "x",', "}"]),
)
TEXTS = some.lists(LINES, max_size=12).map("\n".join)


def _carefully(text: str) -> Document | None:
    try:
        return tomllib.loads(text)
    except (tomllib.TOMLDecodeError, ValueError):
        return None


def _agrees(text: str, expected: Document | None) -> bool:
    try:
        found = parse(text.encode())
    except UnreadableError:
        # Beyond TOML itself, what no record means is refused: numbers that are none.
        return expected is None or "nan" in text or "inf" in text
    return expected is not None and same(_in_order(found), _in_order(expected))


def _in_order(value: Any) -> Any:
    """Return a document with its tables in one order: a table named again after another has two places."""
    if isinstance(value, dict):
        return {key: _in_order(value[key]) for key in sorted(value)}
    return [_in_order(one) for one in value] if isinstance(value, list) else value


@given(TEXTS, some.sampled_from(["", "\n"]))
def test_any_text_is_read_as_the_standard_says_or_refused(text: str, end: str) -> None:
    assert _agrees(text + end, _carefully(text + end))


@given(some.lists(some.tuples(KEYS, some.text(max_size=20)), max_size=6, unique_by=lambda pair: pair[0]))
def test_any_words_in_quotation_marks_are_read_as_they_stand(pairs: list[tuple[str, str]]) -> None:
    lines = "".join(f'{key} = "{words}"\n' for key, words in pairs)
    try:
        lines.encode()
    except UnicodeEncodeError:
        return
    assert _agrees(lines, _carefully(lines))


def test_every_starter_record_is_read_alike() -> None:
    paths = sorted(Path(starter_records()).rglob("*.toml"))
    assert len(paths) > 100
    for path in paths:
        assert same(parse(path.read_bytes()), tomllib.loads(path.read_text())), path
