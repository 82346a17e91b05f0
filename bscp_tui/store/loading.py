"""Records read from their files, each once, or taken from what was read before."""

import contextlib
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from pydantic import ValidationError

from bscp_tui.model.amendment import explained
from bscp_tui.model.document import Document
from bscp_tui.model.record import Kind, Part
from bscp_tui.model.references import refs_within
from bscp_tui.model.settings import Settings
from bscp_tui.store.apart import is_possible, share
from bscp_tui.store.kept import Fresh, Kept, told_of
from bscp_tui.store.sources import Files, Known, Raw, Stamps
from bscp_tui.store.toml_text import UnreadableError, line_of, parse

# So many files are worth a look at what was read before; fewer are read sooner than it is opened.
MANY = 250
IN_TWO = 2_000  # so many files are read sooner by two processes


@dataclass(frozen=True)
class Unreadable:
    """A record that cannot be read: shown, counted, never skipped.

    Attributes:
        kind: Whose folder it lies in.
        ref: What its path makes it; the path itself where it fits no kind.
        path: Relative to the repository.
        line: The first line at fault.
        reason: What is wrong.

    """

    kind: Kind
    ref: str
    path: str
    line: int
    reason: str


@dataclass(frozen=True)
class Loaded:
    """A record that was read; its document is read again, by its id, where only the record was kept."""

    document: Document | None
    record: Part
    mark: str | None
    blob: str | None
    plain: bool = True  # whether it holds no keys but those of its kind


# What another process read: by path the mark, the id and the record as it is kept; and what tells the files.
_Told = Mapping[str, tuple[str | None, str, bytes]]
_Part = tuple[_Told, Stamps]

PlaceOf = Callable[[str], tuple[Kind, Mapping[str, str]]]


