"""Every command of the program, whatever was opened so far: what keys and settings are about."""

from bscp_tui.tui import commands, list_commands, menu, report_commands, round_commands, time_commands
from bscp_tui.tui.command import Command

ROOMS = (commands, list_commands, menu, round_commands, time_commands, report_commands)


def every_command() -> list[type[Command]]:
    """Return every command that is declared in one of the rooms, in their order."""
    found = (one for room in ROOMS for one in vars(room).values() if isinstance(one, type))
    return list(dict.fromkeys(one for one in found if issubclass(one, Command) and one is not Command))
