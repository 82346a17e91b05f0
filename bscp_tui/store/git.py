"""Git as a program: one place that starts it, with a clean environment and fixed settings."""

import subprocess
from collections.abc import Mapping
from pathlib import Path

from bscp_tui.store.environment import SETTINGS, for_git
from bscp_tui.store.errors import RegisterError

TIMEOUT = 120.0  # seconds; nothing that this program asks of git takes so long


class GitError(Exception):
    """Git refused; ``str()`` is its own words, without the word "fatal"."""

    def __init__(self, words: str, status: int) -> None:
        """Keep git's exit status beside its words."""
        super().__init__(words)
        self.status = status


def run(
    folder: Path,
    *arguments: str,
    given: bytes | None = None,
    environment: Mapping[str, str] | None = None,
) -> bytes:
    """Run git in ``folder`` and return what it prints.

    Args:
        folder: A work tree, or a git directory.
        arguments: The git command and its arguments.
        given: Its standard input.
        environment: Variables added to the clean environment.

    Raises:
        GitError: Git ended with another status than 0.
        RegisterError: There is no git program.

    """
    command = ["git"]
    for setting in SETTINGS:
        command += ["-c", setting]
    try:
        done = subprocess.run(  # noqa: S603 - fixed program, no shell
            [*command, *arguments],
            cwd=folder,
            input=given if given is not None else b"",
            capture_output=True,
            env=for_git(added=environment),
            timeout=TIMEOUT,
            check=False,
        )
    except FileNotFoundError as error:
        if not Path(folder).is_dir():
            msg = f"the folder {folder} is not there"
            raise RegisterError(msg) from error
        msg = "git is not installed on this computer, or is not found. Ask for “git” to be installed, then try again."
        raise RegisterError(msg) from error
    except subprocess.TimeoutExpired as error:
        msg = f"git {arguments[0]} did not answer within {TIMEOUT:.0f} seconds"
        raise GitError(msg, -1) from error
    if done.returncode < 0:
        msg = f"git was stopped before it had done its work (signal {-done.returncode})"
        raise GitError(msg, done.returncode)
    if done.returncode != 0:
        raise GitError(_words(done.stderr), done.returncode)
    return done.stdout


def _words(stderr: bytes) -> str:
    text = stderr.decode("utf-8", "replace").strip()
    return text.removeprefix("fatal: ").removeprefix("error: ") or "git gave no reason"
