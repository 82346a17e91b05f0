"""``bscp proof`` and ``bscp verify``: a line for the minutes, and whether the history is still the one it names."""

from argparse import Namespace
from dataclasses import asdict

from bscp_tui.cli.main import DONE, say
from bscp_tui.cli.opening import repository_of, text_given
from bscp_tui.cli.output import as_json
from bscp_tui.cli.usage import UsageError
from bscp_tui.model.text import shown
from bscp_tui.store.errors import RegisterError
from bscp_tui.store.repository import Repository
from bscp_tui.trust import seen
from bscp_tui.trust.judging import Finding
from bscp_tui.trust.proof import MARK, Proof, ProofError, read_proofs
from bscp_tui.trust.proving import current_proof
from bscp_tui.trust.verdict import Verdict
from bscp_tui.trust.verifying import verify, verify_quickly

STATUS = {"matches": DONE, "does not match": 1, "cannot tell": 2, "redacted": 3}
_MOST = 20  # faults told one by one; the rest is counted, and whole in JSON


def run_proof(options: Namespace) -> int:
    """Print the proof line of the last entry that the shared copy has, too."""
    made = current_proof(repository_of(options))
    if options.format == "json":
        print(as_json(asdict(made.proof) | {"line": str(made.proof), "not_yet_sent": made.unsent}))
    else:
        print(made.proof)
    if made.unsent:
        say(made.told)
    return DONE


def run_verify(options: Namespace) -> int:
    """Print whether the history matches; return 0, 1, 2 where nothing can be said, or 3 where it was redacted."""
    proofs = _proofs(options)
    try:
        repository = repository_of(options)
        if options.forget:
            return _forget(repository)
        quick = options.quick and not proofs
        verdict = verify_quickly(repository) if quick else verify(repository, proofs, remember=not options.read_only)
    except (RegisterError, OSError) as error:
        verdict = Verdict("cannot tell", str(error).rstrip("."))
    if options.format == "json":
        print(as_json(_facts(verdict)))
    else:
        print(shown(verdict.sentence))
        _details(verdict)
    return STATUS[verdict.outcome]


def _forget(repository: Repository) -> int:
    seen.forget(repository.root)
    print(f"What was last seen in {repository.root} is forgotten; the next good verdict begins anew.")
    return DONE


def _proofs(options: Namespace) -> list[Proof]:
    found: list[Proof] = []
    for text in options.proof or ():
        try:
            found += read_proofs(text_given(text, MARK))
        except ProofError as error:
            raise UsageError(str(error)) from error
    return found


def _details(verdict: Verdict) -> None:
    for title, findings in (("Does not hold:", verdict.faults[1:]), ("To know:", verdict.notes)):
        if findings:
            print(f"\n{title}")
        for finding in findings[:_MOST]:
            print(shown(f"  {finding.entry or '-'}: {finding.reason}"))
        if len(findings) > _MOST:
            print(f"  … and {len(findings) - _MOST:,} more; --format json lists all")
    if verdict.signers:
        print("\nSigned by:")
    for signer in verdict.signers:
        print(shown(f"  {signer.name} <{signer.email}>: {signer.entries:,}"))


def _facts(verdict: Verdict) -> dict[str, object]:
    return {
        "verdict": verdict.outcome,
        "sentence": verdict.sentence,
        "entries": verdict.entries,
        "vouched_for": verdict.entries - verdict.before,
        "before_trust": verdict.before,
        "vouched_from": verdict.introduced,
        "since": verdict.since,
        "version": verdict.tip,
        "faults": [_finding(fault) for fault in verdict.faults],
        "notes": [_finding(note) for note in verdict.notes],
        "signers": [asdict(signer) for signer in verdict.signers],
        "proofs": [str(proof) for proof in verdict.proofs],
    }


def _finding(finding: Finding) -> dict[str, object]:
    return {
        "commit": finding.commit or None,
        "entry": finding.entry or None,
        "code": finding.code,
        "reason": finding.reason,
    }
