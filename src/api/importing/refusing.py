"""Why a row of a table is not taken: for the operator, who can mend the table or the mapping."""

from dataclasses import dataclass

from domain.kernel.rules import RulesBroken


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a row is refused: the column of the table, and a sentence that says what would be accepted."""

    column: str
    sentence: str


class RowRefused(Exception):
    """A row cannot be taken."""

    def __init__(self, *reasons: Reason) -> None:
        super().__init__("; ".join(f"{reason.column}: {reason.sentence}" for reason in reasons))
        self.reasons = reasons


@dataclass(frozen=True, slots=True)
class Refused:
    """A row that was not taken: its line in the file, the column and the reason."""

    row: int
    column: str
    reason: str


def reasons_of(refusal: RulesBroken) -> tuple[Reason, ...]:
    """Answer the rules that a row breaks; no one column is to blame."""
    return tuple(Reason("", f"{rule.code}: {rule.en}") for rule in refusal.broken)
