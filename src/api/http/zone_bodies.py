"""The bodies of the calls about service zones."""

from typing import Annotated, Any, Final

from pydantic import Field, TypeAdapter, ValidatorFunctionWrapHandler, WithJsonSchema, WrapValidator

from api.http.fields import LONGEST_NAME, AreaM2, Body, Choice, Count, Name, Text
from api.http.sentences import refused
from domain.kernel.identifiers import Subject
from domain.projects.zone_events import ZoneKind, ZoneManager

MOST_UNITS: Final = 5_000

_NAME: Final = TypeAdapter[str](Name)
_NAME_SCHEMA: Final = {"type": "string", "minLength": 1, "maxLength": LONGEST_NAME}


class ZoneManagerBody(Body):
    """Who answers for a zone, with the subject to whom work is dispatched."""

    subject: Name
    name: Name


def _zone_manager(value: Any, read: ValidatorFunctionWrapHandler) -> ZoneManager:  # noqa: ANN401 - any JSON value
    if isinstance(value, str):
        return ZoneManager(name=_NAME.validate_python(value))
    if not isinstance(value, dict):
        raise refused("必须是姓名,或含 subject 与 name 的对象", "must be a name, or an object of subject and name")
    given: ZoneManagerBody = read(value)
    return ZoneManager(name=given.name, subject=Subject(given.subject))


ZoneManagerField = Annotated[
    ZoneManagerBody,
    WrapValidator(_zone_manager),
    WithJsonSchema(
        {
            "anyOf": [
                _NAME_SCHEMA,
                {
                    "type": "object",
                    "properties": {"subject": _NAME_SCHEMA, "name": _NAME_SCHEMA},
                    "required": ["subject", "name"],
                    "additionalProperties": False,
                },
            ]
        }
    ),
]
"""A zone manager: a plain name, or `{subject, name}`; from here on a `ZoneManager`."""


class ZoneBody(Body):
    """A zone of the project; outside the usual size it needs a reason unless it is the only one."""

    name: Name
    kind: Choice[ZoneKind]
    area_m2: AreaM2
    households: Count
    units: Annotated[tuple[Name, ...], Field(max_length=MOST_UNITS, strict=False)] | None = None
    zone_manager: ZoneManagerField
    hotline: Name
    reason: Text | None = None


class NoticeBody(Body):
    """The entrance at which the zone's notice hangs."""

    entrance: Name
