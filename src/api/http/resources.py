"""The calls of one kind of thing: each with its operation, each described for clients."""

from collections.abc import Callable, Mapping
from dataclasses import is_dataclass
from typing import Any, Final, TypeVar
from uuid import UUID

from pydantic import BaseModel, create_model

from api.http.checked_route import CheckedRoute, Endpoint, Kind
from api.http.encoding import plain
from api.http.exports import ExportedList
from application.kernel.permissions import Operation

PREFIX: Final = "/v1"

Declared = TypeVar("Declared", bound=Endpoint)


class ReceiptShown(BaseModel):
    """What every command is answered with: id and version of the thing in the path, position of the last event."""

    id: UUID
    version: int
    position: int


class Resource:
    """Collects the routes of one kind of thing under `/v1` and its path."""

    def __init__(self, path: str, *, tag: str) -> None:
        self._path = PREFIX + path
        self._tag = tag
        self.routes: list[CheckedRoute] = []

    def creation(self, path: str, operation: Operation) -> Callable[[Declared], Declared]:
        """Declare a command that brings a thing into being; answer it with `created`."""
        return self._declare("POST", path, operation, Kind.CREATION, status_code=201, shown=ReceiptShown)

    def command(
        self, path: str, operation: Operation, *, details: Mapping[str, Any] | None = None
    ) -> Callable[[Declared], Declared]:
        """Declare a command to a thing that exists; answer it with `receipt`.

        `details` are the types of what its receipt has besides the usual, by name.
        """
        return self._declare("POST", path, operation, Kind.COMMAND, details=details or {})

    def thing(self, path: str, operation: Operation, *, view: type) -> Callable[[Declared], Declared]:
        """Declare the reading of one thing; answer it with `one` or `ready`."""
        return self._declare("GET", path, operation, Kind.THING, shown=plain(view))

    def page(self, path: str, operation: Operation, *, view: type) -> Callable[[Declared], Declared]:
        """Declare the reading of a list by pages, and as exports; `view` is one item; answer it with `page`."""
        items: Any = list[plain(view)]  # type: ignore[misc] # the type is known at run time only
        shown = create_model(f"{view.__name__}Page", items=(items, ...), next=(str | None, ...))

        def declare(endpoint: Declared) -> Declared:
            exported = ExportedList(endpoint, view)
            self._declare("GET", path, operation, Kind.PAGE, shown=shown, name=endpoint.__name__)(exported)
            return endpoint

        return declare

    def stream(self, path: str, operation: Operation) -> Callable[[Declared], Declared]:
        """Declare a stream of server-sent events; answer it with `events_stream`."""
        return self._declare("GET", path, operation, Kind.STREAM)

    def other(
        self, method: str, path: str, operation: Operation, *, view: type | None = None, status: int = 200
    ) -> Callable[[Declared], Declared]:
        """Declare what is none of these: a list without pages, the state of a read model, the start of a rebuild."""
        shown = plain(view) if is_dataclass(view) and isinstance(view, type) else view
        return self._declare(method, path, operation, Kind.OTHER, status_code=status, shown=shown)

    def _declare(
        self,
        method: str,
        path: str,
        operation: Operation,
        kind: Kind,
        *,
        details: Mapping[str, Any] | None = None,
        **described: Any,  # noqa: ANN401 - what the route takes besides
    ) -> Callable[[Declared], Declared]:
        def declare(endpoint: Declared) -> Declared:
            if details is not None:
                described["shown"] = _receipt_with(endpoint.__name__, details)
            self.routes.append(
                CheckedRoute(
                    self._path + path,
                    endpoint,
                    operation=operation,
                    kind=kind,
                    methods=[method],
                    tags=[self._tag],
                    **described,
                )
            )
            return endpoint

        return declare


def _receipt_with(name: str, details: Mapping[str, Any]) -> type[BaseModel]:
    if not details:
        return ReceiptShown
    fields: dict[str, Any] = {detail: (kind, ...) for detail, kind in details.items()}
    return create_model(f"{name.title().replace('_', '')}Receipt", __base__=ReceiptShown, **fields)
