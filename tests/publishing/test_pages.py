"""Pages hold what is recorded, for whom it is; only what changed is written, and nothing else is ever touched."""

import json
import re
import subprocess
import sys
from functools import partial
from pathlib import Path
from urllib.parse import urldefrag

import pytest
from bs4 import BeautifulSoup

from bscp_tui.model.kinds import KINDS
from bscp_tui.publishing.publish import StoppedError, publish
from bscp_tui.publishing.site import MANIFEST, PublishError
from bscp_tui.store.register import Register
from tests.core.conftest import Tell
from tests.publishing.conftest import Publish, committed, everything, text_of
from tests.support import DYING, opened


def bytes_of(site: Path) -> dict[str, bytes]:
    return {str(path.relative_to(site)): path.read_bytes() for path in sorted(site.rglob("*")) if path.is_file()}


def point(tell: Tell, ref: str, *more: str) -> None:
    assert tell("add", "action-point", f"ref={ref}", f"title=Title of {ref}", "owner=CT", *more).status == 0


def test_every_record_list_month_and_link_of_the_starter_has_its_page(register: Register, site: Path) -> None:
    done = publish(register, site, "group")
    assert done.written == done.pages == len(bytes_of(site)) - 1
    snapshot = register.snapshot()
    for kind in KINDS.values():
        views = snapshot.views(kind, withdrawn=True)
        if not views:
            continue
        listed = BeautifulSoup((site / f"lists/{kind.name}.html").read_text(), "lxml").select("#rows tbody tr")
        assert len(listed) == sum(not view.withdrawn for view in views), kind.name
        for view in views if kind.where else ():
            place = site / "records" / f"{view.path.removeprefix('records/').removesuffix('.toml')}.html"
            assert view.ref in text_of(place)
    ids = {}
    for place in site.rglob("*.html"):
        soup = BeautifulSoup(place.read_text(), "lxml")
        ids[place.resolve()] = soup
    for place, soup in ids.items():
        for link in soup.select("[href], [src]"):
            target, anchor = urldefrag(str(link.get("href") or link.get("src")))
            if target.startswith("data:"):
                continue
            assert not re.match(r"[a-z]+:|//", target), target  # nothing is loaded from elsewhere
            other = (place.parent / target).resolve() if target else place
            assert other.is_file(), (place, target)
            assert not anchor or ids[other].find(id=anchor) is not None, (place, target, anchor)


def test_the_overview_tells_day_version_and_proof_and_a_record_its_own_last_entry(
    tell: Tell, published: Publish, site: Path, empty_folder: Path
) -> None:
    point(tell, "AP-0001")
    tell("status", "AP-0001", "in-progress", "--reason", "The group met.")
    proof = tell("proof").out.strip().splitlines()[0]
    published()
    overview = text_of(site / "index.html")
    assert "1 July 2026" in overview
    assert str(opened(empty_folder).head)[:12] in overview
    assert proof.split()[4] in overview
    page = text_of(next(site.rglob("AP-0001.html")))
    assert "status: not started → in progress" in page
    assert "Reason: The group met." in page
    assert f"register version {str(opened(empty_folder).head)[:12]}" in page


def test_only_what_an_entry_touches_is_written_again(tell: Tell, published: Publish, site: Path) -> None:
    for number in range(1, 6):
        point(tell, f"AP-000{number}")
    first = published()
    before = {name: (site / name).stat().st_mtime_ns for name in bytes_of(site)}
    assert published().written == 0
    tell("set", "AP-0003", "title=A new title", "--reason", "Clearer")
    again = published()
    touched = {name for name in bytes_of(site) if (site / name).stat().st_mtime_ns != before.get(name)}
    assert any(name.endswith("AP-0003.html") for name in touched)
    assert not any(name.endswith("AP-0001.html") for name in touched)
    assert (again.written, again.pages) == (len(touched - {MANIFEST}), first.pages)


def test_the_same_register_and_day_give_the_same_bytes(register: Register, tmp_path: Path) -> None:
    publish(register, tmp_path / "one", "partnership")
    publish(opened(register.repository.root), tmp_path / "two", "partnership")
    assert bytes_of(tmp_path / "one") == bytes_of(tmp_path / "two")


def test_a_page_that_somebody_damaged_or_took_away_is_made_again(tell: Tell, published: Publish, site: Path) -> None:
    point(tell, "AP-0001")
    published()
    whole = bytes_of(site)
    (site / "index.html").write_text("defaced")
    next(site.rglob("AP-0001.html")).unlink()
    assert published().written == 2
    assert bytes_of(site) == whole


def test_pages_of_what_is_no_longer_for_the_readers_go_and_what_others_put_there_stays(
    tell: Tell, published: Publish, site: Path
) -> None:
    point(tell, "AP-0001")
    published()
    assert list(site.rglob("AP-0001.html"))
    (site / "notes.txt").write_text("mine")
    tell("set", "AP-0001", "audience=group", "--reason", "Too early")
    assert published().removed > 0
    assert not list(site.rglob("AP-0001.html"))
    assert "AP-0001" not in everything(site)
    assert (site / "notes.txt").read_text() == "mine"


