"""The application's part in sharing: sending and receiving behind the screens, and joining a shared copy."""

import datetime as dt
from abc import abstractmethod
from functools import partial
from typing import TYPE_CHECKING

from bscp_tui.tui.opening import Opening
from bscp_tui.tui.safe_text import plain
from bscp_tui.tui.session import Session
from bscp_tui.tui.shared_state import in_short, send_and_receive
from bscp_tui.tui.work import outcome_of

if TYPE_CHECKING:
    from bscp_tui.sharing.conflicts import SharedConflict


class Exchanging(Opening):
    """The part of the application that talks to the shared copy."""

    today: dt.date

    @abstractmethod
    def action_reload(self) -> None:
        """Read the register's files again."""

    def action_send_and_receive(self) -> None:
        """Show what will go and what came; from there the same key sends and receives."""
        from bscp_tui.tui.screens.exchange import ExchangeScreen

        if hasattr(self, "session"):
            self.push_screen(ExchangeScreen())

    def action_join_a_shared_copy(self) -> None:
        """Ask for the address of a shared copy, and go on with it."""
        from bscp_tui.tui.screens.join import JoinDialog

        if hasattr(self, "session"):
            self.push_screen(JoinDialog())

    def exchange(self) -> None:
        """Send and receive in a thread of its own, so that the work goes on; one at a time."""
        session = self.session
        if session.shared.under_way:
            return
        session.shared.under_way, session.shared.words = True, ""

        def work() -> None:
            outcome = outcome_of(partial(send_and_receive, session.register, partial(self._heard, session)))
            fresh = outcome_of(session.read_again)
            if self.is_running:
                self.call_from_thread(self._exchanged, session, outcome, fresh)

        self.run_worker(work, thread=True, group="exchanging", name="exchange", exit_on_error=False)
        self.show_exchange()

    def show_exchange(self) -> None:
        """Let every screen show how the register stands to the shared copy."""
        from bscp_tui.tui.screens.base import RegisterScreen

        for screen in self.screen_stack:
            if isinstance(screen, RegisterScreen):
                screen.call_later(screen.exchange_changed)

    def decide(self, conflict: "SharedConflict") -> None:
        """Ask which of two values counts."""
        from bscp_tui.tui.screens.two_values import TwoValuesDialog

        if not self.say_why_not():
            self.push_screen(TwoValuesDialog(conflict))

    def joined(self, session: Session) -> None:
        """Go on with the register that was joined."""
        self.change_register(session)
        self.tell(plain("You have your own copy of the shared register now. Press y to send and receive."))

    @abstractmethod
    def go_home(self) -> None:
        """Go to the first screen."""

    def _heard(self, session: Session, words: str) -> None:
        """Keep what a sending and receiving says of itself; called from its thread."""
        session.shared.words = words
        if self.is_running:
            self.call_from_thread(self.show_exchange)

    def _exchanged(self, session: Session, outcome: object, fresh: object) -> None:
        from bscp_tui.sharing.outcome import Outcome
        from bscp_tui.sharing.problems import Problem

        shared = session.shared
        shared.under_way = False
        if isinstance(outcome, Exception):
            outcome = Outcome(problem=Problem("unknown", f"It did not work: {outcome}.", "Try again."))
        if not isinstance(outcome, Outcome) or session is not self.session:
            return
        shared.outcome = outcome
        self.take(fresh)
        self.show_exchange()
        if not any(getattr(screen, "shows_exchange", False) for screen in self.screen_stack[-1:]):
            self.tell(plain(in_short(outcome)), serious=not outcome.done)
