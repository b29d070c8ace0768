"""A report in a client's form, as the command that files it."""

from typing import Final

from pydantic import BaseModel, ConfigDict, ValidationError

from api.http.fields import Id, Name, PersonNameField, PhoneField, Text
from api.http.language import Said
from api.http.open311.errors import NotGranted, misfit, said_of
from api.http.open311.given import Given
from api.http.open311.services import SERVICES, UNIT, Service
from api.http.sentences import misfits
from application.kernel.callers import Caller
from domain.kernel.identifiers import ProjectId
from domain.service_requests.events import Reporter
from domain.service_requests.filing import FileRequest
from domain.service_requests.words import Channel

KEY: Final = "api_key"

_MISSING: Final = Said("必须填写", "is required")
_NO_SERVICE: Final = Said("没有这项服务", "names no service here")


class _Report(BaseModel):
    """What a report must say, judged as the same words are elsewhere."""

    model_config = ConfigDict(strict=True, frozen=True)

    project_id: Id[ProjectId]
    unit: Name
    description: Text
    name: PersonNameField
    phone: PhoneField


def report_of(form: Given, caller: Caller) -> FileRequest:
    """Read a report; where it does not say which project it is about (`address_id`), it is the caller's own.

    The household is the attribute `unit`, or else the `address_string`. Raises: NotGranted.
    """
    service = _service(form)
    said = {
        "project_id": form.one("address_id") or (None if caller.project is None else str(caller.project)),
        "unit": form.one(f"attribute[{UNIT}]") or form.one("address_string"),
        "description": _on_one_line(form.one("description")),
        "name": _full_name(form.one("first_name"), form.one("last_name")),
        "phone": form.one("phone"),
    }
    try:
        report = _Report.model_validate({name: value for name, value in said.items() if value is not None})
    except ValidationError as error:
        raise NotGranted(400, *said_of(misfits(error))) from None
    return FileRequest(
        project_id=report.project_id,
        unit=report.unit,
        kind=service.kind,
        category=service.category,
        priority=service.priority,
        description=report.description,
        reporter=Reporter(name=report.name, phone=report.phone),
        channel=Channel.OPEN311,
    )


def _service(form: Given) -> Service:
    code = form.one("service_code")
    if code is None:
        raise NotGranted(400, misfit("service_code", _MISSING))
    if code not in SERVICES:
        raise NotGranted(404, misfit("service_code", _NO_SERVICE))
    return SERVICES[code]


def _on_one_line(text: str | None) -> str | None:
    """Join the lines of a text: descriptions here have one."""
    return None if text is None else " ".join(text.split())


def _full_name(first: str | None, last: str | None) -> str | None:
    """Put a name together: 王芳 without a space and the family's name first, Ada Wang as it is written there."""
    if first is None or last is None:
        return first or last
    return f"{first} {last}" if (first + last).isascii() else f"{last}{first}"