@pytest.mark.parametrize(
    "prepare", ["full", "foreign page", "link", "inside", "bad manifest", "manifest outside", "file"]
)
def test_nothing_is_written_where_it_does_not_belong(
    tell: Tell, published: Publish, site: Path, tmp_path: Path, empty_folder: Path, prepare: str
) -> None:
    point(tell, "AP-0001")
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "victim.html").write_text("mine")
    into = site
    if prepare == "full":
        site.mkdir()
        (site / "thesis.doc").write_text("mine")
    elif prepare == "file":
        site.write_text("mine")
    elif prepare == "inside":
        into = empty_folder / "records" / "site"
    else:
        published()
        if prepare == "foreign page":
            (site / "lists" / "incident.html").write_text("mine")
            committed(empty_folder, {"incidents/2026/IN-2026-01.toml": 'title = "x"\n'})
            tell("add", "meeting", "group=CT", "date=1/6/2026")
            (site / "lists" / "term.html").write_text("mine")
            tell("add", "term", "title=LAC", "text=Looked after")
        elif prepare == "link":
            target = site / "records"
            target.rename(elsewhere / "records")
            target.symlink_to(elsewhere / "records")
            tell("set", "AP-0001", "title=Another", "--reason", "x")
        elif prepare == "bad manifest":
            (site / MANIFEST).write_text("{")
        else:
            told = json.loads((site / MANIFEST).read_text())
            told["files"]["../elsewhere/victim.html"] = "0"
            (site / MANIFEST).write_text(json.dumps(told))
    before = bytes_of(tmp_path / "elsewhere") | (bytes_of(site) if site.is_dir() else {})
    with pytest.raises(PublishError):
        published(into=into)
    after = bytes_of(tmp_path / "elsewhere") | (bytes_of(site) if site.is_dir() else {})
    changed = {name for name in before if before[name] != after.get(name)} - {MANIFEST}
    assert not {name for name in changed if before[name] == b"mine"}
    assert (elsewhere / "victim.html").read_text() == "mine"
    assert not (empty_folder / "records" / "site").exists()


def test_pages_for_some_readers_never_go_where_others_look(tell: Tell, published: Publish) -> None:
    point(tell, "AP-0001")
    published("public")
    with pytest.raises(PublishError, match="folder of their own"):
        published("partnership")


def test_a_publishing_that_was_stopped_leaves_whole_pages_and_the_next_one_finishes_it(
    tell: Tell, published: Publish, site: Path, empty_folder: Path, tmp_path: Path
) -> None:
    for number in range(1, 6):
        point(tell, f"AP-000{number}")
    published(into=tmp_path / "whole")
    whole = bytes_of(tmp_path / "whole")
    for after in (2, 6, 10, 14):
        asked = iter([False] * after + [True])
        with pytest.raises(StoppedError):
            publish(opened(empty_folder), site, "partnership", stopped=partial(next, asked))
        for name, data in bytes_of(site).items() if site.exists() else ():
            assert name == MANIFEST or data == whole[name]
    published()
    assert bytes_of(site) == whole


KILLED = f"""{DYING}
from pathlib import Path
import datetime as dt
from bscp_tui.publishing.publish import publish
from bscp_tui.store.register import open_register
for name in ("replace", "mkdir", "unlink", "rmdir", "write"):
    counted(name)
publish(open_register(Path(sys.argv[1]), dt.date(2026, 7, 1)), Path(sys.argv[2]), "partnership")
"""


def test_a_publishing_that_was_killed_at_any_step_is_finished_by_the_next(
    tell: Tell, published: Publish, site: Path, empty_folder: Path, tmp_path: Path
) -> None:
    point(tell, "AP-0001")
    published()
    old = bytes_of(site)
    tell("set", "AP-0001", "title=Another", "--reason", "x")
    point(tell, "AP-0002")
    tell("set", "trust", "audience=group", "--reason", "x")
    published(into=tmp_path / "whole")
    new = bytes_of(tmp_path / "whole")
    for steps in (0, 1, 2, 5, 11):
        words = [sys.executable, "-c", KILLED, str(empty_folder), str(site), str(steps)]
        assert subprocess.run(words, check=False, capture_output=True).returncode == 9
        for name, data in bytes_of(site).items():
            if name != MANIFEST and not name.startswith(".bscp-"):
                assert data in (old.get(name), new.get(name)), name
    published()
    assert bytes_of(site) == new


def test_hostile_text_stays_text(published: Publish, site: Path, empty_folder: Path) -> None:
    nasty = "</script><script>alert(1)</script><img src=x onerror=alert(2)>\u202e{{ 7*7 }}"
    committed(
        empty_folder,
        {"agencies/nasty.toml": "".join(f"{name} = {json.dumps(nasty)}\n" for name in ("title", "role", "email"))},
        f"{nasty}\n\n> {nasty}",
    )
    published()
    for place in site.rglob("*.html"):
        soup = BeautifulSoup(place.read_text(), "lxml")
        assert not soup.select("img")
        assert all(script.get("src") and not script.string for script in soup.select("script"))
    for place in site.rglob("*.js"):
        if place.name != "site.js":
            assert "<" not in place.read_text()
    assert "\u202e" not in everything(site)


def test_the_command_says_what_it_did_and_refuses_what_it_cannot_do(tell: Tell, site: Path, tmp_path: Path) -> None:
    done = tell("publish", str(site))
    assert (done.status, "Begin with" in done.out, "Made for the partnership" in done.err) == (0, True, True)
    assert "0 written" in tell("publish", str(site)).out
    full = tmp_path / "full"
    full.mkdir()
    (full / "x").write_text("x")
    refused = tell("publish", str(full))
    assert (refused.status, "holds other things" in refused.err) == (2, True)
