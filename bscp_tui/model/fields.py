"""What a field holds: read from its declaration, so that forms, commands and filters agree."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import Enum
from functools import cache
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel, Field
from pydantic.fields import FieldInfo


class Shape(Enum):
    """The form a field's value takes."""

    LINE = "one line of text"
    LONG = "text"
    CHOICE = "one of a list"
    DAY = "a date"
    NUMBER = "a whole number"
    AMOUNT = "a number"
    MONEY = "an amount of money"
    FLAG = "yes or no"
    LINES = "several lines"
    NUMBERS = "several whole numbers"
    BODY = "an agency, group or person"
    BODIES = "several agencies, groups or people"
    RECORD = "another record"
    RECORDS = "several other records"
    PART = "a table"
    PARTS = "several tables"


@dataclass(frozen=True)
class Refers:
    """Marks text that holds a record's reference.

    Attributes:
        kinds: The kinds that it may name; none means any.

    """

    kinds: tuple[str, ...] = ()


class _Marker(Enum):
    LONG = "long"
    MONEY = "money"


# Who work is done by; fields that hold one are read by name, short name or other spelling.
BODY_KINDS = ("agency", "group", "person")
Line = str
LongText = Annotated[str, _Marker.LONG]
# A figure that may have a fraction; whole ones stay whole, so that a file says 68 and not 68.0.
Amount = int | Annotated[float, Field(allow_inf_nan=False)]
Money = Annotated[Amount, _Marker.MONEY]
BodyRef = Annotated[str, Refers(BODY_KINDS)]
RecordRef = Annotated[str, Refers()]
# TOML gives lists; records are frozen, so they hold tuples. Only the container is read leniently.
Lines = Annotated[tuple[str, ...], Field(strict=False)]
Numbers = Annotated[tuple[int, ...], Field(strict=False)]
BodyRefs = Annotated[tuple[BodyRef, ...], Field(strict=False)]
RecordRefs = Annotated[tuple[RecordRef, ...], Field(strict=False)]
Audience = Literal["public", "partnership", "group"]
# A figure is a count where the unit beside it says so, else a share; what a public output makes of it.
TellsOfPeople = Literal["count", "share", "figure", "name"]
Rag = Literal["red", "amber", "green", "blue"]


@dataclass(frozen=True)
class FieldFacts:
    """A field as screens and commands need it.

    Attributes:
        name: As in the file.
        label: As people say it.
        shape: What it holds.
        choices: The tokens allowed, for a choice.
        hint: What to type, in a few words.
        required: Whether a record without it is refused.
        part: The table's model, for a table or several.
        editable: Whether forms offer it; the rest is changed by commands of their own.
        kinds: What it may name, for a reference to a record; none means any kind.
        rises: Whether it counts changes: two people's changes each raise it.
        people: Whether it counts people ("count"), tells a share of such a count ("share"), or either of the two by the
            unit that stands beside it ("figure"), or holds, in free words, somebody's name ("name"); None where it
            does none of that.

    """

    name: str
    label: str
    shape: Shape
    choices: tuple[str, ...]
    hint: str
    required: bool
    part: type[BaseModel] | None
    editable: bool
    kinds: tuple[str, ...] = ()
    rises: bool = False
    people: TellsOfPeople | None = None

    @property
    def somebody(self) -> bool:
        """Whether it holds, in free words, the name of whoever it was."""
        return self.people == "name"


def asked(
    label: str,
    *,
    hint: str = "",
    default: Any = None,
    editable: bool = True,
    last: bool = False,
    people: TellsOfPeople | None = None,
) -> Any:
    """Declare an optional field with its label; unset fields have no key in the file.

    Args:
        label: As people say it.
        hint: What to type, in a few words.
        default: What a record without it has.
        editable: Whether forms offer it.
        last: Whether it stands behind the fields of the kinds that inherit it.
        people: Whether it counts people, or tells a share of such a count, or names somebody in free words: what is
            made public tells of no few, and names nobody.

    """
    extra: dict[str, Any] = {"editable": editable, "last": last, "people": people}
    return Field(default=default, title=label, description=hint, json_schema_extra=extra)


