"""The gate that programs open a register with; the rules are loaded when the first change comes."""

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING

from bscp_tui.model.gates import Gate
from bscp_tui.store.register import Register, open_register

if TYPE_CHECKING:
    from bscp_tui.model.amendment import Amendment
    from bscp_tui.model.rules import Step


def _brought(step: "Step") -> tuple[str, ...]:
    from bscp_tui.checks.gate import brought

    return brought(step)


def _private(amendment: "Amendment") -> None:
    from bscp_tui.checks.privacy import refuse_particulars

    refuse_particulars(amendment)


_GATE = Gate(_brought, _private)


def open_guarded(folder: Path, today: dt.date, *, read_only: bool = False) -> Register:
    """Open the register in ``folder`` so that nothing is recorded in it unlooked at; commands and screens open it so.

    Raises:
        NoRegisterError: There is none.
        RegisterError: It cannot be read.

    """
    return open_register(folder, today, read_only=read_only, gate=_GATE)
