"""A folder of pages: only what changed is rewritten, each page is whole, and only our own pages are ever removed.

The manifest in the folder says which files we made and a digest of each. Before the first page is touched it
is written with everything that there was and will be, so that a publishing that was killed is finished by the
next one; until then it says so. What somebody else put into the folder stays as it is, and is never
written over.
"""

import contextlib
import hashlib
import json
import os
import stat
import tempfile
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from itertools import accumulate
from pathlib import Path, PurePosixPath

from bscp_tui.store.errors import FolderTakenError
from bscp_tui.store.files import in_plain_words
from bscp_tui.store.stamps import Packed
from bscp_tui.store.standing import Stamp, stamp_of, stamps_in

MANIFEST = "published.json"
FORMAT = 1
_BEGUN = ".bscp-"  # how the name of a file begins that is not whole yet
UNKNOWN = ""  # the digest of a page that is about to be written
_FILES = ',\n"files": '  # what stands between what a manifest says of the site and its files
_FEW = 100  # lines that are put in place of others, one by one


class PublishError(FolderTakenError):
    """Pages that cannot be written where they were asked for; the message says why and what to do."""


def digest(data: bytes) -> str:
    """Return what tells a page from every other one."""
    return hashlib.sha256(data).hexdigest()


@dataclass
class Site:
    """The folder of a site.

    Attributes:
        folder: Where it lies.
        files: Every file that we made, with its digest.
        facts: What the site says of itself: audience, register version, day.
        whole: Whether the last publishing was finished.
        stamps: The stamps with which files are known to be as they were written.
        seen: The files that had the stamp with which they are known to be as they were written.

    """

    folder: Path
    files: dict[str, str] = field(default_factory=dict)
    facts: dict[str, object] = field(default_factory=dict)
    whole: bool = True
    seen: set[str] = field(default_factory=set)
    stamps: Packed = field(default_factory=Packed)
    _folders: set[str] = field(default_factory=set)
    _listed: Mapping[str, str] = field(default_factory=dict)  # the files as ``_listing`` tells them
    _listing: str = ""
    _moved: Collection[str] | None = None

    def trust(self, stamps: Packed, moved: Collection[str] | None = None) -> None:
        """Look into no file that has the stamp with which it is known to hold what its digest says.

        Args:
            stamps: Those stamps.
            moved: The files that have others, where somebody looked at all of them just now.

        """
        self.stamps, self._moved = stamps, moved

    def begin(self, names: Iterable[str], facts: Mapping[str, object]) -> None:
        """Say which files there will be, before any of them is touched.

        Raises:
            PublishError: Somebody else's file lies where a page is to go.

        """
        wanted = set(names)
        for name in sorted(wanted - self.files.keys()):
            if os.path.lexists(self.folder / name):
                place = self.folder / name
                msg = f"{place} is there already, and is no page of this site. Nothing was written; move it away."
                raise PublishError(msg)
        self.facts = dict(facts)
        self.whole = False
        self.files = {**dict.fromkeys(wanted, UNKNOWN), **self.files}
        self._keep()

    def put(self, name: str, data: bytes) -> bool:
        """Write a page, unless it is there already as it should be; return whether it was written."""
        wanted = digest(data)
        if self.files.get(name) == wanted and self._is(name, wanted):
            return False
        self._write(name, data)
        self.files[name] = wanted
        return True

    def is_mostly(self, pages: Mapping[str, str]) -> bool:
        """Whether at least half of some pages, with their digests, were written here."""
        return sum(self.files.get(name) == wanted for name, wanted in pages.items()) * 2 >= len(pages)

    def standing(self, pages: Mapping[str, str]) -> set[str]:
        """Return those of some pages that are there as their digests say, by one look at each folder."""
        wanted = {name for name, digest in pages.items() if digest and self.files.get(name) == digest}
        folders = {name.rpartition("/")[0] for name in wanted}
        for folder in folders:
            self._inside(f"{folder}/_" if folder else "_")
        known = self.stamps.known()
        same = {name for name in wanted if known.get(name) == pages[name]}
        self.seen |= same - (self._moved_in(folders) if self._moved is None else {*self._moved})
        return {name for name in wanted if name in self.seen or self._is(name, pages[name])}

    def _moved_in(self, folders: Iterable[str]) -> set[str]:
        """Return the files in some folders that have not the stamps with which they are known."""
        looks: dict[str, Stamp] = {}
        for folder in folders:
            before = f"{folder}/" if folder else ""
            with contextlib.suppress(OSError):
                found = stamps_in(f"{self.folder}/{folder}")[0]
                looks.update({before + inner: stamp for inner, stamp in found.items()})
        stamps = {name: self.stamps.get(name) for name in self.stamps.names}
        return {name for name, known in stamps.items() if known is None or looks.get(name) != known[0]}

    def content(self, name: str, wanted: str) -> bytes | None:
        """Return what a page holds where it is as its digest says, None where it is not."""
        if self.files.get(name) != wanted:
            return None
        place = f"{self.folder}/{name}"
        try:
            self._inside(name)
            data = Path(place).read_bytes()
            known = self.stamps.get(name)
            if known is not None and known == (stamp_of(os.lstat(place)), wanted):
                return data
        except OSError:
            return None
        return data if digest(data) == wanted else None

    def stands(self, name: str, wanted: str) -> bool:
        """Whether a page is there as its digest says."""
        return bool(wanted) and self.files.get(name) == wanted and self._is(name, wanted)

    def finish(self, names: Iterable[str]) -> int:
        """Remove the pages that are no more, and say that the site is whole; return how many were removed."""
        wanted = set(names)
        gone = sorted(self.files.keys() - wanted)
        for name in gone:
            with contextlib.suppress(OSError):
                self._inside(name)
                (self.folder / name).unlink()
            del self.files[name]
        for place in sorted({str(PurePosixPath(name).parent) for name in gone} - {"."}, key=len, reverse=True):
            with contextlib.suppress(OSError):  # other pages, or somebody else's files, are left in it
                (self.folder / place).rmdir()
        self.whole = True
        self._keep()
        return len(gone)

    def sweep(self) -> None:
        """Remove the pages that a killed publishing had not put in place."""
        with contextlib.suppress(OSError):
            for entry in os.scandir(self.folder):
                if entry.name.startswith(_BEGUN) and entry.is_file(follow_symlinks=False):
                    with contextlib.suppress(OSError):
                        Path(entry.path).unlink()

    def _keep(self) -> None:
        head = _lines({"made_by": "bscp publish", "format": FORMAT, "finished": self.whole, **self.facts})
        data = f"{head[:-1]}{_FILES}{self._listing_now()}}}\n".encode()
        with contextlib.suppress(OSError):
            if (self.folder / MANIFEST).read_bytes() == data:
                return
        self._write(MANIFEST, data)

    def _listing_now(self) -> str:
        """Return the files with their digests, a file a line."""
        self._listing = self._amended() or _lines(dict(sorted(self.files.items())))
        self._listed = dict(self.files)
        return self._listing

    def _amended(self) -> str:
        """Return the lines as they were with the few that differ made anew; "" where that cannot be, or many do."""
        if self.files.keys() != self._listed.keys():
            return ""
        other = [name for name, known in self._listed.items() if self.files[name] != known]
        if len(other) > _FEW:
            return ""
        amended = self._listing
        for name in other:
            before, now = (_lines({name: files[name]})[1:-1] for files in (self._listed, self.files))
            if before not in amended:
                return ""
            amended = amended.replace(before, now)
        return amended

    def _is(self, name: str, wanted: str) -> bool:
        try:
            self._inside(name)
            place = f"{self.folder}/{name}"
            known = self.stamps.get(name)
            if known is not None and known == (stamp_of(os.lstat(place)), wanted):
                self.seen.add(name)
                return True
            return digest(Path(place).read_bytes()) == wanted
        except OSError:
            return False

    def _inside(self, name: str) -> None:
        """Look that no folder on the way is a link that leads elsewhere.

        Raises:
            PublishError: One is.

        """
        if name.rpartition("/")[0] in self._folders:
            return
        # One look at each, and no path object: a site has hundreds of folders.
        for told in accumulate(name.split("/")[:-1], "{}/{}".format):
            if told in self._folders:
                continue
            place = f"{self.folder}/{told}"
            try:
                mode = os.lstat(place).st_mode
            except OSError:
                return  # it is not there yet, nor is anything in it
            if not stat.S_ISDIR(mode):
                msg = f"{place} is no folder of this site but leads elsewhere; nothing is written there. Move it away."
                raise PublishError(msg)
            self._folders.add(told)

    def _write(self, name: str, data: bytes) -> None:
        place = f"{self.folder}/{name}"
        self._inside(name)
        begun = None
        try:
            if (name.rpartition("/")[0] or ".") not in self._folders:
                Path(place).parent.mkdir(parents=True, exist_ok=True)
            handle, begun = tempfile.mkstemp(dir=self.folder, prefix=_BEGUN)
            with os.fdopen(handle, "wb") as fresh:
                fresh.write(data)
                os.fchmod(handle, 0o644) if hasattr(os, "fchmod") else None
            os.replace(begun, place)
        except OSError as error:
            if begun is not None:
                with contextlib.suppress(OSError):
                    Path(begun).unlink()
            msg = f"{place} cannot be written: {in_plain_words(error)}. Publish again to finish what was begun."
            raise PublishError(msg) from error


