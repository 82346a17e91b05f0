"""A real git over https' little brother: http with a password, behind nginx, on this computer alone."""

import contextlib
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.sharing.gitolite import ATTEMPTS, EDITORS, SCRUTINEER
from tests.sharing.page import block
from tests.sharing.processes import LOOPBACK, Place, answers, free_port, needed, place
from tests.support import git


def password(who: str) -> str:
    """Return somebody's password on the server."""
    return f"{who}-opens-the-door"


@dataclass
class Web:
    """git's own web service behind nginx with names and passwords."""

    at: Place
    port: int = 0

    def address(self, name: str) -> str:
        """Return the address of a register on this server."""
        return f"http://{LOOPBACK}:{self.port}/git/{name}.git"

    def bare(self, name: str) -> Path:
        """Return where the server keeps a register."""
        return self.at.folder / "registers" / f"{name}.git"

    def create(self, name: str) -> None:
        """Make an empty register on the server, by the commands of the page."""
        self.at.run("sh", "-e", "-c", block("a bare folder", **{"/srv/register.git": str(self.bare(name))}))
        self.at.run("git", "-C", str(self.bare(name)), "config", "http.receivepack", "true")
        hook = self.bare(name) / "hooks" / "update"
        self.at.write(str(hook.relative_to(self.at.folder)), block("hooks/update"), 0o755)

    def equip(self, who: str, home: Path) -> None:
        """Let somebody's git keep their name and password, as it does once they have typed them."""
        kept = home / ".git-credentials"
        kept.write_text(f"http://{who}:{password(who)}@{LOOPBACK}:{self.port}\n")
        kept.chmod(0o600)
        git(home, "config", "--file", str(home / ".gitconfig"), "credential.helper", f"store --file={kept}")

    def start(self) -> None:
        """Let the server answer, on the port that it had before, else on a free one."""
        for _ in range(ATTEMPTS):
            port = self.port or free_port()
            self.at.write("nginx.conf", _settings(self.at.folder, port))
            with contextlib.suppress(FileNotFoundError):
                (self.at.folder / "fcgi").unlink()
            self.at.start("/usr/sbin/fcgiwrap", "-c", "4", "-s", f"unix:{self.at.folder / 'fcgi'}")
            process = self.at.start("/usr/sbin/nginx", "-p", str(self.at.folder), "-c", "nginx.conf", "-e", "stderr")
            if answers(port, process):
                self.port = port
                return
            self.at.stop()
        raise AssertionError((self.at.folder / "nginx.out").read_text())

    @property
    def running(self) -> bool:
        """Whether the server is to be reached."""
        return self.at.busy

    def stop(self) -> None:
        """Let nobody reach the server."""
        self.at.stop()


@contextmanager
def web() -> Iterator[Web]:
    """Set the service up and run it."""
    needed("/usr/sbin/nginx", "/usr/sbin/fcgiwrap", "htpasswd", "/usr/lib/git-core/git-http-backend")
    with place() as at:
        for folder in ("registers", "temporary"):
            at.run("mkdir", folder)
        for name, people in (("editors", EDITORS), ("everybody", (*EDITORS, SCRUTINEER))):
            lines = [_line(who) for who in people]
            at.write(name, "".join(lines))
        server = Web(at)
        server.start()
        yield server


def _line(who: str) -> str:
    asked = ["htpasswd", "-nbs", who, password(who)]
    return subprocess.run(asked, check=True, capture_output=True, text=True).stdout.strip() + "\n"


def _settings(folder: Path, port: int) -> str:
    temporary = "".join(
        f"  {kind}_temp_path {folder}/temporary/{kind};\n"
        for kind in ("client_body", "fastcgi", "proxy", "scgi", "uwsgi")
    )
    return f"""daemon off;
pid {folder}/nginx.pid;
worker_processes 1;
events {{ worker_connections 128; }}
http {{
{temporary}  access_log {folder}/access.log;
  client_max_body_size 0;
  map "$arg_service$uri" $people {{ default everybody; ~receive-pack editors; }}
  server {{
    listen {LOOPBACK}:{port};
    location /git/ {{
      auth_basic "register";
      auth_basic_user_file {folder}/$people;
      rewrite ^/git(/.*)$ $1 break;
      fastcgi_pass unix:{folder}/fcgi;
      fastcgi_read_timeout 60s;
      include /etc/nginx/fastcgi_params;
      fastcgi_param SCRIPT_FILENAME /usr/lib/git-core/git-http-backend;
      fastcgi_param GIT_PROJECT_ROOT {folder}/registers;
      fastcgi_param GIT_HTTP_EXPORT_ALL "";
      fastcgi_param PATH_INFO $uri;
      fastcgi_param REMOTE_USER $remote_user;
      fastcgi_param HOME {folder};
    }}
  }}
}}
"""
