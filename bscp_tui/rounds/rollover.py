"""From one plan to the next: close the old, carry what is open forward with links, open the new, make it current."""

import datetime as dt
import re
from collections.abc import Container, Generator, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from bscp_tui.model.action import ACTION, KEY_ACTION, Action, KeyAction
from bscp_tui.model.additions import new_record
from bscp_tui.model.amendment import Amendment, amend
from bscp_tui.model.document import Document, new_item_ids, with_ids
from bscp_tui.model.ordering import natural
from bscp_tui.model.plan import PLAN, PRIORITY, Plan
from bscp_tui.model.record import NAME
from bscp_tui.model.settings import REGISTER, Settings
from bscp_tui.model.view import Circumstances, RefusedChangeError, View
from bscp_tui.model.workflow import OPEN
from bscp_tui.rounds.together import grouped
from bscp_tui.store.snapshot import Snapshot

# What a row of the new plan keeps of the old one; progress told, evidence and dates stay where they were recorded.
KEPT = ("title", "text", "outcomes", "measures", "audience")


@dataclass(frozen=True)
class NextPlan:
    """The plan that follows.

    Attributes:
        ref: Its reference, ``2025-27``.
        title: Its title; "" for the reference.
        start: Its first day, if that is known.
        end: Its last day, if that is known.

    """

    ref: str
    title: str = ""
    start: dt.date | None = None
    end: dt.date | None = None


@dataclass(frozen=True)
class Carried:
    """One row of the old plan, and what of it goes on.

    Attributes:
        row: The action.
        key_actions: Those of its key actions that go on; none for a row that goes on by itself.

    """

    row: View
    key_actions: tuple[KeyAction, ...] = ()

    @property
    def action(self) -> Action:
        """The row's fields."""
        assert isinstance(self.row.item, Action)  # noqa: S101 - for the type checker
        return self.row.item

    @property
    def whole(self) -> bool:
        """Whether nothing of the row stays behind open."""
        standing = [each for each in self.action.key_actions if each.withdrawn is None]
        return all(each in self.key_actions or not each.owed for each in standing)


def plan_of(snapshot: Snapshot, ref: str) -> View:
    """Return the plan of that reference.

    Raises:
        RefusedChangeError: There is none, or it was withdrawn.

    """
    found = snapshot.view(ref)
    if found is None or found.kind is not PLAN or found.withdrawn:
        known = ", ".join(view.ref for view in snapshot.views(PLAN)) or "none"
        msg = f"There is no plan “{ref}” in the register. The plans are: {known}."
        raise RefusedChangeError(msg, field="plan")
    return found


def open_work(snapshot: Snapshot, plan: str) -> list[View]:
    """Return what is still owed in a plan: its open key actions, and its open rows that have none."""
    rows = snapshot.views(ACTION, names={"plan": plan})
    key_actions = snapshot.views(KEY_ACTION, names={"plan": plan})
    alone = [view for view in rows if isinstance(view.item, Action) and not view.item.key_actions and view.item.owed]
    owed = [view for view in key_actions if isinstance(view.item, KeyAction) and view.item.owed]
    return sorted([*alone, *owed], key=lambda view: natural(view.ref))


def untold_work(snapshot: Snapshot, plan: str) -> list[View]:
    """Return the rows without key actions whose progress is not recorded, and that were not carried forward."""
    rows = snapshot.views(ACTION, names={"plan": plan})
    return [view for view in rows if isinstance(view.item, Action) and not view.item.key_actions
            and view.item.status is None and view.item.carried_forward_to is None]  # fmt: skip


