"""``bscp demo``: make a register of invented records, for training and measuring."""

import sys
from argparse import Namespace
from pathlib import Path

from bscp_tui.cli.main import DONE
from bscp_tui.cli.usage import UsageError
from bscp_tui.store.importing import make_from
from bscp_tui.synthetic.story import FEWEST, story

MOST_RECORDS, MOST_ENTRIES = 100_000, 1_000_000


def run_demo(options: Namespace) -> int:
    """Make a synthetic register, whole or not at all."""
    records, entries = options.records, options.entries
    if not FEWEST <= records <= MOST_RECORDS:
        msg = f"--records {records}: a synthetic register has {FEWEST} to {MOST_RECORDS:,} records."
        raise UsageError(msg)
    if not 1 <= entries <= MOST_ENTRIES:
        msg = f"--entries {entries}: a synthetic register has 1 to {MOST_ENTRIES:,} entries."
        raise UsageError(msg)
    folder = Path(options.folder).expanduser().absolute()
    make_from(folder, story(records, entries, options.seed), lambda count: _progress(count, entries))
    print(f"Made a synthetic register of {records:,} records and {entries:,} entries (seed {options.seed}) in {folder}")
    return DONE


def _progress(count: int, whole: int) -> None:
    """Say how far it is: often on a terminal, by tenths elsewhere."""
    if sys.stderr.isatty():
        end = "\n" if count + 500 > whole else ""
        print(f"\r{count:,} of {whole:,} entries", end=end, file=sys.stderr, flush=True)
    elif count * 10 // whole > (count - 500) * 10 // whole:
        print(f"{count:,} of {whole:,} entries", file=sys.stderr)
