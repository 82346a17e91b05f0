# PYTHON_ARGCOMPLETE_OK
"""Start the program: ``bscp`` alone opens the screens, ``bscp COMMAND`` does one thing and ends."""

import gc
import sys


def main(arguments: list[str] | None = None) -> int:
    """Run the command line and return the exit status."""
    from bscp_tui.cli.main import run

    if arguments is not None:
        return run(arguments)
    status = run(sys.argv[1:])
    gc.freeze()  # the process ends: looking through what it holds for garbage would take as long as a small command
    return status


if __name__ == "__main__":
    sys.exit(main())
