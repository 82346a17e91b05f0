"""A good verdict, kept in the person's own cache folder, so that only new entries need be judged again.

It is never looked for in the register, whoever prepared that; what is damaged or was kept by
another version of the rules is thrown away.
"""

import json
from collections import Counter
from dataclasses import asdict, dataclass
from typing import Any

from bscp_tui.history.tree import Tree
from bscp_tui.store.derived import DamagedError, Shelf, open_derived
from bscp_tui.store.repository import Repository
from bscp_tui.trust.judging import Court, Finding

RULES = "2"  # what a kept verdict means; any change of the rules is a new number
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


@dataclass(frozen=True)
class Covered:
    """The tree up to an entry that a proof line named.

    Attributes:
        first: The register's first entry.
        tip: The entry.
        tree: The tree over all up to it.

    """

    first: str
    tip: str
    tree: Tree


def load_covered(repository: Repository) -> Covered | None:
    """Return what the last proof line covered, None where none is known."""
    facts = _facts(repository, "covered")
    return Covered(str(facts["first"]), str(facts["tip"]), _tree(facts)) if facts else None


def keep_covered(repository: Repository, covered: Covered) -> None:
    """Keep what a proof line covers, for the next one."""
    _put(repository, "covered", {"first": covered.first, "tip": covered.tip} | _tree_facts(covered.tree))


def load(repository: Repository) -> Kept | None:
    """Return the last good verdict on this copy, None where there is none."""
    facts = _facts(repository, "good")
    try:
        return _read(facts) if facts else None
    except (ValueError, TypeError, KeyError):
        return None


def keep(repository: Repository, kept: Kept) -> None:
    """Keep a good verdict; where it cannot be kept, the next one is simply reached anew."""
    facts = asdict(kept.court) | {"signers": dict(kept.court.signers)}
    _put(repository, "good", {"court": facts, "pin": kept.pin} | _tree_facts(kept.tree))


def _facts(repository: Repository, name: str) -> dict[str, Any]:
    derived = open_derived(repository, "verdict.sqlite", RULES, (_SHELF,))
    try:
        data = derived.get(_SHELF, name)
        return dict(json.loads(data)) if data else {}
    except (DamagedError, ValueError, TypeError):
        derived.discard()
        return {}
    finally:
        derived.close()


def _put(repository: Repository, name: str, facts: dict[str, Any]) -> None:
    derived = open_derived(repository, "verdict.sqlite", RULES, (_SHELF,))
    told = json.dumps(facts).encode()
    try:
        derived.change(lambda: derived.put(_SHELF, [(name, told)]))
    except DamagedError:
        derived.discard()
    finally:
        derived.close()


def _read(facts: dict[str, Any]) -> Kept:
    told = dict(facts["court"])
    findings = {name: [Finding(**one) for one in told.pop(name)] for name in ("faults", "notes")}
    court = Court(**told | {"signers": Counter(told["signers"])} | findings)
    return Kept(court, _tree(facts), str(facts["pin"]))


def _tree_facts(tree: Tree) -> dict[str, Any]:
    return {"size": tree.size, "peaks": [peak.hex() for peak in tree.peaks]}


def _tree(facts: dict[str, Any]) -> Tree:
    return Tree(int(facts["size"]), tuple(bytes.fromhex(peak) for peak in facts["peaks"]))
