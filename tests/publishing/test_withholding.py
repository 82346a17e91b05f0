"""What the public reads gives no small count of people away, and nobody's name, however it is put together."""

import itertools
import re
import shutil
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import BaseModel

from bscp_tui.model.fields import Shape, fields_of
from bscp_tui.model.kinds import KINDS
from bscp_tui.publishing import small_counts
from bscp_tui.publishing.names import Names, without_numbers
from bscp_tui.publishing.publish import publish
from bscp_tui.publishing.site import PublishError
from bscp_tui.publishing.small_counts import Count, Told, edition, withheld
from tests.core.conftest import Tell
from tests.publishing.conftest import committed, everything, text_of
from tests.support import opened

HEAD = 'title = "Children seen"\naudience = "public"\nstatus = "reported"\n'


def measure(total: int, parts: dict[str, int], more: str = "") -> str:
    """Return a measure with a value for all and its breakdown."""
    rows = [f'[[values]]\nid = "tot0"\ndate = 2026-03-31\nvalue = {total}\n']
    rows += [
        f'[[values]]\nid = "p{at:03}"\ndate = 2026-03-31\nvalue = {figure}\ncharacteristic = "sex"\ngroup = "{name}"\n'
        for at, (name, figure) in enumerate(parts.items())
    ]
    return HEAD + more + "\n" + "\n".join(rows)


def told_in(text: str, *figures: int) -> list[int]:
    """Return which of some figures a text says, with thousands apart or not."""
    return [one for one in figures if re.search(rf"(?<![\d,]){one:,}(?![\d,])|(?<!\d){one}(?!\d)", text)]


PLACE = "measures/ZZ/ME-ZZ01.toml"


def test_a_small_count_and_what_would_give_it_away_are_nowhere_in_the_public_pages(
    tell: Tell, empty_folder: Path, site: Path, tmp_path: Path
) -> None:
    assert tell("add", "agency", "title=x", "slug=xx").status == 0
    committed(empty_folder, {PLACE: measure(4_100_041, {"girls": 4_100_038, "boys": 3}, 'text = "Boys were 3."\n')})
    publish(opened(empty_folder), site, "public")
    text = everything(site)
    assert told_in(text, 4_100_041) == [4_100_041]
    assert told_in(text, 4_100_038) == []
    page = text_of(next(site.rglob("ME-ZZ01.html")))
    assert "withheld, so that nobody can be recognised" in page
    assert not re.search(r"(?<![\w.-])3(?![\w-])", page), page
    # The next edition: a correction by four, which beside the first one would tell of four.
    shutil.copytree(site, tmp_path / "first")
    committed(empty_folder, {PLACE: measure(4_100_045, {"girls": 4_100_038, "boys": 7})})
    publish(opened(empty_folder), site, "public")
    assert told_in(everything(site), 4_100_045, 4_100_038) == []
    # And one far from it: the total is out again or not, the parts that were withheld never are.
    committed(empty_folder, {PLACE: measure(4_100_090, {"girls": 4_100_038, "boys": 52})})
    publish(opened(empty_folder), site, "public")
    assert told_in(everything(site), 4_100_038) == []
    # The history, the comparison of boards and the search hold no old figure either.
    assert told_in(everything(site), 4_100_041, 4_100_045) in ([], [4_100_041])
    publish(opened(empty_folder), tmp_path / "inside", "partnership")
    assert told_in(everything(tmp_path / "inside"), 4_100_038)


def test_shares_differences_and_parts_in_tables_of_tables_give_nothing_away(
    tell: Tell, empty_folder: Path, site: Path
) -> None:
    assert tell("add", "agency", "title=x", "slug=xx").status == 0
    ratio = (
        HEAD
        + 'unit = "percent"\n\n[[values]]\nid = "rat0"\ndate = 2026-03-31\nnumerator = 71003\ndenominator = 71005\n'
    )
    course = (
        'title = "Course"\naudience = "public"\nplaces = 82020\nattended = 82017\n\n'
        '[[sessions]]\nid = "ses0"\nnumber = 1\nattended = 93030\n\n'
        '[[sessions.attendance]]\nid = "att0"\nagency = "xx"\nattended = 93027\n'
    )
    committed(empty_folder, {PLACE: ratio, "training/ZZ/TR-ZZ01.toml": course})
    publish(opened(empty_folder), site, "public")
    assert told_in(everything(site), 71_003, 71_005, 82_020, 82_017, 93_027) == []


