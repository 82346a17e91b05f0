"""What makes plain git welcome in a register: settings of the copy under which git works as the program does.

With them ``git pull`` puts one's own entries on top of what came, ``git merge`` and ``git rebase`` merge
records field by field, and ``git diff`` and ``git log -p`` show them a field a line. They name just one
program, this one; where it is not installed, git goes on with the files as text.
"""

from pathlib import Path

from bscp_tui.store import git

DRIVER = (
    "if command -v bscp >/dev/null 2>&1; then bscp merge-driver %O %A %B %P; "
    "else git merge-file -L ours -L before -L theirs %A %O %B; fi"
)
TEXTCONV = 'f() { if command -v bscp >/dev/null 2>&1; then bscp as-lines "$1"; else cat "$1"; fi; }; f'
SETTINGS = {
    "pull.rebase": "true",
    "merge.bscp.name": "records, field by field",
    "merge.bscp.driver": DRIVER,
    "diff.bscp.textconv": TEXTCONV,
}
ATTRIBUTES = "*.toml merge=bscp diff=bscp\n"
_REMOTE_FETCH = "refs/heads/*:refs/remotes/origin/*"


def set_up(work: Path, *, joined: bool = False) -> None:
    """Write the settings into the copy at ``work``, for this copy alone.

    Args:
        work: The top of the work tree.
        joined: Whether the copy belongs to a shared one.

    Raises:
        GitError: Git refused.
        OSError: The disk refused.

    """
    settings = dict(SETTINGS)
    if joined:
        settings["remote.origin.fetch"] = _REMOTE_FETCH  # without a plus: a rewritten history is then refused
    for name, value in settings.items():
        git.run(work, "config", "--local", name, value)
    info = work / ".git" / "info"
    info.mkdir(exist_ok=True)
    (info / "attributes").write_text(ATTRIBUTES, encoding="utf-8", newline="\n")


def is_ours(key: str, value: str) -> bool:
    """Whether a setting is one that the program itself writes, to the letter."""
    return SETTINGS.get(key.lower()) == value
