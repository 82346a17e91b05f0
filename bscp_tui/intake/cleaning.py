"""Foreign text made fit to be recorded: what could act, hide or mislead is taken out, and said."""

import re
import unicodedata
from collections import Counter

from bscp_tui.model.text import BIDI_CONTROLS

# Nearly every text needs no closer look.
_PLAIN = re.compile(r"[\n\x20-\x7e\u00a1-\u00ac\u00ae-\u02ff\u2010-\u2027\u2030-\u205e]*")
_LINE_ENDS = re.compile("\r\n|[\r\v\f\x1c-\x1e\x85\u2028\u2029]")
_SPACES = re.compile("[\t\xa0\u1680\u2000-\u200a\u202f\u205f\u3000]")
_JOINERS = frozenset("\u200c\u200d")
# A soft hyphen, and what marks where a word may break, say nothing.
_SILENT = frozenset("\xad\u200b\u2060\ufeff")


class Cleaner:
    """Cleans the texts of one document, and counts what it took out."""

    def __init__(self) -> None:
        """Begin with nothing taken out."""
        self._taken: Counter[str] = Counter()

    def __call__(self, text: str) -> str:
        r"""Return ``text`` with plain spaces and "\n", without characters that act, hide or mislead; in NFC."""
        if _PLAIN.fullmatch(text):
            return text
        text = _SPACES.sub(" ", _LINE_ENDS.sub("\n", text))
        kept = "".join(character for character in text if not self._is_taken(character))
        return unicodedata.normalize("NFC", kept)

    def told(self) -> tuple[str, ...]:
        """Return what was taken out, as a sentence; nothing where nothing was."""
        if not self._taken:
            return ()
        named = ", ".join(
            f"{name} ({count} times)" if count > 1 else name for name, count in sorted(self._taken.items())
        )
        return (f"Characters that act, hide or mislead were taken out of the text: {named}.",)

    def _is_taken(self, character: str) -> bool:
        if character == "\n" or character in _JOINERS:
            return False
        if character in _SILENT:
            return True
        taken = character in BIDI_CONTROLS or unicodedata.category(character) in {"Cc", "Cf", "Cs", "Co", "Cn"}
        if taken:
            self._taken[f"U+{ord(character):04X}"] += 1
        return taken


def tidied(text: str) -> str:
    """Return ``text`` without space at the ends of its lines, and without empty lines."""
    if "\n" not in text:
        return text.strip()
    return "\n".join(line.strip() for line in text.split("\n") if line.strip())
