"""The lists of the API, asked from the command line: the same routes, without a server in between."""

from collections.abc import Iterator, Sequence
from typing import Final
from urllib.parse import urlencode

import typer
from starlette.routing import Match
from starlette.types import Message, Scope

from api.cli.failures import Failed
from api.compose import City
from api.composing.http import RESOURCES
from api.exporting.extract import Extract
from api.http.asking import Asking
from api.http.checked_route import CheckedRoute
from api.http.errors import family_of, problem_of
from api.http.exports import ExportedList
from api.http.misfits import Malformed
from api.http.parameters import Parameters
from api.http.resources import PREFIX
from api.http.wiring import Wiring
from application.kernel.callers import Caller, Role
from application.kernel.permissions import Forbidden
from application.kernel.refusals import ReadModelBehind
from domain.kernel.errors import NoSuchThing, Unacceptable
from domain.kernel.identifiers import Subject

OPERATOR: Final = Caller(subject=Subject("guanjia"), role=Role.AUDITOR)
"""Whoever runs commands where the keys are may read what an auditor may."""

_IN_ENGLISH: Final = {b"accept-language": b"en"}


async def begun(city: City, called: str, filters: Sequence[tuple[str, str]]) -> Extract:
    """Begin to read a list by its address below `/v1`.

    Raises: BadParameter for a list or a filter that there is not, Failed.
    """
    scope: Scope = {
        "type": "http",
        "method": "GET",
        "path": f"{PREFIX}/{called.strip('/')}",
        "query_string": urlencode(filters).encode(),
        "headers": [],
    }
    route, exported = _list_at(scope)
    wiring = Wiring(
        parts=(city.queries,),
        tokens=city.tokens,
        fingerprint_key=city.fingerprint_key,
        ready=city.is_ready,
        lifespan=city.open,
    )
    try:
        read = Parameters(exported, route.param_convertors).read
        asked = read(scope["path_params"], scope["query_string"], None)
        request = Asking(scope, _nothing_more, wiring=wiring, fields=_IN_ENGLISH, token="", caller=OPERATOR)
        return await exported.extract(request, asked)
    except (Malformed, Unacceptable) as misfit:
        said = "; ".join(f"{each.pointer.strip('/')} {each.said.en}" for each in problem_of(misfit).misfits)
        raise typer.BadParameter(said, param_hint=called) from None
    except (NoSuchThing, Forbidden, ReadModelBehind) as refusal:
        raise Failed(f"{called}: {family_of(refusal).detail.en}") from refusal


def _list_at(scope: Scope) -> tuple[CheckedRoute, ExportedList]:
    """Find the list at a path, and put into the scope what the path names."""
    for route, exported in _lists():
        match, found = route.matches(scope)
        if match is Match.FULL:
            scope.update(found)
            return route, exported
    known = ", ".join(sorted(route.path.removeprefix(f"{PREFIX}/") for route, _ in _lists()))
    raise typer.BadParameter(f"there are {known}", param_hint="LIST")


def _lists() -> Iterator[tuple[CheckedRoute, ExportedList]]:
    for resource in RESOURCES:
        for route in resource.routes:
            if isinstance(route.endpoint, ExportedList):
                yield route, route.endpoint


async def _nothing_more() -> Message:
    """Answer what a server would: there is no body, and nobody who could send one."""
    return {"type": "http.disconnect"}
