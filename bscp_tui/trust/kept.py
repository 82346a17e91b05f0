"""A good verdict, kept in the person's own cache folder, so that only new entries need be judged again.

It is never looked for in the register, whoever prepared that; what is damaged or was kept by
another version of the rules is thrown away.
"""

import json
from collections import Counter
from dataclasses import asdict, dataclass

from bscp_tui.history.tree import Tree
from bscp_tui.store.derived import DamagedError, Shelf, open_derived
from bscp_tui.store.repository import Repository
from bscp_tui.trust.judging import Court, Finding

RULES = "1"  # what a kept verdict means; any change of the rules is a new number
_SHELF = Shelf("verdict", str)


@dataclass(frozen=True)
class Kept:
    """What stands after a good verdict.

    Attributes:
        court: What is known of the entries judged.
        tree: The tree over them.
        pin: The last shared entry at that time, which is among them.

    """

    court: Court
    tree: Tree
    pin: str


def load(repository: Repository) -> Kept | None:
    """Return the last good verdict on this copy, None where there is none."""
    derived = open_derived(repository, "verdict.sqlite", RULES, (_SHELF,))
    try:
        data = derived.get(_SHELF, "good")
        return _read(json.loads(data)) if data else None
    except (DamagedError, ValueError, TypeError, KeyError):
        derived.discard()
        return None
    finally:
        derived.close()


def keep(repository: Repository, kept: Kept) -> None:
    """Keep a good verdict; where it cannot be kept, the next one is simply reached anew."""
    derived = open_derived(repository, "verdict.sqlite", RULES, (_SHELF,))
    facts = asdict(kept.court) | {"signers": dict(kept.court.signers)}
    peaks = [peak.hex() for peak in kept.tree.peaks]
    told = json.dumps({"court": facts, "size": kept.tree.size, "peaks": peaks, "pin": kept.pin})
    try:
        derived.change(lambda: derived.put(_SHELF, [("good", told.encode())]))
    except DamagedError:
        derived.discard()
    finally:
        derived.close()


def _read(facts: dict[str, object]) -> Kept:
    told = dict(facts["court"])  # type: ignore[call-overload]
    findings = {name: [Finding(**one) for one in told.pop(name)] for name in ("faults", "notes")}
    court = Court(**told | {"signers": Counter(told["signers"])} | findings)
    peaks = tuple(bytes.fromhex(peak) for peak in facts["peaks"])  # type: ignore[attr-defined]
    return Kept(court, Tree(int(facts["size"]), peaks), str(facts["pin"]))  # type: ignore[call-overload]
