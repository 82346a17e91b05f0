"""Making pages for scrutineers: the folder, for whom, how far it is; it can be stopped at any page."""

from functools import partial
from pathlib import Path
from threading import Event
from time import monotonic
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.widgets import Button, Input, Select

from bscp_tui.model.fields import Audience
from bscp_tui.tui.readers import WHOM, chosen_readers
from bscp_tui.tui.safe_text import plain
from bscp_tui.tui.screens.taking import TakingDialog
from bscp_tui.tui.widgets.asked import Asked
from bscp_tui.tui.widgets.typing_fields import LineField
from bscp_tui.tui.widgets.words import Words

if TYPE_CHECKING:
    from bscp_tui.publishing.publish import Outcome

OFTEN = 0.2  # seconds between two words of progress
TOLD = "Only pages that changed are written. A folder that holds other things is left alone."


class PublishDialog(TakingDialog[None]):
    """Asks for the folder and for whom the pages are; tells how far they are."""

    AUTO_FOCUS = "#folder"

    def __init__(self) -> None:
        """Begin with nothing being made."""
        super().__init__(classes="change")
        self._stop: Event | None = None
        self._said = 0.0

    def compose(self) -> ComposeResult:
        """Lay out folder, readers and buttons."""
        folder = str(Path.home() / "scrutineers-pages")
        with Vertical(classes="dialog"):
            yield Words(plain("Make pages for scrutineers"), classes="heading")
            yield Asked(plain("Folder *"), LineField(folder, id="folder", classes="field", compact=True,
                                                     select_on_focus=False))  # fmt: skip
            choices = Select(WHOM, value="partnership", allow_blank=False, id="whom", classes="field", compact=True)
            yield Asked(plain("Made for"), choices)
            yield Words(plain(TOLD, self.tones.quiet), id="sentence")
            with Horizontal(classes="buttons"):
                yield Button("Make  ctrl+s", id="record", variant="primary", compact=True)
                yield Button("Stop, close  esc", id="close", compact=True)

    def action_back(self) -> None:
        """Stop at the next page, where pages are being made; else close."""
        if self._stop is not None:
            self._stop.set()
            self._say("Stopping …")
        else:
            self.dismiss(None)

    def take(self) -> None:
        """Make the pages in a worker thread."""
        if self._stop is not None:
            return
        folder = self.query_one("#folder", Input).value.strip()
        if not folder:
            self._say("Folder: say where the pages go.")
            return
        audience = chosen_readers(self.query_one("#whom", Select)) or "partnership"
        self._stop = Event()
        self._say("Reading the register and its history …")
        self.host.fetch("publishing", partial(self._make, Path(folder), audience, self._stop), self._made)

    def _make(self, folder: Path, audience: Audience, stop: Event) -> "Outcome | str":
        from bscp_tui.publishing.publish import StoppedError, publish

        try:
            return publish(self.session.register, folder, audience, self._progress, stop.is_set)
        except StoppedError:
            return "Stopped. The pages that were written are whole; making them again finishes the rest."

    def _progress(self, made: int, whole: int) -> None:
        """Say now and then how far it is; called from the worker's thread."""
        if monotonic() - self._said > OFTEN and self.host.is_running:
            self._said = monotonic()
            self.host.call_from_thread(self._say, f"{made:,} of {whole:,} files …")

    def _made(self, outcome: object) -> None:
        self._stop = None
        if isinstance(outcome, (str, Exception)):
            self._say(str(outcome))
            return
        done: Outcome = outcome  # type: ignore[assignment]
        first = done.folder / "index.html"
        self._say(f"{done.pages:,} files, {done.written:,} written. Begin with {first}. {' '.join(done.told)}")

    def _say(self, sentence: str) -> None:
        if self.is_mounted:
            self.query_one("#sentence", Words).say(plain(sentence))
