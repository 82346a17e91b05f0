r"""Records as TOML text: read with care, written in one way, edited in place where people wrote by hand.

The one way: keys in the model's order, then keys that this version does not know; lists with
one item a line; tables of a list always as ``[[…]]``; UTF-8, "\n". A file that is not written
so was written by hand; it is edited in place, so that comments and layout survive.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

import rtoml
import tomli
import tomli_w
from pydantic import BaseModel

from bscp_tui.model.document import Change, Document, differences, same
from bscp_tui.model.fields import fields_of

LARGEST = 1_000_000  # bytes; a record is a few thousand
DEEPEST = 64  # brackets within brackets, and parts of a dotted key
LONGEST_NUMBER = 100  # digits; Python refuses to write some thousands
_STRINGS = re.compile(r'"""(?:\\.|[^\\])*?"""|\'\'\'.*?\'\'\'|"(?:\\.|[^"\\\n])*"|\'[^\'\n]*\'|#[^\n]*', re.DOTALL)
_LONG_KEY = re.compile(rf"(?>[^\s.=\[\]]*\s*\.\s*){{{DEEPEST}}}")  # atomic: hostile lines cost no more than others
_LONG_NUMBER = re.compile(rf"(?<![\w-])[0-9][0-9a-zA-Z_]{{{LONGEST_NUMBER},}}")
_NO_NUMBER = re.compile(r"(?<![\w.-])[+-]?(?:inf|nan)(?![\w.-]|\s*[.=\]]\s*\S)")
# What nearly every record is made of: one key a line, plain strings, numbers, days, lists with one item a
# line, tables, lines of comment. The quick reader, which knows a later TOML, reads just that as the careful one does.
# That no text holds an escape or a control character is one look at all bytes; a text that goes on over the end of its
# line the quick reader refuses.
_PLAIN_TEXT = r'"[^"]*"'
_PLAIN_BYTES = bytes(byte for byte in range(256) if (byte >= ord(" ") and byte not in b"\x7f\\") or byte == ord("\n"))
_PLAIN = re.compile(
    rf"""(?>(?:
        [A-Za-z0-9_-]{{1,60}}\ =\ (?:{_PLAIN_TEXT}|[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}|[0-9]{{1,18}}|true|false|\[)
        | \ \ \ \ (?:{_PLAIN_TEXT}|[0-9]{{1,18}}),
        | \]
        | \[[a-z_.]{{1,60}}\]
        | \[\[[a-z_.]{{1,60}}\]\]
        | \#[^\n]*
        |
    )\n)*""",
    re.VERBOSE,
)
_LINE = re.compile(r"at line (\d+)")


class UnreadableError(ValueError):
    """TOML that cannot be read.

    Attributes:
        line: The first line at fault, 1 where it is the file as a whole.

    """

    def __init__(self, message: str, line: int = 1) -> None:
        """Keep the line beside the message."""
        super().__init__(message)
        self.line = line


class _NoNumberError(ValueError):
    """A value that TOML allows and no record means: nan, inf."""


def parse(data: bytes) -> Document:
    """Return what a record's file holds.

    Sizes and depths that a record never has are refused before the text is parsed, since they
    can stop the program.

    Raises:
        UnreadableError: It is too large, not UTF-8, holds a merge's conflict marks, or is not TOML.

    """
    if len(data) > LARGEST:
        msg = f"the file has {len(data):,} bytes; a record has at most {LARGEST:,}"
        raise UnreadableError(msg)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        msg = "the file is not UTF-8 text"
        raise UnreadableError(msg, data.count(b"\n", 0, error.start) + 1) from None
    if text.startswith("\ufeff"):
        msg = "the file begins with a byte-order mark; save it as UTF-8 without one"
        raise UnreadableError(msg)
    plain = plain_part(text)
    if plain is not None:
        return plain
    # The careful reader says what is wrong with it, and where.
    _refuse_marks(text)
    _refuse_depth(text)
    _refuse_numbers(text)
    try:
        return tomli.loads(text, parse_float=_finite)
    except _NoNumberError as error:
        raise UnreadableError(str(error), _line_of_match(_NO_NUMBER, _bare(text))) from None
    except tomli.TOMLDecodeError as error:
        found = _LINE.search(str(error))
        raise UnreadableError(str(error), int(found[1]) if found else text.rstrip().count("\n") + 1) from None
    except (RecursionError, ValueError, OverflowError) as error:
        msg = f"the file cannot be read ({type(error).__name__}: {str(error)[:80]})"
        raise UnreadableError(msg) from None


def plain_part(text: str) -> Document | None:
    """Return what a file, or a part of one, in the plain form holds; None where it takes a careful reading."""
    if text.encode("utf-8", "surrogatepass").translate(None, _PLAIN_BYTES) or not _PLAIN.fullmatch(text):
        return None
    try:
        return rtoml.loads(text)
    except (rtoml.TomlParsingError, ValueError):
        return None


def dumped(document: Document, model: type[BaseModel]) -> str:
    """Return ``document`` in the one way of writing it."""
    return "\n".join(_tables(document, model, "")).lstrip("\n") + "\n"


def written(document: Document, model: type[BaseModel]) -> bytes:
    """Return the bytes of a file that holds ``document``, in the one way of writing it.

    Raises:
        UnreadableError: They could not be read again; what cannot be read is never written.

    """
    return _read_back(dumped(document, model).encode(), document)


def edited(old: bytes, new: Document, model: type[BaseModel]) -> bytes:
    """Return the file's bytes with ``new`` in place of what they hold.

    A change that changes nothing changes no byte. A file in the one way of writing stays in
    it; any other is edited line by line. Either way the result is read back and compared.

    Raises:
        UnreadableError: ``old`` cannot be read, or cannot be edited without touching more, or
            the result could not be read again.

    """
    before = parse(old)
    changes = differences(before, new)
    if not changes:
        return old
    if is_ours(old, before, model):
        return written(new, model)
    return _edited_by_hand(old, new, changes)


def line_of(text: str, path: tuple[str | int, ...]) -> int:
    """Return the line on which the field at ``path`` (keys and positions) stands, 1 if not found."""
    header: list[str] = []
    last = 1
    counts: dict[str, int] = {}
    names = [str(step) for step in path if isinstance(step, str)]
    wanted = [step for step in path if isinstance(step, int)]
    field = re.compile(rf"\"?{re.escape(names[-1]) if names else ''}\"?\s*=")
    for position, line in enumerate(text.split("\n"), start=1):
        stripped = line.strip()
        if table := re.fullmatch(r"\[\[?([^\]]+)\]\]?.*", stripped):
            header = [part.strip() for part in table[1].split(".")]
            _count(counts, ".".join(header))
            if header == names[: len(header)] and _is_wanted(header, counts, wanted):
                last = position
        elif field.match(stripped) and header == names[:-1] and _is_wanted(header, counts, wanted):
            return position
    return last


def _count(counts: dict[str, int], header: str) -> None:
    """Count a table's heading; what stood inside the one before it begins anew."""
    for known in [known for known in counts if known.startswith(f"{header}.")]:
        del counts[known]
    counts[header] = counts.get(header, -1) + 1


