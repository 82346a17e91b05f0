"""The colours that can be chosen, and signs for a terminal that draws no others than ASCII."""

import os
from collections.abc import Mapping
from unicodedata import normalize

from rich.cells import cell_len
from rich.segment import Segment
from textual.color import Color
from textual.filter import LineFilter
from textual.theme import Theme

# At least 7:1 between every text and what lies behind it; a test measures it on the screens themselves.
HIGH_CONTRAST = Theme(
    name="high-contrast",
    primary="#66d9ff",
    secondary="#c8c8ff",
    accent="#ffd400",
    warning="#ffd400",
    error="#ffb3b3",
    success="#8cff8c",
    foreground="#ffffff",
    background="#000000",
    surface="#000000",
    panel="#101010",
    boost="#101010",
    dark=True,
    text_alpha=1.0,
    variables={
        "block-cursor-background": "#ffff00",
        "block-cursor-foreground": "#000000",
        "block-cursor-blurred-background": "#303030",
        "block-cursor-blurred-foreground": "#ffffff",
        "block-hover-background": "#202020",
        "input-selection-background": "#004080",
        "input-cursor-background": "#ffff00",
        "input-cursor-foreground": "#000000",
        "footer-key-foreground": "#ffff00",
        "footer-description-foreground": "#ffffff",
        "text-muted": "#e0e0e0",
        "text-disabled": "#c8c8c8",
        "text-error": "#ffb3b3",
        "text-warning": "#ffd400",
        "text-success": "#8cff8c",
        "text-accent": "#ffd400",
        "text-primary": "#66d9ff",
        "button-foreground": "#ffffff",
        "button-color-foreground": "#000000",
        "button-focus-text-style": "bold reverse",
        "scrollbar": "#ffffff",
        "scrollbar-background": "#202020",
    },
)
HIGH_CONTRAST_LIGHT = Theme(
    name="high-contrast-light",
    primary="#003a75",
    secondary="#3b0075",
    accent="#5c3a00",
    warning="#5c3a00",
    error="#8a0000",
    success="#004d00",
    foreground="#000000",
    background="#ffffff",
    surface="#ffffff",
    panel="#f4f4f4",
    boost="#f4f4f4",
    dark=False,
    text_alpha=1.0,
    variables={
        "block-cursor-background": "#00205c",
        "block-cursor-foreground": "#ffffff",
        "block-cursor-blurred-background": "#dddddd",
        "block-cursor-blurred-foreground": "#000000",
        "block-hover-background": "#e8e8e8",
        "input-selection-background": "#b3d4ff",
        "input-cursor-background": "#00205c",
        "input-cursor-foreground": "#ffffff",
        "footer-key-foreground": "#00205c",
        "footer-description-foreground": "#000000",
        "text-muted": "#303030",
        "text-disabled": "#404040",
        "text-error": "#8a0000",
        "text-warning": "#5c3a00",
        "text-success": "#004d00",
        "text-accent": "#5c3a00",
        "text-primary": "#003a75",
        "button-foreground": "#000000",
        "button-color-foreground": "#ffffff",
        "button-focus-text-style": "bold reverse",
        "scrollbar": "#000000",
        "scrollbar-background": "#dddddd",
    },
)
CONTRAST = (HIGH_CONTRAST, HIGH_CONTRAST_LIGHT)
# What the person reads in the choice, by the theme's name.
COLOURS: Mapping[str, str] = {
    "textual-dark": "Dark",
    "textual-light": "Light",
    "high-contrast": "High contrast, dark",
    "high-contrast-light": "High contrast, light",
    "nord": "Dark, bluish",
    "gruvbox": "Dark, brownish",
    "solarized-light": "Light, yellowish",
    "catppuccin-latte": "Light, greyish",
}

_SIGNS = {
    "▲": "!", "◷": "o", "✗": "x", "✎": "~", "⊖": "-", "●": "*", "◐": "/", "○": ".", "◌": ".", "✓": "+", "⇅": "=",
    "✉": "@", "▸": ">", "›": ">", "→": ">", "←": "<", "↑": "^", "↓": "v", "·": "-", "…": "_", "⏎": "/", "—": "-",
    "–": "-", "“": '"', "”": '"', "‘": "'", "’": "'", "•": "*", "█": "#", "░": ".", "▒": ":", "▓": "%", "£": "L",
    "▔": "-", "▁": "_", "━": "=", "╸": "=", "╺": "=", "┃": "|", "│": "|", "─": "-", "═": "=", "║": "|", "▏": "|",
    "▎": "|", "▍": "|", "▌": "|", "▋": "#", "▊": "#", "▉": "#", "▕": "|", "▐": "|", "▂": "_", "▃": "_", "▄": "=",
    "▅": "=", "▆": "#", "▇": "#", "▀": "-", "▼": "v", "▶": ">", "◀": "<", "⭘": "o", "■": "#", "□": ".", "◆": "*",
    "◉": "@", "⊘": "0", "‖": "|", "◦": ".", "▪": "*", "◔": "o", "▾": "v", "▴": "^", "☒": "x", "±": "+", "×": "x",
    "½": "h",
}  # fmt: skip
_CORNERS = dict.fromkeys("╭╮╰╯┌┐└┘├┤┬┴┼╔╗╚╝╠╣╦╩╬┏┓┗┛┣┫┳┻╋", "+")
PLAIN = str.maketrans({**_SIGNS, **_CORNERS})


class PlainSigns(LineFilter):
    """Writes what a terminal without Unicode cannot draw in ASCII, one sign for one, so that nothing moves."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """Return the segments in ASCII; a letter that has none is written as a question mark."""
        del background
        return [Segment(_plain(segment.text), segment.style, segment.control) for segment in segments]


def _plain(text: str) -> str:
    if text.isascii():
        return text
    told = text.translate(PLAIN)
    return told if told.isascii() else "".join(one if one.isascii() else _letter(one) for one in told)


def _letter(one: str) -> str:
    """Return a letter without its accent, a sign that nobody foresaw as question marks; as wide as it was."""
    width = cell_len(one)
    bare = normalize("NFKD", one).encode("ascii", "ignore").decode()
    return bare if len(bare) == width else "?" * width


def draws_unicode(environment: Mapping[str, str] = os.environ) -> bool:
    """Whether the terminal is said to understand UTF-8; where nothing is said, it does, as nearly all do."""
    said = next((value for name in ("LC_ALL", "LC_CTYPE", "LANG") if (value := environment.get(name))), "")
    return not said or "utf" in said.lower()
