"""One asyncpg statement per request: an INSERT for a command, a SELECT of ready JSON for a read."""

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from uuid import UUID

import asyncpg
from fastapi import FastAPI, HTTPException, Response

from benchmarks.baselines.body import Deduction

_TABLES = """
    create table if not exists plain_deductions (
        id bigserial primary key, licence_id uuid not null, body jsonb not null, recorded_at timestamptz default now()
    );
    create table if not exists plain_pages (id uuid primary key, page json not null);
"""


@asynccontextmanager
async def _connected(app: FastAPI) -> AsyncIterator[None]:
    async with asyncpg.create_pool(os.environ["BENCH_DATABASE_URL"], min_size=8, max_size=8) as pool:
        await pool.execute(_TABLES)
        app.state.pool = pool
        yield


app = FastAPI(lifespan=_connected)


@app.post("/v1/licences/{licence_id}/deductions")
async def deduct(licence_id: UUID, deduction: Deduction) -> dict[str, object]:
    """Insert one row."""
    number = await app.state.pool.fetchval(
        "insert into plain_deductions (licence_id, body) values ($1, $2) returning id",
        licence_id,
        deduction.model_dump_json(),
    )
    return {"id": licence_id, "version": 1, "position": number, "deduction_id": number}


@app.put("/v1/licences/{licence_id}")
async def keep(licence_id: UUID, page: dict[str, object]) -> None:
    """Keep a page that is read later."""
    import orjson  # noqa: PLC0415 - only to fill the table

    await app.state.pool.execute(
        "insert into plain_pages values ($1, $2) on conflict (id) do update set page = excluded.page",
        licence_id,
        orjson.dumps(page).decode(),
    )


@app.get("/v1/licences/{licence_id}")
async def read(licence_id: UUID) -> Response:
    """Answer ready JSON."""
    page = await app.state.pool.fetchval("select page::text from plain_pages where id = $1", licence_id)
    if page is None:
        raise HTTPException(404)
    return Response(page, media_type="application/json")
