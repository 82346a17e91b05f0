"""The gate that programs open a register with; the rules are loaded when the first change comes."""

from typing import TYPE_CHECKING

from bscp_tui.model.gates import Gate

if TYPE_CHECKING:
    from bscp_tui.model.amendment import Amendment
    from bscp_tui.model.rules import Step


def _brought(step: "Step") -> tuple[str, ...]:
    from bscp_tui.checks.gate import brought

    return brought(step)


def _private(amendment: "Amendment") -> None:
    from bscp_tui.checks.privacy import refuse_particulars

    refuse_particulars(amendment)


GATE = Gate(_brought, _private)
