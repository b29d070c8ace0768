"""Pages that were put together before: good for as long as the tables, the rule sets and the day say the same."""

from collections import OrderedDict
from datetime import date
from typing import Final, NamedTuple

import asyncpg

from application.licensing.queries import LicenceOnFile
from domain.kernel.identifiers import LicenceId

MOST_PAGES: Final = 1_000


class Remembered(NamedTuple):
    """A page, the version of the licence that it shows, and what the things that it mentions are called."""

    version: int
    company_name: str | None
    project_names: str | None
    on_file: LicenceOnFile

    def is_still(self, record: asyncpg.Record) -> bool:
        """Tell whether the tables say the same as when the page was put together."""
        return (self.version, self.company_name, self.project_names) == _said_by(record)


class RememberedPages:
    """The pages read last; forgotten altogether when the day or the rule sets change.

    A page is a function of what was read for it, so that reading it again and finding the same needs no second
    assembly. Nothing is answered from here alone.
    """

    def __init__(self, most: int = MOST_PAGES) -> None:
        self._most = most
        self._judged_by: tuple[date, int] | None = None
        self._pages: OrderedDict[LicenceId, Remembered] = OrderedDict()

    def find(self, licence_id: LicenceId, judged_by: tuple[date, int]) -> Remembered | None:
        """Answer the page last put together under this day and these rule sets."""
        known = self._pages.get(licence_id) if judged_by == self._judged_by else None
        if known is not None:
            self._pages.move_to_end(licence_id)
        return known

    def remember(
        self, licence_id: LicenceId, record: asyncpg.Record, judged_by: tuple[date, int], on_file: LicenceOnFile
    ) -> None:
        """Keep a page in place of what was known of the licence, if its deductions are those of its version."""
        if judged_by != self._judged_by:
            self._pages.clear()
            self._judged_by = judged_by
        if record["deductions_followed"] is None or record["deductions_followed"] < record["position"]:
            self.forget(licence_id)
            return
        self._pages[licence_id] = Remembered(*_said_by(record), on_file)
        self._pages.move_to_end(licence_id)
        if len(self._pages) > self._most:
            self._pages.popitem(last=False)

    def forget(self, licence_id: LicenceId) -> None:
        """Drop what was known of a licence."""
        self._pages.pop(licence_id, None)


def _said_by(record: asyncpg.Record) -> tuple[int, str | None, str | None]:
    return record["version"], record["company_name"], record["project_names"]
