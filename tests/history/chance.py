"""Histories that could have happened: edits, hand edits, branches, merges, reverts, renames, broken files."""

import subprocess
import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from hypothesis import strategies as some

from bscp_tui.model.action import Action
from bscp_tui.store.toml_text import dumped

PATHS = (
    "records/plans/2025-27/actions/1.1.toml",
    "records/plans/2025-27/actions/1.2.toml",
    "records/plans/2025-27/actions/2.10.toml",
    "records/agencies/police.toml",
    "notes/minutes.txt",
)
STATUSES = ("not-started", "in-progress", "complete")
Tree = dict[str, bytes]


@dataclass
class Commit:
    """One commit to be: its parents by number, its files, what it says."""

    parents: list[int]
    tree: Tree
    message: str
    recorded: int


@dataclass
class Story:
    """A history under way: commits, and where the register's branch stands."""

    commits: list[Commit] = field(default_factory=list)
    tip: int = -1

    def add(self, tree: Tree, message: str, recorded: int, *others: int) -> None:
        parents = ([self.tip] if self.tip >= 0 else []) + [other for other in others if other != self.tip]
        self.commits.append(Commit(parents, tree, message, recorded))
        self.tip = len(self.commits) - 1

    @property
    def tree(self) -> Tree:
        return dict(self.commits[self.tip].tree)


rows = some.lists(
    some.fixed_dictionaries(
        {"id": some.sampled_from("abcd"), "number": some.integers(1, 4), "title": some.sampled_from(("One", "Two"))},
        optional={"status": some.sampled_from(STATUSES), "update": some.sampled_from(("Began.", "Slow → slower"))},
    ),
    max_size=3,
    unique_by=lambda row: row["id"],
)
documents = some.fixed_dictionaries(
    {"number": some.just("1.1"), "title": some.sampled_from(("Teams", "Posts"))},
    optional={
        "target": some.dates(),
        "outcomes": some.lists(some.sampled_from(("safe", "heard", "seen")), max_size=3, unique=True),
        "key_actions": rows,
        "withdrawn": some.fixed_dictionaries({"date": some.dates(), "reason": some.just("Done elsewhere.")}),
    },
)
good = documents.map(lambda found: dumped(found, Action).encode())
contents = some.one_of(
    good,
    good,
    some.sampled_from((b"title = \n", b"<<<<<<< ours\n", b"\xff", b"")),
)
paths = some.sampled_from(PATHS)
sides = some.lists(some.sampled_from(("ours", "theirs", "blend", "blend")), min_size=5, max_size=5)
steps = some.one_of(
    some.tuples(some.just("write"), paths, contents),
    some.tuples(some.just("edit"), paths, some.sampled_from(STATUSES)),
    some.tuples(some.just("reorder"), paths),
    some.tuples(some.just("delete"), paths),
    some.tuples(some.just("rename"), paths, paths),
    some.tuples(some.just("revert"), some.integers(0, 30)),
    some.tuples(some.just("switch"), some.integers(0, 30)),
    some.tuples(some.just("merge"), some.integers(0, 30), sides),
    some.tuples(some.just("both"), some.integers(0, 30), paths, contents, contents, sides),
    some.tuples(some.just("nothing")),
)


def take(story: Story, step: tuple[Any, ...], recorded: int) -> None:
    """Let one thing happen."""
    what, tree = step[0], story.tree
    known = len(story.commits)
    if what == "switch":
        story.tip = step[1] % known
    elif what == "merge":
        _merge(story, step[1] % known, step[2], recorded)
    elif what == "both":  # two people change the same record, and both changes are brought together
        start = story.tip
        story.add({**tree, step[2]: step[3]}, "ours", recorded)
        ours, story.tip = story.tip, start if step[1] % 3 else step[1] % known
        story.add({**story.tree, step[2]: step[4]}, "theirs", recorded)
        theirs, story.tip = story.tip, ours
        _merge(story, theirs, step[5], recorded)
    elif what == "revert":
        story.add(dict(story.commits[step[1] % known].tree), "put back", recorded)
    else:
        _work(tree, what, step)
        story.add(tree, f"{what}\n\nRecord: {PATHS[0]}\n", recorded)


def _merge(story: Story, other: int, chosen: list[str], recorded: int) -> None:
    ours, theirs = story.tree, story.commits[other].tree
    mixed: dict[str, bytes | None] = {}
    for path, side in zip(PATHS, chosen, strict=True):
        mixed[path] = theirs.get(path) if side == "theirs" else ours.get(path)
        if side == "blend" and path in ours and path in theirs:
            mixed[path] = _blended(ours[path], theirs[path])
    story.add({path: data for path, data in mixed.items() if data is not None}, "merge", recorded, other)


def _blended(ours: bytes, theirs: bytes) -> bytes:
    """Return some fields of one side and some of the other."""
    try:
        one, other = tomllib.loads(ours.decode()), tomllib.loads(theirs.decode())
    except ValueError:
        return ours
    mixed: dict[str, Any] = {key: other[key] for key in ("title", "outcomes", "target") if key in other}
    return dumped({**one, **mixed}, Action).encode()


def _work(tree: Tree, what: str, step: tuple[Any, ...]) -> None:
    if what == "write":
        tree[step[1]] = step[2]
    elif what == "delete":
        tree.pop(step[1], None)
    elif what == "rename" and step[1] in tree:
        tree[step[2]] = tree.pop(step[1])
    elif what == "edit" and step[1] in tree:
        tree[step[1]] = tree[step[1]].replace(b'status = "', b'status = "' + step[2].encode() + b"-", 1)
    elif what == "reorder" and b"[[key_actions]]" in tree.get(step[1], b""):
        head, *parts = tree[step[1]].split(b"[[key_actions]]")
        tree[step[1]] = b"[[key_actions]]".join([head, *reversed(parts)])


def write(folder: Path, story: Story) -> list[str]:
    """Make the repository of a story, all of its commits in one go; return their ids."""
    if not (folder / ".git").exists():
        subprocess.run(["git", "init", "-q", "-b", "main", str(folder)], check=True)
        (folder / "records").mkdir()
        (folder / "records/bscp.toml").write_text('layout = 1\nname = "Chance"\n')
    stream = bytearray()
    for number, commit in enumerate(story.commits, start=1):
        who = f"Robin <robin@example.org> {commit.recorded} +0000\n".encode()
        message = commit.message.encode()
        stream += b"commit refs/heads/every-%d\nmark :%d\nauthor %bcommitter %b" % (number, number, who, who)
        stream += b"data %d\n%b\n" % (len(message), message)
        for place, parent in enumerate(commit.parents):
            stream += b"%b :%d\n" % (b"merge" if place else b"from", parent + 1)
        stream += b"deleteall\n"
        for path, data in commit.tree.items():
            stream += b"M 100644 inline %b\ndata %d\n%b\n" % (path.encode(), len(data), data)
    marks = folder / "marks"
    arguments = ["git", "-C", str(folder), "fast-import", "--quiet", "--force", f"--export-marks={marks}"]
    subprocess.run(arguments, input=bytes(stream), check=True)
    named = dict(line.split(" ") for line in marks.read_text().splitlines())
    return [named[f":{number}"] for number in range(1, len(story.commits) + 1)]
