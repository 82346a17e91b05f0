"""Is a file what the register gives? The report is made again from what the file says of itself, and compared."""

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from itertools import zip_longest
from typing import Any, Literal

from bscp_tui.model.dates import DateError
from bscp_tui.model.text import one_line, shortened
from bscp_tui.reports.forms.all_forms import FORMS, Form
from bscp_tui.reports.forms.csv_rows import ABOUT
from bscp_tui.reports.house.templates import HouseError
from bscp_tui.reports.making import ReportError
from bscp_tui.reports.producing import produced
from bscp_tui.reports.statement import LABEL, Statement, StatementError, read_statement
from bscp_tui.store.commits import commit_named
from bscp_tui.store.errors import RegisterError
from bscp_tui.store.moments import NoSuchMomentError
from bscp_tui.store.naming import UnknownReferenceError
from bscp_tui.store.register import Register
from bscp_tui.trust.proof import ProofError, read_proofs
from bscp_tui.trust.proving import proof_at

Outcome = Literal["matches", "does not match", "cannot tell"]
VERIFIED = ("text", "html", "csv")
PROOF = "Proof line"
_MOST = 5  # places that are told of
_LONG = 120  # signs of a line that is told of


@dataclass(frozen=True)
class Verdict:
    """Whether a file is what the register gives.

    Attributes:
        outcome: In one word or two.
        sentence: In words.
        places: Where it differs, a sentence each; the first ones.
        statement: What the file says that it was made with; None where it says nothing of the kind.

    """

    outcome: Outcome
    sentence: str
    places: Sequence[str] = ()
    statement: Statement | None = None


class _NoReportError(ValueError):
    """The file is no report of ours; the message says what is missing."""


def verified(register: Register, data: bytes, *, name: str | None = None) -> Verdict:
    """Return whether a text, HTML or CSV file is what the register gives for the report that it says it is.

    Args:
        register: The register.
        data: The file.
        name: The report that it should be; None for whichever it says.

    Raises:
        RegisterError: The register cannot be read.

    """
    try:
        text = data.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError:
        return Verdict("cannot tell", "It is no text, HTML or CSV file in UTF-8; only these can be verified.")
    form = _form_of(text)
    facts = _facts(form, text)
    try:
        statement = read_statement(_only(facts, LABEL))
    except (StatementError, _NoReportError) as error:
        return Verdict("cannot tell", f"The file does not say how it was made, or not whole: {error}")
    if name is not None and statement.wanted.report != name:
        told = f"It is the report “{statement.wanted.report}”, not “{name}”."
        return Verdict("does not match", told, statement=statement)
    return _compared(register, form, text, facts, statement)


def _compared(
    register: Register, form: Form, text: str, facts: Sequence[tuple[str, str]], statement: Statement
) -> Verdict:
    version = statement.wanted.as_of or ""
    stated = [value for label, value in facts if label == "Register version"]
    if stated != [version]:
        told = f"It names two register versions: {', '.join(stated) or 'none'} and {version}."
        return Verdict("does not match", told, statement=statement)
    commit = commit_named(register.repository, version)
    if commit is None:
        told = (
            f"This register has no version {version}. Receive what others sent, or ask which register it was made from."
        )
        return Verdict("cannot tell", told, statement=statement)
    try:
        then = replace(register, today=statement.day)
        product = produced(then, statement.wanted, statement.width, _proof(register, commit, facts))
    except (ReportError, HouseError, UnknownReferenceError, NoSuchMomentError, DateError) as error:
        told = f"The register gives no such report: {error}"
        return Verdict("does not match", told, statement=statement)
    expected = product.written(form).decode().replace("\r\n", "\n")
    places = list(_places(form, text, expected))
    whole = f"the report “{statement.wanted.report}” of register version {version}"
    if not places:
        return Verdict("matches", f"The file is what the register gives: {whole}.", statement=statement)
    return Verdict("does not match", f"The file is not what the register gives for {whole}.", places, statement)


def _proof(register: Register, commit: str, facts: Sequence[tuple[str, str]]) -> str | None:
    """Return the file's proof line, if it holds for a version that the report's own one follows or is."""
    try:
        proof = read_proofs(_only(facts, PROOF))[0]
        covered = commit_named(register.repository, proof.version)
        if covered is None or not _follows(register, covered, commit):
            return None
        return str(proof) if proof_at(register.repository, covered) == proof else None
    except (ProofError, _NoReportError, RegisterError):
        return None


def _follows(register: Register, earlier: str, later: str) -> bool:
    told = register.repository.read("rev-list", "--count", earlier, f"^{later}").decode().strip()
    return told == "0"


