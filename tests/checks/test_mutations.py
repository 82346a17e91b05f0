"""Whatever somebody breaks by hand in a clean register is raised: random changes over many kinds."""

import datetime as dt
import random
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from bscp_tui.model.kinds import place_of
from bscp_tui.store.register import open_register
from bscp_tui.store.toml_text import dumped, parse
from tests.checks.asking import queries
from tests.cli.support import done

Document = dict[str, Any]
Mutation = Callable[[Document, Document], bool]
DAY = dt.timedelta(days=1)
DONE = {"complete", "embedded", "completed"}


def _timed(document: Document) -> Iterator[Document]:
    yield from (
        row for row in [document, *document.get("key_actions", ())] if "target" in row and "withdrawn" not in row
    )


def _evidenced(document: Document) -> Iterator[Document]:
    yield from (
        row for row in [document, *document.get("key_actions", ())] if row.get("evidence") and "withdrawn" not in row
    )


def _change(rows: Iterator[Document], change: Callable[[Document], object]) -> bool:
    row = next(rows, None)
    return row is not None and change(row) is not False


def _target_before(document: Document, plan: Document) -> bool:
    return bool(plan) and _change(_timed(document), lambda row: row.update(target=plan["start"] - DAY))


def _target_after(document: Document, plan: Document) -> bool:
    def change(row: Document) -> None:
        row.pop("revisions", None)
        row["target"] = plan["end"] + DAY

    return bool(plan) and _change(_timed(document), change)


def _no_leads(document: Document, plan: Document) -> bool:
    del plan
    return document.pop("leads", None) is not None


def _lead_again(document: Document, plan: Document) -> bool:
    del plan
    leads = document.get("leads", [])
    return bool(leads) and leads.append({**leads[0], "id": "zzzz"}) is None


def _owner_again(document: Document, plan: Document) -> bool:
    del plan
    owners = document.get("owners", [])
    return bool(owners) and owners.append({**owners[0], "id": "zzzz", "number": len(owners) + 1}) is None


def _agency_swapped(document: Document, plan: Document) -> bool:
    del plan
    for table, name in (("leads", "party"), ("owners", "agency")):
        for row in document.get(table, [])[:1]:
            row[name] = "no-such-agency"
            return True
    for name in ("owner", "group"):
        if name in document:
            document[name] = "no-such-body"
            return True
    return False


def _evidence_in_future(document: Document, plan: Document) -> bool:
    del plan
    return _change(_evidenced(document), lambda row: row["evidence"][0].update(date=dt.date(2031, 1, 1)))


def _evidence_gone(document: Document, plan: Document) -> bool:
    del plan
    done_rows = (row for row in _evidenced(document) if row.get("status") in DONE)
    return _change(done_rows, lambda row: row.pop("evidence") and None)


def _colour_against_progress(document: Document, plan: Document) -> bool:
    rows = [row for row in document.get("key_actions", ()) if "withdrawn" not in row] or [document]
    if not plan or "leads" not in document or any(row.get("status") in {"deferred", "superseded"} for row in rows):
        return False
    document["rag"] = "red" if all(row.get("status") in DONE for row in rows) else "green"
    return True


def _moved_again_and_again(document: Document, plan: Document) -> bool:
    def change(row: Document) -> None:
        day = row["target"]
        row["revisions"] = [
            {"id": f"rv{n}x", "target": day + n * 20 * DAY, "date": day, "approved_by": "Board", "reason": "Slower."}
            for n in range(1, 5)
        ]

    del plan
    return _change(_timed(document), change)


def _moved_back(document: Document, plan: Document) -> bool:
    def change(row: Document) -> None:
        row["revisions"] = [{"id": "rvxx", "target": row["target"] - DAY, "date": row["target"], "reason": "Sooner."}]

    del plan
    return _change(_timed(document), change)


