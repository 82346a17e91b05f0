"""A register brought to a newer layout: one entry that says so, and touches what the new layout writes otherwise.

A register says its layout in ``bscp.toml``. A program that knows less opens it for reading only; one that
knows more upgrades it when an administrator asks for it. Nothing is upgraded by opening it.
"""

import datetime as dt
from collections.abc import Callable, Mapping

from bscp_tui.model.document import Document
from bscp_tui.model.entry import new_entry_id, quoted
from bscp_tui.store import advancing, moving, saving, signing
from bscp_tui.store.composing import Composer
from bscp_tui.store.errors import SaveError
from bscp_tui.store.git import GitError
from bscp_tui.store.locks import Workshop
from bscp_tui.store.merging import model_at
from bscp_tui.store.raw_history import Content, FileStep, RawHistory
from bscp_tui.store.register import Register
from bscp_tui.store.repository import CONFIG
from bscp_tui.store.toml_text import UnreadableError, edited, parse

# What a step makes of the record at a path inside the records folder; the same document where nothing changes.
Step = Callable[[str, Document], Document]
# From each layout to the next one; there is none yet.
STEPS: Mapping[int, Step] = {}


def upgrade(register: Register, reason: str, effective: dt.date, steps: Mapping[int, Step] = STEPS) -> str | None:
    """Bring a register to the newest layout that ``steps`` lead to; return the entry's commit, None if it is there.

    Args:
        register: The register, as an administrator opened it.
        reason: Why now, in the administrator's words.
        effective: The day from which it counts.
        steps: What leads from each layout to the next.

    Raises:
        ReadOnlyError: Nothing can be recorded here.
        SaveError: It could not be recorded, or a record cannot be read; the register is as it was.

    """
    register.refuse_read_only()
    repository = register.repository
    workshop = Workshop(repository)
    with workshop.locked("an upgrade of the register"):
        saving.recover(repository, workshop)
        branch, head = saving.branch_of(repository), repository.head()
        if head is None:
            return None
        history = RawHistory(repository)
        composer = Composer(repository, history)
        try:
            tree = history.tree_of(head)
            changed, layouts = _changed(register, history, composer, steps)
            if not changed:
                return None
            tree = composer.tree_with(tree, changed)
            composer.store()
            told = f"Register upgraded from layout {layouts[0]} to {layouts[1]}"
            commit = _commit(register, tree, head, _message(told, reason, effective))
            for warning in advancing.advance(repository, workshop, branch, (head, commit), told):
                raise SaveError(warning)
        except (OSError, GitError) as error:
            raise moving.explained(error) from error
        except advancing.MovedError as error:
            msg = "Nothing was recorded: another program recorded something at that moment. Try again."
            raise SaveError(msg) from error
    return commit


def _changed(
    register: Register, history: RawHistory, composer: Composer, steps: Mapping[int, Step]
) -> tuple[dict[str, Content | None], tuple[int, int]]:
    """Return the files that the steps change, and the layouts before and after."""
    prefix = register.repository.prefix
    found = {step.path: step for step in _all_files(register, history) if step.path.startswith(prefix)}
    data = history.files([step.new.identifier for step in found.values() if step.new is not None])
    settings = found.get(f"{prefix}{CONFIG}")
    before = _layout(data[settings.new.identifier]) if settings and settings.new else 0
    after = before
    while after in steps:
        after += 1
    changed: dict[str, Content | None] = {}
    for path, step in found.items():
        model = model_at(path.removeprefix(prefix))
        if model is None or step.new is None or before == after:
            continue
        old = data[step.new.identifier]
        try:
            new = document = parse(old)
            for layout in range(before, after):
                new = steps[layout](path.removeprefix(prefix), new)
            if path == f"{prefix}{CONFIG}":
                new = {**new, "layout": after}
            changed |= {path: composer.content(edited(old, new, model))} if new != document else {}
        except UnreadableError as error:
            msg = f"Nothing was recorded: {path} cannot be upgraded: {error}. Mend it first."
            raise SaveError(msg) from error
    return changed, (before, after)


def _all_files(register: Register, history: RawHistory) -> list[FileStep]:
    head = register.repository.head()
    plain = history.steps([(None, history.tree_of(head))])[0] if head else []
    return [step for step in plain if step.new is not None and step.new.mode == "100644"]


def _layout(data: bytes) -> int:
    try:
        found = parse(data).get("layout")
    except UnreadableError:
        return 0
    return found if isinstance(found, int) else 0


def _message(told: str, reason: str, effective: dt.date) -> str:
    trailers = f"Entry: {new_entry_id()}\nRecord: records\nChange: upgraded\nEffective: {effective.isoformat()}"
    return f"{told}\n\n{quoted(reason)}\n\n{trailers}\n"


def _commit(register: Register, tree: str, parent: str, message: str) -> str:
    """Make the entry, signed where there is anything to sign with."""
    key = signing.key_for(register.repository)
    settings, signed = (key.settings, ["-S"]) if key else ((), [])
    words = (*settings, "commit-tree", tree, "-p", parent, *signed, "-F", "-")
    try:
        return register.repository.write(*words, given=message.encode()).decode().strip()
    except GitError as error:
        if key and not moving.is_about_identity(error):
            raise moving.SigningFailedError(str(error), error.status) from error
        raise
