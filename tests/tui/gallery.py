"""Draw the tour of the documents from the starter register (``make tour``); the day and the clock stand still."""

import asyncio
import datetime as dt
import os
import random
import tempfile
import textwrap
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from unittest import mock

from textual.pilot import Pilot
from textual.widgets import TextArea

from bscp_tui.cli.main import run
from bscp_tui.store import starter
from bscp_tui.store.identity import Identity
from bscp_tui.tui.app import RegisterApp
from tests.tui.conftest import current, on_screen, wait_for
from tests.tui.picture import picture
from tests.tui.test_pictures import settled

DOCS = Path(__file__).parents[2] / "docs"
PERSON = Identity("Sam Lee", "sam.lee@example.org")
BEGAN, TODAY = dt.date(2026, 1, 12), dt.date(2026, 6, 30)
REF = "2025-27/4.1.3"
# Invented, so that there is a history to be shown: the day, and what was recorded on it.
LIFE: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("2026-03-03", ("status", "4.1.3", "in-progress", "--reason", "The first two posts are filled.")),
    ("2026-04-15", ("set", "4.1.4", "target=30 September 2026", "--reason", "No scrutineer was found yet.")),
    ("2026-05-14", ("set", "4.1.3", "update=The team meets weekly.", "--reason", "Told to the board.",
                    "--decided-at", "Board 14 May 2026")),
    ("2026-06-10", ("status", "4.1.5", "in-progress", "--reason", "Two groups of young people have met.")),
    ("2026-06-12", ("add", "meeting", "group=executive-board", "date=8 July 2026", "ref=MT-0099",
                    "agenda=2025-27/4.1.3", "--reason", "Called for July.")),
)  # fmt: skip
OPENING = (
    "The starter register on 30 June 2026, with a few changes invented so that there is something to look back at. "
    "`make tour` draws it anew. [For staff](for-staff.md) tells the same in words; [tasks](tasks.md) counts the keys."
)
Steps = Callable[[Pilot[int], RegisterApp], Awaitable[None]]


@dataclass(frozen=True)
class Scene:
    """One picture of the tour: its file, its heading, what is said of it, and how it is come to from Home."""

    name: str
    heading: str
    told: str
    steps: Steps


async def seen(pilot: Pilot[int], *words: str) -> None:
    """Wait until all the words stand on the screen."""
    for word in words:
        await wait_for(pilot, lambda word=word: word in on_screen(pilot.app), word)  # type: ignore[misc]


async def home(pilot: Pilot[int], _app: RegisterApp) -> None:
    await seen(pilot, "entries by", "not checked")


async def found(pilot: Pilot[int], _app: RegisterApp) -> None:
    await pilot.press(*"viol")
    await seen(pilot, " found")


async def record(pilot: Pilot[int], app: RegisterApp) -> None:
    app.open_list("key-action", "plan=2025-27 priority=4", at=REF)
    await wait_for(pilot, lambda: current(app) == REF and "Last change" in on_screen(app), "the record")
    await seen(pilot, "meets weekly")


async def status(pilot: Pilot[int], app: RegisterApp) -> None:
    app.open_list("key-action", "plan=2025-27 priority=4", at="2025-27/4.1.6")
    await wait_for(pilot, lambda: current(app) == "2025-27/4.1.6" and "Last change" in on_screen(app), "the record")
    await pilot.press("s")
    await seen(pilot, "Choose a status")
    await pilot.press("enter", *"Two meetings were held in June.")
    await seen(pilot, "Will be recorded")


async def edit(pilot: Pilot[int], app: RegisterApp) -> None:
    await record(pilot, app)
    await pilot.press("e")
    await seen(pilot, "Nothing is changed yet")
    app.screen.query_one("#f_update", TextArea).load_text("The team of six meets every fortnight.")
    await seen(pilot, "{+every fortnight+}")


async def names(pilot: Pilot[int], app: RegisterApp) -> None:
    app.action_go_to("group")
    await seen(pilot, "Last change")
    await pilot.press("e")
    await seen(pilot, "Nothing is changed yet")
    app.screen.query_one("#f_members", TextArea).focus()
    await pilot.press(*"polcie")
    await seen(pilot, "West Midlands Police")


