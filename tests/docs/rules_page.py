"""`docs/rules.md`, written from the rules themselves; `make docs` writes it anew."""

from itertools import groupby
from typing import Final

from domain.kernel.rules import Rule
from tests.architecture.sources import ROOT, named_rules

PAGE: Final = ROOT / "docs" / "rules.md"

HEAD: Final = """\
# Rules

<!-- Written by `make docs` from the rules in `src/domain`; do not edit. -->

Every rule that a request can break. A refusal names all that were broken, by their codes; codes never change. A rule
cites the clause of the city's text (`Text 3 §2(1)`), or the design record where the text is silent.
"""


def written() -> str:
    """Write the page, one table for each word before the dot of a code."""
    rules = sorted({rule.code: rule for rule in named_rules().values()}.values(), key=lambda rule: rule.code)
    tables = [
        "\n".join([f"\n## {subject}\n", "| code | rule | clause |", "|---|---|---|", *map(_row, of_one)])
        for subject, of_one in groupby(rules, key=lambda rule: rule.code.partition(".")[0])
    ]
    return HEAD + "\n".join(tables) + "\n"


def _row(rule: Rule[object]) -> str:
    return f"| `{rule.code}` | {rule.zh}<br>{rule.en} | {rule.cites} |"


if __name__ == "__main__":
    PAGE.write_text(written(), encoding="utf-8")
