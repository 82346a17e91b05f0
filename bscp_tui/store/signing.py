"""The key that signs a person's entries: chosen by them, known to git, or made for them without a question.

It lies in the person's own data folder, never in a register. Signing itself is git's work, which
asks OpenSSH; so keys with a passphrase, agents and hardware keys work as they do with git.
"""

import contextlib
import os
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

from bscp_tui.store import environment
from bscp_tui.store.errors import SaveError
from bscp_tui.store.git import GitError
from bscp_tui.store.repository import Repository

UNSIGNED = (
    "Entries made on this computer are not signed, since OpenSSH is not installed; they are recorded, and shown as "
    "not vouched for. Ask for “openssh-client” to be installed. This is said once."
)
PROGRAM = "ssh-keygen"
_ASKED = r"^(gpg\.format|user\.signingkey|gpg\.ssh\.program)$"
_OWN = ("global", "system")  # a register, which somebody else may have prepared, names no program


class SigningError(SaveError):
    """There is no key to sign with, and none could be made."""


@dataclass(frozen=True)
class SigningKey:
    """A key that git can sign with.

    Attributes:
        value: What git calls it: the path of a key, or ``key::`` and a public key.
        whose: "chosen" by the person, known to "git", or "made" for them.
        program: What signs with it.

    """

    value: str
    whose: str
    program: str = PROGRAM

    @property
    def settings(self) -> tuple[str, ...]:
        """What makes git sign with it, whatever its own settings say."""
        named = (f"user.signingkey={self.value}", f"gpg.ssh.program={self.program}")
        return ("-c", "gpg.format=ssh", *(word for setting in named for word in ("-c", setting)))

    def public(self) -> str | None:
        """Return the public key, ``ssh-ed25519 AAAA…``; None where its file is not there."""
        if self.value.startswith("key::"):
            return self.value.removeprefix("key::")
        path = Path(self.value).expanduser()
        for place in (path, path.with_name(f"{path.name}.pub")):
            with contextlib.suppress(OSError, UnicodeDecodeError):
                text = place.read_text(encoding="utf-8").strip()
                if not text.startswith("-----"):
                    return text
        return None


def folder() -> Path:
    """Return where a person's own keys lie."""
    import platformdirs

    return platformdirs.user_data_path("bscp", appauthor=False) / "keys"


def key_for(repository: Repository | None) -> SigningKey | None:
    """Return the key that this person signs with, made now where there is none; None without OpenSSH.

    Args:
        repository: Where the entry will go; None for a register that is not there yet.

    Raises:
        SigningError: None could be made.

    """
    if shutil.which(PROGRAM) is None:
        return None
    own = folder()
    known, program = _known_to_git(repository)
    with contextlib.suppress(OSError):
        return SigningKey((own / "chosen").read_text(encoding="utf-8").strip(), "chosen", program)
    if known is not None:
        return SigningKey(known, "git", program)
    made = own / "signing"
    if not made.exists():
        _make(made)
    return SigningKey(str(made), "made", program)


def choose(value: str | None, repository: Repository) -> SigningKey | None:
    """Remember the key that the person wants to sign with; with None, a fresh one is made and used.

    A key that was made before is set aside, never thrown away. Returns the key that counted until now,
    as it can still be signed with.
    """
    before = key_for(repository)
    own = folder()
    own.mkdir(parents=True, exist_ok=True, mode=0o700)
    if value is not None:
        (own / "chosen").write_text(f"{value}\n", encoding="utf-8")
        return before
    with contextlib.suppress(FileNotFoundError):
        (own / "chosen").unlink()
    made = own / "signing"
    if made.exists():
        number = next(count for count in range(1, 10_000) if not (own / f"signing.old-{count}").exists())
        aside = own / f"signing.old-{number}"
        made.replace(aside)
        with contextlib.suppress(FileNotFoundError):
            made.with_name("signing.pub").replace(own / f"{aside.name}.pub")
        if before is not None and before.whose == "made":
            before = SigningKey(str(aside), "made", before.program)
    _make(made)
    (own / "chosen").write_text(f"{made}\n", encoding="utf-8")
    return before


def once_told() -> str | None:
    """Return what is said where entries cannot be signed, the first time; None afterwards."""
    if shutil.which(PROGRAM) is not None:
        return None
    mark = folder() / "told-unsigned"
    with contextlib.suppress(OSError):
        if mark.exists():
            return None
        mark.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        mark.touch()
    return UNSIGNED


def sign(key: SigningKey, text: bytes, namespace: str) -> str:
    """Return a signature of ``text`` that counts for ``namespace`` alone.

    Raises:
        SigningError: OpenSSH would not make one.

    """
    with tempfile.TemporaryDirectory(prefix="bscp-") as place:
        path = key.value
        if path.startswith("key::"):
            path = os.path.join(place, "key.pub")  # noqa: PTH118 - a name for a program
            Path(path).write_text(path_text(key), encoding="utf-8")
        done = _keygen("-Y", "sign", "-n", namespace, "-f", os.path.expanduser(path), given=text)  # noqa: PTH111
    if done.returncode:
        raise SigningError(f"It could not be signed: {_words(done)}")
    return done.stdout.decode("ascii", "replace")


def path_text(key: SigningKey) -> str:
    """Return the public key as a file of its own holds it."""
    return f"{key.public()}\n"


def ask_on_screen_only() -> None:
    """Let OpenSSH ask for a passphrase in a window of its own, never in the terminal that the screens use."""
    os.environ["SSH_ASKPASS_REQUIRE"] = "force"


def _known_to_git(repository: Repository | None) -> tuple[str | None, str]:
    """Return the key that git signs with, where its settings name an SSH key, and the program that signs."""
    from bscp_tui.store import git

    try:
        arguments = ("config", "--null", "--show-scope", "--get-regexp", _ASKED)
        told = repository.write(*arguments) if repository else git.run(Path.home(), *arguments)
    except GitError:
        return None, PROGRAM
    words = iter(told.decode("utf-8", "replace").split("\0"))
    known: dict[str, str] = {}
    for scope, setting in zip(words, words, strict=False):
        name, _, value = setting.partition("\n")
        if name != "gpg.ssh.program" or scope in _OWN:
            known[name] = value
    key = known.get("user.signingkey") if known.get("gpg.format") == "ssh" else None
    return key, known.get("gpg.ssh.program", PROGRAM)


def _make(path: Path) -> None:
    """Make a key without a passphrase, whole or not at all; if another program was first, its key is used."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with tempfile.TemporaryDirectory(prefix=".new-", dir=path.parent) as place:
            fresh = Path(place) / "signing"
            done = _keygen("-q", "-t", "ed25519", "-N", "", "-C", "bscp", "-f", str(fresh))
            if done.returncode:
                raise SigningError(f"Nothing was recorded: no key to sign with could be made ({_words(done)}).")
            os.link(fresh, path)
            fresh.with_name("signing.pub").replace(path.with_name(f"{path.name}.pub"))
    except FileExistsError:
        return
    except OSError as error:
        from bscp_tui.store import files

        msg = f"Nothing was recorded: no key to sign with could be kept: {files.in_plain_words(error)}."
        raise SigningError(msg) from error


def _keygen(*words: str, given: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(  # noqa: S603 - fixed program, no shell
        [PROGRAM, *words],
        input=given,
        capture_output=True,
        env=environment.for_git(),
        timeout=120,
        check=False,
    )


def _words(done: "subprocess.CompletedProcess[bytes]") -> str:
    lines = done.stderr.decode("utf-8", "replace").strip().splitlines()
    return lines[-1] if lines else "OpenSSH gave no reason"
