"""The starter records as plain TOML, for the tests that hold them; none of the program's own reading."""

import importlib.util
import re
import tomllib
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

Table = dict[str, Any]

ROOT = Path(__file__).resolve().parents[2]
RECORDS = ROOT / "records"
GOLDEN = ROOT / "tests" / "golden"
NOW, BEFORE = "2025-27", "2023-25"
ROWS = ["1.1", "1.2", "1.3", "1.4", "2.1", "2.4", "2.5", "3.1", "3.2", "4.1", "4.2"]
ROWS_WITH_ONE_TARGET = {
    "1.4": date(2025, 12, 31),
    "2.1": date(2025, 9, 30),
    "2.4": date(2027, 3, 31),
    "3.1": date(2026, 3, 31),
}
BODY_FOLDERS = ("agencies", "groups", "people")
# Keys that hold a title or a name as printed; the rest is in the register's own words.
AS_PRINTED = frozenset(
    {"title", "short_name", "aliases", "owners_as_published", "briefing", "webinar", "said", "subject"}
)
ID = re.compile(r"(ev-)?[0-9abcdefghjkmnpqrstvwxyz]{4}")
SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
SLUG_LENGTH = 40
RUN_LENGTH = 12

KEY_ORDER = {
    "register": "layout name short_name starter current_plan time_zone bank_holidays clocks rules documents",
    "clocks": "id title days start_event first_day note",
    "rules": "id level limit",
    "documents": "id title published effective",
    "plan": "title status start end text ambition purpose principles values audience source approvals legend",
    "priorities": "number title status text senior_responsible_officer audience source",
    "actions": "number title text status rag target years outcomes measures update audience"
    " source leads evidence key_actions",
    "agencies": "title short_name aliases role out_of_area audience source",
    "groups": "title short_name aliases type reports_to cadence times_a_year start text audience source duties",
    "people": "title type aliases audience source posts",
    "source": "document place note",
    "approvals": "id when by text",
    "legend": "id rag means",
    "leads": "id party post to_be_agreed key_actions note",
    "evidence": "id date shows text period_from period_to",
    "key_actions": "id number title text status target target_basis years update note stages",
    "stages": "id title year status",
    "posts": "id title organisation holder start end note",
    "learning": "text status status_basis owners_as_published audience source owners",
    "owners": "id number agency status",
    "reviews": "title type status themes published_as briefing webinar webinar_date text audience source",
    "audits": "title status year date date_as_told group cases text reported priorities audience source findings links",
    "findings": "id number title type text",
    "themes": "title type text key_messages audience source",
    "scrutiny": "title status programme year themes text audience source links",
    "action-points": "title owner status target origin raised_at text audience source evidence links",
    "figures": "title figure unit said as_at question subject event part_of of_people base unclear numbering audience"
    " source",
    "links": "id type to note",
    "measures": "title status text unit counted numerator denominator aim baseline target target_date agency"
    " group priorities actions audience source values",
    "values": "id date period value numerator denominator precision note",
    "meetings": "group date title status audience source papers decisions",
    "papers": "id title brought_by duty about",
    "decisions": "id text about",
    "training": "title status year mode modules provider group priorities text audience source",
    "training-events": "title type status year date date_as_told held group provider delegates completions precision"
    " reviews priorities text audience source evaluations",
    "evaluations": "id level date question positive rating rating_of text",
    "budget": "title year type status part_of amount spent group area update audience source",
    "duties": "id title times_a_year when first_due brought_by selects note",
    "published": "title type status owner period_from period_to due published_as place text audience source sections"
    " sign_offs recipients",
    "sections": "id number title status text",
    "feedback": "title who status group sample sample_as_told text points response audience source",
    "challenges": "title type status raised_by owner raised_as due themes text reply replied replied_as replied_by"
    " update audience source commitments links",
    "commitments": "id number text status owner due chased_as",
    "benchmarks": "title type status publisher report_published_as owner groups reported_to text update audience"
    " source recommendations links",
    "recommendations": "id number status position",
    "milestones": "title status target target_as_told owner chased_as text audience source evidence",
    "communications": "title type status issued issued_as cadence owner partners addressed_to reach reach_of at_least"
    " text place audience source",
    "statistics": "title value unit value_as_told area compared_with compared_to period period_from period_to"
    " publisher publication text audience source",
    "terms": "title short_name aliases text audience source",
    "sign_offs": "id party",
    "recipients": "id body way as_told",
}

