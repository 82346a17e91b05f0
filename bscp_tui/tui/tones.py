"""Colours by what they mean, from the theme in use; colour only repeats what words and signs say."""

from textual.app import App


class Tones:
    """The styles of one theme: ``tones.late`` is the style of what is late."""

    def __init__(self, app: App[object]) -> None:
        """Read the theme that ``app`` shows now."""
        found = app.theme_variables
        self.late = self.bad = f"bold {_colour(found, 'text-error', 'error')}"
        self.soon = _colour(found, "text-warning", "warning")
        self.good = _colour(found, "text-success", "success")
        self.accent = f"bold {_colour(found, 'text-accent', 'accent')}"
        self.quiet = "" if app.theme.startswith("high-contrast") else _colour(found, "text-muted") or "dim"
        self.strong = "bold"


def _colour(found: dict[str, str], *names: str) -> str:
    return next((found[name] for name in names if found.get(name, "").startswith("#")), "")
