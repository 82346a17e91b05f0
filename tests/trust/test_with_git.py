"""What this program says of a signed commit is what git and OpenSSH say of it."""

import random
import subprocess
from pathlib import Path

import pytest

from bscp_tui.store.raw_history import parsed
from bscp_tui.trust import sshsig
from bscp_tui.trust.wire import MalformedError
from tests.support import git
from tests.trust.partners import Partnership
from tests.trust.signing_people import SOFT, keygen, new_key


def ours(identifier: str, data: bytes) -> bool:
    commit = parsed(identifier, data)
    if commit.signature is None:
        return False
    try:
        return sshsig.read(commit.signature).holds(commit.signed)
    except MalformedError:
        return False


def theirs(folder: Path, signers: Path, identifier: str) -> bool:
    words = ("-c", f"gpg.ssh.allowedSignersFile={signers}", "verify-commit", identifier)
    return subprocess.run(["git", *words], cwd=folder, check=False, capture_output=True).returncode == 0


@pytest.mark.parametrize("name", SOFT)
def test_commits_signed_by_git_are_judged_as_git_judges_them(
    partnership: Partnership, tmp_path: Path, name: str
) -> None:
    key = new_key(tmp_path / "key", *SOFT[name])
    signers = tmp_path / "signers"
    signers.write_text(f"* {Path(f'{key}.pub').read_text()}")
    partnership.edits()
    good = partnership.commits("Alice", "Grüße — 4.1\n\n> with “quotes”\n", key=str(key))
    data = subprocess.run(
        ["git", "cat-file", "commit", good], cwd=partnership.folder, check=True, capture_output=True
    ).stdout
    assert ours(good, data)
    assert theirs(partnership.folder, signers, good)
    chance = random.Random(name)  # noqa: S311 - the same on every run
    for _ in range(8):
        altered = bytearray(data)
        altered[chance.randrange(data.index(b"gpgsig") + 60, len(data))] ^= 1
        made = subprocess.run(
            ["git", "hash-object", "-t", "commit", "-w", "--stdin", "--literally"],
            cwd=partnership.folder, check=True, capture_output=True, input=bytes(altered),
        )  # fmt: skip
        identifier = made.stdout.decode().strip()
        assert ours(identifier, bytes(altered)) == theirs(partnership.folder, signers, identifier)


def test_every_entry_of_an_honest_register_is_good_for_git_with_the_roster_as_signers(
    partnership: Partnership, tmp_path: Path
) -> None:
    """As docs/for-scrutineers.md shows it."""
    signers = tmp_path / "signers"
    rows = [f'{one.email} namespaces="git" {key.key}' for one in _people(partnership) for key in one.keys]
    signers.write_text("\n".join(rows) + "\n")
    settings = ("-c", f"gpg.ssh.allowedSignersFile={signers}")
    told = git(partnership.folder, *settings, "log", "--format=%G? %GS %ce").splitlines()
    assert len(told) == 7
    assert all(line.split()[0] == "G" and line.split()[1] == line.split()[2] for line in told)


def _people(partnership: Partnership):  # type: ignore[no-untyped-def]  # noqa: ANN202 - the roster's rows
    from bscp_tui.trust.recorded import committed_roster

    found = committed_roster(partnership.repository())
    assert found is not None
    return found.roster.people


def test_a_certificate_counts_while_it_holds_for_the_person_whom_it_names(
    partnership: Partnership, tmp_path: Path
) -> None:
    authority = new_key(tmp_path / "authority", "-t", "ed25519")
    public = " ".join(Path(f"{authority}.pub").read_text().split()[:2])
    partnership.slips_in("Mallory", public, "authority = true\n")
    partnership.commits("Robin", "Mallory's authority")
    for names, expected in (("mallory.stranger@example.org", "matches"), ("other@example.org", "does not match")):
        key = new_key(tmp_path / names, "-t", "ecdsa")
        validity = ("-V", "20260101Z:20270101Z")
        keygen("-q", "-s", str(authority), "-I", "one", "-n", names, *validity, f"{key}.pub")
        partnership.edits("records/plans/2025-27/actions/4.2.toml")
        partnership.commits("Mallory", "By hand", key=str(tmp_path / f"{names}-cert.pub"))
        assert partnership.verdict().outcome == expected