def _is_wanted(header: list[str], counts: Mapping[str, int], wanted: list[int]) -> bool:
    here = [counts.get(".".join(header[: depth + 1]), 0) for depth in range(min(len(header), len(wanted)))]
    return here == wanted[: len(here)]


def is_ours(old: bytes, before: Document, model: type[BaseModel]) -> bool:
    """Whether a file, which holds ``before``, is written in the one way."""
    try:
        return dumped(before, model).encode() == old
    except (ValueError, TypeError):
        return False


def _read_back(data: bytes, document: Document) -> bytes:
    if len(data) > LARGEST:
        msg = f"the record would have {len(data):,} bytes; a record has at most {LARGEST:,}. Shorten the text."
        raise UnreadableError(msg)
    if not same(_sorted(parse(data)), _sorted(document)):
        msg = "it would not be read again as it is now"
        raise UnreadableError(msg)
    return data


def _finite(text: str) -> float:
    if text.lstrip("+-") in {"inf", "nan"}:
        msg = f"{text} is not a number that a record can hold"
        raise _NoNumberError(msg)
    return float(text)


def _bare(text: str) -> str:
    """Return ``text`` without what stands in strings and comments, on the same lines."""
    return _STRINGS.sub(lambda match: '""' + "\n" * match.group().count("\n"), text)


def _line_of_match(pattern: re.Pattern[str], text: str) -> int:
    match = pattern.search(text)
    return text.count("\n", 0, match.start()) + 1 if match else 1


def _refuse_numbers(text: str) -> None:
    if _LONG_NUMBER.search(text) and _LONG_NUMBER.search(bare := _bare(text)):
        msg = f"a number of more than {LONGEST_NUMBER} digits"
        raise UnreadableError(msg, _line_of_match(_LONG_NUMBER, bare))


def _refuse_marks(text: str) -> None:
    if "<<<<<<< " not in text and ">>>>>>> " not in text:
        return
    for number, line in enumerate(text.split("\n"), start=1):
        if line.startswith(("<<<<<<< ", ">>>>>>> ")):
            msg = "two versions of the file stand in it, between conflict marks; keep one of them"
            raise UnreadableError(msg, number)


