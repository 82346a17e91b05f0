"""Proof lines: short, wrapped by whoever types the minutes, and the same for the same entries."""

import subprocess
import zlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bscp_tui.store.errors import RegisterError
from bscp_tui.trust.proof import Proof, ProofError, read_proofs
from bscp_tui.trust.proving import current_proof, proof_at
from tests.support import git
from tests.trust.partners import Partnership

HEX = "0123456789abcdef"


@given(
    st.builds(
        Proof,
        st.text(HEX, min_size=12, max_size=12),
        st.integers(1, 999_999_999),
        st.text(HEX, min_size=12, max_size=12),
        st.text(HEX, min_size=64, max_size=64),
        st.dates().map(lambda day: day.isoformat()),
    ),
    st.lists(st.tuples(st.integers(0, 130), st.sampled_from(["\n", " ", "\n> ", "\r\n", "\u00ad", "\t"])), max_size=8),
)
def test_a_line_is_read_however_it_is_wrapped(proof: Proof, breaks: list[tuple[int, str]]) -> None:
    text = str(proof)
    for place, cut in breaks:
        text = text[:place] + cut + text[place:]
    assert read_proofs(f"The board noted: {text}. It thanked all.") == [proof]


def test_what_is_no_line_is_refused_in_words() -> None:
    with pytest.raises(ProofError, match="begins with bscp1"):
        read_proofs("hello")
    with pytest.raises(ProofError, match="not whole"):
        read_proofs("bscp1 983f8c064c5f 3 31cba009ad0f 21c4768 2026-11-22")


def test_it_holds_on_after_further_entries_and_after_packing(partnership: Partnership) -> None:
    proof = current_proof(partnership.repository()).proof
    partnership.saves("Bob", "in-progress", ref="4.1.4")
    git(partnership.folder, "gc", "--quiet")
    assert partnership.verdict(proof, current_proof(partnership.repository()).proof).outcome == "matches"


def test_it_holds_on_when_a_side_branch_is_merged(partnership: Partnership) -> None:
    partnership.splits("4.2.1", "1.1.1")
    on_main = current_proof(partnership.repository()).proof
    git(partnership.folder, "switch", "--quiet", "side")
    on_side = current_proof(partnership.repository()).proof
    git(partnership.folder, "switch", "--quiet", "main")
    partnership.merges("Robin", "side")
    assert partnership.verdict(on_main, on_side).outcome == "matches"


@pytest.mark.parametrize("part", range(1, 6))
def test_a_line_with_one_sign_changed_does_not_match(partnership: Partnership, part: int) -> None:
    words = str(current_proof(partnership.repository()).proof).split()
    first = words[part][-1]
    words[part] = words[part][:-1] + ("1" if first != "1" else "2")
    verdict = partnership.verdict(" ".join(words))
    assert verdict.outcome == "does not match"


def test_it_names_the_last_shared_entry_and_says_what_is_not_sent(partnership: Partnership, tmp_path: Path) -> None:
    git(tmp_path, "clone", "--quiet", "--bare", str(partnership.folder), "shared.git")
    git(tmp_path, "clone", "--quiet", str(tmp_path / "shared.git"), "copy")
    copy = Partnership(tmp_path / "copy", partnership.people, partnership.clock)
    before = current_proof(copy.repository())
    assert before.unsent == 0
    copy.saves("Alice", "in-progress", ref="4.1.4")
    copy.saves("Alice", "in-progress", ref="4.2.1")
    after = current_proof(copy.repository())
    assert (after.proof, after.unsent) == (before.proof, 2)
    assert after.told == "Provisional: 2 changes are not yet sent, and the proof line does not cover them."
    git(copy.folder, "push", "--quiet", "origin", "main")
    assert current_proof(copy.repository()).proof.entries == before.proof.entries + 2


