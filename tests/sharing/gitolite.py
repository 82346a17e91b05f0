"""A real gitolite behind a real sshd, as an organisation runs it."""

import os
import re
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.sharing.page import block
from tests.sharing.processes import LOOPBACK, Place, account, answers, free_port, needed, place
from tests.support import git

ADMINISTRATOR = "robin"
EDITORS = ("robin", "alice", "bob")
SCRUTINEER = "sam"
STRANGER = "mallory"
ATTEMPTS = 5  # another program may take a free port before the server does


@dataclass
class Gitolite:
    """A gitolite that serves on a loopback port.

    Attributes:
        keys: The folder with everybody's key for ssh, which is not the key that signs entries.

    """

    at: Place
    keys: Path
    port: int = 0

    def address(self, name: str) -> str:
        """Return the address of a register on this server."""
        return f"ssh://{account().pw_name}@{LOOPBACK}:{self.port}/{name}"

    def bare(self, name: str) -> Path:
        """Return where the server keeps a register."""
        return self.at.folder / "repositories" / f"{name}.git"

    def equip(self, who: str, home: Path, *, knows_host: bool = True) -> None:
        """Give somebody's computer what their own git and ssh need to reach the server."""
        settings = home / "ssh_config"
        hosts = home / "known_hosts"
        hosts.write_text(f"[{LOOPBACK}]:{self.port} {_public(self.keys / 'host')}\n" if knows_host else "")
        lines = {
            "IdentityFile": self.keys / who,
            "IdentitiesOnly": "yes",
            "IdentityAgent": "none",
            "UserKnownHostsFile": hosts,
            "GlobalKnownHostsFile": "/dev/null",
        }
        settings.write_text("".join(f"{name} {value}\n" for name, value in lines.items()))
        git(home, "config", "--file", str(home / ".gitconfig"), "core.sshCommand", f"ssh -F {settings}")

    def log(self) -> str:
        """Return what gitolite took note of: every update and refusal, with who asked."""
        return "".join(path.read_text() for path in sorted((self.at.folder / ".gitolite" / "logs").iterdir()))

    def start(self) -> None:
        """Let the server answer, on the port that it had before, else on a free one."""
        for _ in range(ATTEMPTS):
            port = self.port or free_port()
            self.at.write("sshd_config", self._settings(port))
            process = self.at.start("/usr/sbin/sshd", "-D", "-e", "-f", str(self.at.folder / "sshd_config"))
            if answers(port, process):
                self.port = port
                return
            self.at.stop()
        raise AssertionError((self.at.folder / "sshd.out").read_text())

    @property
    def running(self) -> bool:
        """Whether the server is to be reached."""
        return self.at.busy

    def stop(self) -> None:
        """Let nobody reach the server."""
        self.at.stop()

    def administer(self, configuration: str) -> None:
        """Send a new configuration, and everybody's keys, as the administrator does."""
        own = self.keys / "administration"
        ssh = f"ssh -F {self.keys / 'robin-home' / 'ssh_config'}"
        if not own.exists():
            git(self.keys, "clone", "--quiet", self.address("gitolite-admin"), str(own), GIT_SSH_COMMAND=ssh)
        for who in (*EDITORS, SCRUTINEER):
            (own / "keydir" / f"{who}.pub").write_text(f"{_public(self.keys / who)}\n")
        (own / "conf" / "gitolite.conf").write_text(configuration)
        git(own, "add", "--all")
        git(
            own, "-c", "user.name=Robin", "-c", "user.email=r@example.org", "commit", "--quiet", "-m", "Who may do what"
        )
        git(own, "push", "--quiet", "origin", "HEAD", GIT_SSH_COMMAND=ssh)

    def _settings(self, port: int) -> str:
        folder = self.at.folder
        lines = {
            "Port": port,
            "ListenAddress": LOOPBACK,
            "HostKey": folder / "host",
            "PidFile": folder / "sshd.pid",
            "UsePAM": "no",
            "PasswordAuthentication": "no",
            "KbdInteractiveAuthentication": "no",
            "AuthorizedKeysFile": folder / ".ssh" / "authorized_keys",
            "StrictModes": "no",
            "AllowUsers": account().pw_name,
            "MaxStartups": 100,
            "SetEnv": f"HOME={folder}",  # whoever the account is, its real home stays out of this
        }
        return "".join(f"{name} {value}\n" for name, value in lines.items())


@contextmanager
def gitolite(keys: Path) -> Iterator[Gitolite]:
    """Set a gitolite up as the page says, and run it.

    Args:
        keys: An empty folder of the tests' own, for keys and the administrator's copy.

    """
    needed("/usr/sbin/sshd", "ssh", "ssh-keygen", "gitolite")
    with place() as at:
        for who in (*EDITORS, SCRUTINEER, STRANGER, "host"):
            _make_key(keys / who)
        at.write("host", (keys / "host").read_text(), 0o600)
        at.write("robin.pub", (keys / "robin.pub").read_text())
        at.run("git", "config", "--global", "init.defaultBranch", "master")  # gitolite's own repository needs it
        at.run("gitolite", "setup", "-pk", "robin.pub")
        at.run("git", "config", "--global", "init.defaultBranch", "main")
        _allow_settings(at)
        server = Gitolite(at, keys)
        server.start()
        home = keys / "robin-home"
        home.mkdir()
        server.equip("robin", home)
        server.administer(configuration())
        yield server


def configuration() -> str:
    """Return the page's configuration, for any number of registers, each made when it is first sent."""
    text = block("gitolite.conf").replace("repo register\n", "repo register-[a-z0-9-]+\n    C   = @administrators\n")
    assert "register-[a-z0-9-]+" in text
    return text


def _allow_settings(at: Place) -> None:
    settings = at.folder / ".gitolite.rc"
    text, times = re.subn(r"GIT_CONFIG_KEYS\s*=>\s*'[^']*'", block("gitolite.rc").strip(), settings.read_text())
    assert times == 1
    at.write(".gitolite.rc", text)


def _make_key(path: Path) -> None:
    asked = ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", path.name, "-f", str(path)]
    subprocess.run(asked, check=True, env=os.environ)


def _public(path: Path) -> str:
    return path.with_name(f"{path.name}.pub").read_text().strip()
