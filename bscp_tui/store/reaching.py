"""Git talking to another computer: without a question that nobody sees, and never without an end."""

import contextlib
import os
import shlex
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path, PurePath
from typing import IO, TYPE_CHECKING

from bscp_tui.store.environment import for_git
from bscp_tui.store.git import COMMAND, GitError, not_installed

if TYPE_CHECKING:
    import subprocess

PATIENCE = 120.0  # seconds without a sign of life from the other side
CONNECT = 20  # seconds for a connection to come about
_MOST = 200_000  # characters of another computer's words that are kept
# What may carry a shared copy; ``ext::`` and its like run programs.
PROTOCOLS = "file:ssh:https:http"
_SETTINGS = (f"http.lowSpeedTime={CONNECT}", "http.lowSpeedLimit=1", "credential.interactive=false")
_SSH = ("-o BatchMode=yes", f"-o ConnectTimeout={CONNECT}", "-o ServerAliveInterval=15", "-o ServerAliveCountMax=3")


class NoAnswerError(GitError):
    """The other side gave no sign of life for too long."""


@dataclass
class _Heard:
    """What one of git's outputs said, and when last."""

    data: bytearray = field(default_factory=bytearray)
    last: float = field(default_factory=time.monotonic)

    def listen(self, pipe: IO[bytes]) -> None:
        """Read until it ends."""
        with contextlib.suppress(OSError, ValueError):
            while some := pipe.read1(65_536):  # type: ignore[attr-defined]
                self.last = time.monotonic()
                self.data += some[: max(_MOST - len(self.data), 0)]


def patience() -> float:
    """Return after how many silent seconds the other side counts as gone: ``$BSCP_PATIENCE``, else two minutes."""
    try:
        return max(float(os.environ["BSCP_PATIENCE"]), 0.1)
    except (KeyError, ValueError):
        return PATIENCE


def talk(folder: Path, *arguments: str, ssh: str | None = None) -> tuple[bytes, str]:
    """Run a git command that reaches another computer; return what it prints, and what it says beside that.

    Args:
        folder: Where it runs.
        arguments: The command and its arguments.
        ssh: How the person's settings reach other computers; None for "ssh".

    Raises:
        NoAnswerError: The other side fell silent.
        GitError: Git, or the other side, refused; ``str()`` holds the words of both.
        RegisterError: There is no git program.

    """
    import subprocess

    words = [word for setting in _SETTINGS for word in ("-c", setting)]
    try:
        process = subprocess.Popen(  # noqa: S603 - fixed program, no shell
            [*COMMAND, *words, *arguments],
            cwd=folder,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=for_git(_reaching(ssh), reaching=True),
            process_group=0 if os.name == "posix" else None,
        )
    except FileNotFoundError as error:
        raise not_installed(folder) from error
    out, beside = _Heard(), _Heard()
    pipes = ((out, process.stdout), (beside, process.stderr))
    threads = [threading.Thread(target=heard.listen, args=(pipe,), daemon=True) for heard, pipe in pipes]
    for thread in threads:
        thread.start()
    try:
        _wait(process, out, beside)
    finally:
        _end(process)
        for thread in threads:
            thread.join(1.0)  # what ssh left behind to be used again may hold the pipe open
    said = beside.data.decode("utf-8", "replace")
    if process.returncode != 0:
        raise GitError(f"{out.data.decode('utf-8', 'replace')}\n{said}".strip(), process.returncode)
    return bytes(out.data), said


def _wait(process: "subprocess.Popen[bytes]", out: _Heard, beside: _Heard) -> None:
    """Wait for git's end, as long as there is a sign of life.

    Raises:
        NoAnswerError: There was none for too long.

    """
    import subprocess

    limit = patience()
    while True:
        left = max(out.last, beside.last) + limit - time.monotonic()
        try:
            process.wait(max(left, 0.01))
        except subprocess.TimeoutExpired:
            if max(out.last, beside.last) + limit <= time.monotonic():
                msg = f"there was no answer for {limit:.0f} seconds"
                raise NoAnswerError(msg, -1) from None
        else:
            return


def _end(process: "subprocess.Popen[bytes]") -> None:
    """End git and what it started."""
    if process.poll() is None:
        with contextlib.suppress(OSError):
            if os.name == "posix":
                import signal

                os.killpg(process.pid, signal.SIGKILL)
            else:
                process.kill()
        process.wait()


def _reaching(ssh: str | None) -> dict[str, str]:
    """Return the variables under which nothing is asked for, and only known ways are taken."""
    added = {"GIT_ASKPASS": "", "GIT_ALLOW_PROTOCOL": PROTOCOLS, "GCM_INTERACTIVE": "never"}
    command = os.environ.get("GIT_SSH_COMMAND") or ssh or (None if os.environ.get("GIT_SSH") else "ssh")
    if command and _is_openssh(command):
        added["GIT_SSH_COMMAND"] = " ".join([command, *_SSH])
    elif command:
        added["GIT_SSH_COMMAND"] = command
    return added


def _is_openssh(command: str) -> bool:
    """Whether a command takes OpenSSH's options; others, plink among them, have their own."""
    try:
        program = shlex.split(command)[0]
    except (ValueError, IndexError):
        return False
    return PurePath(program.replace("\\", "/")).name.lower() in {"ssh", "ssh.exe"}
