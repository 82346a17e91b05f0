"""Every rule of every kind, by name, gathered from the declarations."""

from collections.abc import Mapping

from bscp_tui.model.kinds import KINDS
from bscp_tui.model.rules import Rule

RULES: Mapping[str, Rule] = {
    rule.name: rule for kind in KINDS.values() for rule in (*kind.model.held_to, *kind.model.always_held_to)
}
