"""What a command line's words name before any option is declared; declaring them takes longer than many an answer."""

from collections.abc import Sequence

WITH_A_VALUE = ("--register", "--today")


def command_in(arguments: Sequence[str]) -> str | None:
    """Return the first word that is no option; None where there is none, or telling takes more than looking."""
    words = iter(arguments)
    for word in words:
        if word in WITH_A_VALUE:
            next(words, None)
        elif not word.startswith("-"):
            return word
        elif word != "--read-only" and not word.startswith(tuple(f"{name}=" for name in WITH_A_VALUE)):
            return None
    return None


def is_plain(arguments: Sequence[str]) -> bool:
    """Whether the register's folder, and that nothing is explained or written, can be told by looking at the words."""
    unclear = ("-h", "--h", "--o", "--reg")
    return "--" not in arguments and not any(
        word.startswith(unclear) and word != "--register" and not word.startswith("--register=") for word in arguments
    )


def register_in(arguments: Sequence[str]) -> str | None:
    """Return the folder that plain words name; the last one counts."""
    named = None
    words = iter(arguments)
    for word in words:
        if word == "--register":
            named = next(words, None)
        elif word.startswith("--register="):
            named = word.partition("=")[2]
    return named
