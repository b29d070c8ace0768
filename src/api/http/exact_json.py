"""JSON read exactly: numbers without loss, every name once, nothing that JSON does not have."""

import json
from decimal import Decimal
from typing import Any, Final, NoReturn

from api.http.language import Said
from api.http.misfits import Malformed, Misfit


class _NotExact(ValueError):
    def __init__(self, said: Said) -> None:
        super().__init__(said.en)
        self.said = said


def _each_name_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    named = dict(pairs)
    if len(named) != len(pairs):
        raise _NotExact(Said("JSON 对象中有重复的字段名", "a name occurs twice in one JSON object"))
    return named


def _no_such_number(_constant: str) -> NoReturn:
    raise _NotExact(Said("JSON 没有 NaN 和 Infinity", "JSON has neither NaN nor Infinity"))


_DECODER: Final = json.JSONDecoder(
    parse_float=Decimal, parse_constant=_no_such_number, object_pairs_hook=_each_name_once
)


def read_json(body: bytes) -> Any:  # noqa: ANN401 - any JSON value
    """Read a body; numbers with a fraction or an exponent become `Decimal`.

    Raises: Malformed with the empty pointer for bad UTF-8, bad JSON, NaN, Infinity, a name that occurs twice, a lone
    surrogate, a number or a nesting beyond all measure.
    """
    try:
        text = body.decode()
        value = _DECODER.decode(text)
        if "\\u" in text:
            json.dumps(value, ensure_ascii=False, default=str).encode()
    except _NotExact as found:
        said = found.said
    except json.JSONDecodeError as found:
        place = f"{found.lineno}:{found.colno}"
        said = Said(f"不是有效的 JSON（{place}）", f"is not valid JSON ({place})")
    except UnicodeError:
        said = Said("不是有效的 UTF-8", "is not valid UTF-8")
    except RecursionError:
        said = Said("JSON 嵌套过深", "is nested too deeply")
    except (ValueError, ArithmeticError):
        said = Said("数字过长", "has a number beyond all measure")
    else:
        return value
    raise Malformed([Misfit("", said)])