class Records:
    """The records of a register's files, by path."""

    def __init__(
        self,
        files: Files,
        place_of: PlaceOf,
        kept: Callable[[], Kept] | None,
    ) -> None:
        """Read from ``files``.

        Args:
            files: Where they are read from.
            place_of: Says of a path which kind lies there, and what the path says.
            kept: Opens what was read before; None to read everything anew.

        """
        self._files = files
        self._place_of = place_of
        self._kept = kept
        self._loaded: dict[str, Loaded | Unreadable] = {}
        self._before: dict[str, Loaded] = {}

    def unread(self, place_of: PlaceOf) -> "Records":
        """Return the records of the same files, none of them read."""
        return Records(self._files, place_of, self._kept)

    def take_over(self, before: "Records") -> None:
        """Use the records of an earlier reading wherever a file still holds the same bytes.

        A program that stays reads its register again after each change, which nearly always is of a single record.
        """
        read = dict(before._loaded)  # noqa: SLF001 - of another reading; a copy, since that one may be read on meanwhile
        self._before = {path: loaded for path, loaded in read.items() if isinstance(loaded, Loaded)}

    def at(self, path: str) -> Loaded | Unreadable:
        """Return the record in the file at ``path``."""
        self.load([path])
        return self._loaded[path]

    def document(self, path: str) -> Document:
        """Return what the file at ``path`` holds; only the record of most is held, so their bytes are read again.

        Raises:
            UnreadableError: It cannot be read.

        """
        loaded = self.at(path)
        if isinstance(loaded, Unreadable):
            raise UnreadableError(f"{path}, line {loaded.line}: {loaded.reason}", loaded.line)
        if loaded.document is not None:
            return loaded.document
        data = self._files.content(path, loaded.blob or "")
        if data is None:
            raise UnreadableError(f"{path} was changed by hand a moment ago; look at it again")
        document = parse(data)
        self._loaded[path] = replace(loaded, document=document)
        return document

    def load(self, paths: Iterable[str]) -> None:
        """Read those of the files that are not read yet."""
        missing = [path for path in paths if path not in self._loaded]
        if len(missing) >= MANY and self._kept is not None:
            self._load_many(missing, self._kept())
        else:
            self._read(missing)

    def marked(self, is_record: Callable[[str], bool]) -> list[str]:
        """Return the records' files that differ from what is recorded; none is read as a record for that."""
        kept = self._kept() if self._kept is not None else None
        try:
            stamps = kept.stamps() if kept else {}
            others = self._files.read(dict.fromkeys(filter(is_record, self._files.unlike(stamps))))
            if kept and others:
                kept.keep((), stamps, {**stamps, **self._files.stamps})
        finally:
            if kept:
                kept.close()
        return [path for path, one in others.items() if one.mark is not None]

    def has_read(self, paths: Iterable[str]) -> bool:
        """Whether all of the files are read already."""
        return all(path in self._loaded for path in paths)

    def naming(self, paths: Collection[str], ref: str) -> frozenset[str]:
        """Return those of the files whose records, or rows in them, name ``ref``.

        What each names is kept by the id of its bytes, so that only records that nobody looked at before are read.
        """
        if self._kept is None:
            self.load(paths)
            return frozenset(path for path in paths if ref in self._refs_at(path))
        kept = self._kept()
        try:
            known = self._files.known(paths, kept.stamps())
            keys = {path: (self._place_of(path)[0].name, one.blob) for path, one in known.items()}
            names = dict(kept.names())
        finally:
            kept.close()
        anew = [path for path in paths if keys.get(path) not in names]
        self.load(anew)
        found = {path for path in paths if path in keys and ref in names.get(keys[path], ())}
        fresh = {path: self._refs_at(path) for path in anew}
        keys |= {path: key for path in anew if (key := self._key_at(path)) is not None}
        told = {keys[path]: sorted(refs) for path, refs in fresh.items() if path in keys}
        if told:
            kept = self._kept()
            try:
                kept.keep_names({**names, **told}, set(keys.values()))
            finally:
                kept.close()
        return frozenset(found | {path for path, refs in fresh.items() if ref in refs})

    def _key_at(self, path: str) -> tuple[str, str] | None:
        """Return what the names of a record that was read are kept under; None where it cannot be read."""
        loaded = self._loaded[path]
        blob = loaded.blob if isinstance(loaded, Loaded) else None
        return (self._place_of(path)[0].name, blob) if blob is not None else None

    def _refs_at(self, path: str) -> frozenset[str]:
        loaded = self._loaded[path]
        return frozenset(refs_within(loaded.record)) if isinstance(loaded, Loaded) else frozenset()

    def _read(self, paths: Sequence[str], *, whole: bool = True) -> None:
        """Read files; of many, the documents are not held (``whole``), since only a few are ever changed."""
        if not paths:
            return
        for path, raw in self._files.read(paths).items():
            self._loaded[path] = self._parsed(path, raw, whole=whole or raw.blob is None)

    def _load_many(self, paths: list[str], kept: Kept) -> None:
        """Take what was read before from what is kept, read the rest, and keep that too."""
        try:
            stamps = kept.stamps()
            known = self._files.known(paths, stamps)
            wanted = {path: one for path, one in known.items() if not self._is_taken_over(path, one)}
            kinds = {path: self._place_of(path)[0] for path in wanted}
            records = kept.records((kinds[path], one.blob) for path, one in wanted.items())
            for path, one in wanted.items():
                record = records.get((kinds[path].name, one.blob))
                if record is not None:
                    self._loaded[path] = Loaded(None, record, one.mark, one.blob)
            anew = [path for path in paths if path not in self._loaded]
            if anew:
                told, seen = self._read_in_two(anew) if len(anew) >= IN_TWO and is_possible() else ({}, {})
                self._read([path for path in anew if path not in self._loaded], whole=False)
                kept.keep(self._fresh(anew, told), stamps, {**stamps, **self._files.stamps, **seen})
        finally:
            kept.close()

    def _is_taken_over(self, path: str, known: Known) -> bool:
        """Whether an earlier reading found the same bytes there; its record then stands for this one, too."""
        before = self._before.pop(path, None)
        if before is None or before.blob != known.blob:
            return False
        same = before.document is None and before.mark == known.mark
        self._loaded[path] = before if same else replace(before, document=None, mark=known.mark)
        return True

    def _read_in_two(self, paths: list[str]) -> _Part:
        """Read files, some in another process; those that are not plain are left to be read after it."""
        told: dict[str, tuple[str | None, str, bytes]] = {}
        seen: dict[str, tuple[tuple[int, ...], str]] = {}

        def take(part: _Part) -> None:
            for path, (mark, blob, data) in part[0].items():
                with contextlib.suppress(ValidationError):
                    record = self._place_of(path)[0].model.model_validate_json(data)
                    self._loaded[path] = Loaded(None, record, mark, blob)
            told.update(part[0])
            seen.update(part[1])

        self._read(paths[:1], whole=False)  # with which git is asked, once, what the files are compared with
        share(paths[1:], lambda some: self._read(some, whole=False), self._told, take)
        return told, seen

    def _told(self, paths: Sequence[str]) -> _Part:
        """Read files for another process."""
        self._read(paths, whole=False)
        found = {path: self._loaded[path] for path in paths}
        records = {
            path: (loaded.mark, loaded.blob, told_of(loaded.record))
            for path, loaded in found.items()
            if isinstance(loaded, Loaded) and loaded.blob is not None and loaded.plain
        }
        return records, {path: stamp for path in paths if (stamp := self._files.stamps.get(path)) is not None}

    def _fresh(self, paths: Iterable[str], told: _Told) -> Iterator[Fresh]:
        for path in paths:
            loaded = self._loaded[path]
            if isinstance(loaded, Loaded) and loaded.blob is not None and loaded.plain:
                _, blob, known = told.get(path, (None, "", b""))
                data = known if blob == loaded.blob else told_of(loaded.record)
                yield Fresh(self._place_of(path)[0], loaded.blob, data)

    def _parsed(self, path: str, raw: Raw, *, whole: bool) -> Loaded | Unreadable:
        kind, names = self._place_of(path)
        ref = kind.reference.format(**names)
        if raw.data is None:
            return Unreadable(kind, ref, path, 1, raw.fault or "cannot be read")
        try:
            return _loaded(kind, parse(raw.data), raw, whole=whole)
        except UnreadableError as error:
            return Unreadable(kind, ref, path, error.line, str(error))
        except ValidationError as error:
            line = line_of(raw.data.decode(), error.errors()[0]["loc"])
            return Unreadable(kind, ref, path, line, explained(error))


def _loaded(kind: Kind, document: Document, raw: Raw, *, whole: bool) -> Loaded:
    """Return the record that a document describes, validated; nearly all hold no keys but their kind's."""
    held = document if whole else None
    try:
        return Loaded(held, kind.model.model_validate(document, extra="forbid"), raw.mark, raw.blob)
    except ValidationError:
        return Loaded(held, kind.model.model_validate(document), raw.mark, raw.blob, plain=False)


def settings_in(path: str, raw: Raw) -> Settings:
    """Return what ``bscp.toml`` says of the register.

    Args:
        path: Where it lies, for the message.
        raw: What was read there.

    Raises:
        UnreadableError: It cannot be read; the message says where and why.

    """
    if raw.data is None:
        raise UnreadableError(f"{path}: {raw.fault}")
    try:
        return Settings.model_validate(parse(raw.data))
    except ValidationError as error:
        raise UnreadableError(f"{path}: {explained(error)}") from None
    except UnreadableError as error:
        raise UnreadableError(f"{path}, line {error.line}: {error}", error.line) from None