def _number_again(document: Document, plan: Document) -> bool:
    del plan
    for table in ("key_actions", "owners", "findings"):
        rows = document.get(table, [])
        if len(rows) > 1:
            rows[1]["number"] = rows[0]["number"]
            return True
    return False


def _id_again(document: Document, plan: Document) -> bool:
    del plan
    for table in ("key_actions", "owners", "findings", "leads", "evidence", "legend", "posts"):
        rows = document.get(table, [])
        if len(rows) > 1:
            rows[1]["id"] = rows[0]["id"]
            return True
    return False


def _other_number(document: Document, plan: Document) -> bool:
    if not plan or "number" not in document:
        return False
    document["number"] = "99.9" if isinstance(document["number"], str) else 99
    return True


def _other_year(document: Document, plan: Document) -> bool:
    del plan
    every = [document, *document.get("key_actions", ())]
    rows = (row for row in every if row.get("years") in ([1], [2]) and "withdrawn" not in row)
    return _change(rows, lambda row: row.update(years=[3 - row["years"][0]]) if "stages" not in row else False)


def _row_lost(document: Document, plan: Document) -> bool:
    del plan
    for table in ("key_actions", "owners", "findings"):
        rows = document.get(table, [])
        if len(rows) > 1:
            del rows[0]
            return True
    return False


def _key_misspelt(document: Document, plan: Document) -> bool:
    del plan
    document["tittle"] = "x"
    return True


def _title_gone(document: Document, plan: Document) -> bool:
    del plan
    name = "title" if "title" in document else "text"
    return document.update({name: "  "}) is None


def _plan_turned_round(document: Document, plan: Document) -> bool:
    del plan
    if "start" not in document:
        return False
    document["end"] = document["start"] - DAY
    return True


def _hidden_mark(document: Document, plan: Document) -> bool:
    del plan
    name = "title" if "title" in document else "text"
    return document.update({name: f"{document[name]}\u202e"}) is None


MUTATIONS: tuple[Mutation, ...] = (
    _target_before, _target_after, _no_leads, _lead_again, _owner_again, _agency_swapped, _evidence_in_future,
    _evidence_gone, _colour_against_progress, _moved_again_and_again, _moved_back, _number_again, _id_again,
    _other_number, _other_year, _row_lost, _key_misspelt, _title_gone, _plan_turned_round, _hidden_mark,
)  # fmt: skip


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("mutations") / "register"
    done(folder, "demo", str(folder), "--records", "60", "--entries", "700", "--seed", "5")
    assert queries(folder) == []
    return folder


@pytest.mark.parametrize("mutation", MUTATIONS, ids=lambda mutation: mutation.__name__.strip("_"))
@settings(
    max_examples=3, deadline=None, phases=[Phase.generate], suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(order=st.randoms(use_true_random=False))
def test_every_mutation_is_raised(demo: Path, mutation: Mutation, order: random.Random) -> None:
    paths = sorted((demo / "records").rglob("*.toml"))
    order.shuffle(paths)
    for path in paths:
        place = place_of(str(path.relative_to(demo / "records")))
        assert place is not None
        kind, names = place
        before = path.read_bytes()
        document = parse(before)
        if kind.name == "register" or "withdrawn" in document:
            continue
        plan_file = demo / "records" / "plans" / names.get("plan", "-") / "plan.toml"
        plan = parse(plan_file.read_bytes()) if plan_file.exists() and plan_file != path else {}
        if not mutation(document, plan):
            continue
        try:
            path.write_text(dumped(document, kind.model))
            found = [query for query in queries(demo) if query.rule != "edited-by-hand"]
            assert found, (path, mutation.__name__)
            assert any(query.path == str(path.relative_to(demo)) for query in found)
        finally:
            path.write_bytes(before)
        return
    pytest.fail(f"nothing in the register can be broken so: {mutation.__name__}")


def test_the_register_is_as_it_was(demo: Path) -> None:
    assert queries(demo) == []
    assert open_register(demo, dt.date(2026, 7, 1)).snapshot().all_paths()
