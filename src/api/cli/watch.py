"""`guanjia watch`: put on record what is overdue, and remove attachments that nobody named."""

import asyncio
import sys
from typing import TYPE_CHECKING, Annotated

import typer

from api.cli.options import AsJson, DataDir

if TYPE_CHECKING:
    from api.overdue.rounds import Round


def watch(
    *,
    every: Annotated[
        float, typer.Option(metavar="SECONDS", min=0.1, max=86_400, help="How long it rests between two rounds.")
    ] = 30.0,
    once: Annotated[bool, typer.Option("--once", help="Go round once, and exit with 1 if anything was left.")] = False,
    data_dir: DataDir = None,
    as_json: AsJson = False,
) -> None:
    """Watch the clocks of service requests until SIGTERM; beside services or alone, one watcher or several.

    Each missed deadline is recorded once, as a fact; attachments that nothing names are removed when their time is
    over. With --json one line of JSON is printed for each round that has done something.
    """
    from api.cli.settings import settings_from
    from api.log_lines import write_log_lines
    from api.overdue import watching

    settings = settings_from(data_dir)
    write_log_lines()
    if once:
        done = asyncio.run(watching.watch_once(settings))
        _tell(done, as_json=as_json)
        if not done.is_whole:
            sys.exit(1)
        return

    def ready() -> None:
        if not as_json:
            _say(f"Guanjia 管家 watches every {every:g} s")

    asyncio.run(watching.watch(settings, every, ready=ready, tell=lambda done: _tell(done, as_json=as_json)))


def _tell(done: "Round", *, as_json: bool) -> None:
    import orjson

    noted = done.noted
    if as_json:
        told = {
            "requests": noted.requests,
            "facts": {clock.value: count for clock, count in sorted(noted.facts.items())},
            "left": noted.left,
            "attachments_removed": done.expired,
            "problems": done.problems,
        }
        _say(orjson.dumps(told).decode())
        return
    _say(
        f"noted {noted.facts.total()} missed deadlines of {noted.requests} requests, {noted.left} left; "
        f"removed {done.expired} attachments"
    )
    for problem in done.problems:
        _say(problem)


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()  # whoever reads a pipe is told at once
