"""``bscp check``: every query of the register in one run; it writes nothing."""

import re
from argparse import Namespace
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from bscp_tui.checks.all_rules import ABOUT
from bscp_tui.checks.query import Query
from bscp_tui.checks.rule import SEVERITIES
from bscp_tui.checks.running import check, kinds_of
from bscp_tui.cli.main import DONE, REFUSED
from bscp_tui.cli.opening import as_of_day, commit_of, register_of, snapshot_of
from bscp_tui.cli.output import Table, emit
from bscp_tui.cli.usage import UsageError
from bscp_tui.model.kinds import KINDS
from bscp_tui.store.git import GitError
from bscp_tui.store.register import Register
from bscp_tui.store.snapshot import Snapshot

COLUMNS = ("rule", "severity", "ref", "path", "line", "field", "message", "fix")


def run_check(options: Namespace) -> int:
    """Print the register's queries; return 1 if one of them is an error that nobody accepted."""
    if options.rules:
        return _rules(options)
    register = register_of(options)
    snapshot = snapshot_of(register, options.as_of)
    snapshot.today = as_of_day(register, options)
    if options.draft:
        return _draft(options, snapshot)
    since = _since(register, options.since) if options.since else None
    found = check(register, snapshot, since=since)
    if options.values:
        found = _only(found, options.values, snapshot)
    rows = [[_shown(query, name) for name in COLUMNS] for query in found]
    values = [[getattr(query, name) for name in COLUMNS] for query in found]
    table = Table("", [(name, name) for name in COLUMNS], rows, values)
    short = options.format in {None, "table", "plain"} and not options.out
    emit(options, [_for_people(found)] if short and found else [table], [query.facts() for query in found],
         [*register.settings.caution, *_heading(found)])  # fmt: skip
    return REFUSED if any(query.severity == "error" and not query.accepted for query in found) else DONE


def _since(register: Register, when: str) -> str:
    """Return the commit that a date, a register version or, for servers and CI, any of git's own names means.

    Raises:
        UsageError: It means none.

    """
    try:
        return commit_of(register, when)
    except UsageError:
        if not re.fullmatch(r"[A-Za-z0-9_][\w./@{}^~+-]*", when):
            raise
        try:
            return register.repository.read("rev-parse", "--verify", "--quiet", f"{when}^{{commit}}").decode().strip()
        except GitError:
            pass
        raise


def _heading(found: Sequence[Query]) -> list[str]:
    if not found:
        return ["No queries."]
    counts = Counter(query.severity for query in found)
    told = ", ".join(f"{counts[name]} {name}{'' if counts[name] == 1 or name == 'info' else 's'}"
                     for name in SEVERITIES if counts[name])  # fmt: skip
    return [f"{len(found)} {'query' if len(found) == 1 else 'queries'}: {told}. What a rule means: bscp check --rules."]


def _for_people(found: Sequence[Query]) -> Table:
    columns = ("severity", "ref", "rule", "what is wrong", "where", "what would mend it")
    rows = []
    for query in found:
        told = f"{query.message} Accepted: {query.accepted}." if query.accepted else query.message
        rows.append([query.severity, query.ref, query.rule, told, f"{query.path}:{query.line}", query.fix])
    return Table("", [(name, name) for name in columns], rows, rows)


def _shown(query: Query, name: str) -> str:
    return str(getattr(query, name))


def _only(found: Sequence[Query], wanted: Sequence[str], snapshot: Snapshot) -> list[Query]:
    """Return the queries of the kinds, records and rules that were named."""
    kept: list[Query] = []
    kinds = [KINDS[word] for word in wanted if word in KINDS]
    rules = {word for word in wanted if word in ABOUT}
    named = [snapshot.resolve(word) for word in wanted if word not in KINDS and word not in ABOUT]
    for query in found:
        whole = any(query.ref == view.ref or query.ref.startswith((f"{view.ref}.", f"{view.ref}/")) for view in named)
        if whole or query.rule in rules or kinds_of(query, kinds, snapshot.prefix):
            kept.append(query)
    return kept


def _draft(options: Namespace, snapshot: Snapshot) -> int:
    """Print every number of a draft with what the register says; return 1 if one is contradicted."""
    from bscp_tui.checks.draft import DraftError, held, paragraphs

    try:
        found = held(paragraphs(Path(options.draft)), snapshot)
    except DraftError as error:
        raise UsageError(str(error)) from None
    names = ("place", "number", "verdict", "against", "register", "sentence")
    data = [{name: getattr(one, name) for name in names} for one in found]
    values = [list(row.values()) for row in data]
    rows = [["" if value is None else str(value) for value in row] for row in values]
    counts = Counter(one.verdict for one in found)
    told = ", ".join(f"{counts[name]} {name}" for name in ("confirmed", "contradicted", "unsupported"))
    emit(options, [Table("", [(name, name) for name in names], rows, values)], data, [f"{len(found)} numbers: {told}."])
    return REFUSED if counts["contradicted"] else DONE


def _rules(options: Namespace) -> int:
    names = ("id", "severity", "means", "why", "example", "mend")
    data = [{name: getattr(about, name) for name in names} for about in ABOUT.values()]
    rows = [[str(row[name]) for name in names] for row in data]
    emit(options, [Table("", [(name, name) for name in names], rows, rows)], data)
    return DONE
