"""A bit that flips anywhere in what is stored is noticed, or changes nothing that is recorded."""

import random
from pathlib import Path

from tests.support import git
from tests.trust.partners import Partnership

FLIPS = 200


def test_a_bit_flipped_anywhere_in_the_objects_is_noticed(partnership: Partnership) -> None:
    """Half of the flips hit a pack, half the loose files of the newest entries."""
    chance = random.Random(5)  # noqa: S311 - the same places on every run
    objects = partnership.folder / ".git" / "objects"
    packs = sorted(objects.glob("pack/*.pack"))
    loose = sorted(path for path in objects.glob("??/*") if path.is_file())
    reachable = {_path(objects, line.split()[0]) for line in git(
        partnership.folder, "rev-list", "--objects", "HEAD").splitlines()}  # fmt: skip
    loose = [path for path in loose if path in reachable]
    assert packs
    assert loose
    whole = partnership.verdict()
    assert whole.outcome == "matches"
    unnoticed = []
    for flip in range(FLIPS):
        path = chance.choice(packs if flip % 2 else loose)
        outcome, harmless = _flipped(partnership, path, chance)
        if outcome == "matches" and not harmless:
            unnoticed.append(path.name)
    assert unnoticed == []


def _flipped(partnership: Partnership, path: Path, chance: random.Random) -> tuple[str, bool]:
    """Flip one bit, verify, put it back; return the verdict, and whether git reads the very same content."""
    data = path.read_bytes()
    mode = path.stat().st_mode
    altered = bytearray(data)
    altered[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
    path.chmod(0o644)
    path.write_bytes(bytes(altered))
    try:
        outcome = partnership.verdict(by="Bob").outcome
        harmless = outcome == "matches" and _content(partnership) == _content_of(data, path, partnership)
    finally:
        path.write_bytes(data)
        path.chmod(mode)
    return outcome, harmless


def _content(partnership: Partnership) -> str:
    return git(partnership.folder, "log", "--patch", "--format=%H%n%B", "HEAD", check=False)


def _content_of(data: bytes, path: Path, partnership: Partnership) -> str:
    altered = path.read_bytes()
    path.write_bytes(data)
    told = _content(partnership)
    path.write_bytes(altered)
    return told


def _path(objects: Path, identifier: str) -> Path:
    return objects / identifier[:2] / identifier[2:]


def test_a_missing_object_is_named(partnership: Partnership) -> None:
    tree = git(partnership.folder, "rev-parse", "HEAD^{tree}")
    _path(partnership.folder / ".git" / "objects", tree).unlink()
    verdict = partnership.verdict()
    assert verdict.outcome == "does not match"
    assert f"a part of the history (tree {tree[:12]}) is missing or damaged" in verdict.sentence