def planned(
    snapshot: Snapshot, old: str, new: NextPlan, carry: Sequence[str], why: Circumstances, *, prefix: str
) -> list[Amendment]:
    """Return every change of the step, in the order in which they are recorded, as one group.

    Args:
        snapshot: The register as it stands.
        old: The plan that ends.
        new: The plan that follows.
        carry: References of the rows and key actions that go on; a row means all that is open in it.
        why: Reason, effective day, meeting.
        prefix: What the path of every record begins with.

    Raises:
        RefusedChangeError: A plan or a reference does not fit; the message says which.

    """
    ending = plan_of(snapshot, old)
    if new.ref == old:
        msg = f"{old} cannot follow itself; name the plan that comes after it."
        raise RefusedChangeError(msg, field="plan")
    if not re.fullmatch(NAME, new.ref):
        msg = f"“{new.ref}” cannot be a plan's reference: use small letters, digits and hyphens, 2025-27."
        raise RefusedChangeError(msg, field="plan")
    if new.start and new.end and new.end < new.start:
        msg = f"{new.ref} would end before it begins."
        raise RefusedChangeError(msg, field="end")
    step = _Step(snapshot, new, why, prefix)
    chosen = _chosen(snapshot, old, carry)
    amendments = [*step.opened(ending), *step.priorities(old, chosen)]
    for carried in chosen:
        amendments += step.carried(carried)
    amendments += [*step.closed(ending), *step.made_current()]
    return grouped(amendments)


class _Ahead:
    """The register as it will be once what the step adds is there."""

    def __init__(self, snapshot: Snapshot, coming: Container[str]) -> None:
        self._snapshot, self._coming = snapshot, coming

    def __getattr__(self, name: str) -> object:
        return getattr(self._snapshot, name)

    def knows(self, ref: str) -> bool:
        return ref in self._coming or self._snapshot.knows(ref)


