"""The small parts a scenario file is written with: ids, texts, dates, plain numbers, and names of other entries.

Each refuses what it cannot hold in words of its own, with a way out.

Why: what stands in forty fields is said once, for the loader and for the editor's schema alike.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Annotated, Any, Final, Literal, NamedTuple, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints, ValidationInfo
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

MOST: Final = 1e15
"""No number of a scenario is larger: beyond it a float no longer tells whole units apart."""

ISO_DATE: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
ID_PATTERN: Final = r"^[a-z][a-z0-9_]*$"


class Trouble(NamedTuple):
    """A fault that a field found in its own value, before anybody knows the file and line."""

    path: tuple[str, ...]
    """Below the field; empty for the field itself."""
    found: str | None
    """None: the value that stands there."""
    expected: str
    way_out: str = ""
    name: str = ""
    """What was found, where it may be a slip of the pen for one of the ``known`` names."""
    known: Collection[str] | None = None
    """The names that would do; the nearest is looked for when the fault is told, if it ever is."""


class NotReadError(AttributeError):
    """A field that was asked for could not be read; its own fault is reported already."""


def troubles(*found: Trouble) -> PydanticCustomError:
    """Error that carries several faults of one field to the report."""
    return PydanticCustomError("troubles", "faults of a field", {"troubles": found})


class Written(BaseModel):
    """Any mapping of a scenario file, as written."""

    # Deferred: what validates a scenario is built for the whole of it at once, and not for each of its parts before.
    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)

    def __getattr__(self, name: str) -> Any:
        # only a field that failed is missing from an entry that was read as far as it goes
        if name in type(self).model_fields:
            raise NotReadError(name)
        raise AttributeError(name)


Text = Annotated[str, StringConstraints(min_length=1, max_length=2_000)]
Source = Annotated[str, StringConstraints(min_length=12, max_length=2_000)]
Confidence = Literal["official", "reported", "inferred", "assumption"]
Id = Annotated[str, StringConstraints(pattern=ID_PATTERN, max_length=60)]


class Sourced(Written):
    """A mapping that may say where its numbers come from, for all below it that do not say so themselves."""

    source: Source | None = None
    """A document and its date, or "assumption: why"; at least 12 characters."""
    confidence: Confidence | None = None
    """The weakest kind of evidence the numbers rest on."""
    note: Text | None = None
    """A remark for the reader; no number."""


def _date(value: object) -> object:
    """A date is text in ISO form and nothing else."""
    if isinstance(value, str) and ISO_DATE.fullmatch(value):
        try:
            date = datetime.date.fromisoformat(value)
        except ValueError:
            date = None
        if date is not None and 1950 <= date.year <= 2150:
            return date
    raise troubles(Trouble((), None, "a date between 1950 and 2150", "Write year-month-day, as 2026-04-11."))


def _year(value: object) -> object:
    """A fiscal year is a key of four digits, or a whole number."""
    text = str(value)
    if isinstance(value, bool) or not re.fullmatch(r"[0-9]{4}", text) or not 1950 <= int(text) <= 2150:
        raise troubles(
            Trouble((), None, "a fiscal year between 1950 and 2150", "Write the year it starts in, as 2027.")
        )
    return int(text)


Date = Annotated[datetime.date, BeforeValidator(_date)]
Year = Annotated[int, BeforeValidator(_year)]


@dataclass(frozen=True, slots=True)
class Counts:
    """What a plain number of the file counts: its unit in the table of facts."""

    unit: str


Number = Annotated[float, Field(strict=True, ge=-MOST, le=MOST)]
Whole = Annotated[int, Field(strict=True, ge=0, le=10**9)]
Units = Annotated[int, Field(strict=True, ge=1, le=10**9), Counts("unit")]
Stock = Annotated[int, Field(strict=True, ge=0, le=10**9), Counts("unit")]
People = Annotated[int, Field(strict=True, ge=0, le=10**9), Counts("person")]
Days = Annotated[int, Field(strict=True, ge=0, le=40_000), Counts("day")]
Weight = Annotated[int, Field(strict=True, ge=0, le=10**6), Counts("1")]
Month = Annotated[int, Field(strict=True, ge=1, le=12), Counts("1")]
DayOfMonth = Annotated[int, Field(strict=True, ge=1, le=31), Counts("1")]
Fraction = Annotated[float, Field(strict=True, ge=0, le=1)]
Factor = Annotated[float, Field(strict=True, ge=0, le=1_000)]


Known = Mapping[str, Collection[str]]
"""Names that may be referred to, by section: the context of every validation."""


@dataclass(frozen=True, slots=True)
class Names:
    """Marks a text that names an entry of another section; the name must be known there.

    The known names come with the validation context, so that a wrong name is one fault among the others.
    """

    section: str
    kind: str
    but_not: str = ""
    """Another section whose names are a slip of their own here, told in ``why``."""
    why: str = ""
    if_none: str = ""
    """What is told where the section has no name at all."""

    def __get_pydantic_core_schema__(self, source: Any, handler: Callable[[Any], CoreSchema]) -> CoreSchema:
        return core_schema.with_info_after_validator_function(self._known, handler(source))

    def _known(self, name: str, info: ValidationInfo) -> str:
        known: Known = info.context or {}
        names = known.get(self.section, ())
        if name in known.get(self.but_not, ()):
            raise troubles(Trouble((), None, f"the name of a known {self.kind}", self.why))
        if not names and self.if_none:
            raise troubles(Trouble((), None, f"the name of a known {self.kind}", self.if_none))
        if name not in names:
            raise troubles(Trouble((), None, f"the name of a known {self.kind}", "", name, names))
        return name


OfferName = Annotated[str, Names("offers", "offer")]
ImportName = Annotated[str, Names("imports", "offer from abroad", "home_offers", "Home offers stand under home.")]
DatedOfferName = Annotated[
    str,
    Names("imports", "offer from abroad", "home_offers", "A dated order has a promise; a home line promises nothing."),
]
HomeOfferName = Annotated[
    str, Names("home_offers", "home offer", "imports", "An imported product has no line at home.")
]
FirmName = Annotated[str, Names("firms", "firm")]
_NO_INDUSTRY: Final = "This scenario has no home production."
FamilyName = Annotated[str, Names("part_families", "part family", if_none=_NO_INDUSTRY)]
PartSourceName = Annotated[str, Names("part_sources", "part source")]
OriginName = Annotated[str, Names("origins", "part source's origin", if_none=_NO_INDUSTRY)]
MissionName = Annotated[str, Names("missions", "mission")]
ProductName = Annotated[str, Names("products", "product")]
SupplierName = Annotated[str, Names("suppliers", "supplier")]
CountryName = Annotated[str, Names("countries", "supplier's country")]
SlipClassName = Annotated[str, Names("slip_classes", "slip class")]
WindowName = Annotated[str, Names("windows", "window")]
BenchName = Annotated[str, Names("benches", "bench")]
TypeApprovalName = Annotated[str, Names("type_approvals", "type approval")]
GroundingName = Annotated[str, Names("groundings", "grounding")]
LineName = Annotated[str, Names("lines", "budget line")]
CurrencyName = Annotated[str, Names("currencies", "currency")]
ForeignCurrencyName = Annotated[str, Names("foreign_currencies", "foreign currency")]

DEFINED: Final = "x-defined"
"""Stands in the generated schema for a reference that the schema library cannot know; `json_schema` puts it in."""
WORD: Final = "<word>"
LIST: Final = "<list>"
"""Tags of a choice between one word and a list; they are no steps of a path."""


def word_or_list(value: object) -> str:
    """Which of the two a value means to be."""
    return WORD if isinstance(value, str) else LIST


HEADINGS: Final = ("source", "confidence", "note")
"""What a section may say beside its entries; no id may be one of these words."""

Entry = TypeVar("Entry")


def _entries(value: object) -> object:
    """A section's entries without its headings, which `Heading` checks."""
    if isinstance(value, dict):
        return {key: entry for key, entry in value.items() if key not in HEADINGS}
    return value


@dataclass(frozen=True, slots=True)
class Section:
    """Marks a mapping of entries by id that may also state ``source``, ``confidence`` and ``note`` for all of them."""

    def __get_pydantic_core_schema__(self, source: Any, handler: Callable[[Any], CoreSchema]) -> CoreSchema:
        return core_schema.no_info_before_validator_function(_entries, handler(source))

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: Callable[[CoreSchema], JsonSchemaValue]
    ) -> JsonSchemaValue:
        written = handler(schema)
        headings = {name: {DEFINED: f"Sourced/properties/{name}"} for name in HEADINGS}
        entries = {
            pattern.replace("^", f"^(?!({'|'.join(HEADINGS)})$)"): entry
            for pattern, entry in written.pop("patternProperties").items()
        }
        return {**written, "properties": headings, "patternProperties": entries, "additionalProperties": False}


Entries = Annotated[dict[Id, Entry], Section()]
"""A section: entries by id."""
