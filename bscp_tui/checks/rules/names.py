"""Names and references: each leads to a record of the right kind, and is told apart from every other."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from typing import Any

from bscp_tui.checks.looking import rows_of
from bscp_tui.checks.rule import About, Doubt, of_all, of_each, of_notes
from bscp_tui.checks.walking import walked
from bscp_tui.model.bodies import Agency, Group
from bscp_tui.model.fields import BODY_KINDS
from bscp_tui.model.kinds import KINDS
from bscp_tui.model.parts import Link
from bscp_tui.model.view import View
from bscp_tui.store.snapshot import Snapshot

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]")


@of_each(
    About(
        "broken-reference",
        "error",
        "A record names another that is not in the register.",
        "Whoever follows it finds nothing, and counts by it leave the record out.",
        "A learning point is owned by an agency that has no record.",
        "Name the right record, or add it first: bscp show {ref}.",
    ),
    through=("named",),
)
def broken_reference(view: View, item: Any) -> Iterator[Doubt]:
    """Raise references that lead nowhere."""
    for at, ref, kinds in walked(item).named:
        if view.register.view(ref) is None and not view.register.knows(ref):
            what = "agency, group or person" if kinds == BODY_KINDS else "record"
            yield Doubt(view, f"there is no {what} “{ref}”", at)


@of_each(
    About(
        "reference-of-wrong-kind",
        "error",
        "A record names another of a kind that cannot stand there.",
        "Counts and lists by that field are wrong.",
        "A theme is named as the agency of a return.",
        "Name a record of the right kind in {ref}.",
    ),
    through=("named",),
)
def reference_of_wrong_kind(view: View, item: Any) -> Iterator[Doubt]:
    """Raise references that lead to a record of another kind."""
    for at, ref, kinds in walked(item).named:
        found = view.register.view(ref) if kinds else None
        if found is not None and found.kind.name not in kinds:
            wanted = " or ".join(kind.replace("-", " ") for kind in kinds)
            kind = found.kind.name.replace("-", " ")
            yield Doubt(view, f"“{ref}” is of the kind {kind}; what belongs there is of the kind {wanted}", at)


@of_each(
    About(
        "names-withdrawn",
        "warning",
        "A record names another that was withdrawn.",
        "Its work may have gone on elsewhere; the reference should follow it.",
        "An action is led by a group that was withdrawn.",
        "Name what took its place in {ref}, or bring the other back.",
    ),
    through=("named",),
)
def names_withdrawn(view: View, item: Any) -> Iterator[Doubt]:
    """Raise references to withdrawn records; links keep their history."""
    for at, ref, _ in walked(item).named:
        found = view.register.view(ref)
        if found is not None and found.withdrawn and "links" not in at and not view.withdrawn:
            yield Doubt(view, f"{ref} was withdrawn", at)


@of_each(
    About(
        "names-itself",
        "error",
        "A record names itself.",
        "Nothing supersedes, repeats or leads to itself.",
        "An action is superseded by itself.",
        "Name the record that was meant in {ref}.",
    ),
    through=("named", "several"),
)
def names_itself(view: View, item: Any) -> Iterator[Doubt]:
    """Raise references of a record to itself, links among them."""
    for at, ref, _ in walked(item).named:
        if ref == view.ref:
            yield Doubt(view, "it names itself", at)
    for place, link in enumerate(rows_of(item, "links")):
        if isinstance(link, Link) and any(
            link.to == other.to and link.type == other.type for other in item.links[:place]
        ):
            yield Doubt(view, f"it is linked to {link.to} twice in the same way", ("links", place), "warning")


_ONWARD = ("superseded_by", "carried_forward_to", "reports_to", "re_audit_of", "rapid_review")


def _onward(view: View, item: Any) -> tuple[str, dict[str, str]] | None:
    """Note which records follow a record, by field."""
    after = {name: str(ref) for name in _ONWARD if (ref := vars(item).get(name))}
    return (view.ref, after) if after and not view.withdrawn else None


@of_notes(
    About(
        "in-a-circle",
        "error",
        "Records follow one another in a circle.",
        "Each was superseded by, carried forward to, or reports to, the next, and the last to the first.",
        "A is superseded by B, and B by A.",
        "Find which step is wrong, and take it away: bscp set {ref} FIELD= --reason TEXT.",
    ),
    note=_onward,
    needs=_ONWARD,
)
def in_a_circle(snapshot: Snapshot, notes: Sequence[tuple[str, dict[str, str]]]) -> Iterator[Doubt]:
    """Raise circles of succession, of reporting and of re-audit."""
    for name in _ONWARD:
        onward = {ref: after[name] for ref, after in notes if name in after}
        for ref, after in onward.items():
            seen, following = [ref], after
            while following in onward and following not in seen:
                seen.append(following)
                following = onward[following]
            view = snapshot.view(ref) if following == ref and len(seen) > 1 and ref == min(seen) else None
            if view is not None:
                yield Doubt(view, f"{name.replace('_', ' ')} goes in a circle: {' → '.join([*seen, ref])}", (name,))


@of_all(
    About(
        "name-shared",
        "error",
        "Two bodies go by the same name.",
        "Imports and commands that name them cannot tell which is meant.",
        "Two agencies have the short name EHS.",
        "Give one of them another name or spelling: bscp set {ref} short_name=NAME --reason TEXT.",
    )
)
def name_shared(snapshot: Snapshot) -> Iterator[Doubt]:
    """Raise names, short names and spellings that two bodies share."""
    known: dict[str, View] = {}
    for kind in BODY_KINDS:
        for view in snapshot.views(KINDS[kind]):
            names = [("title", view.title), ("short_name", getattr(view.item, "short_name", None))]
            names += [("aliases", alias) for alias in getattr(view.item, "aliases", ())]
            for field, name in names:
                told = str(name or "").strip().lower()
                other = known.setdefault(told, view) if told else view
                if other is not view:
                    yield Doubt(view, f"“{name}” is also a name of {other.ref}", (field,))


@of_each(
    About(
        "name-not-expanded",
        "info",
        "A body is known by a short form only.",
        "Readers outside the partnership cannot tell who it is.",
        "The owner of a learning point is printed as “ODOC”, which no document explains.",
        "Ask what it stands for: bscp set {ref} title=NAME short_name=SHORT --reason TEXT.",
    ),
    Agency,
    Group,
)
def name_not_expanded(view: View, item: Any) -> Iterator[Doubt]:
    """Raise titles that are capitals alone."""
    if re.fullmatch(r"[A-Z][A-Z&/ ]{1,9}", item.title):
        yield Doubt(view, f"“{item.title}” is not spelled out", ("title",))


@of_each(
    About(
        "hidden-characters",
        "warning",
        "A text holds characters that are not seen.",
        "They can make a text read otherwise than it is, or be found by nobody.",
        "A title with a mark that turns the writing direction.",
        "Type the text anew: bscp set {ref} FIELD=TEXT --reason TEXT.",
    ),
    through=("odd",),
)
def hidden_characters(view: View, item: Any) -> Iterator[Doubt]:
    """Raise control and direction characters in any text."""
    for steps, at, text in walked(item).odd:
        match = _CONTROL.search(text.replace("\n", " "))
        if match:
            told = unicodedata.name(match[0], f"character {ord(match[0]):04X}").lower()
            yield Doubt(view, f"a character that is not seen: {told}", (*steps, *at))


@of_each(
    About(
        "unknown-key",
        "warning",
        "A file holds a key that this version of the program does not know.",
        "A key that was misspelt by hand says nothing to anybody.",
        "“targett = 2026-03-31”.",
        "Compare with the fields of its kind: bscp show {ref}; then mend the key in the file.",
    ),
    through=("unknown",),
)
def unknown_key(view: View, item: Any) -> Iterator[Doubt]:
    """Raise keys that are kept and not understood."""
    for steps, name in walked(item).unknown:
        yield Doubt(view, f"the key “{name[:60]}” is not known", (*steps, name))


NAMES = (
    broken_reference, reference_of_wrong_kind, names_withdrawn, names_itself, in_a_circle, name_shared,
    name_not_expanded, hidden_characters, unknown_key,
)  # fmt: skip
