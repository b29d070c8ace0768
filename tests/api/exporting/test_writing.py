"""Extracts written page by page."""

import asyncio
import io
import subprocess
import sys
import threading
from collections.abc import AsyncGenerator
from contextlib import aclosing, suppress
from pathlib import Path

import pytest

from api.exporting.extract import Row
from api.exporting.formats import Format
from api.exporting.sink import GivenUp, Sink
from api.exporting.writing import in_pieces, into_file
from api.exporting.xlsx_table import XlsxTable
from application.kernel.ports import Unavailable
from tests.api.exporting.made_up import COLUMNS, ID, Pages, row
from tests.api.exporting.readers import READERS

EVERY = pytest.mark.parametrize("format_", Format)


def page(*numbers: int) -> list[Row]:
    return [row(f"第{number}") for number in numbers]


def left_in(folder: Path) -> list[str]:
    return [found.name for found in folder.iterdir()]


async def into_nowhere(pieces: AsyncGenerator[bytes, None]) -> None:
    async with aclosing(pieces):
        async for _ in pieces:
            pass


@EVERY
async def test_pieces_make_the_same_table_as_writing_does(format_: Format) -> None:
    pages = page(*range(200)), page(*range(200, 400)), page(), page(*range(400, 450))
    pieces = b"".join([piece async for piece in in_pieces(Pages(*pages).extract, format_)])
    file = io.BytesIO()
    told: list[int] = []
    assert await into_file(Pages(*pages).extract, format_, file, told.append) == 450
    assert told == [200, 200, 0, 50, 0]
    read = READERS[format_](pieces)
    assert read == READERS[format_](file.getvalue())
    assert read.column("name") == [f"第{number}" for number in range(450)]


@EVERY
async def test_a_list_without_items_is_a_table_without_rows(format_: Format) -> None:
    read = READERS[format_](b"".join([piece async for piece in in_pieces(Pages(page()).extract, format_)]))
    assert read.columns == [column.name for column in COLUMNS]
    assert read.rows == []


async def test_a_page_is_sent_before_the_next_is_asked_for() -> None:
    pages = Pages(page(1), page(2), page(3))
    pieces = in_pieces(pages.extract, Format.CSV)
    assert "第1" in (await anext(pieces)).decode("utf-8-sig")
    assert pages.asked == 1
    assert (await anext(pieces)).startswith(ID.encode())
    assert pages.asked == 2
    await pieces.aclose()
    assert pages.closed


@EVERY
async def test_a_reader_who_goes_leaves_nothing_behind(format_: Format, folder: Path) -> None:
    pages = Pages(page(*range(200)), ends=False)
    reading = asyncio.create_task(into_nowhere(in_pieces(pages.extract, format_)))
    await pages.waits.wait()
    reading.cancel()
    with suppress(asyncio.CancelledError):
        await reading
    assert pages.closed
    assert left_in(folder) == []


async def test_a_workbook_that_is_being_put_together_is_given_up_too(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    loop, begun, go_on = asyncio.get_running_loop(), asyncio.Event(), threading.Event()
    put_together, ended = XlsxTable.finish, []

    def finish(table: XlsxTable) -> None:
        loop.call_soon_threadsafe(begun.set)
        go_on.wait()
        try:
            put_together(table)
        except GivenUp as end:
            ended.append(end)
            raise

    monkeypatch.setattr(XlsxTable, "finish", finish)
    reading = asyncio.create_task(into_nowhere(in_pieces(Pages(page(1)).extract, Format.XLSX)))
    await begun.wait()
    reading.cancel()
    await asyncio.wait((reading,), timeout=0.05)
    go_on.set()
    with suppress(asyncio.CancelledError):
        await reading
    assert len(ended) == 1
    assert left_in(folder) == []


@EVERY
async def test_what_fails_midway_is_no_whole_file(format_: Format, folder: Path) -> None:
    pages = Pages(page(1), fails=Unavailable())
    with pytest.raises(Unavailable):
        await into_nowhere(in_pieces(pages.extract, format_))
    assert pages.closed
    assert left_in(folder) == []


def test_a_scratch_file_does_not_grow_with_what_was_taken() -> None:
    file = io.BytesIO()
    sink = Sink(file)
    for _ in range(3):
        sink.write(b"x" * 100_000)
        assert [len(piece) for piece in sink.taken()] == [65_536, 34_464]
    assert list(sink.taken()) == []
    assert len(file.getvalue()) == 0


def test_after_it_was_given_up_a_sink_says_so_once_and_takes_nothing() -> None:
    file = io.BytesIO()
    sink = Sink(file)
    sink.give_up()
    with pytest.raises(GivenUp):
        sink.write(b"x")
    assert sink.write(b"xyz") == 3
    assert file.getvalue() == b""


def test_libraries_are_loaded_when_they_are_asked_for() -> None:
    said = "import sys, api.compose, api.cli; sys.exit(bool({'pyarrow', 'xlsxwriter'} & sys.modules.keys()))"
    assert subprocess.run([sys.executable, "-c", said], check=False).returncode == 0
