"""Records as text: what was written is read again, and a change touches its own lines only."""

import datetime as dt
import tomllib
from collections.abc import Callable
from typing import Any

import pytest
import tomli
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as some

from bscp_tui.model.action import Action
from bscp_tui.model.document import Document, put, same
from bscp_tui.store.toml_text import LARGEST, UnreadableError, dumped, edited, line_of, parse

NASTY = (
    "",
    " ",
    '"',
    "'''",
    '"""',
    "'''\"\"\"'''",
    '\n"""\n',
    "\\",
    "\\n",
    "ends in a backslash\\",
    'ends in quotes""',
    "two\r\nlines",
    "\r",
    "\n",
    "\n\nblank first",
    "blank last\n",
    "trailing space \nand tab\t\n",
    "\x00\x01\x1b[31m\x7f\x85",
    "\u2028\u2029\ufeff\u202e",
    "Zoë, naïve, 子ども, 👩‍👧, é",
    "[sic] [/ [@click=app.quit]x[/]",
    "# no comment",
    "key = 1",
    "[[key_actions]]",
    "<" * 7,
    "007",
    "1e5",
    "x" * 5000,
)
texts = some.one_of(some.sampled_from(NASTY), some.text(some.characters(exclude_categories=["Cs"]), max_size=40))
days = some.dates(dt.date(1, 1, 1))
scalars = some.one_of(
    texts,
    some.integers(-(2**63), 2**63 - 1),
    some.booleans(),
    some.floats(allow_nan=False, allow_infinity=False),
    days,
    some.datetimes(timezones=some.sampled_from([dt.UTC, dt.timezone(dt.timedelta(hours=-5))])),
    some.datetimes(),
    some.times(),
)
keys = some.one_of(texts, some.from_regex(r"[a-z_]{1,8}", fullmatch=True))
values = some.recursive(
    scalars,
    lambda inner: some.lists(inner, max_size=4) | some.dictionaries(keys, inner, max_size=4),
    max_leaves=12,
)
items = some.fixed_dictionaries({"id": some.from_regex(r"[0-9a-z]{4}", fullmatch=True)}, optional={"odd": values})
documents = some.fixed_dictionaries(
    {"title": texts},
    optional={
        "number": texts,
        "update": texts,
        "years": some.lists(some.integers(0, 5)),
        "outcomes": some.lists(texts, max_size=4),
        "source": some.dictionaries(keys, values, max_size=3),
        "key_actions": some.lists(items, max_size=3),
        "unknown": values,
        "also unknown": values,
    },
)
thorough = settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@thorough
@given(documents)
@example({"title": "two\r\nlines", "unknown": [{"a": "x\r\ny"}]})
@example({"title": "x", "unknown": {"": {"": [[{"a": 1}], {"b": {}}]}}})
def test_what_is_written_is_read_again_and_written_the_same(document: Document) -> None:
    text = dumped(document, Action)
    assert _sorted(parse(text.encode())) == _sorted(document)
    assert dumped(parse(text.encode()), Action) == text


@thorough
@given(documents)
def test_a_change_that_changes_nothing_changes_no_byte(document: Document) -> None:
    data = dumped(document, Action).encode()
    assert edited(data, parse(data), Action) == data


@thorough
@given(documents, some.sampled_from(["title", "update", "number", "note"]), texts)
def test_one_changed_field_changes_its_own_lines_only(document: Document, field: str, text: str) -> None:
    if field == "note":  # a key that this version does not know is kept and edited like any other
        document = {"title": document["title"], "note": "before"} | document
    old = parse(dumped(document, Action).encode())
    new = put(old, (field,), text)
    result = edited(dumped(old, Action).encode(), new, Action).decode()
    assert _without(result, new, field) == _without(dumped(old, Action), old, field)


@given(some.lists(some.integers(0, 300), min_size=1, max_size=6))
def test_rows_of_a_table_have_a_heading_each_however_short_or_long_they_are(lengths: list[int]) -> None:
    rows = [{"id": f"k{number}", "note": "x" * length} for number, length in enumerate(lengths)]
    lines = dumped({"title": "t", "key_actions": rows, "unknown": rows}, Action).splitlines()
    assert lines.count("[[key_actions]]") == lines.count("[[unknown]]") == len(rows)


def test_a_list_has_one_item_a_line() -> None:
    assert 'outcomes = [\n    "a",\n    "b",\n]\n' in dumped({"title": "t", "outcomes": ["a", "b"]}, Action)


def test_fields_stand_in_the_models_order_and_unknown_ones_after_them() -> None:
    text = dumped({"zebra": 1, "title": "t", "number": "1.1", "status": "complete"}, Action)
    assert [line.partition(" ")[0] for line in text.splitlines()] == ["number", "title", "status", "zebra"]


