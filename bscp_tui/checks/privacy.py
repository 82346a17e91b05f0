"""The privacy guard: text that looks like somebody's particulars is stopped before it is recorded.

The register keeps its history for ever, so what identifies a child must not enter it. A bare date stops
nobody; what does is marked in its place, never repeated in full, and may stand with a reason.
"""

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from bscp_tui.checks.first_names import FIRST_NAMES, JOINING, NO_NAMES
from bscp_tui.model.amendment import Amendment
from bscp_tui.model.document import get
from bscp_tui.model.view import RefusedChangeError

# Fields in which the contact of an office or a person at work belongs, and kinds that hold nothing else.
CONTACT = frozenset({"email", "telephone", "phone", "address", "contact", "website", "url"})
EXEMPT_KINDS = frozenset({"roster", "house-style"})  # keys, and files as text: digits and letters that are nobody's
LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"
# What fixes a document (SHA-256, whole or its first 16 letters) or a register version has digits that are nobody's. No
# other length is one: it would hide a number that stands behind a few letters.
_DIGEST = re.compile(r"\b(?:[0-9a-f]{64}|[0-9a-f]{40}|(?=\d*[a-f])[0-9a-f]{16})\b")
_APART = r"[ \u00a0\u2009.-]{0,2}"  # what people and programs put between the parts of a number
_TEN = re.compile(rf"(?<![\d£])(?<!\d[.,-])\d{{3}}{_APART}\d{{3}}{_APART}\d{{4}}(?!\d|[.,-]\d)")
# Where it says that it is one, however its digits are put in groups.
_SAID_TEN = re.compile(r"\bNHS\b[^\d\n]{0,25}(?P<ten>\d(?:[ \u00a0\u2009./-]{0,2}\d){9})(?!\d)", re.IGNORECASE)
_UPN = re.compile(r"\b[A-Za-z](?: ?\d){11} ?[\dA-Za-z]\b")
_MONTHS = "jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec"
_DATE = re.compile(
    rf"\b(?:(\d{{1,2}})[/.-](\d{{1,2}})[/.-](\d{{4}}|\d{{2}})|(\d{{4}})[/.-]\d{{1,2}}[/.-]\d{{1,2}}|"
    rf"\d{{1,2}}(?:st|nd|rd|th)?(?:\s+of)?\s+(?:{_MONTHS})[a-z]*,?\s+(\d{{4}})|"
    rf"(?:{_MONTHS})[a-z]*\s+\d{{1,2}}(?:st|nd|rd|th)?,?\s+(\d{{4}}))\b",
    re.IGNORECASE,
)
_BIRTH = re.compile(
    r"\b(?:born(?! (?:between|since|after|before|from|to))|d[.\s]?o[.\s]?b\b\.?|"
    r"date[- ]of[- ]birth|birth ?date|birthday)",
    re.IGNORECASE,
)
_AGE = re.compile(r"\b(?:aged?:?\s+(\d{1,2})\b|(\d{1,2})(?:[- ](?:years?|yrs?)[- ]old|\s?y/?o)\b)", re.IGNORECASE)
# The last two letters are none that can be misread; “Q1 2nd draft” is none either.
_POSTCODE = re.compile(r"\b(?i:[A-Z]{1,2}\d[A-Z\d]?)\s?(?!\d(?:st|nd|rd|th)\b)(?i:\d[ABD-HJLNP-UW-Z]{2})\b")
_HOUSE = re.compile(r"(?:\b(?:flat|no\.?|number|house)\s*)?\b\d{1,4}[a-z]?,?\s+(?:[A-Z][\w'.-]*,?\s+){0,7}$")
_LIVES = re.compile(
    r"\b(?i:lives|lived|living|resides?|home address|home|address)\b[^.;]{0,20}?"
    r"(?P<at>\b\d{1,4}[a-z]?\s+(?:[A-Z][\w'-]*\s+){1,3}"
    r"(?:Road|Rd|Street|St|Lane|Avenue|Ave|Close|Drive|Way|Crescent|Grove|Place|Court|Gardens|Terrace|Walk)\b)"
)
_PHONE = re.compile(
    r"(?<![\d£/])(?<!\d[.,-])(?:(?:\+|00\s?)44[\s-]?(?:\(0\))?|\(?0)[\s-]?[1-9](?:[\s()-]{0,2}\d){8,9}(?!\d)"
)
# A name begins where a word does: looked for from each of its letters, a long text would take minutes.
_MAIL = re.compile(r"(?<![\w.+'-])[\w.+'-]+(?:@|\s?[(\[]\s?at\s?[)\]]\s?)[\w-]+(?:\.[\w-]+)+")
_NUMBERS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
            "thirteen", "fourteen", "fifteen", "sixteen", "seventeen")  # fmt: skip
