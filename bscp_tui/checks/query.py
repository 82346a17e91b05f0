"""A query: what ``check`` raises, as an auditor raises one, with its place in the files."""

from dataclasses import dataclass

from bscp_tui.checks.rule import SEVERITIES, Severity


@dataclass(frozen=True)
class Query:
    """Something questionable in the register.

    Attributes:
        rule: The rule that raises it.
        severity: "error", "warning" or "info".
        ref: The record's reference; the path where there is no record.
        path: The file, relative to the repository.
        line: The line in it, from 1.
        field: The field in full, ``key_actions.3.target``; empty for the record as a whole.
        message: What is wrong, in one sentence.
        fix: What would mend it.
        accepted: Who accepted it, why and until when; None where it stands open.

    """

    rule: str
    severity: Severity
    ref: str
    path: str
    line: int
    field: str
    message: str
    fix: str
    accepted: str | None = None

    @property
    def order(self) -> tuple[int, str, int, str, str, str, str]:
        """What sorts queries: errors first, then by file and line."""
        return (SEVERITIES.index(self.severity), self.path, self.line, self.rule, self.field, self.message, self.ref)

    @property
    def identity(self) -> tuple[str, str, str, str]:
        """What a query is known by when lines have moved."""
        return (self.rule, self.ref, self.field, self.message)

    def facts(self) -> dict[str, object]:
        """Return it as programs read it."""
        names = ("rule", "severity", "ref", "path", "line", "field", "message", "fix", "accepted")
        return {name: getattr(self, name) for name in names}
