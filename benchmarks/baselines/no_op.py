"""Validates and answers; no database."""

from uuid import UUID

from fastapi import FastAPI

from benchmarks.baselines.body import Deduction

app = FastAPI()


@app.post("/v1/licences/{licence_id}/deductions")
async def deduct(licence_id: UUID, deduction: Deduction) -> dict[str, object]:
    """Answer as if it had been written."""
    return {"id": licence_id, "version": 1, "position": 1, "deduction_id": deduction.violation}
