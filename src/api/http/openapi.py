"""The contract as OpenAPI: what FastAPI reads from the endpoints, and what all routes share, said once."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any, Final

from fastapi.openapi.utils import get_openapi
from pydantic import BaseModel, TypeAdapter
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core.core_schema import DecimalSchema, TimeSchema

from api.exporting.formats import Format
from api.http.checked_route import CheckedRoute, Kind
from api.http.errors import FAMILIES, INTERNAL
from api.http.exports import POSITION_HEADER, ExportedList
from api.http.problems import MEDIA_TYPE
from application.attachments.kinds import KINDS

TITLE: Final = "Guanjia 管家"


class MisfitShown(BaseModel):
    """One place that does not fit: a JSON pointer into the body, or the name of a parameter in the same form."""

    pointer: str
    message: str


class BrokenShown(BaseModel):
    """A rule that is broken, with the clause it cites; the code is a promise, the sentence is not."""

    code: str
    message: str
    cites: str


class ProblemShown(BaseModel):
    """Why a request was not granted (RFC 9457)."""

    type: str
    title: str
    status: int
    code: str
    detail: str
    trace_id: str
    errors: list[MisfitShown] = []
    broken: list[BrokenShown] = []
    position: int | None = None


_PARAMETERS: Final[Mapping[str, dict[str, Any]]] = {
    "IfMatch": {
        "name": "If-Match",
        "in": "header",
        "description": "The version that the caller insists on, as the ETag shows it; another one is 412.",
        "schema": {"type": "string", "pattern": '^(\\*|"(0|[1-9][0-9]*)")$'},
    },
    "IdempotencyKey": {
        "name": "Idempotency-Key",
        "in": "header",
        "description": "The same key and request give the same receipt for 30 days; printable ASCII, up to 255.",
        "schema": {"type": "string", "pattern": "^[\\x20-\\x7e]{1,255}$"},
    },
    "MinPosition": {
        "name": "X-Min-Position",
        "in": "header",
        "description": "The position of a receipt that the answer must include; waits up to 5 s, then 503.",
        "schema": {"type": "integer", "format": "int64", "minimum": 0},
    },
    "LastEventId": {
        "name": "Last-Event-ID",
        "in": "header",
        "description": "The position of the last event seen; wins over `after`.",
        "schema": {"type": "integer", "format": "int64", "minimum": 0},
    },
    "AcceptLanguage": {
        "name": "Accept-Language",
        "in": "header",
        "description": "The language of messages: zh-CN, or en where it is preferred.",
        "schema": {"type": "string"},
    },
}

_TEXT: Final = {"type": "string"}
_HEADERS: Final[Mapping[str, dict[str, Any]]] = {
    "ETag": {"description": "The version of the thing, in quotes.", "schema": _TEXT},
    "Location": {"description": "Where the new thing is found.", "schema": _TEXT},
    "Idempotent-Replayed": {"description": "`true` when the receipt is that of an earlier request.", "schema": _TEXT},
    "Link": {"description": 'The next page, `rel="next"`.', "schema": _TEXT},
    POSITION_HEADER: {
        "description": "Of an export: the position in the log at which it was taken.",
        "schema": {"type": "integer", "format": "int64"},
    },
}

_COMMAND_STATUSES: Final = (400, 401, 403, 404, 409, 412, 413, 415, 422, 429, 503)
_READ_STATUSES: Final = (400, 401, 403, 404, 422, 503)

_SHARED: Final[Mapping[Kind, tuple[Sequence[str], Sequence[str], Sequence[int]]]] = {
    Kind.CREATION: (("IdempotencyKey",), ("ETag", "Location", "Idempotent-Replayed"), _COMMAND_STATUSES),
    Kind.COMMAND: (("IfMatch", "IdempotencyKey"), ("ETag", "Idempotent-Replayed"), _COMMAND_STATUSES),
    Kind.THING: (("MinPosition",), ("ETag",), _READ_STATUSES),
    Kind.PAGE: (("MinPosition",), ("Link", POSITION_HEADER), _READ_STATUSES),
    Kind.STREAM: (("LastEventId",), (), _READ_STATUSES),
    Kind.UPLOAD: ((), (), (401, 403, 413, 415, 422, 503)),
    Kind.FILE: (("MinPosition",), (), _READ_STATUSES),
    Kind.OTHER: ((), (), _READ_STATUSES),
}
"""By kind of route: the headers that it takes, the headers of its answer, and the statuses of its problems."""


class _Shown(GenerateJsonSchema):
    """Describes views as they are written: an area is a JSON number, a time of day has no offset."""

    def decimal_schema(self, schema: DecimalSchema) -> JsonSchemaValue:  # noqa: ARG002 - one form for all
        return {"type": "number"}

    def time_schema(self, schema: TimeSchema) -> JsonSchemaValue:  # noqa: ARG002 - one form for all
        return {"type": "string", "pattern": "^[0-9]{2}:[0-9]{2}:[0-9]{2}$"}


def contract(routes: Sequence[CheckedRoute], version: str) -> dict[str, Any]:
    """Describe the routes."""
    document = get_openapi(title=TITLE, version=version, routes=routes)
    views, definitions = TypeAdapter.json_schemas(
        [
            ("problem", "serialization", TypeAdapter(ProblemShown)),
            *(
                (route.unique_id, "serialization", TypeAdapter(route.shown))
                for route in routes
                if route.shown is not None
            ),
        ],
        ref_template="#/components/schemas/{model}",
        schema_generator=_Shown,
    )
    for route in routes:
        operation = document["paths"][route.path_format][next(iter(route.methods or ())).lower()]
        _share(operation, route, views.get((route.unique_id, "serialization"), {}))
    components = document.setdefault("components", {})
    components["securitySchemes"] = {"bearer": {"type": "http", "scheme": "bearer", "bearerFormat": "JWT"}}
    components["parameters"] = dict(_PARAMETERS)
    components["headers"] = dict(_HEADERS)
    components["responses"] = _problems(views["problem", "serialization"])
    components.setdefault("schemas", {}).update(definitions["$defs"])
    return document


def _share(operation: dict[str, Any], route: CheckedRoute, view: JsonSchemaValue) -> None:
    """Add what all routes of its kind have in common."""
    taken, answered, statuses = _SHARED[route.kind]
    operation["security"] = [{"bearer": []}]
    operation["x-permission"] = route.operation.value
    operation.setdefault("parameters", []).extend(
        {"$ref": f"#/components/parameters/{name}"} for name in (*taken, "AcceptLanguage")
    )
    success = operation["responses"][str(route.status_code or 200)]
    if answered:
        success["headers"] = {name: {"$ref": f"#/components/headers/{name}"} for name in answered}
    success["content"] = _content(route, view)
    for status in statuses:
        operation["responses"][str(status)] = {"$ref": f"#/components/responses/{status}"}
    operation["responses"]["default"] = {"$ref": f"#/components/responses/{INTERNAL.status}"}


def _content(route: CheckedRoute, view: JsonSchemaValue) -> dict[str, Any]:
    """Describe the answer when all is well, by its media type."""
    match route.kind:
        case Kind.STREAM:
            return {"text/event-stream": {"schema": _TEXT}}
        case Kind.FILE:
            return {kind.media_type: {"schema": {"type": "string", "format": "binary"}} for kind in KINDS}
        case _:
            return {"application/json": {"schema": view}, **_exported(route)}


def _exported(route: CheckedRoute) -> dict[str, Any]:
    """Describe a list's exports, with their columns in order."""
    if not isinstance(route.endpoint, ExportedList):
        return {}
    columns = [column.name for column in route.endpoint.columns]
    return {
        format_.media_type: {
            "schema": _TEXT if format_ is Format.CSV else {"type": "string", "format": "binary"},
            "x-columns": columns,
        }
        for format_ in Format
    }


def _problems(shown: JsonSchemaValue) -> dict[str, Any]:
    """Describe the problems by status, from the one table."""
    codes: dict[int, set[str]] = defaultdict(set)
    for family in (*FAMILIES.values(), INTERNAL):
        codes[family.status].add(f"`{family.code}`")
    content = {MEDIA_TYPE: {"schema": shown}}
    return {
        str(status): {"description": ", ".join(sorted(found)), "content": content} for status, found in codes.items()
    }
