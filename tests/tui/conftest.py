"""A person's computer for each test: a home of its own, a git that knows who they are, a register."""

import datetime as dt
import os
import random
import shutil
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from textual.app import App
from textual.pilot import Pilot

from bscp_tui.model.amendment import amend
from bscp_tui.model.view import Circumstances, View
from bscp_tui.store import starter
from bscp_tui.store.identity import Identity
from bscp_tui.store.register import open_register
from bscp_tui.tui.app import RegisterApp
from bscp_tui.tui.widgets.record_table import RecordTable
from bscp_tui.tui.widgets.words import Words
from tests.support import give_key

TODAY = dt.date(2026, 11, 22)
SAM = Identity("Sam Lee", "sam.lee@example.org")
PATIENCE = 20.0  # seconds; a test that passes takes a fraction of one


async def wait_for(pilot: Pilot[int], predicate: Callable[[], object], description: str) -> None:
    """Let the screens work until ``predicate`` holds."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        if predicate():
            return
        await pilot.pause()
    raise AssertionError(f"never happened: {description}\n{on_screen(pilot.app)}")


async def all_done(pilot: Pilot[int]) -> None:
    """Let the work in threads come to its end; Textual's own waiting fails where one work takes another's place."""
    await wait_for(pilot, lambda: all(worker.is_finished for worker in pilot.app.workers), "the end of all work")


def on_screen(app: App[int]) -> str:
    """Return what the screen shows, as text."""
    strips = app.screen._compositor.render_strips()  # noqa: SLF001 - Textual offers no other way
    return "\n".join("".join(segment.text for segment in strip) for strip in strips)


def current(app: RegisterApp) -> str:
    """Return the reference under the cursor."""
    tables = list(app.screen.query(RecordTable))
    return tables[0].current.ref if tables and tables[0].current else ""


def sentence(app: RegisterApp) -> str:
    """Return the sentence at the foot of a dialog."""
    found = app.screen.query("#sentence").results(Words)
    return next((words.said for words in found), "")


def git(folder: Path, *arguments: str) -> str:
    """Return what git says."""
    return subprocess.run(["git", *arguments], cwd=folder, check=True, capture_output=True, text=True).stdout


@pytest.fixture(autouse=True)
def own_computer(home: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home with a git that knows Sam, and a clock that stands still for entries."""
    (home / "Documents").mkdir()  # where files are offered to be kept
    settings = home / "gitconfig"
    settings.write_text(f"[user]\n\tname = {SAM.name}\n\temail = {SAM.email}\n")
    for name in [name for name in os.environ if name.startswith(("GIT_", "XDG_", "BSCP_", "TEXTUAL_THEME"))]:
        monkeypatch.delenv(name)
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(settings))
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    monkeypatch.setenv("GIT_AUTHOR_DATE", "2026-11-22T10:00:00+00:00")
    monkeypatch.setenv("GIT_COMMITTER_DATE", "2026-11-22T10:00:00+00:00")
    give_key()
    return home


@pytest.fixture(scope="session")
def starter_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The published plan, made into a register once."""
    folder = tmp_path_factory.mktemp("starter")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HOME", str(folder))
        patch.setenv("XDG_DATA_HOME", str(folder))
        give_key()
        starter.make(folder / "register", empty=False, today=TODAY, person=SAM)
    return folder / "register"


@pytest.fixture
def register(own_computer: Path, starter_once: Path) -> Path:
    """A register of the published plan, in the home."""
    return Path(shutil.copytree(starter_once, own_computer / "register"))


@pytest.fixture
def small(own_computer: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small register whose every id is the same in every run."""
    return made_small(own_computer, monkeypatch)


