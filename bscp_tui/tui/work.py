"""Work that must not hold the screen's thread: reading in parallel, writing one at a time."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from textual.worker import get_current_worker

from bscp_tui.store.errors import RegisterError, SaveError
from bscp_tui.store.git import GitError
from bscp_tui.tui.drafts import Drafts
from bscp_tui.tui.enduring import Enduring

if TYPE_CHECKING:
    from bscp_tui.tui.session import Session

# What reading and writing may say to a person; anything else is a fault of the program.
SPOKEN = (RegisterError, SaveError, GitError, OSError, ValueError, LookupError)


class Working(Enduring):
    """The part of the application that hands work to threads and brings the outcome back."""

    session: "Session"

    def __init__(self) -> None:
        """Begin with one thread for drafts."""
        super().__init__()
        from concurrent.futures import ThreadPoolExecutor

        self._writer = ThreadPoolExecutor(max_workers=1, thread_name_prefix="drafts")
        self.drafts = Drafts(self.keep)

    def fetch(self, group: str, read: Callable[[], object], then: Callable[[object], object]) -> None:
        """Read in a thread and give the outcome, or the error, to ``then``; a newer call of the group replaces it."""

        def work() -> None:
            outcome = self._outcome_of(read)
            if not get_current_worker().is_cancelled and self.is_running:
                self.call_from_thread(then, outcome)

        self.run_worker(work, thread=True, exclusive=True, group=group, name=group, exit_on_error=False)

    def write(self, write: Callable[[], object], then: Callable[[object], object]) -> None:
        """Write in a thread, one writer at a time, read the register again, and give the outcome to ``then``."""

        def work() -> None:
            with self.session.writing:
                outcome = self._outcome_of(write)
                fresh = self._outcome_of(self.session.read_again)
            if self.is_running:
                self.call_from_thread(self._written, outcome, fresh, then)

        self.run_worker(work, thread=True, group="writing", name="record", exit_on_error=False)

    def _outcome_of(self, do: Callable[[], object]) -> object:
        """Return what came of it; a fault that nobody foresaw is told by the application, not lost in a thread."""
        try:
            return outcome_of(do)
        except Exception as error:
            if self.is_running:
                self.call_from_thread(self._handle_exception, error)
            raise

    def keep(self, do: Callable[[], object]) -> None:
        """Keep or drop a draft, in order and off the screen's thread."""
        self._writer.submit(do)

    def take(self, fresh: object) -> None:
        """Show a fresh snapshot on every screen; an error is told instead. The application knows how."""

    def _written(self, outcome: object, fresh: object, then: Callable[[object], object]) -> None:
        self.take(fresh)
        then(outcome)


def outcome_of(do: Callable[[], object]) -> object:
    """Do something, and return what came of it, or the error that a person can be told."""
    try:
        return do()
    except SPOKEN as error:
        return error
