# PYTHON_ARGCOMPLETE_OK
"""Start the program: ``bscp`` alone opens the screens, ``bscp COMMAND`` does one thing and ends."""

import atexit
import contextlib
import gc
import os
import sys


def main(arguments: list[str] | None = None) -> int:
    """Run the command line and return the exit status."""
    if arguments is None:  # of a longer life, in which garbage is collected as ever, whoever calls this is the owner
        # A command is over before collecting its garbage would pay; only a very large one collects at all.
        gc.set_threshold(2_000_000, 20, 20)

    from bscp_tui.cli.main import run

    if arguments is not None:
        return run(arguments)
    ended: list[int] = []
    atexit.register(_end, ended)  # the first that is registered is the last that is called
    ended.append(run(sys.argv[1:]))
    return ended[0]


def _end(ended: list[int]) -> None:
    """End the process once all else is done: to take apart what it holds would take as long as a small command."""
    if not ended:
        return  # something went wrong that Python has to tell
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(OSError, ValueError):
            stream.flush()  # ``run`` did so, and told what went wrong; this is for what was said since
    os._exit(ended[0])


if __name__ == "__main__":
    sys.exit(main())
