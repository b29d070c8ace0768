"""A row of a table as an estate to register, or what is wrong with it: which column, and why."""

from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Final

from pydantic import BaseModel, ConfigDict, ValidationError

from api.http.fields import AreaM2, Count, Day, DistrictCode, Name, Text
from api.http.sentences import misfits
from api.importing.mapping import ColumnMapping
from api.importing.refusing import Reason, RowRefused
from api.importing.tables import Row
from domain.kernel.area import Area
from domain.kernel.district import District
from domain.kernel.identifiers import CompanyId, ProjectId
from domain.projects.events import Contract, ProjectKind, Stage
from domain.projects.registration import RegisterProject, project_id_of

UNKNOWN_HOUSEHOLDS: Final = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What the operator allows: estimating areas by square metres a household, estates that no company manages."""

    area_per_household: Decimal | None = None
    unmanaged: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Estate:
    """A row that can be taken; `company` is a name, None for an unmanaged estate."""

    name: str
    district: District
    address: str
    kind: ProjectKind
    building_area_m2: Area
    area_estimated: bool
    households: int
    company: str | None
    contract: Contract | None
    stage: Stage

    def registration(self, company_id: CompanyId | None) -> RegisterProject:
        """Answer the command that registers it."""
        return RegisterProject(
            name=self.name,
            district=self.district,
            address=self.address,
            kind=self.kind,
            building_area_m2=self.building_area_m2,
            area_estimated=self.area_estimated,
            households=self.households,
            company_id=company_id,
            contract=self.contract,
            stage=self.stage,
        )

    @property
    def id(self) -> ProjectId:
        """The id that the project will have."""
        return project_id_of(self.district, self.name)


class _Written(BaseModel):
    """The cells of a row, held to the limits that the API has."""

    model_config = ConfigDict(strict=True, frozen=True)

    name: Name
    district: DistrictCode
    address: Text
    building_area_m2: AreaM2 | None
    households: Count
    company: Name | None
    starts_on: Day | None
    ends_on: Day | None


def estate_of(row: Row, mapping: ColumnMapping, terms: Terms) -> Estate:
    """Read a row as an estate.

    Raises: RowRefused with every column that is wrong.
    """
    reasons: list[Reason] = []
    cells = {field: row.cells.get(column, "") for field, column in mapping.columns}
    kind = _kind(cells["kind"], mapping, reasons)
    company = None if mapping.names_nobody(cells["company"]) else cells["company"]
    if company is None and not terms.unmanaged:
        said = "names no property management company; --unmanaged takes such estates without one"
        reasons.append(Reason(mapping.columns.company, said))
    written = _written(cells, company, mapping, reasons)
    contract = _contract(written, mapping, reasons)
    area, estimated = _area(written, mapping, terms, reasons)
    if reasons or written is None or area is None:
        raise RowRefused(*reasons)
    return Estate(
        name=written.name,
        district=written.district,
        address=written.address,
        kind=kind,
        building_area_m2=area,
        area_estimated=estimated,
        households=written.households,
        company=written.company,
        contract=contract,
        stage=mapping.stage,
    )


def _kind(word: str, mapping: ColumnMapping, reasons: list[Reason]) -> ProjectKind:
    known = {kind.value: kind for kind in ProjectKind} | dict(mapping.kinds)
    if word and word not in known:
        reasons.append(Reason(mapping.columns.kind, f"{word!r} is none of {', '.join(known)}"))
    return known.get(word, mapping.kind)


def _written(
    cells: dict[str, str], company: str | None, mapping: ColumnMapping, reasons: list[Reason]
) -> _Written | None:
    given: dict[str, object] = {
        "name": cells["name"],
        "district": mapping.districts.get(cells["district"], cells["district"]),
        "address": cells["address"],
        "building_area_m2": _number(cells["building_area_m2"]),
        "households": UNKNOWN_HOUSEHOLDS if not cells["households"] else _number(cells["households"]),
        "company": company,
        "starts_on": cells["starts_on"] or None,
        "ends_on": cells["ends_on"] or None,
    }
    try:
        return _Written.model_validate(given)
    except ValidationError as error:
        for misfit in misfits(error):
            field = misfit.pointer.split("/")[1]
            reasons.append(Reason(getattr(mapping.columns, field), misfit.said.en))
        return None


def _number(cell: str) -> object:
    """Read a cell as a number where it is one; the field says what is wrong with anything else."""
    if not cell:
        return None
    try:
        number = Decimal(cell.replace(",", ""))
    except InvalidOperation:
        return cell
    if not number.is_finite():
        return cell
    return int(number) if number == number.to_integral_value() else number


def _contract(written: _Written | None, mapping: ColumnMapping, reasons: list[Reason]) -> Contract | None:
    if written is None or (written.starts_on is None and written.ends_on is None):
        return None
    if written.starts_on is None or written.ends_on is None or written.ends_on < written.starts_on:
        reasons.append(Reason(mapping.columns.ends_on, "a contract needs a first and a last day, in this order"))
        return None
    return Contract(starts_on=written.starts_on, ends_on=written.ends_on)


def _area(
    written: _Written | None, mapping: ColumnMapping, terms: Terms, reasons: list[Reason]
) -> tuple[Area | None, bool]:
    """Take the area as written, or estimate it from the households where the operator allows that."""
    if written is None or written.building_area_m2 is not None:
        return (None if written is None else written.building_area_m2), False
    if terms.area_per_household is None:
        said = "is missing; --area-per-household estimates it from the households"
        reasons.append(Reason(mapping.columns.building_area_m2, said))
        return None, False
    if written.households < mapping.least_households:
        said = f"the area cannot be estimated from {written.households or 'unknown'} households"
        reasons.append(Reason(mapping.columns.households, said))
        return None, False
    estimate = (terms.area_per_household * written.households).quantize(Decimal("0.01"))
    return Area(estimate), True
