"""The fields of bodies: strict types that cannot hold what the contract does not allow."""

import re
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Final, NewType, TypeVar
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, PlainValidator, WithJsonSchema
from stdnum.cn import ric
from stdnum.exceptions import ValidationError as NotANumber

from api.http.sentences import refused
from domain.companies.uscc import Uscc as CompanyCode
from domain.companies.uscc import uscc_of
from domain.kernel.area import Area
from domain.kernel.district import District
from domain.kernel.personal import IdNumber, PersonName, Phone

LONGEST_NAME: Final = 200
LONGEST_TEXT: Final = 4_000
MOST_HOUSEHOLDS: Final = 1_000_000
FIRST_YEAR: Final = 1900
LAST_YEAR: Final = 2999
INT64: Final = 2**63 - 1

_LEAST_AREA: Final = Decimal("0.01")
_MOST_AREA: Final = Decimal("99999999.99")

# Control characters, line and paragraph separators, and the marks that turn the direction of writing around.
_CONTROL: Final = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069]")
# A character that shows: not space, not one of those that take no room.
_SHOWS: Final = re.compile("[^\\s\u00ad\u115f\u1160\u180e\u200b-\u200d\u2060-\u2064\u3164\ufeff\uffa0]")
_UUID: Final = re.compile(r"[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}", re.ASCII)
_DAY: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)
_ID_NUMBER: Final = re.compile(r"[0-9]{17}[0-9Xx]", re.ASCII)
_USCC: Final = re.compile(r"[0-9A-Za-z]{18}", re.ASCII)


class Body(BaseModel):
    """A body or a part of one: unknown fields are refused, types are strict, values do not change."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class Nothing(Body):
    """The empty object."""


def _written(value: object, longest: int) -> str:
    if not isinstance(value, str):
        raise refused("必须是字符串", "must be a string")
    if _CONTROL.search(value):
        raise refused("不得含有控制字符或换行", "must not contain control characters or line breaks")
    trimmed = value.strip()
    if not _SHOWS.search(trimmed):
        raise refused("不得为空", "must not be blank")
    if len(trimmed) > longest:
        raise refused(f"不得超过 {longest} 个字符", f"must have at most {longest} characters")
    return trimmed


def _name(value: object) -> str:
    return _written(value, LONGEST_NAME)


def _text(value: object) -> str:
    return _written(value, LONGEST_TEXT)


def _person(value: object) -> PersonName:
    return PersonName(_name(value))


def _phone(value: object) -> Phone:
    return Phone(_name(value))


def _id_number(value: object) -> IdNumber:
    if not isinstance(value, str) or not _ID_NUMBER.fullmatch(value) or not _is_id_number(value.upper()):
        raise refused("必须是有效的18位公民身份号码", "must be a valid ID number of 18 characters (GB 11643)")
    return IdNumber(value.upper())


def _is_id_number(number: str) -> bool:
    """Judge birth date and check digit.

    The birthplace is not held against the year of birth, as the library's own check would: the code is that of the
    office that issued the number, which may be younger than its holder.
    """
    try:
        ric.get_birth_date(number)
    except NotANumber:
        return False
    return bool(ric.calc_check_digit(number) == number[-1])


def _uscc(value: object) -> CompanyCode:
    if isinstance(value, str) and _USCC.fullmatch(value):
        try:
            return uscc_of(value)
        except ValueError:
            pass
    raise refused("必须是有效的统一社会信用代码", "must be a valid unified social credit code (GB 32100)")


def _district(value: object) -> District:
    if not isinstance(value, str):
        raise refused("必须是字符串", "must be a string")
    try:
        return District(value)
    except ValueError:
        raise refused("必须是六位行政区划代码", "must be the six digits of a district (GB/T 2260)") from None


def _day(value: object) -> date:
    if isinstance(value, str) and _DAY.fullmatch(value):
        try:
            day = date.fromisoformat(value)
        except ValueError:
            raise refused("没有这一天", "is a day that does not exist") from None
        if FIRST_YEAR <= day.year <= LAST_YEAR:
            return day
    raise refused(
        f"必须是 {FIRST_YEAR} 至 {LAST_YEAR} 年间的日期，格式为 YYYY-MM-DD",
        f"must be a day YYYY-MM-DD between the years {FIRST_YEAR} and {LAST_YEAR}",
    )


def _area(value: object) -> Area:
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        raise refused("必须是数字（平方米）", "must be a number of square metres")
    if not _LEAST_AREA <= value <= _MOST_AREA:
        raise refused("必须在 0.01 与 99999999.99 平方米之间", "must lie between 0.01 and 99999999.99 square metres")
    square_metres = Decimal(value)
    hundredths = square_metres.quantize(_LEAST_AREA)
    if hundredths != square_metres:
        raise refused("至多两位小数", "must have at most two decimals")
    return Area(hundredths)


def _uuid(value: object) -> UUID:
    if not isinstance(value, str) or not _UUID.fullmatch(value):
        raise refused("必须是 UUID", "must be a UUID")
    return UUID(value)


def _uuid_or_none(value: object) -> object:
    if value == "none":
        return value
    if not isinstance(value, str) or not _UUID.fullmatch(value):
        raise refused("必须是 UUID 或 none", "must be a UUID or none")
    return UUID(value)


Kind = TypeVar("Kind", bound=StrEnum)
Identifier = TypeVar("Identifier", bound=UUID)

Name = Annotated[
    str,
    PlainValidator(_name),
    WithJsonSchema({"type": "string", "minLength": 1, "maxLength": LONGEST_NAME}),
]
"""A name or a number as people write it: 1–200 characters, trimmed, not blank, no control characters."""

Text = Annotated[
    str,
    PlainValidator(_text),
    WithJsonSchema({"type": "string", "minLength": 1, "maxLength": LONGEST_TEXT}),
]
"""Any other text: 1–4,000 characters, trimmed, not blank, no control characters, so no line breaks either."""

PersonNameField = Annotated[
    PersonName,
    PlainValidator(_person),
    WithJsonSchema({"type": "string", "minLength": 1, "maxLength": LONGEST_NAME}),
]
"""The name of a person, from here on a personal value."""

PhoneField = Annotated[
    Phone,
    PlainValidator(_phone),
    WithJsonSchema({"type": "string", "minLength": 1, "maxLength": LONGEST_NAME, "examples": ["13800000000"]}),
]
"""A telephone number as people write it, from here on a personal value."""

IdNumberField = Annotated[
    IdNumber,
    PlainValidator(_id_number),
    WithJsonSchema({"type": "string", "pattern": "^[0-9]{17}[0-9Xx]$"}),
]
"""An ID number of 18 characters with its check digit (GB 11643), from here on a personal value."""

Uscc = Annotated[CompanyCode, PlainValidator(_uscc), WithJsonSchema({"type": "string", "pattern": "^[0-9A-Za-z]{18}$"})]
"""A company's unified social credit code with its check character (GB 32100), in capitals."""

