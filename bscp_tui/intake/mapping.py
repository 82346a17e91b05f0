"""The file by which a person corrects what was guessed of a document's columns and names."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from bscp_tui.intake.document import IntakeError
from bscp_tui.intake.proposing import Choices
from bscp_tui.store.toml_text import UnreadableError, parse

KEYS = ("kind", "plan", "columns", "bodies")


def read_map(path: Path) -> Choices:
    """Return what a map file says: ``kind``, ``plan``, ``[columns]`` and ``[bodies]``.

    Raises:
        IntakeError: It cannot be read, or says something else; the message tells what is allowed.

    """
    try:
        told = parse(path.read_bytes())
    except OSError as error:
        raise IntakeError(f"{path} cannot be read: {error.strerror}.") from None
    except UnreadableError as error:
        raise IntakeError(f"{path}, line {error.line}: {error}") from None
    strange = [key for key in told if key not in KEYS]
    if strange:
        raise IntakeError(f"{path}: “{strange[0]}” is not known. A map holds: {', '.join(KEYS)}.")
    return Choices(_word(told, "kind", path), _word(told, "plan", path), _table(told, "columns", path),
                   _table(told, "bodies", path))  # fmt: skip


def _word(told: Mapping[str, Any], key: str, path: Path) -> str | None:
    value = told.get(key)
    if value is not None and not isinstance(value, str):
        raise IntakeError(f"{path}: {key} must be text in quotes.")
    return value


def _table(told: Mapping[str, Any], key: str, path: Path) -> dict[str, str]:
    value = told.get(key, {})
    if not isinstance(value, dict) or not all(isinstance(each, str) for each in value.values()):
        raise IntakeError(f"{path}: [{key}] holds lines such as “Due by” = “target”.")
    return dict(value)
