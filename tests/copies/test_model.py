"""Random lives of up to four copies: edits, additions, withdrawals, offline spells, sends, kills; all come together.

Set against a simple model: every entry that was acknowledged is in the shared history exactly once, every
value that was acknowledged stands in the history for good, and all copies end up the same.
"""

import json
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from bscp_tui.model.action_point import ACTION_POINT
from bscp_tui.model.amendment import Amendment, withdraw
from bscp_tui.model.concurrent import all_of
from bscp_tui.model.entry import trailers_of
from bscp_tui.model.view import RefusedChangeError, View
from bscp_tui.sharing.conflicts import Decision
from bscp_tui.sharing.deciding import conflicts, decide
from bscp_tui.sharing.joining import join
from bscp_tui.store import git, reaching, starter
from bscp_tui.store.errors import SaveError
from bscp_tui.store.fresh import fresh_folder
from tests.conftest import _isolate
from tests.copies.conftest import PEOPLE, Copy, entries
from tests.support import TODAY, addition, because, change
from tests.support import git as onlooker

POINTS = ("AP-0001", "AP-0002")
LONG = "BSCP_SOAK" in os.environ
WORDS = st.sampled_from(["one", "two", "three", "four", "five", "six"])


class KilledError(BaseException):
    """The program ends here, as if somebody had pulled the plug."""


@contextmanager
def killed_at(step: int) -> Iterator[None]:
    """End the program at its ``step``-th call of git, half of the time after git did its work."""
    calls = {"count": 0}

    def dying(real: object) -> object:
        def call(*words: object, **more: object) -> object:
            calls["count"] += 1
            if calls["count"] == step and step % 2:
                raise KilledError
            done = real(*words, **more)  # type: ignore[operator]
            if calls["count"] == step:
                raise KilledError
            return done

        return call

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(git, "run", dying(git.run))
        patch.setattr("bscp_tui.store.remote.talk", dying(reaching.talk))
        try:
            yield
        except KilledError:
            return


def base(place: Path) -> None:
    """Make a shared copy of a register with two action points and an agency."""
    made = place / "made"
    starter.make(made, empty=True, today=TODAY, person=PEOPLE[0], name="Anywhere SCP")
    copy = Copy(made, PEOPLE[0], 11)
    copy.records(addition("trust"))
    for ref in POINTS:
        path = f"records/action-points/{ref[3:5]}/{ref}.toml"
        values: dict[tuple[str, ...], object] = {
            ("title",): f"Point {ref}",
            ("owner",): "trust",
            ("status",): "not-started",
        }
        copy.records(Amendment(ACTION_POINT, path, ref, f"Point {ref}", (), values, because(), None, "added"))
    onlooker(place, "clone", "--quiet", "--bare", str(made), str(place / "shared.git"))