async def many(pilot: Pilot[int], app: RegisterApp) -> None:
    await record(pilot, app)
    await pilot.press("shift+down", "shift+down", "m")
    await seen(pilot, "what is to be the same")
    app.screen.query_one("#f_note", TextArea).load_text("Looked at together in June.")
    await seen(pilot, "3 will be recorded")


async def history(pilot: Pilot[int], _app: RegisterApp) -> None:
    await pilot.press("9")
    await seen(pilot, "register version", "The team meets")


async def entry(pilot: Pilot[int], app: RegisterApp) -> None:
    await history(pilot, app)
    await pilot.press("down", "down", "enter")
    await seen(pilot, "before", "meets weekly")


async def time(pilot: Pilot[int], app: RegisterApp) -> None:
    await record(pilot, app)
    await pilot.press("t")
    await seen(pilot, "position: as recorded")
    await pilot.press("up")
    await seen(pilot, "◆ Board 14 May 2026")


async def past(pilot: Pilot[int], app: RegisterApp) -> None:
    await record(pilot, app)
    await pilot.press("t")
    await seen(pilot, "position: as recorded")
    await pilot.press(*"31 march 2026", "enter")
    await seen(pilot, "read only", "first two posts")


async def compare(pilot: Pilot[int], _app: RegisterApp) -> None:
    await pilot.press("d")
    await seen(pilot, "difference")


async def sitting(pilot: Pilot[int], app: RegisterApp) -> None:
    app.open_list("meeting", at="MT-0099")
    await wait_for(pilot, lambda: current(app) == "MT-0099" and "Last change" in on_screen(app), "the meeting")
    await pilot.press("S")
    await seen(pilot, "decided")


async def queries(pilot: Pilot[int], _app: RegisterApp) -> None:
    await pilot.press("!")
    await seen(pilot, "To mend:")


async def measures(pilot: Pilot[int], app: RegisterApp) -> None:
    app.action_go_to("measure")
    await seen(pilot, "Last change")


async def export(pilot: Pilot[int], app: RegisterApp) -> None:
    await record(pilot, app)
    await pilot.press("x")
    await seen(pilot, "The clipboard")


async def help_page(pilot: Pilot[int], app: RegisterApp) -> None:
    await record(pilot, app)
    await pilot.press("?")
    await seen(pilot, "Change status")


