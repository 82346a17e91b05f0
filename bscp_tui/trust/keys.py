"""Public keys and certificates as OpenSSH writes them, and whether a key made a signature.

Formats: RFC 4253, RFC 5656, RFC 8709; OpenSSH's PROTOCOL.u2f (hardware keys) and PROTOCOL.certkeys.
"""

import base64
import binascii
import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from bscp_tui.trust.wire import MalformedError, Wire

CERTIFICATE = "-cert-v01@openssh.com"
_CURVES = {
    "nistp256": ("SECP256R1", "SHA256"),
    "nistp384": ("SECP384R1", "SHA384"),
    "nistp521": ("SECP521R1", "SHA512"),
}
_RSA_HASHES = {"rsa-sha2-256": "SHA256", "rsa-sha2-512": "SHA512"}
_SHORTEST_RSA = 2048  # bits; shorter ones can be broken by whoever pays for it
_PRESENT = 0x01  # the person touched the hardware key
_USER = 1  # the type of certificate that names a person


@dataclass(frozen=True)
class Certificate:
    """What an authority says of a key.

    Attributes:
        authority: The authority's own public key.
        principals: The addresses that the holder may sign as.
        after: The first second in which it holds, since 1970.
        before: The first second in which it holds no more.

    """

    authority: bytes
    principals: tuple[str, ...]
    after: int
    before: int


@dataclass(frozen=True)
class PublicKey:
    """A public key.

    Attributes:
        kind: Its type without any certificate, ``ssh-ed25519``.
        blob: The key itself, without any certificate, as SSH writes it.
        certificate: What an authority says of it, None where none does.

    """

    kind: str
    blob: bytes
    certificate: Certificate | None = None

    @property
    def text(self) -> str:
        """The key as a line of text without a comment: ``ssh-ed25519 AAAA…``."""
        return f"{self.kind} {base64.b64encode(self.blob).decode()}"

    @property
    def fingerprint(self) -> str:
        """Its fingerprint as ``ssh-keygen -l`` shows it."""
        digest = hashlib.sha256(self.blob).digest()
        return "SHA256:" + base64.b64encode(digest).decode().rstrip("=")


def read_text(text: str) -> PublicKey:
    """Return the key that a line of a ``.pub`` file holds.

    Raises:
        MalformedError: It holds none that this program knows.

    """
    words = text.split()
    try:
        blob = base64.b64decode(words[1], validate=True)
    except (IndexError, binascii.Error, ValueError) as error:
        msg = "it is not a public key as OpenSSH writes them (“ssh-ed25519 AAAA…”)"
        raise MalformedError(msg) from error
    key = read(blob)
    if Wire(blob).word() != words[0]:
        msg = "its first word names another type of key than it holds"
        raise MalformedError(msg)
    return key


@lru_cache(maxsize=256)
def read(blob: bytes) -> PublicKey:
    """Return the key, or the certified key, that ``blob`` holds.

    Raises:
        MalformedError: It is damaged, or of a type that this program does not know.

    """
    wire = Wire(blob)
    name = wire.word()
    if not name.endswith(CERTIFICATE):
        _checker(name, wire)
        wire.end()
        return PublicKey(name, blob)
    kind = name.removesuffix(CERTIFICATE) + ("@openssh.com" if name.startswith("sk-") else "")
    wire.string()  # a random number that keeps authorities from being tricked
    begun = wire.place
    _checker(kind, wire)
    inner = len(kind).to_bytes(4, "big") + kind.encode() + blob[begun : wire.place]
    return PublicKey(kind, inner, _certificate(wire))


def holds(key: PublicKey, signature: bytes, message: bytes) -> bool:
    """Whether ``key`` made ``signature`` (algorithm and bytes, as SSH writes them) over ``message``."""
    from cryptography.exceptions import InvalidSignature

    try:
        _check_of(key.blob)(signature, message)
    except (InvalidSignature, MalformedError, ValueError):
        return False
    return True


# Given a signature as SSH writes it and the message, raises where they do not belong together.
_Check = Callable[[bytes, bytes], None]


@lru_cache(maxsize=256)
def _check_of(blob: bytes) -> _Check:
    wire = Wire(blob)
    return _checker(wire.word(), wire)


def _checker(kind: str, wire: Wire) -> _Check:
    """Read a key's own fields from ``wire`` and return what checks its signatures."""
    readers: dict[str, Callable[[Wire], _Check]] = {
        "ssh-ed25519": _ed25519,
        "ssh-rsa": _rsa,
        "sk-ssh-ed25519@openssh.com": _hardware_ed25519,
        "sk-ecdsa-sha2-nistp256@openssh.com": _hardware_ecdsa,
    }
    if kind in readers:
        return readers[kind](wire)
    if kind.removeprefix("ecdsa-sha2-") in _CURVES:
        return _ecdsa(kind, wire)
    msg = f"this program does not know keys of the type {kind[:60]!r}"
    raise MalformedError(msg)


def _signature(signature: bytes, *algorithms: str) -> tuple[str, bytes, Wire]:
    wire = Wire(signature)
    algorithm = wire.word()
    if algorithm not in algorithms:
        msg = "the signature is of another type than the key"
        raise MalformedError(msg)
    return algorithm, wire.string(), wire


