"""What a question was answered with, kept for as long as the register stands as it stood.

The register's whole state is part of the key: the history's tips, every working file's stamps, the
program itself. Whatever changes, the question is answered anew; nothing is ever brought up to date.
"""

import hashlib
from collections.abc import Sequence
from typing import NamedTuple

from bscp_tui.store.derived import DamagedError, Derived, Shelf, open_derived
from bscp_tui.store.fingerprint import program_fingerprint
from bscp_tui.store.repository import CONFIG, Repository
from bscp_tui.store.standing import standing_of, standing_of_history

LARGEST = 64_000_000  # bytes of one answer
ROOM = 160_000_000  # bytes of all answers of a register
_HEADING = 4_096  # bytes in which nearly every answer's first line ends
MOST = 60  # questions
# Numbered, since a table that is looked up by text reads the whole of a long answer to compare its key.
_ANSWERS, _ORDER = Shelf("answers", int), Shelf("asked", str)


class Question(NamedTuple):
    """Something asked of a register at one moment.

    Attributes:
        repository: The register.
        words: All that the answer depends on, beside the register's state.
        state: The digest of that state.
        history: Whether the answer rests on the history alone, the settings, and the files that it names.

    """

    repository: Repository
    words: str
    state: str
    history: bool = False

    @property
    def key(self) -> int:
        """What the answer is kept under."""
        return _number(self.words, self.state)


def asked(repository: Repository, words: str, *, history: bool = False) -> Question | None:
    """Return the question as of now; None where the register's state is too young to be told by stamps."""
    try:
        standing = standing_of_history(repository, [repository.folder / CONFIG]) if history else standing_of(repository)
    except OSError:
        return None
    return Question(repository, words, standing.digest, history) if standing.settled else None


def resting_on(answer: bytes, question: Question, files: Sequence[str]) -> bytes | None:
    """Return the answer to a question of the history with what tells ``files``; None where that is too young.

    Args:
        answer: The answer.
        question: What it answers.
        files: What it rests on beside the history, relative to the repository.

    """
    told = _told(question, files)
    return None if told is None else "\0".join([told, *files]).encode("utf-8", "surrogateescape") + b"\n" + answer


def first_line(told: memoryview) -> tuple[bytes, memoryview]:
    """Return the first line of what was kept, and all that stands below it, of which no copy is made."""
    for size in (_HEADING, len(told)):
        end = bytes(told[:size]).find(b"\n")
        if end >= 0:
            return bytes(told[:end]), told[end + 1 :]
    return bytes(told), told[:0]


def still_rests(kept: memoryview, question: Question) -> memoryview | None:
    """Return the answer that ``resting_on`` was given; None where a file that it rests on is another now."""
    heading, answer = first_line(kept)
    told, *files = heading.decode("utf-8", "surrogateescape").split("\0")
    return answer if told == _told(question, files) else None


def _told(question: Question, files: Sequence[str]) -> str | None:
    try:
        standing = standing_of_history(question.repository, [question.repository.root / path for path in files])
    except OSError:
        return None
    return standing.digest if standing.settled else None


def answer_to(question: Question) -> memoryview | None:
    """Return the kept answer, None where there is none; it may be long, and is read where it lies."""
    derived = _opened(question.repository)
    try:
        kept = derived.get(_ANSWERS, question.key)
        return None if kept is None else memoryview(kept)
    except DamagedError:
        derived.discard()
        return None
    finally:
        derived.close()


def keep(question: Question, answer: bytes) -> None:
    """Keep an answer, unless the register changed while it was made up."""
    if len(answer) > LARGEST or asked(question.repository, question.words, history=question.history) != question:
        return
    derived = _opened(question.repository)
    try:
        derived.change(lambda: _put(derived, question, answer))
    except DamagedError:
        derived.discard()
    finally:
        derived.close()


def _put(derived: Derived, question: Question, answer: bytes) -> None:
    """Put the answer in place of the one to the same question; the oldest make room."""
    import json

    before = json.loads(derived.get(_ORDER, "order") or b"[]")
    wanted = [known for known in before if known[0] != question.words]
    wanted = [*wanted, [question.words, question.state, len(answer)]][-MOST:]
    while sum(size for _, _, size in wanted) > ROOM:
        del wanted[0]
    gone = [_number(words, state) for words, state, _ in before if [words, state] not in [row[:2] for row in wanted]]
    derived.remove(_ANSWERS, gone)
    derived.put(_ANSWERS, [(question.key, answer)])
    derived.put(_ORDER, [("order", json.dumps(wanted).encode())])


def _number(words: str, state: str) -> int:
    """Return a number that is another for every other question: 63 bits, as many as a row's number has."""
    told = hashlib.blake2b(f"{words}\0{state}".encode("utf-8", "surrogateescape"), digest_size=8)
    return int.from_bytes(told.digest(), "big") >> 1


def _opened(repository: Repository) -> Derived:
    return open_derived(repository, "answers.sqlite", program_fingerprint(), (_ANSWERS, _ORDER))
