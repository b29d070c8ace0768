"""The two languages of messages: Chinese, unless the client prefers English (Accept-Language)."""

from functools import lru_cache
from typing import Final, Literal, NamedTuple

Language = Literal["zh-CN", "en"]

CHINESE: Final[Language] = "zh-CN"
ENGLISH: Final[Language] = "en"


class Said(NamedTuple):
    """One sentence in both languages."""

    zh: str
    en: str

    def to(self, language: Language) -> str:
        """Answer the sentence in a language."""
        return self.en if language == ENGLISH else self.zh


@lru_cache(maxsize=256)
def preferred(accept_language: str) -> Language:
    """Answer the language that an Accept-Language header prefers (RFC 9110 §12.5.4); Chinese where it says neither.

    Of two languages with one weight the first named wins; what cannot be read counts for nothing.
    """
    weights: dict[Language, float] = {}
    for entry in accept_language.lower().split(","):
        tag, _, parameters = entry.partition(";")
        language = _language(tag.strip())
        weight = _weight(parameters)
        if language is not None and weight > weights.get(language, 0.0):
            weights[language] = weight
    return max(weights, key=lambda language: weights[language], default=CHINESE)


def _language(tag: str) -> Language | None:
    match tag.partition("-")[0]:
        case "en":
            return ENGLISH
        case "zh" | "*":
            return CHINESE
        case _:
            return None


def _weight(parameters: str) -> float:
    name, equals, value = parameters.strip().partition("=")
    if not equals:
        return 0.0 if name else 1.0
    try:
        weight = float(value)
    except ValueError:
        return 0.0
    return weight if name.strip() == "q" and 0 <= weight <= 1 else 0.0
