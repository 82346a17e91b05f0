"""What a question was answered with, kept for as long as the register stands as it stood.

The register's whole state is part of the key: the history's tips, every working file's stamps, the
program itself. Whatever changes, the question is answered anew; nothing is ever brought up to date.
"""

import json
from dataclasses import dataclass

from bscp_tui.store.derived import DamagedError, Derived, Shelf, open_derived
from bscp_tui.store.fingerprint import program_fingerprint
from bscp_tui.store.repository import Repository
from bscp_tui.store.standing import standing_of

LARGEST = 64_000_000  # bytes of one answer
ROOM = 160_000_000  # bytes of all answers of a register
MOST = 60  # questions
_ANSWERS, _ORDER = Shelf("answers", str), Shelf("asked", str)


@dataclass(frozen=True)
class Question:
    """Something asked of a register at one moment.

    Attributes:
        repository: The register.
        words: All that the answer depends on, beside the register's state.
        state: The digest of that state.

    """

    repository: Repository
    words: str
    state: str

    @property
    def key(self) -> str:
        """What the answer is kept under."""
        return f"{self.words}\0{self.state}"


def asked(repository: Repository, words: str) -> Question | None:
    """Return the question as of now; None where the register's state is too young to be told by stamps."""
    try:
        standing = standing_of(repository)
    except OSError:
        return None
    return Question(repository, words, standing.digest) if standing.settled else None


def answer_to(question: Question) -> bytes | None:
    """Return the kept answer, None where there is none."""
    derived = _opened(question.repository)
    try:
        return derived.get(_ANSWERS, question.key)
    except DamagedError:
        derived.discard()
        return None
    finally:
        derived.close()


def keep(question: Question, answer: bytes) -> None:
    """Keep an answer, unless the register changed while it was made up."""
    if len(answer) > LARGEST or asked(question.repository, question.words) != question:
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
    before = json.loads(derived.get(_ORDER, "order") or b"[]")
    wanted = [known for known in before if known[0] != question.words]
    wanted = [*wanted, [question.words, question.state, len(answer)]][-MOST:]
    while sum(size for _, _, size in wanted) > ROOM:
        del wanted[0]
    gone = [f"{words}\0{state}" for words, state, _ in before if [words, state] not in [row[:2] for row in wanted]]
    derived.remove(_ANSWERS, gone)
    derived.put(_ANSWERS, [(question.key, answer)])
    derived.put(_ORDER, [("order", json.dumps(wanted).encode())])


def _opened(repository: Repository) -> Derived:
    return open_derived(repository, "answers.sqlite", program_fingerprint(), (_ANSWERS, _ORDER))
