"""Which column holds what: a small TOML file beside the table."""

import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from domain.projects.events import ProjectKind, Stage

Shape = TypeVar("Shape", bound=BaseModel)


class UnusableMapping(Exception):
    """The mapping file is not one; the message says where and what would be accepted."""


class Columns(BaseModel):
    """The name of the column that holds each field; those without one are not in the table."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    name: str = "name"
    district: str = "district"
    address: str = "address"
    kind: str = "kind"
    building_area_m2: str = "building_area_m2"
    households: str = "households"
    company: str = "company"
    starts_on: str = "starts_on"
    ends_on: str = "ends_on"


class ColumnMapping(BaseModel):
    """How a table of estates is read.

    `districts` gives the GB/T 2260 code of each name (codes themselves are always understood), `kinds` the kind of each
    word; `no_company` lists patterns (regular expressions, matched whole) of what stands in the company's column where
    nobody is meant; fewer households than `least_households` are taken for a slip, not for a base of an estimate.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    columns: Columns = Columns()
    districts: Mapping[str, Annotated[str, Field(pattern=r"^[0-9]{6}$")]] = {}
    kinds: Mapping[str, Annotated[ProjectKind, Field(strict=False)]] = {}
    kind: Annotated[ProjectKind, Field(strict=False)] = ProjectKind.RESIDENTIAL
    stage: Annotated[Stage, Field(strict=False)] = Stage.REGULAR
    no_company: tuple[re.Pattern[str], ...] = Field(default=(), strict=False)
    least_households: Annotated[int, Field(ge=1)] = 3

    def names_nobody(self, company: str) -> bool:
        """Tell whether what stands in the company's column is no company."""
        return not company or any(pattern.fullmatch(company) for pattern in self.no_company)


def read_mapping(file: Path | None) -> ColumnMapping:
    """Read a mapping; without a file the columns are named as the fields of the API.

    Raises: UnusableMapping.
    """
    return ColumnMapping() if file is None else read_toml(file, ColumnMapping)


def read_toml(file: Path, shape: type[Shape]) -> Shape:
    """Read a mapping of a shape.

    Raises: UnusableMapping.
    """
    try:
        return shape.model_validate(tomllib.loads(file.read_text(encoding="utf-8")))
    except OSError as refused:
        raise UnusableMapping(f"{file} cannot be read: {refused.strerror}") from refused
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as wrong:
        raise UnusableMapping(f"{file} is not TOML: {wrong}") from wrong
    except ValidationError as wrong:
        told = "; ".join(f"{'.'.join(map(str, error['loc']))}: {error['msg']}" for error in wrong.errors())
        raise UnusableMapping(f"{file} is no column mapping: {told}") from wrong
