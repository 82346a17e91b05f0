"""``bscp trust copy``: say that a copy which somebody else prepared may be written to."""

from argparse import Namespace

from bscp_tui.cli.main import DONE
from bscp_tui.cli.opening import register_of
from bscp_tui.model.text import one_line
from bscp_tui.store.prepared import remember_trust


def run_trust(options: Namespace) -> int:
    """Trust this register's folder with the git settings that it has now, or no longer."""
    repository = register_of(options).repository
    if options.forget:
        remember_trust(repository.root, None)
        print(f"{repository.root} is no longer trusted.")
        return DONE
    if not repository.doubts:
        print(f"{repository.root} has no setting that needs trust.")
        return DONE
    for doubt in repository.doubts:
        print(f"{one_line(doubt.key)}: {one_line(doubt.value)}")
    remember_trust(repository.root, repository.doubts)
    print(f"You trust {repository.root} with these settings; if they change, you will be asked again.")
    return DONE
