"""What looks at a change before it is recorded, beside the rules of its own kind."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bscp_tui.model.amendment import Amendment
    from bscp_tui.model.rules import Step


@dataclass(frozen=True)
class Gate:
    """What a register asks before anything is recorded in it.

    Attributes:
        brought: Refuses a step that brings what cannot be (RefusedChangeError); returns what else it brings
            that is questionable, a sentence each.
        private: Refuses texts that look like somebody's particulars, unless the change says why they may stand.

    """

    brought: Callable[["Step"], tuple[str, ...]]
    private: Callable[["Amendment"], None]
