"""The cells of a row of service requests: words become what the API calls them, times instants; or a reason why not."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

from api.http.fields import Name, PersonNameField, PhoneField, Text
from api.http.sentences import misfits
from api.importing.refusing import Reason
from api.importing.request_mapping import RequestMapping, Stands, Type
from api.importing.tables import Row
from api.importing.told_times import NoTime, TimesTold
from domain.service_requests.visits import RATINGS
from domain.service_requests.words import Category, Channel, Kind, Priority, VisitOutcome

Word = TypeVar("Word", bound=StrEnum)


class Written(BaseModel):
    """The texts of a row, held to the limits that the API has; `kind` is given when a type did not say it."""

    model_config = ConfigDict(strict=True, frozen=True)

    reference: Name
    unit: Name
    description: Text
    reporter_name: PersonNameField
    reporter_phone: PhoneField
    assignee: Name
    assignee_name: Name
    result: Text
    reply: Text | None
    visited_by: Name | None


@dataclass(slots=True)
class Cells:
    """The cells of one row; whatever is wrong with any of them is gathered in `reasons`."""

    row: Row
    mapping: RequestMapping
    times: TimesTold
    reasons: list[Reason] = field(default_factory=list)

    def text(self, name: str) -> str:
        """Answer what stands in a field's column, on one line; nothing where there is no such column."""
        return " ".join(self.row.cells.get(self.column(name), "").split())

    def column(self, name: str) -> str:
        """Answer the column that holds a field."""
        return str(getattr(self.mapping.columns, name))

    def refuse(self, name: str, sentence: str) -> None:
        """Note why the row cannot be taken."""
        self.reasons.append(Reason(self.column(name), sentence))

    def written(self) -> Written | None:
        """Answer the texts; None when one does not fit."""
        mapping, number = self.mapping, self.text("reference")
        given = {
            "reference": f"{mapping.source}:{number}" if number and mapping.source else number,
            "unit": self.text("unit") or mapping.unit,
            "description": self.text("description") or self.text("type"),
            "reporter_name": self.text("reporter_name") or mapping.reporter.name,
            "reporter_phone": self.text("reporter_phone") or mapping.reporter.phone,
            "assignee": self.text("assignee") or mapping.assignee.subject,
            "assignee_name": self.text("assignee_name") or self.text("assignee") or mapping.assignee.name,
            "result": self.text("result") or mapping.result,
            "reply": self.text("reply") or None,
            "visited_by": self.text("visited_by") or None,
        }
        try:
            return Written.model_validate(given)
        except ValidationError as error:
            for misfit in misfits(error):
                self.refuse(misfit.pointer.split("/")[1], misfit.said.en)
            return None

    def kind(self) -> Type | None:
        """Answer kind, category and priority: as its type says, or as they are written."""
        word = self.text("type")
        if word and (known := self.mapping.types.get(word)):
            return known
        if not self.text("kind"):
            self.refuse("type", f"{word!r} is no type that the mapping explains")
            return None
        kind = self._word("kind", Kind, {})
        category = self._word("category", Category, {})
        priority = self._word("priority", Priority, {}) or Priority.NORMAL
        if kind is None:
            return None
        if category is not None and kind is not Kind.REPAIR and category == Category(kind):
            category = None
        try:
            return Type(kind=kind, category=category, priority=priority)
        except ValidationError:
            self.refuse("category", "a repair is emergency, minor or complex, and nothing else is")
            return None

    def channel(self) -> Channel:
        """Answer how it came in."""
        return self._word("channel", Channel, self.mapping.channels) or self.mapping.channel

    def visit(self) -> VisitOutcome | None:
        """Answer what came of the return visit, None when the table tells of none."""
        return self._word("visit", VisitOutcome, self.mapping.visits)

    def rating(self) -> int | None:
        """Answer how satisfied the resident was, None when nobody said."""
        written = self.text("rating")
        if written and written not in {str(rating) for rating in RATINGS}:
            self.refuse("rating", f"must be {RATINGS[0]} to {RATINGS[-1]}, or left out")
            return None
        return int(written) if written else None

    def stands(self, *, is_completed: bool) -> Stands | None:
        """Answer where it stands; what has no status was completed when it has a time for that, else only received."""
        word = self.text("status")
        if not word:
            return Stands.COMPLETED if is_completed else Stands.RECEIVED
        if word in self.mapping.refused_statuses:
            self.refuse("status", self.mapping.refused_statuses[word])
            return None
        return self._word("status", Stands, self.mapping.statuses)

    def time(self, name: str, *, after: datetime | None = None) -> datetime | None:
        """Answer when something was, None when the table does not say."""
        written = self.text(name)
        if not written:
            return None
        try:
            return self.times.read(written, after=after)
        except NoTime as wrong:
            self.refuse(name, str(wrong))
            return None

    def needed_time(self, name: str) -> datetime | None:
        """Answer when something was that every row must tell; None when it does not."""
        if not self.text(name):
            self.refuse(name, "is missing")
        return self.time(name)

    def _word(self, name: str, words: type[Word], explained: Mapping[str, Word]) -> Word | None:
        """Answer a word as the mapping explains it, or as the API spells it; None where nothing is written."""
        written = self.text(name)
        if not written:
            return None
        known = {word.value: word for word in words} | dict(explained)
        if written not in known:
            self.refuse(name, f"{written!r} is none of {', '.join(known)}")
        return known.get(written)
