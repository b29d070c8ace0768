"""The body that every write baseline validates: a deduction, as the contract has it."""

from datetime import date
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field


class Deduction(BaseModel):
    """A deduction of points, validated by pydantic as FastAPI does it out of the box."""

    model_config = ConfigDict(extra="forbid")

    violation: str = Field(min_length=1, max_length=200)
    points: int | None = None
    occurred_on: date
    project_id: UUID | None = None
    basis: str = "regulation"
    reason: str = Field(min_length=1, max_length=4_000)
    evidence: list[str] = []
