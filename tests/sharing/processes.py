"""Starting and always stopping the programs of a real server, on a free port of this computer alone."""

import contextlib
import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pytest

LOOPBACK = "127.0.0.1"
ACCOUNT = "bscp-test-server"  # made once where the tests run as root: no server is to run as root
IN_CI = os.environ.get("CI") == "true"
SYSTEM_PATH = "/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin"
PATIENCE = 30.0  # seconds that a server may take to answer


def needed(*programs: str) -> None:
    """Skip the test where a program of the server is absent; in CI that is a failure.

    Args:
        programs: Names to be found on the path, or whole paths.

    """
    absent = [name for name in programs if shutil.which(name, path=SYSTEM_PATH) is None]
    if absent:
        told = f"not on this computer: {', '.join(absent)}"
        assert not IN_CI, told
        pytest.skip(told)


def account() -> pwd.struct_passwd:
    """Return the account that servers run as: a plain one where the tests are root's, else the person's own."""
    if os.geteuid() != 0:
        return pwd.getpwuid(os.geteuid())
    with contextlib.suppress(KeyError):
        return pwd.getpwnam(ACCOUNT)
    making = ["useradd", "--system", "--no-create-home", "--home-dir", "/", "--shell", "/bin/sh", ACCOUNT]
    done = subprocess.run(making, capture_output=True, text=True, check=False)  # another worker may be quicker
    subprocess.run(["usermod", "--password", "*", ACCOUNT], capture_output=True, check=False)
    with contextlib.suppress(KeyError):
        return pwd.getpwnam(ACCOUNT)
    return pytest.fail(f"no account for the servers: {done.stderr}")


def free_port() -> int:
    """Return a port of this computer that nobody listens on."""
    with socket.socket() as asked:
        asked.bind((LOOPBACK, 0))
        return int(asked.getsockname()[1])


@dataclass
class Place:
    """A folder that belongs to the servers' account, and what runs there.

    Attributes:
        folder: Short and readable by the account, unlike pytest's own folders when root runs the tests.

    """

    folder: Path
    _running: list["subprocess.Popen[bytes]"] = field(default_factory=list)

    @property
    def environment(self) -> dict[str, str]:
        """Return what a server's programs see: nothing of the person who runs the tests."""
        return {"HOME": str(self.folder), "PATH": SYSTEM_PATH, "LC_ALL": "C.UTF-8", "USER": account().pw_name}

    def run(self, *command: str, given: str | None = None, within: str = ".") -> str:
        """Run a program as the servers' account and return what it prints."""
        done = subprocess.run(
            [*_as_account(), *command],
            cwd=self.folder / within,
            env=self.environment,
            input=given,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, f"{' '.join(command)}: {done.stdout}{done.stderr}"
        return done.stdout.strip()

    def start(self, *command: str) -> "subprocess.Popen[bytes]":
        """Start a program that stays, as the servers' account; it ends with the tests, however they end."""
        with (self.folder / f"{Path(command[0]).name}.out").open("ab") as said:
            process = subprocess.Popen(
                [*_as_account("--pdeathsig=TERM"), *command],
                cwd=self.folder,
                env=self.environment,
                stdin=subprocess.DEVNULL,
                stdout=said,
                stderr=said,
                start_new_session=True,
            )
        self._running.append(process)
        return process

    @property
    def busy(self) -> bool:
        """Whether anything runs here."""
        return bool(self._running)

    def stop(self) -> None:
        """End everything that was started here, and wait until it has ended."""
        while self._running:
            process = self._running.pop()
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGTERM)
            try:
                process.wait(PATIENCE)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()

    def write(self, name: str, text: str, mode: int = 0o644) -> Path:
        """Write a file that belongs to the servers' account."""
        path = self.folder / name
        path.write_text(text)
        path.chmod(mode)
        os.chown(path, account().pw_uid, account().pw_gid)
        return path


@contextlib.contextmanager
def place() -> Iterator[Place]:
    """Give a server a folder, and in the end stop what runs there and remove it."""
    needed("setpriv")
    own = account()
    folder = Path(tempfile.mkdtemp(prefix="bscp-server-"))
    os.chown(folder, own.pw_uid, own.pw_gid)
    folder.chmod(0o755)
    held = Place(folder)
    try:
        yield held
    finally:
        held.stop()
        shutil.rmtree(folder, ignore_errors=True)


def answers(port: int, process: "subprocess.Popen[bytes]") -> bool:
    """Wait until something listens on ``port``; False where the program ended instead (the port was taken)."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        with socket.socket() as caller:
            caller.settimeout(1.0)
            if caller.connect_ex((LOOPBACK, port)) == 0:
                return process.poll() is None
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(0.02)
            return False
    return False


def _as_account(*options: str) -> Sequence[str]:
    own = account()
    change = (f"--reuid={own.pw_uid}", f"--regid={own.pw_gid}", "--clear-groups") if os.geteuid() == 0 else ()
    return ("setpriv", *change, *options, "--") if change or options else ()
