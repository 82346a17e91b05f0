"""All rules in one run over a register's records: pure, in one order, whatever the rules find."""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping, MutableMapping
from dataclasses import dataclass, field, replace
from functools import cache, lru_cache
from typing import Any

from bscp_tui.checks.all_rules import ALL
from bscp_tui.checks.messages import messages
from bscp_tui.checks.places import line_at, named, steps_in_file
from bscp_tui.checks.query import Query
from bscp_tui.checks.rule import Doubt, Each, Rule
from bscp_tui.checks.structure import of_files, of_names
from bscp_tui.checks.unexplained import not_recorded
from bscp_tui.checks.walking import may_hold, walked
from bscp_tui.model.acceptance import ACCEPTANCE
from bscp_tui.model.fields import fields_of
from bscp_tui.model.kinds import KINDS
from bscp_tui.model.record import Kind, Part
from bscp_tui.model.view import View
from bscp_tui.store.commits import made_with
from bscp_tui.store.register import Register
from bscp_tui.store.snapshot import NotYetReadError, Snapshot

Raised = tuple[Rule, Doubt]
# The lists of a walk, one of which must hold something, and the rules that go through them.
_Asked = tuple[tuple[str, str], tuple[tuple[Rule, Each], ...]]


@dataclass
class _Judged:
    """What the rules say of the records in some files.

    Attributes:
        queries: What they raise.
        notes: By rule, what is noted for those of the whole register.
        later: Files that can be judged only once all are read.

    """

    queries: list[Query] = field(default_factory=list)
    notes: dict[str, list[object]] = field(default_factory=dict)
    later: list[str] = field(default_factory=list)

    def add(self, other: "_Judged") -> None:
        """Take over what the rules say of other files."""
        self.queries += other.queries
        self.later += other.later
        for rule, notes in other.notes.items():
            self.notes.setdefault(rule, []).extend(notes)


# A commit and the day that counted as today, to the identities of the queries that were there.
Identities = MutableMapping[tuple[str, dt.date], frozenset[tuple[str, ...]]]


def check(
    register: Register, snapshot: Snapshot, *, since: str | None = None, before: Identities | None = None
) -> list[Query]:
    """Return every query of a register as ``snapshot`` shows it, errors first, then by file and line.

    Args:
        register: The register.
        snapshot: Its records.
        since: A commit: only what was not questionable there is returned.
        before: What was found at commits before; filled here, for who asks again and again.

    """
    found = _of(register, snapshot, since)
    if since is not None:
        before = {} if before is None else before
        at = since, snapshot.today
        if at not in before:
            earlier = register.snapshot_at(since)
            earlier.today = snapshot.today
            earlier.take_over(snapshot)
            before[at] = frozenset(query.identity for query in _of(register, earlier, since))
            earlier.let_go()
        known = before[at]
        found = [query for query in found if query.identity not in known]
    return sorted(accepted(dict.fromkeys(found), snapshot), key=lambda query: query.order)


def new_queries(register: Register, snapshot: Snapshot, before: Identities | None = None) -> list[Query]:
    """Return the queries that came after the register was made, which holds what was taken over as published.

    Args:
        register: The register.
        snapshot: Its records.
        before: What was found at commits before; filled here, for who asks again and again.

    """
    since = made_with(register.repository) if register.head is not None else None
    return check(register, snapshot, since=since, before=before)


def accepted(found: Iterable[Query], snapshot: Snapshot) -> Iterator[Query]:
    """Yield queries, those that somebody accepted with who, why and until when."""
    standing = [view for view in snapshot.views(ACCEPTANCE) if view.value("in_force")]
    for query in found:
        by = next((view for view in standing if _accepts(view.item, query)), None)
        yield query if by is None else replace(query, accepted=_said(by))


def _accepts(item: Any, query: Query) -> bool:
    return item.title == query.rule and item.about == query.ref and item.field in {None, "", query.field}


def _said(view: View) -> str:
    item: Any = view.item
    by = f" by {view.name_of(item.accepted_by)}" if item.accepted_by else ""
    return f"{view.value('state')}{by}: {item.reason} ({view.ref})"


def doubts_of(view: View) -> Iterator[Raised]:
    """Yield what the rules of one record raise of ``view`` alone, without rows that are records of their own."""
    item = view.item
    lists = vars(walked(item))
    rules = _rules_for(type(item), frozenset(item.__pydantic_fields_set__), vars(item).get("status"))
    for (through, or_through), asked in rules:
        if lists[through] or lists[or_through]:
            for rule, each in asked:
                for doubt in each(view, item):
                    yield rule, doubt


