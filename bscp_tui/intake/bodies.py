"""Agencies, groups and people as documents write them: by name and alias, else nearly so, else new ones."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from bscp_tui.intake.wanted import Reading, Wanted
from bscp_tui.model.additions import slug_of
from bscp_tui.model.fields import BODY_KINDS
from bscp_tui.model.kinds import KINDS
from bscp_tui.store.snapshot import Snapshot

NEARLY = 88
_GROUPS = re.compile(
    r"\b(?:sub-?\s?group|group|board|forum|network|panel|committee|assembly|team|hub|partnership)\b", re.IGNORECASE
)
_POSTS = re.compile(
    r"\b(?:manager|director|officer|lead|chairs?|head|coordinator|co-ordinator|commissioner|scrutineer|nurse|doctor)\b",
    re.IGNORECASE,
)
_PERSON = re.compile(r"(?:(?:Dr|Mr|Mrs|Ms|Miss|Cllr|Councillor|Prof)\.? )?[A-Z][a-z'’-]+(?: [A-Z][a-z'’-]+){1,2}")
_ORGANISATION = re.compile(
    r"\b(?:council|police|service|trust|nhs|icb|hospital|university|school|public|health|education|strategic|"
    r"children'?s?|safeguarding|learning|quality|social|care)\b",
    re.IGNORECASE,
)


_PARTINGS = (re.compile(r"\s*/\s*"), re.compile(r"\s+&\s+|\s*;\s*"))


@dataclass(frozen=True)
class Found:
    """Who a text means.

    Attributes:
        ref: Its reference.
        why: How it was found; "" where by its name.
        doubt: What is unsure of it.
        new: Whether it is not in the register yet.

    """

    ref: str
    why: str = ""
    doubt: str | None = None
    new: bool = False


class Bodies:
    """Finds bodies in the register, and proposes those that a document names and the register does not have."""

    def __init__(self, snapshot: Snapshot, told: dict[str, str] | None = None) -> None:
        """Look among the bodies of ``snapshot``; ``told`` says which reference a person gave a name."""
        self._known: dict[str, str] = {}
        self._titles: dict[str, str] = {}
        self._people: list[tuple[str, str]] = []
        self._refs: set[str] = set()
        self.proposed: dict[str, Wanted] = {}
        for kind in BODY_KINDS:
            for view in snapshot.views(KINDS[kind]):
                self._refs.add(view.ref)
                self._titles[view.ref] = view.title
                names = [view.ref, view.title, str(getattr(view.item, "short_name", None) or "")]
                for name in [*names, *getattr(view.item, "aliases", ())]:
                    self._learn(name, view.ref)
                if kind == "person":
                    self._people.append((view.title, view.ref))
        for name, ref in (told or {}).items():
            self._known[_key(name)] = ref

    def known(self, text: str) -> Found | None:
        """Return who a text means, None where no name in the register is like it."""
        key = _key(text)
        if key in self._known:
            return self._certain(self._known[key])
        for title, ref in self._people:
            if re.search(rf"\b{re.escape(title)}\b", text):
                return Found(ref, f"“{title}” is named")
        return self._nearly(key, text)

    def _certain(self, ref: str) -> Found:
        unsure = self.proposed[ref].fields["title"].doubt if ref in self.proposed else None
        doubt = f"{self.name(ref)} is not in the register yet: {unsure}" if unsure else None
        return Found(ref, doubt=doubt, new=ref in self.proposed)

    def _nearly(self, key: str, text: str) -> Found | None:
        from rapidfuzz import fuzz, process

        close = (
            process.extractOne(key, list(self._known), scorer=fuzz.ratio, score_cutoff=NEARLY) if len(key) > 6 else None
        )
        if close is None:
            return None
        ref = self._known[close[0]]
        name = self._titles.get(ref, ref)
        return Found(ref, "", f"“{text}” is only nearly the name of {name}", new=ref in self.proposed)

    def is_one(self, text: str) -> bool:
        """Whether a text is, as it stands, the name of a body of the register or of one that was proposed."""
        return _key(text) in self._known

    def found(self, text: str, place: str, kind: str | None = None, unsure: str | None = None) -> Found:
        """Return who a text means; who is not in the register is proposed.

        Args:
            text: The name, as the document writes it.
            place: Where it stands in the document.
            kind: What it is where the document says so: "agency" under a heading of agencies.
            unsure: What is doubtful about the name, so that a new body of that name is doubtful too.

        """
        found = self.known(text)
        return found if found is not None else self._propose(text, place, kind, unsure)

    def name(self, ref: str) -> str:
        """Return the name of a body."""
        return self._titles.get(ref, ref)

    def split(self, text: str) -> list[str]:
        """Return the owners of a joint text: parted at "/", "&" and "and", but never within a known name."""
        text = " ".join(text.split())
        if self.is_one(text):
            return [text]
        for parting in _PARTINGS:
            parts = [part for part in parting.split(text) if part]
            if len(parts) > 1 and all(len(part) > 1 for part in parts):
                return [one for part in parts for one in self.split(part)]
        parts = re.split(r"\s+and\s+", text)
        if len(parts) > 1 and all(self.is_one(part) for part in parts):
            return parts
        return [text]

    def _propose(self, text: str, place: str, said: str | None, unsure: str | None) -> Found:
        name = " ".join(text.split()).strip(" ,.;:")
        kind, why, doubt = _kind_of(name, said)
        doubt = unsure or doubt
        ref = self._free(slug_of(name) or "body")
        fields = {"title": Reading(name, why, doubt)}
        if KINDS[kind].model.model_fields.get("type") is not None:
            kinds = {"person": "post" if _POSTS.search(name) else "person", "group": _type_of(name)}
            fields["type"] = Reading(kinds[kind], "by its name", doubt)
        self.proposed[ref] = Wanted(KINDS[kind], ref, {"slug": ref}, place, fields)
        self._refs.add(ref)
        self._titles[ref] = name
        self._learn(name, ref)
        return self._certain(ref)

    def _free(self, slug: str) -> str:
        number, free = 2, slug
        while free in self._refs:
            free = f"{slug[:36]}-{number}"
            number += 1
        return free

    def _learn(self, name: str, ref: str) -> None:
        for key in _keys(name):
            self._known.setdefault(key, ref)


def _kind_of(name: str, said: str | None) -> tuple[str, str, str | None]:
    unknown = "no agency, group or person of the register goes by this name"
    if said is not None and not _GROUPS.search(name):
        return said, unknown, None
    if _GROUPS.search(name) and not _POSTS.search(name):
        return "group", f"{unknown}; a group, by its name", None
    if _POSTS.search(name) and not _ORGANISATION.search(name.partition(",")[0]):
        return "person", f"{unknown}; a post, by its name", None
    if _PERSON.fullmatch(name) and not _ORGANISATION.search(name):
        return "person", f"{unknown}; a person, by the name", None
    return "agency", unknown, "taken for an agency, which nothing but its name says"


def _type_of(name: str) -> str:
    for word in ("sub-group", "board", "network", "forum"):
        if word.replace("-", "") in re.sub(r"[-\s]", "", name.lower()):
            return word
    return "group"


def _keys(name: str) -> Iterator[str]:
    key = _key(name)
    if key:
        yield key


@lru_cache(maxsize=4096)
def _key(text: str) -> str:
    """Return a name for comparison: without signs, "the", "sub-group", and the many ways of writing "and"."""
    text = text.lower().replace("’", "'").replace("&", " and ")
    text = re.sub(r"\bsub[-\s]?group\b", " ", text) if len(text) > 14 else text
    words = re.sub(r"[^\w\s]", " ", text.replace("'", "")).split()
    return " ".join(word for word in words if word not in {"the", "and", "of"})
