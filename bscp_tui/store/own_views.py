"""A person's own saved views: files like those of the register, in their own folder, seen by nobody else."""

from collections.abc import Iterator
from pathlib import Path

import platformdirs
from pydantic import ValidationError

from bscp_tui.model.additions import slug_of
from bscp_tui.model.saved_view import SavedView, view_of
from bscp_tui.model.shown_list import ShownList
from bscp_tui.store import files
from bscp_tui.store.errors import SaveError
from bscp_tui.store.toml_text import UnreadableError, parse, written


def folder() -> Path:
    """Return where they lie: beside the person's settings, never in the register."""
    return platformdirs.user_config_path("bscp", appauthor=False) / "views"


def own_views() -> list[ShownList]:
    """Return every view that can be read, by name; what cannot be read is left where it is."""
    return sorted(_read(), key=lambda view: view.title.lower())


def keep(shown: ShownList) -> Path:
    """Keep a view; one of the same name is replaced. Return its file.

    Raises:
        SaveError: The folder cannot be written to, or the name holds no letter.

    """
    place = _place(shown.title)
    fields = {name: list(value) if isinstance(value, tuple) else value for name, value in view_of(shown).items()}
    data = written({name: value for name, value in fields.items() if value not in (None, [])}, SavedView)
    try:
        files.replace(place, data, place.with_name(f".{place.name}.new"))
    except OSError as error:
        raise files.not_saved(error) from error
    return place


def drop(title: str) -> None:
    """Throw a view away.

    Raises:
        SaveError: It cannot be removed.

    """
    try:
        _place(title).unlink(missing_ok=True)
    except OSError as error:
        raise files.not_saved(error) from error


def _place(title: str) -> Path:
    slug = slug_of(title)
    if not slug:
        raise SaveError("A view needs a name with a letter or a digit in it.")
    return folder() / f"{slug}.toml"


def _read() -> Iterator[ShownList]:
    try:
        places = sorted(folder().glob("*.toml"))
    except OSError:
        return
    for place in places:
        try:
            yield SavedView.model_validate(parse(place.read_bytes())).shown_list()
        except (OSError, UnreadableError, ValidationError, ValueError):
            continue
