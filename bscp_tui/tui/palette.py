"""The palette (ctrl+p): commands and records, found by typing part of their names."""

import asyncio
from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING, cast

from rich.text import Text
from textual.command import CommandList, CommandPalette, DiscoveryHit, Hit, Hits, Provider

from bscp_tui.model.kinds import KINDS
from bscp_tui.model.text import shortened
from bscp_tui.tui.commands import Command
from bscp_tui.tui.found_lines import LONGEST
from bscp_tui.tui.safe_text import joined, plain, plain_line
from bscp_tui.tui.screens.base import Hosted
from bscp_tui.tui.tones import Tones

if TYPE_CHECKING:
    from textual.app import App
    from textual.worker import Worker

    from bscp_tui.tui.app import RegisterApp

ENOUGH = 12  # letters are cheap: more records than that are found by typing on

VERBS = frozenset({"add", "new", "create", "make", "record"})
# Textual gives what fits well a score of some tens. With a verb the person wants to add; without it, among much else.
ASKED_FOR, MEANT_PERHAPS = 1000.0, 0.3
ADDS = "Open the form for a new one; the sentence is seen before it is recorded."


class Palette(Hosted, CommandPalette):
    """Textual's palette, which closes itself only, and has no pages where a small screen leaves no room for any."""

    def _gather_commands(self, search_value: str) -> "Worker[None] | None":  # type: ignore[override]
        """Look for nothing more once it has closed: what it would show that in is gone."""
        return super()._gather_commands(search_value) if self.is_active else None

    def _action_command_list(self, action: str) -> None:
        if self.query_one(CommandList).scrollable_content_region:
            super()._action_command_list(action)


class CommandProvider(Provider):
    """The commands of the screen and of the whole program."""

    async def discover(self) -> Hits:
        """Yield every command."""
        for command in self._commands():
            yield DiscoveryHit(
                _told(self._host, command), self._run(command), text=command.label(), help=command.help()
            )

    async def search(self, query: str) -> Hits:
        """Yield the commands that fit what is typed."""
        matcher = self.matcher(query)
        for command in self._commands():
            score = max(matcher.match(command.label()), matcher.match(command.help()) / 2)
            if score > 0:
                yield Hit(
                    score, _told(self._host, command), self._run(command), text=command.label(), help=command.help()
                )

    def _commands(self) -> Iterator[type[Command]]:
        host = self._host
        for command in dict.fromkeys([*getattr(self.screen, "commands", ()), *host.commands]):
            name = f"action_{command.action().partition('(')[0]}"
            if hasattr(self.screen, name) or hasattr(host, name):
                yield command

    @property
    def _host(self) -> "RegisterApp":
        return cast("RegisterApp", self.app)

    def _run(self, command: type[Command]) -> partial[None]:
        return partial(self._host.do, command)


class AddProvider(Provider):
    """A record of each kind, to be added from wherever one is: “new audit”, “add key action”."""

    async def search(self, query: str) -> Hits:
        """Yield the kinds whose names hold the typed words."""
        typed = query.lower().replace("-", " ").split()
        wanted = [word for word in typed if word not in VERBS]
        host = cast("RegisterApp", self.app)
        for kind in KINDS.values():
            name = kind.name.replace("-", " ")
            only_one = kind.reference == kind.name
            if (
                only_one
                or not wanted
                or not all(any(part.startswith(word) for part in name.split()) for word in wanted)
            ):
                continue
            score = ASKED_FOR if len(wanted) < len(typed) else MEANT_PERHAPS
            said = f"Add {name}"
            yield Hit(score, plain(said), partial(host.ask_add, kind, ""), text=said, help=ADDS)


class RecordProvider(Provider):
    """The records of the register."""

    async def search(self, query: str) -> Hits:
        """Yield the records that hold every typed word."""
        host = cast("RegisterApp", self.app)
        for place, found in enumerate(host.session.find(query, limit=ENOUGH)):
            view = found.view
            told = joined(plain_line(view.ref, "bold"), plain_line(f"  {shortened(view.title, LONGEST)}"))
            yield Hit(0.5 - place / 100, told, partial(host.open_record, view), text=told.plain)


class ViewProvider(Provider):
    """The person's own saved views; those of the register are found as records."""

    async def startup(self) -> None:
        """Begin to read them, beside the screen's thread.

        Nothing is waited for here. Textual gives up what a letter looks for once the next is typed, and with it what
        that waits for: a start that was given up so would never end, and the palette would find nothing any more.
        """
        from bscp_tui.store.own_views import own_views

        self._views = asyncio.ensure_future(asyncio.to_thread(own_views))

    async def search(self, query: str) -> Hits:
        """Yield the views that fit what is typed."""
        matcher = self.matcher(query)
        for shown in await asyncio.shield(self._views):
            score = matcher.match(shown.title)
            if score > 0:
                told = plain_line(f"{shown.title} · saved view")
                yield Hit(score, told, partial(cast("RegisterApp", self.app).open_view, shown), text=told.plain)


def _told(host: "RegisterApp", command: type[Command]) -> Text:
    key = host.key_of(command)
    return joined(plain(command.label()), plain(f"  {key}" if key else "", Tones(cast("App[object]", host)).quiet))