def _judged(snapshot: Snapshot, first: Callable[[], None]) -> list[Query]:
    """Return what the rules raise as queries; each record is judged where it is read."""
    judged = _Judged()
    snapshot.ask(lambda paths: _of_files(snapshot, paths), judged.add, first)
    later, judged.later = judged.later, []
    judged.add(_of_files(snapshot, later))
    of_all = [
        (rule, doubt)
        for rule in ALL if rule.whole is not None
        for doubt in rule.whole(snapshot, judged.notes.get(rule.about.id, ()))
    ]  # fmt: skip
    return judged.queries + queries_of(snapshot, of_all)


def _of_files(snapshot: Snapshot, paths: Iterable[str]) -> _Judged:
    """Judge the records in some files; while others are being read, those that all records answer for wait."""
    judged = _Judged()
    for path in paths:
        try:
            views = snapshot.views_at(path)
            judged.queries += queries_of(
                snapshot, (raised for view in views if not view.withdrawn for raised in doubts_of(view))
            )
        except NotYetReadError:
            judged.later.append(path)
            continue
        for view in views:
            for rule, note in _notes_for(type(view.item)):
                if (noted := note(view, view.item)) is not None:
                    judged.notes.setdefault(rule.about.id, []).append(noted)
    return judged


def queries_of(snapshot: Snapshot, found: Iterable[Raised]) -> list[Query]:
    """Return what rules raised as queries, with the lines of their files."""
    every = list(found)
    if not every:
        return []
    raw = snapshot.raw({doubt.view.path for _, doubt in every})
    texts = {path: (one.data or b"").decode("utf-8", "replace") for path, one in raw.items()}
    return [_query(rule, doubt, texts) for rule, doubt in every]


def _of(register: Register, snapshot: Snapshot, since: str | None) -> list[Query]:
    found: list[Query] = []
    tip = snapshot.commit if register.repository.git_dir is not None else None

    def first() -> None:
        """Look at what no record has to be read for: names, and the history."""
        found.extend(of_names(snapshot))
        if tip is not None:
            found.extend(messages(register, snapshot, tip, since))

    judged = _judged(snapshot, first)
    found += [*judged, *of_files(snapshot)]
    if tip is not None:
        found += not_recorded(register, snapshot, snapshot.marked_views())
    return found


@lru_cache(maxsize=4096)
def _rules_for(model: type[Part], held: frozenset[str], status: str | None) -> tuple[_Asked, ...]:
    """Return the rules that can find anything in a record of ``model`` whose file holds just these fields."""
    lists = may_hold(model, held)
    found: dict[tuple[str, str], list[tuple[Rule, Each]]] = {}
    for rule in _rules_of(model):
        through = _through(rule)
        if rule.each is not None and rule.can_find(held, status) and not lists.isdisjoint(through):
            found.setdefault(through, []).append((rule, rule.each))
    return tuple((through, tuple(rules)) for through, rules in found.items())


@cache
def _notes_for(model: type[Part]) -> tuple[tuple[Rule, Callable[[View, Any], object]], ...]:
    """Return the rules of the whole register that may note something of a record of ``model``."""
    held = fields_of(model).keys()
    return tuple((rule, rule.note) for rule in _rules_of(model) if rule.note is not None and rule.can_find(held, None))


def _through(rule: Rule) -> tuple[str, str]:
    """Return the lists of a walk that ``rule`` goes through; for any other its parts, of which there always is one."""
    first, *others = rule.through or ("parts",)
    return first, others[0] if others else first


@cache
def _rules_of(model: type[Part]) -> tuple[Rule, ...]:
    return tuple(rule for rule in ALL if rule.looks_at(model))


def _query(rule: Rule, doubt: Doubt, texts: Mapping[str, str]) -> Query:
    view, about = doubt.view, rule.about
    steps = steps_in_file(view, doubt.at)
    line = line_at(texts[view.path], steps)
    field = named(view, doubt.at) if steps else ""
    message = f"{doubt.message[:1].upper()}{doubt.message[1:].rstrip('.')}."
    severity = doubt.severity or about.severity
    return Query(about.id, severity, view.ref, view.path, line, field, message, about.mend.format(ref=view.ref))


def kinds_of(query: Query, kinds: Iterable[Kind], prefix: str) -> bool:
    """Whether a query is about a file of one of ``kinds``."""
    inner = query.path.removeprefix(prefix)
    owners = [KINDS[kind.inside[0]] if kind.inside else kind for kind in kinds]
    return any(owner.names_in(inner) is not None for owner in owners)
