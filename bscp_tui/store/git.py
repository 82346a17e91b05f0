"""Git as a program: one place that starts it, with a clean environment and fixed settings."""

import contextlib
import hashlib
import os
from collections.abc import Mapping
from pathlib import Path
from typing import IO, TYPE_CHECKING

from bscp_tui.store.environment import SETTINGS, for_git
from bscp_tui.store.errors import RegisterError

if TYPE_CHECKING:
    import subprocess

COMMAND = ("git", *(word for setting in SETTINGS for word in ("-c", setting)))
_LINES = 6  # of git's words; of a damaged repository it can say hundreds
TIMEOUT = 120.0  # seconds; nothing that this program asks of git takes so long


class GitError(Exception):
    """Git refused; ``str()`` is its own words, without the word "fatal"."""

    def __init__(self, words: str, status: int) -> None:
        """Keep git's exit status beside its words."""
        super().__init__(words)
        self.status = status


class EndedError(OSError):
    """Git ended while it was reading: an object is damaged, or somebody stopped it.

    It is no broken pipe to the rest of the program, where that means that whoever reads our output has seen enough.
    """

    def __init__(self) -> None:
        """Say where to look."""
        super().__init__("git ended while it was reading, as it does where a part of the repository is damaged")


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
    import subprocess

    try:
        done = subprocess.run(  # noqa: S603 - fixed program, no shell
            [*COMMAND, *arguments],
            cwd=folder,
            input=given if given is not None else b"",
            capture_output=True,
            env=for_git(added=environment),
            timeout=TIMEOUT,
            check=False,
        )
    except FileNotFoundError as error:
        raise not_installed(folder) from error
    except subprocess.TimeoutExpired as error:
        msg = f"git {arguments[0]} did not answer within {TIMEOUT:.0f} seconds"
        raise GitError(msg, -1) from error
    if done.returncode < 0:
        msg = f"git was stopped before it had done its work (signal {-done.returncode})"
        raise GitError(msg, done.returncode)
    if done.returncode != 0:
        raise GitError(_words(done.stderr), done.returncode)
    return done.stdout


def not_installed(folder: Path) -> RegisterError:
    """Return what to say where git could not be started in ``folder``."""
    if not Path(folder).is_dir():
        return RegisterError(f"the folder {folder} is not there")
    return RegisterError(
        "git is not installed on this computer, or is not found. Ask for “git” to be installed, then try again."
    )


def started(folder: Path, *arguments: str) -> "subprocess.Popen[bytes]":
    """Start git in ``folder`` and return the process, whose pipes are open: for what is too much for one answer.

    Raises:
        RegisterError: There is no git program.

    """
    import subprocess

    pipe = subprocess.PIPE
    try:
        return subprocess.Popen(  # noqa: S603 - fixed program, no shell
            [*COMMAND, *arguments],
            cwd=folder,
            stdin=pipe,
            stdout=subprocess.DEVNULL,
            stderr=pipe,
            env=for_git(),
            # Ctrl-C is for us alone: we end it, and tidy up.
            process_group=0 if os.name == "posix" else None,
        )
    except FileNotFoundError as error:
        raise not_installed(folder) from error


def left_alone(folder: Path, *arguments: str) -> "subprocess.Popen[bytes]":
    """Start git in ``folder`` for work that nobody waits for, and that outlives this program if need be.

    Raises:
        OSError: There is no git program, or no such folder.

    """
    import subprocess

    return subprocess.Popen(  # noqa: S603 - fixed program, no shell
        [*COMMAND, *arguments],
        cwd=folder,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env=for_git(),
        start_new_session=True,
    )


class Reader:
    """A git process that stays, and hands out one object after another by name.

    Starting git costs more than reading an object; whoever saves again and again asks the same one.
    """

    def __init__(self, folder: Path, git_dir: Path) -> None:
        """Begin to read the repository at ``git_dir``.

        Raises:
            OSError: There is no git program, or no such folder.

        """
        import subprocess
        import weakref

        self._process = subprocess.Popen(  # noqa: S603 - fixed program, no shell
            [*COMMAND, f"--git-dir={git_dir}", "cat-file", "--batch"],
            cwd=folder,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=for_git(),
        )
        weakref.finalize(self, _end, self._process)

    def read(self, names: list[str]) -> dict[str, tuple[str, str, bytes] | None]:
        """Return (type, id, bytes) of each of a few named objects, None for one that is missing or damaged.

        Raises:
            EndedError: The process ended.

        """
        asked, answers = self._process.stdin, self._process.stdout
        assert asked is not None  # noqa: S101 - pipes were asked for
        assert answers is not None  # noqa: S101
        try:
            asked.write("".join(f"{name}\n" for name in names).encode())
            asked.flush()
        except BrokenPipeError:
            raise EndedError from None
        return {name: _object(answers) for name in names}


def _object(answers: IO[bytes]) -> tuple[str, str, bytes] | None:
    header = answers.readline().decode().rstrip("\n")
    if header.endswith((" missing", " ambiguous")):
        return None
    words = header.split(" ")
    if len(words) != 3:
        raise EndedError
    body = answers.read(int(words[2]))
    answers.read(1)
    return (words[1], words[0], body) if is_whole(words[0], words[1], body) else None


def is_whole(identifier: str, kind: str, data: bytes) -> bool:
    """Whether bytes are those of the object that ``identifier`` names; git itself does not look when it reads."""
    told = hashlib.sha1(b"%b %d\0" % (kind.encode(), len(data)), usedforsecurity=False)
    told.update(data)
    return told.hexdigest() == identifier


def _end(process: "subprocess.Popen[bytes]") -> None:
    """Let a kept process end, and take note of it."""
    with contextlib.suppress(OSError):
        if process.stdin:
            process.stdin.close()
    if process.stdout:
        process.stdout.close()
    process.wait()


def _words(stderr: bytes) -> str:
    """Return what git said: without its hints, and of many lines only the first and the last, which sum them up."""
    lines = [line for line in stderr.decode("utf-8", "replace").strip().splitlines() if not line.startswith("hint:")]
    if len(lines) > _LINES:
        lines = [lines[0], f"(and {len(lines) - 2} lines like it)", lines[-1]]
    text = "\n".join(lines)
    return text.removeprefix("fatal: ").removeprefix("error: ") or "git gave no reason"