@dataclass
class _Step:
    """The step while its changes are gathered; numbers that it gives are not given again."""

    snapshot: Snapshot
    new: NextPlan
    why: Circumstances
    prefix: str

    def __post_init__(self) -> None:
        self._given: set[str] = set()
        self._coming = {self.new.ref}

    def opened(self, ending: View) -> Iterator[Amendment]:
        """Yield what makes the new plan be there, drafted, with the old one's legend left for it to adopt."""
        there = self.snapshot.view(self.new.ref)
        if there is not None:
            yield from self._brought_back(there)
            return
        values: dict[str, object] = {"title": self.new.title or self.new.ref, "start": self.new.start,
                                     "end": self.new.end}  # fmt: skip
        old = ending.item
        values |= {"audience": old.audience, "ambition": old.ambition} if isinstance(old, Plan) else {}
        yield self._added(PLAN.name, {"plan": self.new.ref}, values)

    def priorities(self, old: str, chosen: Sequence[Carried]) -> Iterator[Amendment]:
        """Yield the priorities under which something goes on, where the new plan has none of that number."""
        for number in dict.fromkeys(str(carried.row.value("priority")) for carried in chosen):
            there, before = self.snapshot.view(f"{self.new.ref}/{number}"), self.snapshot.view(f"{old}/{number}")
            if there is not None:
                yield from self._brought_back(there)
            elif before is not None:
                kept = {name: getattr(before.item, name, None) for name in ("title", "text", "audience")}
                kept["senior_responsible_officer"] = getattr(before.item, "senior_responsible_officer", None)
                names = {"plan": self.new.ref, "number": number}
                yield self._added(PRIORITY.name, names, {"number": int(number), **kept})

    def carried(self, carried: Carried) -> Iterator[Amendment]:
        """Yield what puts a row into the new plan, and what says so in the old one."""
        again = self._carried_before(carried.row.ref)
        number = str(again.names["number"]) if again is not None else self._free(carried.action.number)
        ref = f"{self.new.ref}/{number}"
        if again is not None:
            numbers = yield from self._continued(again, carried)
        else:
            numbers = {each.number: each.number for each in carried.key_actions}
            yield self._added(ACTION.name, {"plan": self.new.ref, "number": number}, _row(carried, number, self.new))
        links: dict[str, object] = {
            f"key_actions.#{each.id}.carried_forward_to": f"{ref}.{numbers[each.number]}"
            for each in carried.key_actions
        }
        if carried.whole:
            links["carried_forward_to"] = ref
        self._coming |= {str(link) for link in links.values()}
        yield amend(self._ahead(carried.row), self.snapshot.document(carried.row.path), links, self.why)

    def _continued(self, there: View, carried: Carried) -> Generator[Amendment, None, dict[int, int]]:
        """Yield what adds to a row that an earlier step made; return the old numbers with the new ones."""
        assert isinstance(there.item, Action)  # noqa: S101 - for the type checker
        rows = there.item.key_actions
        numbers, taken, values = {}, {row.number for row in rows}, dict[str, object]()
        ids = new_item_ids(row.id for row in rows)
        for each in carried.key_actions:
            came = next((row for row in rows if row.carried_forward_from == f"{carried.row.ref}.{each.number}"), None)
            number = came.number if came else each.number if each.number not in taken else max(taken) + 1
            numbers[each.number] = number
            taken.add(number)
            if came is None:
                row = {"id": next(ids), **_key_action(each, carried.row.ref, self.new), "number": number}
                values[f"key_actions.#{row['id']}"] = row
        if there.withdrawn:
            values["withdrawn"] = None
            there = replace(there, item=there.item.model_copy(update={"withdrawn": None}))
        if values:
            yield amend(there, self.snapshot.document(there.path), values, self.why)
        return numbers

    def closed(self, ending: View) -> Iterator[Amendment]:
        """Yield what closes the old plan and its priorities."""
        for view in (*self.snapshot.views(PRIORITY, names={"plan": ending.ref}), ending):
            if view.value("status") != "closed":
                yield amend(view, self.snapshot.document(view.path), {"status": "closed"}, self.why)

    def made_current(self) -> Iterator[Amendment]:
        """Yield what makes the new plan the current one."""
        found = self.snapshot.view(REGISTER.reference)
        if found is None or not isinstance(found.item, Settings) or found.item.current_plan == self.new.ref:
            return
        yield amend(self._ahead(found), self.snapshot.document(found.path), {"current_plan": self.new.ref}, self.why)

    def _ahead(self, view: View) -> View:
        """Return the record in the register that the step is about to make, where its references lead somewhere."""
        ahead: object = _Ahead(self.snapshot, self._coming)
        return replace(view, register=ahead)  # type: ignore[arg-type]

    def _added(self, kind: str, names: Mapping[str, str], values: Mapping[str, object]) -> Amendment:
        from bscp_tui.model.kinds import KINDS

        return new_record(
            KINDS[kind], names, values, self.why,
            prefix=self.prefix, taken=self.snapshot.has_path, register=self.snapshot,
        )  # fmt: skip

    def _brought_back(self, view: View) -> Iterator[Amendment]:
        """Yield what brings back a record that an undone step had added; nothing where it stands."""
        if view.withdrawn:
            yield amend(view, self.snapshot.document(view.path), {"withdrawn": None}, self.why)

    def _carried_before(self, ref: str) -> View | None:
        """Return the row of the new plan that an earlier, undone or broken off step made of ``ref``."""
        rows = self.snapshot.views(ACTION, withdrawn=True, names={"plan": self.new.ref})
        return next((view for view in rows if getattr(view.item, "carried_forward_from", None) == ref), None)

    def _free(self, number: str) -> str:
        """Return the number itself where the new plan has none such, else the next one of its priority."""
        while self.snapshot.has_path(self._path(number)) or number in self._given:
            priority, _, last = number.partition(".")
            number = f"{priority}.{int(last or 0) + 1}"
        self._given.add(number)
        return number

    def _path(self, number: str) -> str:
        return self.prefix + (ACTION.where or "").format(plan=self.new.ref, number=number)


