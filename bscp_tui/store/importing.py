"""A whole history written at once, by one process of git; for registers that are invented."""

import datetime as dt
import subprocess
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from bscp_tui.store import git
from bscp_tui.store.errors import RegisterError
from bscp_tui.store.fresh import fresh_folder
from bscp_tui.store.starter import ATTRIBUTES

__all__ = ["ATTRIBUTES", "Recorded", "make_from"]


@dataclass(frozen=True)
class Recorded:
    """One entry to be written.

    Attributes:
        name: Who made it.
        email: Their address.
        made: The author's time.
        recorded: The committer's time.
        message: The whole message.
        files: New bytes by path.

    """

    name: str
    email: str
    made: dt.datetime
    recorded: dt.datetime
    message: str
    files: Mapping[str, bytes]


def make_from(folder: Path, entries: Iterable[Recorded], told: Callable[[int], None]) -> None:
    """Make a register in ``folder`` whose history is ``entries``, whole or not at all.

    Args:
        folder: Where; it must not be there, or be empty.
        entries: Oldest first.
        told: Called with how many entries are written, now and then.

    Raises:
        FolderTakenError: Something is there already.
        RegisterError: It cannot be written.

    """
    with fresh_folder(folder) as work:
        git.run(work, "init", "--quiet", "--template=", "--initial-branch=main")
        _import(work, entries, told)
        git.run(work, "reset", "--quiet", "--hard", "refs/heads/main")


def _import(work: Path, entries: Iterable[Recorded], told: Callable[[int], None]) -> None:
    process = git.started(work, "fast-import", "--quiet", "--done", "--date-format=raw")
    taken, fault = process.stdin, process.stderr
    assert taken is not None  # noqa: S101 - pipes were asked for
    assert fault is not None  # noqa: S101
    try:
        for count, entry in enumerate(entries, start=1):
            taken.write(_written(entry))
            if count % 500 == 0:
                told(count)
        taken.write(b"done\n")
        taken.close()
        words = fault.read().decode("utf-8", "replace").strip()
        if process.wait() != 0:
            msg = f"git could not write the history: {words}"
            raise RegisterError(msg)
    except BrokenPipeError as error:
        msg = f"git could not write the history: {fault.read().decode('utf-8', 'replace').strip()}"
        raise RegisterError(msg) from error
    finally:
        _ended(process)


def _ended(process: "subprocess.Popen[bytes]") -> None:
    if process.poll() is None:
        process.kill()
        process.wait()
    if process.stderr:
        process.stderr.close()


def _written(entry: Recorded) -> bytes:
    message = entry.message.encode()
    parts = [
        b"commit refs/heads/main\n",
        f"author {entry.name} <{entry.email}> {_time(entry.made)}\n".encode(),
        f"committer {entry.name} <{entry.email}> {_time(entry.recorded)}\n".encode(),
        b"data %d\n%b\n" % (len(message), message),
    ]
    for path, data in entry.files.items():
        parts.append(b"M 100644 inline %b\ndata %d\n%b\n" % (path.encode(), len(data), data))
    return b"".join(parts)


def _time(moment: dt.datetime) -> str:
    return f"{int(moment.timestamp())} {moment:%z}"