def test_what_was_out_is_known_even_where_the_folder_was_damaged(tell: Tell, empty_folder: Path, site: Path) -> None:
    assert tell("add", "agency", "title=x", "slug=xx").status == 0
    committed(empty_folder, {PLACE: measure(4_100_041, {"girls": 4_100_021, "boys": 20})})
    publish(opened(empty_folder), site, "public")
    (site / "editions.json").write_text("{")
    with pytest.raises(PublishError, match="earlier editions"):
        publish(opened(empty_folder), site, "public")


FIGURES = st.integers(0, 12)
FAMILY = st.tuples(st.lists(FIGURES, min_size=1, max_size=4), st.integers(0, 6))


def counts(parts: list[int], rest: int) -> list[Count]:
    """Return the counts of a total with its parts, some of which are not told at all (``rest``)."""
    total = Count("t:v", sum(parts) + rest, "t")
    return [total, *(Count(f"p{at}:v", figure, f"p{at}", "t:v", "sex") for at, figure in enumerate(parts))]


def possible(told: list[dict[str, int]], size: int) -> set[tuple[int, ...]]:
    """Return every way in which the parts of the last edition may be: they add up to no more than their total."""
    last = told[-1]
    found = set()
    for parts in itertools.product(range(13), repeat=size):
        if any(last.get(f"p{at}:v", figure) != figure for at, figure in enumerate(parts)):
            continue
        if "t:v" in last and sum(parts) > last["t:v"]:
            continue
        found.add(parts)
    return found


@settings(max_examples=150, deadline=None)
@given(FAMILY)
def test_within_an_edition_no_small_count_follows_from_the_others(family: tuple[list[int], int]) -> None:
    parts, rest = family
    all_counts = counts(parts, rest)
    out = withheld(all_counts, {})
    told = {one.key: int(one.figure) for one in all_counts if one.key not in out}
    assert not any(0 < figure < 5 for figure in told.values())
    shown = [figure for key, figure in told.items() if key != "t:v"]
    if "t:v" in told and shown:
        assert not 0 < told["t:v"] - sum(shown) < 5
    for at, figure in enumerate(parts):
        if 0 < figure < 5:
            worlds = {world[at] for world in possible([told], len(parts))}
            assert len(worlds) > 1, (parts, rest, told)


@settings(max_examples=150, deadline=None)
@given(st.lists(FAMILY, min_size=2, max_size=4).filter(lambda some: len({len(parts) for parts, _ in some}) == 1))
def test_across_editions_no_difference_tells_of_few(editions: list[tuple[list[int], int]]) -> None:
    earlier: dict[str, Told] = {}
    seen: list[dict[str, int]] = []
    hidden: set[str] = set()
    for parts, rest in editions:
        all_counts = counts(parts, rest)
        out = withheld(all_counts, earlier)
        earlier = edition(all_counts, out, earlier)
        told = {one.key: int(one.figure) for one in all_counts if one.key not in out}
        for before in seen:
            for key in told.keys() & before.keys():
                assert not 0 < abs(told[key] - before[key]) < 5
        assert not hidden & told.keys()  # what was withheld once stays so
        hidden |= {one.key for one in all_counts} - told.keys()
        seen.append(told)


def test_only_figures_that_were_told_are_kept_for_later_editions() -> None:
    all_counts = counts([3, 9], 0)
    kept = edition(all_counts, withheld(all_counts, {}), {})
    assert kept["p0:v"] == Told((), withheld=True)
    assert kept["t:v"] == Told((12,), withheld=False)


def test_every_field_that_counts_people_is_looked_at() -> None:
    # A figure of a kind that counts people is found wherever it stands, tables of tables among them.
    assert small_counts.key_of("records/x.toml/sessions/a1/attendance/b2", "attended").endswith("b2:attended")
    assert small_counts.file_of("records/x.toml/sessions/a1:attended") == "records/x.toml"


@pytest.mark.parametrize(
    "text",
    ["Robin Holder agreed", "robin-holder", "ROBIN  HOLDER", "Mr Holder said", "R. Holder", "R Holder", "Dr. R. Holder",
     "Holder’s team", "robin.holder@example.org", "R.Holder"],
)  # fmt: skip
def test_no_way_of_writing_a_name_is_told(text: str) -> None:
    told = Names(["Robin Holder"]).without(text)
    assert "holder" not in told.lower(), told


def test_few_people_in_a_sentence_are_told_as_fewer_than_five() -> None:
    names = Names([])
    assert names.without("Four children were missing") == "fewer than 5 children were missing"
    assert names.without("3 of the young people") == "fewer than 5 of the young people"
    assert names.without("12 children, 40 families") == "12 children, 40 families"
    assert names.without("Priority 3 and action 4.1") == "Priority 3 and action 4.1"
    assert re.search(r"\d", without_numbers("From 12 to 3, or 25%")) is None


