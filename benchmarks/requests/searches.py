"""What is looked for: parts of what was said, of one, two, four and eight characters, and what nobody has said."""

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random
from typing import Final

from adapters.postgres.connection import Database
from benchmarks.requests.words import COMMON, PLACES, REMARKS, TROUBLES

LENGTHS: Final = (1, 2, 4, 8)
_SOME: Final = "select description from service_request_texts order by id limit $1"
_IS_SAID: Final = "select exists (select from service_request_texts where strpos(description || result, $1) > 0)"
_NEVER: Final = "龘靐齉爩鱻麤灪籱"


@dataclass(frozen=True, slots=True)
class Searches:
    """What is looked for of one length: what is found, and what is not."""

    length: int
    hits: Sequence[str]
    misses: Sequence[str]


async def searches(database: Database, count: int) -> Sequence[Searches]:
    """Answer so many searches of each length; hits are parts of what any requests say, newly and long ago.

    A miss of one character is one that nobody uses; a longer one is made of words that everybody uses, one after the
    other as nobody has.
    """
    random = Random(1)  # noqa: S311 - it is the same every time
    said = [record["description"] for record in await database.fetch(_SOME, count)]
    return [
        Searches(length, [_part(random, text, length) for text in said], await _misses(random, database, length, count))
        for length in LENGTHS
    ]


def _part(random: Random, text: str, length: int) -> str:
    start = random.randrange(max(1, len(text) - length))
    return text[start : start + length].strip("\n")


async def _misses(random: Random, database: Database, length: int, count: int) -> Sequence[str]:
    if length == 1:
        return random.choices(_NEVER, k=count)
    found: list[str] = []
    # To see that something is nowhere takes a look at everything: a few are looked at, and asked for in turn.
    while len(found) < _FEW:
        candidate = _unsaid(random, length)
        ((is_said,),) = await database.fetch(_IS_SAID, candidate)
        found += [] if is_said else [candidate]
    return [found[nth % _FEW] for nth in range(count)]


def _unsaid(random: Random, length: int) -> str:
    """Put common words together in an order that nobody has."""
    if length == 2:  # noqa: PLR2004 - a place's last character and any other, which are seldom neighbours
        return random.choice(PLACES)[-1] + random.choice(COMMON)
    words = "".join(random.choice((*TROUBLES, *REMARKS)) for _ in range(length))
    start = random.randrange(2)
    return words[start : start + length]


_FEW: Final = 10
