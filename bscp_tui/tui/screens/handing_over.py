"""What dialogs have at whose end a file is written: never half, and never over another unasked."""

import os
from collections.abc import Callable
from functools import partial
from pathlib import Path

from rich.text import Text
from textual.widgets import Input

from bscp_tui.store.handing_over import hand_over
from bscp_tui.tui.safe_text import plain, plain_line, stacked
from bscp_tui.tui.screens.simple import ConfirmDialog
from bscp_tui.tui.screens.taking import TakingDialog
from bscp_tui.tui.widgets.words import Words

REPLACES = "There is such a file already. Replace it?"


class HandingOverDialog(TakingDialog[None]):
    """A dialog with a field ``file`` and a sentence below; it leaves once the file is written."""

    _writing = False

    def hand_over(self, make: Callable[[], bytes], ending: str = "") -> None:
        """Write what ``make`` returns, in a worker thread; where a file is there already, ask first.

        Args:
            make: Makes the content; called in the thread.
            ending: How the file's name is to end; added where it does not.

        """
        typed = self.query_one("#file", Input).value.strip()
        if self._writing:
            return
        if not typed:
            self.say(plain("File: say where it goes."))
            return
        path = Path(typed).expanduser().absolute()
        path = path if path.is_dir() or path.suffix.lower() == ending else path.with_name(path.name + ending)
        if os.path.lexists(path) and not path.is_dir():
            told = stacked(plain_line(path), plain("What is in it now is lost."))
            asked = ConfirmDialog(plain(REPLACES, "bold"), told)
            self.app.push_screen(asked, lambda yes: self._write(path, make, replaces=True) if yes else None)
        else:
            self._write(path, make, replaces=False)

    def say(self, sentence: Text) -> None:
        """Show a sentence above the buttons."""
        if self.is_mounted:
            self.query_one("#sentence", Words).say(sentence)

    def _write(self, path: Path, make: Callable[[], bytes], *, replaces: bool) -> None:
        self._writing = True
        self.say(plain("Writing …"))
        self.host.fetch("handing-over", partial(_written, path, make, replaces=replaces), self._done)

    def _done(self, outcome: object) -> None:
        self._writing = False
        if isinstance(outcome, Path):
            self.host.tell(plain_line(f"Written to {outcome}"))
            if self.is_mounted and self in self.app.screen_stack:
                self.dismiss(None)
        elif self.is_mounted:
            self.say(plain(outcome))
        else:
            self.host.tell(plain(outcome), serious=True)


def _written(path: Path, make: Callable[[], bytes], *, replaces: bool) -> Path:
    hand_over(path, make(), replace=replaces)
    return path
