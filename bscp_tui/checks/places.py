"""Where in a file a field stands: its line, and its name as people and the history write it."""

import re
from collections.abc import Sequence

from bscp_tui.checks.rule import Steps
from bscp_tui.model.view import View

_LONG_STRING = re.compile(r'"""(?:\\.|[^\\])*?"""|\'\'\'.*?\'\'\'', re.DOTALL)
# What is taken is not given back (++), or a line of spaces would take minutes.
_HEADING = re.compile(r"\s*+\[\[?+\s*+([^\s\[\]][^\[\]]*+)\]\]?\s*+(?:#.*)?")
_KEY = re.compile(r"\s*+([\w.\"'-][\w.\"' -]*+)\s*+=")


def steps_in_file(view: View, at: Steps) -> Steps:
    """Return where ``at`` lies in the whole file: a row's place is put before it."""
    if view.parent is None or not view.inside:
        return at
    table = view.inside[0]
    rows = getattr(view.parent.item, table)
    place = next((place for place, row in enumerate(rows) if row is view.item), None)
    if place is None:
        place = next((place for place, row in enumerate(rows) if f"#{row.id}" == view.inside[1]), 0)
    return (table, place, *at)


def named(view: View, at: Steps) -> str:
    """Return the field in full, ``key_actions.3.stages.d3k9.target``: rows by number, else by id."""
    told: list[str] = []
    item: object = view.parent.item if view.parent is not None and view.inside else view.item
    for step in steps_in_file(view, at):
        if isinstance(step, int):
            row = item[step] if isinstance(item, Sequence) and step < len(item) else None
            is_row = row is not None and not isinstance(row, (str, int))
            told.append(str(getattr(row, "number", None) or getattr(row, "id", step)) if is_row else str(step + 1))
            item = row
        else:
            told.append(step)
            item = getattr(item, step, None)
    return ".".join(told)


def line_at(text: str, steps: Steps) -> int:
    """Return the line (from 1) of the field at ``steps``; of what holds it where it has no line of its own."""
    lines = _LONG_STRING.sub(lambda match: '""' + "\n" * match.group().count("\n"), text).split("\n")
    wanted = _Wanted(steps)
    header: list[str] = []
    counts: dict[str, int] = {}
    best, depth = 1, 0
    for number, line in enumerate(lines, start=1):
        heading = _HEADING.fullmatch(line)
        if heading:
            header = _parts(heading[1])
            _count(counts, header)
            reached = wanted.reached(header, counts)
            if reached > depth:
                best, depth = number, reached
            continue
        key = _KEY.match(line)
        if key is None:
            continue
        reached = wanted.reached([*header, *_parts(key[1])], counts)
        if reached > depth:
            best, depth = number, reached
            rest = wanted.names_and_rows[reached:]
            if rest and isinstance(rest[0], int) and line.rstrip().endswith("["):
                best += min(rest[0] + 1, _length(lines, number))
    return best


class _Wanted:
    """The place that is looked for, and how much of it a heading or key reaches."""

    def __init__(self, steps: Steps) -> None:
        self.names_and_rows = steps

    def reached(self, names: Sequence[str], counts: dict[str, int]) -> int:
        """Return how many of the steps ``names`` reach; 0 where they lead elsewhere."""
        place, sofar = 0, []
        for name in names:
            if place >= len(self.names_and_rows) or self.names_and_rows[place] != name:
                return 0
            place += 1
            sofar.append(name)
            row = self.names_and_rows[place] if place < len(self.names_and_rows) else None
            if isinstance(row, int) and ".".join(sofar) in counts:
                if counts[".".join(sofar)] != row:
                    return 0
                place += 1
        return place


def _parts(text: str) -> list[str]:
    return [part.strip().strip("\"'") for part in text.split(".")]


def _count(counts: dict[str, int], header: Sequence[str]) -> None:
    """Count a table's heading; what stood inside the one before it begins anew."""
    name = ".".join(header)
    for known in [known for known in counts if known.startswith(f"{name}.")]:
        del counts[known]
    counts[name] = counts.get(name, -1) + 1


def _length(lines: Sequence[str], start: int) -> int:
    """Return how many lines the list holds that opens on line ``start`` (from 1)."""
    return next((length for length, line in enumerate(lines[start:]) if line.strip().startswith("]")), 0)