def required(label: str, *, hint: str = "", people: TellsOfPeople | None = None) -> Any:
    """Declare a field that every record of the kind has; ``people`` as for ``asked``."""
    return Field(title=label, description=hint, json_schema_extra={"people": people})


def unchangeable(label: str, *, rises: bool = False) -> Any:
    """Declare a field that every record of the kind has, and that only the program sets.

    Args:
        label: As people say it.
        rises: Whether it counts changes.

    """
    return Field(title=label, description="", json_schema_extra={"editable": False, "rises": rises})


@cache
def fields_of(model: type[BaseModel]) -> Mapping[str, FieldFacts]:
    """Return the declared fields of ``model`` by name, in the file's order."""
    infos = sorted(model.model_fields.items(), key=lambda pair: bool(_extra(pair[1]).get("last")))
    return {name: _facts(name, info) for name, info in infos}


def typed_fields(model: type[BaseModel]) -> Mapping[str, FieldFacts]:
    """Return the fields of ``model`` that people may type: the stored ones, and those that it keeps as rows."""
    return {**fields_of(model), **getattr(model, "also_typed", {})}


def typed_as_list(name: str, label: str, kinds: tuple[str, ...], *, hint: str = "", needed: bool = False) -> FieldFacts:
    """Declare that people type a list of names under ``name``, which the kind keeps as rows of its own."""
    shape = Shape.BODIES if kinds == BODY_KINDS else Shape.RECORDS
    return FieldFacts(name, label, shape, (), hint, needed, None, editable=True, kinds=kinds)


@dataclass(frozen=True)
class _Form:
    """What an annotation says of a field."""

    shape: Shape
    choices: tuple[str, ...] = ()
    part: type[BaseModel] | None = None
    kinds: tuple[str, ...] = ()


def _facts(name: str, info: FieldInfo) -> FieldFacts:
    form = _form(info.annotation, tuple(info.metadata))
    editable = bool(_extra(info).get("editable", True))
    return FieldFacts(
        name=name,
        label=info.title or name.replace("_", " ").capitalize(),
        shape=form.shape,
        choices=form.choices,
        hint=info.description or "",
        required=info.is_required(),
        part=form.part,
        editable=editable and name != "id" and form.shape not in {Shape.PART, Shape.PARTS},
        kinds=form.kinds,
        rises=bool(_extra(info).get("rises")),
        people=_extra(info).get("people"),
    )


def _extra(info: FieldInfo) -> Mapping[str, Any]:
    return info.json_schema_extra if isinstance(info.json_schema_extra, dict) else {}


def _form(annotation: Any, markers: tuple[Any, ...]) -> _Form:
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return _form(arguments[0], markers + arguments[1:])
    if origin in {Union, UnionType}:
        inner = [argument for argument in arguments if argument is not NoneType]
        if len(inner) > 1:  # only figures are of two types: whole, and with a fraction
            return _Form(Shape.MONEY if _Marker.MONEY in markers else Shape.AMOUNT)
        return _form(inner[0], markers)
    if origin is Literal:
        return _Form(Shape.CHOICE, choices=tuple(str(choice) for choice in arguments))
    if origin is tuple:
        return _several(arguments[0])
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return _Form(Shape.PART, part=annotation)
    return _scalar(annotation, markers)


def _several(item: Any) -> _Form:
    if isinstance(item, type) and issubclass(item, BaseModel):
        return _Form(Shape.PARTS, part=item)
    one = _form(item, ())
    several = {Shape.NUMBER: Shape.NUMBERS, Shape.BODY: Shape.BODIES, Shape.RECORD: Shape.RECORDS}
    return replace(one, shape=several.get(one.shape, Shape.LINES))


def _scalar(annotation: Any, markers: tuple[Any, ...]) -> _Form:
    refers = next((marker for marker in markers if isinstance(marker, Refers)), None)
    if refers is not None:
        return _Form(Shape.BODY if refers.kinds == BODY_KINDS else Shape.RECORD, kinds=refers.kinds)
    if _Marker.LONG in markers:
        return _Form(Shape.LONG)
    shapes = {str: Shape.LINE, int: Shape.NUMBER, bool: Shape.FLAG, date: Shape.DAY}
    return _Form(shapes[annotation])