_YEARS = rf"(?:1[0-7]|[0-9]|{'|'.join(_NUMBERS)})"
_WORD = r"[A-Za-zÀ-ÿ][a-zA-Zà-ÿ'’-]{1,20}"
_NAME = rf"(?P<name>{_WORD}(?:\s(?!(?:is|was|who|aged?)\b){_WORD})?)"
_PLACE = r"(?P<inside>(?:in|across|within|throughout|outside|near)\s(?:the\s)?)?"  # "people in Solihull aged 15"
# What stands between two words is taken whole and not given back (++): tried in all its parts, a pasted table's row of
# spaces would take minutes.
_GAP = r"\s*+"
_OPENED = rf"{_GAP},?{_GAP}\(?{_GAP}"
_OLD = r"(?i:(?:(?:years?|yrs?|months?|weeks?)[- ]old|y/?o)\b)"  # three-year-olds are nobody's child
_RANGE = rf"(?!{_GAP}(?:(?:to|-|–|and|or|\+|upwards)\b|[-–+]{_GAP}\d|\+))"
_IS = r"(?:(?:who\s)?(?:is|was)\s++)?"
_NOW = r"(?:(?:now|then|just|only)\s)?"
_LAST, _FIRST = -1, 0  # the word of a name that stands beside the age
# What is said to be an age, beside any name.
_NAMED_AGED = (
    (_LAST, re.compile(rf"\b{_PLACE}{_NAME}{_OPENED}{_IS}(?i:aged?)(?:\s++(?:is|was))?:?\s++{_YEARS}\b{_RANGE}")),
    (_LAST, re.compile(rf"\b{_PLACE}{_NAME}{_OPENED}(?:who\s)?(?:is|was|,)?{_GAP}(?:a\s|an\s)?{_YEARS}[- ]{_OLD}")),
    (_FIRST, re.compile(rf"\b(?i:{_YEARS}[- ]?{_OLD}),?\s++(?:boy|girl|child|son|daughter|pupil|brother|sister)?"
                        rf",?{_GAP}(?:called\s|named\s)?{_NAME}")),
)  # fmt: skip
# What is a child's age only beside a given name: ordinary prose has such figures behind other words.
_BARE_AGED = (
    (_LAST, re.compile(
        rf"\b{_NAME}(?:{_GAP}\({_GAP}(?:{_YEARS}|\d{{1,2}}\s(?:months?|weeks?)){_GAP}\)|"
        rf"{_GAP},{_GAP}{_NOW}{_YEARS}{_GAP}(?=[,.;)]|$)|"
        rf",?\s++(?:who\s)?(?:is|was|turned|turns)\s++{_NOW}{_YEARS}(?=[,.;)]|$|\s(?:and|in)\b)|"
        rf"{_OPENED}{_YEARS}\s?(?:yrs?|years|y/?o)\b)"
    )),
    (_FIRST, re.compile(rf"\b(?i:aged?)\s++{_YEARS}{_GAP},{_GAP}{_NAME}")),
)  # fmt: skip
NEAR = 40  # letters


@dataclass(frozen=True)
class Sign:
    """A place in a text that looks like somebody's particulars.

    Attributes:
        what: What it looks like: "an NHS number".
        start: Its first letter's place.
        end: The place behind its last letter.

    """

    what: str
    start: int
    end: int


def signs(text: str, today: dt.date | None = None) -> list[Sign]:
    """Return every place in ``text`` that looks like somebody's particulars, in order.

    Args:
        text: What was typed.
        today: What counts as today, for whether a date fits an age.

    """
    text = _DIGEST.sub(lambda digest: "x" * len(digest[0]), text)
    found = [sign for look in _LOOKS for sign in look(text)]
    found += _births(text, today or dt.date.today())
    kept: list[Sign] = []
    for sign in sorted(found, key=lambda sign: (sign.start, -sign.end)):
        if not kept or sign.start >= kept[-1].end:
            kept.append(sign)
    return kept


def marked(text: str, found: list[Sign]) -> str:
    """Return the words around the first sign, with dots for what must not be repeated."""
    first = found[0]
    before, after = text[max(0, first.start - 25) : first.start], text[first.end : first.end + 15]
    return f"“…{before.replace(chr(10), ' ')}[●●●]{after.replace(chr(10), ' ')}…”"


def refuse_particulars(amendment: Amendment) -> None:
    """Refuse a change whose texts look like somebody's particulars, unless it says why they may stand.

    Raises:
        RefusedChangeError: The message marks the place, and does not repeat it.

    """
    if amendment.kind.name in EXEMPT_KINDS or amendment.why.privacy_reason:
        return
    for place, text in _texts(amendment):
        found = signs(text, amendment.why.effective)
        if found:
            what = ", ".join(dict.fromkeys(sign.what for sign in found))
            letter = found[0].start + 1
            msg = (
                f"{amendment.ref}: {place} holds what looks like {what}, at letter {letter}: {marked(text, found)}. "
                "The history keeps it for ever. Leave it out; or say why it may stand (--privacy-reason TEXT), "
                "and that reason is recorded too."
            )
            raise RefusedChangeError(msg, field="privacy_reason")


