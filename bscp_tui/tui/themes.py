"""The colours that can be chosen, and signs for a terminal that draws no others than ASCII."""

import os
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from unicodedata import normalize

from rich.cells import cell_len
from rich.segment import Segment
from textual.color import Color
from textual.filter import LineFilter
from textual.theme import BUILTIN_THEMES, Theme

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

READABLE = 4.5  # between a text and what lies behind it: WCAG 2's AA
_FAR = 7.0  # for the text that everything fainter is mixed from
_GROUNDS = ("background", "surface", "panel")
_TINT = 0.06
_MIXED = {"text-muted": 0.72, "text-disabled": 0.6}  # how much of the text's colour is in what stands back
_SPOKEN = ("text-primary", "text-secondary", "text-warning", "text-error", "text-success", "text-accent")


@cache
def mended(name: str) -> Theme | None:
    """Return one of Textual's themes that can be chosen, each text in it readable; None for any other."""
    return _readable(BUILTIN_THEMES[name]) if name in COLOURS and name in BUILTIN_THEMES else None


def apart(one: Color, other: Color) -> float:
    """Return how far two colours stand apart, by WCAG 2's formula: 1 to 21."""
    darker, lighter = sorted((_light(one), _light(other)))
    return (lighter + 0.05) / (darker + 0.05)


def _light(colour: Color) -> float:
    parts = [part / 255 for part in (colour.r, colour.g, colour.b)]
    red, green, blue = (part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _readable(theme: Theme) -> Theme:
    """Return a theme as it is, but for texts that would be too near to what lies behind them."""
    had = theme.to_color_system().generate()
    grounds = [Color.parse(had[name]) for name in _GROUNDS]
    grounds.append(grounds[-1].blend(Color.parse(had["foreground"]), _TINT))  # a field that is typed in
    end = Color.parse("#ffffff" if theme.dark else "#000000")

    def clear(colour: Color, least: float = READABLE) -> Color:
        steps = (colour.blend(end, step / 50) for step in range(51))
        return next((one for one in steps if all(apart(one, ground) >= least for ground in grounds)), end)

    text = clear(Color.parse(had["foreground"]), _FAR)
    found = {name: clear(grounds[0].blend(text, share)) for name, share in _MIXED.items()}
    found |= {name: clear(Color.parse(had[name])) for name in _SPOKEN}
    found["footer-key-foreground"] = clear(Color.parse(had["footer-key-foreground"]))
    found["footer-description-foreground"] = text
    found["block-cursor-foreground"] = _upon(Color.parse(had["block-cursor-background"]))
    found["button-color-foreground"] = _upon(Color.parse(had["primary"]))
    written = {name: colour.hex for name, colour in found.items()}
    return replace(theme, foreground=text.hex, variables={**theme.variables, **written})


def _upon(ground: Color) -> Color:
    """Return white where it can be read upon ``ground``, black elsewhere."""
    white, black = Color.parse("#ffffff"), Color.parse("#000000")
    return white if apart(white, ground) >= READABLE else black


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