class Lives(RuleBasedStateMachine):
    """Copies of one register, and what their people were told was recorded."""

    def __init__(self) -> None:
        super().__init__()
        self.place = Path(tempfile.mkdtemp(prefix="lives-"))
        self.patch = pytest.MonkeyPatch()
        _isolate(self.patch, self.place / "home")
        self.shared = self.place / "shared.git"
        self.copies: list[Copy] = []
        self.acknowledged: dict[str, dict[str, object]] = {}

    @initialize(count=st.integers(2, 4))
    def begin(self, count: int) -> None:
        base(self.place)
        join(str(self.shared), self.place / "copy0")
        for place in range(count):
            folder = self.place / f"copy{place}"
            if place:
                shutil.copytree(self.place / "copy0", folder)
            self.copies.append(Copy(folder, PEOPLE[place], 11 + place))

    def of(self, number: int) -> Copy:
        return self.copies[number % len(self.copies)]

    def recorded(self, copy: Copy, amendment: Amendment) -> None:
        with copy.at_work():
            try:
                entry = copy.register().record(amendment)
            except (RefusedChangeError, SaveError):
                return
        if entry is not None:
            self.acknowledged[entry.entry] = {each.field: each.new for each in entry.changes}

    def amended(self, copy: Copy, ref: str, field: str, value: object) -> Amendment | None:
        try:
            return change(copy.register(), ref, because(), **{field: value})
        except RefusedChangeError:
            return None

    @rule(number=st.integers(0, 3), ref=st.sampled_from(POINTS), field=st.sampled_from(["title", "update", "text"]),
          value=WORDS)  # fmt: skip
    def edit(self, number: int, ref: str, field: str, value: str) -> None:
        copy = self.of(number)
        amendment = self.amended(copy, ref, field, value)
        if amendment is not None:
            self.recorded(copy, amendment)

    @rule(number=st.integers(0, 3), value=st.sets(WORDS, max_size=3))
    def edit_list(self, number: int, value: set[str]) -> None:
        copy = self.of(number)
        amendment = self.amended(copy, "trust", "aliases", tuple(sorted(value)))
        if amendment is not None:
            self.recorded(copy, amendment)

    @rule(number=st.integers(0, 3), ref=st.sampled_from(POINTS), words=WORDS)
    def show_evidence(self, number: int, ref: str, words: str) -> None:
        copy = self.of(number)
        try:
            amendment = change(copy.register(), ref, because(evidence=words))
        except RefusedChangeError:
            return
        self.recorded(copy, amendment)

    @rule(number=st.integers(0, 3), slug=st.sampled_from(["library", "school"]), title=WORDS)
    def add(self, number: int, slug: str, title: str) -> None:
        copy = self.of(number)
        if not (copy.folder / f"records/agencies/{slug}.toml").exists():
            self.recorded(copy, addition(slug, title=title))

    @rule(number=st.integers(0, 3), ref=st.sampled_from(POINTS))
    def take_back(self, number: int, ref: str) -> None:
        copy = self.of(number)
        snapshot = copy.register().snapshot()
        view = snapshot.resolve(ref)
        assert isinstance(view, View), view
        if not view.withdrawn:
            self.recorded(copy, withdraw(view, snapshot.document(view.path), because()))

    @rule(number=st.integers(0, 3))
    def send(self, number: int) -> None:
        outcome = self.of(number).syncs()
        assert outcome.problem is None, outcome.problem

    @rule(number=st.integers(0, 3))
    def send_offline(self, number: int) -> None:
        away = self.place / "away.git"
        self.shared.rename(away)
        try:
            outcome = self.of(number).syncs()
        finally:
            away.rename(self.shared)
        assert outcome.problem is not None

    @rule(number=st.integers(0, 3), step=st.integers(1, 25))
    def send_killed(self, number: int, step: int) -> None:
        with killed_at(step):
            self.of(number).syncs()

    @rule(number=st.integers(0, 3), step=st.integers(1, 6), value=WORDS)
    def edit_killed(self, number: int, step: int, value: str) -> None:
        copy = self.of(number)
        amendment = self.amended(copy, "trust", "role", value)
        if amendment is not None:
            with killed_at(step), copy.at_work():
                copy.register().record(amendment)

    @rule(number=st.integers(0, 3), takes=st.sampled_from(["mine", "theirs", "value"]))
    def choose(self, number: int, takes: str) -> None:
        self.decided(self.of(number), takes)

    def decided(self, copy: Copy, takes: str) -> None:
        found = []
        for conflict in conflicts(copy.register()):
            typed = takes == "value" and conflict.inner in {"title", "update", "text", "role"}
            found.append(
                Decision(conflict.key, takes if typed or takes != "value" else "mine", "chosen" if typed else None)
            )
        if found:
            decide(copy.register(), found)

    @precondition(lambda self: bool(self.copies))
    @invariant()
    def every_copy_is_whole(self) -> None:
        for copy in self.copies:
            known = entries(copy.folder)
            assert len(known) == len(set(known)), "an entry stands twice in one history"

    def teardown(self) -> None:
        try:
            if self.copies:
                self.come_together()
        finally:
            self.patch.undo()
            shutil.rmtree(self.place, ignore_errors=True)

    def come_together(self) -> None:
        for takes in ("mine", "theirs", "mine", "theirs", "mine"):
            for copy in self.copies:
                self.decided(copy, takes)
                outcome = copy.syncs()
                assert outcome.problem is None, outcome.problem
                self.decided(copy, takes)
        tips = {onlooker(copy.folder, "rev-parse", "main") for copy in self.copies}
        assert tips == {onlooker(self.shared, "rev-parse", "main")}
        for copy in self.copies:
            assert not onlooker(copy.folder, "status", "--porcelain"), copy.folder
        assert onlooker(self.shared, "rev-list", "--merges", "main") == ""
        known = entries(self.shared)
        assert len(known) == len(set(known))
        assert not self.acknowledged.keys() - set(known)
        self.no_value_is_lost()

    def no_value_is_lost(self) -> None:
        """Every value that was acknowledged stands in its entry: as a change, or as one that was not kept."""
        messages = onlooker(self.shared, "log", "--format=%B%x00", "main").split("\0")
        said = {}
        for message in messages:
            trailers = trailers_of(message.strip("\n"))
            values = [line.rpartition(" → ")[2] for line in trailers.get("Change", ())]
            values += [json.dumps(one.value) for each in all_of(trailers.get("Concurrent", ())) for one in each.given]
            for entry in trailers.get("Entry", ()):
                said[entry] = values
        for entry, changes in self.acknowledged.items():
            for value in changes.values():
                if isinstance(value, str) and said[entry] != ["added"]:
                    assert json.dumps(value) in said[entry], (entry, value, said[entry])


Lives.TestCase.settings = settings(
    max_examples=10_000 if LONG else 18,
    stateful_step_count=30 if LONG else 14,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    print_blob=True,
)
TestLives = Lives.TestCase


def test_a_folder_that_was_never_finished_is_not_a_copy(tmp_path: Path) -> None:
    with pytest.raises(KilledError), fresh_folder(tmp_path / "copy"):
        raise KilledError
    assert not (tmp_path / "copy").exists()
