"""A city as its clients find it: somewhere to send requests, and a token for every role."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Final
from uuid import UUID

import httpx

from adapters.tokens import DevelopmentIssuer
from application.kernel.callers import Caller, Role
from domain.kernel.district import District
from domain.kernel.identifiers import CompanyId, LicenceId, ProjectId, Subject
from tests.journeys.clerk import GUANGLING, Clerk
from tests.journeys.client import Client, Heard

VALID: Final = timedelta(days=1)
CITY_WIDE: Final = (Role.MUNICIPAL, Role.AUDITOR, Role.SYSTEM)
OF_A_PROJECT: Final = (Role.STAFF, Role.OWNERS_COMMITTEE, Role.NEIGHBOURHOOD_COMMITTEE, Role.RESIDENT)


class City:
    """One city; `heard` goes on over restarts when it is handed on."""

    def __init__(self, http: httpx.AsyncClient, issuer: DevelopmentIssuer, heard: Heard | None = None) -> None:
        self.http: Final = http
        self.issuer: Final = issuer
        self.heard: Final = heard or Heard()

    def clerk(self, subject: str = "clerk") -> Clerk:
        """Answer a municipal clerk."""
        return Clerk(self.http, self.token(Caller(subject=Subject(subject), role=Role.MUNICIPAL)), self.heard)

    def auditor(self) -> Client:
        """Answer an auditor."""
        return self.caller(Role.AUDITOR)

    def officer(self, district: str = GUANGLING, subject: str = "officer") -> Clerk:
        """Answer an officer of a district, who does with the clerk's short ways what a district may."""
        who = Caller(subject=Subject(subject), role=Role.DISTRICT, district=District(district))
        return Clerk(self.http, self.token(who), self.heard)

    def employee(self, company: str, subject: str | None = None) -> Client:
        """Answer somebody who acts for a company."""
        who = Caller(subject=Subject(subject or f"of {company}"), role=Role.COMPANY, company=CompanyId(UUID(company)))
        return Client(self.http, self.token(who), self.heard)

    def manager(self, licence: str) -> Client:
        """Answer the holder of a licence."""
        who = Caller(subject=Subject(f"holder {licence}"), role=Role.MANAGER, licence=LicenceId(UUID(licence)))
        return Client(self.http, self.token(who), self.heard)

    def neighbour(self, role: Role, project: str, subject: str | None = None) -> Client:
        """Answer somebody in a role that belongs to a project."""
        who = Caller(subject=Subject(subject or f"{role} {project}"), role=role, project=ProjectId(UUID(project)))
        return Client(self.http, self.token(who), self.heard)

    def caller(self, role: Role) -> Client:
        """Answer somebody in a role that is bound to nothing."""
        return Client(self.http, self.token(Caller(subject=Subject(f"one {role}"), role=role)), self.heard)

    def nobody(self, token: str | None = None) -> Client:
        """Answer a caller without a token, or with one that was not issued here."""
        return Client(self.http, token, self.heard)

    def token(self, who: Caller, valid: timedelta = VALID) -> str:
        """Issue a token as `guanjia token` does."""
        return self.issuer.issue(who, "旅人", valid)

    async def last_position(self) -> int:
        """Answer the position of the last event of the log."""
        auditor, last = self.auditor(), 0
        while True:
            items = (await auditor.reads(f"/events?after={last}&limit=200"))["items"]
            if not items:
                return last
            last = items[-1]["position"]

    async def events(self, after: int = 0, **only: str) -> list[dict[str, object]]:
        """Read the log beyond a position; `only` are the filters of the feed."""
        filters = "".join(f"&{name}={value}" for name, value in only.items())
        found: list[dict[str, object]] = await self.auditor().items(f"/events?after={after}{filters}")
        return found


def types(events: Iterable[dict[str, object]]) -> list[object]:
    """Answer the types of events, in their order."""
    return [event["type"] for event in events]
