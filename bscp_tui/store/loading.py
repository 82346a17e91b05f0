"""Records read from their files, each once, or taken from what was read before."""

import contextlib
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import NamedTuple, TypeVar

from pydantic import ValidationError

from bscp_tui.model.amendment import explained
from bscp_tui.model.document import Document
from bscp_tui.model.record import Kind, Part
from bscp_tui.model.references import refs_within
from bscp_tui.model.settings import Settings
from bscp_tui.store.apart import is_possible, leave, share
from bscp_tui.store.kept import Fresh, Kept, told_of
from bscp_tui.store.sources import FEW, Files, Known, Raw, Stamps
from bscp_tui.store.toml_text import UnreadableError, line_of, parse

# So many files are worth a look at what was read before; fewer are read sooner than it is opened.
MANY = 50
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


class Loaded(NamedTuple):
    """A record that was read; its document is read again, by its id, where only the record was kept."""

    document: Document | None
    record: Part
    mark: str | None
    blob: str | None
    plain: bool = True  # whether it holds no keys but those of its kind


class Told(NamedTuple):
    """A record that was read before, or by another process, as it is kept; its class validates it once it is used."""

    mark: str | None
    blob: str
    told: bytes


Asked = TypeVar("Asked")


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
        self._told: dict[str, Told] = {}  # those that nobody has used yet
        self._before: dict[str, Loaded | Told] = {}

    def unread(self, place_of: PlaceOf) -> "Records":
        """Return the records of the same files, none of them read."""
        return Records(self._files, place_of, self._kept)

    def take_over(self, before: "Records") -> None:
        """Use the records of an earlier reading wherever a file still holds the same bytes.

        A program that stays reads its register again after each change, which nearly always is of a single record.
        """
        told, read = dict(before._told), dict(before._loaded)  # noqa: SLF001 - copies: that one may be read on meanwhile
        self._before = {path: loaded for path, loaded in read.items() if isinstance(loaded, Loaded)} | told

    def at(self, path: str) -> Loaded | Unreadable:
        """Return the record in the file at ``path``."""
        loaded = self._loaded.get(path)
        if loaded is None:
            told = self._told.get(path)
            loaded = self._validated(path, told) if told is not None else None
        if loaded is None:
            self._read([path])
            loaded = self._loaded[path]
        return loaded

    def _validated(self, path: str, told: Told) -> Loaded | None:
        """Return a record that was told; None where its class finds that it does not hold, so that its file counts."""
        loaded = None
        with contextlib.suppress(ValidationError):
            record = self._place_of(path)[0].model.model_validate_json(told.told)
            loaded = self._loaded[path] = Loaded(None, record, told.mark, told.blob)
        self._told.pop(path, None)
        return loaded

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
        self._loaded[path] = loaded._replace(document=document)
        return document

    def load(self, paths: Iterable[str]) -> None:
        """Read those of the files that are not read yet."""
        missing = self._unread(paths)
        if len(missing) >= MANY and self._kept is not None:
            anew, stamps = self._from_kept(missing, self._kept())
            in_two = len(anew) >= IN_TWO and is_possible()
            seen = self._ask_in_two(anew, lambda _: None, lambda _: None, lambda: None) if in_two else {}
            self._keep(anew, stamps, seen)
        else:
            self._read(missing)

    def ask(
        self,
        paths: Sequence[str],
        of: Callable[[Sequence[str]], Asked],
        take: Callable[[Asked], None],
        first: Callable[[], None],
    ) -> bool:
        """Read many files in two processes, and ask something of each where it was read.

        Args:
            paths: The files.
            of: What is asked of some that are read; others may not be. Its answer can be pickled.
            take: Takes an answer.
            first: Something else to do, meanwhile.

        Returns:
            Whether that was done: nothing is where one process is as quick.

        """
        if len(paths) < IN_TWO or self._kept is None or not is_possible():
            return False
        anew, stamps = self._from_kept(self._unread(paths), self._kept())
        seen = self._ask_in_two(paths, of, take, first)
        self._keep(anew, stamps, seen)
        return True

    def marks(self) -> Mapping[str, str]:
        """Return how files that were read differ from what is recorded; those that do not are left out."""
        both = dict(self._told) | dict(self._loaded)  # copies: others may be asking meanwhile
        return {path: one.mark for path, one in both.items() if not isinstance(one, Unreadable) and one.mark}

    def broken(self, paths: Iterable[str]) -> list[Unreadable]:
        """Return those of the files that cannot be read; what was told can be."""
        self.load(paths)
        return [one for path in paths if isinstance(one := self._loaded.get(path), Unreadable)]

    def _unread(self, paths: Iterable[str]) -> list[str]:
        return [path for path in paths if path not in self._loaded and path not in self._told]

    def marked(self, is_record: Callable[[str], bool]) -> list[str]:
        """Return the records' files that differ from what is recorded; none is read as a record for that."""
        kept = self._kept() if self._kept is not None else None
        try:
            unlike = self._files.unlike(kept.stamps if kept else dict)
            others = self._files.read(dict.fromkeys(filter(is_record, unlike)))
            if kept and len(self._files.stamps) >= FEW:  # a few are read again sooner than ten thousand are kept
                kept.amend(self._files.stamps)
        finally:
            if kept:
                kept.close()
        return [path for path, one in others.items() if one.mark is not None]

    def has_read(self, paths: Iterable[str]) -> bool:
        """Whether all of the files are read already."""
        return not self._unread(paths)

    def naming(self, paths: Collection[str], ref: str) -> frozenset[str]:
        """Return those of the files whose records, or rows in them, name ``ref``.

        What each names is kept by the id of its bytes, so that only records that nobody looked at before are read.
        """
        if self._kept is None:
            self.load(paths)
            return frozenset(path for path in paths if ref in self._refs_at(path))
        kept = self._kept()
        try:
            known = self._files.known(paths, kept.stamps)
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
        loaded = self.at(path)
        blob = loaded.blob if isinstance(loaded, Loaded) else None
        return (self._place_of(path)[0].name, blob) if blob is not None else None

    def _refs_at(self, path: str) -> frozenset[str]:
        loaded = self.at(path)
        return frozenset(refs_within(loaded.record)) if isinstance(loaded, Loaded) else frozenset()

    def _read(self, paths: Sequence[str], *, whole: bool = True) -> None:
        """Read files; of many, the documents are not held (``whole``), since only a few are ever changed."""
        if not paths:
            return
        for path, raw in self._files.read(paths).items():
            self._loaded[path] = self._parsed(path, raw, whole=whole or raw.blob is None)

    def _from_kept(self, paths: Sequence[str], kept: Kept) -> tuple[list[str], Stamps]:
        """Take what was read before from what is kept; return what is to be read anew, and the files' kept stamps."""
        stamps: Stamps = {}

        def seen_before() -> Stamps:  # not asked for a commit's files
            nonlocal stamps
            stamps = kept.stamps()
            return stamps

        try:
            known = self._files.known(paths, seen_before)
            wanted = {path: one for path, one in known.items() if not self._is_taken_over(path, one)}
            records = kept.records({path: (self._place_of(path)[0], one.blob) for path, one in wanted.items()})
        finally:
            kept.close()
        self._told |= {path: Told(wanted[path].mark, wanted[path].blob, told) for path, told in records.items()}
        return self._unread(paths), stamps

    def _is_taken_over(self, path: str, known: Known) -> bool:
        """Whether an earlier reading found the same bytes there; its record then stands for this one, too."""
        before = self._before.pop(path, None)
        if before is None or before.blob != known.blob:
            return False
        if isinstance(before, Told):
            self._told[path] = before._replace(mark=known.mark)
            return True
        same = before.document is None and before.mark == known.mark
        self._loaded[path] = before if same else before._replace(document=None, mark=known.mark)
        return True

    def _ask_in_two(
        self,
        paths: Sequence[str],
        of: Callable[[Sequence[str]], Asked],
        take: Callable[[Asked], None],
        first: Callable[[], None],
    ) -> Stamps:
        """Read files and ask of each, some in another process; return the stamps of those that it read."""
        seen: dict[str, tuple[tuple[int, ...], str]] = {}

        def here(some: Sequence[str]) -> None:
            self._read(self._unread(some), whole=False)
            take(of(some))

        def there(some: Sequence[str]) -> tuple[Asked, Mapping[str, Told], Stamps]:
            anew = self._unread(some)
            self._read(anew, whole=False)
            stamps = {path: stamp for path in anew if (stamp := self._files.stamps.get(path)) is not None}
            return of(some), {path: told for path in anew if (told := self._told_at(path)) is not None}, stamps

        def come(theirs: tuple[Asked, Mapping[str, Told], Stamps]) -> None:
            answer, told, stamps = theirs
            self._told |= {path: one for path, one in told.items() if path not in self._loaded}
            seen.update(stamps)
            take(answer)

        self._read(self._unread(paths[:1]), whole=False)  # with which git is asked, once, what is recorded
        share(paths, here, there, come, first)
        return seen

    def _keep(self, paths: Sequence[str], before: Stamps, seen: Stamps) -> None:
        """Read what is left of the files, and keep them all for the next time: many, where nobody waits for it."""
        if not paths or self._kept is None:
            return
        self._read(self._unread(paths), whole=False)
        keep = partial(self._keep_now, paths, before, {**before, **self._files.stamps, **seen})
        if len(paths) >= IN_TWO and is_possible():
            leave(keep)
        else:
            keep()

    def _keep_now(self, paths: Sequence[str], before: Stamps, stamps: Stamps) -> None:
        assert self._kept is not None  # noqa: S101 - for the type checker; ``_keep`` has looked
        kept = self._kept()
        try:
            told = ((self._place_of(path)[0], self._told_at(path)) for path in paths)
            kept.keep((Fresh(kind, one.blob, one.told) for kind, one in told if one is not None), before, stamps)
        finally:
            kept.close()

    def _told_at(self, path: str) -> Told | None:
        """Return a record that was read as it is kept; None for what is not kept."""
        told = self._told.get(path)
        loaded = self._loaded.get(path)
        if told is None and isinstance(loaded, Loaded) and loaded.blob is not None and loaded.plain:
            return Told(loaded.mark, loaded.blob, told_of(loaded.record))
        return told

    def _parsed(self, path: str, raw: Raw, *, whole: bool) -> Loaded | Unreadable:
        kind, names = self._place_of(path)
        try:
            if raw.data is None:
                raise UnreadableError(raw.fault or "cannot be read")  # noqa: TRY301 - told as all the others are
            return _loaded(kind, parse(raw.data), raw, whole=whole)
        except UnreadableError as error:
            line, reason = error.line, str(error)
        except ValidationError as error:
            line, reason = line_of((raw.data or b"").decode(), error.errors()[0]["loc"]), explained(error)
        return Unreadable(kind, kind.reference.format(**names), path, line, reason)


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
