"""Pages that were put together before: good for as long as the tables, the rule sets and the day say the same."""

from collections import OrderedDict
from datetime import date
from typing import Final, NamedTuple

import asyncpg

from application.licensing.queries import LicenceOnFile
from domain.kernel.identifiers import LicenceId

MOST_PAGES: Final = 1_000


class _Remembered(NamedTuple):
    record: asyncpg.Record
    on_file: LicenceOnFile


class RememberedPages:
    """The pages read last; forgotten altogether when the day or the rule sets change.

    A page is a function of what was read for it, so that reading it again and finding the same needs no second
    assembly. Nothing is answered from here alone.
    """

    def __init__(self, most: int = MOST_PAGES) -> None:
        self._most = most
        self._judged_by: tuple[date, int] | None = None
        self._pages: OrderedDict[LicenceId, _Remembered] = OrderedDict()

    def find(self, licence_id: LicenceId, record: asyncpg.Record, judged_by: tuple[date, int]) -> LicenceOnFile | None:
        """Answer the page of a record that is the same as last time, under the same day and rule sets."""
        if judged_by != self._judged_by:
            return None
        known = self._pages.get(licence_id)
        if known is None or known.record != record:
            return None
        self._pages.move_to_end(licence_id)
        return known.on_file

    def remember(
        self, licence_id: LicenceId, record: asyncpg.Record, judged_by: tuple[date, int], on_file: LicenceOnFile
    ) -> None:
        """Keep a page in place of what was known of the licence."""
        if judged_by != self._judged_by:
            self._pages.clear()
            self._judged_by = judged_by
        self._pages[licence_id] = _Remembered(record, on_file)
        self._pages.move_to_end(licence_id)
        if len(self._pages) > self._most:
            self._pages.popitem(last=False)