def _texts(amendment: Amendment) -> Iterator[tuple[str, str]]:
    """Yield each new text of a change with where it stands; what stood there before is not asked about again."""
    why = amendment.why
    for name, text in (("the reason", why.reason), ("the evidence", why.evidence), ("the meeting", why.decided_at),
                       ("the source", why.according_to)):  # fmt: skip
        if text:
            yield name, text
    for path, value in amendment.changes.items():
        before = get(amendment.base, path) if amendment.base is not None else None
        known = set(_strings(before, ""))
        for name, text in _strings(value, path[-1]):
            if (name, text) not in known and name not in CONTACT and (text,) not in {(old,) for _, old in known}:
                yield f"“{name.lstrip('#')}”", text


def _strings(value: object, name: str) -> Iterator[tuple[str, str]]:
    if isinstance(value, str):
        yield name, value
    elif isinstance(value, Mapping):
        for key, inner in value.items():
            yield from _strings(inner, str(key))
    elif isinstance(value, (list, tuple)):
        for inner in value:
            yield from _strings(inner, name)


def _nhs_numbers(text: str) -> Iterator[Sign]:
    places = [match.span() for match in _TEN.finditer(text)]
    places += [match.span("ten") for match in _SAID_TEN.finditer(text)]
    for start, end in places:
        digits = [int(digit) for digit in text[start:end] if digit.isdigit()]
        check = 11 - sum(digit * weight for digit, weight in zip(digits, range(10, 1, -1), strict=False)) % 11
        if check % 11 == digits[9] and check != 10 and len(set(digits)) > 1:
            yield Sign("an NHS number", start, end)


def _pupil_numbers(text: str) -> Iterator[Sign]:
    """A unique pupil number begins with a check letter over twelve digits, the last of which may be a letter."""
    for match in _UPN.finditer(text):
        letters = match[0].upper().replace(" ", "")
        last = LETTERS.find(letters[12]) if letters[12].isalpha() else int(letters[12])
        values = [*(int(digit) for digit in letters[1:12]), last]
        total = sum(value * weight for value, weight in zip(values, range(2, 14), strict=True))
        if last >= 0 and LETTERS[total % 23] == letters[0]:
            yield Sign("a unique pupil number", *match.span())


def _births(text: str, today: dt.date) -> Iterator[Sign]:
    """Dates near words of birth; dates near an age that they fit."""
    for match in _DATE.finditer(text):
        around = text[max(0, match.start() - NEAR) : match.start()], text[match.end() : match.end() + NEAR]
        if any(_BIRTH.search(part) for part in around):
            yield Sign("a date of birth", *match.span())
            continue
        year = next((int(part) for part in (match[3], match[4], match[5], match[6]) if part), 0)
        year += 2000 if 0 < year < 100 else 0
        for part in around:
            for age in _AGE.finditer(part):
                if abs(today.year - year - int(age[1] or age[2])) <= 3:
                    yield Sign("a date of birth", *match.span())


def _addresses(text: str) -> Iterator[Sign]:
    for match in _POSTCODE.finditer(text):
        house = _HOUSE.search(text[max(0, match.start() - 70) : match.start()])
        if house:
            yield Sign("a home's address", match.start() - len(house[0]), match.end())
    for match in _LIVES.finditer(text):
        yield Sign("a home's address", *match.span("at"))


def _phones(text: str) -> Iterator[Sign]:
    for match in _PHONE.finditer(text):
        yield Sign("a telephone number", *match.span())


def _mails(text: str) -> Iterator[Sign]:
    for match in _MAIL.finditer(text):
        yield Sign("an e-mail address", *match.span())


def _children(text: str) -> Iterator[Sign]:
    for beside, pattern in _NAMED_AGED:
        for match in pattern.finditer(text):
            words = _words(match)
            place = match.groupdict().get("inside") is not None
            if any(map(_is_a_given_name, words)) or (not place and _may_be_a_name(words, words[beside])):
                yield Sign("a child's name beside an age", *match.span())
    for beside, pattern in _BARE_AGED:
        for match in pattern.finditer(text):
            words = _words(match)
            if words[beside][0].isupper() and any(word[0].isupper() and _is_a_given_name(word) for word in words):
                yield Sign("a child's name beside an age", *match.span())


def _words(match: re.Match[str]) -> list[str]:
    return [word.removesuffix("'s").removesuffix("’s") for word in match["name"].split()]


def _is_a_given_name(word: str) -> bool:
    return word.lower() in FIRST_NAMES


def _may_be_a_name(words: list[str], beside: str) -> bool:
    """Tell whether words may be a name, by how the one beside the age is written and what the words are."""
    known = {word.lower() for word in words}
    written = beside[0].isupper() and beside[1:].islower()
    return written and beside.lower() not in NO_NAMES and not (NO_NAMES - JOINING) & known


_LOOKS = (_nhs_numbers, _pupil_numbers, _addresses, _phones, _mails, _children)
