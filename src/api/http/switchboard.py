"""Finds the route of a request at the same cost however many routes there are."""

from collections.abc import Iterable, Iterator
from typing import Final

from starlette.routing import BaseRoute, Match, Route
from starlette.types import Receive, Scope, Send

from api.http.misfits import UnknownRoute, WrongMethod

_Key = tuple[int, str, str | None]

_ANY_SLASHES: Final = ":path}"


class Switchboard(BaseRoute):
    """All routes of the application, sorted by the number of segments, the first two of them and the last.

    Raises, when it handles a request: UnknownRoute, WrongMethod with every method that the path does know.
    """

    def __init__(self, routes: Iterable[Route]) -> None:
        self.routes = list(routes)
        self._sorted: dict[_Key, list[Route]] = {}
        self._others: list[Route] = []
        for route in self.routes:
            segments = route.path.split("/")
            last = None if segments[-1].startswith("{") else segments[-1]
            if _ANY_SLASHES in route.path or "{" in _head(segments):
                self._others.append(route)
            else:
                self._sorted.setdefault((len(segments), _head(segments), last), []).append(route)

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        """Take every HTTP request; which route it is, or none, turns out when it is handled."""
        return (Match.FULL if scope["type"] == "http" else Match.NONE), {}

    async def handle(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Hand the request to its route."""
        allowed: set[str] = set()
        for route in self._candidates(scope["path"]):
            match, found = route.matches(scope)
            if match is Match.FULL:
                scope.update(found)
                scope["route"] = route
                await route.handle(scope, receive, send)
                return
            if match is Match.PARTIAL:
                scope["route"] = route
                allowed |= route.methods or set()
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
