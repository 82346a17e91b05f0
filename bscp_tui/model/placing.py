"""What belongs to a plan, and to a priority of it: said by its path, never typed."""

from typing import TYPE_CHECKING

from bscp_tui.model.record import Part, derived

if TYPE_CHECKING:
    from bscp_tui.model.view import View


class InPlan(Part):
    """What lies in a plan's folder."""

    @derived
    def plan(self, view: "View") -> str:
        """The plan that it belongs to."""
        return view.names["plan"]


class InPriority(InPlan):
    """What a plan numbers under one of its priorities: 4, 4.1, 4.1.3."""

    @derived
    def priority(self, view: "View") -> str:
        """The number of its priority, as the filter ``priority=4`` names it."""
        return view.names["number"].partition(".")[0]
