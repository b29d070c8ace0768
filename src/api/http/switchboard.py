"""Finds the route of a request at the same cost however many routes there are."""

from collections.abc import Awaitable, Iterable, Iterator
from typing import Final

from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from api.http.misfits import UnknownRoute, WrongMethod

_Key = tuple[int, str, str | None]

_ANY_SLASHES: Final = ":path}"


class Switchboard:
    """All routes of the application, sorted by the number of segments, the first two of them and the last.

    Raises, when it serves a request: UnknownRoute, WrongMethod with every method that the path does know.
    """

    def __init__(self, routes: Iterable[Route]) -> None:
        self._sorted: dict[_Key, list[Route]] = {}
        self._others: list[Route] = []
        for route in routes:
            segments = route.path.split("/")
            last = None if segments[-1].startswith("{") else segments[-1]
            if _ANY_SLASHES in route.path or "{" in _head(segments):
                self._others.append(route)
            else:
                self._sorted.setdefault((len(segments), _head(segments), last), []).append(route)

    def __call__(self, scope: Scope, receive: Receive, send: Send) -> Awaitable[None]:
        """Hand the request to its route; every parameter in a path is text."""
        path: str = scope["path"]
        allowed: set[str] = set()
        for route in self._candidates(path):
            found = route.path_regex.match(path)
            if found is None:
                continue
            scope["route"] = route
            methods: set[str] = route.methods or set()
            if scope["method"] in methods:
                scope["path_params"] = found.groupdict()
                return route.app(scope, receive, send)
            allowed |= methods
        if "GET" in allowed:
            allowed.add("HEAD")
        if allowed:
            raise WrongMethod(sorted(allowed))
        raise UnknownRoute

    def _candidates(self, path: str) -> Iterator[Route]:
        segments = path.split("/")
        count, head = len(segments), _head(segments)
        yield from self._sorted.get((count, head, segments[-1]), ())
        yield from self._sorted.get((count, head, None), ())
        yield from self._others


def _head(segments: list[str]) -> str:
    """Join the first two segments, such as `v1/licences`."""
    return "/".join(segments[1:3])
