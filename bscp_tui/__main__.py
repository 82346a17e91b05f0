# PYTHON_ARGCOMPLETE_OK
"""Start the program: ``bscp`` alone opens the screens, ``bscp COMMAND`` does one thing and ends."""

import sys


def main(arguments: list[str] | None = None) -> int:
    """Run the command line and return the exit status."""
    from bscp_tui.cli.main import run

    return run(sys.argv[1:] if arguments is None else arguments)


if __name__ == "__main__":
    sys.exit(main())
