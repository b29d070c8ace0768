"""Which column of a table of service requests holds what, and what its words mean: a small TOML file."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Final, Self
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from api.importing.mapping import UnusableMapping, read_toml
from domain.service_requests.words import REPAIRS, Category, Channel, Kind, Priority, VisitOutcome

UNKNOWN: Final = "不详"
"""What stands for whom or what the table does not name."""


class Stands(StrEnum):
    """Where a request stands, as a table can tell it."""

    RECEIVED = "received"
    DISPATCHED = "dispatched"
    IN_PROGRESS = "in_progress"
    COMPLETED = "completed"
    CLOSED = "closed"
    CANCELLED = "cancelled"
    REFERRED = "referred"


def _known_zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise ValueError(f"{name!r} is no IANA time zone, such as Asia/Shanghai") from None
    return name


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class Columns(_Part):
    """The name of the column that holds each field; those without one are not in the table."""

    reference: str = "reference"
    project: str = "project"
    district: str = "district"
    unit: str = "unit"
    type: str = "type"
    kind: str = "kind"
    category: str = "category"
    priority: str = "priority"
    description: str = "description"
    reporter_name: str = "reporter_name"
    reporter_phone: str = "reporter_phone"
    channel: str = "channel"
    status: str = "status"
    assignee: str = "assignee"
    assignee_name: str = "assignee_name"
    received_at: str = "received_at"
    dispatched_at: str = "dispatched_at"
    started_at: str = "started_at"
    completed_at: str = "completed_at"
    result: str = "result"
    replied_at: str = "replied_at"
    reply: str = "reply"
    visited_at: str = "visited_at"
    visit: str = "visit"
    visited_by: str = "visited_by"
    rating: str = "rating"
    closed_at: str = "closed_at"


class Type(_Part):
    """What a word of the column `type` means; only a repair has a category of its own."""

    kind: Annotated[Kind, Field(strict=False)]
    category: Annotated[Category, Field(strict=False)] | None = None
    priority: Annotated[Priority, Field(strict=False)] = Priority.NORMAL

    @model_validator(mode="after")
    def _fits(self) -> Self:
        if (self.kind is Kind.REPAIR) != (self.category in REPAIRS):
            raise ValueError("a repair has the category emergency, minor or complex, and nothing else has one")
        return self


class Person(_Part):
    """Who stands in where the table names nobody."""

    name: str = UNKNOWN
    phone: str = UNKNOWN


class Hands(_Part):
    """Who did the work, where the table names nobody."""

    subject: str = "import"
    name: str = UNKNOWN


class Referral(_Part):
    """To whom, and why, the requests went that the table calls referred."""

    to: str = UNKNOWN
    reason: str = UNKNOWN


class RequestMapping(_Part):
    """How a table of service requests is read.

    `source` goes before every reference number, so that the numbers of two systems stay apart. Times are read by
    `time_format` (as `strptime` takes it; ISO 8601 without one) in `timezone`, the city's own without one; a time that
    has an offset keeps it. The words of a column are those of the API, or those that `types`, `channels`, `statuses`,
    `visits` and `districts` explain; a status of `refused_statuses` refuses the row with the sentence given there.
    """

    source: str = ""
    time_format: str | None = None
    timezone: Annotated[str, AfterValidator(_known_zone)] | None = None
    district: Annotated[str, Field(pattern=r"^[0-9]{6}$")] | None = None
    unit: str = UNKNOWN
    result: str = "原系统记为已完成"
    cancellation: str = "原系统记为已取消"
    channel: Annotated[Channel, Field(strict=False)] = Channel.IMPORT
    columns: Columns = Columns()
    reporter: Person = Person()
    assignee: Hands = Hands()
    referral: Referral = Referral()
    districts: Mapping[str, Annotated[str, Field(pattern=r"^[0-9]{6}$")]] = {}
    types: Mapping[str, Type] = {}
    channels: Mapping[str, Annotated[Channel, Field(strict=False)]] = {}
    statuses: Mapping[str, Annotated[Stands, Field(strict=False)]] = {}
    refused_statuses: Mapping[str, str] = {}
    visits: Mapping[str, Annotated[VisitOutcome, Field(strict=False)]] = {}

    @property
    def named(self) -> frozenset[str]:
        """The columns that the file itself names."""
        return frozenset(getattr(self.columns, name) for name in self.columns.model_fields_set)

    def needs(self) -> Iterator[frozenset[str]]:
        """Go through what no table does without: of each of these sets of columns, one at least."""
        columns = self.columns
        yield frozenset({columns.reference})
        yield frozenset({columns.received_at})
        yield frozenset({columns.type, columns.kind})


@dataclass(frozen=True, slots=True)
class ChosenMapping:
    """A mapping and what it is called."""

    name: str
    mapping: RequestMapping


def mapping_for(header: tuple[str, ...], file: Path | None) -> ChosenMapping:
    """Answer the mapping of a file; without one that which comes with the product and fits the table, if any does.

    Raises: UnusableMapping, also for one that does not fit the table.
    """
    if file is not None:
        chosen = ChosenMapping(file.name, read_toml(file, RequestMapping))
        if missing := sorted(chosen.mapping.named.difference(header)):
            raise UnusableMapping(f"{file} names columns that the table does not have: {', '.join(missing)}")
    else:
        fitting = (each for each in _shipped() if each.mapping.named.issubset(header))
        chosen = next(fitting, ChosenMapping("", RequestMapping()))
    for columns in chosen.mapping.needs():
        if columns.isdisjoint(header):
            raise UnusableMapping(
                f"the table has no column {' or '.join(sorted(columns))}: say in --mapping FILE which column holds what"
            )
    return chosen


def _shipped() -> Iterator[ChosenMapping]:
    for file in sorted(Path(__file__).with_name("mappings").glob("*.toml")):
        yield ChosenMapping(file.stem, read_toml(file, RequestMapping))
