"""The registry of kinds: one line each. A new kind is its file and its line here."""

from bscp_tui.model.action import ACTION, KEY_ACTION
from bscp_tui.model.bodies import AGENCY, GROUP, PERSON
from bscp_tui.model.plan import PLAN, PRIORITY
from bscp_tui.model.record import Kind
from bscp_tui.model.settings import REGISTER

KINDS: dict[str, Kind] = {
    kind.name: kind
    for kind in (
        PLAN,
        PRIORITY,
        ACTION,
        KEY_ACTION,
        AGENCY,
        GROUP,
        PERSON,
        REGISTER,
    )
}


def kinds_inside(kind: Kind) -> list[Kind]:
    """Return the kinds that live inside ``kind``'s files."""
    return [other for other in KINDS.values() if other.inside and other.inside[0] == kind.name]
