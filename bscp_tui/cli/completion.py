"""What the shell offers when a person presses Tab: kinds, references, statuses, forms.

Loaded only when a shell asks; ``eval "$(register-python-argcomplete bscp)"`` makes it ask.
"""

import argparse
import datetime as dt
from collections.abc import Callable, Iterable

import argcomplete

from bscp_tui.cli.opening import register_of
from bscp_tui.cli.output import ENDINGS
from bscp_tui.model.kinds import KINDS
from bscp_tui.model.workflow import PROGRESS

Completer = Callable[..., Iterable[str]]


def complete(parser: argparse.ArgumentParser) -> None:
    """Answer a shell's question and end, if it asks one."""
    completers: dict[str, Completer] = {
        "kind": lambda **_: KINDS,
        "ref": _references,
        "status": lambda **_: PROGRESS.statuses,
        "format": lambda **_: sorted({*ENDINGS.values(), "table"}),
    }
    for command in _commands(parser):
        for action in command._actions:  # noqa: SLF001 - argparse has no other way to its arguments
            if action.dest in completers:
                action.completer = completers[action.dest]  # type: ignore[attr-defined]
    argcomplete.autocomplete(parser)


def _commands(parser: argparse.ArgumentParser) -> Iterable[argparse.ArgumentParser]:
    for action in parser._actions:  # noqa: SLF001 - argparse has no other way to its commands
        if isinstance(action, argparse._SubParsersAction):  # noqa: SLF001
            yield from action.choices.values()


def _references(*, prefix: str, parsed_args: argparse.Namespace, **_: object) -> Iterable[str]:
    """Return references of the current plan in their short form, the others in full."""
    parsed_args.today = parsed_args.today or dt.date.today().isoformat()
    snapshot = register_of(parsed_args).snapshot()
    current = f"{snapshot.settings.current_plan}/"
    refs = [view.ref for view in snapshot.everything()]
    return [ref.removeprefix(current) for ref in refs if ref.removeprefix(current).startswith(prefix)]
