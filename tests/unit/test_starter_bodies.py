"""Agencies, groups and people of the starter register, and what holds for every record of it."""

import re
import unicodedata
from collections import Counter
from pathlib import Path

import pytest

from tests.unit.starter_files import (
    APPENDIX_3_OWNERS,
    AS_PRINTED,
    BODY_FOLDERS,
    GOLDEN,
    ID,
    KEY_ORDER,
    RUN_LENGTH,
    SLUG,
    SLUG_LENGTH,
    all_tables,
    bodies,
    files,
    kind_of,
    name_of,
    published_hashes,
    record,
    seed_runs,
    strings,
)

# Agencies, groups and people


def test_a_name_stands_for_one_body_only() -> None:
    names: dict[str, set[str]] = {}
    for slug, body in bodies().items():
        for name in (body["title"], body.get("short_name"), *body.get("aliases", [])):
            if name:
                names.setdefault(name.casefold(), set()).add(slug)
    assert {name: slugs for name, slugs in names.items() if len(slugs) > 1} == {}


@pytest.mark.parametrize("owner", [" ".join(o.split()) for o in APPENDIX_3_OWNERS.split(";")])
def test_every_owner_of_appendix_3_has_a_record(owner: str) -> None:
    known = {
        name for body in bodies().values() for name in (body["title"], body.get("short_name"), *body.get("aliases", []))
    }
    assert owner in known


def test_the_bodies_from_other_areas_are_marked() -> None:
    away = {slug for slug, body in bodies().items() if body.get("out_of_area")}
    assert away == {"newham-scp", "somerset-scp"}


def test_only_persons_and_posts_are_people_and_nobody_is_guessed_into_a_post() -> None:
    people = {path.stem: record(name_of(path)) for path in files() if path.parent.name == "people"}
    assert {each["type"] for each in people.values()} == {"person", "post"}
    assert people["thomas-joyce"]["aliases"] == ["Tom Joyce"]
    dated = {
        (slug, key)
        for slug, each in people.items()
        for post in each["posts"]
        for key in ("start", "end")
        if key in post
    }
    assert dated == {("independent-chair", "end")}


# All records


def test_slugs_are_short_plain_and_unique_across_the_three_folders() -> None:
    slugs = [path.stem for path in files() if path.parent.name in BODY_FOLDERS]
    assert len(slugs) == len(set(slugs))
    assert [s for s in slugs if not SLUG.fullmatch(s) or len(s) > SLUG_LENGTH] == []


def test_every_reference_to_a_body_or_person_resolves() -> None:
    known = bodies()
    references = ("party", "by", "organisation", "reports_to", "senior_responsible_officer", "agency", "owner", "group",
                  "provider", "brought_by", "body")  # fmt: skip
    unresolved = [
        (name_of(path), key, table[key])
        for path, _, table in all_tables()
        for key in references
        if key in table and table[key] not in known
    ]
    assert unresolved == []


def test_every_item_of_a_list_of_tables_has_a_well_formed_id_that_is_unique() -> None:
    seen: Counter[str] = Counter()
    for path, kind, table in all_tables():
        if "id" not in KEY_ORDER[kind].split() or kind in {"rules", "clocks"}:  # these go by their names
            continue
        assert ID.fullmatch(table["id"]), (name_of(path), table["id"])
        assert table["id"].startswith("ev-") == (kind == "evidence")
        seen[table["id"].removeprefix("ev-")] += 1
    assert [each for each, count in seen.items() if count > 1] == []


def test_keys_stand_in_the_layouts_order_and_none_is_unknown() -> None:
    for path, kind, table in all_tables():
        order = KEY_ORDER[kind].split()
        assert list(table) == [key for key in order if key in table], (name_of(path), kind)


def test_no_value_is_empty() -> None:
    for path, _, table in all_tables():
        assert [key for key, value in table.items() if value in ("", [], {})] == [], path.name


def test_every_record_but_the_register_names_its_source_and_only_learning_points_are_not_public() -> None:
    for path in files():
        if kind_of(path) == "register":
            continue
        found = record(name_of(path))
        assert found["audience"] == ("partnership" if kind_of(path) == "learning" else "public")
        assert found["source"]["document"] in {
            "Annual Report 2024/25",
            "Business Improvement Plan 2025-27",
        }
        assert found["source"]["place"]


@pytest.mark.parametrize("path", files(), ids=name_of)
def test_a_file_is_nfc_utf_8_with_plain_line_ends_and_one_list_item_a_line(path: Path) -> None:
    content = path.read_bytes()
    text = content.decode("utf-8")
    assert text == unicodedata.normalize("NFC", text)
    assert b"\r" not in content
    assert text.endswith("\n")
    assert not text.endswith("\n\n")
    assert not re.search(r"[ \t]+$", text, re.MULTILINE)
    assert not re.search(r"^\w+ = (\[.|\{|')", text, re.MULTILINE)
    assert not re.search(r"^    (?!(\".*\"|\d+),$)", text, re.MULTILINE)
    assert not re.search(r"[^\n]\n\[", text.replace("[\n", ""))


def test_the_hashes_of_the_documents_runs_are_sorted_and_unique() -> None:
    content = (GOLDEN / "seed-runs.bin").read_bytes()
    listed = [content[at : at + 5] for at in range(0, len(content), 5)]
    assert len(content) % 5 == 0
    assert listed == sorted(set(listed))
    assert len(listed) > 10_000


def test_the_check_on_wording_would_notice_a_copied_title() -> None:
    title = "Gangs, Violence, and Serious Organised Crime Operational Group 2 2 0 0 BCT & YJS 1 1 0 0"
    runs = list(seed_runs().runs_of(title))
    assert len(runs) == len(title.replace("& ", "").split()) - RUN_LENGTH + 1
    assert all(seed_runs().hash_of(run) in published_hashes() for run in runs)


def test_outside_titles_and_names_no_twelve_words_running_are_the_documents_own() -> None:
    copied = [
        (name_of(path), key, run)
        for path in files()
        for key, text in strings(record(name_of(path)))
        if key not in AS_PRINTED
        for run in seed_runs().runs_of(text)
        if seed_runs().hash_of(run) in published_hashes()
    ]
    assert copied == []
