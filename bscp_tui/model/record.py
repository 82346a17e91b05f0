"""How a kind is declared: fields, where its files lie, its reference, columns, rules."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from types import FunctionType
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, TypeVar

from pydantic import BaseModel, ConfigDict, Field

from bscp_tui.model.workflow import Workflow

if TYPE_CHECKING:
    from bscp_tui.model.fields import FieldFacts, Shape
    from bscp_tui.model.rules import Rule
    from bscp_tui.model.shown_list import ShownList
    from bscp_tui.model.view import Circumstances, View

Derive = Callable[[Any, "View"], object]
D = TypeVar("D", bound=Derive)
# What the file calls a table's row; ``("key_actions", "#k7qx", "status")`` is one field of one row.
FieldPath = tuple[str, ...]


class Part(BaseModel):
    """A table of a record's file; keys that this version does not know are kept."""

    model_config = ConfigDict(frozen=True, strict=True, extra="allow", defer_build=True)

    derivations: ClassVar[Mapping[str, Derive]] = {}
    workflow: ClassVar[Workflow | None] = None
    # What the partnership holds a change of it to; the register sets how strictly (model/rules.py).
    held_to: ClassVar[tuple["Rule", ...]] = ()
    # The same for every kind that is made of it, whatever else the kind is held to.
    always_held_to: ClassVar[tuple["Rule", ...]] = ()
    # What people type although it is kept as rows: a learning point's owners.
    also_typed: ClassVar[Mapping[str, "FieldFacts"]] = {}
    # How derived figures are told where a bare number would say too little: a balance is an amount of money.
    told_as: ClassVar[Mapping[str, "Shape"]] = {}
    # Whether somebody owes it, so that it is chased: it derives ``open``, ``leads`` (who) and ``due`` (when).
    chased: ClassVar[bool] = False
    # What a return for a meeting asks of whoever owes it; what a kind has not is left out.
    asked_in_returns: ClassVar[tuple[str, ...]] = ("status", "update", "target")
    # Whether rows of it are a kind of their own, as key actions are.
    stands_alone: ClassVar[bool] = False
    # Whether others are decided on there: entries name it, a sitting works down its agenda.
    decides: ClassVar[bool] = False
    # Whether what it derives is computed from other records by a question, which may not ask for such values.
    asks_questions: ClassVar[bool] = False
    # Whether somebody who may only read and ask may add one: a question, never a status.
    open_to_scrutineers: ClassVar[bool] = False

    @classmethod
    def __pydantic_init_subclass__(cls, **kwargs: Any) -> None:
        """Gather what the class, and all that it is made of, derives."""
        super().__pydantic_init_subclass__(**kwargs)
        members = [pair for base in reversed(cls.__mro__) if base is not BaseModel for pair in vars(base).items()]
        # Only methods are asked: a look at what pydantic keeps in a class would have it build the whole of it at once.
        derived = [(name, value) for name, value in members if isinstance(value, FunctionType)]
        cls.derivations = {name: value for name, value in derived if getattr(value, "is_derived", False)}

    def is_somebody(self) -> bool:
        """Whether it is of a person, whose name is for fewer readers than the work is."""
        return False

    def drawn(self, view: "View") -> Sequence[tuple[str, float, str]]:
        """Return what is drawn of it as bars: (name, figure, figure in words) of each; nothing for most kinds."""
        del view
        return ()

    @classmethod
    def amended(cls, view: "View", name: str, value: object, why: "Circumstances") -> dict[FieldPath, object]:
        """Return what recording ``value`` under ``name`` changes; kinds add what follows from it.

        A row's field is named by the row's id: ``stages.#d3k9.status``.
        """
        del view, why
        return {tuple(name.split(".")): value}

    def shown_list(self) -> "ShownList | None":
        """Return the list that it shows; only a saved view shows one."""
        return None

    def answered_at(self, view: "View", party: str) -> str:
        """Return the reference of what ``party``, who owes this, answers for; kinds name a row where they have one."""
        del party
        return view.ref

    @classmethod
    def begun(cls, values: dict[str, Any]) -> dict[str, Any]:
        """Return what a new record of these ``values`` begins with; kinds add what follows from them."""
        return values


