"""What a client is told when it does not get what it asked for: codes and descriptions, as GeoReport has them."""

from collections.abc import Iterable, Sequence
from typing import Final

from starlette.responses import Response

from api.http.errors import FAMILIES, problem_of
from api.http.language import Language, Said
from api.http.misfits import Misfit
from api.http.open311.documents import Document, Entry, Format, Many, answer
from api.http.problems import Problem
from domain.kernel.rules import Broken, RulesBroken


class NotGranted(Exception):
    """The request cannot be granted as it stands; everything that is wrong is named."""

    def __init__(self, status: int, *said: Said) -> None:
        super().__init__(status, *said)
        self.status = status
        self.said = said


TOLD: Final[tuple[type[Exception], ...]] = (NotGranted, *FAMILIES)
"""What is told here; anything else is a mistake of ours, and is told as everywhere."""

# GeoReport knows 400 for whatever cannot stand, and 403 for a key that is missing, or not good enough.
_STATUSES: Final = {401: 403, 422: 400}
_NAMES: Final = {
    "project_id": "address_id",
    "unit": "attribute[unit]",
    "category": "service_code",
    "kind": "service_code",
    "name": "first_name, last_name",
}
"""Our fields under the names that GeoReport has for them."""


def told(error: Exception, form: Format, language: Language) -> Response:
    """Write one of `TOLD` as an answer; the code of each error is the status, as the standard advises."""
    if isinstance(error, NotGranted):
        return _errors(error.status, error.said, form, language, {})
    problem = problem_of(error)
    status = 400 if isinstance(error, RulesBroken) else _STATUSES.get(problem.status, problem.status)
    kept = {name: value for name, value in problem.headers if name == "Retry-After"}
    return _errors(status, _said(problem), form, language, kept)


def misfit(parameter: str, said: Said) -> Said:
    """Say of a parameter what is wrong with it."""
    return Said(f"{parameter}：{said.zh}", f"{parameter} {said.en}")


def said_of(misfits: Iterable[Misfit]) -> list[Said]:
    """Say what does not fit under GeoReport's names."""
    return [misfit(_parameter(each.pointer), each.said) for each in misfits]


def _parameter(pointer: str) -> str:
    field = pointer.removeprefix("/").partition("/")[0]
    return _NAMES.get(field, field)


def _said(problem: Problem) -> Sequence[Said]:
    if problem.broken:
        return [_broken(rule) for rule in problem.broken]
    return said_of(problem.misfits) or [problem.detail]


def _broken(rule: Broken) -> Said:
    return Said(f"{rule.zh}（{rule.code}）", f"{rule.en} ({rule.code})")


def _errors(status: int, said: Iterable[Said], form: Format, language: Language, headers: dict[str, str]) -> Response:
    entries: list[Entry] = [{"code": status, "description": each.to(language)} for each in said]
    return answer(Document("errors", Many("error", entries)), form, language, status=status, headers=headers)
