"""What is left out to save time finds nothing: every rule, asked of every record, alone, says the same."""

import datetime as dt
import os
import random
import signal
from pathlib import Path
from typing import Any

import pytest

from bscp_tui.checks.all_rules import ALL
from bscp_tui.checks.query import Query
from bscp_tui.checks.running import check, queries_of
from bscp_tui.model.fields import fields_of
from bscp_tui.model.kinds import KINDS, place_of
from bscp_tui.store import apart, loading
from bscp_tui.store.register import open_register
from bscp_tui.store.toml_text import dumped, parse
from tests.checks.asking import TODAY, queries
from tests.support import git


def _slowly(folder: Path) -> set[Query]:
    """Ask every rule of every record of its models, whatever it needs, one after another."""
    snapshot = open_register(folder, TODAY).snapshot()
    found = []
    for kind in KINDS.values():
        for view in snapshot.views(kind):
            for rule in ALL:
                if rule.each is not None and rule.looks_at(type(view.item)):
                    found += [(rule, doubt) for doubt in rule.each(view, view.item)]
    return set(queries_of(snapshot, found))


def _disturbed(document: Any, order: random.Random) -> Any:
    """Return a record in which some values are gone, moved in time, emptied, or another number."""
    if isinstance(document, list):
        rows = [_disturbed(row, order) for row in document]
        return [*rows, *rows[:1]] if order.random() < 0.03 else rows
    if isinstance(document, dict):
        kept = {name: value for name, value in document.items() if name in {"id", "number"} or order.random() > 0.04}
        return {name: _disturbed(value, order) for name, value in kept.items()}
    if isinstance(document, bool) or order.random() > 0.06:
        return document
    if isinstance(document, dt.date):
        return document + dt.timedelta(days=order.choice((-4000, -40, 40, 900, 30_000)))
    return document - 9 if isinstance(document, int) else order.choice((f"{document}\u202e", "complete", " ", document))


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_rules_that_are_not_asked_would_have_found_nothing(folder: Path, seed: int) -> None:
    order = random.Random(seed)  # noqa: S311 - nothing secret
    for place in sorted((folder / "records").rglob("*.toml")):
        found = place_of(str(place.relative_to(folder / "records")))
        if found is not None and place.name != "bscp.toml":
            document = _disturbed(parse(place.read_bytes()), order)
            place.write_text(dumped(document, found[0].model))
    git(folder, "commit", "-qam", "Disturbed")
    each = {rule.about.id for rule in ALL if rule.each is not None}
    quick = {query for query in queries(folder) if query.rule in each}
    assert quick == _slowly(folder)
    assert len({query.rule for query in quick}) > 25


def test_two_processes_find_what_one_finds(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    alone = queries(folder)
    monkeypatch.setattr(loading, "IN_TWO", 1)
    monkeypatch.setattr(loading, "is_possible", lambda: True)
    come = apart._come  # noqa: SLF001 - only when it is asked is changed
    told: list[object] = []

    def heard(done: Any) -> Any:
        done.poll(None)  # without waiting, one of the two might have done it all
        told.append(come(done))
        return told[-1]

    monkeypatch.setattr(apart, "_come", heard)
    assert queries(folder) == alone
    assert len([one for one in told if one is not None]) > 2


@pytest.mark.parametrize("way", ["fails", "killed", "late"])
def test_what_a_second_process_does_not_tell_is_judged_by_the_first(
    folder: Path, monkeypatch: pytest.MonkeyPatch, way: str
) -> None:
    alone = queries(folder)
    monkeypatch.setattr(loading, "IN_TWO", 1)
    monkeypatch.setattr(loading, "is_possible", lambda: True)
    ends = {"fails": lambda: os._exit(1), "killed": lambda: os.kill(os.getpid(), 9), "late": signal.pause}
    monkeypatch.setattr(apart, "_do", lambda *_: ends[way]())
    register = open_register(folder, TODAY)
    assert check(register, register.snapshot()) == alone


def test_what_a_rule_needs_is_a_field_that_holds_nothing_where_the_file_does_not(folder: Path) -> None:
    del folder
    for kind in KINDS.values():
        for rule in ALL:
            for name in rule.needs & fields_of(kind.model).keys() if rule.looks_at(kind.model) else ():
                default = kind.model.model_fields[name].get_default(call_default_factory=True)
                assert not default or kind.model.model_fields[name].is_required(), (rule.about.id, kind.name, name)
