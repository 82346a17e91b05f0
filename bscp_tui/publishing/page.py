"""A file of the site that is made, or left as it is."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

ALWAYS = True  # pages that are known to be another, are put together in no time, or tell of the last entry


class Page(NamedTuple):
    """A file of the site: its name, whether it can be another than it was, and what makes it."""

    name: str
    again: bool
    make: Callable[[], bytes]


# Pages that are made one after the other, since one makes what the next one needs, too.
Unit = Sequence[Page]
