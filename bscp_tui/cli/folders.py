"""Which folder a command means; nothing is loaded here that a quick answer does without."""

import os
from pathlib import Path

from bscp_tui.store.repository import CONFIG


def chosen_folder(named: str | None) -> Path | None:
    """Return the register's folder as far as somebody chose one; None means the person's own.

    Args:
        named: What ``--register`` says, if it says anything.

    """
    named = named or os.environ.get("BSCP_REGISTER")
    if named:
        return Path(named)
    return _nearest(Path.cwd())


def _nearest(folder: Path) -> Path | None:
    """Return the nearest folder upwards that is a register and no starter."""
    for candidate in (folder, *folder.parents):
        for config in (candidate / "records" / CONFIG, candidate / CONFIG):
            if config.is_file() and not _is_starter(config):
                return candidate
    return None


def _is_starter(config: Path) -> bool:
    """Whether a register's settings say that it is a starter; reading them is left out where they cannot."""
    try:
        data = config.read_bytes()
    except OSError:
        return False
    if b"starter" not in data:
        return False
    from bscp_tui.store.toml_text import UnreadableError, parse

    try:
        return parse(data).get("starter") is True
    except UnreadableError:
        return False
