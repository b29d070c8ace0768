"""The municipal clerk, who may do nearly everything, and short ways to what a journey begins with."""

from itertools import count
from typing import Any, Final

from stdnum.cn import ric, uscc

from tests.journeys.answers import Json, Receipt
from tests.journeys.client import Client

GUANGLING: Final = "321002"
HANJIANG: Final = "321003"

_numbers: Final = count(1)


def another() -> int:
    """Answer a number that nothing else has."""
    return next(_numbers)


def id_number() -> str:
    """Answer the ID number of another person, with its check digit."""
    number = another()
    body = (
        f"110101{1960 + number // 28_000}{1 + number // 1000 % 12:02}{1 + number // 12_000 % 28:02}{number % 1000:03}"
    )
    return body + str(ric.calc_check_digit(f"{body}0"))


def code() -> str:
    """Answer the unified social credit code of another company."""
    body = f"91321002MA{another():07}"
    return body + str(uscc.calc_check_digit(body))


def holder(name: str = "张三", **differently: Json) -> Json:
    """Answer another person, as the body of a licence file names them."""
    return {"name": name, "id_number": id_number(), "phone": "13812345678"} | differently


def certificate(kind: str = "training", **differently: Json) -> Json:
    """Answer another certificate, valid since 2020 without end."""
    return {"kind": kind, "number": f"C-{another()}", "issuer": "市住建委", "issued_on": "2020-01-01"} | differently


def estate(company_id: str, area: float = 80_000, **differently: Json) -> Json:
    """Answer another project to register."""
    return {
        "name": f"小区{another()}",
        "district": GUANGLING,
        "address": "文昌中路1号",
        "kind": "residential",
        "building_area_m2": area,
        "households": 600,
        "company_id": company_id,
        "contract": {"starts_on": "2026-01-01", "ends_on": "2028-12-31"},
        "stage": "regular",
    } | differently


def service_zone(name: str = "一区", **differently: Json) -> Json:
    """Answer a zone of usual size to define."""
    return {
        "name": name,
        "kind": "general",
        "area_m2": 75_000,
        "households": 400,
        "zone_manager": "王五",
        "hotline": "0514-80000001",
    } | differently


class Clerk(Client):
    """A municipal clerk."""

    async def company(self, name: str | None = None, **more: str) -> str:
        """Register another company."""
        return (await self.does("/companies", {"name": name or f"物业公司{another()}", **more})).id

    async def applicant(self, name: str = "张三") -> str:
        """Open the file of another person."""
        return (await self.does("/licences", {"holder": holder(name)})).id

    async def certify(self, licence: str, *kinds: str) -> None:
        """Record valid certificates, of both kinds that a registration needs unless said otherwise."""
        for kind in kinds or ("post_national", "training"):
            await self.does(f"/licences/{licence}/certificates", certificate(kind))

    async def register(self, licence: str, company: str, registered_on: str | None = None) -> Receipt:
        """Register the practice."""
        body = {"company_id": company} | ({} if registered_on is None else {"registered_on": registered_on})
        return await self.does(f"/licences/{licence}/registration", body)

    async def manager(self, company: str, name: str = "张三", registered_on: str | None = "2020-06-01") -> str:
        """Register another manager with a company."""
        licence = await self.applicant(name)
        await self.certify(licence)
        await self.register(licence, company, registered_on)
        return licence

    async def project(self, company: str, area: float = 80_000, **differently: Json) -> str:
        """Register another project."""
        return (await self.does("/projects", estate(company, area, **differently))).id

    async def appoint(self, licence: str, *projects: str) -> None:
        """Appoint a manager."""
        for project in projects:
            await self.does(f"/projects/{project}/manager", {"licence_id": licence})

    async def day_of_appointment(self, project: str) -> str:
        """Answer since which day in the city a project has had its manager: of one just appointed, the present day."""
        return str((await self.reads(f"/projects/{project}"))["manager"]["since"])

    async def deduct(self, licence: str, violation: str, points: int | None = None, **differently: Any) -> Receipt:
        """Charge a manager; the receipt's `details` has the `deduction_id`."""
        body = charge(violation, points, **differently)
        return await self.does(f"/licences/{licence}/deductions", body)

    async def object(self, licence: str, deduction: str) -> Receipt:
        """Enter a manager's paper objection."""
        body = {"grounds": "事实不清", "on_behalf": True}
        return await self.does(f"/licences/{licence}/deductions/{deduction}/objection", body)

    async def decide(self, licence: str, deduction: str, *, upheld: bool) -> Receipt:
        """Decide an objection."""
        body = {"upheld": upheld, "reason": "经复核"}
        return await self.does(f"/licences/{licence}/deductions/{deduction}/objection/decision", body)


def charge(violation: str, points: int | None = None, *, on: str = "2026-11-01", **more: Json) -> Json:
    """Answer a deduction to ask for; its evidence and reason are dull."""
    body = {"violation": violation, "occurred_on": on, "reason": "检查发现", "evidence": ["照片一张"], **more}
    return body if points is None else {**body, "points": points}
