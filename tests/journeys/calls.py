"""Every command of the contract with a body that fits, and what each of its fields may hold."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Final

from tests.journeys.answers import Json
from tests.journeys.clerk import Clerk, certificate, charge, code, estate, holder, service_zone


@dataclass(frozen=True, slots=True, kw_only=True)
class Things:
    """The ids that paths and bodies name."""

    company: str
    licence: str
    project: str
    deduction: str
    certificate: str = "C-1"
    zone: str = "一区"

    @classmethod
    async def of(cls, clerk: Clerk) -> "Things":
        """Make a company with a project in one zone and a manager in office who has a deduction of one point."""
        company = await clerk.company()
        licence = await clerk.manager(company)
        project = await clerk.project(company)
        await clerk.does(f"/projects/{project}/zones", service_zone("一区"))
        await clerk.appoint(licence, project)
        charged = await clerk.deduct(licence, "V29", project_id=project, on=await clerk.day_of_appointment(project))
        number = (await clerk.reads(f"/licences/{licence}"))["certificates"][0]["number"]
        return cls(
            company=company,
            licence=licence,
            project=project,
            deduction=charged.details["deduction_id"],
            certificate=number,
        )

    @property
    def names(self) -> Mapping[str, str]:
        """Answer the ids by the names that paths give them."""
        return {
            "company": self.company,
            "licence": self.licence,
            "project": self.project,
            "deduction": self.deduction,
            "number": self.certificate,
            "zone": self.zone,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """One command: its path, a body that fits, and the kind of each field by its pointer; `?` marks optional ones."""

    path: str
    body: Callable[[Things], dict[str, Json]]
    fields: Mapping[str, str] = field(default_factory=dict)

    def at(self, things: Things) -> str:
        """Answer the path to the things."""
        return self.path.format(**things.names)


_REASON: Final = {"/reason": "text"}


def _because(_: Things) -> dict[str, Json]:
    return {"reason": "经核实"}


CALLS: Final[Mapping[str, Call]] = {
    "adopt a rule set": Call(
        path="/rule-sets",
        body=lambda _: {"version": "next", "in_force_from": "2027-01-01"},
        fields={
            "/version": "name",
            "/in_force_from": "day",
            "/max_projects": "whole?",
            "/max_area_m2": "area?",
            "/cycle": "choice?",
            "/revocation_points": "whole?",
            "/revocation_mode": "choice?",
            "/ban_years": "whole?",
            "/timezone": "choice?",
            "/holidays": "list?",
            "/catalogue": "list?",
        },
    ),
    "register a company": Call(
        path="/companies",
        body=lambda _: {"name": "新企业", "uscc": code()},
        fields={"/name": "name", "/uscc": "code?"},
    ),
    "identify a company": Call(
        path="/companies/{company}/identification", body=lambda _: {"uscc": code()}, fields={"/uscc": "code"}
    ),
    "rename a company": Call(
        path="/companies/{company}/name", body=lambda _: {"name": "改名企业"}, fields={"/name": "name"}
    ),
    "close a company": Call(path="/companies/{company}/closure", body=_because, fields=_REASON),
    "open a file": Call(
        path="/licences",
        body=lambda _: {"holder": holder()},
        fields={
            "/holder": "object",
            "/holder/name": "name",
            "/holder/id_number": "code",
            "/holder/phone": "name",
        },
    ),
    "record a certificate": Call(
        path="/licences/{licence}/certificates",
        body=lambda _: certificate(),
        fields={
            "/kind": "choice",
            "/number": "name",
            "/issuer": "name",
            "/issued_on": "day",
            "/expires_on": "day?",
        },
    ),
    "withdraw a certificate": Call(
        path="/licences/{licence}/certificates/{number}/withdrawal", body=_because, fields=_REASON
    ),
    "register practice": Call(
        path="/licences/{licence}/registration",
        body=lambda things: {"company_id": things.company},
        fields={"/company_id": "named", "/registered_on": "day?"},
    ),
    "deregister practice": Call(path="/licences/{licence}/deregistration", body=_because, fields=_REASON),
    "deduct points": Call(
        path="/licences/{licence}/deductions",
        body=lambda things: charge("V29", project_id=things.project, on="2026-11-24"),
        fields={
            "/violation": "name",
            "/points": "whole?",
            "/occurred_on": "day",
            "/project_id": "named?",
            "/basis": "choice?",
            "/reason": "text",
            "/evidence": "list",
            "/evidence/0": "text",
        },
    ),
    "record service": Call(
        path="/licences/{licence}/deductions/{deduction}/service",
        body=lambda _: {"served_on": "2026-11-24", "method": "邮寄"},
        fields={"/served_on": "day", "/method": "name"},
    ),
    "decide a revocation": Call(path="/licences/{licence}/revocation", body=_because, fields=_REASON),
    "object": Call(
        path="/licences/{licence}/deductions/{deduction}/objection",
        body=lambda _: {"grounds": "事实不清", "on_behalf": True},
        fields={"/grounds": "text", "/on_behalf": "flag?"},
    ),
    "decide an objection": Call(
        path="/licences/{licence}/deductions/{deduction}/objection/decision",
        body=lambda _: {"upheld": True, "reason": "经复核"},
        fields={"/upheld": "flag", "/reason": "text"},
    ),
    "inspect": Call(
        path="/licences/{licence}/annual-inspections", body=lambda _: {"year": 2025}, fields={"/year": "whole"}
    ),
    "erase a person": Call(path="/licences/{licence}/erasure", body=_because, fields=_REASON),
    "register a project": Call(
        path="/projects",
        body=lambda things: estate(things.company),
        fields={
            "/name": "name",
            "/district": "code",
            "/address": "text",
            "/kind": "choice",
            "/building_area_m2": "area",
            "/households": "count",
            "/company_id": "named",
            "/contract": "object",
            "/contract/starts_on": "day",
            "/contract/ends_on": "day",
            "/stage": "choice",
            "/section_of": "named?",
            "/area_estimated": "flag?",
        },
    ),
    "appoint": Call(
        path="/projects/{project}/manager",
        body=lambda things: {"licence_id": things.licence},
        fields={"/licence_id": "named"},
    ),
    "relieve": Call(path="/projects/{project}/manager/relief", body=_because, fields=_REASON),
    "replace": Call(
        path="/projects/{project}/manager/replacement",
        body=lambda things: {"licence_id": things.licence, "reason": "轮岗"},
        fields={"/licence_id": "named", "/reason": "text"},
    ),
    "amend an area": Call(
        path="/projects/{project}/area",
        body=lambda _: {"building_area_m2": 90_000, "reason": "重新测绘"},
        fields={
            "/building_area_m2": "area",
            "/reason": "text",
            "/relieve_manager": "flag?",
            "/over_limit_until": "day?",
        },
    ),
    "enter a stage": Call(
        path="/projects/{project}/stage", body=lambda _: {"stage": "show_area"}, fields={"/stage": "choice"}
    ),
    "renew a contract": Call(
        path="/projects/{project}/contract",
        body=lambda _: {"starts_on": "2026-01-01", "ends_on": "2030-12-31"},
        fields={"/starts_on": "day", "/ends_on": "day"},
    ),
    "change the company": Call(
        path="/projects/{project}/company",
        body=lambda things: {"company_id": things.company},
        fields={"/company_id": "named"},
    ),
    "define a zone": Call(
        path="/projects/{project}/zones",
        body=lambda _: service_zone("二区", units=["3-2"], zone_manager={"subject": "wang", "name": "王五"}),
        fields={
            "/name": "name",
            "/kind": "choice",
            "/area_m2": "area",
            "/households": "count",
            "/units": "list?",
            "/units/0": "name",
            "/zone_manager/subject": "name",
            "/zone_manager/name": "name",
            "/hotline": "name",
            "/reason": "text?",
        },
    ),
    "post a notice": Call(
        path="/projects/{project}/zones/{zone}/notices",
        body=lambda _: {"entrance": "3幢2单元"},
        fields={"/entrance": "name"},
    ),
    "withdraw a project": Call(path="/projects/{project}/withdrawal", body=_because, fields=_REASON),
}
