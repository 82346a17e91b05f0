"""The links of a record: what it names, what names it, and the chain that it stands in."""

from collections.abc import Iterator
from functools import partial
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import OptionList

from bscp_tui.model.view import View
from bscp_tui.store.snapshot import Snapshot
from bscp_tui.tui import commands as c
from bscp_tui.tui.links import Chain, Linked, chains_of, links_of
from bscp_tui.tui.patience import Patience
from bscp_tui.tui.safe_text import joined, plain, plain_line
from bscp_tui.tui.screens.base import RegisterScreen, TopLine
from bscp_tui.tui.screens.dialogs import away_dialog, row_dialog
from bscp_tui.tui.widgets.foot import Foot
from bscp_tui.tui.widgets.words import Choice, Line, Lines

LINKS = "links"
SAID = 16  # cells for the words of a link
NONE = "Nothing is linked to this record yet. Press a to link it to another."


class LinksScreen(RegisterScreen):
    """What a record names and what names it; Enter follows a link, Esc comes back."""

    commands: ClassVar[tuple[type[c.Command], ...]] = (
        c.OpenLinked, c.AddLink, c.TakeLinkAway, c.Back, c.Home,
    )  # fmt: skip
    BINDINGS: ClassVar[list[BindingType]] = [
        *c.bindings_of((c.AddLink, c.TakeLinkAway, c.Back, c.Home)),
        Binding("left", "back", show=False),
    ]
    AUTO_FOCUS = "#list"

    def __init__(self, view: View) -> None:
        """Show the links of ``view``."""
        super().__init__()
        self._view = view
        self._patience = Patience(self, self._say)

    def in_plain_text(self) -> str:
        """Return the command that says the same without a screen."""
        return f"bscp show {self._view.ref}"

    def compose(self) -> ComposeResult:
        """Lay out the list."""
        yield TopLine(plain_line(f"Links of {self._view.ref} {self._view.title}", "bold"))
        yield Lines(id="list")
        yield Foot()

    def on_mount(self) -> None:
        """Read the links."""
        self._fetch()

    def register_changed(self) -> None:
        """Read the links anew."""
        row = self.session.row_at(self._view.ref)
        if isinstance(row, View):
            self._view = row
        self._fetch()

    def action_open_linked(self) -> None:
        """Follow the link under the cursor."""
        self.query_one(Lines).action_select()

    @on(OptionList.OptionSelected)
    def followed(self, event: OptionList.OptionSelected) -> None:
        """Open the record at the other end."""
        means = event.option.means if isinstance(event.option, Choice) else None
        ref = means.ref if isinstance(means, Linked) else means
        found = self.session.row_at(str(ref)) if ref else None
        if isinstance(found, View):
            self.host.open_record(found)
        elif ref:
            self.host.tell(plain_line(f"{ref} cannot be read, or is not in the register."))

    def action_add_link(self) -> None:
        """Ask for another link."""
        self.host.ask(row_dialog(LINKS), self._view)

    def action_take_link_away(self) -> None:
        """Ask why the link under the cursor is taken away."""
        lines = self.query_one(Lines)
        linked = lines.meant(lines.highlighted)
        if isinstance(linked, Linked) and linked.row is not None:
            self.host.ask(away_dialog(LINKS, linked.row.id), linked.owner)
        elif isinstance(linked, Linked):
            told = f"A field of {linked.owner.ref} says this: change it there (e)."
            self.host.tell(plain_line(told))

    def _fetch(self) -> None:
        self._patience.begin("reading …")
        self.fetch("links-screen", partial(_read, self.session.snapshot, self._view), self._show)

    def _say(self, said: str) -> None:
        if self.is_mounted:
            heading = plain_line(f"Links of {self._view.ref} {self._view.title}", "bold")
            self.query_one(TopLine).say(heading, plain(said, "bold"))

    def _show(self, found: object) -> None:
        self._patience.end()
        if not self.is_mounted:
            return
        if not isinstance(found, tuple):
            self._say("")
            self.query_one(Lines).show_lines([Line(plain(f"The links cannot be read: {found}"), disabled=True)])
            return
        links, chains = found
        self._say(f"{len(links)} {'link' if len(links) == 1 else 'links'}")
        lines = [self._line(linked) for linked in links] or [Line(plain(NONE, self.tones.quiet), disabled=True)]
        for chain in chains:
            lines += self._chain(chain)
        shown = self.query_one(Lines)
        shown.show_lines(lines)
        if shown.highlighted is None:
            shown.highlighted = next((at for at, line in enumerate(lines) if not line.disabled), None)

    def _line(self, linked: Linked) -> Line:
        said = plain_line(f"{linked.said:<{SAID}} ", self.tones.quiet)
        note = plain_line(f" · {linked.note}" if linked.note else "", self.tones.quiet)
        return Line(joined(said, plain_line(linked.ref, "bold"), plain_line(f"  {linked.title}"), note), linked)

    def _chain(self, chain: Chain) -> Iterator[Line]:
        tones = self.tones
        whole = chain.breaks == "whole"
        end = plain("● whole", tones.good) if whole else plain_line(f"▲ {chain.breaks}", tones.late)
        yield Line(joined(plain("\nFrom finding to proof: ", "bold"), end), disabled=True)
        for depth, place in enumerate(chain.places):
            arrow = plain(f"{'→' if depth else ' '} {place.name:<{SAID - 2}} ", tones.quiet)
            for ref, title in place.refs:
                yield Line(joined(arrow, plain_line(ref, "bold"), plain_line(f"  {title}")), ref)
            if not place.refs:
                told = plain("▲ it breaks here", tones.late) if place.missing else plain("none yet", tones.quiet)
                yield Line(joined(arrow, told), disabled=True)


def _read(snapshot: Snapshot, view: View) -> tuple[list[Linked], list[Chain]]:
    return links_of(snapshot, view), chains_of(snapshot, view)
