"""What trust costs, as ratios within one run: ``python -m tests.bench.trust``.

``git log --show-signature`` takes minutes for 10,000 entries, so it is measured on the newest 500 of
them and multiplied; it starts ssh-keygen for each, so its time grows with their number alone.
"""

import base64
import datetime as dt
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from bscp_tui.model.amendment import Amendment, amend
from bscp_tui.model.view import Circumstances, View
from bscp_tui.store import signing
from bscp_tui.store.register import Register, open_register
from bscp_tui.store.repository import find
from bscp_tui.trust.verifying import verify, verify_quickly
from bscp_tui.trust.wire import string
from tests.bench import registers, signed

RUNS = 11
ENTRIES, SAMPLE = 10_000, 500
TODAY = dt.date(2026, 6, 30)
WHY = Circumstances("Measured.", TODAY)
# Name, ours and the baseline in milliseconds, the ratio that is allowed.
Row = tuple[str, float, float, float]


def rows(work: Path) -> list[Row]:
    """Measure everything in ``work``, which also serves as the home."""
    work.mkdir(exist_ok=True)
    os.environ.update({"HOME": str(work), "XDG_DATA_HOME": str(work / "data"), "BSCP_CACHE": str(work / "cache")})
    for role in ("AUTHOR", "COMMITTER"):
        os.environ[f"GIT_{role}_NAME"], os.environ[f"GIT_{role}_EMAIL"] = "Bench", "bench@example.org"
    private = Ed25519PrivateKey.generate()
    public = _keep(private)
    big, small = work / "big", work / "small"
    signed.make(big, ENTRIES, private, _roster(public))
    registers.make(small, 1_000)
    return [_whole(big, work, public), _one_more(big), _saved(small)]


def _whole(folder: Path, work: Path, public: str) -> Row:
    signers = work / "signers"
    signers.write_text(f"bench@example.org {public}\n")
    show = ("-c", f"gpg.ssh.allowedSignersFile={signers}", "log", "--show-signature", f"-{SAMPLE}")
    ours = _timed(lambda: verify(find(folder), remember=False))
    theirs = _timed(lambda: registers.git(folder, *show)) * ENTRIES / SAMPLE
    return f"verify of {ENTRIES:,} signed entries", ours, theirs, 0.1


def _one_more(folder: Path) -> Row:
    register, repository = open_register(folder, TODAY), find(folder)
    verify(repository)
    ours, theirs = [], []
    for run in range(RUNS):
        register.record(_status(register, f"p00{run % 10}/{run % 9 + 1}.9"))
        ours.append(_timed(lambda: verify_quickly(repository)))
        theirs.append(_timed(lambda: registers.git(folder, "rev-parse", "HEAD")))
    return "verify after one entry more", statistics.median(ours), statistics.median(theirs), 10.0


def _saved(folder: Path) -> Row:
    register = open_register(folder, TODAY)
    settings = ("-c", "core.fsync=all", "-c", "gpg.format=ssh", "-c", f"user.signingkey={signing.folder() / 'signing'}")
    ours, theirs = [], []
    for run in range(-1, RUNS):
        change = _status(register, f"p00{run % 10}/{run % 9 + 1}.8")
        ours.append(_timed(lambda change=change: register.record(change)))  # type: ignore[misc]
        path = folder / "records" / "plans" / "p009" / "actions" / f"{run % 9 + 1}.10.toml"
        path.write_text(path.read_text() + f"# {run}\n")
        words = (*settings, "commit", "-q", "-S", "-m", "x", "--", str(path))
        theirs.append(_timed(lambda words=words: registers.git(folder, *words)))  # type: ignore[misc]
    return "signed status change, 1,000 records", statistics.median(ours[1:]), statistics.median(theirs[1:]), 1.3


def _status(register: Register, ref: str) -> Amendment:
    snapshot = register.snapshot()
    view = snapshot.resolve(f"{ref}.1")
    assert isinstance(view, View)
    status = "in-progress" if view.value("status") == "not-started" else "not-started"
    return amend(view, snapshot.document(view.path), {"status": status}, WHY)


def _timed(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return (time.perf_counter() - begun) * 1000


def _keep(private: Ed25519PrivateKey) -> str:
    """Put the key where a person's own lies; return its public part."""
    place = signing.folder() / "signing"
    place.parent.mkdir(parents=True)
    place.touch(mode=0o600)
    form = (serialization.Encoding.PEM, serialization.PrivateFormat.OpenSSH, serialization.NoEncryption())
    place.write_bytes(private.private_bytes(*form))
    blob = string(b"ssh-ed25519") + string(private.public_key().public_bytes_raw())
    public = f"ssh-ed25519 {base64.b64encode(blob).decode()}"
    place.with_name("signing.pub").write_text(f"{public}\n")
    return public


def _roster(public: str) -> str:
    person = '[[people]]\nid = "b"\ntitle = "Bench"\nemail = "bench@example.org"\n'
    roles = 'roles = [\n    "administrator",\n    "editor",\n]\n'
    return f'version = 1\n\n{person}{roles}\n[[people.keys]]\nid = "k"\nkey = "{public}"\nstart = 2025-01-01\n'


def main() -> int:
    """Print the table; return 1 if a promise is not kept."""
    with tempfile.TemporaryDirectory() as name:
        found = rows(Path(name))
    kept = True
    for told, ours, theirs, allowed in found:
        kept &= ours / theirs <= allowed
        print(f"{told:<40} {ours:9.1f} {theirs:9.1f} {ours / theirs:7.3f}  at most {allowed}")
    print(f"load of the machine (1, 5, 15 minutes): {os.getloadavg()}")
    return 0 if kept else 1


if __name__ == "__main__":
    sys.exit(main())