BY_HAND = """\
# Kept by hand since May.
title   =  "Practice"      # agreed wording
number="1.1"
extra = { kept = true,  too = [1,2] }


[[key_actions]]  # the first
number = 1
id = "aaaa"
title = 'One'
status = "not-started"   # as published

    # indented
    [[key_actions]]
    id = "bbbb"
    number = 2
    title = "Two"
    target = 2026-03-31
[source]
document = "Plan"
"""


@pytest.mark.parametrize(
    ("path", "value", "line", "becomes"),
    [
        (
            ("title",),
            "Other",
            'title   =  "Practice"      # agreed wording',
            'title   =  "Other"      # agreed wording',
        ),
        (
            ("key_actions", "#aaaa", "status"),
            "complete",
            'status = "not-started"   # as published',
            'status = "complete"   # as published',
        ),
        (
            ("key_actions", "#bbbb", "target"),
            dt.date(2026, 9, 30),
            "    target = 2026-03-31",
            "    target = 2026-09-30",
        ),
        (("source", "document"), "Report", 'document = "Plan"', 'document = "Report"'),
    ],
)
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_comments_and_layout_that_somebody_wrote_survive_a_change(
    path: tuple[str, ...], value: object, line: str, becomes: str, end: str
) -> None:
    old = BY_HAND.replace("\n", end).encode()
    result = edited(old, put(parse(old), path, value), Action)
    assert result.decode() == BY_HAND.replace(line, becomes).replace("\n", end)


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("update",), "Two lines:\n'''\"\"\" and \\ more"),
        (("key_actions", "#aaaa", "update"), "Long. " * 60),
        (("key_actions", "#aaaa", "evidence", "#ev-1"), {"id": "ev-1", "shows": "output", "text": "Minutes"}),
        (("key_actions", "#bbbb", "years"), [1, 2]),
        (("key_actions", "#cccc"), {"id": "cccc", "number": 3, "title": "Three"}),
        (("withdrawn",), {"date": dt.date(2026, 7, 1), "reason": "Merged"}),
        (("number",), None),
    ],
)
def test_additions_to_a_file_written_by_hand_keep_every_other_line(path: tuple[str, ...], value: object) -> None:
    old = BY_HAND.encode()
    base = parse(old)
    if path[-1].startswith("#") and path[-2] not in base:
        base = base if len(path) == 2 else put(base, path[:-1], None)
    new = _with(base, path, value)
    result = edited(old, new, Action).decode()
    assert _sorted(tomllib.loads(result)) == _sorted(new)
    kept = [line for line in BY_HAND.splitlines() if not line.startswith("number=") or path != ("number",)]
    left = iter(result.splitlines())
    assert all(any(line == other for other in left) for line in kept), result


def test_a_file_written_by_hand_is_not_changed_by_a_change_that_changes_nothing() -> None:
    assert edited(BY_HAND.encode(), parse(BY_HAND.encode()), Action) == BY_HAND.encode()


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("a = 1\nb = " + "[" * 500 + "]" * 500, 2, "brackets within brackets"),
        ("a = 1\nb = " + "{x=" * 500 + "1" + "}" * 500, 2, "brackets within brackets"),
        ("a = 1\n" + ".".join("a" * 100_000) + " = 1", 2, "a name of more than"),
        ("a = 1\n[" + ".".join("a" * 100_000) + "]", 2, "a name of more than"),
        ("a = 1\n" + ' . "b"' * 99 + " = 1", 2, "a name of more than"),
        ("a = 1\n" + ".   " * 63 + "=" + "." * 70, 2, ""),
        ("a = 1\nb = " + "1" * 5000, 2, "a number of more than"),
        ("a = 1\nb = 0x" + "f" * 5000, 2, "a number of more than"),
        ("a = 1\n<<<<<<< HEAD\nb = 1\n=======\nb = 2\n>>>>>>> other\n", 2, "conflict marks"),
        ('a = """\n<<<<<<< HEAD\n=======\n>>>>>>> other\n"""', 2, "conflict marks"),
        ("\ufeffa = 1\n", 1, "byte-order mark"),
        ("a = 1\nb = '\x00'\n", 2, ""),
        ("a = 1\nb = 'c\rd'\n", 2, ""),
        ("a = 1\nb = 2\na = 3\n", 3, ""),
        ("a = 1\nb = nan\n", 2, "not a number"),
        ("a = 1\nb = [\n 1.0,\n -inf ]\n", 4, "not a number"),
        ("a = 1\nb = 'never ended\n", 2, ""),
        ("a = 1\nb = ", 2, ""),
        ("a = 1\nb = 2026-02-30\n", 2, ""),
        ("a = 1\nthis is prose\n", 2, ""),
    ],
)
def test_text_that_is_no_record_is_refused_with_its_line(text: str, line: int, words: str) -> None:
    with pytest.raises(UnreadableError) as refusal:
        parse(text.encode())
    assert words in str(refusal.value)
    assert refusal.value.line == line


