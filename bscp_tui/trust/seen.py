"""What this person saw last of each register: a history that no longer holds it was cut short or rewritten.

It lies in the person's own data folder. Only a good verdict moves it on.
"""

import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path


@dataclass(frozen=True)
class Seen:
    """The last shared entry that a good verdict covered.

    Attributes:
        first: The register's first entry.
        tip: The entry's commit.
        entries: How many entries there were up to it.
        day: When it was seen, ``2026-07-08``.
        accepted: Rosters that were put in place anew, and that a proof line from the minutes vouched for.

    """

    first: str
    tip: str
    entries: int
    day: str
    accepted: tuple[str, ...] = ()


def last_seen(place: Path, first: str) -> list[Seen]:
    """Return what was seen at ``place``, and of the register that begins with ``first`` at any place."""
    known = _read()
    found = [known["places"].get(str(place)), known["registers"].get(first)]
    seen = [one for one in map(_seen, found) if one is not None]
    return list(dict.fromkeys(seen))


def remember(place: Path, seen: Seen) -> None:
    """Remember what was seen now, whole or not at all.

    Raises:
        OSError: It cannot be kept.

    """
    known = _read()
    known["places"][str(place)] = known["registers"][seen.first] = asdict(seen)
    _write(known)


def forget(place: Path) -> None:
    """Forget what was seen at ``place``, and of the register that was seen there.

    Raises:
        OSError: It cannot be kept.

    """
    known = _read()
    gone = _seen(known["places"].pop(str(place), None))
    if gone is not None:
        known["registers"].pop(gone.first, None)
        others = known["places"].items()
        known["places"] = {name: facts for name, facts in others if facts.get("first") != gone.first}
    _write(known)


def _memory() -> Path:
    import platformdirs

    return platformdirs.user_data_path("bscp", appauthor=False) / "seen.json"


def _read() -> dict[str, dict[str, dict[str, object]]]:
    try:
        known = json.loads(_memory().read_text(encoding="utf-8"))
        return {"places": dict(known["places"]), "registers": dict(known["registers"])}
    except (OSError, ValueError, TypeError, KeyError):
        return {"places": {}, "registers": {}}


def _write(known: object) -> None:
    path = _memory()
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(f"{path.name}.{os.getpid()}")
    fresh.write_text(json.dumps(known, indent=1, sort_keys=True), encoding="utf-8")
    fresh.replace(path)


def _seen(facts: object) -> Seen | None:
    if not isinstance(facts, dict):
        return None
    try:
        accepted = tuple(str(one) for one in facts.get("accepted", ()))
        return Seen(str(facts["first"]), str(facts["tip"]), int(facts["entries"]), str(facts["day"]), accepted)
    except (KeyError, TypeError, ValueError):
        return None
