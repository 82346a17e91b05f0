"""The application's part in travelling through time: which day the screens show, and how they come back."""

from functools import partial
from typing import TYPE_CHECKING, Any

from rich.text import Text
from textual.screen import Screen

from bscp_tui.tui.safe_text import plain
from bscp_tui.tui.screens.base import RegisterScreen
from bscp_tui.tui.session import Past
from bscp_tui.tui.tidying import Tidying

if TYPE_CHECKING:
    from bscp_tui.tui.screens.time_bar import Chosen


class Travelling(Tidying):
    """The part of the application that shows one day or another."""

    _entered: Screen[Any] | None = None  # the screen on which the past was entered; back from it leads to today

    def tell(self, text: Text, *, serious: bool = False) -> None:
        """Show a short notice; its text is never read as markup."""
        self.notify(text.plain, markup=False, severity="warning" if serious else "information")

    def say_why_not(self) -> bool:
        """Say why nothing can be recorded now; False where it can."""
        why = self.session.no_writing
        if why is not None:
            self.tell(plain(why), serious=True)
        return why is not None

    def show_anew(self) -> None:
        """Let every screen show the register anew."""
        for screen in self.screen_stack:
            if isinstance(screen, RegisterScreen):
                # One at a time, so that keys are heard in between.
                screen.call_later(screen.frame_day)
                screen.call_later(screen.say_unsent)
                screen.call_later(screen.register_changed)

    def show_seals(self) -> None:
        """Let every screen show what is now known of whether the history is whole."""
        for screen in self.screen_stack:
            if isinstance(screen, RegisterScreen):
                screen.seals_changed()

    def leave_past(self, screen: Screen[Any]) -> bool:
        """Go back to today if ``screen`` is the one on which the past was entered, or Home; say whether it was."""
        within = self._entered in self.screen_stack
        here = screen is self._entered or (getattr(screen, "is_home", False) and not within)
        if self.session.moment is None or not here:
            return False
        self._stand_today()
        return True

    def action_travel_in_time(self) -> None:
        """Open the time bar; from a past day go back to today."""
        if not hasattr(self, "session"):
            return
        if self.session.moment is not None:
            self._stand_today()
        else:
            self.action_choose_another_day()

    def action_choose_another_day(self) -> None:
        """Open the time bar."""
        from bscp_tui.tui.screens.time_bar import TimeBar

        if hasattr(self, "session"):
            bar = TimeBar(plain("Show the register as at another day", "bold"), self.session.moment, self.session.visit)
            self.push_screen(bar, self._chosen)

    def action_compare_days(self) -> None:
        """Show what changed between the day that is shown and another."""
        from bscp_tui.tui.screens.compare import CompareScreen

        if hasattr(self, "session"):
            self.push_screen(CompareScreen())

    def action_undo_entry(self) -> None:
        """Offer to take back the entry that the screen stands on, else the person's own last one."""
        from bscp_tui.tui.screens.undo import last_own

        if not hasattr(self, "session") or self.say_why_not():
            return
        named = getattr(self.screen, "entry_here", None)
        if named is not None:
            self.open_undo(named)
        else:
            self.fetch("undo", partial(last_own, self.session), self.open_undo)

    def open_undo(self, name: object) -> None:
        """Ask whether and why the entry that ``name`` names is taken back."""
        from bscp_tui.tui.screens.undo import UndoDialog

        if isinstance(name, str):
            self.push_screen(UndoDialog(name))
        else:
            self.tell(plain(name or "You have recorded nothing yet that could be taken back."))

    def _chosen(self, chosen: "Chosen | None") -> None:
        if chosen is None:
            return
        if isinstance(chosen.prepared, Past):
            self._stand_at(chosen.prepared)
        else:
            self._stand_today()

    def _stand_at(self, past: Past) -> None:
        if self.session.moment is None:
            self._entered = self.screen
        self.session.stand_at(past)
        self.show_anew()

    def _stand_today(self) -> None:
        if self.session.moment is not None:
            self._entered = None
            self.session.stand_today()
            self.show_anew()
