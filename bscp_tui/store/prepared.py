"""Copies that somebody else prepared: which of their git settings could do harm.

Opening a repository can run programs that its settings name (filters, monitors, signers,
helpers). A setting that is not known to be harmless makes the copy read-only until the person
says that they trust it; that is remembered in their own folder, never in the register.
"""

import hashlib
import os
import re
from pathlib import Path
from typing import NamedTuple

from bscp_tui.store import git
from bscp_tui.store.plain_git import is_ours

_HARMLESS = r"""
    core\.(repositoryformatversion|filemode|logallrefupdates|symlinks|ignorecase|precomposeunicode|protecthfs
      |protectntfs|autocrlf|eol|safecrlf|longpaths|quotepath|sharedrepository|fsync|fsyncmethod|fsyncobjectfiles
      |compression|loosecompression|abbrev|untrackedcache|preloadindex|commitgraph|multipackindex|bigfilethreshold)
    | (user|author|committer)\.(name|email) | user\.(signingkey|useconfigonly)
    | (commit|tag)\.gpgsign | gpg\.format | gpg\.ssh\.allowedsignersfile
    | init\.defaultbranch | pull\.(rebase|ff) | push\.(default|autosetupremote) | fetch\.(prune|prunetags)
    | branch\..*\.(remote|merge|rebase|description)
    | remote\..*\.(fetch|tagopt|prune)
    | gc\.(?!recentobjectshook)[a-z.]+
    | (maintenance|feature|index|pack|color|advice|i18n|status|receive)\.[a-z.]+ | log\.date
    """
_URL = re.compile(r"remote\..*\.(url|pushurl)", re.IGNORECASE)
_SAFE_URL = re.compile(r"(https?|ssh|file)://[^-].*|[\w.][\w.-]*@[\w.][\w.-]*:.*|[^-:][^:]*|[A-Za-z]:[\\/].*")


class Doubt(NamedTuple):
    """A setting, or a program, that could run or redirect something.

    Attributes:
        key: The setting's name, ``core.fsmonitor``, or the hook's, ``hooks/pre-commit``.
        value: What it says.

    """

    key: str
    value: str


def doubts(root: Path, git_dir: Path, common_dir: Path) -> tuple[Doubt, ...]:
    """Return what in a copy is not known to be harmless; nothing of it is run to find out."""
    found: list[Doubt] = []
    for config in (common_dir / "config", git_dir / "config.worktree"):
        found += [Doubt(key, value) for key, value in _settings(config) if not _harmless(key, value)]
    hooks = common_dir / "hooks"
    if hooks.is_dir():
        names = sorted(entry.name for entry in os.scandir(hooks) if entry.is_file())
        found += [Doubt(f"hooks/{name}", "a program") for name in names if not name.endswith(".sample")]
    if not _is_own(root) or not _is_own(common_dir):
        found.append(Doubt("owner", "the folder belongs to another user of this computer"))
    return tuple(found)


def is_trusted(root: Path, found: tuple[Doubt, ...]) -> bool:
    """Whether the person said that they trust this copy with just these settings."""
    return _trusted().get(str(root)) == _fingerprint(found)


def remember_trust(root: Path, found: tuple[Doubt, ...] | None) -> None:
    """Remember, or with None forget, that the person trusts the copy at ``root``."""
    import json

    known = _trusted()
    if found is None:
        known.pop(str(root), None)
    else:
        known[str(root)] = _fingerprint(found)
    path = _memory()
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_suffix(".new")
    fresh.write_text(json.dumps(known, indent=1, sort_keys=True), encoding="utf-8")
    fresh.replace(path)


def _memory() -> Path:
    import platformdirs

    return platformdirs.user_config_path("bscp", appauthor=False) / "trusted-copies.json"


def _trusted() -> dict[str, str]:
    import json

    try:
        known = json.loads(_memory().read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return known if isinstance(known, dict) else {}


def _fingerprint(found: tuple[Doubt, ...]) -> str:
    import json

    text = json.dumps([[doubt.key, doubt.value] for doubt in found])
    return hashlib.sha256(text.encode()).hexdigest()


def _settings(config: Path) -> list[tuple[str, str]]:
    if not config.is_file():
        return []
    try:
        listed = git.run(config.parent, "config", "--file", str(config), "--no-includes", "--list", "-z")
    except git.GitError as error:
        return [(config.name, f"cannot be read: {error}")]
    pairs = (line.partition("\n") for line in listed.decode("utf-8", "replace").split("\0") if line)
    return [(key, value) for key, _, value in pairs]


def _harmless(key: str, value: str) -> bool:
    if key.lower() in {"core.bare", "extensions.worktreeconfig"}:
        return True
    if is_ours(key, value):
        return True
    if _URL.fullmatch(key):
        return bool(_SAFE_URL.fullmatch(value))
    return bool(re.fullmatch(_HARMLESS, key, re.VERBOSE | re.IGNORECASE))


def _is_own(path: Path) -> bool:
    if not hasattr(os, "geteuid"):
        return True  # Windows keeps owners otherwise; git itself checks them there
    owner = path.stat().st_uid
    return owner in {os.geteuid(), int(os.environ.get("SUDO_UID", "-1"))}
