"""What is typed into a filter line, split into the terms of the one filter grammar."""

import re

from bscp_tui.model.filters import Term, read_filter
from bscp_tui.model.record import Kind

_PART = re.compile(r'([\w-]+\s*(?:!=|<=|>=|=|~|<|>))\s*("[^"]*"?|\S*)|"([^"]*)"?|(\S+)')


def terms_of(text: str, kind: Kind) -> list[Term]:
    """Return the conditions in ``text``; a value that holds a space stands in quotes.

    A condition whose value is not typed yet is left out.

    Raises:
        FilterError: A field is unknown; the message lists those that there are.

    """
    return [term for term in read_filter(parts_of(text), kind) if term.value]


def parts_of(text: str) -> list[str]:
    """Return the conditions in ``text`` one by one, as a command line would give them."""
    parts = []
    for match in _PART.finditer(text):
        condition, value, phrase, word = match.groups()
        if condition is not None:
            parts.append(f"{condition}{value.strip(chr(34))}")
        else:
            parts.append(phrase if phrase is not None else word)
    return parts