# Pydantic looks at every annotation that a class inherits anew, for each of ninety classes; these are of no field, and
# that they are the class's own was noted when it was made.
Part.__annotations__.clear()


class Item(Part):
    """A row of a table inside a record; its random ``id`` stays with it for ever."""

    # Whether a row, once recorded, stays: a revision that could be removed would hide slippage.
    lasting: ClassVar[bool] = False
    # Whether a row comes from a change of another field alone, as a revision follows from a new target.
    never_typed: ClassVar[bool] = False

    id: str

    @classmethod
    def names_allowed(cls) -> tuple[str, ...]:
        """Return the names that its ``id`` may be, for rows that are named; none where ids are drawn."""
        return ()


class Source(Part):
    """Where a record's content was published."""

    document: Annotated[str, Field(title="Document")]
    place: Annotated[str | None, Field(title="Place")] = None
    sha256: Annotated[str | None, Field(title="SHA-256 of the document")] = None
    note: Annotated[str | None, Field(title="Note")] = None


def derived(function: D) -> D:
    """Mark a method as a derived value: shown, filtered and exported, never typed or stored."""
    function.is_derived = True  # type: ignore[attr-defined]
    return function


@dataclass(frozen=True)
class Kind:
    """All that the program needs to know of a kind.

    Attributes:
        name: As on the command line, singular and hyphenated.
        plural: As screens head a list.
        model: The class that declares its fields.
        where: The file's path inside ``records/`` with ``{names}``; None inside another's file.
        inside: (kind, field) of the file that holds it; None for a kind with files of its own.
        reference: How people say it, from the path's names and the item's fields.
        columns: The list's columns: fields and derived values.
        workflow: Its statuses, if it has them.

    """

    name: str
    plural: str
    model: type[Part]
    reference: str
    columns: tuple[str, ...]
    where: str | None = None
    inside: tuple[str, str] | None = None
    workflow: Workflow | None = None
    path_pattern: re.Pattern[str] | None = field(default=None, repr=False)

    def names_in(self, path: str) -> dict[str, str] | None:
        """Return the names that ``path`` (inside ``records/``) gives, or None if it is not this kind's."""
        match = self.path_pattern.fullmatch(path) if self.path_pattern else None
        return match.groupdict() if match else None

    @property
    def folder_pattern(self) -> str:
        """The folder part of ``where``, for telling a misnamed file from a foreign one."""
        return (self.where or "").rpartition("/")[0]


NAME = r"[a-z0-9][a-z0-9-]{0,39}"
NUMBER = r"[0-9]{1,3}(?:\.[0-9]{1,3})?"
# A published number, or letters and digits that can be said on the telephone; the first two name the
# folder, so that folders stay small however many records there are.
SAYABLE = "[0-9A-HJKMNP-TV-Z]"
PLACES = {
    "number": NUMBER,
    "block": f"{SAYABLE}{{2}}",
    "code": f"(?P=block){SAYABLE}{{2,6}}",
}


def declare(  # noqa: PLR0913 - a declaration names everything once
    name: str,
    model: type[Part],
    *,
    plural: str,
    reference: str,
    columns: tuple[str, ...],
    where: str | None = None,
    inside: tuple[str, str] | None = None,
) -> Kind:
    """Declare a kind; the registry of kinds (``model/kinds.py``) lists the result."""
    pattern = None
    if where is not None:
        named = re.sub(r"\\\{(\w+)\\\}", lambda name: f"(?P<{name[1]}>{PLACES.get(name[1], NAME)})", re.escape(where))
        pattern = re.compile(named)
    return Kind(
        name=name, plural=plural, model=model, reference=reference, columns=columns,
        where=where, inside=inside, workflow=model.workflow, path_pattern=pattern,
    )  # fmt: skip
