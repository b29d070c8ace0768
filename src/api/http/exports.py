"""Any list as a table: the list's own endpoint, asked page by page, written as CSV, XLSX or Parquet."""

import inspect
import re
from collections.abc import AsyncGenerator, Awaitable, Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from inspect import Parameter
from typing import Annotated, Any, Final

import msgspec
from pydantic import PlainValidator, WithJsonSchema
from starlette.responses import Response

from api.exporting.columns import Column, columns_of
from api.exporting.extract import Extract, Heading, Row
from api.exporting.formats import Format
from api.exporting.writing import in_pieces
from api.http.asking import Asking
from api.http.language import Said
from api.http.misfits import Malformed, Misfit
from api.http.negotiating import preferred_format
from api.http.query_fields import MOST_ITEMS
from api.http.sentences import refused
from api.http.streaming import PiecesAnswer
from application.kernel.refusals import ReadModelBehind
from application.use_cases import Queries

POSITION_HEADER: Final = "X-Log-Position"

_POSITION: Final = "position"
_NO_PAGES: Final = Said("导出不分页：不接受 cursor", "an export has no pages: it takes no cursor")
_NOT_IN_A_NAME: Final = re.compile(r"[^0-9A-Za-z]+")


def _format(value: object) -> Format:
    try:
        return Format(str(value))
    except ValueError:
        known = ", ".join(Format)
        raise refused(f"必须是以下之一：{known}", f"must be one of {known}") from None


FormatParameter = Annotated[
    Format, PlainValidator(_format), WithJsonSchema({"type": "string", "enum": [format_.value for format_ in Format]})
]
"""The whole list as a table instead of a page as JSON; wins over the Accept header."""


class _Page(msgspec.Struct):
    items: list[dict[str, Any]]
    next: str | None


_PAGE: Final = msgspec.json.Decoder(_Page, float_hook=Decimal)


class ExportedList:
    """The endpoint of a list, which answers pages as JSON as before, and exports.

    An export holds exactly what the JSON list holds, because that is what it is made from: what the caller may see, the
    filters and the order are the endpoint's own. Raises, when made: TypeError for an endpoint without pages.
    """

    def __init__(self, endpoint: Callable[..., Awaitable[Response]], view: type) -> None:
        self.columns: Final[tuple[Column, ...]] = columns_of(view)
        self.__name__ = endpoint.__name__
        self.__doc__ = endpoint.__doc__
        self.__module__ = endpoint.__module__
        self.__signature__ = _with_format(endpoint)
        self._endpoint = endpoint
        # What the log numbers can be left out when it is newer than the position that the export names.
        self._place = next((nth for nth, each in enumerate(self.columns) if each.path == (_POSITION,)), None)

    async def __call__(
        self,
        *,
        request: Asking,
        format: Format | None = None,  # noqa: A002 - the contract's word
        **asked: Any,  # noqa: ANN401 - the list's own parameters
    ) -> Response:
        """Answer a page as JSON, or the whole list as a table."""
        chosen = format or preferred_format(request.fields.get(b"accept", b""))
        if chosen is None:
            return await self._endpoint(request=request, **asked)
        extract = await self.extract(request, asked)
        file = f"{extract.heading.name}-{extract.heading.position}.{chosen}"
        parameters = "; charset=utf-8; header=present" if chosen is Format.CSV else ""
        return PiecesAnswer(
            in_pieces(extract, chosen),
            {
                "Content-Type": chosen.media_type + parameters,
                "Content-Disposition": f'attachment; filename="{file}"',
                POSITION_HEADER: str(extract.heading.position),
                "Cache-Control": "no-store",
            },
        )

    async def extract(self, request: Asking, asked: Mapping[str, Any]) -> Extract:
        """Begin to read the list; the first page is read at once, so that a refusal is told as one.

        `asked` are the list's parameters; `limit` is the most rows that are wanted. Raises: Malformed for a cursor,
        ReadModelBehind, Unavailable, and what the endpoint raises.
        """
        if "cursor" in asked:
            raise Malformed([Misfit("/cursor", _NO_PAGES)])
        queries = request.part(Queries)
        await queries.caught_up(request.min_position)
        position = min((each.position for each in await queries.projections.list()), default=None)
        if position is None:
            raise ReadModelBehind
        filters = {name: value for name, value in asked.items() if name != "limit"}
        first = await self._page(request, filters, None)
        name = _NOT_IN_A_NAME.sub("-", request.scope["path"].removeprefix("/v1/")).strip("-")
        return Extract(
            heading=Heading(name=name, position=position, columns=self.columns),
            pages=self._pages(request, filters, first, position, asked.get("limit")),
        )

    async def _pages(
        self, request: Asking, filters: Mapping[str, Any], page: _Page, position: int, most: int | None
    ) -> AsyncGenerator[Sequence[Row], None]:
        while True:
            rows = [row for row in self._rows(page) if self._place is None or row[self._place] <= position]
            yield rows[:most]
            if most is not None:
                most -= len(rows)
            if page.next is None or (most is not None and most <= 0):
                return
            page = await self._page(request, filters, page.next)

    async def _page(self, request: Asking, filters: Mapping[str, Any], cursor: str | None) -> _Page:
        answer = await self._endpoint(request=request, limit=MOST_ITEMS, cursor=cursor, **filters)
        return _PAGE.decode(answer.body)

    def _rows(self, page: _Page) -> Iterator[Any]:
        for item in page.items:
            yield tuple(column.cell(item) for column in self.columns)


def _with_format(endpoint: Callable[..., Awaitable[Response]]) -> inspect.Signature:
    """Answer the endpoint's signature with the parameter `format` besides."""
    signature = inspect.signature(endpoint, eval_str=True)
    if not {"request", "limit", "cursor"} <= signature.parameters.keys():
        raise TypeError(f"{endpoint.__name__} does not take request, limit and cursor: it is no list by pages")
    named = [each.replace(kind=Parameter.KEYWORD_ONLY) for each in signature.parameters.values()]
    format_ = Parameter("format", Parameter.KEYWORD_ONLY, default=None, annotation=FormatParameter | None)
    return signature.replace(parameters=[*named, format_])