# The owners of Appendix 3, split where the report joins several into one owner.
APPENDIX_3_OWNERS = """BSCP; VRP; Contextual Safeguarding Board; WMP; Empower U; BWCH; UHB;
Redthread; St Giles; Gangs, Violence, and Serious Organised Crime Operational Group; BCT; YJS;
BCYPP; VRU; Education; Birmingham Community Safety Partnership; ODOC;
Preparation for Adulthood Service; Safeguarding in Education Group; BSOLICB; SAFE Birmingham;
BCHC; UHB HGS; CAFCASS; NSPCC; Public Health; WM Masa Network; RSPG; SWBH;
Health Safeguarding Board; BCC; Somerset SCP; Newham SCP"""


@cache
def files() -> tuple[Path, ...]:
    return tuple(sorted(RECORDS.rglob("*.toml")))


@cache
def record(name: str) -> Table:
    return tomllib.loads((RECORDS / name).read_text(encoding="utf-8"))


def name_of(path: Path) -> str:
    return path.relative_to(RECORDS).as_posix()


def kind_of(path: Path) -> str:
    if path == RECORDS / "bscp.toml":
        return "register"
    folder = path.relative_to(RECORDS).parts[0]
    if folder != "plans":
        return folder
    return "plan" if path.name == "plan.toml" else path.parent.name


def action(number: str, plan: str = NOW) -> Table:
    return record(f"plans/{plan}/actions/{number}.toml")


def numbers(plan: str, folder: str) -> set[str]:
    return {path.stem for path in (RECORDS / "plans" / plan / folder).iterdir()}


def actions_before() -> dict[str, Table]:
    return {number: action(number, BEFORE) for number in numbers(BEFORE, "actions")}


def key_actions(number: str) -> list[Table]:
    items: list[Table] = action(number)["key_actions"]
    return items


def leads(number: str) -> list[tuple[str, list[int] | None]]:
    return [(lead.get("party") or lead["post"], lead.get("key_actions")) for lead in action(number)["leads"]]


def records_in(folder: str) -> dict[str, Table]:
    """Return the records below a folder by their files' names, in the order of these names."""
    found = [path for path in files() if path.is_relative_to(RECORDS / folder)]
    return {path.stem: record(name_of(path)) for path in sorted(found, key=lambda path: path.stem)}


def bodies() -> dict[str, Table]:
    return {path.stem: record(name_of(path)) for path in files() if path.parent.name in BODY_FOLDERS}


def tables(value: Any, kind: str) -> Iterator[tuple[str, Table]]:
    """Yield a table and every table inside it, each with the name it goes by."""
    if isinstance(value, dict):
        yield kind, value
        for key, inner in value.items():
            yield from tables(inner, key)
    elif isinstance(value, list):
        for item in value:
            yield from tables(item, kind)


def all_tables() -> Iterator[tuple[Path, str, Table]]:
    for path in files():
        for kind, table in tables(record(name_of(path)), kind_of(path)):
            yield path, kind, table


def strings(value: Any, key: str = "") -> Iterator[tuple[str, str]]:
    """Yield every string with the key under which it stands."""
    if isinstance(value, str):
        yield key, value
    elif isinstance(value, dict):
        for inner_key, inner in value.items():
            yield from strings(inner, inner_key)
    elif isinstance(value, list):
        for item in value:
            yield from strings(item, key)


@cache
def seed_runs() -> ModuleType:
    spec = importlib.util.spec_from_file_location("make_seed_runs", GOLDEN / "make_seed_runs.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@cache
def published_hashes() -> frozenset[bytes]:
    content = (GOLDEN / "seed-runs.bin").read_bytes()
    return frozenset(content[at : at + 5] for at in range(0, len(content), 5))