def made_small(own_computer: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Make the small register, as the clock stands."""
    monkeypatch.setattr("secrets.choice", random.Random(4).choice)  # noqa: S311 - ids that stay the same
    folder = own_computer / "register"
    starter.make(folder, empty=True, today=TODAY, person=SAM, name="Anytown Safeguarding Partnership")
    for path, text in RECORDS.items():
        place = folder / "records" / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text)
    git(folder, "add", ".")
    git(folder, "commit", "-qm", "Anytown's plan\n\nEntry: aaaa-bbbb\nEffective: 2025-04-01")
    return folder


@pytest.fixture
def lived(own_computer: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The small register after nineteen months: two boards, a sitting, slippage, odd texts."""
    clock(monkeypatch, "2025-04-14")
    small = made_small(own_computer, monkeypatch)
    for when, ref, values, reason, meeting, group in LIFE:
        clock(monkeypatch, when)
        register = open_register(small, TODAY)
        snapshot = register.snapshot()
        view = snapshot.resolve(ref)
        assert isinstance(view, View)
        why = Circumstances(reason, dt.date.fromisoformat(when), None, meeting)
        register.record(amend(view, snapshot.document(view.path), values, why))
        if group:
            message = git(small, "log", "-1", "--format=%B").rstrip("\n")
            git(small, "commit", "-q", "--amend", "-m", f"{message}\nGroup: {group}")
    return small


@pytest.fixture
def late(lived: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The register that lived, where two things were recorded a while after they had become true."""
    for when, since, ref, values in LATE:
        clock(monkeypatch, when)
        register = open_register(lived, TODAY)
        snapshot = register.snapshot()
        view = snapshot.resolve(ref)
        assert isinstance(view, View)
        why = Circumstances("Told at the team's meeting.", dt.date.fromisoformat(since))
        register.record(amend(view, snapshot.document(view.path), values, why))
    return lived


@pytest.fixture
def empty(own_computer: Path) -> Path:
    """A register with nothing in it."""
    folder = own_computer / "register"
    starter.make(folder, empty=True, today=TODAY, person=SAM, name="Anytown Safeguarding Partnership")
    return folder


def opened(folder: Path) -> RegisterApp:
    """Return the application for a register, on the fixed day."""
    return RegisterApp.opened(folder, TODAY)


def clock(monkeypatch: pytest.MonkeyPatch, day: str) -> None:
    """Let entries be recorded on ``day``."""
    for role in ("AUTHOR", "COMMITTER"):
        monkeypatch.setenv(f"GIT_{role}_DATE", f"{day}T10:00:00+00:00")


# Recorded on, of what, new values, reason, meeting, group.
LIFE: tuple[tuple[str, str, dict[str, object], str, str | None, str | None], ...] = (
    ("2025-07-02", "2.1.3", {"note": "Nobody leads this yet."}, "Asked for by the chair.", None, None),
    ("2025-09-18", "2.1", {"update": "Slow."}, "Two of three have begun.", "Board 18 September 2025", None),
    ("2025-12-20", "2.1.1", {"note": "Seen [/] by [redacted]."}, "Checked with the [b]team[/b].", None, None),
    ("2026-03-31", "2.1.3", {"status": "in-progress"}, "The first course ran.", None, None),
    ("2026-05-14", "2.1", {"update": "On course."}, "All under way.", "Board 14 May 2026", "3m7q"),
    ("2026-05-14", "2", {"status": "draft"}, "Wording to be agreed.", "Board 14 May 2026", "3m7q"),
    ("2026-10-01", "2.1.3", {"target": dt.date(2027, 1, 31)}, "The trainer left.", None, None),
    ("2026-11-10", "2.1.3", {"status": "deferred"}, "No trainer to be found.", None, None),
)

# Recorded on, true from, of what, new values.
LATE: tuple[tuple[str, str, str, dict[str, object]], ...] = (
    ("2026-11-12", "2026-02-10", "2.1.2", {"status": "deferred"}),
    ("2026-11-14", "2026-08-20", "2.1.1", {"note": "Renewed each summer."}),
)

RECORDS = {
    "bscp.toml": 'layout = 1\nname = "Anytown Safeguarding Partnership"\ncurrent_plan = "2025-27"\n',
    "plans/2025-27/plan.toml": 'title = "Plan 2025-27"\nstatus = "published"\nstart = 2025-04-01\nend = 2027-03-31\n',
    "plans/2025-27/priorities/1.toml": 'number = 1\ntitle = "Early help"\nstatus = "published"\n',
    "plans/2025-27/priorities/2.toml": 'number = 2\ntitle = "Harm outside the home"\nstatus = "published"\n',
    "plans/2025-27/actions/2.1.toml": """\
number = "2.1"
title = "Operational practice"
outcomes = [
    "Children are helped sooner.",
]

[[leads]]
id = "l1x1"
party = "the-board"

[[key_actions]]
id = "k1x1"
number = 1
title = "Local profile"
text = "Draw up a local profile and keep it current."
status = "complete"
target = 2025-12-31

[[key_actions]]
id = "k2x2"
number = 2
title = "Youth violence team"
text = "Set up a team, then evaluate what it changes."
status = "in-progress"
target = 2026-03-31

[[key_actions.stages]]
id = "s1x1"
title = "Set up"
year = 1
status = "complete"

[[key_actions.stages]]
id = "s2x2"
title = "Evaluate"
year = 2
status = "not-started"

[[key_actions]]
id = "k3x3"
number = 3
title = "Workforce training"
status = "not-started"
target = 2026-12-10
""",
    "agencies/anytown-police.toml": 'title = "Anytown Police"\nshort_name = "AP"\n',
    "groups/the-board.toml": 'title = "The Board"\ntype = "board"\n',
}
