"""`guanjia token`: a bearer token of the built-in development issuer."""

from datetime import timedelta
from typing import TYPE_CHECKING, Annotated, Final
from uuid import UUID, uuid5

import typer

from api.cli.options import AsJson, DataDir
from application.kernel.callers import Caller, Role
from domain.kernel.district import District
from domain.kernel.identifiers import NAMESPACE, CompanyId, LicenceId, ProjectId, Subject

if TYPE_CHECKING:
    from api.settings import Settings

LIFE: Final = timedelta(days=7)


def token(
    *,
    role: Annotated[Role, typer.Option(help="What the bearer is.")],
    name: Annotated[str, typer.Option(metavar="N", help="Who the bearer is, for people who read tokens.")] = "",
    subject: Annotated[
        str | None,
        typer.Option(metavar="S", help="The same subject is the same person. [default: from the rest]"),
    ] = None,
    district: Annotated[str | None, typer.Option(metavar="D", help="With role district: its code (GB/T 2260).")] = None,
    company: Annotated[UUID | None, typer.Option(metavar="ID", help="With role company: its id.")] = None,
    licence: Annotated[
        UUID | None, typer.Option(metavar="ID", help="With role manager: the id of the licence.")
    ] = None,
    project: Annotated[
        UUID | None, typer.Option(metavar="ID", help="With staff, committees and resident: its id.")
    ] = None,
    data_dir: DataDir = None,
    as_json: AsJson = False,
) -> None:
    """Print a bearer token of the built-in development issuer, good for seven days.

    It is refused when GUANJIA_ENV=production.
    """
    from api.cli.printing import print_json
    from api.cli.settings import settings_from

    settings = settings_from(data_dir)
    caller = Caller(
        subject=Subject(subject if subject is not None else _subject(role, name, district, company, licence, project)),
        role=role,
        district=None if district is None else _district(district),
        company=None if company is None else CompanyId(company),
        licence=None if licence is None else LicenceId(licence),
        project=None if project is None else ProjectId(project),
    )
    issued = _issued(settings, caller, name)
    if as_json:
        print_json(
            {"token": issued, "subject": caller.subject, "role": caller.role, "expires_in": int(LIFE.total_seconds())}
        )
    else:
        typer.echo(issued)


def _subject(role: Role, name: str, *bound_to: object) -> str:
    """Name a person without naming them: the log keeps subjects for ever, in plain."""
    told = "\x1f".join((role, name, *(str(value or "") for value in bound_to)))
    return f"{role}-{uuid5(NAMESPACE, told).hex[:12]}"


def _district(code: str) -> District:
    try:
        return District(code)
    except ValueError as misfit:
        raise typer.BadParameter(str(misfit), param_hint="--district") from None


def _issued(settings: "Settings", caller: Caller, name: str) -> str:
    from api.cli.failures import Failed
    from api.compose import issuer

    if settings.env == "production":
        raise Failed("GUANJIA_ENV=production: the development issuer issues no tokens there")
    try:
        return issuer(settings).issue(caller, name, LIFE)
    except ValueError as misfit:
        raise typer.BadParameter(str(misfit), param_hint="--role") from None
