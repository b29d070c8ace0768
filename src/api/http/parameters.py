"""An endpoint's parameters: what its signature declares, read from the path, the query and the body."""

import inspect
from collections.abc import Callable, Collection, Mapping
from typing import Any, Final, get_args
from urllib.parse import parse_qsl

from pydantic import BaseModel, TypeAdapter, ValidationError

from api.http.asking import Asking
from api.http.language import Said
from api.http.misfits import Malformed, Misfit
from api.http.sentences import misfits, missing, pointer

_MOST_PARAMETERS: Final = 50
_REPEATED: Final = Said("只能出现一次", "may be given once only")
_UNKNOWN: Final = Said("没有这个参数", "is no parameter of this request")
_UNREADABLE: Final = Said("查询参数无法读取", "the query cannot be read")


class Parameters:
    """Reads the values of one endpoint's signature; everything that does not fit is named at once.

    A parameter typed `Asking` is the request, one named in the path is read from there, one typed as a model is the
    body, and any other belongs to the query; those with a default may be left out.
    """

    def __init__(self, endpoint: Callable[..., Any], in_path: Collection[str]) -> None:
        self.request = ""
        self.path: dict[str, TypeAdapter[Any]] = {}
        self.query: dict[str, TypeAdapter[Any]] = {}
        self.required: list[str] = []
        self.body = ""
        self._body_type: TypeAdapter[Any] | None = None
        for name, parameter in inspect.signature(endpoint, eval_str=True).parameters.items():
            annotation = parameter.annotation
            if annotation is Asking:
                self.request = name
            elif name in in_path:
                self.path[name] = TypeAdapter(annotation)
            elif _is_body(annotation):
                self.body, self._body_type = name, TypeAdapter(annotation)
            else:
                self.query[name] = TypeAdapter(annotation)
                if parameter.default is parameter.empty:
                    self.required.append(name)
        if not self.request or self.path.keys() != set(in_path):
            raise TypeError(f"{endpoint.__name__} takes the request and {sorted(in_path)}, not {sorted(self.path)}")

    def read(self, path: Mapping[str, Any], query: bytes, body: Any) -> dict[str, Any]:  # noqa: ANN401 - any JSON value
        """Answer the arguments for the endpoint, the request excepted; `body` is parsed, None when there is none.

        Raises: Malformed.
        """
        values: dict[str, Any] = {}
        found: list[Misfit] = []
        for name, kind in self.path.items():
            _take(values, found, name, kind, path[name])
        if query or self.required:
            self._read_query(values, found, query)
        if self._body_type is not None:
            try:
                values[self.body] = self._body_type.validator.validate_python(body)
            except ValidationError as error:
                found += misfits(error)
        if found:
            raise Malformed(found)
        return values

    def _read_query(self, values: dict[str, Any], found: list[Misfit], query: bytes) -> None:
        try:
            pairs = parse_qsl(
                query.decode("ascii"), keep_blank_values=True, errors="strict", max_num_fields=_MOST_PARAMETERS
            )
        except ValueError:
            raise Malformed([Misfit("", _UNREADABLE)]) from None
        given = dict(pairs)
        for name, value in given.items():
            kind = self.query.get(name)
            if kind is None:
                found.append(Misfit(pointer((name,)), _UNKNOWN))
            elif sum(other == name for other, _ in pairs) > 1:
                found.append(Misfit(pointer((name,)), _REPEATED))
            else:
                _take(values, found, name, kind, value)
        found += [missing(name) for name in self.required if name not in given]


def _is_body(annotation: Any) -> bool:  # noqa: ANN401 - whatever a signature may say
    """Tell whether it is a model or may be one (`Nothing | None`)."""
    return any(inspect.isclass(kind) and issubclass(kind, BaseModel) for kind in (annotation, *get_args(annotation)))


def _take(values: dict[str, Any], found: list[Misfit], name: str, kind: TypeAdapter[Any], value: object) -> None:
    try:
        values[name] = kind.validator.validate_python(value)
    except ValidationError as error:
        found += misfits(error, name)
