"""Every starter record is readable, is written in the one way, and names only what is there."""

from collections import Counter
from pathlib import Path

import pytest

from bscp_tui.model.kinds import KINDS
from bscp_tui.store.toml_text import dumped, edited, parse
from tests.unit.starter_files import BODY_FOLDERS, all_tables, files, kind_of, name_of, record, tables

FOLDERS = ("learning", "reviews", "audits", "themes", "scrutiny", "action-points", "measures", "meetings", "training",
           "training-events", "budget", "challenges", "benchmarks")  # fmt: skip
# Keys that name another record, with the folders in which it may lie; none means any.
NAMING: dict[str, tuple[str, ...]] = {
    "themes": ("themes",),
    "theme": ("themes",),
    "priorities": ("priorities",),
    "origin": (),
    "leads_to": (),
    "to": (),
    "actions": ("actions", "key_actions"),
    "reviews": ("reviews",),
    "about": (),
    "part_of": ("budget", "figures"),
    "chased_as": ("action-points",),
    "publisher": ("agencies",),
    "replied_by": BODY_FOLDERS,
    "raised_by": BODY_FOLDERS,
    "partners": BODY_FOLDERS,
    "groups": BODY_FOLDERS,
    "holder": ("people",),
}


def _refs() -> list[tuple[str, str]]:
    """Return the reference of every record and key action with the kind under which it goes."""
    found = []
    for path in files():
        kind = kind_of(path)
        plan = f"{path.parts[-3]}/" if kind in {"priorities", "actions"} else ""
        whole = {"plan": path.parent.name, "register": "register", "terms": f"term/{path.stem}"}
        ref = whole.get(kind, plan + path.stem)
        found.append((ref, kind))
        rows = record(name_of(path)).get("key_actions", [])
        found += [(f"{ref}.{row['number']}", "key_actions") for row in rows]
    return found


@pytest.mark.parametrize("path", files(), ids=name_of)
def test_a_record_is_of_one_kind_readable_and_an_unchanged_save_changes_no_byte(path: Path) -> None:
    kinds = [kind for kind in KINDS.values() if kind.names_in(name_of(path)) is not None]
    assert len(kinds) == 1
    model, content = kinds[0].model, path.read_bytes()
    assert not model.model_validate(parse(content)).model_extra
    assert dumped(parse(content), model).encode() == content
    assert edited(content, parse(content), model) == content


def test_no_two_records_share_a_reference_whatever_their_kinds() -> None:
    counted = Counter(ref.casefold() for ref, _ in _refs())
    assert [ref for ref, count in counted.items() if count > 1] == []


def test_every_record_that_another_names_is_there_and_of_the_kind_that_is_meant() -> None:
    kinds = dict(_refs())
    named = 0
    for path, _, table in all_tables():
        for key in NAMING.keys() & table.keys():
            for ref in [table[key]] if isinstance(table[key], str) else table[key]:
                named += 1
                assert ref in kinds, (name_of(path), key, ref)
                assert not NAMING[key] or kinds[ref] in NAMING[key], (name_of(path), key, ref)
    assert named > 30


def test_no_record_names_itself() -> None:
    for path in files():
        if kind_of(path) in FOLDERS:
            assert not any(table.get("to") == path.stem for _, table in tables(record(name_of(path)), "record"))
