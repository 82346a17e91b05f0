"""The dialog that changes many records at once: every sentence is seen first, all of it is undone as one."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial

from rich.text import Text
from textual.widget import Widget
from textual.widgets import Select
from textual.worker import get_current_worker

from bscp_tui.model.amendment import NEEDS_REASON
from bscp_tui.model.entry import Entry
from bscp_tui.model.fields import FieldFacts
from bscp_tui.model.reading import read_value
from bscp_tui.model.record import Kind
from bscp_tui.model.view import Circumstances, RefusedChangeError, View
from bscp_tui.rounds.many import Planned, planned
from bscp_tui.rounds.together import grouped, record_together
from bscp_tui.tui.safe_text import joined, plain, plain_line
from bscp_tui.tui.screens.change import RecordingDialog
from bscp_tui.tui.screens.form import PREFIX, asked_fields, question
from bscp_tui.tui.session import Session
from bscp_tui.tui.widgets.asked import Asked
from bscp_tui.tui.widgets.virtual_list import VirtualList

CANCEL, LEAVE_OUT = "cancel", "leave-out"
NAMED = 3  # references that the command line's way names; who marked more knows how to go on
DIALOG = "many"
PREVIEW = "sentences of many"  # the group of what works them out
AS_IT_IS = "as it is"


class ManyDialog(RecordingDialog):
    """Asks what is to be the same for all of the records; what stays empty stays as it is."""

    name_of_dialog: str = DIALOG

    def __init__(self, kind: Kind, views: Sequence[View]) -> None:
        """Ask about ``views``, which are of ``kind``."""
        super().__init__(f"{DIALOG} {kind.name}")
        self.kind, self.views = kind, list(views)
        self.plans: list[Planned] = []

    def heading(self) -> Text:
        """Say how many, and how the command line does the same."""
        same = self.in_plain_text()
        count = len(self.views)
        what = self.kind.plural.lower() if count != 1 else self.kind.name.replace("-", " ")
        head = plain(f"Change {count:,} {what} (what stays empty stays as it is)\n")
        return joined(head, plain_line(same, self.tones.quiet))

    def in_plain_text(self) -> str:
        """Return the command that changes several records alike."""
        refs = ",".join(view.ref for view in self.views[:NAMED])
        return f"bscp set {refs}{',…' if len(self.views) > NAMED else ''} FIELD=VALUE --reason TEXT"

    def facts(self) -> list[FieldFacts]:
        """Return the fields that may be the same for several; a title or a number may not."""
        return [facts for facts in asked_fields(self.kind.model) if not facts.required or facts.choices]

    def questions(self) -> Iterator[Widget]:
        """Yield what is changed most often, why, what is to become of those that are refused, then all else."""
        often = NEEDS_REASON | set(self.kind.columns)
        first = [facts for facts in self.facts() if facts.name in often]
        first.sort(key=lambda facts: facts.name != "status")
        yield from (question(facts, "", AS_IT_IS) for facts in first)
        yield from super().why_questions()
        choices = [(plain("nothing at all is recorded"), CANCEL), (plain("it is left out"), LEAVE_OUT)]
        select: Select[str] = Select(
            choices, value=CANCEL, allow_blank=False, id="refused", classes="field", compact=True
        )
        yield Asked(plain("If one is refused"), select)
        yield from (question(facts, "", AS_IT_IS) for facts in self.facts() if facts not in first)

    def why_questions(self) -> Iterator[Widget]:
        """Yield nothing more: they stand among the questions."""
        yield from ()

    def previewed(self) -> Iterator[Widget]:
        """Yield the list of sentences."""
        yield VirtualList(id="previewed")

    def typed_values(self) -> dict[str, str]:
        """Return the fields, and which records they are for."""
        return super().typed_values() | {"marked": " ".join(view.ref for view in self.views)}

    def preview(self) -> None:
        """Work out every sentence beside the screen's thread."""
        try:
            work = self._work()
        except ValueError as error:
            self._show([])
            self.say(plain(error, self.tones.soon))
            return
        self.host.fetch(PREVIEW, work, self._previewed)

    def stop_previewing(self) -> None:
        """Let the sentences that are being worked out go, too."""
        super().stop_previewing()
        self.host.workers.cancel_group(self.host, PREVIEW)

    def record_typed(self) -> None:
        """Record all, unless one is refused and nothing is to be recorded then."""
        if self.saving:
            return
        try:
            work = self._work()
        except ValueError as error:
            self.say(plain(error, self.tones.bad))
            return
        leave_out = self.typed_values().get("refused") == LEAVE_OUT
        self.write(partial(_recorded, self.session, work, self.host.waiting, self._progress, leave_out=leave_out))

    def say_recorded(self, outcome: object) -> None:
        """Say how many were recorded, and let the marks go."""
        entries = outcome if isinstance(outcome, list) else []
        for warning in dict.fromkeys(warning for entry in entries for warning in entry.warnings):
            self.host.tell(plain(warning), serious=True)
        self.host.tell(plain(f"Recorded: {len(entries):,} changes, each an entry. ctrl+z takes all of them back."))
        self.host.let_marks_go()

    def _work(self) -> Callable[[], list[Planned]]:
        """Return what works the sentences out.

        Raises:
            ValueError: A field cannot be read, or nothing is asked for.

        """
        values, why = self._values(), self.circumstances()
        if not values and not why.evidence:
            raise ValueError("Nothing is changed yet: fill in what is to be the same for all of them.")
        return partial(_planned, self.session, self.views, values, why)

    def _values(self) -> dict[str, object]:
        texts, read = self.typed_values(), {}
        for facts in self.facts():
            text = texts.get(f"{PREFIX}{facts.name}", "")
            if text.strip():
                read[facts.name] = read_value(facts, text, today=self.session.today, finder=self.session.snapshot)
        return read

    def _previewed(self, plans: object) -> None:
        if not self.is_mounted or self.saving:
            return
        if isinstance(plans, list):
            self._show(plans)
            self.say(self._summary(plans))
        else:
            self.say(plain(plans, self.tones.soon))

    def _summary(self, plans: Sequence[Planned]) -> Text:
        refused = [plan for plan in plans if plan.error is not None]
        if refused and len(refused) == len(plans) and getattr(refused[0].error, "field", None) == "reason":
            return plain(refused[0].error, self.tones.soon)
        done = sum(plan.amendment is not None for plan in plans)
        same = len(plans) - done - len(refused)
        told = [f"{done:,} will be recorded, one entry each, one undo for all"]
        told += [f"{len(refused):,} refused"] if refused else []
        told += [f"{same:,} say so already"] if same else []
        cautions = sum(bool(plan.amendment and plan.amendment.cautions) for plan in plans)
        told += [f"take care with {cautions:,}: a rule warns"] if cautions else []
        return plain(" · ".join(told), self.tones.soon if refused or cautions else "bold")

    def _show(self, plans: Sequence[Planned]) -> None:
        self.plans = list(plans)
        tones = self.tones

        def line(place: int, _width: int) -> Text:
            plan = plans[place]
            if plan.error is not None:
                return plain_line(f"✗ {plan.told}", tones.bad)
            return plain_line(f"{'✓' if plan.amendment else '·'} {plan.told}", "" if plan.amendment else tones.quiet)

        self.query_one("#previewed", VirtualList).show_lines(len(plans), line)

    def _progress(self, done: int, total: int) -> None:
        """Say how far it is; called from the writer's thread."""
        self.app.call_from_thread(self.say, plain(f"Recording … {done:,} of {total:,}", self.tones.quiet))


def _planned(
    session: Session, views: Sequence[View], values: Mapping[str, object], why: Circumstances
) -> list[Planned]:
    """Work out every sentence, in a worker thread."""
    worker = get_current_worker()
    return planned(session.register, session.snapshot, views, lambda _: values, why, lambda: not worker.is_cancelled)


def _recorded(
    session: Session,
    work: Callable[[], list[Planned]],
    told: Callable[[str], None],
    progress: Callable[[int, int], None],
    *,
    leave_out: bool,
) -> list[Entry]:
    """Record all that is not refused; nothing where one is and none is to be left out. For a worker thread.

    Raises:
        RefusedChangeError: One is refused, or all say so already.

    """
    plans = work()
    refused = [plan for plan in plans if plan.error is not None]
    wanted = [plan.amendment for plan in plans if plan.amendment is not None]
    if refused and not (leave_out and wanted):
        more = f" And {len(refused) - 1:,} more." if len(refused) > 1 else ""
        msg = f"Nothing was recorded. {refused[0].told}{more}"
        raise RefusedChangeError(msg, field=getattr(refused[0].error, "field", None))
    if not wanted:
        raise RefusedChangeError("Nothing was recorded: all of them say so already.")
    return record_together(session.register, grouped(wanted), told, progress)