def _only(facts: Sequence[tuple[str, str]], label: str) -> str:
    found = [value for name, value in facts if name == label]
    if len(found) != 1:
        msg = f"it has {len(found) or 'no'} lines “{label}”, where a report has one."
        raise _NoReportError(msg)
    return found[0]


def _form_of(text: str) -> Form:
    beginning = text.lstrip()[:200].lower()
    if beginning.startswith(("<!doctype html", "<html")):
        return FORMS["html"]
    return FORMS["csv"] if beginning.startswith(('"table",', "table,")) else FORMS["text"]


def _facts(form: Form, text: str) -> list[tuple[str, str]]:
    """Return what a file says of the report as a whole: (label, words)."""
    if form.name == "csv":
        return [(row[-2], row[-1]) for row in _rows(text) if len(row) > 2 and row[0] == ABOUT]
    if form.name == "html":
        soup = _soup(text)
        return [(_said(term), _said(term.find_next_sibling("dd"))) for term in soup.find_all("dt")]
    facts: list[tuple[str, str]] = []
    for line in next((block for block in text.split("\n\n") if "As at: " in block), "").split("\n"):
        label, colon, words = line.partition(": ")
        if line.startswith("  ") and facts:
            facts[-1] = (facts[-1][0], f"{facts[-1][1]} {line.strip()}")
        elif colon:
            facts.append((label, words))
        else:
            facts.append(("", line))
    return [fact for fact in facts if fact[0]]


def _places(form: Form, text: str, expected: str) -> Iterator[str]:
    """Yield where a file differs from what it should be; nothing where it does not."""
    if text == expected:
        return
    if form.name == "csv":
        yield from _differences(
            "row", [", ".join(row) for row in _rows(text)], [", ".join(row) for row in _rows(expected)]
        )
        return
    if form.name == "html":
        found = list(_inner(text))
        true = list(_inner(expected))
        if found != true:
            yield from _differences("", found, true)
            return
    yield from _differences("line", text.split("\n"), expected.split("\n"))


def _differences(what: str, found: Sequence[str], true: Sequence[str]) -> Iterator[str]:
    told = 0
    for tag, low, high, from_, to in _steps(found, true):
        if tag == "equal":
            continue
        for place, (ours, theirs) in enumerate(zip_longest(found[low:high], true[from_:to])):
            if told == _MOST:
                yield "… and more."
                return
            told += 1
            where = f"{what} {low + place + 1}: " if what else ""
            yield where + _told(ours, theirs)


def _steps(found: Sequence[str], true: Sequence[str]) -> Iterator[tuple[str, int, int, int, int]]:
    """Yield how the one becomes the other; of what is very long, only the part that differs is looked at closely."""
    head = next((at for at, (a, b) in enumerate(zip(found, true, strict=False)) if a != b), min(len(found), len(true)))
    window = 2_000
    matcher = SequenceMatcher(None, found[head : head + window], true[head : head + window], autojunk=False)
    for tag, low, high, from_, to in matcher.get_opcodes():
        yield tag, low + head, high + head, from_ + head, to + head
    if found[head + window :] != true[head + window :]:
        yield "replace", len(found), len(found), len(true), len(true)


def _told(found: str | None, true: str | None) -> str:
    if found is None:
        return f"missing: “{_short(true or '')}”"
    if true is None:
        return f"the register gives nothing of the kind: “{_short(found)}”"
    return f"the file says “{_short(found)}”, the register gives “{_short(true)}”"


def _short(text: str) -> str:
    return shortened(one_line(text), _LONG)


def _rows(text: str) -> list[list[str]]:
    try:
        return list(csv.reader(io.StringIO(text, newline="")))
    except csv.Error:
        return []


def _soup(text: str) -> Any:
    from bs4 import BeautifulSoup

    return BeautifulSoup(text, "lxml")


def _said(element: Any) -> str:
    return element.get_text() if element is not None else ""


def _inner(text: str) -> Iterator[str]:
    """Yield what a page says, piece by piece, each with its place in words."""
    soup, section = _soup(text), ""
    for element in soup.find_all(["h1", "h2", "h3", "p", "dt", "dd", "caption", "tr", "desc"]):
        if element.name in {"h1", "h2", "h3", "caption"}:
            section = _said(element)
        if element.name == "tr":
            cells = " | ".join(_said(cell) for cell in element.find_all(["th", "td"]))
            yield f"{section}, row: {cells}"
        else:
            yield _said(element) if element.name.startswith("h") else f"{section}: {_said(element)}"
