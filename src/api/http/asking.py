"""A request that has passed the checks which all routes share, as an endpoint gets it."""

from typing import Any, TypeVar

from starlette.requests import Request
from starlette.types import Receive, Scope

from api.http import conditions
from api.http.headers import Headers
from api.http.language import Language, preferred
from api.http.wiring import Wiring
from application.kernel.callers import Caller
from application.kernel.submission import Submission

Part = TypeVar("Part")


class Asking(Request):
    """Who asks, under which conditions, and the parts of the application that can answer."""

    def __init__(
        self,
        scope: Scope,
        receive: Receive,
        *,
        wiring: Wiring,
        fields: Headers,
        token: str,
        caller: Caller,
        parsed: Any = None,  # noqa: ANN401 - any JSON value
    ) -> None:
        super().__init__(scope, receive)
        self.wiring = wiring
        self.fields = fields
        self.token = token
        self.caller = caller
        self.parsed = parsed

    def part(self, kind: type[Part]) -> Part:
        """Answer a part of the application by its type, `request.part(Commands)`."""
        return self.wiring.part(kind)

    @property
    def submission(self) -> Submission:
        """The caller with If-Match and Idempotency-Key.

        Raises: MalformedHeader.
        """
        return Submission(
            caller=self.caller,
            if_match=conditions.if_match(self.fields),
            retry_key=conditions.retry_key(
                self.fields,
                self.caller.subject,
                self.wiring.fingerprint_key,
                (self.scope["method"], self.scope["path"], self.parsed),
            ),
        )

    @property
    def min_position(self) -> int | None:
        """The position that the read model must have reached (X-Min-Position).

        Raises: MalformedHeader.
        """
        return conditions.min_position(self.fields)

    @property
    def language(self) -> Language:
        """The language of messages."""
        return preferred(self.fields.get(b"accept-language", b"").decode("latin-1"))
