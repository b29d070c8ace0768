"""Writing an extract: page by page, so that memory does not grow with the list."""

import asyncio
from collections.abc import AsyncGenerator, Callable
from contextlib import aclosing
from tempfile import SpooledTemporaryFile
from typing import IO, Final, ParamSpec, TypeVar

from api.exporting.extract import Extract
from api.exporting.formats import Format, loaded
from api.exporting.sink import Sink

_KEPT_IN_MEMORY: Final = 1024 * 1024

Given = ParamSpec("Given")
Done = TypeVar("Done")


async def in_pieces(extract: Extract, format_: Format) -> AsyncGenerator[bytes, None]:
    """Answer the file's bytes as they are written; a workbook's only at the end, from a temporary file."""
    with SpooledTemporaryFile(max_size=_KEPT_IN_MEMORY) as file:
        sink = Sink(file)
        async with aclosing(_written(extract, format_, sink)) as steps:
            async for _ in steps:
                for piece in sink.taken():
                    yield piece


async def into_file(extract: Extract, format_: Format, file: IO[bytes], tell: Callable[[int], None]) -> int:
    """Write the whole file and answer the number of rows; `tell` hears how many more were written."""
    written = 0
    async with aclosing(_written(extract, format_, Sink(file))) as steps:
        async for rows in steps:
            tell(rows)
            written += rows
    return written


async def _written(extract: Extract, format_: Format, sink: Sink) -> AsyncGenerator[int, None]:
    """Write page after page; answers after each how many rows it had, and 0 after the end was written."""
    async with aclosing(extract.pages) as pages:
        begin = await _aside(sink, loaded, format_)
        written = begin(sink, extract.heading)
        try:
            async for rows in pages:
                await _aside(sink, written.write, rows)
                yield len(rows)
            await _aside(sink, written.finish)
            yield 0
        finally:
            written.give_up()


async def _aside(sink: Sink, work: Callable[Given, Done], *given: Given.args, **named: Given.kwargs) -> Done:
    """Do a piece of work in a thread: a page is written in tens of milliseconds, which others should not wait for.

    When nobody waits for it any more, it is told through the sink and waited for, so that nothing happens afterwards.
    """
    working = asyncio.ensure_future(asyncio.to_thread(work, *given, **named))
    try:
        return await asyncio.shield(working)
    except asyncio.CancelledError:
        sink.give_up()
        await asyncio.wait((working,))
        working.exception()  # nobody is left to be told
        raise
