"""When Python looks for garbage: not while thousands of things are made that stay.

It looks over all that it holds whenever that has grown by a quarter, and nothing else of the program moves meanwhile:
of ten thousand records, none of which is garbage, that is a second and more in which the screens stand still.
"""

import contextlib
import gc
from collections.abc import Iterator

MANY = 1000  # things of one sort; fewer are made before a look at them would be felt
SELDOM = 500  # looks at what is younger, of fifty thousand things each, before Python looks at all by itself

_left_out = False


@contextlib.contextmanager
def unhurried(count: int) -> Iterator[None]:
    """Let Python not look for garbage while so many things are made, none of which is any.

    Args:
        count: How many; for a few nothing changes.

    """
    if count <= MANY or not gc.isenabled():
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        if not _left_out:
            gc.freeze()  # what was made has grown old at once; else the first look after this goes over all of it
            gc.unfreeze()
        gc.enable()


def leave_out() -> None:
    """Let Python never again look over what it holds now, and seldom over all that comes: see ``is_seldom``.

    It is for what a program that stays was begun for. What is let go of is given back as ever, unless it is held in a
    circle; so this is for once, at the beginning.
    """
    global _left_out  # noqa: PLW0603 - as what it tells of: there is one collector
    _left_out = True
    gc.freeze()
    young, middle, _ = gc.get_threshold()
    gc.set_threshold(young, middle, SELDOM)


def is_seldom() -> bool:
    """Whether Python looks over all that it holds so seldom that it should be asked to when nobody waits."""
    return _left_out
