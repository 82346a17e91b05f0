"""What earlier public editions of a site said of each count of people, so that a later one gives none away."""

import json
from collections.abc import Mapping
from dataclasses import replace

from bscp_tui.model.kinds import KINDS
from bscp_tui.publishing.edition import Edition
from bscp_tui.publishing.names import Names
from bscp_tui.publishing.site import PublishError, Site
from bscp_tui.publishing.small_counts import Key, Told, counts_of, edition, withheld

NAME = "editions.json"
Editions = Mapping[Key, Told]


def read(site: Site) -> Editions:
    """Return what earlier editions in a site said; nothing in a new one.

    Raises:
        PublishError: The file is damaged, so that nobody can tell what is out already.

    """
    if NAME not in site.files:
        return {}
    try:
        told = json.loads((site.folder / NAME).read_bytes())
        return {key: Told(tuple(figures), hidden) for key, (figures, hidden) in told.items()}
    except FileNotFoundError:
        if not site.whole:
            return {}  # the very first publishing was stopped before anything of it was out
        msg = _damaged(site)
    except (OSError, ValueError, TypeError, AttributeError):
        msg = _damaged(site)
    raise PublishError(msg)


def told(earlier: Editions) -> bytes:
    """Return what editions so far said, as the site keeps it; of what is withheld it holds no figure."""
    rows = {key: [list(one.figures), one.withheld] for key, one in sorted(earlier.items())}
    return (json.dumps(rows, ensure_ascii=False, indent=0) + "\n").encode()


def reticent(whole: Edition, names: Names, earlier: Editions) -> tuple[Edition, Editions]:
    """Return a public edition with what it withholds, and what editions will have said once it is out."""
    counts = [
        count
        for kind in KINDS.values()
        if kind.where
        for view in whole.snapshot.views(kind, withdrawn=True)
        for count in counts_of(view)
    ]
    out = withheld(counts, earlier)
    return replace(whole, names=names, out=out), edition(counts, out, earlier)


def _damaged(site: Site) -> str:
    return (
        f"{site.folder / NAME} cannot be read, so nobody can tell which figures earlier editions gave, and which would "
        "give a small count away beside them. Put it back from a copy, or publish into a new folder."
    )
