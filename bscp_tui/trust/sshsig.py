"""Signatures as OpenSSH and git make them: read, and checked in this process.

The format is OpenSSH's PROTOCOL.sshsig. What is accepted here is what ``ssh-keygen -Y verify``
accepts, save RSA keys below 2,048 bits and certificates with demands of their own.
"""

import base64
import binascii
import hashlib
from dataclasses import dataclass

from bscp_tui.trust import keys
from bscp_tui.trust.keys import PublicKey
from bscp_tui.trust.wire import MalformedError, Wire, string

BEGIN, END = "-----BEGIN SSH SIGNATURE-----", "-----END SSH SIGNATURE-----"
GIT = "git"  # what git signs commits for; a signature made for another purpose does not count
_MAGIC = b"SSHSIG"
_HASHES = {"sha256": hashlib.sha256, "sha512": hashlib.sha512}


@dataclass(frozen=True)
class Signature:
    """A signature, taken apart.

    Attributes:
        key: Whose it claims to be.
        namespace: What it was made for, ``git``.
        hashed_by: How the message was shortened before.
        reserved: Kept for later use by OpenSSH.
        made: The signature itself: algorithm and bytes.

    """

    key: PublicKey
    namespace: str
    hashed_by: str
    reserved: bytes
    made: bytes

    def holds(self, message: bytes, namespace: str = GIT) -> bool:
        """Whether the key signed ``message`` for ``namespace``; who holds the key is for the roster to say."""
        if self.namespace != namespace:
            return False
        digest = _HASHES[self.hashed_by](message).digest()
        parts = (self.namespace.encode(), self.reserved, self.hashed_by.encode(), digest)
        return keys.holds(self.key, self.made, _MAGIC + b"".join(string(part) for part in parts))


def read(text: str) -> Signature:
    """Return the signature that ``text`` holds.

    Raises:
        MalformedError: It holds none, or a damaged one.

    """
    lines = text.strip().splitlines()
    if len(lines) < 3 or lines[0].strip() != BEGIN or lines[-1].strip() != END:
        msg = "it is not a signature made with an SSH key"
        raise MalformedError(msg)
    try:
        data = base64.b64decode("".join(line.strip() for line in lines[1:-1]), validate=True)
    except (binascii.Error, ValueError) as error:
        msg = "the signature is damaged"
        raise MalformedError(msg) from error
    wire = Wire(data)
    if wire.take(len(_MAGIC)) != _MAGIC or wire.number() != 1:
        msg = "the signature is of a form that this program does not know"
        raise MalformedError(msg)
    blob, namespace, reserved, hashed_by, made = wire.string(), wire.word(), wire.string(), wire.word(), wire.string()
    wire.end()
    if hashed_by not in _HASHES:
        msg = "the signature shortens its message in a way that this program does not know"
        raise MalformedError(msg)
    return Signature(keys.read(blob), namespace, hashed_by, reserved, made)
