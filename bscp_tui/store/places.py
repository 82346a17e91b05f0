"""Which files of a register are records, of which kind each is, and by which reference it goes."""

import re
from collections.abc import Iterable, Mapping
from functools import cached_property

from bscp_tui.model.kinds import KINDS, place_of, places_of
from bscp_tui.model.record import Kind
from bscp_tui.store.loading import Unreadable
from bscp_tui.store.sources import Files


class Places:
    """What the paths of a register's files say; none is opened for it."""

    def __init__(self, files: Files, prefix: str) -> None:
        """Look at ``files``, of which those are records whose path begins with ``prefix``."""
        self.prefix = prefix
        self._files = files
        self._refs: dict[str, str] = {}  # by path, those that were asked for

    @cached_property
    def all_paths(self) -> frozenset[str]:
        """Every file, a record's or not."""
        return frozenset(self._files.paths())

    @cached_property
    def records(self) -> Mapping[str, tuple[Kind, dict[str, str]]]:
        """Path to its kind and the names in it."""
        before = len(self.prefix)
        found = places_of(path[before:] for path in self.all_paths if path.startswith(self.prefix))
        return {self.prefix + inner: place for inner, place in found.items()}

    def is_record(self, path: str) -> bool:
        """Whether a kind's records lie at ``path``; the other files are not looked at for it."""
        return path.startswith(self.prefix) and place_of(path.removeprefix(self.prefix)) is not None

    @cached_property
    def refs(self) -> Mapping[str, str]:
        """Reference to path, for records with a file of their own."""
        self._refs = {path: kind.reference.format_map(names) for path, (kind, names) in self.records.items()}
        return {ref: path for path, ref in self._refs.items()}

    @cached_property
    def strays(self) -> list[Unreadable]:
        """Files in a kind's folder whose names do not fit it."""
        return _strays(sorted(self.all_paths - self.records.keys()), self.prefix)

    def ref_at(self, path: str) -> str:
        """Return the reference of the record in the file at ``path``."""
        ref = self._refs.get(path)
        if ref is None:
            kind, names = self.records[path]
            ref = self._refs[path] = kind.reference.format_map(names)
        return ref

    def of_kind(self, kind: Kind, names: Mapping[str, str]) -> list[str]:
        """Return the paths of a kind's records that say ``names``."""
        paths = self._by_kind.get(kind.name, ())
        if not names:
            return list(paths)
        wanted = names.items()
        return [path for path in paths if wanted <= self.records[path][1].items()]

    def place_of(self, path: str) -> tuple[Kind, Mapping[str, str]]:
        """Return the kind of the record in the file at ``path``, and what the path says."""
        return self.records[path]

    @cached_property
    def _by_kind(self) -> Mapping[str, list[str]]:
        found: dict[str, list[str]] = {}
        for path, (kind, _) in self.records.items():
            found.setdefault(kind.name, []).append(path)
        return found


def _strays(paths: Iterable[str], prefix: str) -> list[Unreadable]:
    """Return those of the files that lie in a kind's folder though their names do not fit it."""
    found = []
    for path in paths:
        inner = path.removeprefix(prefix)
        kind = next((kind for kind in KINDS.values() if kind.where and _is_in_folder(kind, inner)), None)
        if kind is not None:
            reason = f"the file's name does not fit {kind.where}, so it is not read"
            found.append(Unreadable(kind, inner, path, 1, reason))
    return found


def _is_in_folder(kind: Kind, inner: str) -> bool:
    pattern = re.sub(r"\\\{\w+\\\}", "[^/]+", re.escape(kind.folder_pattern))
    fits = re.fullmatch(rf"{pattern}/[^/]*\.toml[^/]*", inner) is not None
    return fits and not (kind.where or "").endswith("/plan.toml")
