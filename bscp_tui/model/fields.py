"""What a field holds: read from its declaration, so that forms, commands and filters agree."""

from collections.abc import Mapping
from dataclasses import dataclass
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
    FLAG = "yes or no"
    LINES = "several lines"
    NUMBERS = "several whole numbers"
    BODY = "an agency, group or person"
    PART = "a table"
    PARTS = "several tables"


class _Marker(Enum):
    LONG = "long"
    BODY = "body"


Line = str
LongText = Annotated[str, _Marker.LONG]
BodyRef = Annotated[str, _Marker.BODY]
# TOML gives lists; records are frozen, so they hold tuples. Only the container is read leniently.
Lines = Annotated[tuple[str, ...], Field(strict=False)]
Numbers = Annotated[tuple[int, ...], Field(strict=False)]
Audience = Literal["public", "partnership", "group"]
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

    """

    name: str
    label: str
    shape: Shape
    choices: tuple[str, ...]
    hint: str
    required: bool
    part: type[BaseModel] | None
    editable: bool


def asked(
    label: str,
    *,
    hint: str = "",
    default: Any = None,
    editable: bool = True,
    last: bool = False,
) -> Any:
    """Declare an optional field with its label; unset fields have no key in the file.

    Args:
        label: As people say it.
        hint: What to type, in a few words.
        default: What a record without it has.
        editable: Whether forms offer it.
        last: Whether it stands behind the fields of the kinds that inherit it.

    """
    extra: dict[str, Any] = {"editable": editable, "last": last}
    return Field(default=default, title=label, description=hint, json_schema_extra=extra)


def required(label: str, *, hint: str = "") -> Any:
    """Declare a field that every record of the kind has."""
    return Field(title=label, description=hint)


def unchangeable(label: str) -> Any:
    """Declare a field that every record of the kind has, and that only the program sets."""
    return Field(title=label, description="", json_schema_extra={"editable": False})


@cache
def fields_of(model: type[BaseModel]) -> Mapping[str, FieldFacts]:
    """Return the declared fields of ``model`` by name, in the file's order."""
    infos = sorted(model.model_fields.items(), key=lambda pair: bool(_extra(pair[1]).get("last")))
    return {name: _facts(name, info) for name, info in infos}


def _facts(name: str, info: FieldInfo) -> FieldFacts:
    shape, choices, part = _shape(info.annotation, tuple(info.metadata))
    editable = bool(_extra(info).get("editable", True))
    return FieldFacts(
        name=name,
        label=info.title or name.replace("_", " ").capitalize(),
        shape=shape,
        choices=choices,
        hint=info.description or "",
        required=info.is_required(),
        part=part,
        editable=editable and name != "id" and shape not in {Shape.PART, Shape.PARTS},
    )


def _extra(info: FieldInfo) -> Mapping[str, Any]:
    return info.json_schema_extra if isinstance(info.json_schema_extra, dict) else {}


def _shape(annotation: Any, markers: tuple[Any, ...]) -> tuple[Shape, tuple[str, ...], type[BaseModel] | None]:
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return _shape(arguments[0], markers + arguments[1:])
    if origin in {Union, UnionType}:
        inner = next(argument for argument in arguments if argument is not NoneType)
        return _shape(inner, markers)
    if origin is Literal:
        return Shape.CHOICE, tuple(str(choice) for choice in arguments), None
    if origin is tuple:
        item = arguments[0]
        if isinstance(item, type) and issubclass(item, BaseModel):
            return Shape.PARTS, (), item
        return (Shape.NUMBERS if item is int else Shape.LINES), (), None
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return Shape.PART, (), annotation
    return _scalar(annotation, markers), (), None


def _scalar(annotation: Any, markers: tuple[Any, ...]) -> Shape:
    if _Marker.BODY in markers:
        return Shape.BODY
    if _Marker.LONG in markers:
        return Shape.LONG
    shapes = {str: Shape.LINE, int: Shape.NUMBER, bool: Shape.FLAG, date: Shape.DAY}
    return shapes[annotation]
