"""What pydantic finds wrong, said in both languages with a pointer to the place."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from pydantic import ValidationError
from pydantic_core import ErrorDetails, PydanticCustomError

from api.http.language import Said
from api.http.misfits import Misfit

MOST_MISFITS: Final = 100
_LONGEST_POINTER: Final = 200
_OWN: Final = "said"

_SENTENCES: Final[Mapping[str, Said]] = {
    "missing": Said("必须填写", "is required"),
    "extra_forbidden": Said("没有这个字段", "is no field of this request"),
    "model_type": Said("必须是 JSON 对象", "must be a JSON object"),
    "dict_type": Said("必须是 JSON 对象", "must be a JSON object"),
    "list_type": Said("必须是 JSON 数组", "must be a JSON array"),
    "tuple_type": Said("必须是 JSON 数组", "must be a JSON array"),
    "string_type": Said("必须是字符串", "must be a string"),
    "int_type": Said("必须是整数", "must be a whole number"),
    "bool_type": Said("必须是 true 或 false", "must be true or false"),
    "enum": Said("必须是以下之一：{expected}", "must be one of {expected}"),
    "literal_error": Said("必须是以下之一：{expected}", "must be one of {expected}"),
    "greater_than_equal": Said("不得小于 {ge}", "must be at least {ge}"),
    "less_than_equal": Said("不得大于 {le}", "must be at most {le}"),
    "too_short": Said("至少 {min_length} 项", "must have at least {min_length} items"),
    "too_long": Said("至多 {max_length} 项", "must have at most {max_length} items"),
}
"""The kinds of error that the contract's fields can meet."""

UNFORESEEN: Final = Said("格式不符合要求", "does not fit")
"""What is said of any other kind; no field of the contract meets one."""

NO_OBJECT: Final = Misfit("", _SENTENCES["model_type"])
"""What is said of a body that is `null`."""


def refused(zh: str, en: str) -> PydanticCustomError:
    """Make the error that a field's own check raises."""
    return PydanticCustomError(_OWN, "{en}", {"zh": zh, "en": en})


def misfits(error: ValidationError, *within: str) -> list[Misfit]:
    """Say what does not fit; `within` is where the validated value stands."""
    found = error.errors(include_url=False, include_input=False)[:MOST_MISFITS]
    return [Misfit(pointer((*within, *detail["loc"])), _said(detail)) for detail in found]


def missing(name: str) -> Misfit:
    """Say that a parameter is missing."""
    return Misfit(pointer((name,)), _SENTENCES["missing"])


def pointer(path: Sequence[str | int] | Iterable[str | int]) -> str:
    """Write a path as a JSON pointer, at most 200 characters of it."""
    steps = (str(step).replace("~", "~0").replace("/", "~1") for step in path)
    return "".join(f"/{step}" for step in steps)[:_LONGEST_POINTER]


def _said(detail: ErrorDetails) -> Said:
    context = detail.get("ctx", {})
    if detail["type"] == _OWN:
        return Said(context["zh"], context["en"])
    sentence = _SENTENCES.get(detail["type"])
    if sentence is None:
        return Said(UNFORESEEN.zh, detail["msg"])
    return Said(sentence.zh.format_map(context), sentence.en.format_map(context))
