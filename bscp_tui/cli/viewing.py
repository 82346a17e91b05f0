"""``bscp list --view NAME``: what a saved view keeps of a list, put where the command line's own words go."""

from argparse import Namespace

from bscp_tui.cli.opening import register_of
from bscp_tui.cli.usage import UsageError
from bscp_tui.model.filter_line import parts_of
from bscp_tui.model.kinds import KINDS
from bscp_tui.model.saved_view import shared_views
from bscp_tui.model.shown_list import ShownList
from bscp_tui.store.own_views import own_views


def apply_view(options: Namespace) -> None:
    """Let the options say what the view that they name shows; what else they say goes on top.

    Raises:
        UsageError: There is no such view, or it is of another kind than the one that was named.

    """
    shown = _named(options)
    if options.kind is not None and options.kind not in KINDS:
        options.filters = [options.kind, *options.filters]  # with a view no kind is needed: it is a filter
    elif options.kind not in {None, shown.kind}:
        raise UsageError(f"The view “{shown.title}” is of {shown.kind}, not of {options.kind}.")
    options.kind = shown.kind
    options.filters = [*parts_of(shown.filter), *options.filters]
    options.columns = options.columns or ",".join(shown.columns)
    if not options.sort:
        options.sort, options.descending = shown.sort or None, options.descending or shown.descending


def _named(options: Namespace) -> ShownList:
    shared = {view.ref: shown for view, shown in shared_views(register_of(options).snapshot())}
    own = own_views()
    wanted = options.view.strip().lower()
    for ref, shown in shared.items():
        if wanted in {ref.lower(), ref.lower().rpartition("/")[2], shown.title.lower()}:
            return shown
    for shown in own:
        if shown.title.lower() == wanted:
            return shown
    names = ", ".join(f"“{shown.title}”" for shown in (*shared.values(), *own)) or "none yet; f in a list keeps one"
    raise UsageError(f"There is no saved view “{options.view}”. There are: {names}.")
