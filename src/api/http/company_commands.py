"""What can be asked about companies."""

from typing import Final

from starlette.responses import Response

from api.http.answers import created, receipt
from api.http.asking import Asking
from api.http.fields import Body, Id, Name, Uscc
from api.http.licence_bodies import ReasonBody
from api.http.resources import Resource
from application.kernel.permissions import Operation
from application.use_cases import Commands
from domain.companies.closing import CloseCompany
from domain.companies.identification import IdentifyCompany
from domain.companies.naming import RenameCompany
from domain.companies.registration import RegisterCompany
from domain.kernel.identifiers import CompanyId

company_commands: Final = Resource("/companies", tag="companies")


class CompanyBody(Body):
    """A company to register; provisional by name while its code (统一社会信用代码) is unknown."""

    name: Name
    uscc: Uscc | None = None


class NameBody(Body):
    """The new name."""

    name: Name


class IdentificationBody(Body):
    """The company's unified social credit code."""

    uscc: Uscc


@company_commands.creation("", Operation.KEEP_COMPANIES)
async def register_company(request: Asking, body: CompanyBody) -> Response:
    """Register a company, one per unified social credit code."""
    asked = RegisterCompany(**vars(body))
    return created(request, await request.part(Commands).register_company(request.submission, asked))


@company_commands.command("/{company_id}/identification", Operation.KEEP_COMPANIES)
async def identify_company(request: Asking, company_id: Id[CompanyId], body: IdentificationBody) -> Response:
    """Give a provisional company its code."""
    asked = IdentifyCompany(company_id=company_id, uscc=body.uscc)
    return receipt(await request.part(Commands).identify_company(request.submission, asked))


@company_commands.command("/{company_id}/name", Operation.KEEP_COMPANIES)
async def rename_company(request: Asking, company_id: Id[CompanyId], body: NameBody) -> Response:
    """Rename a company."""
    asked = RenameCompany(company_id=company_id, name=body.name)
    return receipt(await request.part(Commands).rename_company(request.submission, asked))


@company_commands.command("/{company_id}/closure", Operation.KEEP_COMPANIES)
async def close_company(request: Asking, company_id: Id[CompanyId], body: ReasonBody) -> Response:
    """Close a company that has neither active projects nor registered managers."""
    asked = CloseCompany(company_id=company_id, reason=body.reason)
    return receipt(await request.part(Commands).close_company(request.submission, asked))
