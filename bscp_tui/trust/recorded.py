"""The roster as it is recorded now."""

from dataclasses import dataclass

from bscp_tui.model.document import Document
from bscp_tui.model.roster import Roster
from bscp_tui.store.errors import RegisterError
from bscp_tui.store.repository import Repository
from bscp_tui.store.toml_text import parse
from bscp_tui.trust.standing import NotVouchedError, read_standing


@dataclass(frozen=True)
class Committed:
    """The roster of the last entry: its document, what it says, and the id of its bytes."""

    document: Document
    roster: Roster
    blob: str


def committed_roster(repository: Repository) -> Committed | None:
    """Return the roster as the last entry holds it; None where there is none.

    Raises:
        RegisterError: It cannot be read.

    """
    head = repository.head() if repository.git_dir else None
    if head is None:
        return None
    name = f"{head}:{repository.prefix}roster.toml"
    found = repository.objects([name])[name]
    if found is None:
        return None
    try:
        return Committed(parse(found[2]), read_standing(found[2], found[1]).roster, found[1])
    except NotVouchedError as error:
        msg = f"{name.partition(':')[2]}: {error}"
        raise RegisterError(msg) from error
