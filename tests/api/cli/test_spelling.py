"""States spelled out, and what has changed between two of them."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from api.cli.spelling import changes, spelled
from domain.kernel.area import Area
from domain.kernel.district import District
from domain.kernel.identifiers import CompanyId
from domain.kernel.personal import Phone
from domain.licensing.events import WarningKind
from domain.licensing.licence import Licence


@dataclass(frozen=True)
class Estate:
    area: Area
    district: District
    phone: Phone


def test_our_own_values_are_plain() -> None:
    estate = Estate(Area(Decimal("80000.50")), District("321002"), Phone("13800000000"))
    assert spelled(estate) == {"area": 80000.5, "district": "321002", "phone": None}


def test_what_is_composed_is_spelled_throughout() -> None:
    key = UUID(int=1)
    assert spelled({key: (date(2026, 1, 2), {"b", "a"})}) == {str(key): ["2026-01-02", ["a", "b"]]}


def test_a_state_tells_its_status_first() -> None:
    licence = Licence(opened_on=date(2026, 1, 1), opened_by=CompanyId(UUID(int=1)), warnings=frozenset())
    assert next(iter(spelled(licence).items())) == ("status", "applicant")
    assert spelled(WarningKind.WRITTEN) == "written"


def test_changes_are_told_by_place() -> None:
    before = {"status": "applicant", "tenures": [{"until": None}], "gone": 1}
    after = {"status": "registered", "tenures": [{"until": "2026-01-01"}, {"until": None}]}
    assert list(changes(before, after)) == [
        "gone: 1 → gone",
        "status: applicant → registered",
        "tenures[0].until: — → 2026-01-01",
        "tenures[1].until: —",
    ]


def test_a_first_state_is_told_whole() -> None:
    assert list(changes(None, {"status": "applicant"})) == ["status: applicant"]
