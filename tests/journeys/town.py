"""Two of everything, and everybody who may or may not touch it."""

from collections.abc import Mapping
from dataclasses import dataclass

from application.kernel.callers import Role
from tests.journeys.calls import Things
from tests.journeys.city import City
from tests.journeys.clerk import HANJIANG, Clerk
from tests.journeys.client import Client


@dataclass(frozen=True, slots=True, kw_only=True)
class Town:
    """Own things in one district and others in another; `callers` by a name that says whose they are."""

    own: Things
    others: Things
    callers: Mapping[str, Client]

    @classmethod
    async def of(cls, city: City) -> "Town":
        """Make the things and issue the tokens."""
        clerk = city.clerk()
        own, others = await Things.of(clerk), await things_elsewhere(clerk)
        return cls(own=own, others=others, callers=callers(city, own, others))


async def things_elsewhere(clerk: Clerk) -> Things:
    """Make a company with a project in another district and a manager there."""
    company = await clerk.company()
    licence = await clerk.manager(company)
    project = await clerk.project(company, district=HANJIANG)
    await clerk.appoint(licence, project)
    charged = await clerk.deduct(licence, "V29", on="2026-11-24")
    return Things(company=company, licence=licence, project=project, deduction=charged.details["deduction_id"])


def callers(city: City, own: Things, others: Things) -> Mapping[str, Client]:
    """Answer a caller in every role, bound to own things and to others."""
    found: dict[str, Client] = {
        "municipal": city.clerk("another clerk"),
        "auditor": city.auditor(),
        "district": city.officer(subject="another officer"),
        "other district": city.officer(HANJIANG),
        "company": city.employee(own.company),
        "other company": city.employee(others.company),
        "manager": city.manager(own.licence),
        "other manager": city.manager(others.licence),
    }
    for role in (Role.OWNERS_COMMITTEE, Role.RESIDENT, Role.STAFF, Role.NEIGHBOURHOOD_COMMITTEE):
        found[role.value] = city.neighbour(role, own.project)
        found[f"other {role.value}"] = city.neighbour(role, others.project)
    return found
