"""Faults that nobody foresaw: where they arose is kept for those who mend the program."""

import datetime as dt
import traceback
from pathlib import Path


def folder() -> Path:
    """Return where the reports lie."""
    import platformdirs

    return platformdirs.user_state_path("bscp", appauthor=False)


def keep(error: BaseException) -> str:
    """Keep where a fault arose in a file, and return a sentence that says where that is.

    The file holds names of functions and numbers of lines, and no text of records or people.
    """
    frames = traceback.extract_tb(error.__traceback__)
    lines = [f"{Path(frame.filename).name}:{frame.lineno} {frame.name}" for frame in frames]
    path = folder() / f"fault-{dt.datetime.now(tz=dt.UTC):%Y%m%d-%H%M%S}.txt"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("\n".join([type(error).__name__, *lines]) + "\n", encoding="utf-8")
    except OSError:
        return "What happened could not be kept in a file."
    return f"What happened is kept in {path}; please send it to those who look after the program."