GivenDistrict = NewType("GivenDistrict", District)
"""A district that was given; by this name it may stand in a query, where FastAPI would take a dataclass for a body."""

DistrictCode = Annotated[
    GivenDistrict,
    PlainValidator(_district),
    WithJsonSchema({"type": "string", "pattern": "^[0-9]{6}$"}),
]
"""A district's six digits (GB/T 2260), not checked against a list."""

Day = Annotated[date, PlainValidator(_day), WithJsonSchema({"type": "string", "format": "date"})]
"""A day YYYY-MM-DD of the years 1900 to 2999."""

AreaM2 = Annotated[
    Area,
    PlainValidator(_area),
    WithJsonSchema({"type": "number", "minimum": 0.01, "maximum": 99_999_999.99, "multipleOf": 0.01}),
]
"""Building area: a JSON number from 0.01 to 99,999,999.99 with at most two decimals."""

Id = Annotated[
    Identifier,
    PlainValidator(_uuid),
    WithJsonSchema({"type": "string", "format": "uuid"}),
]
"""The id of one kind of thing, `Id[LicenceId]`: a UUID written 8-4-4-4-12."""

IdOrNone = Annotated[
    Identifier | str,
    PlainValidator(_uuid_or_none),
    WithJsonSchema({"anyOf": [{"type": "string", "format": "uuid"}, {"const": "none"}]}),
]
"""A filter by id, or the word `none` for things that have none: `IdOrNone[CompanyId]`."""

Choice = Annotated[Kind, Field(strict=False)]
"""One of an enumeration's values, `Choice[Stage]`, spelled exactly."""

Flag = Annotated[bool, Field(strict=True)]
"""true or false."""

Whole = Annotated[int, Field(strict=True, ge=-INT64 - 1, le=INT64)]
"""A whole number within int64; what it must be besides is for a rule to say."""

Count = Annotated[int, Field(strict=True, ge=0, le=MOST_HOUSEHOLDS)]
"""How many, from none to a million."""

Year = Annotated[int, Field(strict=True, ge=FIRST_YEAR, le=LAST_YEAR)]
"""A year from 1900 to 2999."""
