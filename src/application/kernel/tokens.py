"""Bearer tokens: what proves who asks."""

from typing import Protocol

from application.kernel.callers import Caller


class BadToken(Exception):
    """The token is not one of ours, is no longer valid, or binds its role to nothing."""


class Tokens(Protocol):
    """Tells who stands behind a token; tokens keep real time, whatever the Clock port says."""

    def verify(self, token: str) -> Caller:
        """Answer the caller that the token proves.

        Raises: BadToken.
        """

    def expires_at(self, token: str) -> float:
        """Answer when the token ends, in seconds since 1970 UTC.

        Raises: BadToken.
        """
