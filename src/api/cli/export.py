"""`guanjia export`: a list as a file, the whole of it."""

import asyncio
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING, Annotated, Any, Final

import typer

from api.cli.options import AsJson, DataDir
from api.exporting.formats import Format

if TYPE_CHECKING:
    from collections.abc import Sequence

    from api.settings import Settings

TO_STDOUT: Final = "-"


def export(
    called: Annotated[
        str,
        typer.Argument(
            metavar="LIST",
            help="A list by its address below /v1: licences, companies, projects, events, licences/ID/deductions, …",
        ),
    ],
    filters: Annotated[
        list[str] | None, typer.Argument(metavar="NAME=VALUE…", help="The list's filters, such as status=registered.")
    ] = None,
    *,
    format_: Annotated[
        Format | None,
        typer.Option("--format", help="[default: as the file's name ends, else csv]", show_default=False),
    ] = None,
    output: Annotated[
        str | None,
        typer.Option(
            metavar="FILE", help="`-` for standard output. [default: LIST-POSITION.FORMAT]", show_default=False
        ),
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Write over a file that is there.")] = False,
    data_dir: DataDir = None,
    as_json: AsJson = False,
) -> None:
    """Export any list that can be read over HTTP, as an auditor sees it; the columns are listed in /openapi.json.

    The file is there once it is whole: until then it has another name.
    """
    from api.cli.printing import print_json
    from api.cli.settings import settings_from

    if output == TO_STDOUT and as_json:
        raise typer.BadParameter("standard output is taken by --json", param_hint="--output")
    named = [_named(each) for each in filters or ()]
    chosen = format_ or _ending(output) or Format.CSV
    written = asyncio.run(_export(settings_from(data_dir), called, named, chosen, output, force=force))
    if as_json:
        print_json(written)
        return
    behind = f", {written['behind']} events behind the log" if written["behind"] else ""
    where = "" if output == TO_STDOUT else f" to {written['file']}"
    typer.echo(f"{written['rows']} rows at log position {written['position']}{behind}{where}", err=output == TO_STDOUT)


def _named(given: str) -> tuple[str, str]:
    name, equals, value = given.partition("=")
    if not equals or name in {"format", "cursor"}:
        raise typer.BadParameter(f"{given} is no filter, such as status=registered", param_hint="NAME=VALUE")
    return name, value


def _ending(output: str | None) -> Format | None:
    ending = Path(output or "").suffix.removeprefix(".").lower()
    return Format(ending) if ending in {format_.value for format_ in Format} else None


async def _export(
    settings: "Settings",
    called: str,
    filters: "Sequence[tuple[str, str]]",
    format_: Format,
    output: str | None,
    *,
    force: bool,
) -> dict[str, Any]:
    from api.cli.lists import begun
    from api.cli.progress import progress_bars
    from api.compose import city_to_read
    from api.exporting.writing import into_file

    async with city_to_read(settings) as city:
        behind = max((each.lag for each in await city.queries.projections.list()), default=0)
        extract = await begun(city, called, filters)
        heading = extract.heading
        file = Path(f"{heading.name}-{heading.position}.{format_}" if output is None else output)
        with _whole(file, force=force) if output != TO_STDOUT else _stdout() as opened, progress_bars() as advance:
            rows = await into_file(extract, format_, opened, lambda more: advance("rows", more))
    return {
        "list": called,
        "format": format_,
        "file": None if output == TO_STDOUT else str(file),
        "rows": rows,
        "position": heading.position,
        "behind": behind,
    }


@contextmanager
def _whole(file: Path, *, force: bool) -> Iterator[IO[bytes]]:
    """Open a file under another name, which becomes its own when all is written, and is removed when it is not.

    Raises: Failed.
    """
    from api.cli.failures import Failed

    partial = file.with_name(f".{file.name}.{os.getpid()}.partial")
    try:
        _require_free(file, force=force)
        with partial.open("xb") as opened:
            yield opened
        _require_free(file, force=force)
        partial.replace(file)
    except OSError as error:
        raise Failed(f"{file} cannot be written: {error.strerror or error}") from error
    finally:
        partial.unlink(missing_ok=True)


def _require_free(file: Path, *, force: bool) -> None:
    from api.cli.failures import Failed

    if file.exists() and not force:
        raise Failed(f"{file} is there already; --force writes over it")


@contextmanager
def _stdout() -> Iterator[IO[bytes]]:
    yield sys.stdout.buffer
    sys.stdout.buffer.flush()
