"""Signatures are judged in this process exactly as OpenSSH judges them."""

import random
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, ed25519

from bscp_tui.trust import keys, sshsig
from bscp_tui.trust.wire import MalformedError
from tests.trust.signing_people import (
    SOFT,
    HardwareKey,
    armoured,
    keygen,
    needs_openssh,
    new_key,
    openssh_accepts,
    signed,
    unarmoured,
)

pytestmark = needs_openssh
MESSAGE = b"tree 4b825dc642cb6eb9a060e54bf8d69288fbee4904\n\nA change\n"


def accepts(signature: str, message: bytes, namespace: str = "git") -> bool:
    try:
        return sshsig.read(signature).holds(message, namespace)
    except MalformedError:
        return False


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("keys")
    return {name: new_key(folder / name, *how) for name, how in SOFT.items()}


@pytest.mark.parametrize("hashed_by", ["sha256", "sha512"])
@pytest.mark.parametrize("name", SOFT)
def test_what_openssh_signs_is_accepted_for_that_message_and_purpose_alone(
    made: dict[str, Path], name: str, hashed_by: str
) -> None:
    signature = signed(made[name], MESSAGE, hashed_by=hashed_by)
    assert accepts(signature, MESSAGE)
    assert not accepts(signature, MESSAGE + b" ")
    assert not accepts(signature, MESSAGE, "file")
    assert not accepts(signed(made[name], MESSAGE, namespace="file"), MESSAGE)


@pytest.mark.parametrize("name", SOFT)
def test_a_signature_names_the_key_as_openssh_prints_it(made: dict[str, Path], name: str) -> None:
    key = sshsig.read(signed(made[name], MESSAGE)).key
    listed = keygen("-l", "-f", f"{made[name]}.pub").stdout.decode()
    assert key.fingerprint in listed.split()
    line = made[name].with_suffix(".pub").read_text() if made[name].suffix else Path(f"{made[name]}.pub").read_text()
    assert line.split()[:2] == key.text.split()
    assert keys.read_text(line) == key


@pytest.mark.parametrize("name", ["ed25519", "ecdsa-256", "rsa"])
def test_a_signature_that_was_altered_anywhere_is_judged_as_openssh_judges_it(
    made: dict[str, Path], name: str, tmp_path: Path
) -> None:
    chance = random.Random(name)  # noqa: S311 - the same on every run
    data = unarmoured(signed(made[name], MESSAGE))
    verdicts = set()
    for _ in range(25):
        altered = bytearray(data)
        altered[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
        text = armoured(bytes(altered))
        verdicts.add(accepts(text, MESSAGE))
        assert accepts(text, MESSAGE) == openssh_accepts(text, MESSAGE, tmp_path), altered.hex()
    assert verdicts == {False}


@pytest.mark.parametrize("cut", [0, 1, 6, 10, 60, 150])
def test_a_signature_that_is_cut_short_or_goes_on_is_refused(made: dict[str, Path], cut: int) -> None:
    data = unarmoured(signed(made["ed25519"], MESSAGE))
    assert not accepts(armoured(data[:cut]), MESSAGE)
    assert not accepts(armoured(data + b"\0" * (cut + 1)), MESSAGE)


@pytest.mark.parametrize("private", [ed25519.Ed25519PrivateKey.generate(), ec.generate_private_key(ec.SECP256R1())])
def test_hardware_keys_count_when_they_were_touched(
    private: ed25519.Ed25519PrivateKey | ec.EllipticCurvePrivateKey, tmp_path: Path
) -> None:
    key = HardwareKey(private)
    touched, again = key.sign(MESSAGE), key.sign(b"another message")
    assert accepts(touched, MESSAGE)
    assert openssh_accepts(touched, MESSAGE, tmp_path)
    assert not accepts(again, MESSAGE)
    assert not openssh_accepts(again, MESSAGE, tmp_path)
    assert not accepts(key.sign(MESSAGE, flags=0), MESSAGE)


def certified(made: dict[str, Path], name: str, folder: Path, *how: str) -> Path:
    """Return a copy of a key with a certificate beside it, made by the ECDSA key."""
    key = folder / "certified"
    key.write_bytes(made[name].read_bytes())
    key.chmod(0o600)
    folder.joinpath("certified.pub").write_bytes(Path(f"{made[name]}.pub").read_bytes())
    keygen("-q", "-s", str(made["ecdsa-256"]), "-I", "one", "-n", "sam@example.org", *how, f"{key}.pub")
    return folder / "certified-cert.pub"


@pytest.mark.parametrize("name", ["ed25519", "rsa", "ecdsa-384"])
def test_a_certificate_is_taken_apart_and_its_authority_checked(
    made: dict[str, Path], name: str, tmp_path: Path
) -> None:
    certificate = certified(made, name, tmp_path, "-V", "20260101Z:20270101Z")
    signature = signed(certificate, MESSAGE)
    assert openssh_accepts(signature, MESSAGE, tmp_path)
    assert accepts(signature, MESSAGE)
    key = sshsig.read(signature).key
    assert key.certificate is not None
    assert key.certificate.principals == ("sam@example.org",)
    assert key.certificate.authority == keys.read_text(Path(f"{made['ecdsa-256']}.pub").read_text()).blob
    assert (key.certificate.after, key.certificate.before) == (1767225600, 1798761600)
    assert key.blob == keys.read_text(Path(f"{made[name]}.pub").read_text()).blob


def test_a_certificate_that_was_altered_anywhere_is_refused(made: dict[str, Path], tmp_path: Path) -> None:
    data = unarmoured(signed(certified(made, "ed25519", tmp_path), MESSAGE))
    chance = random.Random(3)  # noqa: S311 - the same on every run
    for _ in range(60):
        altered = bytearray(data)
        altered[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
        assert not accepts(armoured(bytes(altered)), MESSAGE)


def test_keys_that_are_too_weak_or_unknown_are_refused_in_words(tmp_path: Path) -> None:
    weak = new_key(tmp_path / "weak", "-t", "rsa", "-b", "1024")
    with pytest.raises(MalformedError, match="too weak"):
        keys.read_text(Path(f"{weak}.pub").read_text())
    with pytest.raises(MalformedError, match="does not know"):
        keys.read_text("ssh-dss AAAAB3NzaC1kc3M=")
    with pytest.raises(MalformedError, match="not a public key"):
        keys.read_text("hello")
