"""A kind that only tests know: what its declaration alone gives every command and screen."""

from typing import Literal

from bscp_tui.model.fields import BodyRef, Line, LongText, RecordRef, asked, required
from bscp_tui.model.parts import Record
from bscp_tui.model.record import declare
from bscp_tui.model.workflow import Workflow


class Promise(Record):
    """Something that somebody said would be done."""

    workflow = Workflow(("made", "kept", "broken"), {("broken", "kept"): "A broken promise is made again first."})

    title: Line = required("Promise")
    status: Literal["made", "kept", "broken"] = asked("State", default="made")
    text: LongText | None = asked("In full")
    by: BodyRef | None = asked("Made by")
    about: RecordRef | None = asked("About")


PROMISE = declare(
    "promise",
    Promise,
    plural="Promises",
    where="promises/{slug}.toml",
    reference="{slug}",
    columns=("ref", "status", "by"),
)
