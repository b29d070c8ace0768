"""What is wrong with a request before any use case is asked, as values and as exceptions."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from api.http.language import Said


@dataclass(frozen=True, slots=True)
class Misfit:
    """One thing that does not fit.

    `pointer` is a JSON pointer (RFC 6901) into the body; where the request has no body it names the parameter of the
    path or the query in the same form: `/holder/name`, `/limit`, `/licence_id`; empty for the body as a whole.
    """

    pointer: str
    said: Said


class Malformed(Exception):
    """The body or the parameters do not have the shape of the contract; all that does not fit is named."""

    def __init__(self, misfits: Sequence[Misfit]) -> None:
        super().__init__(", ".join(misfit.pointer for misfit in misfits))
        self.misfits = misfits


class MalformedHeader(Exception):
    """A header of the contract has a value that it cannot have."""

    def __init__(self, name: str, accepted: Said) -> None:
        super().__init__(name)
        self.name = name
        self.accepted = accepted


class TooLarge(Exception):
    """The body is over the limit."""


class FileTooLarge(TooLarge):
    """The file that is uploaded is over the limit."""


class Unsupported(Exception):
    """The body is not JSON in UTF-8."""


class NoForm(Unsupported):
    """The body is not a form with a file."""


class Unauthenticated(Exception):
    """There is no bearer token."""


class UnknownRoute(Exception):
    """There is nothing at this path."""


class WrongMethod(Exception):
    """There is something at this path, but not for this method."""

    def __init__(self, allowed: Collection[str]) -> None:
        super().__init__(", ".join(allowed))
        self.allowed = allowed
