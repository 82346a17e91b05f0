"""``bscp undo``: an entry taken back by a new one."""

from argparse import Namespace

from bscp_tui.cli.changing import circumstances, introduce, told
from bscp_tui.cli.main import DONE, say
from bscp_tui.cli.opening import register_of
from bscp_tui.cli.output import as_json
from bscp_tui.cli.usage import UsageError
from bscp_tui.history.undo import planned, undo
from bscp_tui.model.text import shown


def run_undo(options: Namespace) -> int:
    """Put an entry's old values back, or say what would be recorded."""
    register = register_of(options)
    register.refuse_read_only()
    why = circumstances(register, options)
    if why.evidence:
        msg = "An undo takes no evidence; say in the reason what shows that the entry was wrong."
        raise UsageError(msg)
    if options.dry_run:
        sentences = [register.preview(amendment) for amendment in planned(register, options.entry, why)]
        if options.format == "json":
            print(as_json([{"sentence": sentence, "recorded": False} for sentence in sentences]))
        else:
            print("\n".join(shown(sentence) for sentence in sentences))
            say("Nothing was recorded: --dry-run.")
        return DONE
    introduce(register)
    for entry in undo(register, options.entry, why, say):
        told(entry, options)
    return DONE