SCENES = (
    Scene(
        "home",
        "Home",
        "Every line is a number of records, and Enter opens them. On the right stand the priorities, how much "
        "of each is done and late, and what was recorded lately.",
        home,
    ),
    Scene(
        "found",
        "Find anything",
        "Any letters typed on Home look through references, titles, owners and texts. A misspelt word finds "
        "what is most like it.",
        found,
    ),
    Scene(
        "record",
        "A list and its record",
        "The record under the cursor stands beside the list, with all that follows from it: how late, by "
        "which stages, on what evidence. `/` narrows the list, `o` sorts it, `c` chooses columns.",
        record,
    ),
    Scene(
        "status",
        "Change a status",
        "Statuses that a rule forbids are grey and say why. Below stands the sentence that will be in the "
        "history; nothing is recorded before it was seen.",
        status,
    ),
    Scene(
        "edit",
        "Change other fields",
        "What goes and what comes is marked word by word before it is recorded, by signs as well as by "
        "colour. What is typed survives a crash or a closed lid.",
        edit,
    ),
    Scene(
        "names",
        "Names are completed",
        "Where a field names agencies, groups, people or themes, what fits is offered while it is typed, "
        "misspelt or not. Several stand one a line, or with commas between.",
        names,
    ),
    Scene(
        "many",
        "Change many at once",
        "Marked records are changed together, after a look at every sentence. Each gets an entry of its own, "
        "and one undo takes all of them back.",
        many,
    ),
    Scene(
        "history",
        "The history",
        "Every change with its day, its person and its reason; `/` narrows it by record, field, person or "
        "time. What was done together folds to one line.",
        history,
    ),
    Scene(
        "entry",
        "One entry",
        "The sentence, the reason, the evidence, and old and new beside each other. Its seal says whether it "
        "is vouched for.",
        entry,
    ),
    Scene(
        "time",
        "The time bar",
        "The blocks are what was recorded, the diamonds are boards. Arrows step through them, or a date is "
        "typed as people write it.",
        time,
    ),
    Scene(
        "past",
        "Another day",
        "Every screen can stand at another day; a frame says which, and nothing can be recorded there. `t` "
        "leads back to today.",
        past,
    ),
    Scene(
        "compare",
        "What changed since the last board",
        "One key compares today with the last decision. Each difference says who made it, when and why.",
        compare,
    ),
    Scene(
        "sitting",
        "A sitting",
        "The agenda lists what the meeting is to look at and what is due there. Day and reason are entered "
        "once; each decision is an entry.",
        sitting,
    ),
    Scene(
        "queries",
        "Queries",
        "What a careful reader would ask, where it stands, and what would mend it. A query can be accepted, "
        "with a reason and a name.",
        queries,
    ),
    Scene(
        "measures",
        "Measures",
        "A measure shows its latest value, where it is heading, and all values drawn. The figures stand "
        "beside the drawing.",
        measures,
    ),
    Scene(
        "export",
        "Take a list along",
        "A list goes to the clipboard or into a file as it is shown: its filter, order and columns. For the "
        "public or the partnership, what they may not have is left out.",
        export,
    ),
    Scene(
        "help",
        "Help",
        "`?` says what a screen is for and everything that it can do; typing narrows it, Enter does it. It "
        "also names the command that says the same without a screen.",
        help_page,
    ),
)


def document() -> str:
    """Return the tour as it stands in ``docs/tour.md``."""
    parts = [
        "# A tour in pictures",
        textwrap.fill(OPENING, 118),
    ]
    parts += [
        f"## {scene.heading}\n\n{textwrap.fill(scene.told, 118)}\n\n![{scene.heading}](pictures/{scene.name}.svg)"
        for scene in SCENES
    ]
    return "\n\n".join(parts) + "\n"


async def draw(folder: Path) -> None:
    """Draw every picture."""
    (DOCS / "pictures").mkdir(parents=True, exist_ok=True)
    for scene in SCENES:
        app = RegisterApp.opened(folder, TODAY)
        async with app.run_test(size=(120, 32)) as pilot:
            await wait_for(pilot, lambda app=app: app.session.all_read, "every record read")  # type: ignore[misc]
            await scene.steps(pilot, app)
            await settled(pilot, app)
            (DOCS / "pictures" / f"{scene.name}.svg").write_text(picture(app), encoding="utf-8")


def made(folder: Path) -> None:
    """Make the starter register of January, and live with it until June."""
    _clock(BEGAN.isoformat())
    starter.make(folder, empty=False, today=BEGAN, person=PERSON)
    for day, words in LIFE:
        _clock(day)
        if run(["--register", str(folder), "--today", day, *words]):
            raise SystemExit(f"not recorded: {' '.join(words)}")


def _clock(day: str) -> None:
    for role in ("AUTHOR", "COMMITTER"):
        os.environ[f"GIT_{role}_DATE"] = f"{day}T10:00:00+00:00"


def main() -> None:
    """Draw the tour in a home of its own."""
    with tempfile.TemporaryDirectory() as own, mock.patch("secrets.choice", random.Random(4).choice):  # noqa: S311 - ids
        kept = dict.fromkeys(("HOME", "XDG_STATE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "BSCP_CACHE"), own)
        os.environ.update({**kept, "GIT_CONFIG_GLOBAL": f"{own}/gitconfig", "GIT_CONFIG_NOSYSTEM": "1"})
        Path(f"{own}/gitconfig").write_text(f"[user]\n\tname = {PERSON.name}\n\temail = {PERSON.email}\n")
        folder = Path(own) / "register"
        made(folder)
        asyncio.run(draw(folder))
    (DOCS / "tour.md").write_text(document(), encoding="utf-8")


if __name__ == "__main__":
    main()