def open_site(folder: Path) -> Site:
    """Open the site in ``folder``, or begin one in a new or empty folder.

    Raises:
        PublishError: The folder holds other things, or cannot be used.

    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        there = sorted(entry.name for entry in os.scandir(folder))
    except OSError as error:
        msg = f"{folder} cannot be used for pages: {in_plain_words(error)}."
        raise PublishError(msg) from error
    if MANIFEST in there:
        site = _read(folder)
        site.sweep()
        return site
    if any(not name.startswith(_BEGUN) for name in there):
        msg = (
            f"{folder} holds other things ({', '.join(there[:3])}{', …' if len(there) > 3 else ''}), and no pages that "
            "this program made. Nothing was written; name a new or empty folder."
        )
        raise PublishError(msg)
    return Site(folder)


def _read(folder: Path) -> Site:
    place = folder / MANIFEST
    try:
        text = place.read_text("utf-8-sig")  # a person may have kept it anew
        told = json.loads(text)
        files = told.pop("files")
        ours = told.pop("made_by") == "bscp publish" and told.pop("format") == FORMAT and not place.is_symlink()
        whole = told.pop("finished") is True
        sound = ours and _are_names(files) and all(isinstance(told_of, str) for told_of in files.values())
    except (OSError, ValueError, KeyError, AttributeError, TypeError):
        sound = False
    if not sound:
        msg = f"{place} cannot be read, so nobody can tell which files are pages. Publish into a new folder."
        raise PublishError(msg)
    listing = text.rpartition(_FILES)[2].removesuffix("}\n")
    as_told = listing.startswith("{") and listing.endswith("}") and listing.count("{") == 1
    return Site(folder, files, told, whole, _listed=dict(files), _listing=listing if as_told else "")


def _are_names(names: Iterable[str]) -> bool:
    """Whether all names lie inside the folder; nearly always one look at all of them shows it."""
    listed = "\n".join(["", *names, ""])
    odd = ("\\", ":", "\0", "//", "\n/", "/\n", "\n\n", "..", "/./", "\n./", "/.\n", "\n.\n", f"\n{MANIFEST}\n")
    return not any(sign in listed for sign in odd) or all(map(_is_name, names))


def _lines(told: Mapping[str, object]) -> str:
    """Return something with a line for each thing that it tells; ``indent`` would do that at ten times the cost."""
    return json.dumps(told, ensure_ascii=False, separators=(",\n", ": "))


def _is_name(name: str) -> bool:
    """Whether a name lies inside the folder; a manifest that somebody changed names nothing elsewhere."""
    parts = name.split("/")
    safe = "\\" not in name and ":" not in name and "\0" not in name
    return safe and name != MANIFEST and all(part not in {"", ".", ".."} for part in parts)
