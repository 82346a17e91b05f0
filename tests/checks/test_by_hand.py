"""A value that took another's place past the program is raised with both, until somebody says why."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel

from bscp_tui.checks.query import Query
from bscp_tui.model.document import Document, get, put
from bscp_tui.model.fields import FieldFacts, Shape, fields_of
from bscp_tui.model.kinds import place_of
from bscp_tui.model.record import FieldPath
from bscp_tui.store.toml_text import dumped, parse
from tests.checks.asking import by_hand, queries
from tests.cli.support import bscp, done
from tests.support import git

ACTION = "records/plans/2025-27/actions/4.1.toml"
POINT = "records/learning/00/LP-0001.toml"
RULES = {"changed-without-reason", "target-overwritten"}
# What is compared; words are not: only who reads them can tell a better one from another one.
COMPARED = {
    Shape.DAY, Shape.NUMBER, Shape.AMOUNT, Shape.MONEY, Shape.NUMBERS, Shape.FLAG, Shape.CHOICE, Shape.BODY,
    Shape.BODIES, Shape.RECORD, Shape.RECORDS,
}  # fmt: skip


def _found(folder: Path, path: str = ACTION) -> list[Query]:
    return [query for query in queries(folder) if query.rule in RULES and query.path == path]


def _fields(
    document: Document, model: type[BaseModel], inside: FieldPath = ()
) -> Iterator[tuple[FieldPath, FieldFacts]]:
    """Yield every field of a record, and of the rows in it, that has a value and is compared."""
    for name, facts in fields_of(model).items():
        value = document.get(name)
        if value is None or name in {"id", "withdrawn"}:
            continue
        if facts.shape is Shape.PARTS and facts.part is not None:
            for row in value:
                if "id" in row:
                    yield from _fields(row, facts.part, (*inside, name, f"#{row['id']}"))
        elif facts.shape in COMPARED:
            yield (*inside, name), facts


def _another(facts: FieldFacts, value: Any, bodies: list[str]) -> object:
    """Return another value that the field may have, so that nothing but what stood there before can tell."""
    if facts.shape is Shape.DAY:
        return value + dt.timedelta(days=3)
    if facts.shape in {Shape.NUMBER, Shape.AMOUNT, Shape.MONEY}:
        return value + 1
    if facts.shape is Shape.NUMBERS:
        return [*value, 9]
    if facts.shape is Shape.FLAG:
        return not value
    if facts.shape is Shape.CHOICE:
        return next((choice for choice in facts.choices if choice != value), "another")
    if facts.shape in {Shape.BODY, Shape.RECORD}:
        return next(body for body in bodies if body != value)
    return [body for body in bodies if body not in value][:1]


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("by-hand") / "register"
    done(folder, "demo", str(folder), "--records", "120", "--entries", "900", "--seed", "3")
    return folder


@pytest.mark.parametrize("how", ["invented", "invented, recorded", "recorded"])
def test_every_date_figure_status_and_name_of_every_kind_is_raised_when_it_changes_by_hand(
    demo: Path, folder: Path, how: str
) -> None:
    demo = demo if "invented" in how else folder
    begun = git(demo, "rev-parse", "HEAD").strip()
    seen: set[tuple[object, ...]] = set()
    assert not [query for query in queries(demo) if query.rule in RULES]
    bodies = sorted(path.stem for path in (demo / "records/agencies").glob("*.toml"))
    for _ in range(40):
        changed: dict[str, FieldPath] = {}
        for place in sorted((demo / "records").rglob("*.toml")):
            kind = found[0] if (found := place_of(str(place.relative_to(demo / "records")))) else None
            document = parse(place.read_bytes())
            every = _fields(document, kind.model) if kind is not None and kind.name != "roster" else iter(())
            for path, facts in every:
                known = (kind and kind.name, *(step for step in path if not step.startswith("#")))
                if known not in seen:
                    seen.add(known)
                    new = _another(facts, get(document, path), bodies)
                    place.write_text(dumped(put(document, path, new), kind.model if kind else BaseModel))
                    changed[str(place.relative_to(demo))] = path
                    break
        if not changed:
            break
        if "recorded" in how:
            git(demo, "commit", "-qam", "Tidied up")
        told = queries(demo)
        for edited, field in changed.items():
            here = [query for query in told if query.path == edited]
            # What cannot be read any more is raised as that.
            unread = [query for query in here if query.rule == "unreadable-file"]
            named = [query for query in here if query.rule in RULES and query.field.endswith(field[-1])]
            assert unread or named, (edited, field, [query.message for query in here])
            assert all(" → " in query.message and query.line >= 1 for query in named)
        git(demo, "reset", "-q", "--hard", begun)
    assert len(seen) > 90
    assert len({known[0] for known in seen}) > 15


def test_a_target_moved_without_a_revision_is_an_error_until_it_stands_as_it_was(folder: Path) -> None:
    by_hand(folder, ACTION, "target = 2025-12-31", "target = 2026-01-31")
    (query,) = _found(folder)
    assert (query.rule, query.severity, query.ref) == ("target-overwritten", "error", "2025-27/4.1.1")
    assert "31 December 2025 → 31 January 2026" in query.message
    line = (folder / ACTION).read_text().split("\n")[query.line - 1]
    assert line == "target = 2026-01-31"
    git(folder, "commit", "-qam", "As agreed")
    (recorded,) = _found(folder)
    assert (recorded.rule, recorded.field, recorded.line) == (query.rule, query.field, query.line)
    assert bscp(folder, "check", "target-overwritten", "--format", "json").status == 1
    by_hand(folder, ACTION, "target = 2026-01-31", "target = 2025-12-31")
    git(folder, "commit", "-qam", "Not agreed after all")
    assert _found(folder) == []


def test_a_revision_that_is_taken_away_by_hand_is_an_error(folder: Path) -> None:
    before = (folder / ACTION).read_bytes()
    done(folder, "set", "4.1.1", "target=2026-03-01", "--reason", "Capacity.", "--decided-at", "Executive Board")
    assert _found(folder) == []
    (folder / ACTION).write_bytes(before)
    git(folder, "commit", "-qam", "Shorter")
    assert {query.rule for query in _found(folder)} == {"target-overwritten"}


def test_what_is_said_with_a_reason_is_not_asked_again(folder: Path) -> None:
    by_hand(folder, POINT, 'agency = "bscp"', 'agency = "nspcc"')
    (query,) = _found(folder, POINT)
    assert (query.rule, query.severity) == ("changed-without-reason", "warning")
    done(folder, "set", "LP-0001", "--by-hand", "--reason", "The board named another owner.")
    assert _found(folder, POINT) == []
