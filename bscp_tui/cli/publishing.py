"""``bscp publish`` and ``bscp calendar``: pages for scrutineers, and days for Outlook."""

import os
import sys
from argparse import Namespace
from pathlib import Path
from typing import TYPE_CHECKING

from bscp_tui.cli.folders import chosen_folder
from bscp_tui.cli.main import DONE, say
from bscp_tui.publishing.memory_file import look
from bscp_tui.publishing.site import MANIFEST
from bscp_tui.store.early import Early, looking

if TYPE_CHECKING:
    from bscp_tui.model.fields import Audience

LARGE = 100_000  # bytes of a site's manifest: of so many pages a look at each is worth another process


def run_publish(options: Namespace) -> int:
    """Write the pages; while all that this needs is loaded, the pages of a large site are looked at."""
    register, folder = chosen_folder(options.register), folder_of(options)
    if register is None or not _is_large(folder):
        return _published(options, Early())
    with looking(register, lambda repository: look(repository, audience_of(options), folder)) as early:
        return _published(options, early)


def folder_of(options: Namespace) -> Path:
    """Return the folder that the pages go into."""
    return Path(os.path.abspath(Path(options.folder).expanduser()))  # noqa: PTH100 - a link is to stay one


def audience_of(options: Namespace) -> "Audience":
    """Return whom the pages are for."""
    audience: Audience = "public" if options.public else options.audience or "partnership"
    return audience


def _is_large(folder: Path) -> bool:
    try:
        return (folder / MANIFEST).lstat().st_size >= LARGE
    except OSError:
        return False


def _published(options: Namespace, early: Early) -> int:
    from bscp_tui.cli.paging import publish_with

    return publish_with(options, early)


def run_calendar(options: Namespace) -> int:
    """Print the calendar file, or write it."""
    from bscp_tui.cli.opening import register_of
    from bscp_tui.cli.output import write_file
    from bscp_tui.cli.usage import UsageError
    from bscp_tui.reports.calendar import calendar_of
    from bscp_tui.store.errors import RegisterError
    from bscp_tui.store.log import raw_commits

    if options.out and Path(options.out).suffix.lower() != ".ics":
        msg = f"{options.out}: a calendar file ends in .ics."
        raise UsageError(msg)
    register = register_of(options)
    commit = register.head
    if commit is None:
        msg = f"{register.repository.folder} has no history yet; a calendar tells only what is recorded."
        raise RegisterError(msg)
    snapshot = register.snapshot_at(commit)
    if options.audience:
        from bscp_tui.cli.for_readers import readers_of, snapshot_for

        snapshot = snapshot_for(register, options, snapshot)
    data = calendar_of(snapshot, next(raw_commits(register.repository, [commit])).recorded).decode()
    if options.audience:
        say(readers_of(register, options).told(snapshot.left_out.values()))
    if options.out:
        write_file(Path(options.out), data)
        print(f"Written to {Path(options.out).absolute()}")
    else:
        sys.stdout.write(data)
    return DONE
