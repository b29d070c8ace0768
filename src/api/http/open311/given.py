"""What a client has sent, in the query or in a form: names to values, whatever else may stand among them."""

import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import lru_cache
from typing import Final
from urllib.parse import parse_qsl

from pydantic import TypeAdapter, ValidationError

from api.http.headers import Headers
from api.http.instants import Instant
from api.http.language import Said
from api.http.open311.errors import NotGranted, misfit
from api.http.sentences import misfits

_MOST_PAIRS: Final = 200
_UNREADABLE: Final = Said("参数无法读取，须为 UTF-8", "the parameters cannot be read; they are UTF-8, and not too many")
_NO_FORM: Final = Said(
    "请使用 application/x-www-form-urlencoded（UTF-8，不压缩）",
    "send application/x-www-form-urlencoded in UTF-8, not compressed",
)
_WHOLE: Final = re.compile(r"[1-9][0-9]{0,5}", re.ASCII)
# Clients forget to escape the plus of an offset, which then is a space.
_LOST_PLUS: Final = re.compile(r" (?=[0-9]{2}:[0-9]{2}\Z)", re.ASCII)
_INSTANT: Final[TypeAdapter[datetime]] = TypeAdapter(Instant)


class Given:
    """The values by name; what has no meaning here is nobody's business, and what is blank was not given."""

    def __init__(self, pairs: Sequence[tuple[str, str]]) -> None:
        values: dict[str, list[str]] = {}
        for name, value in pairs:
            if value.strip():
                values.setdefault(name, []).append(value.strip())
        self.values: Mapping[str, Sequence[str]] = values

    @classmethod
    def of(cls, encoded: bytes) -> "Given":
        """Read a query or the body of a form.

        Raises: NotGranted.
        """
        try:
            text = encoded.decode()
            pairs = parse_qsl(text, keep_blank_values=True, errors="strict", max_num_fields=_MOST_PAIRS)
        except ValueError:
            raise NotGranted(400, _UNREADABLE) from None
        return cls(pairs)

    def one(self, name: str) -> str | None:
        """Answer a value, the last one where there are several."""
        found = self.values.get(name)
        return None if found is None else found[-1]

    def several(self, name: str) -> list[str]:
        """Answer the values of a parameter that takes several, between commas or one by one."""
        parts = (part.strip() for value in self.values.get(name, ()) for part in value.split(","))
        return [part for part in parts if part]

    def instant(self, name: str) -> datetime | None:
        """Answer an instant with its offset.

        Raises: NotGranted.
        """
        value = self.one(name)
        if value is None:
            return None
        try:
            return _INSTANT.validate_python(_LOST_PLUS.sub("+", value))
        except ValidationError as error:
            raise NotGranted(400, misfit(name, misfits(error)[0].said)) from None

    def whole(self, name: str, usual: int, most: int) -> int:
        """Answer a whole number from 1 on.

        Raises: NotGranted.
        """
        value = self.one(name)
        if value is None:
            return usual
        if not _WHOLE.fullmatch(value) or int(value) > most:
            said = Said(f"必须是 1 至 {most} 的整数", f"must be a whole number from 1 to {most}")
            raise NotGranted(400, misfit(name, said))
        return int(value)


def require_form(fields: Headers) -> None:
    """Let only a plain form in UTF-8 pass.

    Raises: NotGranted.
    """
    if not _is_form(fields.get(b"content-type", b"")) or fields.get(b"content-encoding", b"identity") != b"identity":
        raise NotGranted(415, _NO_FORM)


@lru_cache(maxsize=64)
def _is_form(content_type: bytes) -> bool:
    kind, *parameters = content_type.decode("latin-1").lower().split(";")
    if kind.strip() != "application/x-www-form-urlencoded":
        return False
    named = [parameter.partition("=") for parameter in parameters if parameter.strip()]
    return all(value.strip().strip('"') == "utf-8" for name, _, value in named if name.strip() == "charset")
