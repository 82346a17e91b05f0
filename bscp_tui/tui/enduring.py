"""What becomes of a fault that nobody foresaw: typed text is kept, a report written, and the program goes on."""

import asyncio
from abc import abstractmethod
from collections import deque
from collections.abc import Callable
from time import monotonic

from textual import events
from textual.app import App
from textual.css.query import NoMatches
from textual.message import Message
from textual.message_pump import MessagePump
from textual.screen import Screen

from bscp_tui.tui.safe_text import plain

UNREADABLE = 3  # exit status: the register cannot be read, or the program cannot go on
TOO_MANY, WITHIN = 3, 10.0  # so many faults within so many seconds, and going on would only repeat them
LAY_OUT = (events.ScreenResume, events.Resize)
SHOWN = 20.0  # seconds that the notice stands
WENT_ON = "Something in the program went wrong ({name}). Nothing recorded is lost, and what you typed is kept. {report}"
ENDED = "The program met an unexpected fault ({name}) and has ended. What you typed is kept. {report}"


class Surviving(MessagePump):
    """What takes messages and does not die of one that it cannot handle.

    Textual stops a screen's, or the application's, messages for good after a fault in one of its
    handlers; afterwards it would stand there and hear nothing.
    """

    async def _dispatch_message(self, message: Message) -> None:
        try:
            if isinstance(message, events.ScreenResume):
                await self._style_first(message)
            await super()._dispatch_message(message)
        except Exception as error:  # whatever it is, the person goes on working
            closed = isinstance(error, NoMatches) and isinstance(self, Screen) and self not in self.app.screen_stack
            if not closed and not (isinstance(self.app, Enduring) and self.app.endured(error)):
                raise  # a screen that was closed before it was whole looks for widgets in vain: nobody misses them
        if isinstance(message, LAY_OUT):  # a large form is laid out by each: whatever waits has its turn between them
            await asyncio.sleep(0)

    async def _style_first(self, shown: events.ScreenResume) -> None:
        """Style a screen that is shown before it is laid out and drawn: a large form takes as long for either."""
        if shown.refresh_styles and isinstance(self, Screen) and self.is_attached:
            self.update_node_styles(animate=False)
            shown.refresh_styles = False
            await asyncio.sleep(0)


class Enduring(Surviving, App[int]):
    """The part of the application that goes on after a fault, or ends with a plain sentence."""

    endures: bool | None = None  # None: unless nobody looks on; a test wants to see the fault itself

    def __init__(self) -> None:
        """Begin without a fault."""
        super().__init__()
        self._faults: deque[float] = deque(maxlen=TOO_MANY)

    @abstractmethod
    def begin_again(self) -> None:
        """Show a first screen that is whole."""

    @abstractmethod
    def keep(self, do: Callable[[], object]) -> None:
        """Do something behind every draft that is being written, in the thread that writes them."""

    def endured(self, error: Exception) -> bool:
        """Keep what is typed and where the fault arose, and go on from the first screen.

        Returns:
            Whether it could: False where faults follow each other so fast that going on would only repeat them.

        """
        if not self._may_endure or not self.is_running or self._too_many():
            return False
        told = self._reported(WENT_ON, error)
        # Behind the drafts, which are written in order off this thread: Home then counts them.
        self.keep(lambda: self.call_from_thread(self._go_on, told))
        return True

    def _handle_exception(self, error: Exception) -> None:
        """Go on, or end with a plain sentence, where Textual would show a traceback."""
        if not self._may_endure:
            super()._handle_exception(error)
        elif not self.endured(error):
            told = self._reported(ENDED, error)
            self.exit(UNREADABLE, return_code=UNREADABLE, message=plain(told))

    def _go_on(self, told: str) -> None:
        self.begin_again()
        self.notify(plain(told).plain, severity="error", timeout=SHOWN, markup=False)

    @property
    def _may_endure(self) -> bool:
        return not self.is_headless if self.endures is None else self.endures

    def _too_many(self) -> bool:
        now = monotonic()
        self._faults.append(now)
        return len(self._faults) == TOO_MANY and now - self._faults[0] < WITHIN

    def _reported(self, sentence: str, error: Exception) -> str:
        from bscp_tui.store.faults import keep

        self.keep_typed()
        return sentence.format(name=type(error).__name__, report=keep(error))

    def keep_typed(self) -> None:
        """Keep what is typed in every dialog that is open."""
        for screen in self.screen_stack:
            keep = getattr(screen, "keep_draft", None)
            if keep is not None:
                keep()
