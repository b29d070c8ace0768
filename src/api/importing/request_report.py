"""What came of an import of service requests; of any length, for only the first refusals are kept in memory."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Final

from api.importing.refusing import Reason, Refused
from api.importing.request_rows import Told
from domain.service_requests.request import Status

MOST_KEPT: Final = 1_000
_MOST_REASONS: Final = 1_000
OTHER_REASONS: Final = Reason("", "other reasons")


@dataclass(slots=True, kw_only=True)
class RequestsReport:
    """Counts rows; `taken` + `continued` + `there_already` + `refused` is `rows`.

    `taken` rows are new, `continued` ones were on file and have gone on since, `there_already` had nothing to add.
    `statuses` says where requests stand that are new or have gone on; of those completed, `waiting_for_visit` and
    `waiting_for_reply` are the ones that cannot be closed yet. `tell` is given every refusal, in the order of rows;
    `refusals` keeps the first thousand, `reasons` how many rows each reason refuses.
    """

    rows: int
    tell: Callable[[Refused], None] = lambda _: None
    taken: int = 0
    continued: int = 0
    there_already: int = 0
    refused: int = 0
    waiting_for_visit: int = 0
    waiting_for_reply: int = 0
    statuses: Counter[Status] = field(default_factory=Counter)
    reasons: Counter[Reason] = field(default_factory=Counter)
    refusals: list[Refused] = field(default_factory=list)

    def refuse(self, row: int, reasons: Sequence[Reason]) -> None:
        """Count a row that was not taken, or not to its end."""
        self.refused += 1
        for reason in dict.fromkeys(reasons):
            known = reason in self.reasons or len(self.reasons) < _MOST_REASONS
            self.reasons[reason if known else OTHER_REASONS] += 1
            refused = Refused(row, reason.column, reason.sentence)
            self.tell(refused)
            if len(self.refusals) < MOST_KEPT:
                self.refusals.append(refused)

    def stands(self, told: Told) -> None:
        """Count where a request stands that was taken to the end of its row."""
        self.statuses[told.status] += 1
        self.waiting_for_visit += told.waits_for_visit
        self.waiting_for_reply += told.waits_for_reply