def _chosen(snapshot: Snapshot, old: str, carry: Sequence[str]) -> list[Carried]:
    """Return what goes on, row by row.

    Raises:
        RefusedChangeError: A reference names nothing in the old plan that can go on.

    """
    by_row: dict[str, list[KeyAction]] = {}
    for name in dict.fromkeys(carry):
        view = _named(snapshot, old, name)
        row = view.parent or view
        item = row.item
        goes = [view.item] if isinstance(view.item, KeyAction) else _open_of(item)
        if not goes and isinstance(item, Action) and item.key_actions:
            msg = f"{row.ref} has no open key action, so nothing of it is carried forward."
            raise RefusedChangeError(msg, field="carry")
        known = by_row.setdefault(row.ref, [])
        known += [each for each in goes if isinstance(each, KeyAction) and each not in known]
    found = []
    for ref in sorted(by_row, key=natural):
        seen = snapshot.view(ref)
        assert seen is not None  # noqa: S101 - it was found above
        found.append(Carried(seen, tuple(sorted(by_row[ref], key=lambda each: each.number))))
    return found


def _named(snapshot: Snapshot, old: str, name: str) -> View:
    view = snapshot.view(name) or snapshot.view(f"{old}/{name}")
    if view is None or view.names.get("plan") != old or not isinstance(view.item, (Action, KeyAction)):
        msg = f"“{name}” is no action or key action of {old}."
        raise RefusedChangeError(msg, field="carry")
    if view.withdrawn:
        msg = f"{view.ref} is withdrawn, so it is not carried forward."
        raise RefusedChangeError(msg, field="carry")
    if view.item.carried_forward_to is not None:
        msg = f"{view.ref} was carried forward already, to {view.item.carried_forward_to}."
        raise RefusedChangeError(msg, field="carry")
    if view.item.status not in OPEN and view.item.status is not None:
        msg = f"{view.ref} is {view.item.status}; only what is open, or not recorded, is carried forward."
        raise RefusedChangeError(msg, field="carry")
    return view


def _open_of(item: object) -> list[KeyAction]:
    rows = item.key_actions if isinstance(item, Action) else ()
    return [each for each in rows if each.withdrawn is None and each.owed]


def _row(carried: Carried, number: str, new: NextPlan) -> dict[str, object]:
    """Return the fields of the new plan's row."""
    action, numbers = carried.action, {each.number for each in carried.key_actions}
    row: dict[str, object] = {"number": number, **{name: getattr(action, name, None) for name in KEPT}}
    leads: list[Document] = []
    for lead in action.leads:
        mine = [each for each in lead.key_actions if each in numbers]
        if mine or not lead.key_actions:
            kept = lead.model_dump(exclude_none=True, exclude={"id", "key_actions"})
            leads.append({**kept, **({"key_actions": mine} if mine else {})})
    row |= {"leads": with_ids(leads), "status": None if carried.key_actions else action.status}
    row["target"] = _within(action.target, new)
    row["key_actions"] = with_ids(_key_action(each, carried.row.ref, new) for each in carried.key_actions)
    return row | {"carried_forward_from": carried.row.ref}


def _key_action(old: KeyAction, row: str, new: NextPlan) -> Document:
    kept: Document = {"number": old.number, "title": old.title, "text": old.text}
    kept |= {"status": old.status, "target": _within(old.revisions[-1].target if old.revisions else old.target, new)}
    stages = [stage.model_dump(exclude_none=True, exclude={"id", "target", "year"}) for stage in old.stages]
    kept["stages"] = with_ids(stages)
    kept["carried_forward_from"] = f"{row}.{old.number}"
    return {name: value for name, value in kept.items() if value not in (None, [])}


def _within(target: dt.date | None, new: NextPlan) -> dt.date | None:
    """Return a date that the new plan can keep; one before it begins, or of a plan without dates, is set anew."""
    if target is None or new.start is None or target < new.start or (new.end is not None and target > new.end):
        return None
    return target
