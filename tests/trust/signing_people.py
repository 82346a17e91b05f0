"""Keys of every type that OpenSSH signs with, and what OpenSSH itself says of a signature."""

import base64
import hashlib
import os
import shutil
import struct
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature

from bscp_tui.trust.wire import string

needs_openssh = pytest.mark.skipif(shutil.which("ssh-keygen") is None, reason="OpenSSH is not on this computer")
SOFT = {
    "ed25519": ("-t", "ed25519"),
    "ecdsa-256": ("-t", "ecdsa", "-b", "256"),
    "ecdsa-384": ("-t", "ecdsa", "-b", "384"),
    "ecdsa-521": ("-t", "ecdsa", "-b", "521"),
    "rsa": ("-t", "rsa", "-b", "2048"),
}


def keygen(*words: str, given: bytes = b"", check: bool = True) -> subprocess.CompletedProcess[bytes]:
    """Run ssh-keygen without a terminal."""
    environment = os.environ | {"SSH_ASKPASS_REQUIRE": "never", "LC_ALL": "C"}
    return subprocess.run(
        ["ssh-keygen", *words], check=check, input=given, capture_output=True, env=environment, start_new_session=True
    )


def new_key(path: Path, *how: str) -> Path:
    """Make a key without a passphrase at ``path``."""
    keygen("-q", *how, "-N", "", "-C", "", "-f", str(path))
    return path


def signed(key: Path, message: bytes, *, namespace: str = "git", hashed_by: str = "sha512") -> str:
    """Return the signature that OpenSSH makes."""
    done = keygen("-Y", "sign", "-n", namespace, "-O", f"hashalg={hashed_by}", "-f", str(key), given=message)
    return done.stdout.decode()


def openssh_accepts(signature: str, message: bytes, folder: Path, namespace: str = "git") -> bool:
    """Whether OpenSSH finds that the key in the signature made it."""
    file = folder / "checked.sig"
    file.write_text(signature)
    words = ("-Y", "check-novalidate", "-n", namespace, "-s", str(file))
    return keygen(*words, given=message, check=False).returncode == 0


@dataclass(frozen=True)
class HardwareKey:
    """What a hardware key does, done in this process: OpenSSH cannot tell the difference."""

    private: ed25519.Ed25519PrivateKey | ec.EllipticCurvePrivateKey
    application: bytes = b"ssh:"

    @property
    def kind(self) -> bytes:
        curve = isinstance(self.private, ec.EllipticCurvePrivateKey)
        return b"sk-ecdsa-sha2-nistp256@openssh.com" if curve else b"sk-ssh-ed25519@openssh.com"

    @property
    def blob(self) -> bytes:
        raw, form = serialization.Encoding.Raw, serialization.PublicFormat.Raw
        if isinstance(self.private, ec.EllipticCurvePrivateKey):
            raw, form = serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint
        public = self.private.public_key().public_bytes(raw, form)
        curve = string(b"nistp256") if isinstance(self.private, ec.EllipticCurvePrivateKey) else b""
        return string(self.kind) + curve + string(public) + string(self.application)

    def sign(self, message: bytes, *, flags: int = 1, namespace: bytes = b"git") -> str:
        """Return a signature as ssh-keygen writes one with such a key."""
        digest = hashlib.sha512(message).digest()
        inner = b"SSHSIG" + b"".join(string(part) for part in (namespace, b"", b"sha512", digest))
        tail = bytes([flags]) + struct.pack(">I", 7)
        told = hashlib.sha256(self.application).digest() + tail + hashlib.sha256(inner).digest()
        if isinstance(self.private, ec.EllipticCurvePrivateKey):
            numbers = decode_dss_signature(self.private.sign(told, ec.ECDSA(hashes.SHA256())))
            made = b"".join(string(_mpint(number)) for number in numbers)
        else:
            made = self.private.sign(told)
        signature = string(self.kind) + string(made) + tail
        parts = (self.blob, namespace, b"", b"sha512", signature)
        return armoured(b"SSHSIG" + struct.pack(">I", 1) + b"".join(string(part) for part in parts))


def armoured(data: bytes) -> str:
    """Return a signature's bytes as OpenSSH wraps them."""
    text = base64.b64encode(data).decode()
    lines = [text[start : start + 70] for start in range(0, len(text), 70)]
    return "\n".join(["-----BEGIN SSH SIGNATURE-----", *lines, "-----END SSH SIGNATURE-----"]) + "\n"


def unarmoured(text: str) -> bytes:
    """Return what OpenSSH's wrapping holds."""
    return base64.b64decode("".join(text.split("\n")[1:-2]))


def _mpint(number: int) -> bytes:
    return number.to_bytes(number.bit_length() // 8 + 1, "big")
