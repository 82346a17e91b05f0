"""What a person prefers: colours, signs, keys; kept in their own folder, never in the register."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

import platformdirs
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from bscp_tui.store import files
from bscp_tui.store.toml_text import UnreadableError, parse

NAME = "settings.toml"


class PreferencesError(ValueError):
    """The settings cannot be read, or not be kept; the message says where and what to do."""


class _File(BaseModel):
    """The file as it is written: every setting may be left out."""

    model_config = ConfigDict(extra="forbid", strict=True)

    colours: str | None = None
    signs: str | None = Field(default=None, pattern="^(plain|drawn)$")
    keys: dict[str, str] = Field(default_factory=dict)


@dataclass(frozen=True)
class Preferences:
    """What a person chose; what they did not choose is None, or missing from ``keys``.

    Attributes:
        colours: The name of a theme.
        signs: "plain" for ASCII signs only, "drawn" for the usual ones.
        keys: The key of a command, by the command's name: ``{"change-status": "x"}``.

    """

    colours: str | None = None
    signs: str | None = None
    keys: Mapping[str, str] = field(default_factory=dict)

    def with_key(self, command: str, key: str | None) -> "Preferences":
        """Return these with another key for a command; None gives it its own back."""
        others = {name: value for name, value in self.keys.items() if name != command}
        return replace(self, keys=others if key is None else {**others, command: key})


def place() -> Path:
    """Return where the settings lie."""
    return platformdirs.user_config_path("bscp", appauthor=False) / NAME


def load() -> Preferences:
    """Return what was chosen on this computer; nothing where no file is.

    Raises:
        PreferencesError: The file cannot be read.

    """
    path = place()
    try:
        found = _File.model_validate(parse(path.read_bytes()))
    except FileNotFoundError:
        return Preferences()
    except (OSError, UnreadableError, ValidationError) as error:
        msg = f"The settings in {path} are not used: {_told(error)}. Mend the file, or remove it to begin anew."
        raise PreferencesError(msg) from None
    return Preferences(found.colours, found.signs, found.keys)


def save(chosen: Preferences) -> None:
    """Keep what was chosen, whole or not at all.

    Raises:
        PreferencesError: It cannot be written, or would take the place of a file that cannot be read.

    """
    import tomli_w

    load()  # a file that somebody is in the middle of mending is theirs
    path = place()
    values = {"colours": chosen.colours, "signs": chosen.signs, "keys": dict(sorted(chosen.keys.items()))}
    data = tomli_w.dumps({name: value for name, value in values.items() if value}).encode()
    try:
        files.replace(path, data, path.with_suffix(".new"))
    except OSError as error:
        msg = f"The choice holds until you leave; it could not be kept in {path}: {files.in_plain_words(error)}."
        raise PreferencesError(msg) from None


def _told(error: Exception) -> str:
    if isinstance(error, ValidationError):
        first = error.errors()[0]
        return f"{'.'.join(str(part) for part in first['loc'])}: {first['msg'].lower()}"
    if isinstance(error, UnreadableError):
        return f"line {error.line}: {error}"
    return getattr(error, "strerror", None) or str(error)
