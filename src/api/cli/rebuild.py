"""`guanjia rebuild`: read models built anew from the log, beside those in use."""

import asyncio
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated, Any

import typer

from api.cli.options import AsJson, DataDir

if TYPE_CHECKING:
    from collections.abc import Sequence

    from api.settings import Settings


def rebuild(
    names: Annotated[
        list[str] | None, typer.Argument(metavar="NAME…", help="Which ones; see `guanjia projections`.")
    ] = None,
    *,
    every: Annotated[bool, typer.Option("--all", help="All of them, one after another.")] = False,
    data_dir: DataDir = None,
    as_json: AsJson = False,
) -> None:
    """Rebuild read models from the log; readers see the old ones until the new ones have caught up.

    A rebuild that was interrupted goes on where it was.
    """
    from api.cli.failures import Failed
    from api.cli.printing import print_json, print_table
    from api.cli.settings import settings_from
    from api.compose import READ_MODEL_NAMES

    if bool(names) is every:
        raise typer.BadParameter("name read models, or say --all", param_hint="NAME…")
    if unknown := sorted(set(names or ()) - set(READ_MODEL_NAMES)):
        known = ", ".join(READ_MODEL_NAMES)
        raise typer.BadParameter(f"no read model is called {', '.join(unknown)}: there are {known}", param_hint="NAME…")
    chosen = READ_MODEL_NAMES if every else tuple(dict.fromkeys(names or ()))
    rebuilt = asyncio.run(_rebuild(settings_from(data_dir), chosen))
    if as_json:
        print_json(rebuilt)
    else:
        print_table(
            ("name", "version", "position", "differences"),
            [(each["name"], each["version"], each["position"], _said(each["differences"])) for each in rebuilt],
            right=("version", "position"),
        )
    if left := [name for name in chosen if name not in {each["name"] for each in rebuilt}]:
        raise Failed(f"another process is rebuilding {', '.join(left)}: `guanjia projections` shows when it is done")


async def _rebuild(settings: "Settings", names: "Sequence[str]") -> list[dict[str, Any]]:
    from api.cli.progress import progress_bars
    from api.compose import city_to_read, rebuild_read_model

    done = []
    async with city_to_read(settings) as city:
        with progress_bars() as advance:
            for name in names:
                position = 0

                def tell(progress: Any, of: str = name) -> None:  # noqa: ANN401 - the composition root's word
                    nonlocal position
                    advance(of, progress.position - position, total=progress.target)
                    position = progress.position

                rebuilt = await rebuild_read_model(city, name, tell)
                if rebuilt is not None:
                    found = rebuilt.differences
                    differences = None if found is None else found._asdict()
                    done.append({**asdict(rebuilt), "differences": differences})
    return done


def _said(differences: dict[str, int] | None) -> str:
    """Tell how the new table differs from the one it replaces; nothing is what one hopes for."""
    if differences is None:
        return "not compared"
    return ", ".join(f"{count} {what}" for what, count in differences.items() if count) or "none"