def test_whoever_was_at_a_meeting_is_nowhere_in_public_pages(
    tell: Tell, empty_folder: Path, site: Path, tmp_path: Path
) -> None:
    assert tell("add", "group", "title=The Board", "slug=board").status == 0
    meeting = 'group = "board"\ndate = 2026-05-01\ntitle = "Board"\nstatus = "held"\naudience = "public"\n'
    row = '\n[[attendance]]\nid = "at01"\nagency = "trust"\nby = "{name}"\n'
    place = "meetings/ZZ/MT-ZZ01.toml"
    committed(empty_folder, {place: meeting + row.format(name="Wilhelmina Unlisted")})
    committed(empty_folder, {place: meeting + row.format(name="Ottoline Unlisted")})
    # Fields for somebody's name in other kinds, and the same people in texts of other records.
    returned = '\n[[returns]]\nid = "re01"\nnumber = 1\ntitle = "Police"\nsender = "Ethelred Unlisted"\n'
    asked = f'title = "Round"\ndeadline = 2026-06-01\naudience = "public"\n{returned}'
    corrected = '\n[[corrections]]\nid = "co01"\nprinted = "1"\ncorrect = "2"\ntold_to = "Ermintrude Unlisted"\n'
    report = f'title = "Report"\nkind = "other"\naudience = "public"\n{corrected}'
    text = (
        'title = "Rung by W. Unlisted"\nowner = ["police"]\naudience = "public"\ntext = "Ottoline Unlisted agreed."\n'
    )
    others = {
        "rounds/ZZ/UR-ZZ01.toml": asked,
        "published/ZZ/RP-ZZ01.toml": report,
        "action-points/AP/AP-0001.toml": text,
    }
    committed(empty_folder, others)
    publish(opened(empty_folder), tmp_path / "inside", "group")
    inside = everything(tmp_path / "inside")
    assert all(f"{name} Unlisted" in inside for name in ("Ottoline", "Ethelred", "Ermintrude"))
    publish(opened(empty_folder), site, "public")
    assert "Board" in text_of(next(site.rglob("MT-ZZ01.html")))
    assert "Unlisted" not in everything(site)


def test_every_field_of_free_words_for_somebody_is_declared_as_one() -> None:
    """A field that says who it was, in words, and not by reference: a new one is found by its label or hint.

    What a change was approved by is a meeting or a body.
    """
    named = re.compile(r"(?<!approved )(?<!sorted )(?<!grouped )\b(by|told to|person|who)\b", re.IGNORECASE)
    waiting: list[type[BaseModel]] = [kind.model for kind in KINDS.values()]
    undeclared = set()
    while waiting:
        model = waiting.pop()
        for facts in fields_of(model).values():
            waiting += [facts.part] if facts.part else []
            said = f"{facts.label} {facts.hint}"
            if facts.shape is Shape.LINE and named.search(said) and not facts.somebody:
                undeclared.add(f"{model.__name__}.{facts.name}: {said}")
    assert undeclared == set()


def test_nobody_is_named_in_public_pages_and_everybody_who_may_be_is_inside(
    tell: Tell, empty_folder: Path, site: Path, tmp_path: Path
) -> None:
    assert (
        tell("add", "person", "title=Ashanti Quillfeather", "slug=ashanti-quillfeather", "audience=public").status == 0
    )
    tell(
        "add",
        "action-point",
        "ref=AP-0001",
        "title=Ring Ms Quillfeather, once Ms Marrowdown",
        "owner=ashanti-quillfeather",
        "audience=public",
    )
    tell("set", "ashanti-quillfeather", "title=Ashanti Marrowdown", "--reason", "Before")
    tell("set", "ashanti-quillfeather", "title=Ashanti Quillfeather", "--reason", "Married")
    tell("set", "AP-0001", "update=A. Quillfeather was rung.", "--reason", "Said by Ashanti Quillfeather")
    publish(opened(empty_folder), site, "public")
    text = everything(site).lower()
    for name in ("quillfeather", "marrowdown", "robin", "holder@", "@example.org"):
        assert name not in text, name
    assert "AP-0001" in everything(site)
    publish(opened(empty_folder), tmp_path / "inside", "partnership")
    assert "Quillfeather" in everything(tmp_path / "inside")
    assert "Robin Holder" in everything(tmp_path / "inside")
