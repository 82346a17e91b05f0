"""One of several people who send at the same moment: records, says so, waits for the word, sends.

Run as ``python sender.py COPY FIRST COUNT``; a line on standard input is the word.
"""

import sys
from pathlib import Path

from bscp_tui.sharing.syncing import sync
from tests.support import addition, opened


def main(copy: Path, first: int, count: int) -> int:
    """Record ``count`` agencies, send them, and print the entries' ids."""
    register = opened(copy)
    for number in range(first, first + count):
        entry = register.record(addition(f"agency-{number}"))
        assert entry is not None
        print(entry.entry)
    print("ready", flush=True)
    sys.stdin.readline()
    outcome = sync(opened(copy))
    print(outcome.problem or "sent", flush=True)
    return 0 if outcome.done else 1


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])))
