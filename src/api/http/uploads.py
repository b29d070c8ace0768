"""A route that takes one file in a form (RFC 7578), checked in the order of the contract; the file goes to the disk."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Final

from starlette.datastructures import FormData, UploadFile
from starlette.datastructures import Headers as FormHeaders
from starlette.formparsers import MultiPartException, MultiPartParser
from starlette.requests import ClientDisconnect
from starlette.types import Message, Receive, Scope, Send

from api.http.asking import Asking
from api.http.bearer import bearer_token
from api.http.checked_route import CheckedRoute
from api.http.headers import Headers
from api.http.language import Said
from api.http.misfits import FileTooLarge, Malformed, Misfit, NoForm, Unauthenticated
from api.http.wiring import Wiring
from application.attachments.ports import BlobsUnavailable
from application.kernel.callers import Caller
from application.kernel.permissions import Forbidden, require_role
from application.kernel.tokens import BadToken

MOST_FILE_BYTES: Final = 10 * 1024 * 1024
MOST_FORM_BYTES: Final = MOST_FILE_BYTES + 64 * 1024
"""What surrounds the file in a form may take so much more."""

FORM: Final = {
    "requestBody": {
        "required": True,
        "content": {
            "multipart/form-data": {
                "schema": {
                    "type": "object",
                    "properties": {"file": {"type": "string", "format": "binary"}},
                    "required": ["file"],
                    "additionalProperties": False,
                }
            }
        },
    }
}
"""How a form with one file is described."""

_LONGEST_FIELD: Final = 4_096
_FILE: Final = "/file"
_NO_FORM: Final = Said("不是有效的 multipart/form-data", "is not valid multipart/form-data")
_ONE_FILE: Final = Said("必须有且仅有一个文件", "must be one file, and nothing else")


class UploadRoute(CheckedRoute):
    """A call whose body is a form with one file; the endpoint finds the file as what was `parsed`."""

    async def ask(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Check the request and have the endpoint answer it.

        Who asks is known before anything is kept of what they send.
        """
        wiring: Wiring = scope["app"].wiring
        fields: Headers = scope["fields"]
        body = MeasuredBody(fields, receive)
        try:
            if body.is_there:
                require_form(fields)
            token, caller = self._who(wiring, fields)
            values = self._parameters.read(scope["path_params"], scope["query_string"], None)
        except (NoForm, Unauthenticated, BadToken, Forbidden, Malformed):
            await body.pass_over()
            raise
        async with the_one_file(scope, body) as file:
            request = Asking(scope, receive, wiring=wiring, fields=fields, token=token, caller=caller, parsed=file)
            values[self._parameters.request] = request
            response = await self._endpoint(**values)
        await response(scope, receive, send)

    def _who(self, wiring: Wiring, fields: Headers) -> tuple[str, Caller]:
        token = bearer_token(fields)
        caller = wiring.tokens.verify(token)
        require_role(caller, self.operation)
        return token, caller


class MeasuredBody:
    """A body that is read piece by piece, and no further than it may be long.

    Raises: FileTooLarge, at once when the length is announced.
    """

    def __init__(self, fields: Headers, receive: Receive) -> None:
        announced = fields.get(b"content-length")
        if announced is not None and (len(announced) > len(str(MOST_FORM_BYTES)) or int(announced) > MOST_FORM_BYTES):
            raise FileTooLarge
        self._receive = receive
        self._is_announced = announced is not None
        self.is_there = announced not in {None, b"0"} or b"transfer-encoding" in fields
        self._size = 0

    async def pieces(self) -> AsyncIterator[bytes]:
        """Read the body.

        Raises: FileTooLarge; ClientDisconnect when the client hangs up before the end.
        """
        more = self.is_there
        while more:
            message: Message = await self._receive()
            if message["type"] == "http.disconnect":
                raise ClientDisconnect
            piece: bytes = message.get("body", b"")
            self._size += len(piece)
            if self._size > MOST_FORM_BYTES:
                raise FileTooLarge
            more = message.get("more_body", False)
            yield piece

    async def pass_over(self) -> None:
        """Find out, of a body that did not say so, whether it is too large: that comes before all other refusals.

        Raises: FileTooLarge, ClientDisconnect.
        """
        if self.is_there and not self._is_announced:
            async for _ in self.pieces():
                pass


def require_form(fields: Headers) -> None:
    """Let only forms with files pass.

    Raises: NoForm.
    """
    kind = fields.get(b"content-type", b"").partition(b";")[0].strip().lower()
    if kind != b"multipart/form-data" or fields.get(b"content-encoding", b"identity") != b"identity":
        raise NoForm


@asynccontextmanager
async def the_one_file(scope: Scope, body: MeasuredBody) -> AsyncIterator[UploadFile]:
    """Read a form with one file, whatever its field is called; what is larger than a piece waits on the disk.

    Raises: Malformed, FileTooLarge, ClientDisconnect, BlobsUnavailable when the disk takes no more.
    """
    if not body.is_there:
        raise Malformed([Misfit(_FILE, _ONE_FILE)])
    form = _Form(
        FormHeaders(raw=scope["headers"]),
        body.pieces(),  # type: ignore[arg-type] # it is only iterated
        max_files=2,
        max_fields=2,
        max_part_size=_LONGEST_FIELD,
    )
    try:
        found = [value for _, value in (await form.parse()).multi_items()]
        if len(found) != 1 or not isinstance(found[0], UploadFile):
            raise Malformed([Misfit(_FILE, _ONE_FILE)])
        if (found[0].size or 0) > MOST_FILE_BYTES:
            raise FileTooLarge
        yield found[0]
    except MultiPartException:
        raise Malformed([Misfit("", _NO_FORM)]) from None
    except OSError as error:
        raise BlobsUnavailable(str(error)) from error
    finally:
        form.close()


class _Form(MultiPartParser):
    """Starlette's parser, which leaves open the file of a form that is cut off."""

    async def parse(self) -> FormData:
        try:
            return await super().parse()
        except ValueError:
            # the form says it is in a charset that Python knows and cannot read texts in
            raise MultiPartException("unreadable charset") from None

    def close(self) -> None:
        """Remove every file that was begun."""
        for file in self._files_to_close_on_error:
            file.close()
