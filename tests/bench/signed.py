"""Synthetic signed histories, made in seconds: trees by git, commits and signatures in this process."""

import hashlib
import subprocess
import zlib
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from bscp_tui.trust.wire import string
from tests.bench import registers

PERSON = "Bench <bench@example.org>"
BEGAN = 1_750_000_000  # seconds since 1970; every entry stands a minute after the last


def make(folder: Path, entries: int, private: Ed25519PrivateKey, roster: str) -> None:
    """Make a register of 1,000 records and ``entries`` signed entries, one status change each."""
    refs = registers.make(folder, 1_000)
    (folder / "records" / "roster.toml").write_text(roster)
    registers.git(folder, "add", "-A")
    registers.git(folder, "-c", "core.fsync=none", "commit", "-q", "--amend", "-m", "Made\n\nRecord: records")
    subprocess.run(
        ["git", "fast-import", "--quiet", "--force"],
        cwd=folder,
        check=True,
        input=_stream(folder, refs, entries).encode(),
    )
    _sign_all(folder, private)
    registers.git(folder, "reset", "-q", "--hard")
    registers.git(folder, "gc", "-q", "--prune=now")


def _stream(folder: Path, refs: list[str], entries: int) -> str:
    """Return what git's fast import makes ``entries`` commits of, each with the message of a status change."""
    parts = [f"reset refs/heads/main\nfrom {registers.git(folder, 'rev-parse', 'HEAD').strip()}\n\n"]
    status: dict[str, str] = {}
    for count in range(entries - 1):
        ref = refs[count * 7 % len(refs)]
        plan, number = ref.removesuffix(".1").split("/")
        path = f"records/plans/{plan}/actions/{number}.toml"
        old = status.get(path, "not-started")
        new = status[path] = "in-progress" if old != "in-progress" else "not-started"
        lines = f'Record: {path}\nChange: key_actions.1.status: "{old}" → "{new}"\nEffective: 2026-06-30'
        message = f"{ref} Synthetic key action: {old} → {new}\n\n> Measured.\n\nEntry: {count:08x}\n{lines}\n"
        data = (folder / path).read_text().replace('"not-started"', f'"{new}"')
        parts.append(
            f"commit refs/heads/main\ncommitter {PERSON} {BEGAN + 60 * count} +0000\n"
            f"data {len(message.encode())}\n{message}\nM 100644 inline {path}\ndata {len(data.encode())}\n{data}\n"
        )
    return "".join(parts)


def _sign_all(folder: Path, private: Ed25519PrivateKey) -> None:
    """Write every commit anew with a signature, oldest first."""
    listed = registers.git(folder, "rev-list", "--reverse", "HEAD").split()
    parent = ""
    reader = subprocess.run(
        ["git", "cat-file", "--batch"], cwd=folder, check=True, capture_output=True,
        input="".join(f"{one}\n" for one in listed).encode(),
    )  # fmt: skip
    data, place = reader.stdout, 0
    for _ in listed:
        end = data.index(b"\n", place)
        size = int(data[place:end].split()[2])
        body = data[end + 1 : end + 1 + size]
        place = end + 2 + size
        parent = _write(folder, _signed(body, parent, private))
    registers.git(folder, "update-ref", "refs/heads/main", parent)


def _signed(body: bytes, parent: str, private: Ed25519PrivateKey) -> bytes:
    head, _, message = body.partition(b"\n\n")
    lines = [f"parent {parent}".encode() if line.startswith(b"parent ") else line for line in head.split(b"\n")]
    if not parent:
        stamp = f" {PERSON} {BEGAN - 60} +0000".encode()
        lines = [line.split(b" ")[0] + stamp if line[:6] in (b"author", b"commit") else line for line in lines]
    payload = b"\n".join(lines) + b"\n\n" + message
    told = b"SSHSIG" + b"".join(string(part) for part in (b"git", b"", b"sha512", hashlib.sha512(payload).digest()))
    blob = string(b"ssh-ed25519") + string(private.public_key().public_bytes_raw())
    made = string(b"ssh-ed25519") + string(private.sign(told))
    parts = (blob, b"git", b"", b"sha512", made)
    text = _armoured(b"SSHSIG\0\0\0\1" + b"".join(string(part) for part in parts))
    return b"\n".join(lines) + b"\ngpgsig " + text.replace(b"\n", b"\n ") + b"\n\n" + message


def _armoured(data: bytes) -> bytes:
    import base64

    text = base64.b64encode(data)
    lines = [text[start : start + 70] for start in range(0, len(text), 70)]
    return b"\n".join([b"-----BEGIN SSH SIGNATURE-----", *lines, b"-----END SSH SIGNATURE-----"])


def _write(folder: Path, body: bytes) -> str:
    whole = b"commit %d\0%b" % (len(body), body)
    identifier = hashlib.sha1(whole, usedforsecurity=False).hexdigest()
    path = folder / ".git" / "objects" / identifier[:2] / identifier[2:]
    path.parent.mkdir(exist_ok=True)
    if not path.exists():
        path.write_bytes(zlib.compress(whole, 1))
    return identifier
