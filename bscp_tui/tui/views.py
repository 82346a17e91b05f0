"""Saved views as the screens offer them: those of the register, and the person's own."""

from collections.abc import Sequence

from bscp_tui.model.kinds import KINDS
from bscp_tui.model.record import Kind
from bscp_tui.model.saved_view import shared_views, view_of
from bscp_tui.model.shown_list import ShownList
from bscp_tui.store.snapshot import Snapshot
from bscp_tui.tui.safe_text import plain, plain_line
from bscp_tui.tui.widgets.words import Line

FOR_ALL, FOR_ME = "for-all", "for-me"


def views_offered(snapshot: Snapshot, kind: Kind, own: Sequence[ShownList]) -> list[Line]:
    """Return the lines that open a view of ``kind`` or keep a new one.

    Args:
        snapshot: The records.
        kind: The list's kind.
        own: The person's own views of it.

    """
    shared = [shown for _, shown in shared_views(snapshot) if shown.kind == kind.name]
    lines = [Line(plain_line(f"{shown.title} · everybody's"), shown) for shown in shared]
    lines += [Line(plain_line(f"{shown.title} · mine"), shown) for shown in own]
    lines.append(Line(plain("Keep what this list shows, for everybody …"), FOR_ALL))
    lines.append(Line(plain("Keep what this list shows, for me alone …"), FOR_ME))
    return lines


def every_view(snapshot: Snapshot, own: Sequence[ShownList]) -> list[Line]:
    """Return the lines that open a view of any list, with the list's name."""
    named = [(shown, "everybody's") for _, shown in shared_views(snapshot)] + [(shown, "mine") for shown in own]
    return [
        Line(plain_line(f"{shown.title} · {whose} · {KINDS[shown.kind].plural.lower()}"), shown)
        for shown, whose in named
        if shown.kind in KINDS
    ]


def known_of(shown: ShownList) -> dict[str, str]:
    """Return what the form of a new view begins with, by field."""
    told = {}
    for name, value in view_of(shown).items():
        if isinstance(value, tuple):
            told[name] = "\n".join(value)
        elif value not in (None, ""):
            told[name] = "yes" if value is True else str(value)
    return told
