"""Text from people and files: what may be typed, and how odd characters are shown.

Terminals obey control characters, and right-to-left controls can make a sentence read as
another. Text that people type is refused when it holds them; text that is already in a file
is shown with each such character made visible, so that nothing is hidden and nothing acts.
"""

import re
import unicodedata

BIDI_CONTROLS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_INVISIBLE = frozenset({"Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
# Joiners are part of ordinary writing (emoji, Indic scripts); a soft hyphen or a byte-order mark is not.
_JOINERS = frozenset("\u200c\u200d")
# All but the characters that are harmless without a closer look: nearly everything that people write here.
_ODD = re.compile(r"[^\n\x20-\x7e\u00a1-\u00ac\u00ae-\u02ff\u2010-\u2027\u2030-\u205e]")


class TypedTextError(ValueError):
    """Text that may not be recorded; the message says what was found and what to do."""


def typed(text: str, *, field: str = "text", lines: bool = True) -> str:
    r"""Return what a person typed, ready to be recorded.

    Line ends become "\n", composed characters take their one standard form (NFC).

    Args:
        text: As typed or pasted.
        field: Its name, for the message.
        lines: Whether it may hold more than one line.

    Raises:
        TypedTextError: It holds a control or right-to-left character, or a line end where
            one line is wanted.

    """
    text = with_plain_line_ends(text)
    for position, character in enumerate(text):
        if character in "\n\t":
            continue
        if character in BIDI_CONTROLS or unicodedata.category(character) in {"Cc", "Cs"}:
            msg = (
                f"{field}: character {position + 1} is {_name(character)}, which a terminal may obey "
                "instead of showing. Remove it and try again."
            )
            raise TypedTextError(msg)
    if not lines and "\n" in text:
        msg = f"{field}: must be one line; remove the line break."
        raise TypedTextError(msg)
    return unicodedata.normalize("NFC", text)


def with_plain_line_ends(text: str) -> str:
    r"""Return ``text`` with "\n" for every line end; a terminal gives a lone "\r" for those that are pasted."""
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n").replace("\u2029", "\n")


def shown(text: str) -> str:
    r"""Return ``text`` with every character that could act or hide made visible.

    Newlines stay; control characters become their pictures (``␛`` for escape), characters
    without a shape become ``<U+202E>``.
    """
    if text.isprintable():  # nothing that controls or hides is: so is nearly every text, and there are many
        return text
    return _ODD.sub(lambda match: _visible(match.group()), text)


def one_line(text: str) -> str:
    """Return ``text``, made harmless, on one line: line ends are shown as ``⏎``."""
    return shown(text).replace("\n", "⏎")


def shortened(text: str, limit: int) -> str:
    """Return ``text`` on one line of at most ``limit`` characters; a cut is shown by ``…``."""
    line = " ".join(text.split())
    return line if len(line) <= limit else line[: limit - 1].rstrip() + "…"


def in_brief(told: str, most: int = 300) -> str:
    """Return what is told to a person with everything in it shortened that was given and is longer than ``most``.

    What stands in quotation marks, and what has no space in it, is what somebody gave: a reference, a path, a value.
    """
    given = re.compile(rf"(?<=“)[^”]{{{most + 1},}}(?=”)|\S{{{most + 1},}}")
    return given.sub(lambda match: f"{match[0][:60]}… ({len(match[0]):,} characters)", told)


def _visible(character: str) -> str:
    code = ord(character)
    if code < 0x20:
        return chr(0x2400 + code)
    if code == 0x7F:
        return "␡"
    category = unicodedata.category(character)
    if category == "Cc" or (category in _INVISIBLE and character not in _JOINERS):
        return f"<U+{code:04X}>"
    return character


def _name(character: str) -> str:
    return f"U+{ord(character):04X} ({unicodedata.name(character, 'a control character').lower()})"
