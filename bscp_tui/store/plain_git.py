"""What makes plain git welcome in a register: settings of the copy under which git works as the program does."""

from pathlib import Path

from bscp_tui.store import git
from bscp_tui.store.remote import NAME

# Without a plus sign: git itself then refuses a history that was rewritten.
SETTINGS = (
    (f"remote.{NAME}.fetch", f"refs/heads/*:refs/remotes/{NAME}/*"),
    ("pull.rebase", "true"),
)


def set_up(git_dir: Path) -> None:
    """Write the settings into the copy at ``git_dir``, for this copy alone.

    Raises:
        GitError: They could not be written.

    """
    for name, value in SETTINGS:
        git.run(git_dir.parent, f"--git-dir={git_dir}", "config", "--local", name, value)
