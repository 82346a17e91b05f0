"""A copy that is damaged answers rightly or says what is wrong; it never tells a part as if it were the whole."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from bscp_tui.store import log
from bscp_tui.store.errors import RegisterError, SaveError
from bscp_tui.store.objects import standing
from bscp_tui.store.repository import find
from tests.cli.support import bscp, done
from tests.support import RECORD, git, head

CHANGE = ("set", "4.1", "title=Another title", "--reason", "Renamed by the board")


def flipped(path: Path, place: int) -> None:
    """Flip one bit of a file that git wrote."""
    data = bytearray(path.read_bytes())
    data[place] ^= 0x10
    path.chmod(0o644)
    path.write_bytes(data)


def pack_of(folder: Path, ending: str) -> Path:
    """Return the one packed file of a register, or its index."""
    (path,) = (folder / ".git" / "objects" / "pack").glob(f"*.{ending}")
    return path


def loose(folder: Path, identifier: str) -> Path:
    """Return the file of an object, after taking all of them out of the pack."""
    packs = folder / ".git" / "objects" / "pack"
    for pack in packs.glob("*.pack"):
        aside = folder / ".git" / pack.name
        pack.rename(aside)
        with aside.open("rb") as handle:
            _unpacked(folder, handle.read())
        aside.unlink()
    for rest in packs.iterdir():
        rest.unlink()
    return folder / ".git" / "objects" / identifier[:2] / identifier[2:]


def _unpacked(folder: Path, data: bytes) -> None:
    from bscp_tui.store.git import run

    run(folder, "unpack-objects", "-q", given=data)


def test_a_bit_that_flipped_in_a_packed_file_is_said_and_no_history_is_told(folder: Path) -> None:
    """Git reads on: it never looks at the sums that stand beside the names of objects."""
    objects = int(git(folder, "rev-list", "--objects", "--all", "--count"))
    index = pack_of(folder, "idx")
    flipped(index, 8 + 256 * 4 + 20 * objects)
    for words in (["history"], ["history", "4.1"], ["check"]):
        told = bscp(folder, *words)
        assert (told.status, told.out) == (3, ""), words
        assert f"{index.name} is damaged" in told.err
        assert "bscp join" in told.err


def test_what_git_says_of_a_damaged_pack_is_told_without_its_hints(folder: Path) -> None:
    pack = pack_of(folder, "pack")
    flipped(pack, pack.stat().st_size - 30)
    told = bscp(folder, "history")
    assert (told.status, told.out) == (3, "")
    assert "hint:" not in told.err


def test_a_history_of_which_a_folder_is_missing_is_not_told_in_part(folder: Path) -> None:
    done(folder, *CHANGE)
    tree = git(folder, "rev-parse", "HEAD~1:records/plans")
    loose(folder, tree).unlink()
    told = bscp(folder, "history", "--format", "json")
    assert (told.status, told.out) == (3, "")
    assert "missing or damaged" in told.err


def test_an_object_that_is_not_what_its_name_says_is_not_believed(folder: Path) -> None:
    """Git itself hands such a one out without a word."""
    done(folder, *CHANGE)
    now, before = (git(folder, "rev-parse", f"{commit}:{RECORD}") for commit in ("HEAD", "HEAD~1"))
    place = loose(folder, before)
    place.chmod(0o644)
    place.write_bytes(loose(folder, now).read_bytes())
    told = bscp(folder, "show", "4.1", "--as-of", git(folder, "rev-parse", "HEAD~1"))
    assert told.status == 1
    assert "missing from the repository, or damaged" in told.err
    assert "Another title" not in told.out  # which was recorded later


@pytest.mark.parametrize("left", [b"", b"\0" * 41, b"not a commit\n", None])
def test_a_branch_that_a_power_cut_emptied_is_no_new_register(folder: Path, left: bytes | None) -> None:
    done(folder, *CHANGE)
    newest, branch = head(folder), folder / ".git" / "refs" / "heads" / "main"
    (folder / ".git" / "packed-refs").unlink(missing_ok=True)
    branch.unlink() if left is None else branch.write_bytes(left)
    for words in (["history"], ["list", "action"], ["add", "agency", "title=Fire service"], ["proof"], ["check"]):
        told = bscp(folder, *words)
        assert told.status == 3, words
        assert f"git update-ref refs/heads/main {newest}" in told.err
    branch.unlink(missing_ok=True)
    git(folder, "update-ref", "refs/heads/main", newest)
    assert done(folder, "history", "4.1", "--limit", "1").out


def test_a_copy_that_names_a_commit_which_is_not_there_is_no_new_register(folder: Path) -> None:
    (folder / ".git" / "HEAD").write_text("1" * 40 + "\n")
    told = bscp(folder, "history")
    assert (told.status, told.out) == (3, "")


def test_an_index_of_git_that_is_damaged_keeps_nobody_from_the_history(folder: Path) -> None:
    whole = done(folder, "history", "--format", "json").out
    (folder / ".git" / "index").write_bytes(b"DIRC")
    told = bscp(folder, "history", "--format", "json", XDG_CACHE_HOME=str(folder.parent / "fresh"))
    assert (told.status, told.out) == (0, whole)


def test_git_that_gives_up_is_no_reader_who_has_seen_enough(folder: Path) -> None:
    """``bscp … | head -1`` ends quietly; a git that ended while it was reading must not."""
    done(folder, *CHANGE)
    git(folder, "config", "core.repositoryFormatVersion", "9")
    told = bscp(folder, "proof")
    assert told.status == 3
    assert told.err


def test_no_entry_is_written_on_folders_that_cannot_be_read(folder: Path) -> None:
    """What is lost of a folder would be gone from the next entry, as if somebody had deleted it."""
    tree = git(folder, "rev-parse", "HEAD:records/plans/2025-27")
    loose(folder, tree).unlink()
    repository = find(folder)
    with pytest.raises(SaveError, match=re.escape("records/plans/2025-27 is missing or damaged")):
        standing(repository, head(folder), RECORD)


def test_a_record_whose_recorded_content_is_lost_is_not_said_to_be_new(folder: Path) -> None:
    """Its file in the folder may be all that is left of it."""
    loose(folder, git(folder, "rev-parse", f"HEAD:{RECORD}")).unlink()
    for words in (["set", "4.1", "--put-back"], CHANGE):
        told = bscp(folder, *words)
        assert told.status == 1
        assert f"{RECORD} is missing or damaged" in told.err
    assert (folder / RECORD).is_file()


def test_of_many_words_of_git_the_first_and_the_last_are_said() -> None:
    from bscp_tui.store.git import _words

    said = "\n".join(["hint: turn it off", *(f"error: part {number}" for number in range(50)), "fatal: all is lost"])
    assert _words(said.encode()) == "part 0\n(and 49 lines like it)\nfatal: all is lost"


@pytest.mark.parametrize("follow", [log.ordered, log.main_line])
def test_a_history_that_goes_in_a_circle_has_an_end(follow: Callable[[log.Parents, str], list[str]]) -> None:
    """Without one, the program would take all the computer's memory."""
    assert follow({"b": ("a",), "a": ()}, "b")
    with pytest.raises(RegisterError, match="rests on itself"):
        follow({"c": ("b",), "b": ("a",), "a": ("b",)}, "c")


def test_an_entry_that_says_it_rests_on_itself_is_refused(folder: Path) -> None:
    done(folder, *CHANGE)
    now, before = head(folder), git(folder, "rev-parse", "HEAD~1")
    place = loose(folder, before)
    place.chmod(0o644)
    place.write_bytes(loose(folder, now).read_bytes())
    told = bscp(folder, "history")
    assert (told.status, told.out) == (3, "")
