"""What tells the parts of a chart apart, whoever sees no colour: signs, and a legend that says which is which."""

from collections.abc import Iterator, Sequence

from wcwidth import wcswidth

from bscp_tui.model.text import shown

NAME = 36
PAGE = 80
FILLS, ASCII_FILLS = "█▓▒░▚▞▤", "#=+-o.:"
POINTS, ASCII_POINTS = "●■▲◆▼◇○", "*#^o+vx"
SEVERAL, ASCII_SEVERAL = "◉", "%"  # where points of several series meet


def legend(names: Sequence[str], signs: Sequence[str], page: int = PAGE) -> Iterator[str]:
    """Yield which sign stands for which name, as many to a line as it takes."""
    line = ""
    for place, name in enumerate(names):
        one = f"{signs[place % len(signs)]} {fitted(name, min(wcswidth(shown(name)), NAME))}"
        if line and wcswidth(line) + 2 + wcswidth(one) > page:
            yield line
            line = ""
        line = f"{line}  {one}" if line else one
    yield line


def fitted(name: str, width: int) -> str:
    """Return a name in exactly so many columns."""
    name = shown(name).replace("\n", " ")
    if wcswidth(name) > width:
        while name and wcswidth(name) > width - 1:
            name = name[:-1]
        name = f"{name.rstrip()}…"
    return name + " " * (width - wcswidth(name))