def _ed25519(wire: Wire) -> _Check:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    key = Ed25519PublicKey.from_public_bytes(_exactly(wire.string(), 32))

    def check(signature: bytes, message: bytes) -> None:
        _, made, rest = _signature(signature, "ssh-ed25519")
        rest.end()
        key.verify(made, message)

    return check


def _rsa(wire: Wire) -> _Check:
    from cryptography.hazmat.primitives import hashes
    from cryptography.hazmat.primitives.asymmetric import padding, rsa

    exponent, modulus = wire.mpint(), wire.mpint()
    if modulus.bit_length() < _SHORTEST_RSA:
        msg = f"an RSA key of fewer than {_SHORTEST_RSA:,} bits is too weak"
        raise MalformedError(msg)
    key = _built(rsa.RSAPublicNumbers(exponent, modulus).public_key)

    def check(signature: bytes, message: bytes) -> None:
        algorithm, made, rest = _signature(signature, *_RSA_HASHES)
        rest.end()
        made = made.rjust((modulus.bit_length() + 7) // 8, b"\0")  # OpenSSH allows leading zeros to be left out
        key.verify(made, message, padding.PKCS1v15(), getattr(hashes, _RSA_HASHES[algorithm])())

    return check


def _ecdsa(kind: str, wire: Wire) -> _Check:
    from cryptography.hazmat.primitives import hashes
    from cryptography.hazmat.primitives.asymmetric import ec

    name = kind.removeprefix("ecdsa-sha2-")
    key = _point(name, wire)
    method = ec.ECDSA(getattr(hashes, _CURVES[name][1])())

    def check(signature: bytes, message: bytes) -> None:
        _, made, rest = _signature(signature, kind)
        rest.end()
        key.verify(_two_numbers(made), message, method)

    return check


def _hardware_ed25519(wire: Wire) -> _Check:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    key = Ed25519PublicKey.from_public_bytes(_exactly(wire.string(), 32))
    application = wire.string()

    def check(signature: bytes, message: bytes) -> None:
        _, made, rest = _signature(signature, "sk-ssh-ed25519@openssh.com")
        key.verify(made, _by_hardware(application, message, rest))

    return check


def _hardware_ecdsa(wire: Wire) -> _Check:
    from cryptography.hazmat.primitives import hashes
    from cryptography.hazmat.primitives.asymmetric import ec

    key = _point("nistp256", wire)
    application = wire.string()

    def check(signature: bytes, message: bytes) -> None:
        _, made, rest = _signature(signature, "sk-ecdsa-sha2-nistp256@openssh.com")
        key.verify(_two_numbers(made), _by_hardware(application, message, rest), ec.ECDSA(hashes.SHA256()))

    return check


def _by_hardware(application: bytes, message: bytes, rest: Wire) -> bytes:
    """Return what a hardware key signs: its application, whether it was touched, a counter, the message."""
    flags, counter = rest.take(1), rest.take(4)
    rest.end()
    if not flags[0] & _PRESENT:
        msg = "the hardware key was not touched"
        raise MalformedError(msg)
    return hashlib.sha256(application).digest() + flags + counter + hashlib.sha256(message).digest()


def _point(curve: str, wire: Wire) -> Any:
    from cryptography.hazmat.primitives.asymmetric import ec

    if wire.word() != curve:
        msg = "the key names two curves"
        raise MalformedError(msg)
    point = wire.string()
    if point[:1] != b"\x04":
        msg = "the key's point is not written in full"
        raise MalformedError(msg)
    return _built(lambda: ec.EllipticCurvePublicKey.from_encoded_point(getattr(ec, _CURVES[curve][0])(), point))


def _two_numbers(made: bytes) -> bytes:
    from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature

    wire = Wire(made)
    r, s = wire.mpint(), wire.mpint()
    wire.end()
    return encode_dss_signature(r, s)


def _built(make: Callable[[], Any]) -> Any:
    try:
        return make()
    except ValueError as error:
        msg = "the key is no key"
        raise MalformedError(msg) from error


def _exactly(data: bytes, length: int) -> bytes:
    if len(data) != length:
        msg = "the key is not as long as such keys are"
        raise MalformedError(msg)
    return data


def _certificate(wire: Wire) -> Certificate:
    wire.long()  # the authority's own count
    kind = wire.number()
    wire.string()  # the authority's own name for it
    names = Wire(wire.string())
    principals = []
    while names.place < len(names.data):
        principals.append(names.string().decode("utf-8", "replace"))
    after, before = wire.long(), wire.long()
    demands = wire.string()
    wire.string()  # what it allows when logging in, which is of no matter here
    wire.string()  # kept for later use
    authority = wire.string()
    signed = wire.data[: wire.place]
    signature = wire.string()
    wire.end()
    if kind != _USER or demands:
        msg = "the certificate is not for a person, or makes demands that this program does not know"
        raise MalformedError(msg)
    signer = read(authority)
    if signer.certificate is not None or not holds(signer, signature, signed):
        msg = "the certificate was not signed by the authority that it names"
        raise MalformedError(msg)
    return Certificate(authority, tuple(principals), after, before)