def test_a_file_that_is_too_large_is_refused_unread() -> None:
    with pytest.raises(UnreadableError, match="1,000,001 bytes"):
        parse(b"a" * (LARGEST + 1))


def test_bytes_that_are_not_utf8_are_refused_with_their_line() -> None:
    with pytest.raises(UnreadableError, match="not UTF-8") as refusal:
        parse(b"a = 1\nb = '\xff'\n")
    assert refusal.value.line == 2


def test_words_and_marks_that_only_look_dangerous_are_read() -> None:
    text = "inf = 1\nnan = 'nan'\nhash = '" + "f" * 128 + "'\nprose = 'a.b. ' # " + "." * 90 + "\nlong = '" + "[" * 99
    assert parse((text + "'\n").encode())["hash"] == "f" * 128


@pytest.mark.parametrize(
    "value", ["<<<<<<< HEAD\n=======\n>>>>>>> other", "x" * (LARGEST + 1), float("nan")], ids=["marks", "large", "nan"]
)
def test_a_change_that_could_not_be_read_again_is_refused(value: object) -> None:
    old = dumped({"title": "t", "number": "1"}, Action).encode()
    with pytest.raises(UnreadableError):
        edited(old, put(parse(old), ("update",), value), Action)


LINES = """\
number = "4.1"
title = "T"
[[key_actions]]
id = "a"
number = 1
[[key_actions.stages]]
id = "s"
status = "complete"
[[key_actions]]
id = "b"
number = 2
status = "late"
[[key_actions.stages]]
id = "t"
status = "complete"
[[key_actions.stages]]
id = "u"
status = "late"
[odd.table]
status = "late"
[source]
document = 1
"""


@pytest.mark.parametrize(
    ("path", "line"),
    [
        (("title",), 2),
        (("key_actions", 0, "number"), 5),
        (("key_actions", 0, "stages", 0, "status"), 8),
        (("key_actions", 1, "status"), 12),
        (("key_actions", 1, "stages", 1, "status"), 18),
        (("source", "document"), 22),
        (("key_actions", 1, "title"), 9),
        (("key_actions", 0, "title"), 3),
        (("missing",), 1),
    ],
)
def test_a_field_is_found_on_its_line(path: tuple[str | int, ...], line: int) -> None:
    assert line_of(LINES, path) == line


def _with(document: Document, path: tuple[str, ...], value: object) -> Document:
    if len(path) > 1 and path[-1].startswith("#"):
        inner = put(document, path[:-1], []) if len(path) == 2 else document
        rows = _rows(document, path[:-1])
        return put(inner, path[:-1], [*rows, value])
    return put(document, path, value)


def _rows(document: Document, path: tuple[str, ...]) -> list[Any]:
    place: Any = document
    for step in path:
        place = next(row for row in place if row["id"] == step[1:]) if step.startswith("#") else place.get(step, [])
    return list(place)


def _without(text: str, document: Document, field: str) -> str:
    """Return ``text`` without the lines of one field."""
    if field not in document:
        return text
    lines = dumped({field: document[field]}, Action)
    assert lines in text
    return text.replace(lines, "", 1)


def _sorted(value: Any) -> Any:
    """Return a value with its type beside it, since 1, 1.0 and true are three values; keys in one order."""
    if isinstance(value, dict):
        return {key: _sorted(value[key]) for key in sorted(value)}
    return [_sorted(row) for row in value] if isinstance(value, list) else (type(value).__name__, value)


@given(documents)
def test_the_quick_reader_reads_what_pythons_own_reads(document: Document) -> None:
    text = dumped(document, Action)
    assert same(parse(text.encode()), tomllib.loads(text))


@given(documents, some.data())
def test_the_quick_reader_refuses_what_pythons_own_refuses(document: Document, data: some.DataObject) -> None:
    text = dumped(document, Action)
    start = data.draw(some.integers(0, len(text)))
    broken = (
        text[:start] + data.draw(some.sampled_from(["", "\n", '"', "]", "=", "é", "1", "{a=1,}"])) + text[start + 1 :]
    )
    assert repr(_outcome(tomli.loads, broken)) == repr(_outcome(tomllib.loads, broken))


def _outcome(loads: Callable[[str], Document], text: str) -> object:
    try:
        return loads(text)
    except ValueError:
        return "refused"
