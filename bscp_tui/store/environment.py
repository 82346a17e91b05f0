"""The environment that git is started in.

Variables that begin with ``GIT_`` can point git at another repository, index or program. Only
those that say who a person is, and which settings file is theirs, are kept.
"""

import os
from collections.abc import Mapping

KEPT = frozenset(
    {
        "GIT_AUTHOR_NAME", "GIT_AUTHOR_EMAIL", "GIT_AUTHOR_DATE",
        "GIT_COMMITTER_NAME", "GIT_COMMITTER_EMAIL", "GIT_COMMITTER_DATE",
        "GIT_CONFIG_GLOBAL", "GIT_CONFIG_NOSYSTEM",
    }
)  # fmt: skip
# How this person reaches other computers; only what talks to a shared copy is given these.
REACHING = frozenset(
    {
        "GIT_SSH", "GIT_SSH_COMMAND", "GIT_SSH_VARIANT", "GIT_SSL_CAINFO", "GIT_SSL_CAPATH", "GIT_SSL_CERT",
        "GIT_SSL_KEY", "GIT_PROXY_SSL_CAINFO", "GIT_HTTP_PROXY_AUTHMETHOD",
    }
)  # fmt: skip
# Whatever the person's or the register's settings say, these hold for every call.
SETTINGS = (
    "core.fsmonitor=false",
    "core.hooksPath=/dev/null" if os.name == "posix" else "core.hooksPath=NUL",
    "core.fsync=all",
    "core.quotePath=false",
    "safe.bareRepository=explicit",
    "protocol.ext.allow=never",
    "user.useConfigOnly=true",
    "i18n.commitEncoding=UTF-8",
    "gc.auto=0",
    "maintenance.auto=false",
    "log.showSignature=false",
    "color.ui=false",
    "advice.graftFileDeprecated=false",  # it is we who name a file of grafts: an empty one
)


def for_git(added: Mapping[str, str] | None = None, *, reaching: bool = False) -> dict[str, str]:
    """Return a copy of this process's environment, and ``added``, in which git does only what it is told.

    Args:
        added: Variables that git is given besides.
        reaching: Whether git is to talk to another computer, in the way that the person set up.

    """
    current = os.environ
    kept = KEPT | REACHING if reaching else KEPT
    clean = {name: value for name, value in current.items() if not name.startswith("GIT_") or name in kept}
    clean |= {"GIT_TERMINAL_PROMPT": "0", "GIT_NO_REPLACE_OBJECTS": "1", "GIT_OPTIONAL_LOCKS": "0", "LC_ALL": "C.UTF-8"}
    clean["GIT_GRAFT_FILE"] = os.devnull  # what is recorded is read, not what somebody made it look like
    return clean | dict(added or {})


def make_safe() -> None:
    """Remove from this process what would mislead git; GitPython hands its environment on."""
    for name in [name for name in os.environ if name.startswith("GIT_") and name not in KEPT | REACHING]:
        del os.environ[name]
    os.environ["GIT_NO_REPLACE_OBJECTS"] = "1"
    os.environ["GIT_OPTIONAL_LOCKS"] = "0"
