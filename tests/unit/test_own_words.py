"""Documents and screens are in our own words too; the starter records have a test of their own."""

from pathlib import Path

import pytest

from tests.golden.make_seed_runs import hash_of, runs_of

ROOT = Path(__file__).parents[2]
HASHES = (ROOT / "tests" / "golden" / "seed-runs.bin").read_bytes()
PUBLISHED = {HASHES[start : start + 5] for start in range(0, len(HASHES), 5)}
TEXTS = sorted([ROOT / "README.md", *(ROOT / "docs").glob("**/*.md"), *(ROOT / "bscp_tui").glob("**/*.py")])


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_twelve_words_running_are_the_published_documents(path: Path) -> None:
    assert [run for run in runs_of(path.read_text(encoding="utf-8")) if hash_of(run) in PUBLISHED] == []


CODE = sorted((ROOT / "bscp_tui").glob("**/*.*"))


@pytest.mark.parametrize("path", [path for path in CODE if path.suffix in {".py", ".tcss"}], ids=lambda path: path.name)
def test_no_partnership_is_named_in_the_code(path: Path) -> None:
    assert "birmingham" not in path.read_text(encoding="utf-8").lower()
