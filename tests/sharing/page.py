"""The administrator's page, read by the tests: what it tells people to write and to type is what is tried."""

import re
from pathlib import Path

PAGE = Path(__file__).parents[2] / "docs" / "sharing.md"
_BLOCK = re.compile(r"^```(\w+) ([^\n]+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def block(name: str, **values: str) -> str:
    """Return a block of the page by the name that stands beside its language.

    Args:
        name: What follows the language in the block's first line.
        values: What to put for each word of the page that a reader replaces; each must occur.

    """
    found = {match[2].strip(): match[3] for match in _BLOCK.finditer(PAGE.read_text())}
    assert name in found, f"the page has no block {name!r}, only {sorted(found)}"
    text = found[name]
    for word, value in values.items():
        assert word in text, f"{word} does not stand in {name!r}"
        text = text.replace(word, value)
    return text
