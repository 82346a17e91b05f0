"""A table that counts learning points by owner: total, completed, pending, overdue."""

import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from bscp_tui.intake.cells import count_in
from bscp_tui.intake.columns import Role
from bscp_tui.intake.rows import Gathered
from bscp_tui.intake.shapes.shape import Shape, Stream
from bscp_tui.intake.wanted import Reading, Wanted
from bscp_tui.model.amendment import Amendment
from bscp_tui.model.kinds import KINDS
from bscp_tui.model.view import View

STATUSES = ("completed", "pending")
# What a reference is made of: letters and digits that can be said on the telephone.
_SAYABLE = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


ROLES = (
    Role("owner", ("agency", "agencies", "owner", "owners", "organisation", "partner", "lead agency",
                   "responsible agency")),
    Role("total", ("total actions", "total", "actions", "number of actions", "number", "all", "learning points",
                   "total learning points")),
    Role("completed", ("completed", "complete", "done", "closed", "implemented", "actions completed")),
    Role("pending", ("pending", "ongoing", "outstanding", "open", "in progress", "not completed", "not complete")),
    Role("overdue", ("overdue", "late", "past due", "past target")),
)  # fmt: skip


def read(stream: Stream) -> Iterator[Wanted]:
    """Yield the learning points that each owner's counts stand for."""
    points = stream.snapshot.views(KINDS["learning-point"])
    sums = dict.fromkeys(("total", "completed", "pending", "overdue"), 0)
    for row in stream.rows:
        counts = {name: count_in(row.cell(name).text) for name in sums}
        if row.total:
            _compare(row, counts, sums, stream)
            continue
        sums = {name: sums[name] + (counts[name] or 0) for name in sums}
        stream.told += [f"{row.place}: {name} “{text}” was not read: {why}." for name, text, why in row.unread()]
        yield from _points(row, counts, points, stream)


def _compare(row: Gathered, counts: dict[str, int | None], sums: dict[str, int], stream: Stream) -> None:
    for name, count in counts.items():
        if count is not None and count != sums[name]:
            stream.told.append(
                f"{row.place}: the total of “{name}” is printed as {count}; the rows add up to {sums[name]}."
            )


def _points(row: Gathered, counts: dict[str, int | None], points: Sequence[View], stream: Stream) -> Iterator[Wanted]:
    owner = " ".join(row.cell("owner").text.split())
    mine = [point for point in points if _same(str(point.value("owner") or ""), owner)]
    doubt = _doubt(row, counts)
    wanted = {"completed": counts["completed"] or 0, "pending": (counts["pending"] or 0) + (counts["overdue"] or 0)}
    extra = []
    for status in STATUSES:
        standing = [point for point in mine if point.value("status") == status]
        for point in standing[: wanted[status]]:
            yield _known(point, row, status)
        missing = wanted[status] - len(standing)
        if missing < 0:
            extra += standing[wanted[status] :]
        if len(mine) < sum(wanted.values()):  # as many stand there otherwise, and which one changed is not said
            for number in range(len(standing) + 1, wanted[status] + 1):
                yield _new(_Counted(row, owner, status, number), counts, doubt, stream)
    for point in extra:
        among = f"the register has {len(mine)} of {owner}, {point.value('status')} among them"
        told = f"{among}; the document counts otherwise"
        known = _known(point, row, str(point.value("status")))
        known.unread.append(("status", f"{owner}: {_in_words(counts)}", f"{told}, and does not say which"))
        yield known


def _in_words(counts: dict[str, int | None]) -> str:
    return ", ".join(f"{name} {count}" for name, count in counts.items() if count is not None)


def _same(one: str, other: str) -> bool:
    return re.sub(r"\W+", " ", one.lower()).strip() == re.sub(r"\W+", " ", other.lower()).strip()


def _doubt(row: Gathered, counts: dict[str, int | None]) -> str | None:
    parts = [counts[name] for name in ("completed", "pending", "overdue")]
    doubts = [row.cell("owner").doubt]
    if counts["total"] is not None and sum(part or 0 for part in parts) != counts["total"]:
        doubts.append(f"the row counts {_in_words(counts)}, which does not add up")
    unread = [name for name in counts if row.cell(name).text and counts[name] is None]
    if unread:
        doubts.append(f"the cell of “{unread[0]}” holds no number: “{row.cell(unread[0]).text}”")
    if counts["overdue"]:
        doubts.append("overdue ones are taken as pending, since no target is given")
    return "; ".join(each for each in doubts if each) or None


class _Counted:
    """The n-th learning point that an owner's row counts under a status."""

    def __init__(self, row: Gathered, owner: str, status: str, number: int) -> None:
        self.row, self.owner, self.status, self.number = row, owner, status, number

    @property
    def code(self) -> str:
        """A reference that the same row gives wherever it is read."""
        digest = hashlib.sha256(f"{self.owner.lower()}|{self.status}|{self.number}".encode()).digest()
        return "".join(_SAYABLE[byte % 32] for byte in digest[:6])


def _known(point: View, row: Gathered, status: str) -> Wanted:
    fields = {"status": Reading(status, "counted by its owner's row")}
    return Wanted(point.kind, point.ref, dict(point.names), row.place, fields)


def _new(at: _Counted, counts: dict[str, int | None], doubt: str | None, stream: Stream) -> Wanted:
    names = stream.bodies.split(at.owner)
    found = [stream.bodies.found(name, at.row.place, "agency") for name in names]
    refs = tuple(dict.fromkeys(each.ref for each in found))
    told = "; ".join(stream.bodies.name(ref) for ref in refs)
    joint = "; the first named answers for it, since the document does not say who does" if len(refs) > 1 else ""
    unsure = "; ".join(each.doubt for each in found if each.doubt) or None
    counted = f"one of the {counts[at.status] or counts['overdue']} that its owner's row counts as {at.status}"
    wording = (
        f"Wording and review are not printed: ready to be filled in. The table counts {counts['total']} for {at.owner}."
    )
    fields = {
        "text": Reading(wording, "the table counts learning points without their wording", only_new=True),
        "status": Reading(at.status, counted, doubt),
        "status_basis": Reading("as-published", "counted by the document, not recorded here", only_new=True),
        "owners_as_published": Reading(at.owner, "its row"),
        "agencies": Reading(refs, f"the owner of its row{joint}", unsure, told, needs=frozenset(refs)),
    }
    code = at.code
    wanted = Wanted(KINDS["learning-point"], f"LP-{code}", {"code": code}, at.row.place, fields)
    wanted.finish = _settled if at.status == "completed" else None
    return wanted


def _settled(amendment: Amendment) -> Amendment:
    """The owners' lines of a completed point are done."""
    owners = amendment.changes.get(("owners",))
    if not isinstance(owners, list):
        return amendment
    done = [row | {"status": "done"} for row in owners]
    return replace(amendment, changes={**amendment.changes, ("owners",): done})


OWNERS = Shape(
    "learning points counted by owner",
    KINDS["learning-point"],
    ROLES,
    keys=("owner",),
    needs=(frozenset({"owner", "completed", "pending"}), frozenset({"owner", "total", "completed"}),
           frozenset({"owner", "total", "pending"})),
    read=read,
)  # fmt: skip
