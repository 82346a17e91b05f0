"""Make seed-runs.bin: the twelve-word runs of the published documents, as hashes.

The starter records are written in the register's own words. So that a test can hold
this without the documents lying in the repository, seed-runs.bin keeps a short hash of
every run of twelve consecutive words in them; no sentence can be read back from it.

To repeat it, put the text of the two documents (Annual Report 2024/25 and Business
Improvement Plan 2025-27), and nothing else, into one folder as ``*.txt`` files and run

    python tests/golden/make_seed_runs.py FOLDER

The same texts give the same bytes. A word is a run of ``a-z``, ``0-9`` and ``'`` after
case folding; markup tags and link addresses are left out, typographic apostrophes count
as ``'``, and quotation marks around a word are dropped. Each file is read by itself. The
file is the first 5 bytes of the SHA-256 of each run (its words joined by one space),
unique and sorted.
"""

import hashlib
import re
import sys
from collections.abc import Iterator
from pathlib import Path

RUN_LENGTH = 12
HASH_LENGTH = 5
OUTPUT = Path(__file__).with_name("seed-runs.bin")

_TAG = re.compile(r"<[^<>]*>")
_LINK_ADDRESS = re.compile(r"\]\([^()]*\)")
_APOSTROPHES = str.maketrans({"\u2018": "'", "\u2019": "'"})
_WORD = re.compile(r"[a-z0-9']+")


def words_of(text: str) -> list[str]:
    """Return the words of a text, folded so that only the wording counts."""
    plain = _LINK_ADDRESS.sub("]", _TAG.sub(" ", text))
    found = _WORD.findall(plain.translate(_APOSTROPHES).casefold())
    return [word for word in (each.strip("'") for each in found) if word]


def runs_of(text: str) -> Iterator[str]:
    """Yield every run of twelve consecutive words of a text."""
    words = words_of(text)
    for start in range(len(words) - RUN_LENGTH + 1):
        yield " ".join(words[start : start + RUN_LENGTH])


def hash_of(run: str) -> bytes:
    """Return the short hash under which a run is kept."""
    return hashlib.sha256(run.encode("ascii")).digest()[:HASH_LENGTH]


def main(arguments: list[str]) -> int:
    """Write seed-runs.bin from the ``*.txt`` files of one folder."""
    folder = Path(arguments[0]) if len(arguments) == 1 else None
    documents = sorted(folder.glob("*.txt")) if folder else []
    if not documents:
        print("usage: make_seed_runs.py FOLDER (with the documents as *.txt)", file=sys.stderr)
        return 2
    hashes = {hash_of(run) for path in documents for run in runs_of(path.read_text(encoding="utf-8"))}
    OUTPUT.write_bytes(b"".join(sorted(hashes)))
    print(f"{len(hashes)} runs of {len(documents)} documents")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