def test_the_tree_head_is_what_an_onlooker_computes_with_git_and_hashes_alone(partnership: Partnership) -> None:
    """The slow and obvious way, from RFC 6962 and what docs/for-scrutineers.md says of a leaf."""
    from hashlib import sha256

    def raw(*words: str) -> bytes:
        done = subprocess.run(["git", *words], cwd=partnership.folder, check=True, capture_output=True)
        return done.stdout

    leaves = []
    for commit in raw("rev-list", "--reverse", "HEAD").decode().split():
        listed = raw("diff-tree", "-r", "--root", "--no-commit-id", "--name-only", "-z", "--diff-filter=d", commit)
        paths = sorted(path for path in listed.split(b"\0") if path)
        files = b"".join(path + b"\0" + sha256(raw("show", f"{commit}:{path.decode()}")).digest() for path in paths)
        leaves.append(sha256(b"\0" + raw("cat-file", "commit", commit) + files).digest())

    def head(some: list[bytes]) -> bytes:
        if len(some) == 1:
            return some[0]
        half = 1 << (len(some) - 1).bit_length() - 1
        return sha256(b"\1" + head(some[:half]) + head(some[half:])).digest()

    assert current_proof(partnership.repository()).proof.head == head(leaves).hex()


def test_a_redaction_in_the_open_is_told_as_such(partnership: Partnership) -> None:
    """Alice's last entry held what it should not have; Robin writes the history anew and gives notice."""
    old = current_proof(partnership.repository()).proof
    assert partnership.verdict().outcome == "matches"
    gone = git(partnership.folder, "rev-parse", "HEAD")
    git(partnership.folder, "reset", "--quiet", "--hard", "HEAD~1")
    partnership.edits()
    author = ("--author", "Alice Able <alice.able@example.org>")
    partnership.commits("Robin", f"Redacted\n\nSigned-Again: {gone}", extra=author)
    assert "nobody gives notice of a redaction" in partnership.verdict(by="Bob").sentence
    told = "Redaction: personal data; decided by the chair and the lead for data protection"
    partnership.commits("Robin", f"A notice\n\n{told}", extra=("--allow-empty",))
    verdict = partnership.verdict(old, by="Bob")
    assert verdict.outcome == "redacted"
    assert "Robin Holder gave notice on 1 July 2026: personal data; decided by" in verdict.sentence
    assert partnership.verdict().outcome == "redacted"  # who saw the old history is told, too
    assert partnership.verdict(by="Bob").outcome == "matches"
    assert {note.code for note in partnership.verdict(by="Bob").notes} == {"signed-again", "redaction", "by-hand"}


def test_an_editor_cannot_redact(partnership: Partnership) -> None:
    gone = git(partnership.folder, "rev-parse", "HEAD")
    git(partnership.folder, "reset", "--quiet", "--hard", "HEAD~1")
    partnership.edits()
    author = ("--author", "Alice Able <alice.able@example.org>")
    partnership.commits("Bob", f"Redacted\n\nSigned-Again: {gone}", extra=author)
    assert "it says Alice Able <alice.able@example.org> made it" in partnership.verdict().sentence


def test_the_line_of_every_entry_matches_when_every_object_is_read(partnership: Partnership) -> None:
    """Lines rest on the history's index; verification reads the objects themselves, wherever a branch came in."""
    partnership.splits("4.2.1", "1.1.1")
    partnership.merges("Robin", "side")
    commits = git(partnership.folder, "rev-list", "HEAD").split()
    lines = [proof_at(partnership.repository(), commit) for commit in commits]
    assert len({line.head for line in lines}) == len(commits)
    assert partnership.verdict(*lines).outcome == "matches"


def test_no_line_is_made_over_an_object_that_is_not_what_its_name_says(
    partnership: Partnership, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    blob = git(partnership.folder, "rev-parse", "HEAD:records/plans/2025-27/actions/4.1.toml")
    place = partnership.folder / ".git" / "objects" / blob[:2] / blob[2:]
    data = zlib.decompress(place.read_bytes())
    place.chmod(0o644)
    place.write_bytes(zlib.compress(data.replace(b"title", b"tilte", 1)))
    monkeypatch.setenv("BSCP_CACHE", str(tmp_path / "other"))
    with pytest.raises(RegisterError, match="missing or damaged"):
        current_proof(partnership.repository())
