"""The line of a field is the line on which a person finds it, however the file was written."""

import pytest

from bscp_tui.checks.places import line_at

TEXT = '''number = "4.1"
text = """
target = "not this one"
[[key_actions]]
"""
measures = [
    "One",
    "Two",
]
# [[key_actions]]

[source]
document = "Plan"

[[leads]]
id = "a"

[[key_actions]]
id = "one"
number = 1

[[key_actions.stages]]
title = "first"

[[key_actions.stages]]
title = "second"
"target" = 2026-03-31

[[key_actions]]
id = "two"
target = 2026-03-31

[[key_actions.stages]]
title = "third"
links.note = "odd"
'''


@pytest.mark.parametrize(
    ("steps", "line"),
    [
        (("number",), "1"),
        (("measures",), "measures = ["),
        (("measures", 1), '    "Two",'),
        (("source", "document"), 'document = "Plan"'),
        (("leads",), "[[leads]]"),
        (("leads", 0, "party"), "[[leads]]"),
        (("key_actions", 0, "number"), "number = 1"),
        (("key_actions", 0, "stages", 1), '[[key_actions.stages]] of "second"'),
        (("key_actions", 0, "stages", 1, "target"), '"target" = 2026-03-31'),
        (("key_actions", 1, "target"), "target = 2026-03-31"),
        (("key_actions", 1, "stages", 0, "title"), 'title = "third"'),
        (("key_actions", 1, "stages", 0, "links", "note"), 'links.note = "odd"'),
        (("nothing",), "1"),
    ],
)
def test_a_field_is_found_on_its_line(steps: tuple[str | int, ...], line: str) -> None:
    lines = TEXT.split("\n")
    heading, _, inside = line.partition(" of ")
    if line == "1":
        wanted = 1
    elif inside:
        wanted = lines.index(f"title = {inside}")
        assert lines[wanted - 1] == heading
    else:
        wanted = lines.index(line) + 1
    assert line_at(TEXT, steps) == wanted


@pytest.mark.parametrize(
    "line", [" " * 100_000, "[" + " " * 100_000 + "]", '    "' + " " * 100_000 + '",', "[" * 100_000]
)
def test_a_line_of_spaces_is_read_once(line: str) -> None:
    """Shared out in every way between what may stand before a name, it would take hours."""
    assert line_at(f"rows = [\n{line}\n]\ntarget = 2026-03-31\n", ("target",)) == 4
