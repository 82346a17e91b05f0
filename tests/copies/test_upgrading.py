"""A newer layout of a register: an upgrade is one entry, and an older program then only reads."""

from pathlib import Path

import pytest

from bscp_tui.model.document import Document
from bscp_tui.store.errors import ReadOnlyError
from bscp_tui.store.register import open_register
from bscp_tui.store.upgrading import upgrade
from bscp_tui.trust.verifying import verify
from tests.support import TODAY, addition, change, git, opened, status


def reworded(inner: str, document: Document) -> Document:
    """Rename a field of agencies, as a newer layout might."""
    if not inner.startswith("agencies/") or "role" not in document:
        return document
    return {("duty" if key == "role" else key): value for key, value in document.items()}


def test_an_upgrade_is_one_signed_entry_and_the_older_program_then_only_reads(folder: Path) -> None:
    register = opened(folder)
    register.record(addition("library", role="Lends books"))
    before = register.head
    commit = upgrade(register, "The board agreed the newer version.", TODAY, {1: reworded})
    assert git(folder, "rev-list", "--count", f"{before}..HEAD") == "1"
    touched = git(folder, "show", "--name-only", "--format=%s", commit or "").split("\n")
    assert touched[0] == "Register upgraded from layout 1 to 2"
    assert {"records/agencies/library.toml", "records/bscp.toml"} <= set(touched)
    assert 'duty = "Lends books"' in (folder / "records/agencies/library.toml").read_text()
    assert not status(folder)
    older = open_register(folder, TODAY)
    assert "a newer version of the program made it (layout 2)" in (older.closed or "")
    assert older.snapshot().resolve("library").ref == "library"
    with pytest.raises(ReadOnlyError, match="newer version"):
        older.record(change(older, "library", title="The library"))
    assert verify(older.repository, []).outcome == "matches"


def test_there_is_nothing_to_upgrade_where_no_step_leads_on(folder: Path) -> None:
    register = opened(folder)
    before = register.head
    assert upgrade(register, "Just to see.", TODAY) is None
    assert register.head == before
