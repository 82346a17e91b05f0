"""What a site's manifest says is what a fresh one would say, however it comes to be written."""

import json
import random
from pathlib import Path
from typing import Any

import pytest

from bscp_tui.publishing.site import FORMAT, MANIFEST, Site, digest, open_site

NAMES = [f"records/{number:03}/page-{number % 7}.html" for number in range(300)]


def expected(site: Site) -> bytes:
    """Return the manifest as it is when all of it is written afresh."""
    told: dict[str, Any] = {"made_by": "bscp publish", "format": FORMAT, "finished": site.whole, **site.facts}
    told["files"] = dict(sorted(site.files.items()))
    return (json.dumps(told, ensure_ascii=False, separators=(",\n", ": ")) + "\n").encode()


@pytest.mark.parametrize("seed", range(4))
def test_lines_put_in_place_of_others_give_the_manifest_that_is_made_afresh(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 - the same each time
    folder, names = tmp_path / "site", set(NAMES[:200])
    for number in range(12):
        site = open_site(folder)
        names ^= set(chance.sample(NAMES, chance.choice((0, 0, 1, 3))))
        site.begin(names, {"audience": "group", "as_at": f"2026-07-{1 + number:02}"})
        assert (folder / MANIFEST).read_bytes() == expected(site)
        for name in chance.sample(sorted(names), chance.choice((0, 1, 5, 150))):
            site.put(name, f"{name} {number}".encode())
        site.finish(names)
        assert (folder / MANIFEST).read_bytes() == expected(site)
        assert site.files.keys() == names


@pytest.mark.parametrize("way", ["indented", "escaped", "another order", "files first", "twice", "Windows"])
def test_a_manifest_that_somebody_wrote_otherwise_is_understood_and_told_anew(tmp_path: Path, way: str) -> None:
    folder = tmp_path / "site"
    site = open_site(folder)
    site.begin(NAMES[:5], {"audience": "group"})
    for name in NAMES[:5]:
        site.put(name, name.encode())
    site.finish(NAMES[:5])
    told = json.loads((folder / MANIFEST).read_text())
    text = (folder / MANIFEST).read_text()
    first = json.dumps(NAMES[0])
    written = {
        "indented": json.dumps(told, indent=2),
        "escaped": text.replace(first, '"\\u0072' + first[2:]),
        "another order": json.dumps(told | {"files": dict(reversed(told["files"].items()))}),
        "files first": json.dumps({"files": told["files"], **told}, separators=(",\n", ": ")) + "\n",
        "Windows": "\ufeff" + text.replace("\n", "\r\n"),
        "twice": text.replace(f'"files": {{{first}', f'"files": {{{first}: "0",\n{first}'),
    }[way]
    assert written != text
    (folder / MANIFEST).write_bytes(written.encode())
    site = open_site(folder)
    assert site.files == told["files"]
    site.begin(NAMES[:5], {"audience": "group"})
    site.put(NAMES[0], b"another")
    site.finish(NAMES[:5])
    now = json.loads((folder / MANIFEST).read_text())
    assert now == told | {"files": told["files"] | {NAMES[0]: digest(b"another")}}