def _refuse_depth(text: str) -> None:
    if text.count(".") < DEEPEST and text.count("[") + text.count("{") < DEEPEST:
        return
    bare = _bare(text)
    depth = 0
    for position, character in enumerate(bare):
        if character in "[{":
            depth += 1
            if depth > DEEPEST:
                msg = f"brackets within brackets, more than {DEEPEST} deep"
                raise UnreadableError(msg, bare.count("\n", 0, position) + 1)
        elif character in "]}":
            depth = max(depth - 1, 0)
    for number, line in enumerate(bare.split("\n"), start=1):
        if line.count(".") >= DEEPEST and _LONG_KEY.search(line):
            msg = f"a name of more than {DEEPEST} parts"
            raise UnreadableError(msg, number)


def _tables(table: Mapping[str, Any], model: type[BaseModel] | None, name: str) -> Iterator[str]:
    """Yield the lines of a table: its values, then its tables, then its lists of tables."""
    keys = _ordered(table, model)
    values = {key: table[key] for key in keys if not _is_table(table[key])}
    for key, value in values.items():
        # In its form of several lines the library would turn "\r\n" into "\n".
        yield tomli_w.dumps({key: value}, multiline_strings="\\r\\n" not in repr(value)).rstrip("\n")
    for key in [key for key in keys if isinstance(table[key], Mapping)]:
        inner = f"{name}.{_quoted(key)}" if name else _quoted(key)
        yield f"\n[{inner}]"
        yield from _tables(table[key], _part(model, key), inner)
    for key in [key for key in keys if isinstance(table[key], list) and _is_table(table[key])]:
        inner = f"{name}.{_quoted(key)}" if name else _quoted(key)
        for row in table[key]:
            yield f"\n[[{inner}]]"
            yield from _tables(row, _part(model, key), inner)


def _is_table(value: object) -> bool:
    if isinstance(value, Mapping):
        return True
    return isinstance(value, list) and bool(value) and all(isinstance(row, Mapping) for row in value)


def _ordered(table: Mapping[str, Any], model: type[BaseModel] | None) -> list[str]:
    known = [name for name in fields_of(model) if name in table] if model else []
    return known + [key for key in table if key not in known]


def _part(model: type[BaseModel] | None, key: str) -> type[BaseModel] | None:
    facts = fields_of(model).get(key) if model else None
    return facts.part if facts else None


def _quoted(key: str) -> str:
    if re.fullmatch(r"[A-Za-z0-9_-]+", key):
        return key
    return tomli_w.dumps({key: 0}).rpartition(" = ")[0]


def _edited_by_hand(old: bytes, new: Document, changes: tuple[Change, ...]) -> bytes:
    """Edit a file that somebody wrote by hand, so that only the changed fields' lines change."""
    import tomlkit

    text = old.decode()
    crlf = "\r\n" in text
    try:
        kit = tomlkit.parse(text.replace("\r\n", "\n"))
        for change in changes:
            _put(kit, change)
        result = kit.as_string()
    except Exception as error:  # noqa: BLE001 - whatever the library meets, the file is left alone
        raise UnreadableError(_CANNOT_EDIT.format(error=error)) from None
    data = (result.replace("\n", "\r\n") if crlf else result).encode()
    try:
        return _read_back(data, new)
    except UnreadableError as error:
        raise UnreadableError(_CANNOT_EDIT.format(error=error)) from None


_CANNOT_EDIT = (
    "the file was written by hand in a way that cannot be edited without losing its layout or comments ({error}); "
    "change it with an editor, then record that edit"
)


def _put(kit: Any, change: Change) -> None:
    import tomlkit

    container = kit
    for step in change.path[:-1]:
        if step.startswith("#"):
            container = next(row for row in container if row.get("id") == step[1:])
        else:
            if step not in container:
                container[step] = tomlkit.aot() if change.path[-1].startswith("#") else tomlkit.table()
            container = container[step]
    _put_last(container, change.path[-1], change.new)


def _put_last(container: Any, step: str, new: Any) -> None:
    import tomlkit

    if step.startswith("#"):
        position = next((n for n, row in enumerate(container) if row.get("id") == step[1:]), None)
        if new is None and position is not None:
            del container[position]
        elif position is None:
            container.append(tomlkit.item(new))
        else:
            container[position] = tomlkit.item(new)
    elif new is None:
        container.remove(step)
    elif isinstance(new, str) and "\n" in new:
        container[step] = tomlkit.string(new, multiline=True)
    else:
        container[step] = new


def _sorted(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _sorted(value[key]) for key in sorted(value)}
    return [_sorted(row) for row in value] if isinstance(value, list) else value
